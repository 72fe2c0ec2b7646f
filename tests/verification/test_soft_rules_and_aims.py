"""What soft rules, activation costs, aims and searches add to a plan's account, each by hand."""

from __future__ import annotations

from typing import Any

import pinned
import pytest
from handmade import certificate, changed, window
from ruled import ONLY, PEOPLE, STOCK, kept, searched, valley, who

import matchkit.model as m
from matchkit.plan import Goal, Payment, Plan
from matchkit.verification.checks import check_certificate, verify


def found(problem: m.Problem, plan: Plan) -> set[str]:
    return {violation.rule for violation in verify(problem, plan).violations}


# ── Soft rules
# ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_a_tier_is_broken_by_is_a_goal_right_after_that_tier() -> None:
    """A is 60 minutes and two pairs beyond; 3 units lack a lock. Nothing is taken from the weight."""
    problem = valley(
        m.HoursBudget(resource="A", minutes=60, soft=m.Soft(tier=2)),
        m.UnitCap(unit="U1", most=0, soft=m.Soft(tier=2)),
        m.Lock(resource="S", requirement="Q6", quantity=3, soft=m.Soft(tier=1)),
    )
    paid = [
        Payment(rule="hours_budget A", amount=60, paid=0, tier=2),
        Payment(rule="unit_cap U1", amount=2, paid=0, tier=2),
        Payment(rule="lock S Q6", amount=3, paid=0, tier=1),
    ]
    plan = kept(problem, who("A 1", "B 4"), paid=paid)
    names = {goal.name: goal.value for goal in plan.outcome.goals}
    assert list(names) == [
        "tier 1 minimum",
        "tier 1",
        "tier 1 broken",
        "tier 2 broken",
        "weight",
    ]
    assert names == {
        "tier 1 minimum": 0,
        "tier 1": 2,
        "tier 1 broken": -3,
        "tier 2 broken": -62,
        "weight": 200,
    }
    assert verify(problem, plan).violations == ()


def test_the_tier_of_a_rule_that_is_kept_is_a_goal_all_the_same() -> None:
    problem = valley(m.UnitCap(unit="U1", most=9, soft=m.Soft(tier=3)))
    plan = kept(problem, who("A 1"))
    assert [goal.name for goal in plan.outcome.goals][-2:] == [
        "tier 3 broken",
        "weight",
    ]
    assert verify(problem, plan).violations == ()


@pytest.mark.parametrize(
    "wrong",
    [{"tier": None}, {"tier": 1}, {"paid": 1}, {"amount": 1}, {"rule": "unit_cap U2"}],
)
def test_a_payment_with_one_wrong_field_is_refused(wrong: dict[str, Any]) -> None:
    problem = valley(m.UnitCap(unit="U1", most=0, soft=m.Soft(tier=2)))
    right = Payment(rule="unit_cap U1", amount=2, paid=0, tier=2)
    plan = kept(problem, who("A 1", "B 4"), paid=[right])
    assert found(problem, plan) == set()
    assert "payments" in found(
        problem, changed(plan, payments=(changed(right, **wrong),))
    )


@pytest.mark.parametrize("times", [0, 2])
def test_a_payment_stands_once(times: int) -> None:
    problem = valley(m.UnitCap(unit="U1", most=0, soft=m.Soft(tier=2)))
    right = Payment(rule="unit_cap U1", amount=1, paid=0, tier=2)
    plan = kept(problem, who("A 1"), paid=[right])
    assert found(problem, changed(plan, payments=(right,) * times)) == {"payments"}


def test_two_rules_of_one_label_are_both_paid() -> None:
    rule = m.UnitCap(unit="U1", most=0, soft=m.Soft(price=5))
    problem = valley(rule, rule)
    one = Payment(rule="unit_cap U1", amount=1, paid=5)
    assert found(problem, kept(problem, who("A 1"), paid=[one, one])) == set()
    assert found(problem, kept(problem, who("A 1"), paid=[one])) == {
        "payments",
        "goals",
        "value",
    }


