"""Matchings whose left capacity is used up by consumption times units: the generalised assignment problem and
its like.
"""
