"""Which hard rules contradict each other: by hand, and on random problems against every subset of rules."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import combinations
from typing import Any

import pinned
import pytest
from random_problems import seeded, shuffled
from rule_draws import Draw
from rule_problems import SPELLINGS, ZONES, rule_problem

import matchkit.model as m
from matchkit import solve
from matchkit.answers.conflicts import Conflicts
from matchkit.errors import ContradictionError, InputError
from matchkit.explain.conflicts import conflicts


def hours(start: int, end: int) -> m.Window:
    return m.Window(
        start=datetime(2026, 5, 4, start, tzinfo=UTC),
        end=datetime(2026, 5, 4, end, tzinfo=UTC),
    )


def problem(*rules: Any, **fields: Any) -> m.Problem:
    """Ana (nursing) and Bo; two demands at one time, one later; everybody is eligible for all but the last,
    which asks for law.
    """
    data: dict[str, Any] = {
        "units": [m.Unit(id="U")],
        "communities": [m.Community(id="C")],
        "resources": [
            m.Resource(
                id="ana",
                name="Zhang San",
                unit="U",
                capacity=3,
                skills=[m.SkillLevel(skill="nursing", level=2)],
            ),
            m.Resource(id="bo", name="Li Si", unit="U", capacity=1),
        ],
        "demands": [
            m.Demand(
                id="d1",
                community="C",
                windows=[hours(9, 11)],
                requirements=[m.Requirement(id="q1")],
            ),
            m.Demand(
                id="d2",
                community="C",
                windows=[hours(10, 12)],
                requirements=[m.Requirement(id="q2", wanted=2)],
            ),
            m.Demand(
                id="d3",
                community="C",
                windows=[hours(14, 15)],
                requirements=[m.Requirement(id="q3")],
            ),
            m.Demand(
                id="d4",
                community="C",
                requirements=[
                    m.Requirement(id="q4", skills=[m.SkillLevel(skill="law", level=2)])
                ],
            ),
        ],
    }
    return m.Problem(**{**data, **fields}, rules=rules)


def lock(resource: str, requirement: str, **fields: Any) -> m.Lock:
    return m.Lock(resource=resource, requirement=requirement, **fields)


def labels(answer: Conflicts) -> list[list[str]]:
    return [
        sorted(member.label for member in conflict.members)
        for conflict in answer.conflicts
    ]


def test_rules_that_can_be_kept_give_no_conflict() -> None:
    answer = conflicts(problem(lock("ana", "q1"), m.UnitCap(unit="U", most=1)))
    assert answer == Conflicts(conflicts=())
    assert answer.line() == pinned.text("conflicts.none")
    assert answer.line("zh") == pinned.text("conflicts.none", "zh")


def test_a_lock_of_a_pair_that_is_not_eligible_stands_alone_with_its_reasons() -> None:
    answer = conflicts(problem(lock("ana", "q4"), lock("bo", "q1")))
    assert labels(answer) == [["lock ana q4"]]
    assert [reason.line() for reason in answer.conflicts[0].reasons] == [
        "skill: skill law 0 < 2"
    ]
    assert "law" in answer.text("zh")
    assert "Zhang San" not in answer.text() + answer.text("zh") + answer.to_json()


def test_a_lock_and_the_rule_that_forbids_its_pair_are_a_conflict_of_two() -> None:
    assert labels(
        conflicts(
            problem(lock("ana", "q1"), m.Forbid(resource="ana", requirement="q1"))
        )
    ) == [["forbid ana q1", "lock ana q1"]]


@pytest.mark.parametrize(
    ("rules", "expected", "against"),
    [
        ([lock("bo", "q1"), lock("bo", "q3")], ["lock bo q1", "lock bo q3"], [("capacity", "bo", 2, 1)]),
        ([lock("ana", "q1"), lock("bo", "q1")], ["lock ana q1", "lock bo q1"], [("wanted", "q1", 2, 1)]),
        ([lock("ana", "q1"), lock("ana", "q2")], ["lock ana q1", "lock ana q2"], [("time", "ana", 2, 1)]),
        ([lock("ana", "q2", quantity=2)], ["lock ana q2"], [("pair", "ana", 2, 1)]),
        ([lock("ana", "q1"), m.UnitCap(unit="U", most=0)], ["lock ana q1", "unit_cap U"], []),
        ([lock("ana", "q1"), lock("ana", "q3"), m.HoursBudget(minutes=150)], ["hours_budget", "lock ana q1", "lock ana q3"], []),
        (
            [lock("ana", "q2"), lock("bo", "q2"), m.KeepApart(resources=["ana", "bo"])],
            ["keep_apart ana bo", "lock ana q2", "lock bo q2"],
            [],
        ),
        ([lock("ana", "q2"), m.Team(demand="d2", least=3, most=3)], ["lock ana q2", "team d2"], []),
        (
            [lock("ana", "q1"), m.KeepTogether(resources=["ana", "bo"]), m.Team(demand="d1", least=1, most=1)],
            ["keep_together ana bo", "lock ana q1"],
            [],
        ),
    ],
)  # fmt: skip
def test_what_contradicts_is_named_and_nothing_else(
    rules: list[Any], expected: list[str], against: list[tuple[Any, ...]]
) -> None:
    bystanders = (
        m.CommunityCap(community="C", most=5),
        m.Rest(minutes=1),
        m.Team(demand="d3", least=1, most=1),
    )
    answer = conflicts(problem(*rules, *bystanders))
    assert labels(answer) == [expected]
    assert [
        (one.what, one.id, one.asked, one.has) for one in answer.conflicts[0].against
    ] == against


def test_conflicts_that_share_no_rule_are_all_found() -> None:
    answer = conflicts(
        problem(
            lock("ana", "q1"),
            lock("ana", "q2"),
            lock("bo", "q4"),
            m.UnitCap(unit="U", most=9),
        )
    )
    assert sorted(labels(answer)) == [["lock ana q1", "lock ana q2"], ["lock bo q4"]]
    assert answer.line() == pinned.text("conflicts.some", count=2)


def test_rules_of_one_label_are_told_apart_by_their_place() -> None:
    given = problem(
        lock("bo", "q4", id="twin"),
        m.UnitCap(unit="U", most=3, id="twin"),
        lock("bo", "q4", id="twin"),
    )
    answer = conflicts(given)
    assert [
        [member.position for member in conflict.members]
        for conflict in answer.conflicts
    ] == [[0], [2]]
    assert [
        given.rules[one.position] == one.rule
        for conflict in answer.conflicts
        for one in conflict.members
    ] == [True, True]


def test_a_soft_rule_that_may_be_no_worse_counts_as_hard() -> None:
    held = lock("ana", "q1", soft=m.Soft(no_worse=True))
    before = [m.PreviousPair(resource="ana", requirement="q1")]
    assert labels(
        conflicts(problem(held, m.UnitCap(unit="U", most=0), previous=before))
    ) == [["lock ana q1", "unit_cap U"]]
    assert labels(conflicts(problem(held, m.UnitCap(unit="U", most=0)))) == []


def test_the_texts_name_rules_with_their_values_in_both_languages() -> None:
    answer = conflicts(problem(lock("ana", "q1"), m.UnitCap(unit="U", most=0)))
    assert answer.text() == (
        "1 conflict between hard rules; with their members removed, the rest can be kept\n"
        "no plan keeps these 2 rules together; without any one of them there is one: lock ana q1, "
        "unit_cap U\n"
        "    lock ana q1 (at least 1), rules[0]\n"
        "    unit_cap U (at most 0), rules[1]"
    )
    assert answer.text("zh") == (
        "硬性规则之间有 1 处矛盾；去掉所列规则后，其余规则可以同时满足\n"
        "以下 2 条规则无法同时满足，去掉其中任意一条即可：lock ana q1、unit_cap U\n"
        "    lock ana q1（至少 1），rules[0]\n"
        "    unit_cap U（至多 0），rules[1]"
    )
    assert Conflicts.model_validate_json(answer.to_json()) == answer


def test_what_is_no_problem_and_a_wrong_limit_are_refused_together() -> None:
    with pytest.raises(InputError) as caught:
        conflicts("city", time_limit=-1)  # type: ignore[arg-type]
    assert [complaint.where for complaint in caught.value.complaints] == [
        "problem",
        "time_limit",
    ]


def test_where_time_is_up_the_answer_says_that_it_is_not_complete() -> None:
    answer = conflicts(problem(lock("ana", "q1"), lock("ana", "q2")), time_limit=1e-9)
    assert (answer.conflicts, answer.complete) == ((), False)


def contradictory(seed: int) -> m.Problem:
    """A problem with every rule, and locks on top of it that nobody made to fit."""
    given, rng = rule_problem(seed, added=seed % 2 == 1), seeded(seed)
    if not given.resources or not given.demands:
        return given
    draw = Draw(rng, given, ZONES, SPELLINGS)
    more = [m.Lock(**draw.pair()) for _ in range(rng.randint(1, 3))]
    return m.Problem(**{**dict(given), "rules": (*given.rules[-5:], *more)})


def kept(given: m.Problem, rules: Any) -> bool:
    try:
        solve(m.Problem(**{**dict(given), "rules": tuple(rules)}))
    except ContradictionError:
        return False
    return True


@pytest.mark.parametrize("first", range(0, 60, 30))
def test_every_conflict_is_minimal_and_the_rest_is_free_of_contradiction(
    first: int,
) -> None:
    """Fewer rules leave more plans, so a conflict is minimal where every one with a member less can be
    kept.
    """
    free = found = 0
    for seed in range(first, first + 30):
        given = contradictory(seed)
        answer = conflicts(given)
        taken = [
            member.position
            for conflict in answer.conflicts
            for member in conflict.members
        ]
        assert len(taken) == len(set(taken)), seed
        assert kept(
            given,
            [rule for place, rule in enumerate(given.rules) if place not in taken],
        ), seed
        assert (not answer.conflicts) == kept(given, given.rules), seed
        for conflict in answer.conflicts:
            rules = [given.rules[member.position] for member in conflict.members]
            assert not kept(given, rules), seed
            assert all(
                kept(given, some) for some in combinations(rules, len(rules) - 1)
            ), seed
        found += len(answer.conflicts)
        free += not answer.conflicts
    assert found >= 10
    assert free >= 2


def test_the_order_of_records_changes_no_conflict() -> None:
    for seed in range(0, 40, 4):
        given = contradictory(seed)
        other = shuffled(given, seeded(seed))
        assert [
            [member.rule for member in one.members]
            for one in conflicts(given).conflicts
        ] == [
            [member.rule for member in one.members]
            for one in conflicts(other).conflicts
        ]
