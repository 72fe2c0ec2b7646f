"""Audits of random tables of random problems, compared with every part, every single change and the checker's
own count.

``campaign(first, count)`` takes as many seeds of rule_problems.py and of random_problems.py.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from math import prod

from random_problems import random_problem, seeded
from rule_problems import rule_problem

import matchkit as mk
from matchkit.answers.audit import Audit, Improvement
from matchkit.errors import ContradictionError
from matchkit.explain.audit.audit import audit
from matchkit.plan import Plan
from matchkit.verification.checks import Tallies, TallyEntry
from matchkit.verification.eligibility import eligible
from matchkit.verification.report import Violation
from matchkit.verification.windows import may_start
from matchkit.verification.world import World

Pair = tuple[str, str]
MOST_PARTS = 3_000
"""Tables with more parts than that are left out."""


@dataclass
class Tally:
    """What a campaign saw, and every disagreement with its seed."""

    seen: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)


def amounts(violations: Iterable[Violation]) -> Counter[tuple[object, ...]]:
    found: Counter[tuple[object, ...]] = Counter()
    # of hard records of these kinds each pair is told; overlaps name the requirements that come first in a
    # table
    for each in violations:
        ids = (
            each.ids[:1]
            if each.rule == "overlap"
            else each.ids
            if each.label is None or each.rule in ("forbid", "max_distance")
            else ()
        )
        found[each.rule, each.label, ids] += each.amount
    return found


def table_of(problem: mk.Problem, rng: random.Random, most: int) -> list[TallyEntry]:
    """Some pairs, eligible or not, at starts that may be."""
    world = World(problem)
    if not world.resources or not world.roles:
        return []
    starts = {}
    found = []
    for _ in range(rng.randint(0, most)):
        resource, role = (
            rng.choice(sorted(world.resources)),
            world.roles[rng.choice(sorted(world.roles))],
        )
        demand = role.demand
        if demand.minutes is not None and demand.id not in starts:
            grid = [
                span[0]
                for span in world.needed(demand)
                if may_start(demand, world.needed(demand), span[0])
            ]
            starts[demand.id] = rng.choice(grid) if grid else None
        found.append(
            TallyEntry(
                resource, role.id, rng.choice((1, 1, 1, 2)), starts.get(demand.id)
            )
        )
    return found


def solvable(problem: mk.Problem) -> Plan | None:
    try:
        return mk.solve(problem)
    except ContradictionError:
        return None


def campaign(first: int, count: int) -> Tally:
    """Audit a table of each of so many problems of either family."""
    tally = Tally()
    for seed in range(first, first + count):
        for name, compared in (
            ("every rule", _with_every_rule),
            ("single changes", _with_every_change),
        ):
            found = compared(seed, tally.seen)
            if found is not None:
                tally.disagreements.append(f"{name}, seed {seed}: {found}")
    return tally


def _with_every_rule(seed: int, seen: Counter[str]) -> str | None:
    problem, rng = rule_problem(seed), seeded(seed)
    table, best = table_of(problem, rng, 5), solvable(problem)
    if best is None:
        return None
    seen["tables"] += 1
    found = audit(problem, table, best=best)
    return (
        _distance(found, seen)
        or _part(problem, table, found, seen)
        or _stated(problem, table, found, seen)
    )


def _distance(found: Audit, seen: Counter[str]) -> str | None:
    """A sound table is never better than the best plan, in the order of the goals, where none may be given up
    for a later one.
    """
    if (
        not found.sound
        or found.distance is None
        or any(goal.tolerance for goal in found.distance.goals)
    ):
        return None
    seen["sound"] += 1
    right = tuple(goal.best for goal in found.distance.goals) >= tuple(
        goal.table for goal in found.distance.goals
    )
    return (
        None
        if right and found.distance.comparable
        else "a sound table is better than the best plan"
    )


def _part(
    problem: mk.Problem, table: list[TallyEntry], found: Audit, seen: Counter[str]
) -> str | None:
    """The largest part is the largest of all parts: pairs of the table with what hard locks demand, each
    looked at by the checker.
    """
    if found.sound:
        return None
    most, starts = dict[Pair, int](), {}
    for entry in table:
        most[entry.resource, entry.requirement] = (
            most.get((entry.resource, entry.requirement), 0) + entry.quantity
        )
        starts[entry.requirement] = entry.start
    locks = {
        (r.resource, r.requirement): r.quantity
        for r in problem.rules
        if isinstance(r, mk.rules.Lock) and r.soft is None
    }
    roles = World(problem).roles
    flexible = any(
        roles[q].demand.minutes is not None and starts.get(q) is None
        for _, q in {*most, *locks}
    )
    ranges = {
        pair: range(max(most.get(pair, 0), locks.get(pair, 0)) + 1)
        for pair in sorted({*most, *locks})
    }
    if flexible or prod(len(each) for each in ranges.values()) > MOST_PARTS:
        seen["left out: too many parts, or no start"] += 1
        return None
    tallies, best, values = Tallies(problem), -1, set()
    for units in product(*ranges.values()):
        part = [
            TallyEntry(*pair, amount, starts.get(pair[1]))
            for pair, amount in zip(ranges, units, strict=True)
            if amount
        ]
        kept = sum(
            min(entry.quantity, most.get((entry.resource, entry.requirement), 0))
            for entry in part
        )
        if kept >= best and not tallies.violations(part):
            values = {*(values if kept == best else ()), tallies.of(part).values}
            best = kept
    if best < 0:
        seen["parts: none"] += 1
        return (
            None
            if (found.part, found.part_unknown) == (None, "none")
            else "a part was found where there is none"
        )
    seen["parts compared"] += 1
    if found.part is None or (found.part.units, found.part.most, found.part.proved) != (
        best,
        best,
        True,
    ):
        return f"the largest part has {best} units"
    if sum(pair.units for pair in found.part.kept) != best:
        return "the pairs kept are not the units kept"
    seen["parts that lose some"] += best < found.part.of
    if found.distance is not None and any(
        goal.tolerance for goal in found.distance.goals
    ):
        return None
    return (
        None
        if tuple(goal.value for goal in found.part.goals) == max(values)
        else "a part as large is better by the goals"
    )


def _stated(
    problem: mk.Problem, table: list[TallyEntry], found: Audit, seen: Counter[str]
) -> str | None:
    """Improvements do what they state and break nothing more, counted anew."""
    tallies = Tallies(problem)
    before = tallies.of(table)
    for change in found.improvements:
        now = tallies.of(after(table, change))
        had, has = amounts(before.violations), amounts(now.violations)
        less = {key: (had[key], has[key]) for key in had if has[key] < had[key]}
        if tuple((goal.before, goal.after) for goal in change.goals) != tuple(
            zip(before.values, now.values, strict=True)
        ):
            return f"{change.line()}: the goals are others"
        if any(has[key] > had[key] for key in has):
            return f"{change.line()}: breaks more"
        if sorted((one.before, one.after) for one in change.fixed) != sorted(
            less.values()
        ):
            return f"{change.line()}: mends other rules"
        if not less and now.values <= before.values:
            return f"{change.line()}: makes nothing better"
        seen[change.kind] += 1
    return None


def _with_every_change(seed: int, seen: Counter[str]) -> str | None:
    """The first improvement is the best of all single changes, where every pair has one row and stocks are
    small.
    """
    rng = seeded(seed)
    problem = random_problem(rng, 4, 3, flow_only=seed % 3 > 0)
    table = list(
        {
            (entry.resource, entry.requirement): entry
            for entry in table_of(problem, rng, 4)
        }.values()
    )
    best = solvable(problem)
    if best is None or any(
        resource.is_divisible and resource.capacity > 3
        for resource in problem.resources
    ):
        return None
    found, tallies = audit(problem, table, best=best, improvements=1), Tallies(problem)
    before = tallies.of(table)
    had, gains = amounts(before.violations), []
    for changed in every_change(problem, table):
        now = tallies.of(changed)
        has = amounts(now.violations)
        if all(has[key] <= had[key] for key in has) and (
            now.values > before.values or has != had
        ):
            gains.append(
                tuple(x - y for x, y in zip(now.values, before.values, strict=True))
            )
    seen["with a better single change" if gains else "without"] += 1
    first = [
        tuple(goal.after - goal.before for goal in each.goals)
        for each in found.improvements
    ]
    if not found.exhaustive:
        return "it does not say that it looked at all"
    return (
        None
        if first == ([max(gains)] if gains else [])
        else f"the best single change is {max(gains, default=None)}, told is {first}"
    )


def after(table: list[TallyEntry], change: Improvement) -> list[TallyEntry]:
    """The table with the change made, by hand."""
    found = list(table)
    for pair in change.out:
        left = pair.units
        for place in reversed(range(len(found))):
            entry = found[place]
            if left and (entry.resource, entry.requirement) == (
                pair.resource,
                pair.requirement,
            ):
                less = min(left, entry.quantity)
                found[place], left = (
                    entry._replace(quantity=entry.quantity - less),
                    left - less,
                )
        assert left == 0
    found = [entry for entry in found if entry.quantity]
    for place, pair in enumerate(change.put):
        start = change.starts[place] if change.starts else ""
        same = [
            n
            for n, entry in enumerate(found)
            if (entry.resource, entry.requirement) == (pair.resource, pair.requirement)
        ]
        if same:
            found[same[0]] = found[same[0]]._replace(
                quantity=found[same[0]].quantity + pair.units
            )
        else:
            found.append(
                TallyEntry(
                    pair.resource,
                    pair.requirement,
                    pair.units,
                    datetime.fromisoformat(start) if start else None,
                )
            )
    return found


def every_change(
    problem: mk.Problem, table: list[TallyEntry]
) -> Iterator[list[TallyEntry]]:
    """The table after every add, move, replacement, swap and drop, of any number of units (of a swap: one),
    that puts in eligible pairs.
    """
    units: dict[Pair, int] = {}
    for entry in table:
        units[entry.resource, entry.requirement] = (
            units.get((entry.resource, entry.requirement), 0) + entry.quantity
        )
    world = World(problem)
    fit = [
        (r, q)
        for r in world.resources
        for q in world.roles
        if eligible(world, world.resources[r], world.roles[q])
    ]

    def made(change: Mapping[Pair, int]) -> list[TallyEntry]:
        now = {
            pair: units.get(pair, 0) + change.get(pair, 0) for pair in {*units, *change}
        }
        return [TallyEntry(*pair, amount) for pair, amount in now.items() if amount]

    for one in fit:
        for amount in (1, 2, 3):
            yield made({one: amount})
    for one, most in units.items():
        for amount in range(1, most + 1):
            yield made({one: -amount})
            for other in fit:
                if other != one and (other[0] == one[0] or other[1] == one[1]):
                    yield made({one: -amount, other: amount})
    for (r, q), (s, p) in product(units, units):
        if (
            r < s
            and q != p
            and units[r, q] == units[s, p] == 1
            and {(r, p), (s, q)} <= {*fit} - {*units}
        ):
            yield made({(r, q): -1, (s, p): -1, (r, p): 1, (s, q): 1})
