"""Bipartite graphs as arrays: what ``match`` takes and what the engines are given."""
