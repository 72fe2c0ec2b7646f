"""The goals of a problem: their names and order, which units of a flow count for which, and what a plan
reaches in each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, starmap
from types import MappingProxyType
from typing import Literal

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.compile.levels import levels_of
from matchkit.compile.numbering import Numbering
from matchkit.graph.network import Goals, GoalValues, UnitSteps
from matchkit.model import Aim, Part, Problem
from matchkit.model.rules.set_asides import processing_orders
from matchkit.model.text import key
from matchkit.plan import Payment
from matchkit.plan.outcome import order_goal, tier_goal

COSTS = ("broken", "resources_used")
"""Measures that only lower a plan's value: no flow counts them."""
WORST = "worst_score"
"""The measure of the least weight of all who share; no flow counts it."""
KEPT = "kept"
"""The measure of what is kept of the reference plan: pairs count for it, and no steps of nodes."""
SHARED = ("coverage", "loads")
"""Measures of how units are shared between many."""


def aims_of(problem: Problem, *, tied: bool = False) -> tuple[Aim, ...]:
    """The goals in order: the aims given; else of every tier its minimums, its rest and the amounts by which
    its soft rules are broken, then what is kept where there is a reference plan, the coverage of every tier
    and the loads where they are asked for, the weight by the order at which kept places are processed, and
    last all weight. Where pairs are ``tied`` together by more than a flow can express, levels are goals
    whatever caps there are.
    """
    objective = problem.objective
    if objective.aims:
        return tuple(
            one for aim in objective.aims for one in _given(problem, aim, tied=tied)
        )
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
    kept = [Aim(name=KEPT, parts=(Part(measure="kept"),))] if problem.reference else []
    fair = [
        Part(measure="coverage", tier=tier, of=objective.fair)
        for tier in sorted(tiers["minimum"] | tiers["filled"])
        if objective.fair is not None
    ]
    if objective.even is not None:
        fair.append(Part(measure="loads", of=objective.even))
    shared = (
        Aim(name=goal_of(one), parts=(one,))
        for part in fair
        for one in _by_level(problem, part, tied=tied)
    )
    ordered = (
        Aim(
            name=order_goal(order),
            parts=(Part(measure="order_weight", order=order),),
        )
        for order in processing_orders(problem.rules)[:-1]
    )
    return (
        *by_tier,
        *kept,
        *shared,
        *ordered,
        Aim(name="weight", parts=(Part(measure="weight"),)),
    )


def of_tier(tier: Int64, part: Part) -> Mask:
    """Requirements, by their tier (int64 (requirements,)), that a part is about."""
    return np.ones(len(tier), np.bool_) if part.tier is None else tier == part.tier


def goal_of(part: Part) -> str:
    """What the goal of a measure is called that a problem without aims asks for."""
    name = part.measure if part.tier is None else tier_goal(part.measure, part.tier)
    return _at(name, part)


def _at(name: str, part: Part) -> str:
    return name if part.level is None else f"{name} at {part.level}"


def _given(problem: Problem, aim: Aim, *, tied: bool) -> Iterable[Aim]:
    """An aim that is given, or one for each level."""
    part = aim.parts[0]
    if len(aim.parts) > 1 or part.measure not in SHARED or part.level is not None:
        return (aim,)
    return (
        Aim(name=_at(aim.name, one), parts=(one,), tolerance=aim.tolerance)
        for one in _by_level(problem, part, tied=tied)
    )


def counted(aims: Sequence[Aim], lists: Numbering) -> bool:
    """Whether a flow counts aims that ask for coverage, loads or what is kept: each is one of its goals,
    which may cost nothing later, nothing is shared twice, levels stand in their order, and the weight is the
    last.
    """
    parts = [aim.parts[0] for aim in aims]
    plain = all(len(aim.parts) == 1 and not aim.tolerance for aim in aims)
    plain &= all(part.factor == 1 and part.measure not in COSTS for part in parts)
    plain &= len(set(parts)) == len(parts)
    if not plain or all(part.measure not in (*SHARED, KEPT) for part in parts):
        return False
    if not makes_trees(parts, lists.problem):
        return False
    return _all_counted(aims, lists)


def scored(aims: Sequence[Aim], lists: Numbering) -> bool:
    """Whether floors in a flow raise the worst score that is among the aims: it stands last but for the
    weight, after goals of a flow, and none of them may cost anything.
    """
    parts = [aim.parts[0] for aim in aims]
    fills, ends = parts[:-2], [part.measure for part in parts[-2:]]
    return (
        ends == [WORST, "weight"]
        and all(len(aim.parts) == 1 and not aim.tolerance for aim in aims)
        and all(part.factor == 1 for part in parts)
        and all(part.measure in ("minimum", "filled") for part in fills)
        and len(set(fills)) == len(fills)
        and _all_counted([*aims[:-2], aims[-1]], lists)
    )


