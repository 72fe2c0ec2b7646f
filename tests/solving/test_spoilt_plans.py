"""1,000 solved plans, each with one assignment changed in every way so that a rule or the ledger breaks: all
are caught.
"""

from __future__ import annotations

from collections import Counter

import pytest
from random_problems import seeded
from solved_plans import PLANS, solved_plans
from spoiling import moves, quantities, restated, restated_plan, with_other_assignments
from stated import Stated

import matchkit as mk
from matchkit.plan import Plan


@pytest.fixture(scope="module")
def solved() -> tuple[tuple[Stated, Plan], ...]:
    return solved_plans()


def test_every_plan_is_accepted_as_it_was_solved(
    solved: tuple[tuple[Stated, Plan], ...],
) -> None:
    assert len(solved) == PLANS
    for stated, plan in solved:
        assert mk.verify(stated.problem, plan).violations == ()


def test_a_changed_assignment_with_the_rest_as_it_was_is_caught(
    solved: tuple[tuple[Stated, Plan], ...],
) -> None:
    """Used are changes after which a hard rule is broken, or another number of units is assigned, or they are
    worth another weight.
    """
    used = Counter[str]()
    for number, (stated, plan) in enumerate(solved):
        before = quantities(plan)
        for name, after in moves(stated, before, seeded(number)):
            taken, had = (Counter[str]() for _ in range(2))
            for count, chosen in ((taken, after), (had, before)):
                for (_, requirement), amount in chosen.items():
                    count[requirement] += amount
            if (
                stated.breaks(after)
                or taken != had
                or stated.value(after) != stated.value(before)
            ):
                used[name] += 1
                report = mk.verify(
                    stated.problem, with_other_assignments(plan, stated, after)
                )
                assert not report.ok, f"{name} in plan {number}"
    assert len(used) == 8 and min(used.values()) > 20, used


def test_a_broken_hard_rule_is_caught_where_all_else_fits(
    solved: tuple[tuple[Stated, Plan], ...],
) -> None:
    """Ledger, goals and outcome are made to fit the changed assignments: only the rule is left to see, and
    nothing else is reported.
    """
    broken, kept = Counter[str](), 0
    for number, (stated, plan) in enumerate(solved):
        for name, after in moves(stated, quantities(plan), seeded(number)):
            right = stated.breaks(after)
            found = {
                violation.rule
                for violation in mk.verify(
                    stated.problem, restated_plan(plan, stated, after)
                ).violations
            }
            # What a pair that lacks a skill is worth is not defined, so goals may be reported as well.
            assert (
                found - ({"goals", "value"} if "skill" in right else set()) == right
            ), f"{name} in plan {number}"
            broken.update(right)
            kept += not right
    alone = {
        "capacity",
        "kind",
        "skill",
        "mode",
        "time",
        "max_distance",
        "forbid",
        "pair_quantity",
        "lock",
    }
    together = {
        "resource_capacity",
        "overlap",
        "requirement_wanted",
        "unit_cap",
        "community_cap",
        "reserve_share",
    }
    assert set(broken) == alone | together and min(broken.values()) >= 5, broken
    assert kept > 100, "hardly any change kept the rules: the control shows nothing"


def test_an_assignment_that_says_something_false_is_caught(
    solved: tuple[tuple[Stated, Plan], ...],
) -> None:
    used = Counter[str]()
    for number, (stated, plan) in enumerate(solved):
        for name, false in restated(plan, seeded(number)):
            used[name] += 1
            assert not mk.verify(stated.problem, false).ok, f"{name} in plan {number}"
    assert len(used) == 9 and min(used.values()) > 20, used


def test_a_worse_plan_that_keeps_the_word_optimal_is_caught(
    solved: tuple[tuple[Stated, Plan], ...],
) -> None:
    seen = 0
    for stated, plan in solved:
        before = quantities(plan)
        pair = next(
            (pair for pair in before if before[pair] > stated.locks.get(pair, 0)), None
        )
        if pair is None:
            continue
        after = {**before, pair: before[pair] - 1}
        worse = restated_plan(
            plan, stated, {pair: amount for pair, amount in after.items() if amount}
        )
        claims = plan.outcome.model_copy(
            update={"goals": worse.outcome.goals, "value": worse.outcome.value}
        )
        seen += 1
        for outcome in (claims, plan.outcome):
            lying = worse.model_copy(
                update={"outcome": outcome, "certificate": plan.certificate}
            )
            assert not mk.verify(stated.problem, lying).ok
    assert seen > PLANS / 2
