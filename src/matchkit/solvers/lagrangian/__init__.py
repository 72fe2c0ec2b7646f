"""Lagrangian relaxation by left nodes: a node's block of pairs keeps its times, budget and count; right nodes
have prices.
"""