def _all_counted(aims: Sequence[Aim], lists: Numbering) -> bool:
    """Whether a flow counts all of these aims, the weight last."""
    tier = np.array([slot.demand.tier for slot in lists.slots], np.int64)
    needs = [slot.requirement for slot in lists.slots]
    minimum = np.array([need.minimum for need in needs], np.int64)
    wanted = np.array([need.wanted for need in needs], np.int64)
    goals = flow_goals(aims, tier, minimum, wanted, shared=True)
    return goals.weight and len(goals.names) == len(aims)


def makes_trees(parts: Iterable[Part], problem: Problem, *, tied: bool = False) -> bool:
    """Whether those who share in these parts are nodes of trees, with steps of their own: nothing is shared
    twice, and levels stand in their order.
    """
    shared = [part for part in parts if part.measure in SHARED]
    levels: dict[Part, list[str]] = {}
    for part in shared:
        mine = levels.setdefault(part.whole, [])
        mine += [] if part.level is None else [part.level]
    covered = [part for part in levels if part.measure == "coverage"]
    return (
        len(set(shared)) == len(shared)
        and not any(starmap(_share_leaves, combinations(covered, 2)))
        and sum(part.measure == "loads" for part in levels) <= 1
        and all(
            not each or tuple(each) == levels_of(problem, part, tied=tied)
            for part, each in levels.items()
        )
    )


def _share_leaves(one: Part, other: Part) -> bool:
    """Whether a requirement may count in both coverages."""
    kinds = {None if part.kind is None else key(part.kind) for part in (one, other)}
    tiers = {one.tier, other.tier}
    return all(len(values) == 1 or None in values for values in (kinds, tiers))


def _by_level(problem: Problem, part: Part, *, tied: bool) -> Sequence[Part]:
    """The part, or one for each level where these are goals of their own."""
    levels = levels_of(problem, part, tied=tied) if part.rule == "leximin" else ()
    return [part.model_copy(update={"level": one}) for one in levels] or [part]


def without_levels(aims: tuple[Aim, ...]) -> tuple[Aim, ...]:
    """The aims, those that differ by level alone as one."""
    found = dict[Part | str, Aim]()
    for aim in aims:
        part = aim.parts[0]
        if part.level is None:
            found[aim.name] = aim
        else:
            found.setdefault(part.whole, Aim(name=aim.name, parts=(part.whole,)))
    return tuple(found.values())


def values_of(
    aims: Iterable[Aim],
    units: Iterable[tuple[int, int, int]],
    weight: int,
    *,
    used: int = 0,
    payments: Iterable[Payment] = (),
    shares: Mapping[Part, int] = MappingProxyType({}),
    ordered: Mapping[int, int] = MappingProxyType({}),
    kept: int = 0,
) -> GoalValues:
    """What a plan reaches in every goal, in Python integers.

    ``units`` are tier, minimum and units of every requirement that has any, ``weight`` is the sum over all
    pairs, ``used`` how many resources give anything; ``payments`` lower weight and soft rules; ``shares`` is
    what coverage and loads count, and the worst score; ``ordered`` the weight by the order at which places
    are processed, ``kept`` that of what is kept.
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
    reached[KEPT, 0] = kept

    def counted(part: Part) -> int:
        if part in shares:
            return shares[part]
        if part.order is not None:
            return ordered.get(part.order, 0)
        return sum(
            amount
            for (measure, tier), amount in reached.items()
            if measure == part.measure and part.tier in (None, tier)
        )

    return tuple(sum(part.factor * counted(part) for part in aim.parts) for aim in aims)


def flow_goals(
    aims: Sequence[Aim],
    tier: Int64,
    minimum: Int64,
    wanted: Int64,
    *,
    shared: bool = False,
) -> Goals:
    """The goals of a flow, costs left out, and which of them every requirement's units count for: from the
    first aim on, as far as a flow can count them. There may be none. No step counts for what is kept.

    Tier, minimum and wanted are int64 (requirements,), as before any lock. Coverage and loads, for which
    nothing counts yet, are among the goals only where they are ``shared``.
    """
    names: list[str] = []
    first, rest = np.full((2, len(tier)), -1, np.int32)
    weight = False
    for aim in aims:
        part = aim.parts[0]
        if len(aim.parts) > 1 or part.factor > 1 or weight or part.order is not None:
            break
        if part.measure in (*COSTS, WORST):
            continue
        if part.measure == KEPT:
            names.append(aim.name)
            continue
        if part.measure in SHARED:
            if not shared:
                break
            names.append(aim.name)
            continue
        weight = part.measure == "weight"
        if not weight:
            counted = first if part.measure == "minimum" else rest
            mine = of_tier(tier, part)
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