def test_a_rule_that_may_be_no_worse_allows_what_the_previous_pairs_break_it_by() -> (
    None
):
    """The previous pairs of U1 are A1 and B4: two units; with E4 of another unit."""
    before = [
        m.PreviousPair(resource=r, requirement=q)
        for r, q in (("A", "Q1"), ("B", "Q4"), ("E", "Q4"))
    ]
    problem = valley(
        m.UnitCap(unit="U1", most=1, soft=m.Soft(no_worse=True)), previous=before
    )
    same = Payment(rule="unit_cap U1", amount=1, paid=0)
    assert found(problem, kept(problem, who("A 4", "B 1"), paid=[same])) == set()
    assert found(problem, kept(problem, who("A 4", "B 1"))) == {"payments"}
    worse = kept(problem, who("A 1", "A 4", "B 1"), paid=[changed(same, amount=2)])
    [violation] = verify(problem, worse).violations
    assert violation.rule == "unit_cap"
    assert "2" in violation.fact
    assert "1" in violation.fact


def test_a_flexible_demand_has_no_time_in_the_previous_plan() -> None:
    """So a budget of minutes that it breaks now is worse than before."""
    before = [m.PreviousPair(resource="A", requirement="Q9")]
    problem = valley(
        m.HoursBudget(resource="A", minutes=80, soft=m.Soft(no_worse=True)),
        previous=before,
    )
    paid = [Payment(rule="hours_budget A", amount=10, paid=0)]
    plan = kept(problem, who("A 9"), paid=paid, starts={"D9": window(8, 9, 5).start})
    assert found(problem, plan) == {"hours_budget"}


@pytest.mark.parametrize(
    "rule", [m.Forbid(resource="S", requirement="Q6"), m.MaxDistance(km=0)]
)
def test_a_pair_that_only_a_soft_rule_is_against_is_eligible(rule: Any) -> None:
    problem = valley(changed(rule, soft=m.Soft(price=1)))
    amount = (
        1 if isinstance(rule, m.Forbid) else 2
    )  # 1,112 m beyond are two begun kilometres
    plan = kept(
        problem,
        who("S 6"),
        paid=[Payment(rule=problem.rules[0].label, amount=amount, paid=amount)],
    )
    assert found(problem, plan) == set()


@pytest.mark.parametrize(
    ("rule", "one", "role", "nodes"),
    [
        (m.Forbid(resource="A", requirement="Q1"), (0, 0), (-1, 0), {}),
        (m.UnitCap(unit="U1", most=0), (1, 100), (-1, 0), {"units": {"U1": (1, 100)}}),
        (
            m.ReserveShare(unit="U1", percent=100),
            (1, 100),
            (-1, 0),
            {"units": {"U1": (1, 100)}},
        ),
        (
            m.CommunityCap(community="C", most=0),
            (0, 0),
            (0, 100),
            {"communities": {"C": (1, 100)}},
        ),
    ],
    ids=lambda value: getattr(value, "rule", ""),
)
def test_prices_prove_nothing_by_a_rule_that_is_soft(
    rule: Any,
    one: tuple[int, int],
    role: tuple[int, int],
    nodes: dict[str, dict[str, tuple[int, ...]]],
) -> None:
    """A could serve Q1 for 100 points, and the hard rule is all that is against it: prices prove a bound of
    0, but not if it is soft.
    """
    person, needed = (
        m.Resource(id="A", unit="U1"),
        m.Demand(id="D1", community="C1", requirements=[m.Requirement(id="Q1")]),
    )
    for soft, proved in (
        (None, True),
        (m.Soft(price=1), False),
        (m.Soft(tier=1), False),
        (m.Soft(no_worse=True), False),
    ):
        problem = valley(changed(rule, soft=soft), resources=[person], demands=[needed])
        more = (
            (0,) if soft is not None and soft.tier else ()
        )  # the goal of what is broken stands before the weight
        long = {
            name: (price[0], *more, price[1])
            for name, price in {"A": one, "Q1": role}.items()
        }
        capped = {
            group: {name: (a, *more, b) for name, (a, b) in prices.items()}
            for group, prices in nodes.items()
        }
        names = ("tier 1", *("tier 1 broken" for _ in more), "weight")
        proof = certificate(
            names, (0, *more, 0), {"A": long["A"]}, {"Q1": long["Q1"]}, **capped
        )
        plan = changed(kept(valley(demands=[needed]), {}), certificate=proof)
        assert check_certificate(problem, plan).ok is proved, soft


