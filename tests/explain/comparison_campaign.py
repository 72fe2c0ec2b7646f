"""Comparisons, what-ifs, curves and ranges of random problems with every rule, against every plan there is.

``campaign(first, count)`` takes as many seeds of rule_problems.py; the oracles here are those of the tests
too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from by_hand import demand, need, problem, resource
from every_plan import TooManyError, best, every_plan
from random_problems import FACTORS, seeded
from rule_problems import rule_problem

import matchkit as mk
from matchkit.answers.apply import apply_changes
from matchkit.answers.changes import Change, RemoveDemand, RemoveResource, SetCapacity
from matchkit.compile.goals import aims_of
from matchkit.errors import ContradictionError, InputError
from matchkit.explain.trade_off import trade_off
from matchkit.explain.weight_range import weight_range
from matchkit.explain.what_if import what_if
from matchkit.plan import Plan
from matchkit.verification.case import Case
from matchkit.verification.world import World

MOST = 400
"""Problems with more plans than that are left out."""
FEW = mk.Aim(name="few people", parts=[mk.Part(measure="resources_used")])
WEIGHT = mk.Aim(name="points", parts=[mk.Part(measure="weight")])
FILLED = mk.Aim(
    name="slots", parts=[mk.Part(measure="filled"), mk.Part(measure="minimum")]
)
Point = tuple[int, int]
Vector = tuple[int, ...]


@dataclass
class Tally:
    """What a campaign saw, and each disagreement with its seed."""

    seen: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)


def with_aims(given: mk.Problem, *aims: mk.Aim) -> mk.Problem:
    """The problem with these goals."""
    return given.model_copy(
        update={"objective": given.objective.model_copy(update={"aims": aims})}
    )


def at(given: mk.Problem, term: str, factor: int) -> mk.Problem:
    """The problem with another factor of a term."""
    return given.model_copy(
        update={"objective": given.objective.model_copy(update={term: factor})}
    )


def front(points: set[Point]) -> list[Point]:
    """The points that no other beats in both, from the most of the first down."""
    return sorted(
        (
            p
            for p in points
            if not any(q != p and q[0] >= p[0] and q[1] >= p[1] for q in points)
        ),
        reverse=True,
    )


def front_of_every_plan(
    given: mk.Problem,
    held: tuple[mk.Aim, ...],
    first: mk.Aim,
    second: mk.Aim,
    most: int = MOST,
) -> list[Point]:
    """The front over all plans that keep the goals held within their tolerances."""
    left = every_plan(with_aims(given, *held, first, second), most=most).values
    for place, aim in enumerate(held):
        top = max(values[place] for values in left)
        left = {values for values in left if values[place] >= top - aim.tolerance}
    return front({(values[-2], values[-1]) for values in left})


def optimal_by_every_plan(
    given: mk.Problem, plan: Plan, most: int = MOST
) -> tuple[bool, Vector, Vector]:
    """Whether the plan is a best one, what it reaches, and the most of each goal."""
    slack = [aim.tolerance for aim in aims_of(given)[:-1]] + [0]
    values = Case(World(given), plan).values
    top = best(every_plan(given, most=most).values, slack)
    return (
        all(
            value >= bound - free
            for value, bound, free in zip(values, top, slack, strict=True)
        ),
        values,
        top,
    )


def crowd(seed: int) -> mk.Problem:
    """Four people for three slots, with points of every term at random: a flow, in which factors matter."""
    rng = seeded(seed)
    names = [f"Q{n}" for n in range(3)]
    people = [
        resource(
            f"R{n}",
            home=rng.choice((None, "C1", "C2")),
            preferences=[mk.Preference(community="C2", points=rng.randint(-100, 100))],
        )
        for n in range(4)
    ]
    scores = [
        mk.Scores(
            resource=f"R{n}",
            requirements=names,
            points=[rng.randint(0, 60) for _ in names],
        )
        for n in range(4)
    ]
    demands = [
        demand(
            f"D{n}",
            need(name),
            community=rng.choice(("C1", "C2")),
            weight=rng.randint(0, 90),
        )
        for n, name in enumerate(names)
    ]
    previous = [
        mk.PreviousPair(resource=f"R{rng.randrange(4)}", requirement=name)
        for name in names
    ]
    terms = {name: rng.randint(0, 3) for name in FACTORS}
    return problem(
        people,
        demands,
        mk.rules.UnitCap(unit="U1", most=2),
        communities=[mk.Community(id="C1"), mk.Community(id="C2")],
        scores=scores,
        previous=previous,
        objective=mk.Objective(**terms),
    )


def campaign(first: int, count: int) -> Tally:
    """Ask everything of so many random problems, and compare each answer with what all plans say."""
    tally = Tally()
    checks: tuple[Callable[[mk.Problem, int, Counter[str]], str | None], ...] = (
        _what_if,
        _trade_off,
        _weight_range,
    )
    for seed in range(first, first + count):
        given = rule_problem(seed)
        for check in checks:
            try:
                found = check(given, seed, tally.seen)
            except (TooManyError, ContradictionError, InputError) as refused:
                tally.seen[
                    f"{check.__name__[1:]}: left out, {type(refused).__name__}"
                ] += 1
                continue
            if found:
                tally.disagreements.append(
                    f"seed {seed}, {check.__name__[1:]}: {found}"
                )
    return tally


def _change(given: mk.Problem, seed: int) -> Change | None:
    rng = seeded(seed)
    choices: list[Change] = [RemoveResource(resource=one.id) for one in given.resources]
    choices += [
        SetCapacity(resource=one.id, capacity=rng.randint(0, 3))
        for one in given.resources
    ]
    choices += [RemoveDemand(demand=one.id) for one in given.demands]
    return rng.choice(choices) if choices else None


def _what_if(given: mk.Problem, seed: int, seen: Counter[str]) -> str | None:
    change = _change(given, seed)
    if change is None:
        return None
    answer = what_if(given, None, [change])
    plans = answer.plan_before, answer.plan_after
    compared = answer.comparison
    if (
        sum(term.difference for term in compared.terms) - compared.paid.difference
        != compared.weight.difference
    ):
        return "the terms do not add up to the weight"
    for side, plan in zip(("before", "after"), plans, strict=True):
        told = sum(getattr(term, side) for term in compared.terms) - getattr(
            compared.paid, side
        )
        reached = (
            {goal.name: goal.value for goal in plan.outcome.goals}
            if plan is not None
            else {}
        )
        if not given.objective.aims and told != reached["weight"]:
            return f"the terms add up to {told}, the goal to {reached['weight']}"
    seen["what_if: terms add up"] += 1
    tolerances = [aim.tolerance for aim in aims_of(given)]
    if any(tolerances[:-1]):
        return None
    sides = [
        (one, best(every_plan(one, most=MOST).values, [0] * len(aims_of(one))))
        for one in (given, apply_changes(given, [change]))
    ]
    tops = [
        dict(zip([aim.name for aim in aims_of(one)], top, strict=True))
        for one, top in sides
    ]
    for goal in answer.goals:
        if goal.name in tops[0] and goal.name in tops[1]:
            right = tops[1][goal.name] - tops[0][goal.name]
            if (goal.difference.least, goal.difference.most) != (right, right):
                return f"{goal.name} changes by {right}, told {goal.difference}"
            seen["what_if: goals compared"] += 1
            seen["what_if: goals that change"] += bool(right)
    return None


def _trade_off(given: mk.Problem, seed: int, seen: Counter[str]) -> str | None:
    aims = aims_of(given)
    if seed % 2:
        held, (first, second) = (), seeded(seed).sample((FEW, WEIGHT, FILLED), 2)
        found = trade_off(given, first, second)
    elif len(aims) < 2:
        return None
    else:
        one, two = seeded(seed).sample(range(len(aims)), 2)
        held, first, second = aims[: min(one, two)], aims[one], aims[two]
        found = trade_off(given, first.name, second.name)
    right = front_of_every_plan(given, held, first, second)
    seen["trade_off: curves"] += 1
    seen["trade_off: points"] += len(right)
    seen["trade_off: three points or more"] += len(right) > 2
    if [
        (point.first, point.second) for point in found.points
    ] != right or not found.complete:
        return (
            f"the curve is {right}, told {[(point.first, point.second) for point in found.points]} "
            f"({found.ended})"
        )
    broken = [
        point
        for point in found.points
        if not mk.verify(with_aims(given, *point.aims), point.plan).ok
    ]
    return "a plan of the curve is broken" if broken else None


def _weight_range(given: mk.Problem, seed: int, seen: Counter[str]) -> str | None:
    rng = seeded(seed)
    term = rng.choice(FACTORS)
    given = crowd(seed) if seed % 2 else given
    every_plan(given, most=MOST)
    plan = mk.solve(given)
    found = weight_range(given, plan, term)
    if not found.exact or found.low is None or found.high is None:
        return f"not exact: {found.line()}"
    ends = [end for end in (found.below, found.above) if end is not None]
    seen["weight_range: ranges"] += 1
    seen["weight_range: ends"] += len(ends)
    for factor in sorted(
        {
            0,
            1000,
            rng.randint(0, 1000),
            found.low,
            found.high,
            *(end.factor for end in ends),
        }
    ):
        optimal, values, top = optimal_by_every_plan(at(given, term, factor), plan)
        if optimal != (found.low <= factor <= found.high):
            return (
                f"{term} {factor}: optimal {optimal}, told {found.low} to {found.high}"
            )
        for end in ends:
            told = (
                tuple(goal.before for goal in end.goals),
                tuple(goal.after for goal in end.goals),
            )
            if end.factor == factor and (
                told[0] != values
                or (told[1] != top and not any(aim.tolerance for aim in aims_of(given)))
            ):
                return f"{term} {factor}: {values} and {top}, told {told}"
    return None
