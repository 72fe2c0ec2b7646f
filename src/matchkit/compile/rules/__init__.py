"""Rules over many pairs: their rows, the capacity that locks take, caps that bind, and what no flow
expresses.
"""
