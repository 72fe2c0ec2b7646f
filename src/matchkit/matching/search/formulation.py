"""What the search is given: pairs, and how any selection of them becomes an integer program with goals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from matchkit.engines.program import Program
from matchkit.graph.candidates import Index, Whole

Place = np.ndarray[tuple[int], np.dtype[np.intp]]


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal: the sum of ``gain`` (int64, one a variable) times the variables, to be made as large as can
    be.

    What comes later may lower it by at most ``tolerance``. No plan reaches more than ``most`` in it.
    """

    name: str
    gain: Whole
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

    def values(self, value: Whole) -> tuple[int, ...]:
        """What variables reach in every goal."""
        return tuple(int((goal.gain * value).sum()) for goal in self.goals)


class Formulator(Protocol):
    """All pairs of a problem, ascending by (left, right), and the rules that hold between them."""

    @property
    def left(self) -> Index | Place:
        """Left node of every pair."""
        ...

    @property
    def right(self) -> Index | Place:
        """Right node of every pair."""
        ...

    @property
    def most(self) -> Whole:
        """The most that every pair may carry (int64, at least 1)."""
        ...

    @property
    def weight(self) -> Whole:
        """What a unit on every pair is worth."""
        ...

    @property
    def ceilings(self) -> tuple[int, ...]:
        """What no plan exceeds in each goal, whatever the others are."""
        ...

    def short(self, quantity: Whole) -> Place:
        """Right nodes that could take more than these quantities give them, the most urgent first."""
        ...

    def formulation(self, selection: Place, fixed: Whole) -> Formulation:
        """The program of some pairs (ascending), all others carrying nothing; ``fixed`` is a pair's quantity,
        or -1: free.
        """
        ...
