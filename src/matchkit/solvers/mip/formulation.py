"""What the search is given: pairs, and how any selection of them becomes an integer program with goals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from matchkit.arrays import Int32, Int64, Intp
from matchkit.engines.program import Program


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal: the sum of ``gain`` (int64, one a variable) times the variables, to be made as large as can
    be.

    What comes later may lower it by at most ``tolerance``. No plan reaches more than ``most`` in it.
    """

    name: str
    gain: Int64
    tolerance: int
    most: int


@dataclass(frozen=True, slots=True)
class Formulation:
    """A selection of pairs as a program: its first variables are their quantities, in the order of the
    selection.
    """

    program: Program
    goals: tuple[GoalRow, ...]
    pairs: int

    def values(self, value: Int64) -> tuple[int, ...]:
        """What variables reach in every goal."""
        return tuple(int((goal.gain * value).sum()) for goal in self.goals)


class Formulator(Protocol):
    """All pairs of a problem, ascending by (left, right), and the rules that hold between them."""

    @property
    def left(self) -> Int32 | Intp:
        """Left node of every pair."""
        ...

    @property
    def right(self) -> Int32 | Intp:
        """Right node of every pair."""
        ...

    @property
    def most(self) -> Int64:
        """The most that every pair may carry (int64, at least 1)."""
        ...

    @property
    def weight(self) -> Int64:
        """What a unit on every pair is worth."""
        ...

    @property
    def ceilings(self) -> tuple[int, ...]:
        """What no plan exceeds in each goal, whatever the others are."""
        ...

    def short(self, quantity: Int64) -> Intp:
        """Right nodes that could take more than these quantities give them, the most urgent first."""
        ...

    def formulation(self, selection: Intp, fixed: Int64) -> Formulation:
        """The program of some pairs (ascending), all others carrying nothing; ``fixed`` is a pair's quantity,
        or -1: free.
        """
        ...
