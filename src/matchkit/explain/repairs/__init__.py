"""What would fill a demand: the cheapest sets of changes, each tried by solving."""

from matchkit.explain.repairs.repairs import repairs

__all__ = ["repairs"]
