"""What a problem holds that could go wrong, by name: so that a test can tell that random problems really hold
it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import matchkit.model as m
from matchkit.verification.windows import TimeSpans, may_start, united

ALIASES = ("carer",)


def features(problem: m.Problem) -> set[str]:
    """Every feature of the problem."""
    return set(_features(problem))


def _features(problem: m.Problem) -> Iterator[str]:
    yield from (f"{rule.rule} {_how(rule.soft)}" for rule in problem.rules)
    for parents, side in (
        (problem.units, "units"),
        (problem.communities, "communities"),
    ):
        if any(node.parent is not None for node in parents):
            yield f"tree of {side}"
    if not problem.resources:
        yield "no resources"
    if not problem.demands:
        yield "no demands"
    yield from _of_objective(problem)
    for resource in problem.resources:
        yield "divisible" if resource.is_divisible else "not divisible"
        if resource.is_divisible and resource.capacity > 1:
            yield "a stock of several units"
        if resource.activation:
            yield "activation"
        if any(skill.skill.casefold() in ALIASES for skill in resource.skills):
            yield "alias held"
        if any(isinstance(time, m.Weekly) for time in resource.available):
            yield "weekly pattern"
        for load in resource.loads:
            yield "load" if load.dimension.islower() else "load by another spelling"
    if len({resource.kind for resource in problem.resources}) > 1:
        yield "kinds"
    if any(
        count > 1
        for count in Counter(rule.model_dump_json() for rule in problem.rules).values()
    ):
        yield "a rule twice"
    for demand in problem.demands:
        yield from _of_demand(demand)


def _how(soft: m.Soft | None) -> str:
    if soft is None:
        return "hard"
    return (
        "no_worse" if soft.no_worse else "price" if soft.price is not None else "tier"
    )


def _of_objective(problem: m.Problem) -> Iterator[str]:
    points = [value for record in problem.scores for value in record.points]
    if any(value < -200 for value in points):
        yield "negative weights"
    if len(points) > len(set(points)):
        yield "ties"
    if problem.objective.importance == 0 or any(
        demand.weight == 0 for demand in problem.demands
    ):
        yield "zero weights"
    for aim in problem.objective.aims:
        yield from (f"aim {part.measure}" for part in aim.parts)
    for aim in problem.objective.aims[:-1]:
        if aim.tolerance:
            yield "tolerance that counts"


def _of_demand(demand: m.Demand) -> Iterator[str]:
    windows = united(demand.times)
    if len(demand.requirements) > 1:
        yield "two requirements"
    if any(requirement.uses for requirement in demand.requirements):
        yield "uses loads"
    if not windows:
        yield "no time"
    if demand.minutes is not None:
        yield f"flexible with {min(_starts(demand, windows), 4)} starts"
    for zone in (
        "Asia/Shanghai",
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kathmandu",
        "UTC",
    ):
        for start, end in windows:
            first, last = (
                start.astimezone(ZoneInfo(zone)),
                (end - timedelta(seconds=1)).astimezone(ZoneInfo(zone)),
            )
            if first.date() != last.date():
                yield f"midnight of {zone} within a window"
            if first.utcoffset() != last.utcoffset():
                yield "the clock changes within a window"
            midnight = first.replace(hour=0, minute=0, second=0, fold=0)
            if midnight.utcoffset() != (midnight + timedelta(days=1)).utcoffset():
                yield "a day of 23 or 25 hours"
            if first.isocalendar().week != last.isocalendar().week:
                yield "a week ends within a window"
    if any((end - start) % timedelta(minutes=1) for start, end in windows):
        yield "no whole minutes"


def _starts(demand: m.Demand, windows: TimeSpans) -> int:
    return sum(
        may_start(demand, windows, start + timedelta(minutes=n * demand.step))
        for start, end in windows
        for n in range((end - start) // timedelta(minutes=demand.step) + 1)
    )
