"""The general search: an integer program over all pairs, or over the few that matter, goal after goal, with a
bound.
"""
