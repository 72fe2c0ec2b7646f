"""Audit of a plan made by hand: faults, score, distance from the best plan, largest feasible part,
improvements.
"""
