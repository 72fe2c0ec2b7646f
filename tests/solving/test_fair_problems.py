"""Fair coverage and even loads of problems, against every plan there is."""

from __future__ import annotations

import itertools
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from fair_problems import drawn, with_aims
from histories import had, has_past, with_history

import matchkit as mk
import matchkit.model as m
from matchkit.compile import levels as levels_of_goals
from matchkit.errors import BudgetError, ContradictionError, UnsupportedError

SEEDS = range(220)
Plan = dict[tuple[str, str], int]


def every(problem: m.Problem) -> list[Plan]:
    """Every plan that keeps capacities, skills, locks and caps."""
    roles = {
        need.id: (one, need) for one in problem.demands for need in one.requirements
    }
    people = {one.id: one for one in problem.resources}
    able = [
        (name, role)
        for name, one in people.items()
        for role, (_, need) in roles.items()
        if not need.skills or one.skills
    ]
    found = []
    for chosen in itertools.product((0, 1), repeat=len(able)):
        plan = {pair: 1 for pair, units in zip(able, chosen, strict=True) if units}
        given, taken = Counter(r for r, _ in plan), Counter(q for _, q in plan)
        fits = all(given[name] <= one.capacity for name, one in people.items())
        fits &= all(taken[role] <= need.wanted for role, (_, need) in roles.items())
        for rule in problem.rules:
            if isinstance(rule, m.Lock):
                fits &= (rule.resource, rule.requirement) in plan
            if isinstance(rule, m.CommunityCap):
                inside = sum(
                    taken[role]
                    for role, (one, _) in roles.items()
                    if rule.community in (one.community, "X")
                )
                fits &= inside <= rule.most
            if isinstance(rule, m.UnitCap):
                mine = [name for name in people if people[name].unit == rule.unit]
                fits &= sum(given[name] for name in mine) <= rule.most
        if fits:
            found.append(plan)
    return found


def measured(
    problem: m.Problem, wanted: dict[str, int], part: m.Part
) -> dict[str, tuple[Fraction, Fraction]]:
    """What everybody had, and what coverage is measured by: what is and was wanted, of a community times its
    entitlement.
    """
    times = {one.id: one.entitlement for one in problem.communities}
    found = {}
    for name, n in wanted.items():
        before, of = had(problem, part, name)
        by = times[name] if part.of == "communities" else 1
        found[name] = before, (of + n) * by
    return found


def levels(
    problem: m.Problem, fills: dict[str, int], wanted: dict[str, int], part: m.Part
) -> list[Fraction]:
    """Coverage, the lowest first."""
    start = measured(problem, wanted, part)
    return sorted(
        (before + fills.get(name, 0)) / share for name, (before, share) in start.items()
    )


def loaded(problem: m.Problem, loads: dict[str, int], part: m.Part) -> list[Fraction]:
    """Loads, the highest first, as numbers that are to be great."""
    return sorted(-(had(problem, part, name)[0] + load) for name, load in loads.items())


def goals(problem: m.Problem, plan: Plan) -> tuple[Any, ...]:
    """What a plan reaches, from the definition in docs/rules.md; without the weight."""
    roles = {
        need.id: (one, need) for one in problem.demands for need in one.requirements
    }
    taken = Counter(role for _, role in plan)
    given = Counter(name for name, _ in plan)
    tiers = sorted({one.tier for one in problem.demands})
    found: list[Any] = []
    for tier in tiers:
        mine = [need for one, need in roles.values() if one.tier == tier]
        found.append(sum(min(taken[need.id], need.minimum) for need in mine))
        found.append(sum(max(0, taken[need.id] - need.minimum) for need in mine))
    fair, even = problem.objective.fair, problem.objective.even
    for tier in tiers if fair else ():
        wanted: Counter[str] = Counter()
        fills: Counter[str] = Counter()
        for role, (one, need) in roles.items():
            if one.tier == tier:
                owner = {
                    "communities": one.community,
                    "demands": one.id,
                    "requirements": role,
                }[str(fair)]
                wanted[owner] += need.wanted
                fills[owner] += taken[role]
        found.append(
            levels(
                problem, fills, wanted, m.Part(measure="coverage", of=fair, tier=tier)
            )
        )
    if even:
        loads: Counter[str] = Counter()
        for one in problem.resources:
            loads[one.unit if even == "units" else one.id] += given[one.id]
        found.append(loaded(problem, loads, m.Part(measure="loads", of=even)))
    return tuple(found)


