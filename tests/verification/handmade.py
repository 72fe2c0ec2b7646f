"""Plans written by hand: a small street with every kind of record, and builders for tiny instances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import matchkit.model as m
from matchkit.plan import (
    Assignment,
    Certificate,
    Goal,
    Outcome,
    Plan,
    Price,
    Shortfall,
    Terms,
)

Pair = tuple[str, str]


def window(start: int, end: int, day: int = 1) -> m.Window:
    """Hours of a day in May 2026."""
    return m.Window(
        start=datetime(2026, 5, day, start, tzinfo=UTC),
        end=datetime(2026, 5, day, end, tzinfo=UTC),
    )


def outcome(
    names: Iterable[str],
    values: Iterable[int],
    bound: tuple[int, ...] | None,
    gap: float | None,
) -> Outcome:
    names, values = tuple(names), tuple(values)
    proved = bound is not None and bound == values
    return Outcome(
        status="optimal" if proved else "feasible",
        stopped="proved" if proved else "gap" if bound is not None else "no_proof",
        goals=tuple(
            Goal(
                name=name,
                value=value,
                bound=None if bound is None or values[:n] != bound[:n] else bound[n],
            )
            for n, (name, value) in enumerate(zip(names, values, strict=True))
        ),
        value=values[-1],
        bound=None if bound is None or values[:-1] != bound[:-1] else bound[-1],
        gap=gap,
        proof=None if bound is None else "prices",
        engine="hand",
        reason="worked out on paper",
        seed=0,
        versions=(("paper", "1"),),
        digest="0" * 64,
    )


def certificate(
    names: Iterable[str],
    bound: tuple[int, ...],
    resources: Mapping[str, tuple[int, ...]],
    requirements: Mapping[str, tuple[int, ...]],
    units: Mapping[str, tuple[int, ...]] | None = None,
    communities: Mapping[str, tuple[int, ...]] | None = None,
) -> Certificate:
    groups = [
        tuple(Price(id=name, price=price) for name, price in group.items())
        for group in (resources, requirements, units or {}, communities or {})
    ]
    return Certificate(
        goals=tuple(names),
        bound=bound,
        resources=groups[0],
        requirements=groups[1],
        units=groups[2],
        communities=groups[3],
    )


def shortfalls(
    problem: m.Problem, quantities: Mapping[Pair, int]
) -> tuple[Shortfall, ...]:
    """The ledger of a filling, by subtraction."""
    found = []
    for demand in problem.demands:
        for requirement in demand.requirements:
            assigned = sum(
                quantity
                for (_, role), quantity in quantities.items()
                if role == requirement.id
            )
            if assigned < requirement.wanted:
                found.append(
                    Shortfall(
                        requirement=requirement.id,
                        demand=demand.id,
                        tier=demand.tier,
                        wanted=requirement.wanted,
                        minimum=requirement.minimum,
                        assigned=assigned,
                        missing=requirement.wanted - assigned,
                        below_minimum=max(0, requirement.minimum - assigned),
                        eligible=None,
                        reason="contended",
                    )
                )
    return tuple(found)


def plan(
    problem: m.Problem,
    quantities: Mapping[Pair, int],
    terms: Mapping[Pair, Terms],
    names: Iterable[str],
    values: tuple[int, ...],
    proof: Certificate | None = None,
    gap: float | None = None,
) -> Plan:
    assignments = tuple(
        Assignment(
            resource=r,
            requirement=q,
            quantity=quantity,
            weight=sum(terms[r, q].model_dump().values()),
            terms=terms[r, q],
        )
        for (r, q), quantity in sorted(quantities.items())
    )
    said = outcome(names, values, None if proof is None else proof.bound, gap)
    return Plan(
        assignments=assignments,
        shortfalls=shortfalls(problem, quantities),
        outcome=said,
        certificate=proof,
    )


def changed(record: Any, **fields: Any) -> Any:
    """A copy of a record with other values; model_copy does not validate, as a forger would not."""
    return record.model_copy(update=fields)


def edited(given: Plan, resource: str, requirement: str, /, **fields: Any) -> Plan:
    """The plan with one assignment changed."""
    entries = tuple(
        changed(a, **fields)
        if (a.resource, a.requirement) == (resource, requirement)
        else a
        for a in given.assignments
    )
    assert entries != given.assignments
    return changed(given, assignments=entries)


# ── The street: every weight below is worked out in the comments beside it
# ─────────────────────────────────────────────
HERE = m.Place(lat=36.06, lon=103.83)
NORTH = m.Place(
    lat=36.07, lon=103.83
)  # 0.01 degrees: 6371008.8 * pi / 180 * 0.01 = 1111.95, so 1112 m and -11 points
FAR = m.Place(lat=36.26, lon=103.83)  # 0.2 degrees: 22239 m

STREET_NAMES = ("tier 1 minimum", "tier 1", "tier 2", "weight")


def street(**more: Any) -> m.Problem:
    """Two units under one, two communities under one, and spare resources that each break one rule."""
    person = {"unit": "U1", "place": HERE}
    fields: dict[str, Any] = {
        "units": [
            m.Unit(id="U"),
            m.Unit(id="U1", parent="U"),
            m.Unit(id="U2", parent="U"),
        ],
        "communities": [
            m.Community(id="C"),
            m.Community(id="C1", parent="C", place=HERE),
            m.Community(id="C2", parent="C"),
        ],
        "skills": [
            m.Skill(name="nursing", aliases=["护理"], parents=["care"]),
            m.Skill(name="care"),
        ],
        "resources": [
            m.Resource(
                id="R1",
                unit="U1",
                capacity=2,
                skills=[m.SkillLevel(skill="ＮＵＲＳＩＮＧ", level=3)],
                place=NORTH,
                home="C1",
                available=[window(8, 11), window(11, 18)],
            ),
            m.Resource(
                id="R2",
                unit="U1",
                skills=[m.SkillLevel(skill="护理", level=2), m.SkillLevel(skill="law")],
                familiar=["C"],
            ),
            m.Resource(
                id="R8",
                skills=[m.SkillLevel(skill="Law")],
                preferences=[m.Preference(category="CHECK-UP", points=7)],
                **person,
            ),
            m.Resource(id="S1", unit="U2", kind="Supplies", capacity=10),
            m.Resource(id="empty", capacity=0, **person),
            m.Resource(id="venue", kind="venue", **person),
            m.Resource(id="online", mode="online", **person),
            m.Resource(id="late", available=[window(9, 18)], **person),
            m.Resource(id="far", unit="U1", place=FAR),
            m.Resource(id="banned", **person),
        ],
        "demands": [
            m.Demand(
                id="D1",
                community="C1",
                category="check-up",
                windows=[window(8, 12)],
                requirements=[
                    m.Requirement(
                        id="Q1",
                        skills=[m.SkillLevel(skill="Nursing", level=2)],
                        wanted=2,
                        minimum=1,
                    ),
                    m.Requirement(id="Q2"),
                ],
            ),
            m.Demand(
                id="D2",
                community="C2",
                tier=2,
                weight=80,
                mode="online",
                windows=[window(11, 14)],
                requirements=[
                    m.Requirement(
                        id="Q3",
                        skills=[
                            m.AnyOf(
                                any_of=[
                                    m.SkillLevel(skill="law"),
                                    m.SkillLevel(skill="care", level=2),
                                ]
                            )
                        ],
                    )
                ],
            ),
            m.Demand(
                id="D3",
                community="C2",
                tier=2,
                weight=50,
                requirements=[m.Requirement(id="Q4", kind="supplies", wanted=5)],
            ),
        ],
        "previous": [m.PreviousPair(resource="R1", requirement="Q1")],
        "rules": [
            m.Forbid(resource="banned", requirement="Q2"),
            m.MaxDistance(km=20),
            m.Lock(resource="R1", requirement="Q1"),
            m.UnitCap(unit="U1", most=3),
            m.CommunityCap(community="C", most=8),
            m.ReserveShare(unit="U2", percent=50),
            m.HoursBudget(resource="R1", minutes=240),
            m.Team(demand="D1", least=2, most=3),
        ],
    }
    rules = [*fields["rules"], *more.pop("rules", ())]
    return m.Problem(**{**fields, **more, "rules": rules})


STREET_QUANTITIES = {("R1", "Q1"): 1, ("R2", "Q3"): 1, ("R8", "Q2"): 1, ("S1", "Q4"): 5}
# Rarity of law: wanted 1 (Q3), held by R2 and R8: 10 * 1 // 2 = 5.
STREET_TERMS = {
    # surplus 3 - 2 = 1: 100 - 10; nothing idle; 1112 m; at home; in the previous plan
    ("R1", "Q1"): Terms(
        importance=100, skill_fit=90, distance=-11, familiarity=50, previous=50
    ),
    # law 1 - 1 and nursing (a kind of care) 2 - 2: surplus 0; both serve the need; online; C2 lies in
    # familiar C
    ("R2", "Q3"): Terms(importance=80, skill_fit=100, familiarity=25),
    # no need, law idle: 100 - 5; on the spot; the category is wished for
    ("R8", "Q2"): Terms(importance=100, skill_fit=95, preference=7),
    ("S1", "Q4"): Terms(importance=50, skill_fit=100),
}
# Minimum 1 of Q1; Q2's one (Q1 has none beyond its minimum); Q3's one and five of Q4; 279 + 205 + 202 + 5 *
# 150.
STREET_VALUES = (1, 1, 6, 1436)


def street_plan(problem: m.Problem | None = None) -> Plan:
    return plan(
        problem or street(),
        STREET_QUANTITIES,
        STREET_TERMS,
        STREET_NAMES,
        STREET_VALUES,
    )
