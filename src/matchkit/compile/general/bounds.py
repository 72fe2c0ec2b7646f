"""Closer bounds of single goals for plans that have so much of all goals before: cuts by prices of every
resource's best block.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from operator import mul

import numpy as np

from matchkit.arrays import Intp
from matchkit.compile.general.cuts import (
    Cut,
    bounds_by_cuts,
    certificate_of,
    lower_bounds_of,
)
from matchkit.compile.general.fewest import fewest
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.general.month import months_of
from matchkit.compile.general.scheduling import (
    FILLING,
    blocks_of,
    costs_of,
)
from matchkit.compile.goals import of_tier
from matchkit.deadline import Deadline
from matchkit.errors import BudgetError, StoppedError
from matchkit.graph.network import GoalValues
from matchkit.model import Part
from matchkit.plan import BlockCertificate
from matchkit.solvers.lagrangian.proving import proving_prices
from matchkit.solvers.lagrangian.sifting import Sifting
from matchkit.solvers.mip.state import Relaxed

HELD, STEEP = 2, 4
"""What a unit of a goal counts for beside one of the next: so much that giving one up for another is not
worth it; in a bound no more, as what a plan lacks of a goal raises the bounds of the next by so much, and in
a plan enough for chains of moves.
"""
MONTHS, SIFTED = 0.3, 0.6
"""The shares of the time for graphs of days and for linear programs."""
WHOLE = 1e-6
"""What a whole number may be short of in floating point."""
LARGEST = 2**16
"""The first goals count no more than so many times as much, lest numbers grow too large."""


class HeldBounds:
    """Bounds of goals for plans that reach at least given values in all goals before, by prices at which
    those count too (Lagrangian relaxation; Geoffrion 1974).

    A cut holds whatever the goals are, so one is made once for every goal asked for.
    """

    def __init__(self, case: IntegerModel) -> None:
        self._case = case
        self._parts = [aim.parts[0] for aim in case.aims]
        self.cuts: list[Cut] = []
        """What is proved so far."""
        self._made: set[int] = set()
        """Goals that a cut was made for with all the time it takes, or could not be."""
        self._took = 0.0
        """The longest that a cut took, in seconds."""
        self._near = np.zeros(len(case.left), np.bool_)
        """Pairs that linear programs begin with besides: those of the plan."""

    def of(self, goals: GoalValues, number: int, deadline: Deadline) -> int | None:
        """What no plan that reaches at least ``goals[:number]`` exceeds in goal ``number``; None where prices
        cannot say, or not in time.
        """
        if number not in self._made and self._counts(number):
            self._cut(number, deadline, goals[: number + 1])
        known = self.known(goals)[number]
        aim = self._case.aims[number]
        if len(aim.parts) == 1 and aim.parts[0].measure == "resources_used":
            most = -aim.parts[0].factor * fewest(self._case, goals[:number])
            return most if known is None else min(known, most)
        return known

    def known(self, goals: GoalValues) -> tuple[int | None, ...]:
        """The same of every goal that a cut counts."""
        bounds, _ = self._by_cuts(goals)
        return tuple(
            most if any(cut.digits[goal] for cut in self.cuts) else None
            for goal, most in enumerate(bounds)
        )

    def certificate(
        self, goals: GoalValues, stated: Sequence[int | None]
    ) -> tuple[GoalValues, BlockCertificate] | None:
        """The bounds of a plan with these goals by cuts, and the certificate that proves them, where they are
        no worse than those ``stated``. Cuts that upper bounds make needless are left out.
        """
        bounds, by = self._by_cuts(goals)
        if not self.cuts or any(
            most is not None and most < mine
            for mine, most in zip(bounds, stated, strict=True)
        ):
            return None
        needed = [cut for cut in self.cuts if cut in by]
        return bounds, certificate_of(self._case, needed)

    def _by_cuts(self, goals: GoalValues) -> tuple[GoalValues, tuple[Cut | None, ...]]:
        case = self._case
        if not self.cuts:
            return case.upper_bounds, (None,) * len(goals)
        lower_bounds = lower_bounds_of(case, self._parts)
        none = [0] * len(goals)
        return bounds_by_cuts(self.cuts, lower_bounds, case.upper_bounds, none, goals)

    def plan(self, deadline: Deadline) -> Relaxed | None:
        """A plan to begin with, from a linear program of all goals: its quantities, rounded down, the pairs
        that it takes a part of, and all pairs that it was given, which are near the best by its prices. None
        where prices cannot say, or not in time.
        """
        case, number = self._case, len(self._case.aims) - 1
        if not self._counts(number) or len(case.left) == 0:
            return None
        counts = held_counts(case, number, STEEP)
        try:
            blocks, pair = blocks_of(case, self._parts, counts)
        except BudgetError:  # numbers are too large for blocks
            return None
        blocks = replace(blocks, cost=costs_of(case, self._parts, counts))
        sifted = Sifting(blocks, whole=True).run(deadline)
        if sifted is None:
            return None
        quantity = np.zeros(len(case.left), np.int64)
        near = pair[sifted.pairs]
        quantity[near] = np.floor(sifted.value + WHOLE)
        self._near[near] = True
        return Relaxed(
            case.upper_bounds,
            quantity,
            support=near[sifted.value > WHOLE],
            near=np.sort(near),
        )

    def _counts(self, number: int) -> bool:
        """Whether prices can say anything of a goal."""
        return self._case.suits_blocks and self._parts[number].measure != "broken"

    def _cut(self, number: int, deadline: Deadline, goals: GoalValues) -> None:
        """Makes the cut of a goal, as close as ``goals``, what a plan reaches up to it, show to be enough."""
        case, began = self._case, time.monotonic()
        if not deadline.has(self._took):
            return
        counts = held_counts(case, number)
        pairs = _earning(case, self._parts[: number + 1])
        if len(pairs) == 0:
            return
        try:
            blocks, pair = blocks_of(case.part(pairs), self._parts, counts)
            blocks = replace(
                blocks,
                cost=costs_of(case, self._parts, counts),
                paths=months_of(case, blocks, pairs, deadline.share(MONTHS)),
            )
            sifting = Sifting(blocks, near=self._near[pairs[pair]])
            sifted = sifting.run(deadline.share(SIFTED))
            if sifted is None:
                return
            priced = proving_prices(
                blocks,
                sifted,
                enough=sum(map(mul, counts, goals)),
                deadline=deadline,
                look=case.facts.deadline.check,
            )
        except StoppedError:
            return
        except BudgetError:  # numbers are too large for blocks
            self._made.add(number)
            return
        if sifted.ended:
            self._made.add(number)
            self._took = max(self._took, time.monotonic() - began)
        digits = (*counts, *(0 for _ in self._parts[number + 1 :]))
        self.cuts.append(Cut.of(digits, blocks, priced))


def held_counts(case: IntegerModel, number: int, each: int = HELD) -> list[int]:
    """What one of every goal up to this one counts for, so that no plan near the best gives up one for those
    after it; the last counts once.
    """
    part = case.aims[number].parts[0]
    counts = [1]
    step = (
        each * int(np.abs(case.weight).max(initial=1))
        if part.measure == "weight"
        else each
    )
    for aim in reversed(case.aims[:number]):
        left_out = aim.parts[0].measure == "broken"
        counts.append(0 if left_out else min(step, LARGEST * each))
        step *= 1 if left_out else each
    return counts[::-1]


def _earning(case: IntegerModel, parts: Sequence[Part]) -> Intp:
    """The pairs that any of these measures can count."""
    if any(part.measure == "weight" for part in parts):
        return np.arange(len(case.left))
    tier = case.needs[2][case.facts.requirement[case.right]]
    mine = np.zeros(len(tier), np.bool_)
    for part in parts:
        if part.measure in FILLING:
            mine |= of_tier(tier, part)
    return np.flatnonzero(mine)
