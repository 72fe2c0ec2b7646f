"""Repairs: the cheapest sets of changes that fill a demand, each verified by solving."""
