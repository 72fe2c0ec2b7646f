"""What every resource and every unit adds to a plan now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from matchkit.answers.advice import Contribution, Contributions
from matchkit.answers.changes import MOST_CHANGES, RemoveResource
from matchkit.answers.effects import Known, effect
from matchkit.explain.advice.removal_bound import RemovalBound
from matchkit.explain.advice.trial import AdviceTrials, checked
from matchkit.explain.vectors import minus
from matchkit.graph.network import GoalValues
from matchkit.model import Problem
from matchkit.plan import Plan


class GainRange(NamedTuple):
    """What is known of a contribution: it is at least and at most so much (None: not known)."""

    least: GoalValues | None
    most: GoalValues | None
    known: Known


def contributions(
    problem: Problem, plan: Plan, *, verified: int = 5, time_limit: float | None = None
) -> Contributions:
    """What every resource and every unit (with those below it) that gives something adds: the best plan less
    the best plan without it.

    In a flow every one is weighed by prices: a resource of capacity 1 exactly where no cap binds it and no
    skill becomes rarer without it, else between two bounds. The first ``verified`` of either list that are
    not exact yet are solved without them, within ``time_limit`` seconds (None: no limit). In other problems
    nothing is known of those not solved.

    Raises InputError for wrong arguments, and where the plan is none of this problem; UnsupportedError where
    coverage or loads are goals.
    """
    checked(problem, plan, verified=verified, time_limit=time_limit)
    return contributed(AdviceTrials(problem, plan, time_limit), verified)


def contributed(trials: AdviceTrials, verified: int) -> Contributions:
    """The answer, with solves that are counted there."""
    state, members = trials.best, below(trials.problem)
    rows = {
        unit: [state.left_of[name] for name in names]
        for unit, names in sorted(members.items())
    }
    groups = {
        state.resource_ids[row]: [row] for row in np.flatnonzero(state.given).tolist()
    }
    units = {unit: mine for unit, mine in rows.items() if state.given[mine].any()}
    bound = None if trials.residual is None else RemovalBound(trials.residual)
    listed = []
    for who in (groups, units):
        names, gives = (
            list(who),
            [int(state.given[mine].sum()) for mine in who.values()],
        )
        ranges = [_range(bound, mine) for mine in who.values()]
        _solve(trials, list(who.values()), gives, ranges, verified)
        order = sorted(
            range(len(names)),
            key=lambda place: _first(ranges[place], gives[place], len(trials.names)),
        )
        listed.append(
            tuple(
                _contribution(trials, names[place], gives[place], ranges[place])
                for place in order
            )
        )
    return Contributions(resources=listed[0], units=listed[1])


def below(problem: Problem) -> dict[str, tuple[str, ...]]:
    """The resources of every unit and of those below it, by id."""
    parent = {unit.id: unit.parent for unit in problem.units}
    found: dict[str, list[str]] = {unit: [] for unit in parent}
    for resource in sorted(problem.resources, key=lambda entry: entry.id):
        node: str | None = resource.unit
        while node is not None:
            found[node].append(resource.id)
            node = parent[node]
    return {unit: tuple(names) for unit, names in found.items()}


def _range(bound: RemovalBound | None, rows: Sequence[int]) -> GainRange:
    least, most = (
        (None, None) if bound is None else (bound.least(rows), bound.most(rows))
    )
    known: Known = "between" if most is not None else "at_least"
    if least is None:
        known = "unknown" if most is None else "at_most"
    elif least == most:
        known = "prices"
    return GainRange(least, most, known)


def _first(found: GainRange, gives: int, goals: int) -> tuple[tuple[int, ...], int]:
    """Those that add the most come first: by what they add at least, or else at most."""
    change = found.most if found.least is None else found.least
    return tuple(-value for value in change or (0,) * goals), -gives


def _solve(
    trials: AdviceTrials,
    rows: Sequence[Sequence[int]],
    gives: Sequence[int],
    ranges: list[GainRange],
    verified: int,
) -> None:
    """Solve without those that may add the most, of what is not exact."""
    names = trials.best.resource_ids

    def potential(place: int) -> tuple[tuple[int, ...], int, int]:
        most = ranges[place].most or ()
        return tuple(-value for value in most), -gives[place], place

    open_ = [
        place
        for place, found in enumerate(ranges)
        if found.known != "prices" and len(rows[place]) <= MOST_CHANGES
    ]
    for number, place in enumerate(sorted(open_, key=potential)[:verified]):
        changes = [RemoveResource(resource=names[row]) for row in rows[place]]
        trial = trials.of(changes, among=verified - number)
        if trial is not None:
            loss = minus((0,) * len(trial.gain), trial.gain)
            ranges[place] = GainRange(loss, loss, "solved" if trial.proven else "found")


def _contribution(
    trials: AdviceTrials, name: str, gives: int, found: GainRange
) -> Contribution:
    least, most = (
        None if side is None else effect(trials.names, side)
        for side in (found.least, found.most)
    )
    return Contribution(
        id=name, gives=gives, at_least=least, at_most=most, known=found.known
    )
