"""Matchings whose right nodes, or groups of them, each reach a floor of weight: the greatest worst score, and
the best sum there.
"""
