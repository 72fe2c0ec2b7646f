"""Left nodes as blocks: each takes a set of pairs that fits its time, budget and count; prices on right nodes
tie them together.
"""