# ── Activation
# ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_resource_in_use_pays_its_activation_once() -> None:
    """A serves two demands and costs 30; B would cost 40, but is not used; E costs nothing."""
    dear = [changed(r, activation={"A": 30, "B": 40}.get(r.id, 0)) for r in PEOPLE]
    problem = valley(resources=[*dear, *STOCK])
    right = Payment(rule="activation A", amount=1, paid=30)
    plan = kept(problem, who("A 1", "A 4", "E 1"), paid=[right])
    assert plan.outcome.value == 270
    assert found(problem, plan) == set()
    for paid in (
        [],
        [right, right],
        [right, Payment(rule="activation B", amount=1, paid=40)],
        [changed(right, paid=29)],
    ):
        assert found(problem, kept(problem, who("A 1", "A 4", "E 1"), paid=paid)) == {
            "payments",
            "goals",
            "value",
        }, paid
        assert found(problem, changed(plan, payments=tuple(paid))) == {"payments"}, paid


def test_labels_from_outside_are_not_repeated() -> None:
    problem = valley()
    plan = changed(
        kept(problem, who("A 1")),
        payments=(Payment(rule="call 13900000000", amount=1, paid=0),),
    )
    [violation] = verify(problem, plan).violations
    assert violation.rule == "payments"
    assert "139" not in str(violation)


# ── Starts, loads
# ─────────────────────────────────────────────────────────────────────────────────────────────────────


def started(
    hour: int | None, minute: int = 0, *pairs: str, **more: Any
) -> tuple[m.Problem, Plan]:
    """A (and others) at D9: 90 minutes from 08 to 14 on 5 May, every full hour."""
    problem = valley(**more)
    start = (
        None if hour is None else window(hour, hour + 1, 5).start.replace(minute=minute)
    )
    return problem, kept(
        problem, who("A 9", *pairs), starts={} if start is None else {"D9": start}
    )


@pytest.mark.parametrize(
    ("hour", "minute", "fine"),
    [
        (8, 0, True),
        (11, 0, True),
        (12, 0, True),
        (12, 30, False),
        (13, 0, False),
        (7, 0, False),
        (None, 0, False),
    ],
)
def test_a_flexible_demand_starts_on_its_grid_and_ends_within_the_united_window(
    hour: int | None, minute: int, fine: bool
) -> None:
    """08 to 12 and 12 to 14 are one window: a start at 11 may run into the second."""
    assert found(*started(hour, minute)) == (set() if fine else {"start"})


def test_all_assignments_to_a_flexible_demand_state_one_start() -> None:
    problem, plan = started(8, 0, "B 9")
    later = tuple(
        changed(a, start=window(9, 10, 5).start) if a.resource == "B" else a
        for a in plan.assignments
    )
    assert found(problem, changed(plan, assignments=later)) == {"start"}


def test_who_is_at_a_flexible_demand_is_busy_from_its_start() -> None:
    """D10, wanted by supplies, is from 08 to 10 on 5 May; here people serve it: 09:00 overlaps, 10:00 does
    not.
    """
    people = tuple(
        changed(
            d, requirements=tuple(changed(q, kind="person") for q in d.requirements)
        )
        if d.id == "D10"
        else d
        for d in valley().demands
    )
    for hour, right in ((9, {"overlap"}), (10, set())):
        assert found(*started(hour, 0, "A 10", demands=people)) == right


@pytest.mark.parametrize(
    ("hour", "fine"), [(8, False), (9, True), (10, True), (11, False)]
)
def test_availability_is_asked_of_the_time_from_the_start(
    hour: int, fine: bool
) -> None:
    """A is free from 09 to 12: 90 minutes fit from 9 and 10, not from 8 and 11."""
    people = [
        changed(r, available=(window(9, 12, 5),)) if r.id == "A" else r for r in PEOPLE
    ]
    assert found(*started(hour, resources=people)) == (set() if fine else {"time"})


def test_who_is_free_at_no_start_is_not_eligible() -> None:
    """From 09:30 to 11:00 lie 90 minutes, but no full hour begins them; without a start that is the only
    reason left.
    """
    free = m.Window(
        start=window(9, 10, 5).start.replace(minute=30), end=window(11, 12, 5).start
    )
    people = [changed(r, available=(free,)) if r.id == "A" else r for r in PEOPLE]
    assert found(*started(None, resources=people)) == {"time", "start"}


