"""A problem in arrays (eligible pairs, weights, trees, goals), and the way back from a solution to plan
records.
"""
