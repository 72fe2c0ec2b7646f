"""Preferences: what ``match`` takes beside a graph where nodes rank each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy.typing as npt

from matchkit.solvers.stable.scan import BlockingRule

MatchingRule: TypeAlias = Literal["stable", "dictatorship", "immediate", "trading"]
Proposing: TypeAlias = Literal["left", "right"]


Couple: TypeAlias = tuple[Any, Any, Sequence[tuple[Any, Any]]]
"""Two left nodes that choose together, and pairs of right nodes, the best first: where the first and where
the second goes. Both go to one of these, or neither goes anywhere.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Preferences:
    """Ranks that the nodes of a graph give each other, and the rule by which they are matched.

    ``left`` holds a rank a pair, from 1 for the first choice to 2**31 - 1: what the left node gives the right
    node of the pair, in the order in which the pairs of the graph were given (for a dense matrix a matrix of
    its shape). Equal ranks are ties, and gaps mean nothing. ``right`` is what the right node gives the left
    one. A pair that a side does not want is no pair of the graph.

    ``by`` is the rule: "stable" (no pair blocks; ``stability`` says which pairs would), "dictatorship" (one
    node after another takes the best that is left, in ``order``), "immediate" (immediate acceptance, the
    Boston mechanism) or "trading" (top trading cycles). ``proposing`` is the side that proposes, or chooses;
    the stable matching is the one that it likes best. ``order`` has a number for every node of that side, in
    the order of the graph's ids: who chooses earlier has the smaller one (None: a hashed order of the seed).
    ``couples`` are left nodes that choose together, as (first, second, choices): the choices are pairs of
    right nodes, the best first, and both go to one of them or neither goes anywhere. Their ranks in ``left``
    are not used. Nodes are ids, or numbers where the graph has none.

    Ties are broken by a public order: the SHA-256 digests of ``matchkit order <seed> <side> <id>``.
    """

    left: npt.ArrayLike | None = None
    right: npt.ArrayLike | None = None
    by: MatchingRule = "stable"
    proposing: Proposing = "left"
    stability: BlockingRule = "weak"
    order: npt.ArrayLike | None = None
    couples: Sequence[Couple] = ()

    def __repr__(self) -> str:
        told = f"by={self.by!r}, proposing={self.proposing!r}"
        return f"Preferences({told}, stability={self.stability!r})"
