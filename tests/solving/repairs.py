"""Small problems that change after they were planned, drawn by a seed, and what plans of them reach: every goal
from its definition in docs/rules.md, what is kept among them.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import fair_forms

import matchkit as mk
import matchkit.model as m
from matchkit.errors import MatchkitError

Pair = tuple[str, str]
Units = Mapping[Pair, int]
BEGIN = datetime(2026, 3, 1, 8, tzinfo=UTC)


class Repair(NamedTuple):
    """A changed problem, the plan before, and what is asked."""

    problem: m.Problem
    before: mk.Plan
    asked: dict[str, Any]


def drawn(seed: int, *, tied: bool = False) -> Repair:
    """A problem that was planned, or that anybody planned by hand, less and more of what it was, with windows
    and weights of notice.
    """
    rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
    first = fair_forms.tied(seed) if tied else fair_forms.drawn(seed)
    if not tied:
        first = _dated(first, rng)
    if rng.random() < 0.7:
        objective = m.Objective(even=None) if rng.random() < 0.8 else first.objective
        first = first.model_copy(update={"objective": objective})
    try:
        before = mk.solve(first)
    except MatchkitError:
        return drawn(seed + 10**6, tied=tied)
    return Repair(_changed(first, rng), before, _asked(first, rng))


def _dated(problem: m.Problem, rng: random.Random) -> m.Problem:
    """The same, each demand on a day of its own and some without any, so that nobody is at two places."""
    demands = []
    for place, one in enumerate(problem.demands):
        start = BEGIN + timedelta(days=place)
        window = m.Window(start=start, end=start + timedelta(hours=2))
        windows = (window,) if rng.random() < 0.8 else ()
        demands.append(one.model_copy(update={"windows": windows}))
    return problem.model_copy(update={"demands": tuple(demands)})


def _changed(problem: m.Problem, rng: random.Random) -> m.Problem:
    """Somebody lost or new, a demand gone, more or fewer wanted, a window changed, other weights."""
    people, demands = list(problem.resources), list(problem.demands)
    rules = list(problem.rules)
    if rng.random() < 0.6 and len(people) > 1:
        lost = people.pop(rng.randrange(len(people)))
        rules = [one for one in rules if ("resource", lost.id) not in one.names()]
    if rng.random() < 0.3:
        who = people[0].model_copy(update={"id": "N0", "capacity": 1})
        people.append(who)
    if rng.random() < 0.5:
        at = rng.randrange(len(demands))
        (need,) = demands[at].requirements
        need = need.model_copy(update={"wanted": need.wanted + rng.choice((-1, 1))})
        if need.wanted >= max(1, need.minimum):
            demands[at] = demands[at].model_copy(update={"requirements": (need,)})
    if rng.random() < 0.2 and len(demands) > 2:
        gone = demands.pop()
        names = {gone.id, gone.requirements[0].id}
        rules = [one for one in rules if not names & {name for _, name in one.names()}]
    if rng.random() < 0.3:
        at = rng.randrange(len(people))
        start = BEGIN + timedelta(days=rng.randint(0, 2))
        window = m.Window(start=start, end=start + timedelta(days=2))
        people[at] = people[at].model_copy(update={"available": (window,)})
    if rng.random() < 0.4:
        at = rng.randrange(len(demands))
        demands[at] = demands[at].model_copy(update={"weight": rng.randint(0, 300)})
    return m.Problem(
        **{name: getattr(problem, name) for name in m.Problem.model_fields}
        | {"resources": people, "demands": demands, "rules": rules}
    )


def _asked(problem: m.Problem, rng: random.Random) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    day = BEGIN + timedelta(days=rng.randint(0, 3))
    if rng.random() < 0.2:
        asked["frozen"] = day - timedelta(days=1)
    if rng.random() < 0.4:
        asked["published"], asked["draft"] = day, rng.choice((0, 0, 1))
    if rng.random() < 0.3:
        asked["notice"] = ((day, rng.randint(0, 5)), (day + timedelta(days=1), 3))
    if rng.random() < 0.3:
        asked["persons"] = {
            one.id: rng.randint(0, 4) for one in problem.resources if rng.random() < 0.6
        }
    for most in ("moves", "moves_a_person", "moves_a_unit"):
        if rng.random() < 0.15:
            asked[most] = rng.randint(0, 2)
    return asked


def units_of(plan: mk.Plan) -> dict[Pair, int]:
    """The units of a plan by resource and requirement."""
    found = Counter[Pair]()
    for one in plan.assignments:
        found[one.resource, one.requirement] += one.quantity
    return found


def has_few_moves(repair: Repair, plan: Units) -> bool:
    """Whether a plan without flexible demands keeps the mosts of moves that are asked for."""
    had, asked = units_of(repair.before), repair.asked
    moves = Counter[str]()
    for pair, units in plan.items():
        moves[pair[0]] += max(0, units - had.get(pair, 0))
    unit = {one.id: one.unit for one in repair.problem.resources}
    below = {"U": ("U", "V"), "V": ("V",), "W": ("W",)}
    each = [
        sum(n for name, n in moves.items() if unit[name] in units)
        for units in below.values()
    ]
    return (
        sum(moves.values()) <= asked.get("moves", 99)
        and max(moves.values(), default=0) <= asked.get("moves_a_person", 99)
        and max(each) <= asked.get("moves_a_unit", 99)
    )


def weight_of(repair: Repair, plan: Units, starts: Mapping[str, datetime]) -> int:
    """What a plan keeps, from the definition: weight by weight of the units that both have."""
    total = 0
    for one in repair.before.assignments:
        demand = next(
            (
                demand
                for demand in repair.problem.demands
                if one.requirement in {need.id for need in demand.requirements}
            ),
            None,
        )
        if demand is None or one.start != starts.get(demand.id):
            continue
        begins = one.start or min((each.start for each in demand.windows), default=None)
        asked = repair.asked
        until = asked.get("published")
        if until is not None and begins is not None and begins >= until:
            counts = asked["draft"]
        else:
            near = [
                weight
                for moment, weight in sorted(asked.get("notice", ()))
                if begins is not None and begins < moment
            ]
            counts = (near or [1])[0]
        counts *= asked.get("persons", {}).get(one.resource, 1)
        same = min(one.quantity, plan.get((one.resource, one.requirement), 0))
        total += counts * same
    return total


def reached(repair: Repair, problem: m.Problem, plan: Units) -> tuple[Any, ...]:
    """What a plan without flexible demands reaches in every goal but the weight, what is kept after all that
    is filled.
    """
    parts = [one for one in fair_forms.parts_of(problem) if one.measure != "kept"]
    found = [fair_forms._reached(problem, plan, part) for part in parts]
    fills = [part.measure in ("minimum", "filled", "broken") for part in parts]
    after = max((place for place, fill in enumerate(fills, 1) if fill), default=0)
    found.insert(after, weight_of(repair, plan, {}))
    return tuple(found)
