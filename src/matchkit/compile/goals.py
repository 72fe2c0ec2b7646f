"""The goals of a problem: their names and order, which units of a flow count for which, and what a plan
reaches in each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np

from matchkit.arrays import Int64
from matchkit.graph.network import Goals, GoalValues, UnitSteps
from matchkit.model import Aim, Part, Problem
from matchkit.plan import Payment
from matchkit.plan.outcome import tier_goal

COSTS = ("broken", "resources_used")
"""Measures that only lower a plan's value: no flow counts them."""


def aims_of(problem: Problem) -> tuple[Aim, ...]:
    """The goals in order: the aims given; else of every tier its minimums, its rest and the amounts by which
    its soft rules are broken, and last the weight.
    """
    if problem.objective.aims:
        return problem.objective.aims
    needs = [
        (demand.tier, need)
        for demand in problem.demands
        for need in demand.requirements
    ]
    soft = [rule.soft for rule in problem.rules if rule.soft is not None]
    tiers: dict[Literal["minimum", "filled", "broken"], set[int]] = {
        "minimum": {tier for tier, need in needs if need.minimum > 0},
        "filled": {tier for tier, need in needs if need.wanted > need.minimum},
        "broken": {way.tier for way in soft if way.tier is not None},
    }
    by_tier = tuple(
        Aim(name=tier_goal(measure, tier), parts=(Part(measure=measure, tier=tier),))
        for tier in sorted(set().union(*tiers.values()))
        for measure in tiers
        if tier in tiers[measure]
    )
    return (*by_tier, Aim(name="weight", parts=(Part(measure="weight"),)))


def values_of(
    aims: Iterable[Aim],
    units: Iterable[tuple[int, int, int]],
    weight: int,
    *,
    used: int = 0,
    payments: Iterable[Payment] = (),
) -> GoalValues:
    """What a plan reaches in every goal, in Python integers.

    ``units`` are tier, minimum and units of every requirement that has any, ``weight`` is the sum over all
    pairs, ``used`` how many resources give anything; ``payments`` lower weight and soft rules.
    """
    reached: Counter[tuple[str, int]] = Counter()
    for tier, minimum, amount in units:
        reached["minimum", tier] += min(amount, minimum)
        reached["filled", tier] += max(0, amount - minimum)
    for payment in payments:
        weight -= payment.paid
        if payment.tier is not None:
            reached["broken", payment.tier] -= payment.amount
    reached["weight", 0], reached["resources_used", 0] = weight, -used
    return tuple(
        sum(
            part.factor * amount
            for part in aim.parts
            for (measure, tier), amount in reached.items()
            if measure == part.measure and part.tier in (None, tier)
        )
        for aim in aims
    )


def flow_goals(
    aims: Sequence[Aim], tier: Int64, minimum: Int64, wanted: Int64
) -> Goals:
    """The goals of a flow, costs left out, and which of them every requirement's units count for: from the
    first aim on, as far as a flow can count them. There may be none.

    Tier, minimum and wanted are int64 (requirements,), as before any lock.
    """
    names: list[str] = []
    first, rest = np.full((2, len(tier)), -1, np.int32)
    weight = False
    for aim in aims:
        part = aim.parts[0]
        if len(aim.parts) > 1 or part.factor > 1 or weight:
            break
        if part.measure in COSTS:
            continue
        weight = part.measure == "weight"
        if not weight:
            counted = first if part.measure == "minimum" else rest
            mine = (
                np.ones(len(tier), np.bool_) if part.tier is None else tier == part.tier
            )
            unfit = counted >= 0
            if part.measure == "filled":
                # A flow's units fill the minimum first, so these must not count later than the others.
                unfit = unfit | ((minimum > 0) & (first < 0))
            if (mine & unfit).any():
                break
            counted[mine] = len(names)
        names.append(aim.name)
    every, none = np.arange(len(names)), UnitSteps.none(len(names))
    gains = ((counted[:, None] == every).astype(np.int64) for counted in (first, rest))
    return Goals(
        names=tuple(names),
        weight=weight,
        left=none,
        right=UnitSteps.minimum_and_rest(minimum, wanted - minimum, *gains),
        left_caps=none,
        right_caps=none,
    )