@pytest.mark.parametrize("form", ["plain", "history"])
def test_plans_are_the_fairest_there_are_and_proved(form: str) -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS if form == "plain" else SEEDS[::2]:
        problem = drawn(seed)
        if form == "history":
            problem = with_history(problem, seed)
        plans = every(problem)
        try:
            plan = mk.solve(problem)
        except ContradictionError:
            assert not plans
            continue
        reached = {
            (entry.resource, entry.requirement): entry.quantity
            for entry in plan.assignments
        }
        best = max(goals(problem, one) for one in plans)
        assert goals(problem, reached) == best, seed
        assert plan.outcome.status == "optimal"
        assert mk.verify(problem, plan).ok
        assert mk.check_certificate(problem, plan).ok, seed
        seen["solved"] += 1
        seen["levels"] += any(" at " in goal.name for goal in plan.outcome.goals)
        seen[str(problem.objective.fair)] += 1
        seen[str(problem.objective.even)] += 1
    assert seen["solved"] >= 80, seen
    assert seen["levels"] >= 10, seen


def with_skills(
    roles: dict[str, tuple[str, int, int]],
    able: dict[str, list[str]],
    caps: dict[str, int],
) -> m.Problem:
    """Requirements by community, tier and wanted; who can serve which; caps of communities."""
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id=name) for name in (*caps, "Z")],
        resources=[
            m.Resource(
                id=name, unit="U", skills=[m.SkillLevel(skill=one) for one in can]
            )
            for name, can in able.items()
        ],
        demands=[
            m.Demand(
                id=name,
                community=community,
                tier=tier,
                requirements=[
                    m.Requirement(
                        id=name, wanted=wanted, skills=[m.SkillLevel(skill=name)]
                    )
                ],
            )
            for name, (community, tier, wanted) in roles.items()
        ],
        rules=[
            m.CommunityCap(community=name, most=most) for name, most in caps.items()
        ],
        objective=m.Objective(fair="communities"),
    )


def test_caps_over_one_community_and_other_tiers_bind_several_at_once() -> None:
    """Each cap has one community of tier 1 below it, and slots of tier 2: four moves at once, by way of all four
    caps, bring the lowest coverage from 0 to 1/4.
    """
    roles = {
        "A": ("K1", 1, 1),
        "B": ("K1", 2, 1),
        "C": ("K2", 1, 3),
        "F": ("K2", 2, 1),
        "A2": ("K3", 1, 10),
        "H": ("K3", 2, 1),
        "C2": ("K4", 1, 4),
        "F2": ("K4", 2, 1),
        "E": ("Z", 3, 1),
        "R": ("Z", 3, 1),
    }
    able = {
        "p0": ["E", "B"],
        "p1": ["A", "C"],
        "p2": ["F", "H"],
        "p3": ["A2", "C2"],
        "p4": ["F2", "R"],
        "c": ["C"],
        "c2": ["C2"],
        **{f"a{k}": ["A2"] for k in range(9)},
    }
    problem = with_skills(roles, able, {"K1": 1, "K2": 2, "K3": 10, "K4": 2})
    plan = mk.solve(problem)
    taken = Counter(one.requirement for one in plan.assignments)
    assert [taken[name] for name in ("A", "C", "A2", "C2")] == [1, 1, 10, 1]
    assert mk.check_certificate(problem, plan).ok