def test_a_budget_of_minutes_counts_a_flexible_demand_where_it_starts() -> None:
    """90 minutes from 12:00 UTC on 5 May are 20:00 to 21:30 in Shanghai, and 05:00 in Los Angeles."""
    problem = valley(m.HoursBudget(resource="A", minutes=89))
    assert found(
        problem, kept(problem, who("A 9"), starts={"D9": window(12, 13, 5).start})
    ) == {"hours_budget"}


def loaded(
    uses: list[m.Load], loads: list[m.Load], quantity: int
) -> tuple[m.Problem, Plan]:
    demands = tuple(
        changed(
            d, requirements=tuple(changed(q, uses=tuple(uses)) for q in d.requirements)
        )
        if d.id == "D6"
        else d
        for d in valley().demands
    )
    problem = valley(
        demands=demands, resources=[*PEOPLE, changed(STOCK[0], loads=tuple(loads))]
    )
    return problem, kept(problem, who(f"S 6 {quantity}"))


@pytest.mark.parametrize(("quantity", "fine"), [(3, True), (4, False)])
def test_loads_of_one_dimension_add_up_by_key_and_bound_what_is_carried_in_all(
    quantity: int, fine: bool
) -> None:
    """Each takes 2 + 1 of weight; 4 + 5 can be carried: three."""
    uses = [m.Load(dimension="weight", amount=2), m.Load(dimension="Weight", amount=1)]
    loads = [
        m.Load(dimension="WEIGHT", amount=4),
        m.Load(dimension="weight", amount=5),
        m.Load(dimension="seats", amount=1),
    ]
    assert found(*loaded(uses, loads, quantity)) == (set() if fine else {"load"})


def test_a_dimension_that_is_not_listed_is_0() -> None:
    problem, plan = loaded(
        [m.Load(dimension="seats", amount=1)], [m.Load(dimension="weight", amount=9)], 1
    )
    facts = {
        violation.fact
        for violation in verify(problem, plan).violations
        if violation.rule == "load"
    }
    assert facts == {
        "S cannot carry one unit: 1 of seats > 0",
        pinned.text("violation.load", carried=1, dimension="seats", most=0),
    }
    assert found(*loaded([m.Load(dimension="seats", amount=0)], [], 1)) == set()


# ── Aims, and bounds of a search
# ──────────────────────────────────────────────────────────────────────────────────────

AIMS = (
    m.Aim(
        name="people first",
        parts=(m.Part(measure="minimum", factor=10), m.Part(measure="filled", tier=1)),
        tolerance=2,
    ),
    m.Aim(
        name="few and calm",
        parts=(
            m.Part(measure="resources_used", factor=3),
            m.Part(measure="broken", tier=2),
        ),
    ),
    m.Aim(
        name="all in all",
        parts=(m.Part(measure="weight"), m.Part(measure="broken", factor=5)),
        tolerance=7,
    ),
)


def aimed(**fields: Any) -> tuple[m.Problem, Plan]:
    """A and B at Q8, E at Q1: 2 of the minimum of 2, 1 more; 3 resources; two soft rules broken by 1 and by
    2; weight 300.

    people first: 10 * 2 + 1; few and calm: -3 * 3 - 2; all in all: 300 - 5 * (1 + 2).
    """
    rules = (
        m.UnitCap(unit="U2", most=0, soft=m.Soft(tier=1)),
        m.UnitCap(unit="U1", most=0, soft=m.Soft(tier=2)),
    )
    problem = valley(*rules, objective=changed(ONLY, aims=AIMS))
    paid = (
        Payment(rule="unit_cap U2", amount=1, paid=0, tier=1),
        Payment(rule="unit_cap U1", amount=2, paid=0, tier=2),
    )
    plan = kept(problem, who("A 8", "B 8", "E 1"), paid=paid)
    goals = tuple(
        Goal(name=aim.name, value=value, bound=None, tolerance=aim.tolerance)
        for aim, value in zip(AIMS, (21, -11, 285), strict=True)
    )
    return problem, changed(
        plan, outcome=changed(plan.outcome, goals=goals, value=285, **fields)
    )


def test_aims_are_sums_of_factors_times_measures() -> None:
    assert verify(*aimed()).violations == ()


def test_each_goal_states_the_tolerance_of_its_aim() -> None:
    problem, plan = aimed()
    strict = tuple(changed(goal, tolerance=0) for goal in plan.outcome.goals)
    assert found(
        problem, changed(plan, outcome=changed(plan.outcome, goals=strict))
    ) == {"goals"}


