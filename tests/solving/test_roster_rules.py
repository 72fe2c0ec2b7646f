"""Rules on the days of one resource: plans of small random problems against all plans there are.

The oracle below is written from docs/rules.md alone and shares no code with the package: a plan is, for every
demand, who serves it; what one resource does is a set of demands, whose amounts are worked out once for each
set.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise, product
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from random_problems import seeded

import matchkit as mk
import matchkit.model as m
from matchkit.compile.general import amounts
from matchkit.compile.general.amounts import amounts_of
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.instance import Instance
from matchkit.errors import ContradictionError
from matchkit.verification.rules import amount_of
from matchkit.verification.served import Served as VerifiedServed
from matchkit.verification.world import World

COUNT = 300
"""Problems a rule."""
ZONES = ("UTC", "UTC", "Asia/Shanghai", "America/New_York", "Europe/Berlin")
THURSDAYS = (
    datetime(2026, 5, 7, tzinfo=UTC),  # nothing special
    datetime(2026, 3, 26, tzinfo=UTC),  # Berlin's clocks go forward on Sunday
    datetime(2026, 10, 22, tzinfo=UTC),  # and back
    datetime(2026, 3, 5, tzinfo=UTC),  # New York's go forward on Sunday
)
CATEGORIES = ("early", "early", "night", "Night", "NIGHT ", None)
Spans = tuple[tuple[int, int], ...]
"""Times of a demand in seconds since 1970."""


# What docs/rules.md says.


@cache
def day_of(second: int, zone: str) -> int:
    """The calendar day of a moment, as an ordinal."""
    return datetime.fromtimestamp(second, ZoneInfo(zone)).toordinal()


def days_of(spans: Sequence[tuple[int, int]], zone: str) -> set[int]:
    """The calendar days that times touch, as ordinals."""
    found = set[int]()
    for start, end in spans:
        found.update(range(day_of(start, zone), day_of(end - 1, zone) + 1))
    return found


def runs_of(days: set[int]) -> list[tuple[int, int]]:
    """First and last day of each run of days in a row."""
    return [
        (first, next(day for day in range(first, max(days) + 1) if day + 1 not in days))
        for first in sorted(days)
        if first - 1 not in days
    ]


def named(category: str | None) -> str | None:
    return None if category is None else category.strip().casefold()


@dataclass(frozen=True)
class Served:
    """What one resource serves: times and category of every demand; and the days of all demands' windows."""

    demands: list[tuple[Spans, str | None]]
    windows: Spans

    def amount(self, rule: Any) -> int:
        """By how much the rule is broken."""
        zone = rule.zone
        work = days_of([span for spans, _ in self.demands for span in spans], zone)
        runs = runs_of(work)
        if rule.rule == "shortest_run":
            everything = days_of(self.windows, zone) or {0}
            return sum(
                max(0, rule.days - (last - first + 1))
                for first, last in runs
                if first != min(everything) and last != max(everything)
            )
        if rule.rule == "shortest_break":
            breaks = [then[0] - before[1] - 1 for before, then in pairwise(runs)]
            return sum(max(0, rule.days - length) for length in breaks)
        if rule.rule == "longest_run":
            return sum(max(0, last - first + 1 - rule.days) for first, last in runs)
        if rule.rule == "weekend_budget":
            dates = [datetime.fromordinal(day) for day in work]
            weekends = {
                date.isocalendar()[:2] for date in dates if date.isoweekday() >= 6
            }
            return max(0, len(weekends) - rule.most)
        if rule.rule == "not_after":
            before, then = (
                {day for day, name in self.starts(zone) if name == named(category)}
                for category in (rule.after, rule.category)
            )
            return sum(day + 1 in then for day in before)
        assert rule.rule == "count_budget"
        mine = [
            day
            for day, name in self.starts(zone)
            if rule.category is None or name == named(rule.category)
        ]
        if rule.per == "all":
            untimed = [
                name
                for spans, name in self.demands
                if not spans
                and (rule.category is None or named(name) == named(rule.category))
            ]
            return max(0, len(mine) + len(untimed) - rule.most)
        if rule.per == "week":
            weeks = [datetime.fromordinal(day).isocalendar()[:2] for day in mine]
            return sum(max(0, weeks.count(week) - rule.most) for week in set(weeks))
        wide = rule.days or 1
        return sum(
            max(0, sum(first <= day < first + wide for day in mine) - rule.most)
            for first in range(min(mine, default=0) - wide, max(mine, default=0) + 1)
        )

    def starts(self, zone: str) -> list[tuple[int, str | None]]:
        """Day of the first start, and category, of every demand with times."""
        return [
            (day_of(min(spans)[0], zone), named(name))
            for spans, name in self.demands
            if spans
        ]


