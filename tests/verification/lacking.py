"""Tiny plans that lack something, each with the shortage it has, worked out by hand: one or more for every
cause.

The only weight is a demand's own, 100 points a unit. Windows are hours of 1 May 2026.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from handmade import outcome, shortfalls, window

import matchkit.model as m
from matchkit.answers import causes as c
from matchkit.answers.changes import (
    AddResource,
    AddRule,
    Change,
    ChangeRule,
    RemoveRule,
)
from matchkit.answers.reasons import Reason
from matchkit.answers.shortages import Remedy, Shortage
from matchkit.plan import Assignment, ChosenBy, Goal, Payment, Plan, Terms

ONLY = m.Objective(
    skill_fit=0, distance=0, preference=0, familiarity=0, previous=0, score=0
)


class Lacking(NamedTuple):
    """A problem, its plan, and the right shortage of one requirement."""

    problem: m.Problem
    plan: Plan
    shortage: Shortage


def someone(name: str, unit: str = "U1", **fields: Any) -> m.Resource:
    return m.Resource(id=name, unit=unit, **fields)


def asked(
    name: str, *windows: m.Window, role: Mapping[str, Any] | None = None, **fields: Any
) -> m.Demand:
    """Demand D1 with the requirement Q1, of which one is wanted."""
    return m.Demand(
        **{
            "id": f"D{name}",
            "community": "C1",
            "windows": windows,
            "requirements": [m.Requirement(id=f"Q{name}", **(role or {}))],
            **fields,
        }
    )


def town(
    resources: Iterable[m.Resource],
    demands: Iterable[m.Demand],
    *rules: m.Rule,
    **more: Any,
) -> m.Problem:
    return m.Problem(
        units=[
            m.Unit(id="U"),
            m.Unit(id="U1", parent="U"),
            m.Unit(id="U2", parent="U"),
        ],
        communities=[
            m.Community(id="C"),
            m.Community(id="C1", parent="C"),
            m.Community(id="C2", parent="C"),
        ],
        resources=tuple(resources),
        demands=tuple(demands),
        rules=rules,
        **{"objective": ONLY, **more},
    )


def planned(
    problem: m.Problem,
    quantities: Mapping[str, int],
    goals: Mapping[str, int],
    paid: Iterable[Payment] = (),
    starts: Mapping[str, datetime] | None = None,
) -> Plan:
    """``planned(problem, {"A Q1": 2}, ...)``: two of A at Q1; nothing is proved."""
    pairs = {tuple(text.split()): quantity for text, quantity in quantities.items()}
    entries = tuple(
        Assignment(
            resource=r,
            requirement=q,
            quantity=n,
            weight=100,
            terms=Terms(importance=100),
            start=(starts or {}).get(q),
        )
        for (r, q), n in sorted(pairs.items())
    )
    said = outcome(goals, goals.values(), None, None)
    return Plan(
        assignments=entries,
        shortfalls=shortfalls(problem, pairs),
        payments=tuple(paid),
        outcome=said,
        certificate=None,
    )


def proved(
    plan: Plan, bounds: Iterable[int | None], tolerances: Iterable[int], gap: float
) -> Plan:
    """The plan with these bounds, said to come from a search."""
    goals = tuple(
        Goal(name=goal.name, value=goal.value, bound=bound, tolerance=tolerance)
        for goal, bound, tolerance in zip(
            plan.outcome.goals, bounds, tolerances, strict=True
        )
    )
    optimal = all(goal.bound is not None for goal in goals) and gap == 0.0
    said = {"goals": goals, "bound": goals[-1].bound, "gap": gap, "proof": "search"}
    said |= (
        {"status": "optimal", "stopped": "proved"}
        if optimal
        else {"status": "feasible", "stopped": "time_limit"}
    )
    return plan.model_copy(update={"outcome": plan.outcome.model_copy(update=said)})


def claims(**units: int) -> tuple[c.Claim, ...]:
    return tuple(c.Claim(id=name, units=count) for name, count in units.items())


def steps(*texts: str) -> tuple[c.Step, ...]:
    """``steps("B Q2 Q1", "A Q1")``: B to Q2 away from Q1, then A, who was free, to Q1."""
    return tuple(
        c.Step(
            resource=words[0],
            to=words[1],
            away_from=words[2] if len(words) > 2 else None,
        )
        for words in map(str.split, texts)
    )


def broken(*texts: str) -> tuple[c.Broken, ...]:
    """``broken("overlap 1 A")``: kind, amount, label."""
    return tuple(
        c.Broken(rule=rule, amount=int(amount), label=label)
        for rule, amount, label in (text.split(maxsplit=2) for text in texts)
    )


def newcomer(requirement: str, **fields: Any) -> tuple[Change, ...]:
    """One more resource, set aside for the requirement."""
    return AddResource(resource=someone("new", **fields)), AddRule(
        rule=m.Lock(resource="new", requirement=requirement)
    )


def short(
    requirement: str,
    cause: c.Cause,
    witness: c.Witness,
    changes: Iterable[Change],
    **fields: Any,
) -> Shortage:
    told = {
        "demand": f"D{requirement[1:]}",
        "tier": 1,
        "missing": 1,
        "goal": "tier 1",
        **fields,
    }
    return Shortage(
        requirement=requirement,
        cause=cause,
        witness=witness,
        remedies=together(changes),
        **told,
    )


def together(changes: Iterable[Change]) -> tuple[Remedy, ...]:
    """One remedy of these changes; none where there are none."""
    made = tuple(changes)
    return (Remedy(changes=made),) if made else ()


def nobody() -> Lacking:
    """Q1 asks a cook at level 2. A cooks at 1; B is a hall; C is away at the time and cooks not at all."""
    hours = [window(8, 10)]
    cook = m.SkillLevel(skill="cook", level=2)
    problem = town(
        [
            someone("A", skills=[m.SkillLevel(skill="cook")]),
            someone("B", kind="hall", skills=[cook]),
            someone("C", available=[window(9, 12)]),
        ],
        [asked("1", *hours, role={"skills": [cook]})],
    )
    removed = [("kind", 1, 1), ("skill", 1, 2), ("time", 0, 1)]
    cooks_not = (Reason.of("skill", "level", skill="cook", held=0, asked=2),)
    hours_of_c, hours_asked = (
        "2026-05-01T09:00:00Z/2026-05-01T12:00:00Z",
        "2026-05-01T08:00:00Z/2026-05-01T10:00:00Z",
    )
    away = Reason.of("time", "free", free=(hours_of_c,), window=hours_asked)
    near = {
        "A": (Reason.of("skill", "level", skill="cook", held=1, asked=2),),
        "B": (Reason.of("kind", "kind", kind="hall", needed="person"),),
        "C": (*cooks_not, away),
    }
    witness = c.Funnel(
        resources=3,
        removed=tuple(
            c.Removed(rule=rule, alone=alone, all=both) for rule, alone, both in removed
        ),
        nearest=tuple(
            c.NearMiss(resource=name, reasons=reasons) for name, reasons in near.items()
        ),
    )
    plan = planned(problem, {}, {"tier 1": 0, "weight": 0})
    return Lacking(
        problem,
        plan,
        short("Q1", "nobody_eligible", witness, newcomer("Q1", skills=[cook])),
    )


def alone() -> Lacking:
    """Q1 wants 9 of a stock of 5, of which a lock binds 2 to Q2; and P gives one, all that a person gives one
    requirement.
    """
    kind = {"kind": "person"}
    problem = town(
        [someone("S", capacity=5, divisible=True), someone("P", capacity=3)],
        [
            asked("1", role={"wanted": 9, **kind}),
            asked("2", role={"wanted": 2, "minimum": 2}),
        ],
        m.Lock(resource="S", requirement="Q2", quantity=2),
        m.Forbid(resource="P", requirement="Q2"),
    )
    plan = planned(
        problem,
        {"S Q1": 3, "P Q1": 1, "S Q2": 2},
        {"tier 1 minimum": 2, "tier 1": 4, "weight": 600},
    )
    witness = c.HallSet(
        requirements=claims(Q1=4),
        resources=claims(S=3),
        pairs=(c.PairClaim(resource="P", requirement="Q1", units=1),),
    )
    return Lacking(
        problem, plan, short("Q1", "contention", witness, newcomer("Q1"), missing=5)
    )


def contended() -> Lacking:
    """Q1 could have A if Q2 had B, but then nobody is left for Q3; D is eligible for none of them."""
    problem = town(
        [someone("A"), someone("B"), someone("D", kind="hall")],
        [asked("1"), asked("2"), asked("3"), asked("4", role={"kind": "hall"})],
        *(m.Forbid(resource=r, requirement=q) for r, q in (("B", "Q1"), ("A", "Q3"))),
    )
    plan = planned(
        problem, {"A Q2": 1, "B Q3": 1, "D Q4": 1}, {"tier 1": 3, "weight": 300}
    )
    witness = c.HallSet(requirements=claims(Q2=1, Q3=1), resources=claims(A=1, B=1))
    return Lacking(problem, plan, short("Q1", "contention", witness, newcomer("Q1")))


def outranked() -> Lacking:
    """Q2 of tier 2 could have A, whom Q1 of tier 1 holds, and wants two: it holds one of B."""
    problem = town(
        [someone("A"), someone("B")],
        [asked("1"), asked("2", tier=2, role={"wanted": 2})],
        m.Forbid(resource="B", requirement="Q1"),
    )
    plan = planned(
        problem, {"A Q1": 1, "B Q2": 1}, {"tier 1": 1, "tier 2": 1, "weight": 200}
    )
    witness = c.HallSet(requirements=claims(Q1=1, Q2=1), resources=claims(A=1, B=1))
    return Lacking(
        problem,
        plan,
        short("Q2", "higher_tier", witness, newcomer("Q2"), tier=2, goal="tier 2"),
    )


def capped() -> Lacking:
    """U1 may give 2: A and X are out, B stays at home. X is locked where it is."""
    problem = town(
        [someone("A"), someone("B"), someone("X")],
        [asked("1"), asked("2"), asked("3")],
        m.UnitCap(unit="U1", most=2),
        m.Lock(resource="X", requirement="Q3"),
    )
    plan = planned(problem, {"A Q1": 1, "X Q3": 1}, {"tier 1": 2, "weight": 200})
    witness = c.Blocked(
        steps=steps("B Q2"),
        rules=broken("unit_cap 1 unit_cap U1"),
        hall_set=c.HallSet(requirements=claims(Q1=1), resources=(), units=claims(U1=1)),
    )
    remedy = [ChangeRule(label="unit_cap U1", rule=m.UnitCap(unit="U1", most=3))]
    return Lacking(problem, plan, short("Q2", "limit", witness, remedy))


def reserved() -> Lacking:
    """U2 keeps back half of its 4, and the whole of U a quarter of its 5: 2 and 3 may go. Q1 could have A if
    Q2 took B.
    """
    problem = town(
        [someone("A", capacity=1), someone("B", "U2", capacity=4, divisible=True)],
        [asked("1"), asked("2", role={"wanted": 3})],
        m.ReserveShare(unit="U2", percent=50),
        m.ReserveShare(unit="U", percent=25, id="reserve of all"),
        m.Forbid(resource="B", requirement="Q1"),
        m.Forbid(resource="A", requirement="Q2", id="kept", soft=m.Soft(price=0)),
    )
    plan = planned(
        problem,
        {"A Q2": 1, "B Q2": 2},
        {"tier 1": 3, "weight": 300},
        [Payment(rule="kept", amount=1, paid=0)],
    )
    witness = c.Blocked(
        steps=steps("A Q1 Q2", "B Q2"),
        rules=broken(
            "reserve_share 1 reserve of all", "reserve_share 1 reserve_share U2"
        ),
        hall_set=c.HallSet(
            requirements=claims(Q2=3), resources=claims(A=1), units=claims(U2=2)
        ),
    )
    return Lacking(
        problem,
        plan,
        short(
            "Q1",
            "limit",
            witness,
            [RemoveRule(label="reserve of all"), RemoveRule(label="reserve_share U2")],
        ),
    )


def busy() -> Lacking:
    """A could do two a day, but is at Q1 from 8 to 10 and Q2 lasts from 9 to 11; and the hours of a day are
    3.
    """
    problem = town(
        [someone("A", capacity=2)],
        [asked("1", window(8, 10)), asked("2", window(9, 11))],
        m.HoursBudget(resource="A", minutes=180, per="day"),
    )
    plan = planned(problem, {"A Q1": 1}, {"tier 1": 1, "weight": 100})
    witness = c.Blocked(
        steps=steps("A Q2"),
        rules=broken("hours_budget 60 hours_budget A", "overlap 1 A"),
    )
    return Lacking(problem, plan, short("Q2", "limit", witness, newcomer("Q2")))


def loaded() -> Lacking:
    """The van carries 10 kg; Q1 takes 6 and Q2 needs 6. Two must go to D2, if anybody does, and it
    wants one.
    """
    kilograms = [m.Load(dimension="kg", amount=6)]
    problem = town(
        [
            someone(
                "van",
                divisible=True,
                capacity=9,
                loads=[m.Load(dimension="KG", amount=10)],
            )
        ],
        [asked("1", role={"uses": kilograms}), asked("2", role={"uses": kilograms})],
        m.Team(demand="D2", least=2, most=3),
    )
    plan = planned(problem, {"van Q1": 1}, {"tier 1": 1, "weight": 100})
    witness = c.Blocked(
        steps=steps("van Q2"), rules=broken("load 1 van", "team 1 team D2")
    )
    remedy = [
        RemoveRule(label="team D2"),
        *newcomer("Q2", divisible=True, capacity=1, loads=kilograms),
    ]
    return Lacking(problem, plan, short("Q2", "limit", witness, remedy))


def late() -> Lacking:
    """D1 has begun at 8 with A; B is free from 9, when it might have begun as well."""
    flexible = {
        "minutes": 60,
        "requirements": [m.Requirement(id="Q1"), m.Requirement(id="Q1b")],
    }
    problem = town(
        [someone("A"), someone("B", available=[window(9, 12)])],
        [asked("1", window(8, 12), **flexible)],
        m.Forbid(resource="A", requirement="Q1b"),
    )
    plan = planned(
        problem,
        {"A Q1": 1},
        {"tier 1": 1, "weight": 100},
        starts={"Q1": window(8, 9).start},
    )
    witness = c.Blocked(steps=steps("B Q1b"), rules=broken("time 1 B"))
    return Lacking(
        problem, plan, short("Q1b", "limit", witness, newcomer("Q1b"), demand="D1")
    )


def begun() -> Lacking:
    """Nobody serves D2, which may begin at 8 and every 90 minutes; B is free from 9, so it begins at 9:30 and
    meets D1 till 10.
    """
    problem = town(
        [someone("B", capacity=2, available=[window(9, 14)])],
        [asked("1", window(9, 10)), asked("2", window(8, 12), minutes=60, step=90)],
        m.HoursBudget(minutes=60),
    )
    plan = planned(problem, {"B Q1": 1}, {"tier 1": 1, "weight": 100})
    witness = c.Blocked(
        steps=steps("B Q2"), rules=broken("hours_budget 60 hours_budget", "overlap 1 B")
    )
    return Lacking(problem, plan, short("Q2", "limit", witness, newcomer("Q2")))


def unworthy() -> Lacking:
    """One of U1 counts against tier 1, which comes before tier 2; B costs 30 to use and 100 are earned."""
    problem = town(
        [someone("A", "U2"), someone("B", activation=30)],
        [asked("1"), asked("2", tier=2)],
        m.UnitCap(unit="U1", most=0, soft=m.Soft(tier=1)),
        m.Forbid(resource="B", requirement="Q2", soft=m.Soft(price=7)),
        m.Forbid(resource="A", requirement="Q2"),
    )
    plan = planned(
        problem,
        {"A Q1": 1},
        {"tier 1": 1, "tier 1 broken": 0, "tier 2": 0, "weight": 100},
    )
    goals = {
        "tier 1": (1, 1),
        "tier 1 broken": (0, -1),
        "tier 2": (0, 1),
        "weight": (100, 163),
    }
    witness = c.CostlyChain(
        steps=steps("B Q2"),
        goals=tuple(
            c.GoalBeforeAfter(goal=name, before=before, after=after)
            for name, (before, after) in goals.items()
        ),
        rules=broken("forbid 1 forbid B Q2", "unit_cap 1 unit_cap U1"),
    )
    remedy = [RemoveRule(label="unit_cap U1"), RemoveRule(label="forbid B Q2")]
    return Lacking(
        problem, plan, short("Q2", "soft_rule", witness, remedy, tier=2, goal="tier 2")
    )


def aimless() -> Lacking:
    """The only aim is the weight, and A costs more to use than it earns: no goal counts Q1 as such."""
    objective = ONLY.model_copy(
        update={"aims": (m.Aim(name="worth", parts=(m.Part(measure="weight"),)),)}
    )
    problem = town([someone("A", activation=150)], [asked("1")], objective=objective)
    plan = planned(problem, {}, {"worth": 0})
    witness = c.CostlyChain(
        steps=steps("A Q1"),
        goals=(c.GoalBeforeAfter(goal="worth", before=0, after=-50),),
    )
    return Lacking(
        problem, plan, short("Q1", "soft_rule", witness, newcomer("Q1"), goal=None)
    )


def tolerant() -> Lacking:
    """Filling may be one short of the best, 2, for what is worth more: with B too the plan fills 2 and is
    worth less.
    """
    parts = (m.Part(measure="filled"),), (m.Part(measure="weight"),)
    aims = (
        m.Aim(name="fill", parts=parts[0], tolerance=1),
        m.Aim(name="worth", parts=parts[1]),
    )
    problem = town(
        [someone("A"), someone("B", activation=150)],
        [asked("1"), asked("2")],
        m.Forbid(resource="A", requirement="Q2"),
        objective=ONLY.model_copy(update={"aims": aims}),
    )
    plan = proved(
        planned(problem, {"A Q1": 1}, {"fill": 1, "worth": 100}), (2, 100), (1, 0), 0.0
    )
    goals = (
        c.GoalBeforeAfter(goal="fill", before=1, after=2),
        c.GoalBeforeAfter(goal="worth", before=100, after=50),
    )
    return Lacking(
        problem,
        plan,
        short(
            "Q2",
            "soft_rule",
            c.CostlyChain(steps=steps("B Q2"), goals=goals),
            newcomer("Q2"),
            goal="fill",
        ),
    )


def unfinished() -> Lacking:
    """B is free and eligible: the search stopped before it was sent, with a bound of 2 for tier 1."""
    problem = town([someone("A"), someone("B")], [asked("1"), asked("2")])
    plan = proved(
        planned(problem, {"A Q1": 1}, {"tier 1": 1, "weight": 100}),
        (2, None),
        (0, 0),
        0.5,
    )
    witness = c.NotProven(goal="tier 1", value=1, bound=2, gap=0.5, steps=steps("B Q2"))
    return Lacking(problem, plan, short("Q2", "search_limit", witness, ()))


def unproved() -> Lacking:
    """The same with nothing proved, and no steps known."""
    problem, plan, _ = unfinished()
    bare = planned(problem, {"A Q1": 1}, {"tier 1": 1, "weight": 100})
    assert bare.assignments == plan.assignments
    return Lacking(
        problem,
        bare,
        short(
            "Q2",
            "search_limit",
            c.NotProven(goal="tier 1", value=1, bound=None, gap=None),
            (),
        ),
    )


def left_open() -> Lacking:
    """B is free and eligible, and would take Q1 alone: no pair blocks, and Q2 stays open."""
    first = m.Ranking(by="resource", id="B", of="requirements", ids=("Q1",), ranks=(1,))
    late = m.Ranking(
        by="requirement", id="Q1", of="resources", ids=("A", "B"), ranks=(1, 2)
    )
    problem = town(
        [someone("A"), someone("B")],
        [asked("1"), asked("2")],
        rankings=[first, late],
        objective=ONLY.model_copy(update={"stable": "weak"}),
    )
    plan = planned(problem, {"A Q1": 1}, {"tier 1": 1, "weight": 100})
    chosen = ChosenBy(
        rule="weak",
        proposing="resources",
        among="proposers",
        blocking=0,
        fewest=0,
    )
    outcome = plan.outcome.model_copy(update={"chosen": chosen})
    witness = c.ChosenElsewhere(rule="weak", eligible=2, mutual=1)
    return Lacking(
        problem,
        plan.model_copy(update={"outcome": outcome}),
        short("Q2", "ranks", witness, ()),
    )


EVERY = {
    make.__name__: make
    for make in (
        *(
            nobody,
            alone,
            contended,
            outranked,
            capped,
            reserved,
            busy,
            loaded,
            late,
            begun,
        ),
        *(unworthy, aimless, tolerant, left_open, unfinished, unproved),
    )
}
"""Every case by name."""
