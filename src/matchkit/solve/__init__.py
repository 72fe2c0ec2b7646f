"""The conductor: a problem in, a verified plan out."""

from matchkit.matching.loop import Progress
from matchkit.solve.budget import Budget
from matchkit.solve.solve import solve

__all__ = ["Budget", "Progress", "solve"]