def overlaps(spans: Sequence[tuple[int, int]]) -> bool:
    ordered = sorted(spans)
    return any(one[1] > other[0] for one, other in pairwise(ordered))


class Oracle:
    """The best of all plans of a problem whose demands have one requirement each, for one resource."""

    def __init__(self, problem: m.Problem) -> None:
        self.problem = problem
        self.needs = [demand.requirements[0].id for demand in problem.demands]
        self.windows = tuple(
            (seconds(window.start), seconds(window.end))
            for demand in problem.demands
            for window in demand.windows
        )
        self.points = {
            (scores.resource, name): points
            for scores in problem.scores
            for name, points in zip(scores.requirements, scores.points, strict=True)
        }
        self.rules = [
            rule for rule in problem.rules if rule.rule not in ("forbid", "lock")
        ]
        self.forbidden = {
            (rule.resource, rule.requirement)
            for rule in problem.rules
            if rule.rule == "forbid"
        }
        self.locked = {
            (rule.resource, rule.requirement)
            for rule in problem.rules
            if rule.rule == "lock"
        }
        before = [
            [(one.id, need) in previous(problem) for need in self.needs]
            for one in problem.resources
        ]
        times = [
            () if demand.minutes is not None else spans_of(demand)
            for demand in problem.demands
        ]
        self.allowed = [
            sum(
                self.amount(rule, one, chosen, times)
                for one, chosen in zip(problem.resources, before, strict=True)
            )
            for rule in self.rules
        ]

    def amount(
        self,
        rule: Any,
        resource: m.Resource,
        chosen: Sequence[bool],
        times: Sequence[Spans],
    ) -> int:
        if (
            resource.divisible
            or rule.resource not in (None, resource.id)
            or (rule.kind is not None and named(rule.kind) != named(resource.kind))
        ):
            return 0
        served = [
            (spans, demand.category)
            for demand, spans, taken in zip(
                self.problem.demands, times, chosen, strict=True
            )
            if taken
        ]
        return Served(served, self.windows).amount(rule)

    def best(self) -> tuple[int, ...] | None:
        """The best values of all goals; None where no plan keeps all hard rules."""
        found: tuple[int, ...] | None = None
        choices = [list(times_of(demand)) for demand in self.problem.demands]
        for times in product(*choices):
            for values in self.values(times):
                found = values if found is None else max(found, values)
        return found

    def values(self, times: Sequence[Spans]) -> Iterator[tuple[int, ...]]:
        """What every plan reaches at these times that keeps all hard rules."""
        people = self.problem.resources
        alone = [self.alone(one, times) for one in people]
        # For every demand nobody serves it, or one of them.
        for servers in product(range(-1, len(people)), repeat=len(self.needs)):
            sets = [0] * len(people)
            for place, who in enumerate(servers):
                if who >= 0:
                    sets[who] |= 1 << place
            parts = [known.get(mine) for known, mine in zip(alone, sets, strict=True)]
            if any(part is None for part in parts):
                continue
            filled, weight = (sum(part[0][k] for part in parts if part) for k in (0, 1))
            broken, kept = 0, True
            for place, rule in enumerate(self.rules):
                amount = sum(part[1][place] for part in parts if part)
                if rule.soft is None:
                    kept &= amount == 0
                elif rule.soft.no_worse:
                    kept &= amount <= self.allowed[place]
                elif rule.soft.tier is not None:
                    broken -= amount
                else:
                    weight -= rule.soft.price * amount
            if kept:
                measures = {"filled": filled, "broken": broken, "weight": weight}
                yield tuple(measures[name] for name in goals_of(self.problem))

    def alone(
        self, resource: m.Resource, times: Sequence[Spans]
    ) -> dict[int, tuple[tuple[int, int], list[int]]]:
        """By set of demands that one resource may serve: how many and their weight, and every rule's amount."""
        found = {}
        for number in range(1 << len(self.needs)):
            chosen = [bool(number >> place & 1) for place in range(len(self.needs))]
            pairs = {
                (resource.id, need)
                for need, taken in zip(self.needs, chosen, strict=True)
                if taken
            }
            mine = {pair for pair in self.locked if pair[0] == resource.id}
            spans = [
                span
                for own, taken in zip(times, chosen, strict=True)
                if taken
                for span in own
            ]
            if (
                pairs & self.forbidden
                or any(
                    named(demand.requirements[0].kind) != named(resource.kind)
                    for demand, taken in zip(self.problem.demands, chosen, strict=True)
                    if taken
                )
                or not mine <= pairs
                or len(pairs) > resource.capacity
                or (not resource.divisible and overlaps(spans))
            ):
                continue
            weight = sum(
                demand.weight + self.points.get((resource.id, need), 0)
                for demand, need, taken in zip(
                    self.problem.demands, self.needs, chosen, strict=True
                )
                if taken
            )
            amounts = [
                self.amount(rule, resource, chosen, times) for rule in self.rules
            ]
            found[number] = (len(pairs), weight), amounts
        return found


