"""What every resource and every unit adds to a plan now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matchkit.answers.advice import Contribution, Contributions
from matchkit.answers.changes import MOST_CHANGES, RemoveResource
from matchkit.answers.effects import Known, effect
from matchkit.explain.advice.removal_bound import RemovalBound
from matchkit.explain.advice.trial import AdviceTrials, checked
from matchkit.explain.advice.vectors import minus
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

    Raises InputError for wrong arguments, and where the plan is none of this problem.
    """
    checked(problem, plan, verified=verified, time_limit=time_limit)
    return contributed(AdviceTrials(problem, plan, time_limit), verified)


def contributed(trials: AdviceTrials, verified: int) -> Contributions:
    """The answer, with solves that are counted there."""
    problem, given = trials.problem, dict[str, int]()
    for entry in trials.plan.assignments:
        given[entry.resource] = given.get(entry.resource, 0) + entry.quantity
    members = below(problem)
    groups = {name: (name,) for name in sorted(given)}
    units = {
        name: members[name]
        for name in sorted(members)
        if any(resource in given for resource in members[name])
    }
    unknown = GainRange(None, None, "unknown")
    leaving = None if trials.residual is None else RemovalBound(problem, trials.residual)
    listed = []
    for who in (groups, units):
        ranges = [unknown if leaving is None else _range(leaving, who[name]) for name in who]
        _solve(trials, who, ranges, verified)
        gives = [
            sum(given.get(resource, 0) for resource in resources) for resources in who.values()
        ]
        order = sorted(
            range(len(ranges)),
            key=lambda place: _first(ranges[place], gives[place], len(trials.names)),
        )
        names = list(who)
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


def _range(leaving: RemovalBound, resources: Sequence[str]) -> GainRange:
    least, most = leaving.least(resources), leaving.most(resources)
    if least is not None and least == most:
        return GainRange(least, most, "prices")
    return GainRange(
        least,
        most,
        "between"
        if least is not None and most is not None
        else "at_most"
        if least is None
        else "at_least",
    )


def _first(found: GainRange, gives: int, goals: int) -> tuple[tuple[int, ...], int]:
    """Those that add the most come first: by what they add at least, or else at most."""
    told = (
        found.least
        if found.least is not None
        else found.most
        if found.most is not None
        else (0,) * goals
    )
    return tuple(-value for value in told), -gives


def _solve(
    trials: AdviceTrials,
    who: Mapping[str, tuple[str, ...]],
    ranges: list[GainRange],
    verified: int,
) -> None:
    """Solve without those that may add the most, of what is not exact."""
    names = list(who)
    gives = {entry.resource: 0 for entry in trials.plan.assignments}
    for entry in trials.plan.assignments:
        gives[entry.resource] += entry.quantity
    open_ = [
        place
        for place, found in enumerate(ranges)
        if found.known != "prices" and len(who[names[place]]) <= MOST_CHANGES
    ]

    def promise(place: int) -> tuple[tuple[int, ...], int, int]:
        most = ranges[place].most
        return (
            tuple(-value for value in most or ()),
            -sum(gives.get(name, 0) for name in who[names[place]]),
            place,
        )

    for number, place in enumerate(sorted(open_, key=promise)[:verified]):
        trial = trials.of(
            [RemoveResource(resource=name) for name in who[names[place]]],
            among=verified - number,
        )
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
    return Contribution(id=name, gives=gives, at_least=least, at_most=most, known=found.known)