def test_caps_over_one_person_and_a_fund_bind_several_at_once() -> None:
    """By hand: loads 3, 3, 3 and 0 in place of 2, 4, 2 and 1."""
    roles = {
        "own11": (1, ["P1"]),
        "own12": (1, ["P1"]),
        "own21": (1, ["P2"]),
        "own22": (1, ["P2"]),
        "own23": (1, ["P2"]),
        "own31": (1, ["P3"]),
        "own32": (1, ["P3"]),
        "q12": (2, ["F1", "F2"]),
        "q23": (2, ["P2", "P3"]),
        "q34": (2, ["F3", "F4"]),
        "q1": (3, ["P4"]),
        "q2": (3, ["P1"]),
    }
    kinds = {"P": "person", "F": "fund"}
    problem = m.Problem(
        units=[m.Unit(id=f"U{k}") for k in range(1, 5)],
        communities=[m.Community(id="C")],
        resources=[
            m.Resource(
                id=f"{letter}{k}",
                unit=f"U{k}",
                kind=kind,
                capacity=4,
                skills=[
                    m.SkillLevel(skill=name)
                    for name, (_, who) in roles.items()
                    if f"{letter}{k}" in who
                ],
            )
            for letter, kind in kinds.items()
            for k in range(1, 5)
        ],
        demands=[
            m.Demand(
                id=name,
                community="C",
                tier=tier,
                requirements=[
                    m.Requirement(
                        id=name,
                        kind=kinds[who[0][0]],
                        skills=[m.SkillLevel(skill=name)],
                    )
                ],
            )
            for name, (tier, who) in roles.items()
        ],
        rules=[
            m.UnitCap(unit=f"U{k}", most=most)
            for k, most in ((1, 3), (2, 4), (3, 3), (4, 1))
        ],
        objective=m.Objective(even="resources"),
    )
    plan = mk.solve(problem)
    given = Counter(one.resource for one in plan.assignments)
    assert [given[f"P{k}"] for k in range(1, 5)] == [3, 3, 3, 0]
    assert mk.check_certificate(problem, plan).ok


def test_too_much_to_count_is_refused_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = with_skills({"A": ("K", 1, 10**9)}, {"p": ["A"]}, {"K": 1})
    bare = plain.model_copy(update={"objective": m.Objective()})
    plan = mk.solve(bare)
    for call in (mk.solve, lambda problem: mk.verify(problem, plan)):
        with pytest.raises(BudgetError):
            call(plain)
    crowd = m.Problem(
        units=[m.Unit(id="U")],
        resources=[
            m.Resource(id=f"P{k}", unit="U", capacity=1000) for k in range(1000)
        ],
        rules=[m.UnitCap(unit="U", most=1)],
        objective=m.Objective(even="resources"),
    )
    with pytest.raises(BudgetError):
        mk.solve(crowd)
    # A million levels of one community, all goals as using ana costs something, are refused uncounted.
    rows = [m.Requirement(id="Q", wanted=10**6)]
    costly = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="A")],
        resources=[m.Resource(id="ana", unit="U", activation=1)],
        demands=[m.Demand(id="D", community="A", requirements=rows)],
        objective=m.Objective(fair="communities"),
    )
    monkeypatch.setattr(levels_of_goals, "Fraction", None)
    with pytest.raises(BudgetError):
        mk.solve(costly)


def key(rule: str, unit: int, share: Fraction) -> tuple[Any, ...]:
    """The key of a unit without a history, from the table in docs/rules.md; powers as fractions."""
    if rule == "leximin":
        return (unit - 1) / share, share
    if rule == "dhondt":
        return unit / share, -share
    if rule == "webster":
        return ((2 * unit - 1) / share,)
    return (0,) if unit == 1 else (1, -(Fraction(unit, unit - 1) ** int(share)))