def previous(problem: m.Problem) -> set[tuple[str, str]]:
    return {(pair.resource, pair.requirement) for pair in problem.previous}


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def spans_of(demand: m.Demand) -> Spans:
    return tuple((seconds(one.start), seconds(one.end)) for one in demand.windows)


def times_of(demand: m.Demand) -> Iterator[Spans]:
    """The times that a demand may have: a flexible one at each of its starts. Windows of one lie apart."""
    if demand.minutes is None:
        yield spans_of(demand)
        return
    for begin, end in spans_of(demand):
        last = end - 60 * demand.minutes
        for start in range(begin, last + 1, 60 * demand.step):
            yield ((start, start + 60 * demand.minutes),)


def goals_of(problem: m.Problem) -> list[str]:
    """The measures of the goals in order."""
    if problem.objective.aims:
        return [aim.parts[0].measure for aim in problem.objective.aims]
    tiers = any(rule.soft and rule.soft.tier for rule in problem.rules)
    return ["filled", *(["broken"] if tiers else []), "weight"]


# Problems at random.


def drawn(kind: str, seed: int) -> m.Problem:
    """A problem with one rule of a kind, now and then two."""
    rng = seeded(seed)
    people, demands = rng.choice(((1, 6), (1, 7), (1, 8), (2, 5), (2, 6), (3, 4)))
    thursday = rng.choice(THURSDAYS)
    flexible = rng.random() < 0.2
    resources = [_resource(rng, number) for number in range(people)]
    made = [_demand(rng, number, thursday, flexible) for number in range(demands)]
    needs = [demand.requirements[0].id for demand in made]
    pairs = [(one.id, need) for one in resources for need in needs]
    rules: list[Any] = [_rule(rng, kind, resources)]
    if rng.random() < 0.4:
        rules.append(_rule(rng, rng.choice((*KINDS, "longest_run")), resources))
    barred = {pair for pair in pairs if rng.random() < 0.1}
    rules += [m.Forbid(resource=one, requirement=need) for one, need in sorted(barred)]
    if rng.random() < 0.3 and len(barred) < len(pairs):
        one, need = rng.choice([pair for pair in pairs if pair not in barred])
        rules.append(m.Lock(resource=one, requirement=need))
    scores = [
        m.Scores(
            resource=one.id,
            requirements=needs,
            points=[rng.choice((-260, -150, -90, 0, 0, 35)) for _ in needs],
        )
        for one in resources
    ]
    measures = rng.choice(
        ((), ("weight",), ("broken", "weight"), ("weight", "broken"), ("weight",))
    )
    aims = [m.Aim(name=name, parts=[m.Part(measure=name)]) for name in measures]
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=resources,
        demands=made,
        rules=rules,
        scores=scores,
        previous=[
            m.PreviousPair(resource=one, requirement=need)
            for one, need in pairs
            if rng.random() < 0.5
        ],
        objective=m.Objective(
            skill_fit=0,
            distance=0,
            preference=0,
            familiarity=0,
            previous=0,
            aims=aims,
        ),
    )