def test_prices_prove_nothing_about_aims() -> None:
    problem, plan = aimed()
    proof = certificate([aim.name for aim in AIMS], (21, -11, 285), {}, {})
    facts = [
        violation.fact
        for violation in verify(problem, changed(plan, certificate=proof)).violations
        if violation.rule == "certificate"
    ]
    assert pinned.text("violation.aims_given") in facts


OPTIMAL: dict[str, Any] = {"status": "optimal", "stopped": "proved", "gap": 0.0}
TOLERANCES = (2, 0, 7)
SEARCHES: list[tuple[str, tuple[int | None, ...], dict[str, Any], set[str]]] = [
    ("all bounds reached", (21, -11, 285), OPTIMAL, set()),
    ("the first within its tolerance", (23, -11, 285), OPTIMAL, set()),
    ("and called feasible only", (23, -11, 285), {"gap": 0.0}, {"status"}),
    ("the first beyond its tolerance", (24, None, None), {"gap": 3 / 24}, set()),
    ("and called optimal", (24, None, None), {**OPTIMAL, "gap": 3 / 24}, {"status"}),
    ("and a bound after it", (24, -11, None), {"gap": 3 / 24}, set()),
    ("and a bound of the last", (24, None, 290), {"gap": 3 / 24}, set()),
    ("and one that is exceeded", (24, -12, None), {"gap": 3 / 24}, {"bound"}),
    (
        "interrupted there",
        (24, None, None),
        {"gap": 3 / 24, "stopped": "interrupted"},
        set(),
    ),
    ("the second not reached", (22, -8, None), {"gap": 3 / 8}, set()),
    ("and another gap", (22, -8, None), {"gap": 0.0}, {"gap"}),
    ("and no gap", (22, -8, None), {}, {"gap"}),
    (
        "nothing comes after the last, so its tolerance gives nothing up",
        (21, -11, 286),
        {"gap": 1 / 286},
        set(),
    ),
    (
        "and so it is not optimal",
        (21, -11, 286),
        {**OPTIMAL, "gap": 1 / 286},
        {"status"},
    ),
    (
        "a bound is missing where all before are reached",
        (21, -11, None),
        {},
        {"bound", "gap"},
    ),
    ("no bound at all", (None, None, None), {}, {"proof", "bound"}),
    ("a bound below its value", (20, -11, 285), OPTIMAL, {"bound", "status"}),
    (
        "the last bound differs from the outcome's",
        (21, -11, 285),
        {**OPTIMAL, "bound": 286},
        {"bound"},
    ),
    (
        "said to rest on prices",
        (21, -11, 285),
        {**OPTIMAL, "proof": "prices"},
        {"proof", "bound", "gap", "status"},
    ),
    (
        "said to rest on nothing",
        (21, -11, 285),
        {**OPTIMAL, "proof": None},
        {"bound", "gap", "status"},
    ),
]


@pytest.mark.parametrize(
    ("bounds", "fields", "right"),
    [row[1:] for row in SEARCHES],
    ids=[row[0] for row in SEARCHES],
)
def test_bounds_of_a_search_fit_values_and_tolerances(
    bounds: tuple[int | None, ...], fields: dict[str, Any], right: set[str]
) -> None:
    problem, plan = aimed()
    said = {"status": "feasible", "stopped": "time_limit", "gap": None, **fields}
    assert found(problem, searched(plan, bounds, TOLERANCES, **said)) == right


def test_a_search_may_prove_the_goals_without_aims_too() -> None:
    problem = valley()
    plan = searched(kept(problem, who("A 1")), (0, 1, 100), **OPTIMAL)
    assert found(problem, plan) == set()
    assert (
        found(
            problem,
            searched(plan, (0, 2, None), gap=0.5, status="feasible", stopped="gap"),
        )
        == set()
    )


def test_a_certificate_is_no_search() -> None:
    problem = valley(demands=[], resources=[])
    names = ("weight",)
    plan = changed(kept(problem, {}), certificate=certificate(names, (0,), {}, {}))
    goals = (Goal(name="weight", value=0, bound=0),)
    for proof, right in (("prices", set()), ("search", {"proof"}), (None, {"proof"})):
        said = changed(
            plan.outcome, goals=goals, value=0, bound=0, proof=proof, **OPTIMAL
        )
        assert found(problem, changed(plan, outcome=said)) == right
