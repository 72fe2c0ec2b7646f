"""Large-neighbourhood search: some left nodes free, all others as they are, solved exactly, again and again
(Shaw 1998).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.deadline import Deadline
from matchkit.engines import DEFAULT_MIP
from matchkit.engines.program import MipEngine, MipModel
from matchkit.graph.network import GoalValues
from matchkit.solvers.mip.formulation import Formulation, Formulator, words_of


def improve_neighbourhood(
    formulation: Formulation,
    start: Int64,
    reached: Sequence[int],
    deadline: Deadline,
    *,
    work: float,
    seed: int,
    kept: Sequence[int] = (),
    engine: MipEngine = DEFAULT_MIP,
    presolve: bool = True,
) -> tuple[Int64 | None, tuple[int, ...], bool]:
    """Better quantities than ``start``, int64 (pairs,), which keeps the program and reaches so much, or None;
    their goals; whether none is better.

    The repair step of a large-neighbourhood search: the free pairs are solved exactly, goals packed in words,
    each held while the next is raised. The first goals need no more than what ``kept`` asks of them.
    """
    program = formulation.program
    core, free = program.free_part()
    if core is None:
        return None, tuple(reached), False
    fixed = program.fixed()
    hint = formulation.hint(start)[free]
    value: Int64 | None = None
    done, best = True, 0
    for goal, least in zip(formulation.goals, kept, strict=False):
        core = core.held(goal.gain[free], least - int((goal.gain * fixed).sum()))
    model: MipModel | None = None
    for word in words_of(
        core, [goal.gain[free] for goal in formulation.goals[len(kept) :]]
    ):
        if model is None:
            model = engine.model(replace(core, gain=word))
        else:
            model.then(word, best)
        found = model.solve(
            seconds=deadline.left(),
            work=work,
            hint=hint,
            stop=deadline.stop,
            presolve=presolve,
            seed=seed,
        )
        done = done and found.status == "optimal"
        if found.value is None:
            return (
                (None, tuple(reached), False)
                if value is None
                else (*_whole(formulation, fixed, free, value), False)
            )
        hint = value = found.value
        best = int((word * value).sum())
    if value is None:
        return None, tuple(reached), True
    return *_whole(formulation, fixed, free, value), done


def _whole(
    formulation: Formulation, fixed: Int64, free: Int64, value: Int64
) -> tuple[Int64, tuple[int, ...]]:
    whole = fixed.copy()
    whole[free] = value
    return whole[: formulation.pairs], formulation.values(whole)


FREE_PAIRS = 600
"""Pairs free in one neighbourhood, to begin with."""
LEAST_FREE, MOST_FREE = 200, 30_000
WORK = 0.2
"""Deterministic work for one word of goals of one neighbourhood."""


def improve(
    formulator: Formulator,
    quantity: Int64,
    goals: GoalValues,
    deadline: Deadline,
    *,
    seed: int = 0,
    enough: Callable[[GoalValues], bool] = lambda _: False,
    kept: Callable[[GoalValues], GoalValues] = lambda _: (),
    found: Callable[[Int64, GoalValues], None] | None = None,
    most_rounds: int | None = None,
    among: Intp | None = None,
    engine: MipEngine = DEFAULT_MIP,
) -> tuple[Int64, GoalValues]:
    """Better quantities, int64 (pairs,), and their goals, never worse ones, until time is over or the goals
    are ``enough``.

    Only pairs of ``among``, intp, ascending (None: all), and those that carry something now are free.

    ``kept`` says of goals how many of the first are reached, by the least that may become of each: those
    after them count.
    """
    random, size, number = np.random.default_rng(seed), FREE_PAIRS, 0
    if among is not None:
        among = np.union1d(among, np.flatnonzero(quantity > 0))
    around, none = Around(formulator, among), np.zeros(0, np.intp)
    while (
        not deadline.over()
        and not enough(goals)
        and (most_rounds is None or number < most_rounds)
    ):
        number += 1
        # Every second neighbourhood lies around a right node that lacks something, rather an urgent one.
        short = formulator.short(quantity) if number % 2 else none
        right = (
            int(short[int(len(short) * random.random() ** 3)]) if len(short) else None
        )
        free = around.pairs(quantity, size, random, right)
        selection = np.union1d(free, np.flatnonzero(quantity > 0))
        is_free = np.zeros(len(quantity), np.bool_)
        is_free[free] = True
        fixed = np.where(is_free[selection], -1, quantity[selection])
        formulation = formulator.formulation(selection, fixed)
        least = kept(goals)
        better, reached, done = improve_neighbourhood(
            formulation,
            quantity[selection],
            goals,
            deadline,
            work=WORK,
            seed=number,
            kept=least,
            engine=engine,
        )
        # Larger while the engine proves that no neighbour is better, smaller where it does not get that far.
        size = (
            min(MOST_FREE, size + size // 4)
            if done
            else max(LEAST_FREE, size - size // 4)
        )
        if better is not None and reached[len(least) :] > goals[len(least) :]:
            quantity = np.zeros_like(quantity)
            quantity[selection] = better
            goals = reached
            if found is not None:
                found(quantity, goals)
    return quantity, goals


class Around:
    """Pairs near one another: left nodes that could serve the same right nodes."""

    def __init__(self, formulator: Formulator, among: Intp | None = None) -> None:
        """``among``: the pairs, intp, ascending, that there are (None: all)."""
        self._among = among
        self._left, self._right = (
            np.asarray(side if among is None else side[among], np.intp)
            for side in (formulator.left, formulator.right)
        )
        lefts = int(self._left.max(initial=-1)) + 1
        rights = int(self._right.max(initial=-1)) + 1
        self._first_of_left = np.searchsorted(self._left, np.arange(lefts + 1))
        self._by_right = np.argsort(self._right, kind="stable")
        self._first_of_right = np.searchsorted(
            self._right[self._by_right], np.arange(rights + 1)
        )

    def pairs(
        self,
        quantity: Int64,
        size: int,
        random: np.random.Generator,
        right: int | None = None,
    ) -> Intp:
        """About so many pairs, ascending: all pairs of some left nodes, found by steps from a right node
        (None: any).

        Half of the left nodes taken at each right node serve it now, so that they can be exchanged.
        """
        lefts: dict[int, None] = {}
        total, tries = 0, 0
        if self._among is not None:
            quantity = quantity[self._among]
        if right is None or right + 1 >= len(self._first_of_right):
            right = (
                int(random.integers(len(self._first_of_right) - 1))
                if len(self._left)
                else 0
            )
        while total < size and tries < 200 and len(self._left):
            tries += 1
            here = self._by_right[
                self._first_of_right[right] : self._first_of_right[right + 1]
            ]
            serving = here[quantity[here] > 0]
            others = here[quantity[here] == 0]
            taken = np.concatenate(
                [_some(serving, 4, random), _some(others, 4, random)]
            )
            for left in self._left[taken].tolist():
                if left not in lefts:
                    lefts[left] = None
                    total += int(
                        self._first_of_left[left + 1] - self._first_of_left[left]
                    )
            known = list(lefts)
            if not known:
                right = int(random.integers(len(self._first_of_right) - 1))
                continue
            left = known[int(random.integers(len(known)))]
            begin, end = (
                int(self._first_of_left[left]),
                int(self._first_of_left[left + 1]),
            )
            right = int(self._right[int(random.integers(begin, end))])
        parts = [
            np.arange(self._first_of_left[left], self._first_of_left[left + 1])
            for left in sorted(lefts)
        ]
        found = np.concatenate([np.zeros(0, np.intp), *parts])
        return found if self._among is None else self._among[found]


def _some(among: Intp, most: int, random: np.random.Generator) -> Intp:
    return among if len(among) <= most else random.choice(among, most, replace=False)