def _resource(rng: random.Random, number: int) -> m.Resource:
    return m.Resource(
        id=f"r{number}",
        unit="U",
        kind=rng.choice(("person",) * 3 + ("Person",) * 3 + ("venue",)),
        divisible=rng.random() < 0.06,
        capacity=rng.choice((3, 8, 8, 8)),
    )


def _demand(
    rng: random.Random, number: int, thursday: datetime, flexible: bool
) -> m.Demand:
    """Some day from Thursday on; some begin or end at midnight, or go on through one."""
    start = thursday + timedelta(
        days=rng.randrange(rng.choice((6, 9))), hours=rng.choice((0, 4, 7, 14, 16, 22))
    )
    hours = rng.choice((2, 4, 8, 8, 8, 10))
    fields: dict[str, Any] = {}
    windows = [m.Window(start=start, end=start + timedelta(hours=hours))]
    chance = rng.random()
    if flexible and chance < 0.5:
        # Two or three starts, a day or some hours apart.
        step = rng.choice((6, 24, 24))
        wide = timedelta(hours=hours + step * rng.choice((1, 2)))
        windows = [m.Window(start=start, end=start + wide)]
        fields = {"minutes": 60 * hours, "step": 60 * step}
    elif chance > 0.93:
        again = start + timedelta(days=rng.choice((1, 2, 7)))
        windows.append(m.Window(start=again, end=again + timedelta(hours=2)))
    elif chance > 0.88:
        windows = []
    return m.Demand(
        id=f"d{number}",
        community="C",
        category=rng.choice(CATEGORIES),
        windows=windows,
        weight=100,
        requirements=[
            m.Requirement(
                id=f"q{number}", kind=rng.choice(("person",) * 7 + ("venue",))
            )
        ],
        **fields,
    )


def _days(rng: random.Random) -> dict[str, Any]:
    return {"days": rng.choice((2, 2, 3, 3, 4, 5))}


def _counted(rng: random.Random) -> dict[str, Any]:
    per = rng.choice(("all", "day", "week", "days"))
    return {
        "most": rng.choice((0, 1, 1, 2)),
        "per": per,
        "days": rng.choice((2, 3)) if per == "days" else None,
        "category": rng.choice(CATEGORIES),
    }


KINDS: dict[str, Any] = {
    "shortest_run": (m.ShortestRun, _days),
    "shortest_break": (m.ShortestBreak, _days),
    "weekend_budget": (m.WeekendBudget, lambda rng: {"most": rng.choice((0, 0, 1))}),
    "not_after": (
        m.NotAfter,
        lambda rng: {
            "after": rng.choice(CATEGORIES[:-1]),
            "category": rng.choice(CATEGORIES[:-1]),
        },
    ),
    "count_budget": (m.CountBudget, _counted),
}


def _rule(rng: random.Random, kind: str, resources: Sequence[m.Resource]) -> Any:
    record, fields = (
        (m.LongestRun, lambda rng: {"days": rng.choice((1, 2, 3))})
        if kind == "longest_run"
        else KINDS[kind]
    )
    who = rng.choice(
        ({}, {}, {}, {"kind": "PERSON"}, {"resource": rng.choice(resources).id})
    )
    soft = rng.choice(
        (
            None,
            None,
            m.Soft(price=rng.choice((0, 7, 60, 400))),
            m.Soft(price=60),
            m.Soft(tier=1),
            m.Soft(no_worse=True),
        )
    )
    return record(**fields(rng), **who, zone=rng.choice(ZONES), soft=soft)


