"""The general search: whole where CP-SAT holds it, by neighbourhoods where it does not, with a bound either way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matchkit.graph.candidates import Whole
from matchkit.matching.search.climb import Climb, Effort, climb
from matchkit.matching.search.clock import Clock
from matchkit.matching.search.formulation import Formulator
from matchkit.matching.search.improve import improve
from matchkit.matching.search.leap import leap

WHOLE = 120_000
"""Up to so many pairs the whole program is given to the engine."""
SMALL = 3_000
"""Up to so many pairs nothing else is tried."""
MEDIUM, MOSTLY = 15_000, 0.9
"""Up to so many pairs the whole program gets most of the time; beyond, half of it."""

RELINK = 2.0
"""CP-SAT's deterministic time to join the plans known."""
FIRST = 0.15
"""The share of the time for neighbourhoods before the whole is tried."""

Goals = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What a relaxation (some rules left out) gave: a bound by goal, true as a vector in order, and quantities to begin with."""

    bounds: Goals
    quantity: Whole | None


@dataclass(frozen=True, slots=True)
class Result:
    """The best found: quantities (None: none in time), value and bound by goal, whether rules contradict each other."""

    quantity: Whole | None
    goals: Goals | None
    bounds: Goals | None
    engine: str
    infeasible: bool = False


Listener = Callable[[Whole, Goals, Goals | None], None]


def search(
    formulator: Formulator,
    clock: Clock,
    *,
    relaxed: Relaxed | None = None,
    gap: float = 0.0,
    seed: int = 0,
    presolve: bool = True,
    found: Listener | None = None,
    slack: Goals | None = None,
) -> Result:
    """The best plan of all pairs, as far as time allows; optimal where each goal is at its bound, or short of it by its ``slack``.

    ``slack`` is how much of each goal those after it may cost (of the last: 0); None: nothing.
    """
    count = len(formulator.left)
    everything = np.arange(count)
    quantity: Whole | None = None
    goals: Goals | None = None
    known = None if relaxed is None else relaxed.bounds
    effort = Effort(presolve=presolve, seed=seed, gap=gap)
    first = _begin(formulator, clock, effort, relaxed) if count > SMALL else None
    if first is not None and first.quantity is not None:
        quantity, goals = first.quantity, first.goals
        if found is not None and goals is not None:
            found(quantity, goals, known)
    bounds: Goals | None = known
    engine = "cpsat"
    listen = None if found is None else (lambda better, reached: found(better, reached, bounds))

    def enough(reached: Goals) -> bool:
        return bounds is not None and _close(reached, bounds, slack or (0,) * len(reached), gap)

    def kept(reached: Goals) -> Goals:
        return () if bounds is None else _kept(reached, bounds, slack or (0,) * len(reached))

    if quantity is not None and goals is not None and enough(goals):
        return Result(quantity, goals, bounds, engine)
    if quantity is not None and goals is not None and clock.deadline is not None:
        engine = "cpsat with large-neighbourhood search"
        quantity, goals = improve(formulator, quantity, goals, clock.share(FIRST), seed=seed, enough=enough, kept=kept, found=listen)
    if count <= WHOLE:
        formulation = formulator.formulation(everything, np.full(count, -1, np.int64))
        share = clock if count <= SMALL else clock.share(MOSTLY if count <= MEDIUM else 0.5)
        relink = _Relink(formulator, quantity, relaxed, seed) if count > SMALL else None
        climbed = climb(formulation, share, effort, start=quantity, reached=goals, known=known, relink=relink)
        if climbed.infeasible:
            return Result(None, None, None, engine, infeasible=True)
        if climbed.quantity is not None:
            quantity, goals = climbed.quantity, climbed.goals
            if found is not None and goals is not None:
                found(quantity, goals, climbed.bounds)
        if climbed.bounds:
            bounds = climbed.bounds
    if quantity is None:  # nothing carried keeps every rule unless some are locked
        start = np.zeros(0, np.intp) if count > WHOLE else everything
        climbed = climb(formulator.formulation(start, np.full(len(start), -1, np.int64)), clock, effort)
        if climbed.infeasible and len(start) == count:
            return Result(None, None, None, engine, infeasible=True)
        if climbed.quantity is None or climbed.goals is None:
            return Result(None, None, bounds, engine)
        quantity, goals = np.zeros(count, np.int64), climbed.goals
        quantity[start] = climbed.quantity
    if goals is None:
        return Result(None, None, bounds, engine)

    if clock.deadline is not None and not enough(goals):
        engine = "cpsat with large-neighbourhood search"
        quantity, goals = improve(formulator, quantity, goals, clock, seed=seed + 1, enough=enough, kept=kept, found=listen)
    return Result(quantity, goals, bounds, engine)


def _close(goals: Goals, bounds: Goals, slack: Goals, gap: float) -> bool:
    first = len(_kept(goals, bounds, slack))
    return first == len(goals) or bounds[first] - goals[first] <= gap * max(1, abs(goals[first]))


def _kept(goals: Goals, bounds: Goals, slack: Goals) -> Goals:
    """The least that may become of every goal up to the first that is short of its bound by more than its slack."""
    least: list[int] = []
    for value, bound, free in zip(goals, bounds, slack, strict=True):
        if value < bound - free:
            break
        least.append(bound - free)
    return tuple(least)


def _begin(formulator: Formulator, clock: Clock, effort: Effort, relaxed: Relaxed | None) -> Climb | None:
    """A plan out of the pairs that the relaxation chose: the most of them that keep all rules."""
    if relaxed is None or relaxed.quantity is None:
        return None
    chosen = np.flatnonzero(relaxed.quantity > 0)
    carried = relaxed.quantity[chosen]
    climbed = climb(formulator.formulation(chosen, carried), clock.share(0.1), effort)  # as it is, where it keeps all rules
    if climbed.quantity is None:
        climbed = climb(formulator.formulation(chosen, np.full(len(chosen), -1, np.int64)), clock.share(0.2), effort, start=carried)
    if climbed.quantity is None:
        return None
    quantity = np.zeros(len(relaxed.quantity), np.int64)
    quantity[chosen] = climbed.quantity
    return Climb(quantity, climbed.goals, ())


class _Relink:
    """The pairs of the plans known so far, taken together: what each of them does well is joined in one."""

    def __init__(self, formulator: Formulator, quantity: Whole | None, relaxed: Relaxed | None, seed: int) -> None:
        self._formulator, self._seed = formulator, seed
        self._known = np.zeros(len(formulator.left), np.bool_)
        for plan in (quantity, None if relaxed is None else relaxed.quantity):
            if plan is not None:
                self._known |= plan > 0

    def __call__(self, quantity: Whole, goals: Goals, clock: Clock) -> tuple[Whole, Goals]:
        self._known |= quantity > 0
        selection = np.flatnonzero(self._known)
        formulation = self._formulator.formulation(selection, np.full(len(selection), -1, np.int64))
        better, reached, _ = leap(formulation, quantity[selection], goals, clock.share(0.2), work=RELINK, seed=self._seed)
        if better is None or reached <= goals:
            return quantity, goals
        found = np.zeros_like(quantity)
        found[selection] = better
        return found, reached