def of_part(problem: m.Problem, plan: Plan, part: m.Part) -> Any:
    """What a plan reaches in a measure, as the page on rules defines it; of leximin and loads, levels."""
    roles = {
        need.id: (one, need)
        for one in problem.demands
        for need in one.requirements
        if part.tier in (None, one.tier)
    }
    taken = Counter(role for _, role in plan if role in roles)
    if part.measure == "minimum":
        return sum(min(taken[name], need.minimum) for name, (_, need) in roles.items())
    if part.measure == "filled":
        needs = [(taken[name], need.minimum) for name, (_, need) in roles.items()]
        return sum(max(0, units - least) for units, least in needs)
    if part.measure == "loads":
        loads: Counter[str] = Counter()
        for one in problem.resources:
            given = sum(name == one.id for name, _ in plan)
            loads[one.unit if part.of == "units" else one.id] += given
        return loaded(problem, loads, part)
    wanted: Counter[str] = Counter()
    fills: Counter[str] = Counter()
    for role, (one, need) in roles.items():
        names = {"communities": one.community, "demands": one.id, "requirements": role}
        wanted[names[str(part.of)]] += need.wanted
        fills[names[str(part.of)]] += taken[role]
    if part.rule == "leximin":
        return levels(problem, fills, wanted, part)
    start = measured(problem, wanted, part)
    stands = [
        (before + fills.get(name, 0), share) for name, (before, share) in start.items()
    ]
    if part.rule == "dhondt":
        return sorted(-total / share for total, share in stands)
    if part.rule == "webster":
        return -sum(total**2 / share for total, share in stands)
    share = {name: one for name, (_, one) in start.items()}
    keys = sorted(
        {
            key(part.rule, k, share[name])
            for name, d in wanted.items()
            for k in range(1, d + 1)
        }
    )
    points = {entry: len(keys) - place for place, entry in enumerate(keys)}
    return sum(
        points[key(part.rule, k, share[name])]
        for name in wanted
        for k in range(1, fills[name] + 1)
    )


@pytest.mark.parametrize("form", ["plain", "history"])
def test_goals_of_ones_own_with_every_rule(form: str) -> None:
    seen: Counter[str] = Counter()
    for seed in range(1000, 1150 if form == "plain" else 1100):
        problem = with_aims(drawn(seed), seed)
        if form == "history":
            problem = with_history(problem, seed)
        plans = every(problem)
        parts = [aim.parts[0] for aim in problem.objective.aims][:-1]
        try:
            plan = mk.solve(problem)
        except ContradictionError:
            assert not plans
            continue
        except UnsupportedError as error:
            nash = [part for part in parts if part.rule == "nash"]
            if nash and "coverage by nash" in str(error):
                assert any(has_past(problem, part) for part in nash)
                seen["nash over rounds"] += 1
                continue
            assert any(isinstance(rule, m.CommunityCap) for rule in problem.rules)
            seen["refused" if "is a cap above several" in str(error) else "wrong"] += 1
            continue
        reached = {(one.resource, one.requirement): 1 for one in plan.assignments}
        best = max(
            tuple(of_part(problem, one, part) for part in parts) for one in plans
        )
        assert tuple(of_part(problem, reached, part) for part in parts) == best, seed
        assert plan.outcome.status == "optimal"
        assert mk.verify(problem, plan).ok
        assert mk.check_certificate(problem, plan).ok, seed
        seen["solved"] += 1
        seen.update(part.rule for part in parts if part.measure == "coverage")
    assert seen["solved"] >= 60 and seen["refused"] >= 3 and not seen["wrong"], seen
    rules = ["leximin", "webster", "dhondt", *(["nash"] if form == "plain" else [])]
    assert min(seen[rule] for rule in rules) > 10
    assert (seen["nash over rounds"] > 15) == (form == "history")


@pytest.mark.parametrize("measure", ["coverage", "loads"])
def test_what_is_shared_counts_the_same_in_every_goal_that_asks_for_it(
    measure: str,
) -> None:
    """Two people, of whom A wants two and B one: coverage is 1/2 and 1, both give one unit."""
    of = "communities" if measure == "coverage" else "resources"
    parts = [
        m.Part(measure="filled"),
        *2 * [m.Part(measure=measure, of=of)],
        m.Part(measure="weight"),
    ]
    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id=name) for name in "AB"],
        resources=[m.Resource(id=name, unit="U") for name in ("P", "Q")],
        demands=[
            m.Demand(
                id=name,
                community=name,
                requirements=[m.Requirement(id=f"{name}1", wanted=wanted)],
            )
            for name, wanted in (("A", 2), ("B", 1))
        ],
        objective=m.Objective(
            aims=[m.Aim(name=f"aim {k}", parts=[part]) for k, part in enumerate(parts)]
        ),
    )
    plan = mk.solve(problem)
    assert mk.verify(problem, plan).ok and plan.outcome.status == "optimal"
    found = [goal.value for goal in plan.outcome.goals]
    once = {"coverage": [2, -1], "loads": [-2]}[measure]
    assert found == [2, *once, *once, 400]
