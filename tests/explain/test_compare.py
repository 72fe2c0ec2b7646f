"""What changed from one plan to another: by hand, and against sums written out here over random problems."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pinned
import pytest
from by_hand import demand, need, problem, resource, window
from rule_problems import rule_problem

import matchkit as mk
from matchkit.answers.apply import apply_changes
from matchkit.answers.base import table, width
from matchkit.answers.changes import RemoveDemand, RemoveResource
from matchkit.answers.comparison import Comparison, Figure, figure
from matchkit.errors import ContradictionError, InputError
from matchkit.explain.compare import compare
from matchkit.plan import Plan, Terms

SEEDS = range(0, 400, 8)


def solved(*seeds: int) -> list[tuple[mk.Problem, Plan]]:
    found = []
    for seed in seeds:
        given = rule_problem(seed)
        try:
            found.append((given, mk.solve(given)))
        except ContradictionError:
            continue
    return found


@pytest.fixture(scope="module")
def cases() -> list[tuple[mk.Problem, mk.Problem, Plan, Plan]]:
    """Problems, each with a resource less (by turns a demand), and the best plans of both."""
    found = []
    for place, (given, plan) in enumerate(solved(*SEEDS)):
        records = given.resources if place % 2 else given.demands
        if not records:
            continue
        less = (
            RemoveResource(resource=records[0].id)
            if place % 2
            else RemoveDemand(demand=records[0].id)
        )
        other = apply_changes(given, [less])
        try:
            found.append((given, other, plan, mk.solve(other)))
        except ContradictionError:
            continue
    assert len(found) > 35
    return found


def two_people() -> tuple[mk.Problem, mk.Problem]:
    """R1 serves Q1 (tier 1) or Q2 (tier 2, of which one is a minimum); R2 comes only in the second
    problem.
    """
    demands = [
        demand("D1", need("Q1"), weight=10),
        demand("D2", need("Q2", wanted=3, minimum=1), tier=2, weight=5, community="C2"),
    ]
    more = {
        "objective": mk.Objective(skill_fit=0),
        "communities": [mk.Community(id="C1"), mk.Community(id="C2")],
    }
    one = problem([resource("R1", home="C1")], demands, **more)
    return one, problem(
        [resource("R1", home="C1"), resource("R2", activation=7)], demands, **more
    )


def test_by_hand() -> None:
    """R1 alone fills Q1 for 10 + 50. With R2 it still does, and R2 gives Q2 its minimum for 5, less 7 for
    being used.
    """
    one, two = two_people()
    found = compare(one, mk.solve(one), mk.solve(two), problem_after=two)
    assert {
        term.term: (term.before, term.after, term.difference)
        for term in found.terms
        if term.after
    } == {
        "importance": (10, 15, 5),
        "familiarity": (50, 50, 0),
    }
    assert (
        found.paid == figure(0, 7)
        and found.weight == figure(60, 58)
        and found.slots == figure(1, 2)
    )
    assert [(g.name, g.before, g.after, g.difference) for g in found.goals] == [
        ("tier 1", 1, 1, 0),
        ("tier 2 minimum", 0, 1, 1),
        ("tier 2", 0, 0, 0),
        ("weight", 60, 58, -2),
    ]
    first, second = found.tiers
    assert (
        first.tier,
        first.filled_minimum,
        first.filled_rest,
        first.missing_rest,
    ) == (
        1,
        figure(0, 0),
        figure(1, 1),
        figure(0, 0),
    )
    assert (second.filled_minimum, second.missing_minimum, second.missing_rest) == (
        figure(0, 1),
        figure(1, 0),
        figure(2, 2),
    )
    assert [
        (pair.resource, pair.requirement, pair.before, pair.after) for pair in found.new
    ] == [("R2", "Q2", 0, 1)]
    assert (found.gone, found.moved, found.kept) == ((), (), 1)
    [gain] = found.requirements
    assert (gain.id, gain.demand, gain.tier, gain.difference) == ("Q2", "D2", 2, 1)
    assert [
        (one.id, one.difference)
        for one in (*found.demands, *found.communities, *found.units, *found.resources)
    ] == [
        ("D2", 1),
        ("C2", 1),
        ("U1", 1),
        ("R2", 1),
    ]
    [payment] = found.payments
    assert (payment.rule, payment.amount, payment.paid) == (
        "activation R2",
        figure(0, 1),
        figure(0, 7),
    )
    assert (
        found.line()
        == "0 pairs gone, 1 new, 0 changed; 2 units assigned (+1); tier 2 minimum: 0 -> 1 (+1)"
    )
    assert (
        found.line("zh")
        == "减少 0 个配对，新增 1 个，变动 0 个；共安排 2（+1）；第 2 级最低名额：0 → 1（+1）"
    )
    assert not found.same


def test_another_start_and_another_quantity_are_changes_of_a_pair() -> None:
    given = problem(
        [resource("R1"), resource("S1", kind="supplies", capacity=5)],
        [
            demand("D1", need("Q1"), windows=[window(5, 8, 12)], minutes=60),
            demand("D2", need("Q2", kind="supplies", wanted=5)),
        ],
    )
    plan = mk.solve(given)
    data = plan.model_dump()
    for entry in data["assignments"]:
        if entry["resource"] == "R1":
            entry["start"] = datetime(2026, 5, 5, 10, tzinfo=UTC)
        else:
            entry["quantity"] = 2
    found = compare(given, plan, Plan.model_validate(data))
    assert [
        (pair.resource, pair.before, pair.after, pair.start_after)
        for pair in found.moved
    ] == [
        ("R1", 1, 1, datetime(2026, 5, 5, 10, tzinfo=UTC)),
        ("S1", 5, 2, None),
    ]
    assert (found.gone, found.new, found.kept) == ((), (), 0)
    assert (
        "  R1 for Q1, start 2026-05-05 08:00 UTC -> 2026-05-05 10:00 UTC"
        in found.text().splitlines()
    )
    assert "  S1 for Q2: 5 -> 2" in found.text().splitlines()


def test_terms_less_payments_add_up_to_the_weight_and_to_the_goal(
    cases: list[Any],
) -> None:
    compared_with_the_goal = 0
    for given, other, before, after in cases:
        found = compare(given, before, after, problem_after=other)
        for side, plan in (("before", before), ("after", after)):
            told = sum(getattr(term, side) for term in found.terms) - getattr(
                found.paid, side
            )
            assert told == getattr(found.weight, side)
            if not given.objective.aims:
                compared_with_the_goal += 1
                assert told == plan.outcome.value
        assert (
            sum(term.difference for term in found.terms) - found.paid.difference
            == found.weight.difference
        )
        for term in found.terms:
            for side, plan in ((term.before, before), (term.after, after)):
                assert side == sum(
                    entry.quantity * getattr(entry.terms, term.term)
                    for entry in plan.assignments
                )
    assert compared_with_the_goal > 30
    assert [term.term for term in found.terms] == list(Terms.model_fields)


def test_the_pairs_that_changed_lead_from_one_plan_to_the_other(
    cases: list[Any],
) -> None:
    seen: Counter[str] = Counter()
    for given, other, before, after in cases:
        found = compare(given, before, after, problem_after=other)
        pairs = {
            (e.resource, e.requirement): (e.quantity, e.start)
            for e in before.assignments
        }
        for pair in found.gone:
            assert (
                pairs.pop((pair.resource, pair.requirement))
                == (pair.before, pair.start_before)
                and pair.after == 0
            )
        for pair in found.moved:
            assert pairs[pair.resource, pair.requirement] == (
                pair.before,
                pair.start_before,
            )
            pairs[pair.resource, pair.requirement] = (pair.after, pair.start_after)
        for pair in found.new:
            assert (pair.resource, pair.requirement) not in pairs and pair.before == 0
            pairs[pair.resource, pair.requirement] = (pair.after, pair.start_after)
        assert pairs == {
            (e.resource, e.requirement): (e.quantity, e.start)
            for e in after.assignments
        }
        seen.update(
            gone=len(found.gone),
            new=len(found.new),
            moved=len(found.moved),
            kept=found.kept,
        )
    assert min(seen[name] for name in ("gone", "new", "kept")) > 5, seen


def test_who_gains_and_who_loses_is_counted_as_the_plans_say(cases: list[Any]) -> None:
    for given, other, before, after in cases:
        found = compare(given, before, after, problem_after=other)
        sums = {
            name: Counter[str]()
            for name in ("requirements", "demands", "communities", "units", "resources")
        }
        for sign, plan, of in ((-1, before, given), (1, after, other)):
            places = {q.id: d for d in of.demands for q in d.requirements}
            unit = {r.id: r.unit for r in of.resources}
            for entry in plan.assignments:
                place = places[entry.requirement]
                ids = (
                    entry.requirement,
                    place.id,
                    place.community,
                    unit[entry.resource],
                    entry.resource,
                )
                for name, key in zip(sums, ids, strict=True):
                    sums[name][key] += sign * entry.quantity
        for name, total in sums.items():
            told = getattr(found, name)
            assert {one.id: one.difference for one in told} == {
                key: amount for key, amount in total.items() if amount
            }
            assert [one.id for one in told] == sorted(one.id for one in told)


def test_tiers_are_filled_and_missing_as_the_goals_and_shortfalls_say(
    cases: list[Any],
) -> None:
    for given, other, before, after in cases:
        found = compare(given, before, after, problem_after=other)
        by_tier = {tier.tier: tier for tier in found.tiers}
        bare = {tier.tier: tier for tier in compare(None, before, after).tiers}
        for side, plan, of in (("before", before, given), ("after", after, other)):
            for tier, told in by_tier.items():
                lacks = [lack for lack in plan.shortfalls if lack.tier == tier]
                below = sum(lack.below_minimum for lack in lacks)
                rest = sum(lack.missing for lack in lacks) - below
                assert (
                    getattr(told.missing_minimum, side),
                    getattr(told.missing_rest, side),
                ) == (
                    below,
                    rest,
                )
                if tier in bare:
                    assert (
                        getattr(bare[tier].missing_minimum, side),
                        getattr(bare[tier].missing_rest, side),
                    ) == (below, rest)
                    assert (
                        bare[tier].filled_minimum is None
                        and bare[tier].filled_rest is None
                    )
                if not of.objective.aims:
                    goals = {goal.name: goal.value for goal in plan.outcome.goals}
                    filled = (
                        getattr(told.filled_minimum, side),
                        getattr(told.filled_rest, side),
                    )
                    assert filled == (
                        goals.get(f"tier {tier} minimum", 0),
                        goals.get(f"tier {tier}", 0),
                    )


def test_payments_that_changed(cases: list[Any]) -> None:
    seen = 0
    for given, other, before, after in cases:
        totals: Counter[tuple[str, str]] = Counter()
        for sign, plan in ((-1, before), (1, after)):
            for payment in plan.payments:
                totals[payment.rule, "amount"] += sign * payment.amount
                totals[payment.rule, "paid"] += sign * payment.paid
        told: Counter[tuple[str, str]] = Counter()
        for payment in compare(given, before, after, problem_after=other).payments:
            assert payment.amount.difference or payment.paid.difference
            told[payment.rule, "amount"] += payment.amount.difference
            told[payment.rule, "paid"] += payment.paid.difference
        assert {k: v for k, v in totals.items() if v} == {
            k: v for k, v in told.items() if v
        }
        seen += bool(told)
    assert seen > 5


def test_a_plan_compared_with_itself_is_the_same(cases: list[Any]) -> None:
    for given, other, before, after in cases:
        found = compare(given, before, before)
        assert (
            found.same
            and found.line()
            == pinned.text("comparison.same", kept=len(before.assignments))
            and not found.new + found.gone + found.moved
        )
        found = compare(given, before, after, problem_after=other)
        assert not found.same or (before.assignments, before.outcome.goals) == (
            after.assignments,
            after.outcome.goals,
        )


def test_every_comparison_comes_back_from_its_json_and_is_told_in_both_languages(
    cases: list[Any],
) -> None:
    for given, other, before, after in cases[:20]:
        found = compare(given, before, after, problem_after=other)
        assert Comparison.model_validate_json(found.to_json()) == found
        english, chinese = found.text().splitlines(), found.text("zh").splitlines()
        assert (english[0], chinese[0]) == (found.line(), found.line("zh"))
        assert len(english) == len(chinese)


def test_without_a_problem_only_what_the_plans_say_is_told() -> None:
    one, two = two_people()
    found = compare(None, mk.solve(one), mk.solve(two))
    assert (found.demands, found.communities, found.units) == (None, None, None)
    assert [(one.id, one.difference) for one in found.resources] == [("R2", 1)]
    assert [(one.id, one.demand, one.tier) for one in found.requirements] == [
        ("Q2", "D2", 2)
    ]  # from its shortfall


def test_a_goal_that_only_one_plan_has_stands_in_its_place_without_a_difference() -> (
    None
):
    one, _ = two_people()
    less = apply_changes(one, [RemoveDemand(demand="D1")])
    goals = compare(one, mk.solve(one), mk.solve(less), problem_after=less).goals
    assert [(g.name, g.before, g.after, g.difference) for g in goals] == [
        ("tier 1", 1, None, None),
        ("tier 2 minimum", 0, 1, 1),
        ("tier 2", 0, 0, 0),
        ("weight", 60, 5, -55),
    ]


def test_a_plan_of_another_problem_is_refused_with_all_its_unknown_ids() -> None:
    one, two = two_people()
    with pytest.raises(InputError) as caught:
        compare(one, mk.solve(two), mk.solve(one))
    assert str(caught.value) == "\n".join(
        [
            pinned.text("fault.input", count=1),
            "  "
            + pinned.line(
                "before.assignments[1]",
                "compare.not_in_problem.resource",
                "plan.not_in_problem.do",
                id="R2",
            ),
        ]
    )


def test_terms_that_do_not_add_up_are_refused() -> None:
    one, _ = two_people()
    plan = mk.solve(one)
    data = plan.model_dump()
    data["assignments"][0]["terms"]["score"] = 1
    with pinned.raises(InputError, "compare.terms", about="after.assignments[0]"):
        compare(None, plan, Plan.model_validate(data))


def test_what_is_no_plan_or_problem_is_refused() -> None:
    one, _ = two_people()
    plan = mk.solve(one)
    with pytest.raises(InputError) as caught:
        compare("b", "a", plan, problem_after=3)  # type: ignore[arg-type]
    assert [fault.where for fault in caught.value.complaints] == [
        "before",
        "problem",
        "problem_after",
    ]
    with pinned.raises(InputError, "compare.problem", about="problem"):
        compare(None, plan, plan, problem_after=one)


def test_a_figure_that_does_not_add_up_cannot_be_made() -> None:
    with pinned.raises(InputError, "record.difference"):
        Figure(before=1, after=3, difference=1)


def test_columns_stand_straight_in_chinese() -> None:
    rows = table([["目标", "之前"], ["第 1 级", "12,345"], ["weight", "-1"]])
    assert rows == ["  目标       之前", "  第 1 级  12,345", "  weight       -1"]
    assert len({width(row) for row in rows}) == 1


def test_huge_numbers_of_a_plan_from_outside_are_told_by_their_length() -> None:
    plan = mk.solve(two_people()[0])
    entry = plan.assignments[0].model_copy(
        update={"weight": 10**5000, "terms": Terms(score=10**5000)}
    )
    assert (
        "digits"
        in compare(None, plan, plan.model_copy(update={"assignments": (entry,)})).text()
    )


def test_a_plan_from_outside_cannot_command_the_terminal() -> None:
    plan = mk.solve(two_people()[0])
    goals = (
        plan.outcome.goals[0].model_copy(update={"name": "\x1b[2J\n" + "x" * 9999}),
        *plan.outcome.goals[1:],
    )
    text = compare(
        None,
        plan,
        plan.model_copy(
            update={"outcome": plan.outcome.model_copy(update={"goals": goals})}
        ),
    ).text()
    assert "\x1b" not in text and all(len(line) < 2000 for line in text.splitlines())
