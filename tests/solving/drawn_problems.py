"""Small problems of which plans are drawn by lot, caps on odds, and the best odds by linear programs written
from the definition.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np
from fair_problems import drawn as drawn_fair
from scipy.optimize import linprog

import matchkit.model as m
from matchkit.compile.why_not import why_ineligible

PARTS = 16
Cap = tuple[dict[tuple[str, str], float], float]
"""What each of some pairs counts, and the most that they count together."""


def drawn(seed: int) -> m.Problem:
    """A problem of tiers, minimums, locks and caps, some with stock or a reserve; filled tier by tier."""
    rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
    problem = drawn_fair(seed)
    people = [
        one.model_copy(
            update={
                "divisible": True if rng.random() < 0.2 else None,
                "groups": rng.choice(((), ("first",), ("second", "first"))),
            }
        )
        for one in problem.resources
    ]
    rules = list(problem.rules)
    if rng.random() < 0.2:
        rules.append(m.ReserveShare(unit="U", percent=rng.choice((10, 50))))
    return m.Problem(
        units=problem.units,
        communities=problem.communities,
        resources=people,
        demands=problem.demands,
        rules=rules,
        objective=m.Objective(),
    )


def caps_on_odds(problem: m.Problem, seed: int) -> dict[str, Any]:
    """Options of a lottery, caps in sixteenths."""
    rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
    pairs = [
        (one.id, need.id)
        for one in problem.resources
        for demand in problem.demands
        for need in demand.requirements
    ]
    options: dict[str, Any] = {"parts": PARTS}
    if rng.random() < 0.5:
        options["cap"] = rng.randint(0, PARTS) / PARTS
    elif rng.random() < 0.5:
        some = rng.sample(pairs, rng.randint(0, len(pairs)))
        options["cap"] = {pair: rng.randint(0, PARTS) / PARTS for pair in some}
    if rng.random() < 0.3:
        options["unit_cap"] = rng.choice((rng.randint(0, 32) / PARTS, {"U": 0.5}))
    elif any("first" in one.groups for one in problem.resources):
        options["group_cap"] = {"first": rng.randint(0, 32) / PARTS}
    if rng.random() < 0.4:
        options["community_cap"] = rng.randint(0, 24) / PARTS
    return options


def best_averages(
    problem: m.Problem, options: dict[str, Any]
) -> list[tuple[str, float]]:
    """The best average of every goal in order, goal after goal by linear programs over the odds of pairs."""
    resources = {one.id: one for one in problem.resources}
    needs = {
        need.id: (demand, need)
        for demand in problem.demands
        for need in demand.requirements
    }
    locked: dict[tuple[str, str], int] = {}
    for rule in problem.rules:
        if isinstance(rule, m.Lock):
            key = rule.resource, rule.requirement
            locked[key] = max(locked.get(key, 0), rule.quantity)
    pairs = [
        (r, q) for r in resources for q in needs if not why_ineligible(problem, r, q)
    ]
    place = {pair: k for k, pair in enumerate(pairs)}
    most, least = [], []
    for r, q in pairs:
        one, need = resources[r], needs[q][1]
        own = min(one.capacity, need.wanted if one.divisible else 1)
        cap = options.get("cap", 1.0)
        share = cap.get((r, q), 1.0) if isinstance(cap, dict) else cap
        least.append(locked.get((r, q), 0))
        most.append(max(int(share * PARTS) * own / PARTS, least[-1]))
    rows, right = list[np.ndarray](), list[float]()
    count = len(pairs)
    size = count + 2 * len(needs)  # then units up to the minimum, and beyond it

    def limit(some: list[tuple[str, str]], amount: float) -> None:
        row = np.zeros(size)
        row[[place[pair] for pair in some]] = 1
        rows.append(row)
        right.append(amount)

    for r, one in resources.items():
        limit([pair for pair in pairs if pair[0] == r], one.capacity)
    parents = {one.id: one.parent for one in (*problem.units, *problem.communities)}

    def below(node: str | None, top: str) -> bool:
        while node is not None:
            if node == top:
                return True
            node = parents[node]
        return False

    for rule in problem.rules:
        if isinstance(rule, m.UnitCap):
            limit(
                [p for p in pairs if below(resources[p[0]].unit, rule.unit)], rule.most
            )
        if isinstance(rule, m.CommunityCap):
            limit(
                [p for p in pairs if below(needs[p[1]][0].community, rule.community)],
                rule.most,
            )
        if isinstance(rule, m.ReserveShare):
            mine = [one for one in resources.values() if below(one.unit, rule.unit)]
            limit(
                [p for p in pairs if resources[p[0]] in mine],
                rule.limit(sum(one.capacity for one in mine)),
            )
    groups: dict[str, tuple[str, float]] = {}
    if (caps := options.get("unit_cap")) is not None:
        for r, one in resources.items():
            cap = caps.get(one.unit, 1e6) if isinstance(caps, dict) else caps
            groups[r] = one.unit, cap
    for name, cap in options.get("group_cap", {}).items():
        for r, one in resources.items():
            if name in one.groups:
                groups[r] = name, cap
    for q in needs:
        for name, cap in set(groups.values()):
            mine = [
                p for p in pairs if p[1] == q and groups.get(p[0], ("", 0))[0] == name
            ]
            limit(mine, max(cap, sum(locked.get(pair, 0) for pair in mine)))
    if (cap := options.get("community_cap")) is not None:
        for r in resources:
            for community in {demand.community for demand in problem.demands}:
                mine = [
                    p
                    for p in pairs
                    if p[0] == r and needs[p[1]][0].community == community
                ]
                limit(mine, max(cap, sum(locked.get(pair, 0) for pair in mine)))
    ties, bounds = [], [*zip(least, most, strict=True)]
    for k, (q, (_, need)) in enumerate(needs.items()):
        tie = np.zeros(size)
        tie[[place[pair] for pair in pairs if pair[1] == q]] = 1
        tie[[count + 2 * k, count + 2 * k + 1]] = -1
        ties.append(tie)
        bounds += [(0, need.minimum), (0, need.wanted - need.minimum)]
    tiers = {q: demand.tier for q, (demand, _) in needs.items()}
    goals: list[tuple[str, np.ndarray]] = []
    for tier in sorted(set(tiers.values())):
        for which, name in enumerate((f"tier {tier} minimum", f"tier {tier}")):
            row = np.zeros(size)
            there = False
            for k, (q, (_, need)) in enumerate(needs.items()):
                if tiers[q] == tier:
                    row[count + 2 * k + which] = 1
                    there |= bool((need.minimum, need.wanted - need.minimum)[which])
            if there:
                goals.append((name, row))
    weight = np.zeros(size)
    for pair, k in place.items():
        weight[k] = needs[pair[1]][0].weight + _terms(problem, pair)
    goals.append(("weight", weight))
    found = []
    equal, values = list(ties), [0.0] * len(ties)
    for name, row in goals:
        answer = linprog(-row, np.array(rows), right, np.array(equal), values, bounds)
        assert answer.status == 0, (name, answer.message)
        found.append((name, -answer.fun))
        equal.append(row)
        values.append(-answer.fun)
    return found


def _terms(problem: m.Problem, pair: tuple[str, str]) -> int:
    from matchkit.verification.world import World
    from matchkit.verification.worth import terms

    world = World(problem)
    found = terms(world, world.resources[pair[0]], world.roles[pair[1]])
    return sum(found.values()) - found["importance"]
