"""Small problems whose plans are to be fair between communities at a depth, by kind, and by rate; drawn by a
seed, with every plan there is and what each reaches, from the definitions in docs/rules.md.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from histories import had

import matchkit.model as m

Plan = dict[tuple[str, str], int]
PARENTS = {
    "R": None,
    "S": None,
    "A": "R",
    "B": "R",
    "A1": "A",
    "A2": "A",
    "B1": "B",
    "A11": "A1",
}
"""Two trees of communities; S has nobody below it."""


def drawn(seed: int, most_pairs: int = 12) -> m.Problem:
    """A few persons and vehicles in three units, and demands anywhere in two trees of communities."""
    rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
    kinds = rng.choice((("person",), ("person", "Vehicle")))
    skill = m.SkillLevel(skill="cook")
    people = [
        m.Resource(
            id=f"P{k}",
            unit=rng.choice("UVW"),
            kind=rng.choice(kinds),
            capacity=rng.randint(1, 3),
            divisible=rng.random() < 0.1,
            skills=[skill] if rng.random() < 0.5 else [],
        )
        for k in range(rng.randint(2, 4))
    ]
    demands = []
    for k in range(rng.randint(2, 4)):
        wanted = rng.randint(1, 3)
        need = m.Requirement(
            id=f"Q{k}",
            kind=rng.choice(kinds).lower(),
            wanted=wanted,
            minimum=rng.choice((0, 0, rng.randint(0, wanted))),
            skills=[skill] if rng.random() < 0.4 else [],
        )
        demands.append(
            m.Demand(
                id=f"D{k}",
                community=rng.choice(list(PARENTS)),
                tier=rng.choice((1, 1, 1, 2)),
                weight=rng.randint(0, 300),
                requirements=[need],
            )
        )
    rules: list[m.Rule] = []
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        cap = m.CommunityCap(
            community=rng.choice(list(PARENTS)), most=rng.randint(1, 3)
        )
        rules.append(cap)
    if rng.random() < 0.2:
        rules.append(m.UnitCap(unit=rng.choice("UVW"), most=rng.randint(1, 3)))
    problem = m.Problem(
        units=[m.Unit(id="U"), m.Unit(id="V", parent="U"), m.Unit(id="W")],
        communities=[
            m.Community(id=name, parent=parent, entitlement=rng.choice((1, 1, 1, 2)))
            for name, parent in PARENTS.items()
        ],
        resources=people,
        demands=demands,
        rules=rules,
    )
    able = list(pairs(problem))
    if able and rng.random() < 0.25:
        one, other = rng.choice(able)
        lock = m.Lock(resource=one, requirement=other)
        problem = problem.model_copy(update={"rules": (*problem.rules, lock)})
    if len(able) > most_pairs:
        return drawn(seed + 10**6, most_pairs)
    return problem.model_copy(update={"objective": objective(problem, rng)})


def objective(problem: m.Problem, rng: random.Random) -> m.Objective:
    """Fair between communities at a depth and even, in short; or coverage by kind and loads by rate among
    aims.
    """
    depth = f"depth {rng.randint(0, 3)}"
    if rng.random() < 0.4:
        even = rng.choice((None, "resources", "units"))
        return m.Objective(fair=depth, even=even)
    across = rng.random() < 0.5
    tiers = [None] if across else sorted({one.tier for one in problem.demands})
    kinds = sorted({need.kind for one in problem.demands for need in one.requirements})
    by_kind = [None] if rng.random() < 0.5 else kinds
    of = rng.choice((depth, depth, "communities", "demands", "requirements"))
    parts = [
        m.Part(measure=measure, tier=tier)
        for tier in tiers
        for measure in ("minimum", "filled")
    ]
    shared = [
        m.Part(measure="coverage", of=of, tier=tier, kind=kind and kind.upper())
        for tier in tiers
        for kind in by_kind
    ]
    if rng.random() < 0.7:
        loads = m.Part(
            measure="loads",
            of=rng.choice(("resources", "units")),
            by=rng.choice(("rate", "rate", "count")),
        )
        shared.insert(rng.choice((0, len(shared))), loads)
    parts += [*shared, m.Part(measure="weight")]
    return m.Objective(
        aims=[m.Aim(name=f"aim {k}", parts=[part]) for k, part in enumerate(parts)]
    )


def pairs(problem: m.Problem) -> Iterator[tuple[str, str]]:
    """Who can serve what, locks and caps aside."""
    for one in problem.resources:
        for demand in problem.demands:
            for need in demand.requirements:
                if one.kind.lower() == need.kind.lower() and (
                    not need.skills or one.skills
                ):
                    yield one.id, need.id


def above(node: str | None, parents: Mapping[str, str | None]) -> list[str]:
    """A community and all above it, the root first."""
    return [] if node is None else [*above(parents[node], parents), node]


def every(problem: m.Problem) -> Iterator[Plan]:
    """Every plan that keeps capacities, locks and caps."""
    needs = {need.id: need for one in problem.demands for need in one.requirements}
    people = {one.id: one for one in problem.resources}
    at = {
        need.id: one.community for one in problem.demands for need in one.requirements
    }
    units = {"U": ("U", "V"), "V": ("V",), "W": ("W",)}
    able = list(pairs(problem))
    upto = [
        min(people[one].capacity, needs[other].wanted) if people[one].divisible else 1
        for one, other in able
    ]
    for chosen in itertools.product(*(range(most + 1) for most in upto)):
        plan = {pair: n for pair, n in zip(able, chosen, strict=True) if n}
        given, taken = Counter[str](), Counter[str]()
        for (one, other), n in plan.items():
            given[one] += n
            taken[other] += n
        fits = all(given[name] <= one.capacity for name, one in people.items())
        fits &= all(taken[name] <= need.wanted for name, need in needs.items())
        for rule in problem.rules if fits else ():
            if isinstance(rule, m.Lock):
                fits &= (rule.resource, rule.requirement) in plan
            if isinstance(rule, m.CommunityCap):
                inside = [
                    name for name in needs if rule.community in above(at[name], PARENTS)
                ]
                fits &= sum(taken[name] for name in inside) <= rule.most
            if isinstance(rule, m.UnitCap):
                mine = [k for k, one in people.items() if one.unit in units[rule.unit]]
                fits &= sum(given[name] for name in mine) <= rule.most
        if fits and keeps(problem, plan):
            yield plan


def keeps(problem: m.Problem, plan: Plan) -> bool:
    """Whether a plan keeps times and the hard rules of ``tied``."""
    demand = {need.id: one for one in problem.demands for need in one.requirements}
    whole = {one.id for one in problem.resources if not one.divisible}
    serves = {
        one.id: {name for name, other in plan if demand[other].id == one.id}
        for one in problem.demands
    }
    served = Counter[str]()
    for (_, other), n in plan.items():
        served[demand[other].id] += n
    for (name, other), (name_too, other_too) in itertools.combinations(plan, 2):
        hours = [spans(demand[one]) for one in (other, other_too)]
        if name == name_too and name in whole and all(hours):
            (a, b), (c, d) = hours
            if max(a, c) < min(b, d):
                return False
    return not any(
        amount(problem, rule, plan, serves, served)
        for rule in problem.rules
        if rule.soft is None
    )


def spans(demand: m.Demand) -> tuple[Any, Any] | None:
    """Its one window; None where it has none, or may start when nothing else is."""
    if not demand.windows or demand.minutes is not None:
        return None
    return demand.windows[0].start, demand.windows[0].end


def amount(
    problem: m.Problem,
    rule: m.Rule,
    plan: Plan,
    serves: Mapping[str, set[str]],
    served: Mapping[str, int],
) -> int:
    """By how much a rule is broken that no flow knows."""
    if isinstance(rule, m.KeepApart):
        both = (len(who & set(rule.resources)) for who in serves.values())
        return sum(max(0, n - 1) for n in both)
    if isinstance(rule, m.NotBoth):
        each = (
            sum(one.id in serves[name] for name in rule.demands)
            for one in problem.resources
        )
        return sum(max(0, n - 1) for n in each)
    if isinstance(rule, m.ChooseAtMost):
        return max(0, len({name for name, _ in plan}) - rule.most)
    if isinstance(rule, m.Team) and served[rule.demand]:
        n = served[rule.demand]
        return max(0, (rule.least or 0) - n)
    if isinstance(rule, m.AllOrNothing) and served[rule.demand]:
        needs = next(one for one in problem.demands if one.id == rule.demand)
        taken = Counter[str]()
        for (_, other), n in plan.items():
            taken[other] += n
        return sum(max(0, need.minimum - taken[need.id]) for need in needs.requirements)
    return 0


def tied(seed: int) -> m.Problem:
    """The same with times, and a rule or a record that no flow can express."""
    rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
    problem = drawn(seed, 10)
    begin = datetime(2026, 3, 1, 8, tzinfo=UTC)

    def window(first: int, hours: int) -> m.Window:
        start = begin + timedelta(hours=first)
        return m.Window(start=start, end=start + timedelta(hours=hours))

    how = rng.choice(("times", "times", "apart", "both", "few", "team", "all", "soft"))
    demands = list(problem.demands)
    if how == "times" or rng.random() < 0.3:
        demands = [
            one.model_copy(
                update={"windows": (window(rng.randint(0, 1), rng.randint(1, 2)),)}
            )
            for one in demands
        ]
    if rng.random() < 0.15:
        update = {"windows": (window(0, 6),), "minutes": 60}
        demands[0] = demands[0].model_copy(update=update)
    names = [one.id for one in problem.resources]
    some = rng.sample([one.id for one in demands], 2)
    two = rng.sample(names, 2)
    soft = m.Soft(tier=rng.choice((1, 2)))
    added: dict[str, m.Rule] = {
        "apart": m.KeepApart(resources=two),
        "both": m.NotBoth(demands=some),
        "few": m.ChooseAtMost(resources=names, most=rng.randint(1, 2)),
        "team": m.Team(demand=some[0], least=rng.randint(2, 3), most=9),
        "all": m.AllOrNothing(demand=some[0]),
        "soft": m.KeepApart(resources=two, soft=soft),
    }
    rules = (*problem.rules, *([added[how]] if how in added else []))
    return problem.model_copy(update={"demands": tuple(demands), "rules": rules})


def parts_of(problem: m.Problem) -> list[m.Part]:
    """The measures of the goals in order, without the weight, levels aside."""
    asked = problem.objective
    if asked.aims:
        return [aim.parts[0] for aim in asked.aims][:-1]
    tiers = sorted({one.tier for one in problem.demands})
    soft = [rule.soft.tier for rule in problem.rules if rule.soft is not None]
    parts = [
        m.Part(measure=measure, tier=tier)
        for tier in sorted({*tiers, *filter(None, soft)})
        for measure in ("minimum", "filled", "broken")
    ]
    parts += [
        m.Part(measure="coverage", of=asked.fair, tier=t) for t in tiers if asked.fair
    ]
    return parts + [m.Part(measure="loads", of=asked.even) for _ in "1" if asked.even]


def reached(problem: m.Problem, plan: Mapping[tuple[str, str], int]) -> tuple[Any, ...]:
    """What a plan reaches in every goal but the weight; tuples compare as plans do."""
    return tuple(_reached(problem, plan, part) for part in parts_of(problem))


def _reached(
    problem: m.Problem, plan: Mapping[tuple[str, str], int], part: m.Part
) -> Any:
    given, taken = Counter[str](), Counter[str]()
    for (one, other), n in plan.items():
        given[one] += n
        taken[other] += n
    if part.measure == "loads":
        loads, could = Counter[str](), Counter[str]()
        for one in problem.resources:
            if one.divisible:
                continue
            owner = one.unit if part.of == "units" else one.id
            loads[owner] += given[one.id]
            could[owner] += one.capacity
        by_rate = part.by == "rate"
        return sorted(
            (
                -(had(problem, part, name)[0] + loads[name]) / (most if by_rate else 1)
                for name, most in could.items()
            )
        )
    roles = [
        (one, need)
        for one in problem.demands
        for need in one.requirements
        if part.tier in (None, one.tier)
        and (part.kind is None or part.kind.lower() == need.kind.lower())
    ]
    if part.measure == "broken":
        serves = {
            one.id: {
                name
                for name, other in plan
                if other in {q.id for q in one.requirements}
            }
            for one in problem.demands
        }
        return -sum(
            amount(problem, rule, dict(plan), serves, {})
            for rule in problem.rules
            if rule.soft is not None and rule.soft.tier == part.tier
        )
    if part.measure == "minimum":
        return sum(min(taken[need.id], need.minimum) for _, need in roles)
    if part.measure == "filled":
        return sum(max(0, taken[need.id] - need.minimum) for _, need in roles)
    times = {one.id: one.entitlement for one in problem.communities}
    parents = {one.id: one.parent for one in problem.communities}
    wanted, fills, weight = Counter[str](), Counter[str](), dict[str, int]()
    for one, need in roles:
        chain = above(one.community, parents)
        of = str(part.of)
        owner = {
            "communities": one.community,
            "demands": one.id,
            "requirements": need.id,
        }.get(of) or chain[min(int(of.removeprefix("depth ")), len(chain) - 1)]
        wanted[owner] += need.wanted
        fills[owner] += taken[need.id]
        weight[owner] = 1 if of in ("demands", "requirements") else times[owner]
    past = {name: had(problem, part, name) for name in wanted}
    return sorted(
        (past[name][0] + fills[name]) / ((past[name][1] + n) * weight[name])
        for name, n in wanted.items()
    )
