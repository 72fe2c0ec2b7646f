"""What a term needs to know of pairs, and what a term is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from matchkit.arrays import Int64, Intp
from matchkit.graph.candidates import Integers


@dataclass(frozen=True, slots=True)
class TermPairs:
    """Eligible pairs, ascending by (left, right).

    ``rows`` are the left nodes in question and ``owner`` says which of them each pair belongs to, so that
    ``left == rows[owner]``; ``fit`` holds the points of the skills, ``metres`` the distance.
    """

    rows: Intp
    owner: Intp
    left: Intp
    right: Intp
    fit: Intp
    metres: Int64 | None


class Term(Protocol):
    """One term of a weight. The points of any pair lie within ``range``; both are before the objective's
    factor.

    A module of this package is named as the factor of its term and holds, as ``TERM``, what makes it of the
    numbered lists and the eligible pairs. A term that keeps a table of every resource in a block says in
    ``labels`` how many columns that has.
    """

    def points(self, pairs: TermPairs) -> Integers:
        """Points of each pair (any integer dtype)."""
        ...

    def range(self) -> tuple[int, int]:
        """Bounds (least, greatest) of the points."""
        ...
