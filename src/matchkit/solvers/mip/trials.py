"""Plans as quantities of all pairs, tried: what they are worth, as much of them as fits, the most of several
together.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.deadline import Deadline
from matchkit.solvers.mip.formulation import Formulation, Formulator
from matchkit.solvers.mip.improve import improve_neighbourhood
from matchkit.solvers.mip.lexicographic import (
    Effort,
    LexicographicResult,
    lexicographic_solve,
)
from matchkit.solvers.mip.packed import fitted

WORK = 2.0
"""Deterministic work to join plans, and for each goal of the most within one that breaks a rule."""
PART = 0.2
"""The share of the time left that either takes at most."""


class PlanTrials:
    """Tries plans of one problem; keeps none."""

    def __init__(self, formulator: Formulator, effort: Effort) -> None:
        self._formulator, self._effort = formulator, effort

    def as_it_is(
        self, quantity: Int64, deadline: Deadline
    ) -> LexicographicResult | None:
        """What quantities (int64, one a pair) are worth; None where they break a rule, or time is over."""
        chosen = np.flatnonzero(quantity > 0)
        found = self._of_all(
            chosen,
            lexicographic_solve(
                self._formulator.formulation(chosen, quantity[chosen]),
                deadline,
                self._effort,
            ),
        )
        return None if found.quantity is None else found

    def as_it_fits(
        self, quantity: Int64, deadline: Deadline
    ) -> LexicographicResult | None:
        """The same of as much of these quantities as fits."""
        chosen = np.flatnonzero(quantity > 0)
        return self.as_it_is(
            self.whole(chosen, fitted(self._free(chosen), quantity[chosen])), deadline
        )

    def most_within(
        self, quantity: Int64, deadline: Deadline
    ) -> LexicographicResult | None:
        """The best found of plans that carry at most these quantities, which break a rule; None where none
        was found.
        """
        chosen = np.flatnonzero(quantity > 0)
        free = self._free(chosen)
        upper = free.program.upper.copy()
        upper[: free.pairs] = np.minimum(upper[: free.pairs], quantity[chosen])
        within = replace(free, program=replace(free.program, upper=upper))
        found = self._of_all(
            chosen,
            lexicographic_solve(
                within, deadline.share(PART), replace(self._effort, work=WORK)
            ),
        )
        return None if found.quantity is None else found

    def most_of(self, pairs: Intp, deadline: Deadline) -> LexicographicResult:
        """The best plan of these pairs alone."""
        return self._of_all(
            pairs, lexicographic_solve(self._free(pairs), deadline, self._effort)
        )

    def joined(
        self,
        pairs: Intp,
        quantity: Int64,
        goals: tuple[int, ...],
        deadline: Deadline,
        seed: int,
    ) -> LexicographicResult | None:
        """A better plan of these pairs, those of some plans, than the quantities, which reach these goals;
        None where none was found.
        """
        better, reached, _ = improve_neighbourhood(
            self._free(pairs),
            quantity[pairs],
            goals,
            deadline.share(PART),
            work=WORK,
            seed=seed,
            engine=self._effort.engine,
        )
        return (
            None
            if better is None
            else LexicographicResult(self.whole(pairs, better), reached, ())
        )

    def whole(self, pairs: Intp, quantity: Int64) -> Int64:
        """Quantities of all pairs from those of some; the others carry nothing."""
        found = np.zeros(len(self._formulator.left), np.int64)
        found[pairs] = quantity
        return found

    def _free(self, pairs: Intp) -> Formulation:
        return self._formulator.formulation(pairs, np.full(len(pairs), -1, np.int64))

    def _of_all(self, pairs: Intp, found: LexicographicResult) -> LexicographicResult:
        return (
            found
            if found.quantity is None
            else replace(found, quantity=self.whole(pairs, found.quantity))
        )


class PathRelinking:
    """The pairs of the plans known so far, taken together: what each of them does well is joined in one."""

    def __init__(
        self, trials: PlanTrials, pairs: Intp, plans: list[Int64], seed: int
    ) -> None:
        """``pairs`` are those that the quantities it is called with belong to; ``plans`` what else is
        known.
        """
        self._trials, self._pairs, self._seed = trials, pairs, seed
        self._known = np.any(
            [
                trials.whole(pairs, np.zeros(len(pairs), np.int64)) > 0,
                *(plan > 0 for plan in plans),
            ],
            axis=0,
        )

    def __call__(
        self, quantity: Int64, goals: tuple[int, ...], deadline: Deadline
    ) -> tuple[Int64, tuple[int, ...]]:
        """No worse quantities and their goals."""
        whole = self._trials.whole(self._pairs, quantity)
        self._known |= whole > 0
        found = self._trials.joined(
            self._pairs[self._known[self._pairs]], whole, goals, deadline, self._seed
        )
        if (
            found is None
            or found.quantity is None
            or found.goals is None
            or found.goals <= goals
        ):
            return quantity, goals
        return found.quantity[self._pairs], found.goals
