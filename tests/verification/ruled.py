"""A small valley in which every kind of rule can be kept and broken, and right plans for it, added up anew.

The only weight is a demand's own, 100 points a unit, so that a plan's weight is 100 times its quantity, less
what it pays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from handmade import Pair, outcome, shortfalls, window

import matchkit.model as m
from matchkit.plan import Assignment, Goal, Payment, Plan, Terms

ONLY = m.Objective(
    skill_fit=0, distance=0, preference=0, familiarity=0, previous=0, score=0
)
Level = m.SkillLevel


def at(steps: int) -> m.Place:
    """North of the valley's middle by so many steps of 0.001 degrees, which are 111.195 m each."""
    return m.Place(lat=30 + steps / 1000, lon=100)


def person(name: str, unit: str = "U1", **fields: Any) -> m.Resource:
    return m.Resource(id=name, unit=unit, **{"capacity": 9, **fields})


def demand(name: str, *windows: m.Window, **fields: Any) -> m.Demand:
    """D1 has the requirement Q1, of which 9 are wanted."""
    role = {"wanted": 9, **fields.pop("role", {})}
    return m.Demand(
        id=name,
        windows=windows,
        **{
            "community": "C1",
            "requirements": [m.Requirement(id=f"Q{name[1:]}", **role)],
            **fields,
        },
    )


PEOPLE = [
    person(
        "A",
        skills=[Level(skill="Cook", level=3), Level(skill="drive")],
        home="C1",
        groups=["Cooks"],
    ),
    person("B", skills=[Level(skill="cook")], home="C", place=at(0)),
    person(
        "E",
        "U2",
        skills=[Level(skill="drive", level=2)],
        home="C2",
        groups=["drivers", "cooks"],
    ),
    person("F", "U2"),
]
STOCK = [m.Resource(id="S", unit="U2", kind="supplies", capacity=20, place=at(0))]

# 1 May 2026 is a Friday.
DEMANDS = [
    demand("D1", window(8, 10), category="night"),
    demand("D2", window(11, 13), place=at(0)),
    demand("D3", window(8, 10, 2), place=at(90), category="Early"),
    demand("D4"),
    demand("D5", window(8, 9, 3), window(10, 12, 4)),
    demand("D6", role={"kind": "Supplies"}, community="C2", place=at(10)),
    demand("D7", m.Window(start=window(22, 23, 3).start, end=window(2, 3, 4).end)),
    demand(
        "D8",
        requirements=[
            m.Requirement(id="Q8", wanted=9, minimum=2),
            m.Requirement(id="Q8b", wanted=9, minimum=3),
        ],
        community="C2",
    ),
    demand("D10", window(8, 10, 5), role={"kind": "supplies"}),
    demand("D11", window(13, 14), place=at(90)),
    demand("D12", window(15, 16), place=at(90)),
    demand("D9", window(8, 12, 5), window(12, 14, 5), minutes=90, step=60),
]


def valley(*rules: m.Rule, **more: Any) -> m.Problem:
    return m.Problem(
        **{
            "units": [
                m.Unit(id="U"),
                m.Unit(id="U1", parent="U"),
                m.Unit(id="U2", parent="U"),
            ],
            "communities": [
                m.Community(id="C"),
                m.Community(id="C1", parent="C"),
                m.Community(id="C2", parent="C"),
            ],
            "resources": [*PEOPLE, *STOCK],
            "demands": DEMANDS,
            "rules": rules,
            "objective": ONLY,
            **more,
        }
    )


def who(*pairs: str) -> dict[Pair, int]:
    """``who("A 1", "S 6 3")``: A at Q1, three of S at Q6."""
    found = {}
    for text in pairs:
        resource, role, *quantity = text.split()
        found[resource, f"Q{role}"] = int(quantity[0]) if quantity else 1
    return found


def kept(
    problem: m.Problem,
    quantities: Mapping[Pair, int],
    *,
    paid: Iterable[Payment] = (),
    starts: Mapping[str, datetime] | None = None,
) -> Plan:
    """A plan with right numbers: what is paid is taken from the weight, what counts in a tier is a goal of
    its own.
    """
    paid = tuple(paid)
    roles = {role.id: (role, d) for d in problem.demands for role in d.requirements}
    taken = {
        name: sum(n for (_, q), n in quantities.items() if q == name) for name in roles
    }
    least = sum(min(taken[name], role.minimum) for name, (role, _) in roles.items())
    filled = sum(
        max(0, taken[name] - role.minimum) for name, (role, _) in roles.items()
    )
    values = (
        {"tier 1 minimum": least}
        if any(role.minimum for role, _ in roles.values())
        else {}
    )
    values |= (
        {"tier 1": filled}
        if any(role.wanted > role.minimum for role, _ in roles.values())
        else {}
    )
    for tier in sorted(
        {
            rule.soft.tier
            for rule in problem.rules
            if rule.soft is not None and rule.soft.tier
        }
    ):
        values[f"tier {tier} broken"] = -sum(
            entry.amount for entry in paid if entry.tier == tier
        )
    values["weight"] = 100 * sum(quantities.values()) - sum(
        entry.paid for entry in paid
    )
    entries = tuple(
        Assignment(
            resource=r,
            requirement=q,
            quantity=n,
            weight=100,
            terms=Terms(importance=100),
            start=None if starts is None else starts.get(roles[q][1].id),
        )
        for (r, q), n in quantities.items()
    )
    said = outcome(values, values.values(), None, None)
    return Plan(
        assignments=entries,
        shortfalls=shortfalls(problem, quantities),
        payments=paid,
        outcome=said,
        certificate=None,
    )


def searched(
    given: Plan,
    bounds: Iterable[int | None],
    tolerances: Iterable[int] | None = None,
    **fields: Any,
) -> Plan:
    """The plan with these bounds, said to come from a search."""
    bounds = tuple(bounds)
    loose = (0,) * len(bounds) if tolerances is None else tuple(tolerances)
    goals = tuple(
        Goal(name=goal.name, value=goal.value, bound=bound, tolerance=tolerance)
        for goal, bound, tolerance in zip(
            given.outcome.goals, bounds, loose, strict=True
        )
    )
    said = given.outcome.model_copy(
        update={"goals": goals, "bound": bounds[-1], "proof": "search", **fields}
    )
    return given.model_copy(update={"outcome": said})
