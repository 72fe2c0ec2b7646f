"""Minimum-cost flows over all candidate pairs: the price-and-prove loop, its stages and its certificate."""
