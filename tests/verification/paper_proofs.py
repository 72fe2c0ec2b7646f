"""Four tiny problems with their best plans and proofs worked out on paper; the arithmetic stands beside
each.
"""

from __future__ import annotations

from handmade import certificate, plan

import matchkit.model as m
from matchkit.plan import Plan, Terms

NAMES = ("tier 1", "tier 2", "weight")
ONLY = m.Objective(skill_fit=0, distance=0, familiarity=0, previous=0)


def contended() -> tuple[m.Problem, Plan]:
    """One person, two needs: tier 1 (worth 30) wins over tier 2 (worth 70).

    Q2 stays empty, so its price is -1 in goal tier 2; R earns there (0, 1, 70), hence at Q1 also: V(Q1) = (0,
    -1, -40). Bound: R gives (0, 1, 70), Q1 gives (1, 0, 0) + (0, -1, -40), Q2 gives (0, 1, 0) + (0, -1, 0) =
    0: (1, 0, 30).
    """
    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[m.Resource(id="R", unit="U")],
        demands=[
            m.Demand(
                id="D1", community="C", weight=30, requirements=[m.Requirement(id="Q1")]
            ),
            m.Demand(
                id="D2",
                community="C",
                weight=70,
                tier=2,
                requirements=[m.Requirement(id="Q2")],
            ),
        ],
        objective=ONLY,
    )
    proof = certificate(
        NAMES, (1, 0, 30), {"R": (0, 1, 70)}, {"Q1": (0, -1, -40), "Q2": (0, -1, 0)}
    )
    return problem, plan(
        problem,
        {("R", "Q1"): 1},
        {("R", "Q1"): Terms(importance=30)},
        NAMES,
        (1, 0, 30),
        proof,
        0.0,
    )


def capped() -> tuple[m.Problem, Plan]:
    """Two people of U, of which one may go; Q wants two, at least one; A wishes for it (+5).

    Goals: tier 1 minimum, tier 1, weight. Best: A alone, (1, 0, 15). The cap of U binds: one more would fill
    the rest of Q, where only B is left: U(U) = (0, 1, 10). Nothing else is scarce beyond the cap: U(A) = U(U)
    + (0, 0, 5) with A's own capacity used, U(B) = U(U), V(Q) = (0, -1, 0). Bound: U gives 1 * (0, 1, 10), A
    gives (0, 0, 5), B gives 0, Q's minimum gives (1, 0, 0) + (0, -1, 0), its rest 0.
    """
    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[
            m.Resource(
                id="A", unit="U", preferences=[m.Preference(category="x", points=5)]
            ),
            m.Resource(id="B", unit="U"),
        ],
        demands=[
            m.Demand(
                id="D",
                community="C",
                weight=10,
                category="X",
                requirements=[m.Requirement(id="Q", wanted=2, minimum=1)],
            )
        ],
        rules=[m.ReserveShare(unit="U", percent=50), m.UnitCap(unit="U", most=2)],
        objective=ONLY,
    )
    names = ("tier 1 minimum", "tier 1", "weight")
    prices = {"A": (0, 1, 15), "B": (0, 1, 10)}
    proof = certificate(names, (1, 0, 15), prices, {"Q": (0, -1, 0)}, {"U": (0, 1, 10)})
    return problem, plan(
        problem,
        {("A", "Q"): 1},
        {("A", "Q"): Terms(importance=10, preference=5)},
        names,
        (1, 0, 15),
        proof,
        0.0,
    )


def locked() -> tuple[m.Problem, Plan]:
    """A lock makes the worse choice: B (worth 10) is locked on Q, which wants one, though A would be worth
    15.

    The lock earns (1, 10); Q is used up and needs no price; A is free and idle: 0. Bound (1, 10).
    """
    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[
            m.Resource(
                id="A", unit="U", preferences=[m.Preference(category="x", points=5)]
            ),
            m.Resource(id="B", unit="U"),
        ],
        demands=[
            m.Demand(
                id="D",
                community="C",
                weight=10,
                category="X",
                requirements=[m.Requirement(id="Q")],
            )
        ],
        rules=[
            m.Lock(resource="B", requirement="Q"),
            m.CommunityCap(community="C", most=1),
        ],
        objective=ONLY,
    )
    names = ("tier 1", "weight")
    proof = certificate(names, (1, 10), {"A": (0, 0)}, {}, {}, {"C": (0, 0)})
    return problem, plan(
        problem,
        {("B", "Q"): 1},
        {("B", "Q"): Terms(importance=10)},
        names,
        (1, 10),
        proof,
        0.0,
    )


def stock() -> tuple[m.Problem, Plan]:
    """A stock of 5 and a person at a requirement for 6 of kind any: the stock's pair is full at 5.

    Prices 0 leave the pair (worth 8) above them, which only a pair at its own capacity may be: it adds 5 * 8.
    Q's price is 0, so its six slots add (6, 0). Bound (6, 40), while the plan reaches (5, 40): a gap of (6 -
    5) / 6.
    """
    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[
            m.Resource(id="S", unit="U", kind="any", divisible=True, capacity=5)
        ],
        demands=[
            m.Demand(
                id="D",
                community="C",
                weight=8,
                requirements=[m.Requirement(id="Q", kind="any", wanted=6)],
            )
        ],
        objective=ONLY,
    )
    names = ("tier 1", "weight")
    proof = certificate(names, (6, 40), {"S": (0, 0)}, {"Q": (0, 0)})
    return problem, plan(
        problem,
        {("S", "Q"): 5},
        {("S", "Q"): Terms(importance=8)},
        names,
        (5, 40),
        proof,
        1 / 6,
    )


ALL = [contended, capped, locked, stock]
