"""Bipartite graphs as arrays: what the graph door takes and what the engines are given."""
