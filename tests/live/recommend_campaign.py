"""Recommendations and proposals on small live plans, each against full solves of the changed problem:

python tests/live/recommend_campaign.py 0 500      (problems of these seeds)
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from itertools import combinations

from live_problems import drawn, event

import matchkit as mk
import matchkit.model as m
from matchkit import changes as c
from matchkit.errors import ContradictionError, InputError, UnsupportedError
from matchkit.solvers.live import cycles


def campaign(first: int, last: int) -> Counter[str]:
    """How many figures of each kind were compared. Raises AssertionError for the first that is wrong."""
    seen = Counter[str]()
    for seed in range(first, last):
        rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
        try:
            live = mk.Live(drawn(seed))
        except (ContradictionError, UnsupportedError):
            continue
        for _ in range(rng.randint(0, 3)):
            try:
                live.apply(event(rng, live.problem, live.plan, []))
            except (ContradictionError, UnsupportedError, InputError):
                continue
        if live._session is None:  # rules tie pairs together now
            seen["no flow"] += 1
            continue
        live._plan = None  # made again from the arrays
        before = live.plan.to_json()
        what = rng.choice(("requirement", "requirement", "resource"))
        names = [
            one.id
            for record in (live.problem.demands if what == "requirement" else live.problem.resources)
            for one in (record.requirements if what == "requirement" else [record])
        ]  # fmt: skip
        name = rng.choice(names)
        cycles.SETTLED, cycles.STEPS = rng.choice(((0, 8), (1, 2), (3, 1), (64, 8)))
        cycles.AHEAD = (0, 1, 4, 250)[seed % 4]
        every(live, what, name, seen)
        fewer(live, what, name, seen)
        bundle(live, what, name, seen)
        for _ in range(4):
            proposal(live, rng, seen)
        assert live.plan.to_json() == before, seed
        live._plan = None
        assert live.plan.to_json() == before, seed
        seen["problems"] += 1
    return seen


def carried(live: mk.Live) -> Counter[tuple[str, str]]:
    units = Counter[tuple[str, str]]()
    for one in live.plan.assignments:
        units[one.resource, one.requirement] += one.quantity
    return units


def gained(
    live: mk.Live, locks: list[tuple[str, str]], **options: object
) -> dict[str, int] | None:
    """What a full solve with a unit more of these pairs as locks gains, by goal; None: there is no plan."""
    units = carried(live)
    units.update(locks)
    problem = live.problem
    rules = [m.Lock(resource=r, requirement=q, quantity=units[r, q]) for r, q in set(locks)]  # fmt: skip
    try:
        problem = c.apply_changes(problem, [c.AddRule(rule=rule) for rule in rules])
        plan = mk.solve(problem, engine="flow")
    except (ContradictionError, InputError):
        return None
    return difference(live.plan, plan)


def difference(before: mk.Plan, after: mk.Plan) -> dict[str, int]:
    values = [{one.name: one.value for one in plan.outcome.goals} for plan in (before, after)]  # fmt: skip
    assert values[0].keys() == values[1].keys()
    return {name: values[1][name] - value for name, value in values[0].items()}


def told(one: mk.results.Recommendation) -> dict[str, int]:
    return {each.goal: each.change for each in one.goals}


def rank(live: mk.Live, gain: dict[str, int]) -> list[int]:
    return [-gain.get(goal.name, 0) for goal in live.plan.outcome.goals]


def every(live: mk.Live, what: str, name: str, seen: Counter[str]) -> None:
    """Every pair that may have a unit more is recommended with the gain of a full solve, in order."""
    found = live.recommend(what, name, 1000).options  # type: ignore[arg-type]
    pairs = {(one.resource, one.requirement): one for one in found}
    for resource in live.problem.resources:
        for demand in live.problem.demands:
            for need in demand.requirements:
                pair = resource.id, need.id
                if name not in pair:
                    continue
                gain = gained(live, [pair])
                one = pairs.pop(pair, None)
                assert (gain is None) == (one is None), (pair, gain, one)
                if gain is None or one is None:
                    seen["none"] += 1
                    continue
                assert told(one) == {goal: by for goal, by in gain.items() if by}, pair
                check_moves(live, one)
                seen["gains"] += 1
                seen["displacing"] += bool(one.displaced())
                seen["higher goals"] += set(told(one)) > {"weight"}
                seen["nothing"] += not told(one)
    assert not pairs
    order = [rank(live, told(one)) for one in found]
    assert order == sorted(order)
    for count in (1, 2, 3):
        some = live.recommend(what, name, count).options  # type: ignore[arg-type]
        assert [rank(live, told(one)) for one in some] == order[:count]


def check_moves(live: mk.Live, one: mk.results.Recommendation) -> None:
    """The moves lead to a plan that keeps all rules, with these goals."""
    units = carried(live)
    first = one.moves[0]
    assert (first.resource, first.to) == (one.resource, one.requirement)
    for move in one.moves:
        units[move.resource, move.to] += move.to is not None
        units[move.resource, move.away_from] -= move.away_from is not None
    assert min(units.values()) >= 0
    problem = live.problem
    some = {pair: many for pair, many in units.items() if many and None not in pair}
    locks = [m.Lock(resource=r, requirement=q, quantity=many) for (r, q), many in some.items()]  # fmt: skip
    held = c.apply_changes(problem, [c.AddRule(rule=lock) for lock in locks])
    nothing_more = difference(live.plan, mk.solve(held, engine="flow"))
    assert rank(live, nothing_more) <= rank(live, told(one))
    total = sum(units[pair] for pair in some)
    assert total == sum(carried(live).values()) + sum(
        (move.to is not None) - (move.away_from is not None) for move in one.moves
    )


def fewer(live: mk.Live, what: str, name: str, seen: Counter[str]) -> None:
    """Nobody or one other moves, and nothing better within that was left out (by chains of all moves)."""
    whole = {(one.resource, one.requirement): one for one in live.recommend(what, name, 1000).options}  # type: ignore[arg-type]  # fmt: skip
    spare = {one.id: one.capacity for one in live.problem.resources}
    for (resource, _), many in carried(live).items():
        spare[resource] -= many
    for movers, most in (("free", 0), ("one", 1)):
        some = live.recommend(what, name, 1000, movers=movers).options  # type: ignore[arg-type]
        pairs = {(one.resource, one.requirement): one for one in some}
        for pair, one in pairs.items():
            assert len({move.resource for move in one.moves[1:]}) <= most
            assert movers == "one" or spare[pair[0]] > 0
            assert rank(live, told(one)) >= rank(live, told(whole[pair]))
            check_moves(live, one)
            seen[f"movers {movers}"] += 1
        for pair, one in whole.items():
            if len({move.resource for move in one.moves[1:]}) <= most and (movers == "one" or spare[pair[0]] > 0):  # fmt: skip
                assert told(pairs[pair]) == told(one)


def bundle(live: mk.Live, what: str, name: str, seen: Counter[str]) -> None:
    """Units together gain what the best of all sets of so many pairs gains, with all held that is there."""
    some = live.recommend(what, name, 2, together=True).options  # type: ignore[arg-type]
    if len(some) < 2:
        return
    units = carried(live)
    mine = [pair for pair in units if name in pair]
    held = c.apply_changes(
        live.problem,
        [c.AddRule(rule=m.Lock(resource=r, requirement=q, quantity=units[r, q])) for r, q in mine],
    )  # fmt: skip
    pairs = [
        (one.id, need.id)
        for one in held.resources
        for demand in held.demands
        for need in demand.requirements
        if name in (one.id, need.id)
    ]
    best = None
    for chosen in [*combinations(pairs, 2), *((one, one) for one in pairs)]:
        more = Counter(units)
        more.update(chosen)
        rules = [m.Lock(resource=r, requirement=q, quantity=more[r, q]) for r, q in set(chosen)]  # fmt: skip
        try:
            problem = c.apply_changes(held, [c.AddRule(rule=rule) for rule in rules])
            gain = difference(live.plan, mk.solve(problem, engine="flow"))
        except ContradictionError:
            continue
        order = rank(live, gain)
        best = order if best is None else min(best, order)
    total = Counter[str]()
    for one in some:
        total.update(told(one))
    assert rank(live, total) == best
    seen["bundles"] += 1


def hands(live: mk.Live, rng: random.Random) -> tuple[str, list[c.Change]]:
    """Somebody forces, forbids, swaps or unlocks."""
    problem, pairs = live.problem, live.plan.assignments
    locks = sorted(one.label for one in problem.rules if one.rule == "lock")
    roles = [need.id for demand in problem.demands for need in demand.requirements]
    kind = rng.choice(("force", "forbid", "swap", "unlock"))
    if kind == "unlock" and locks:
        return kind, [c.RemoveRule(label=rng.choice(locks))]
    if kind == "forbid" and pairs:
        one = rng.choice(pairs)
        rule = m.Forbid(resource=one.resource, requirement=one.requirement)
        return kind, [c.AddRule(rule=rule)]
    if kind == "swap" and len(pairs) > 1:
        one, other = rng.sample(pairs, 2)
        locked = ((one, other), (other, one))
        rules = [m.Lock(resource=a.resource, requirement=b.requirement) for a, b in locked]  # fmt: skip
        return kind, [c.AddRule(rule=rule) for rule in rules]
    who = rng.choice(problem.resources).id
    return "force", [
        c.AddRule(rule=m.Lock(resource=who, requirement=rng.choice(roles)))
    ]


def proposal(live: mk.Live, rng: random.Random, seen: Counter[str]) -> None:
    """What is proposed is what comes of it, and a full solve agrees; it is taken back to the byte."""
    kind, changes = hands(live, rng)
    before, events = live.plan, live.events
    text = before.to_json()
    try:
        told_before = live.propose(changes, who="desk", why=kind)
    except UnsupportedError:
        seen[f"{kind} unsupported"] += 1
        return
    assert live.plan.to_json() == text
    assert live.events == events
    changed = c.apply_changes(live.problem, changes)
    try:
        full = mk.solve(changed, engine="flow")
    except ContradictionError:
        assert told_before.moves is None
        assert told_before.conflicts.conflicts == mk.conflicts(changed).conflicts != ()
        seen[f"{kind} refused"] += 1
        return
    values = {one.name: one.value for one in before.outcome.goals}
    gain = {one.name: one.value - values.get(one.name, 0) for one in full.outcome.goals}
    gain |= {name: -value for name, value in values.items() if name not in gain}
    assert {one.goal: one.change for one in told_before.goals} == {
        goal: by for goal, by in gain.items() if by
    }
    assert live.apply(told_before) == told_before.moves
    assert live.plan.outcome.goals == full.outcome.goals
    assert live.events[-1] == told_before.event
    for one in told_before.alternatives:
        seen["alternatives"] += len(one.options)
    assert live.undo()
    assert live.plan.to_json() == text
    seen[kind] += 1


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    sys.stdout.write(f"{dict(campaign(*numbers))}\n")