def disagreement(kind: str, seed: int) -> str | None:
    """What is wrong with the plan of one problem, or None."""
    problem = drawn(kind, seed)
    right = Oracle(problem).best()
    try:
        plan = mk.solve(problem)
    except ContradictionError:
        return None if right is None else f"refused, though a plan reaches {right}"
    if right is None:
        return "a plan, though none keeps all hard rules"
    values = tuple(goal.value for goal in plan.outcome.goals)
    proven = plan.outcome.status == "optimal"
    return None if values == right and proven else f"{values}, the best is {right}"


@pytest.mark.parametrize("kind", KINDS)
def test_the_plan_is_the_best_of_all_plans(kind: str) -> None:
    found = {seed: disagreement(kind, seed) for seed in range(COUNT)}
    assert {seed: wrong for seed, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("soft", [None, m.Soft(price=1)])
def test_without_demands_or_with_none_that_has_times_nothing_is_broken(
    kind: str, soft: m.Soft | None
) -> None:
    record, _ = KINDS[kind]
    fields = {"days": 2, "most": 1, "category": "early", "after": "night"}
    mine = {name: fields[name] for name in record.model_fields.keys() & fields.keys()}
    if kind == "count_budget":
        mine |= {"days": None, "per": "day"}
    one = m.Resource(id="r", unit="U", capacity=2)
    for number in (0, 2):
        untimed = [
            m.Demand(
                id=f"d{place}",
                community="C",
                category="early",
                requirements=[m.Requirement(id=f"q{place}")],
            )
            for place in range(number)
        ]
        problem = m.Problem(
            units=[m.Unit(id="U")],
            communities=[m.Community(id="C")],
            resources=[one],
            demands=untimed,
            rules=[record(**mine, soft=soft)],
        )
        plan = mk.solve(problem)
        assert (len(plan.assignments), plan.payments) == (number, ())


def without_locks(problem: m.Problem) -> m.Problem:
    kept = [rule for rule in problem.rules if rule.rule != "lock"]
    return problem.model_copy(update={"rules": tuple(kept)})


@pytest.mark.parametrize("kind", KINDS)
def test_rows_and_checker_count_the_amounts_of_any_quantities(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also of pairs that meet in time; the rows by bounds alone, without an engine."""
    monkeypatch.setattr(amounts, "DEFAULT_MIP", None)
    broken = 0
    for seed in range(150):
        rng = seeded(seed)
        problem = without_locks(drawn(kind, seed))
        oracle, case = Oracle(problem), compile_case(Instance(problem), 10_000)
        lists, starts, pairs = case.lists, {}, []
        for left, slot in zip(case.left.tolist(), case.right.tolist(), strict=True):
            start, demand = lists.slots[slot].start, lists.slots[slot].demand.id
            if rng.random() < 0.6 and starts.setdefault(demand, start) == start:
                pairs.append((left, slot))
        times = [
            ((starts[demand.id], starts[demand.id] + 60 * demand.minutes),)
            if demand.minutes is not None and starts.get(demand.id) is not None
            else spans_of(demand)
            for demand in problem.demands
        ]
        named_pairs = {
            (lists.resources[left].id, lists.slots[slot].requirement.id)
            for left, slot in pairs
        }
        right = [
            sum(
                oracle.amount(
                    rule,
                    one,
                    [(one.id, need) in named_pairs for need in oracle.needs],
                    times,
                )
                for one in problem.resources
            )
            for rule in oracle.rules
        ]
        left, right_node = np.array(pairs, np.intp).reshape(-1, 2).T
        ones = np.ones(len(pairs), np.int64)
        rows = amounts_of(case.facts, oracle.rules, left, right_node, ones)
        moments = {
            name: datetime.fromtimestamp(start, UTC)
            for name, start in starts.items()
            if start is not None
        }
        served = VerifiedServed(World(problem), dict.fromkeys(named_pairs, 1), moments)
        checked = [amount_of(served, rule).size for rule in oracle.rules]
        assert (rows, checked) == (right, right), seed
        broken += right[0] > 0
    assert broken > 15
