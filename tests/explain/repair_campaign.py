"""Repairs of small random problems against every set of the candidate changes, each judged by every team that
could fill the demand.

``campaign(first, count)`` is what tests run on some seeds and benchmarks/repairs_by_brute_force.py on many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from random_problems import random_problem, seeded
from rule_problems import rule_problem

from matchkit import solve
from matchkit.answers.apply import apply_changes
from matchkit.answers.repairs import RepairCosts, Repairs
from matchkit.compile.instance import Instance
from matchkit.compile.why_not import why_ineligible
from matchkit.errors import ContradictionError
from matchkit.explain.repairs.change_options import ChangeOptions, Levels
from matchkit.explain.repairs.people import Near
from matchkit.explain.repairs.repairs import repairs
from matchkit.explain.repairs.seeking import all_options
from matchkit.model import Aim, Demand, Lock, Problem, Requirement
from matchkit.plan import Plan
from matchkit.verification.checks import verify

PRICES = (
    RepairCosts(),
    RepairCosts(
        add_resource=70, train=15, free=25, raise_cap=20, widen=3, drop_rule=35
    ),
    RepairCosts(add_resource=200, raise_cap=None),
)
MOST_SETS, MOST_TEAMS = 1_500, 40
"""Problems with more than this to list are left out."""


@dataclass
class Tally:
    """What was seen, and every disagreement with its seed."""

    seen: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)


class TooManyError(Exception):
    """There is more to list than is worth the time."""


def drawn(seed: int) -> Problem:
    """A problem of every rule, or one that a flow expresses, or one with budgets, teams and overlaps."""
    if seed % 3 == 0:
        return rule_problem(seed)
    return random_problem(seeded(seed), 4, 2, flow_only=seed % 3 == 1)


def campaign(first: int, count: int, trials: int = 250) -> Tally:
    """The seeds from ``first``, one demand each that lacks something; those that take more solves than
    ``trials`` are left out.
    """
    tally = Tally()
    for seed in range(first, first + count):
        problem = drawn(seed)
        try:
            plan = solve(problem)
        except ContradictionError:
            tally.seen["contradictions"] += 1
            continue
        missing: dict[str, int] = {}
        for entry in plan.shortfalls:
            missing[entry.demand] = missing.get(entry.demand, 0) + entry.missing
        short = sorted(missing, key=lambda demand: (missing[demand], demand))
        if not short:
            tally.seen["nothing lacking"] += 1
            continue
        name, prices = short[0], PRICES[seed % len(PRICES)]
        answer = repairs(problem, plan, name, prices=prices)
        tally.disagreements += [
            f"seed {seed}: {wrong}" for wrong in every_one_works(problem, plan, answer)
        ]
        if not answer.exact:
            tally.seen["not claimed to be exact"] += 1
            continue
        try:
            wrong = [
                f"seed {seed}: {line}"
                for line in none_cheaper(problem, plan, answer, tally, trials)
            ]
        except TooManyError:
            tally.seen["too large to list"] += 1
            continue
        tally.disagreements += wrong
        tally.seen["compared"] += 1
        tally.seen["repairs"] += len(answer.repairs)
        tally.seen["without any repair"] += not answer.repairs
    return tally


def every_one_works(problem: Problem, plan: Plan, answer: Repairs) -> Iterator[str]:
    """Repairs that, applied and solved, do not fill the demand or lose something."""
    own = _demand(problem, answer.demand)
    before = {goal.name: goal.value for goal in plan.outcome.goals}
    counted = _counted(problem, own)
    for number, repair in enumerate(answer.repairs):
        made = apply_changes(problem, repair.changes)
        after = solve(made)
        if not verify(made, after).ok:
            yield f"repair {number}: its plan does not verify"
        if any(after_lacks.demand == own.id for after_lacks in after.shortfalls):
            yield f"repair {number}: the demand still lacks something"
        for goal in after.outcome.goals:
            if goal.name in counted and goal.value < before.get(goal.name, 0):
                yield f"repair {number}: {goal.name} falls from {before.get(goal.name, 0)} to {goal.value}"


def none_cheaper(
    problem: Problem, plan: Plan, answer: Repairs, tally: Tally, most_trials: int
) -> Iterator[str]:
    """Every set of candidate changes up to the price of the last repair (all, where there are fewer repairs
    than asked), by brute force.
    """
    own = _demand(problem, answer.demand)
    lacking = {claim.id: claim.units for claim in answer.lacking}
    near = Near(Instance(problem), own, answer.prices)
    near.look()
    options = all_options(problem, near, lacking)
    most = answer.repairs[-1].price if len(answer.repairs) == 3 else None
    found: list[Levels] = []
    sets = sorted(
        _sets(options, most),
        key=lambda levels: (options.price(levels), sum(levels), levels),
    )
    trials = 0
    for levels in sets:
        if len(found) == 3 or any(
            all(a <= b for a, b in zip(one, levels, strict=True)) for one in found
        ):
            continue
        does, tried = _does(problem, plan, own, options, levels)
        trials += tried
        if trials > most_trials:
            raise TooManyError
        if does:
            found.append(levels)
    tally.seen["sets"] += len(sets)
    tally.seen["solves"] += trials
    cheapest = [options.price(levels) for levels in found]
    offered = [repair.price for repair in answer.repairs]
    if cheapest != offered:
        yield f"brute force finds {cheapest}, offered are {offered}"
    for levels, repair in zip(found, answer.repairs, strict=False):
        if not set(map(str, options.changes(levels))) <= set(map(str, repair.changes)):
            yield f"at price {repair.price} brute force comes first to another set"


def _sets(options: ChangeOptions, most: int | None) -> Iterator[Levels]:
    """All sets of changes at no more than this price."""
    count = 0
    stack: list[Levels] = [()]
    rest = (0,) * len(options.options)
    while stack:
        begun = stack.pop()
        if len(begun) == len(options.options):
            count += 1
            if count > MOST_SETS:
                raise TooManyError
            yield begun
            continue
        for level in range(len(options.options[len(begun)].steps) + 1):
            more = (*begun, level)
            if most is None or options.price((*more, *rest[len(more) :])) <= most:
                stack.append(more)


def _does(
    problem: Problem, plan: Plan, own: Demand, options: ChangeOptions, levels: Levels
) -> tuple[bool, int]:
    """Whether the best of all plans that fill the demand, over all teams that could, loses nothing that
    counts; and how many they are.
    """
    made = apply_changes(problem, options.changes(levels))
    counted = _counted(problem, own)
    before = {goal.name: goal.value for goal in plan.outcome.goals}
    has: dict[str, int] = {}
    for entry in plan.assignments:
        has[entry.requirement] = has.get(entry.requirement, 0) + entry.quantity
    best: tuple[int, ...] | None = None
    teams = list(_teams(made, own))
    for team in teams:
        try:
            after = solve(Problem(**{**dict(made), "rules": (*made.rules, *team)}))
        except ContradictionError:
            continue
        values = {goal.name: goal.value for goal in after.outcome.goals}
        vector = tuple(values.get(name, 0) for name in counted)
        best = vector if best is None else max(best, vector)
    if best is None:
        return False, len(teams)
    gains = {
        "minimum": sum(
            need.minimum - min(need.minimum, has.get(need.id, 0))
            for need in own.requirements
        ),
        "filled": sum(
            need.wanted - max(need.minimum, has.get(need.id, 0))
            for need in own.requirements
        ),
    }
    aims = {aim.name: aim for aim in problem.objective.aims}
    for name, value in zip(counted, best, strict=True):
        if value < before.get(name, 0) + _gain(aims.get(name), name, own.tier, gains):
            return False, len(teams)
    return True, len(teams)


def _gain(aim: Aim | None, name: str, tier: int, gains: dict[str, int]) -> int:
    if aim is not None:
        return sum(
            part.factor * gains[part.measure]
            for part in aim.parts
            if part.measure in gains and part.tier in (None, tier)
        )
    return {
        f"tier {tier} minimum": gains["minimum"],
        f"tier {tier}": gains["filled"],
    }.get(name, 0)


def _counted(problem: Problem, own: Demand) -> list[str]:
    """Names of the goals up to the last that counts the demand or its tier, from docs/explanations.md."""
    if not problem.objective.aims:
        tiers = {demand.tier for demand in problem.demands}
        tiers |= {
            rule.soft.tier
            for rule in problem.rules
            if rule.soft is not None and rule.soft.tier is not None
        }
        return [
            f"tier {tier}{what}"
            for tier in sorted(tiers)
            if tier <= own.tier
            for what in (" minimum", "", " broken")
        ]
    places = [
        place
        for place, aim in enumerate(problem.objective.aims, 1)
        for part in aim.parts
        if part.measure in ("minimum", "filled", "broken")
        and (part.tier == own.tier or (part.tier is None and part.measure != "broken"))
    ]
    return [
        aim.name
        for aim in problem.objective.aims[
            : max(places, default=len(problem.objective.aims))
        ]
    ]


def _teams(made: Problem, own: Demand) -> Iterator[tuple[Lock, ...]]:
    """Every choice of who gives how much to each requirement of the demand so that all are full."""
    mine = next(demand for demand in made.demands if demand.id == own.id)
    choices = [list(_fillings(made, need)) for need in mine.requirements]
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > MOST_TEAMS:
        raise TooManyError
    for parts in product(*choices):
        yield tuple(lock for part in parts for lock in part)


def _fillings(made: Problem, need: Requirement) -> Iterator[tuple[Lock, ...]]:
    who = [
        one
        for one in made.resources
        if one.capacity and not why_ineligible(made, one.id, need.id)
    ]
    sizes = [
        range(min(one.capacity, need.wanted if one.is_divisible else 1) + 1)
        for one in who
    ]
    size = 1
    for choice in sizes:
        size *= len(choice)
    if size > 4_000:
        raise TooManyError
    for amounts in product(*sizes):
        if sum(amounts) == need.wanted:
            yield tuple(
                Lock(resource=one.id, requirement=need.id, quantity=amount)
                for one, amount in zip(who, amounts, strict=True)
                if amount
            )


def _demand(problem: Problem, name: str) -> Demand:
    return next(demand for demand in problem.demands if demand.id == name)
