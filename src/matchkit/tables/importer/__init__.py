"""Tables that people keep and problems, both ways: grids to a problem with every guess listed, a problem to
grids without loss.
"""
