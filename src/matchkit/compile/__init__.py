"""From a problem to arrays and back: eligible pairs, weights, trees and goals; and the plan's records from
the answer.
"""
