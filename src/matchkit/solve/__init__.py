"""The conductor: a problem in, a verified plan out."""

from matchkit.matching.loop import Progress
from matchkit.solve.solve import solve

__all__ = ["Progress", "solve"]
