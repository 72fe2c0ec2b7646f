"""Audits of spoilt plans and of random tables, compared with the checker's word, and with every part and
every single change there is.
"""

from __future__ import annotations

from collections import Counter

import pytest
from audit_campaign import Tally, campaign
from random_problems import seeded
from solved_plans import solved_plans
from spoiling import moves, quantities, restated, restated_plan, with_other_assignments

import matchkit as mk
from matchkit.answers.audit import Audit
from matchkit.explain.audit.audit import audit
from matchkit.plan import Plan
from matchkit.verification.checks import Tallies, TallyEntry


def faults_of(found: Audit) -> Counter[tuple[str, tuple[str, ...], str, int | None]]:
    # An id that is not known may be somebody's name: then the rows tell of it and the id is left out.
    return Counter(
        (
            each.rule,
            each.ids if each.rule != "unknown_id" else (),
            each.fact(),
            each.amount,
        )
        for each in found.faults
    )


def violations_of(
    problem: mk.Problem, plan: Plan
) -> Counter[tuple[str, tuple[str, ...], str, int | None]]:
    return Counter(
        (
            each.rule,
            each.ids if each.rule != "unknown_id" else (),
            each.fact,
            each.amount if each.amount > 0 else None,
        )
        for each in mk.verify(problem, plan).violations
    )


def test_of_spoilt_plans_every_violation_is_told_and_the_score_is_that_of_the_checker() -> (
    None
):
    used = Counter[str]()
    for number, (stated, plan) in enumerate(solved_plans(12)):
        rng = seeded(number)
        spoilt = [
            restated_plan(plan, stated, after)
            for _, after in moves(stated, quantities(plan), rng)
        ]
        spoilt += [
            with_other_assignments(plan, stated, after)
            for _, after in moves(stated, quantities(plan), rng)
        ]
        spoilt += [false for _, false in restated(plan, rng)]
        for false in spoilt:
            found = audit(stated.problem, false, improvements=0, best=plan)
            # An id that nobody knows is told once, with all its rows; rows that are none are the table's own
            # finding.
            assert {*faults_of(found)} - {*violations_of(stated.problem, false)} == {
                each for each in faults_of(found) if each[0] == "row"
            }, number
            assert {*violations_of(stated.problem, false)} <= {*faults_of(found)}, (
                number
            )
            used.update(fault.rule for fault in found.faults)
            if all(entry.quantity > 0 for entry in false.assignments):
                tally = Tallies(stated.problem).of(
                    [
                        TallyEntry(a.resource, a.requirement, a.quantity, a.start)
                        for a in false.assignments
                    ]
                )
                assert tuple(goal.value for goal in found.score.goals) == tally.values
        for after in (
            quantities(plan),
            *(
                after
                for name, after in moves(stated, quantities(plan), rng)
                if name == "drop"
            ),
        ):
            if "skill" in stated.breaks(after):
                continue
            found = audit(
                stated.problem,
                restated_plan(plan, stated, after),
                improvements=0,
                best=plan,
            )
            assert tuple(goal.value for goal in found.score.goals) == stated.value(
                after
            )  # reckoned apart, in tests/solving
            assert sum(points for _, points in found.score.terms) == found.score.goals[
                -1
            ].value + sum(p.paid for p in found.score.payments)
    assert {
        "skill",
        "forbid",
        "unit_cap",
        "resource_capacity",
        "requirement_wanted",
        "row",
        "unknown_id",
        "duplicate",
        "weight",
    } <= set(used)


def test_a_best_plan_audits_clean_and_nothing_is_better() -> None:
    for stated, plan in solved_plans(25):
        found = audit(stated.problem, plan)
        assert found.faults == () and found.sound and found.part is None
        assert found.distance is not None and [
            goal.difference for goal in found.distance.goals
        ] == [0] * len(found.distance.goals)
        assert found.improvements == () and found.exhaustive
        assert found.line("en").startswith("The table keeps every rule")
        rows = [
            (entry.resource, entry.requirement, entry.quantity)
            for entry in plan.assignments
        ]
        assert audit(stated.problem, rows, best=plan).model_dump(
            exclude={"tried"}
        ) == found.model_dump(exclude={"tried"})


@pytest.fixture(scope="module")
def tally() -> Tally:
    return campaign(0, 70)


def test_parts_distances_and_improvements_are_those_of_every_part_and_every_single_change(
    tally: Tally,
) -> None:
    assert tally.disagreements == []


def test_the_random_tables_hold_what_they_should_test(tally: Tally) -> None:
    for name, least in (
        ("sound", 8),
        ("parts compared", 30),
        ("parts that lose some", 25),
        ("with a better single change", 25),
        ("without", 1),
    ):
        assert tally.seen[name] >= least, (name, tally.seen)
    assert all(tally.seen[kind] >= 3 for kind in ("add", "move", "replace", "drop")), (
        tally.seen
    )
