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
    ``left == rows[owner]``; ``fit`` holds the points that go by class, ``metres`` the distance.
    """

    rows: Intp
    owner: Intp
    left: Intp
    right: Intp
    fit: Intp
    metres: Int64 | None


class ClassPoints(Protocol):
    """A term's points of a profile in a role that it meets, which all pairs of these classes have."""

    def points(self, profile: Intp, role: Intp, surplus: Intp) -> Intp:
        """Points of each meeting (intp (meetings,)), given the levels of skills beyond those asked for."""
        ...

    def range(self) -> tuple[int, int]:
        """Bounds (least, greatest) of the points."""
        ...


class Term(Protocol):
    """One term of a weight. The points of any pair lie within ``range``; both are before the objective's
    factor.

    A module of this package is named as the factor of its term and holds, as ``TERM``, what makes it of the
    numbered lists and the eligible pairs. A term that keeps a table of every resource in a block says in
    ``labels`` how many columns that has. A term whose points depend on the classes of resource and
    requirement alone says so by ``CLASS_POINTS``, what makes its ClassPoints of the classes: they are worked
    out with eligibility, once a meeting of classes, and come with the pairs (``fit``).
    """

    def points(self, pairs: TermPairs) -> Integers:
        """Points of each pair (any integer dtype)."""
        ...

    def range(self) -> tuple[int, int]:
        """Bounds (least, greatest) of the points."""
        ...
