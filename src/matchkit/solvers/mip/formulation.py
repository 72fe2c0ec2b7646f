"""Pairs, how any selection of them becomes an integer program with goals, and several goals packed in one
number where the numbers stay small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from typing import Protocol

import numpy as np

from matchkit.arrays import Int32, Int64, Intp
from matchkit.engines.program import Program
from matchkit.graph.network import GoalValues


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal: the sum of ``gain``, int64 (variables,), times the variables, to be made as large as can be.

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

    def hint(self, quantity: Int64) -> Int64:
        """Values to start from, int64 (variables,): quantities of the pairs, -1 (not known) for the
        others.
        """
        return np.concatenate([quantity, np.full(self.program.size - self.pairs, -1)])

    def values(self, value: Int64) -> tuple[int, ...]:
        """What variables, int64 (variables,), reach in every goal."""
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
        """The most units that every pair may carry: int64 (pairs,), at least 1."""
        ...

    @property
    def weight(self) -> Int64:
        """What a unit on every pair is worth, in weight points: int64 (pairs,)."""
        ...

    @property
    def upper_bounds(self) -> tuple[int, ...]:
        """What no plan exceeds in each goal, whatever the others are."""
        ...

    def short(self, quantity: Int64) -> Intp:
        """Right nodes that could take more than these quantities give them, the most urgent first."""
        ...

    def formulation(self, selection: Intp, fixed: Int64) -> Formulation:
        """The program of some pairs (positions, ascending), all others carrying nothing; ``fixed``, int64,
        one each of these, is a pair's quantity, or -1: free.
        """
        ...


WORD = 2**42
"""A word of goals stays below this: CP-SAT works best with numbers that a double holds with room to spare."""


def words_of(program: Program, gains: Sequence[Int64]) -> list[Int64]:
    """Gains of fewer goals, int64 (variables,) each, that order the program's values as the given ones do,
    one after another.

    A goal's digit has room for all that it can reach within the variables' limits, so no lower goal outweighs
    one above it. Goals that no variable changes are left out.
    """
    words: list[Int64] = []
    filled = 1
    for gain in gains:
        if not gain.any():
            continue
        room = int((np.abs(gain) * (program.upper - program.lower)).sum()) + 1
        if words and filled * room < WORD:
            words[-1] = words[-1] * room + gain
            filled *= room
        else:
            words.append(gain)
            filled = room
    return words


@dataclass(frozen=True, slots=True)
class GoalDigits:
    """Goals in one whole number, one of every goal counted ``digits`` times: more than all goals after it can
    bring together. Goals of digit 0 are left out.

    ``lower_bounds`` and ``upper_bounds`` are what every plan reaches at least and at most, by goal.
    """

    digits: tuple[int, ...]
    lower_bounds: tuple[int, ...]
    upper_bounds: tuple[int, ...]

    @classmethod
    def of(
        cls,
        lower_bounds: Sequence[int],
        upper_bounds: Sequence[int],
        kept: Sequence[int],
    ) -> GoalDigits:
        """Digits of the goals kept, by number ascending, the last of which counts once."""
        digits, place = [0] * len(lower_bounds), 1
        for number in reversed(kept):
            digits[number] = place
            place *= width(lower_bounds[number], upper_bounds[number])
        return cls(tuple(digits), tuple(lower_bounds), tuple(upper_bounds))

    def bounds(self, bound: int) -> GoalValues:
        """A bound on that number as a bound by goal, true as a vector in order: each goal has as much of it
        as it can.
        """
        # Digit by digit: the greatest vector, in order, that counts no more than the bound.
        left = bound - sum(map(mul, self.digits, self.lower_bounds))
        found = []
        for digit, lower, upper in zip(
            self.digits, self.lower_bounds, self.upper_bounds, strict=True
        ):
            here = min(left // digit, upper - lower) if digit else upper - lower
            found.append(lower + here)
            left -= here * digit
        return tuple(found)


def width(lower: int, upper: int) -> int:
    """How many values a goal may have."""
    return max(1, upper - lower + 1)


@dataclass(frozen=True, slots=True)
class JoinedGoals:
    """Goals in a row as the digits of one number: ``gain`` is the sum of digits times the goals' gains."""

    goals: tuple[GoalRow, ...]
    gain: Int64
    digits: GoalDigits


def joined(formulation: Formulation, most: int) -> list[JoinedGoals]:
    """The goals in words of less than ``most``; a goal that has a tolerance, or is too wide, ends its
    word.
    """
    program = formulation.program
    words: list[list[tuple[GoalRow, int]]] = []
    filled = most
    for goal in formulation.goals:
        lower_bound = int(
            np.minimum(goal.gain * program.lower, goal.gain * program.upper).sum()
        )
        room = width(lower_bound, goal.most)
        if filled * room < most and not words[-1][-1][0].tolerance:
            words[-1].append((goal, lower_bound))
            filled *= room
        else:
            words.append([(goal, lower_bound)])
            filled = room
    return [_word(parts) for parts in words]


def _word(parts: list[tuple[GoalRow, int]]) -> JoinedGoals:
    goals, lower_bounds = zip(*parts, strict=True)
    digits = GoalDigits.of(
        lower_bounds, [goal.most for goal in goals], range(len(goals))
    )
    gain = sum(
        (digit * goal.gain for digit, goal in zip(digits.digits, goals, strict=True)),
        np.zeros_like(goals[0].gain),
    )
    return JoinedGoals(goals, gain, digits)
