"""Small problems with places kept for groups and processed in an order, and what every plan of them reaches,
from the definition on the page on rules: each way to give places to units is tried.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import matchkit.model as m

Plan = tuple[tuple[str, str], ...]
GROUPS = "ab"


def drawn(seed: int) -> m.Problem:
    """Few people, each of one group at most, and two requirements; places kept for one group or two."""
    rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
    people = [
        m.Resource(
            id=f"P{k}",
            unit="U",
            capacity=rng.choice((1, 1, 1, 2)),
            groups=[rng.choice(("a", "A ", "b"))] if rng.random() < 0.6 else [],
        )
        for k in range(rng.randint(2, 5))
    ]
    names = ["Q0", "Q1"][: rng.choice((1, 2))]
    demands = [
        m.Demand(
            id=f"D{name[1:]}",
            community=rng.choice("CB"),
            tier=rng.choice((1, 1, 2)),
            requirements=[
                m.Requirement(
                    id=name, wanted=rng.randint(1, 4), minimum=rng.choice((0, 0, 1))
                )
            ],
        )
        for name in names
    ]
    places: dict[str, Any] = rng.choice(
        ({}, {"demand": "D0"}, {"requirement": "Q0"}, {"community": "B"})
    )
    rules: list[m.Rule] = [
        m.SetAside(
            group=group,
            least=rng.randint(0, 2),
            most=rng.choice((2, 9, 9)),
            order=rng.choice((-2, -1, 0, 1, 1, 2)),
            **places,
        )
        for group in rng.sample(GROUPS, rng.choice((1, 2)))
    ]
    if rng.random() < 0.3:
        who, role = rng.choice(people).id, rng.choice(names)
        rules.append(rng.choice((m.Forbid, m.Lock))(resource=who, requirement=role))
    if rng.random() < 0.2:
        rules.append(m.CommunityCap(community="C", most=rng.randint(0, 2)))
    scores = [
        m.Scores(
            resource=one.id,
            requirements=names,
            points=[rng.choice((-150, -90, -20, 0, 10, 10, 35)) for _ in names],
        )
        for one in people
    ]
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C"), m.Community(id="B", parent="C")],
        resources=people,
        demands=demands,
        rules=rules,
        scores=scores,
        objective=m.Objective(skill_fit=0, importance=rng.choice((0, 1))),
    )


def worth(problem: m.Problem) -> dict[tuple[str, str], int]:
    """The weight of every pair."""
    importance = 100 * problem.objective.importance
    return {
        (record.resource, name): importance + points
        for record in problem.scores
        for name, points in zip(record.requirements, record.points, strict=True)
    }


def every(problem: m.Problem) -> Iterator[tuple[Plan, tuple[int, ...]]]:
    """Every plan that keeps all rules, with what it reaches in every goal."""
    needs = {
        one.requirements[0].id: (one, one.requirements[0]) for one in problem.demands
    }
    people = {one.id: one for one in problem.resources}
    weight = worth(problem)
    pairs = [(name, role) for name in people for role in needs]
    for flags in itertools.product((0, 1), repeat=len(pairs)):
        plan = tuple(pair for pair, flag in zip(pairs, flags, strict=True) if flag)
        given, taken = Counter(r for r, _ in plan), Counter(q for _, q in plan)
        if any(given[name] > one.capacity for name, one in people.items()):
            continue
        if any(taken[role] > need.wanted for role, (_, need) in needs.items()):
            continue
        inside = {role: {one.community, "C"} for role, (one, _) in needs.items()}
        if not all(_plain(rule, plan, inside) for rule in problem.rules):
            continue
        earned = _in_order(problem, plan, weight)
        if earned is None:
            continue
        fills = []
        for tier in sorted({one.tier for one in problem.demands}):
            mine = [need for one, need in needs.values() if one.tier == tier]
            least = [min(taken[need.id], need.minimum) for need in mine]
            if any(need.minimum for need in mine):
                fills.append(sum(least))
            if any(need.wanted > need.minimum for need in mine):
                fills.append(sum(taken[need.id] for need in mine) - sum(least))
        yield plan, (*fills, *earned[:-1], sum(weight[pair] for pair in plan))


def _plain(rule: m.Rule, plan: Plan, inside: dict[str, set[str]]) -> bool:
    if isinstance(rule, m.Forbid):
        return (rule.resource, rule.requirement) not in plan
    if isinstance(rule, m.Lock):
        return (rule.resource, rule.requirement) in plan
    if isinstance(rule, m.CommunityCap):
        return sum(rule.community in inside[role] for _, role in plan) <= rule.most
    return True


def _in_order(
    problem: m.Problem, plan: Plan, weight: dict[tuple[str, str], int]
) -> tuple[int, ...] | None:
    """What the plan earns at every order where its units are given places in the best way; None where they
    cannot be.
    """
    rules = [rule for rule in problem.rules if isinstance(rule, m.SetAside)]
    groups = {
        one.id: {g.strip().casefold() for g in one.groups} for one in problem.resources
    }
    kept = {rule.group: rule.least for rule in rules if rule.least}
    order = {rule.group: rule.order for rule in rules if rule.least} | {"": 0}
    orders = sorted(set(order.values()))
    named = rules[0]
    there = {
        need.id: need.wanted
        for one in problem.demands
        for need in one.requirements
        if named.requirement in (None, need.id)
        and named.demand in (None, one.id)
        and named.community in (None, one.community)
    }
    units = [pair for pair in plan if pair[1] in there]
    for rule in rules:
        if sum(rule.group in groups[who] for who, _ in units) > rule.most:
            return None
    wanted = sum(there.values())
    for many in range(len(kept) + 1):
        for chosen in itertools.combinations(kept, many):
            others = sum(not groups[who] & set(chosen) for who, _ in units)
            left = max(0, wanted - sum(kept[group] for group in chosen))
            if chosen and others > left:
                return None
    free = kept | {"": max(0, wanted - sum(kept.values()))}
    elsewhere = sum(weight[pair] for pair in plan if pair not in units)
    best: tuple[int, ...] | None = None
    for places in itertools.product(free, repeat=len(units)):
        if any(count > free[place] for place, count in Counter(places).items()):
            continue
        seats = list(zip(units, places, strict=True))
        if any(place and place not in groups[who] for (who, _), place in seats):
            continue
        earned = dict.fromkeys(orders, 0)
        earned[0] = elsewhere
        for pair, place in seats:
            earned[order[place]] += weight[pair]
        vector = tuple(earned[one] for one in orders)
        best = vector if best is None else max(best, vector)
    return best


def sequential(
    points: dict[str, int], members: set[str], wanted: int, least: int, order: int
) -> list[str]:
    """Sequential reserve matching of one requirement (Pathak, Sönmez, Ünver and Yenmez): places are processed
    in order, each takes the best of those left who belong to it.
    """
    left, chosen = sorted(points, key=points.__getitem__, reverse=True), list[str]()
    stages = [(order, least, members), (0, wanted - least, set(points))]
    for _, places, who in sorted(stages, key=lambda stage: stage[0]):
        taken = [name for name in left if name in who][:places]
        chosen += taken
        left = [name for name in left if name not in taken]
    return sorted(chosen)
