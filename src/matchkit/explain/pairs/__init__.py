"""Why a pair is in a plan, and why one is not: terms, prices and runner-ups; reasons, or the loss and the
moves if it were forced.
"""

from matchkit.explain.pairs.pairs import PairExplanations

__all__ = ["PairExplanations"]
