"""The one datum that keeps a resource idle: changed, the resource is eligible for what is short, and one more
is filled.
"""

from __future__ import annotations

from collections import Counter

import pinned
from advice_campaign import one_more
from advice_cases import case, value

from matchkit import datasets, solve
from matchkit.answers.apply import apply_changes
from matchkit.answers.idle import Idle
from matchkit.compile.why_not import why_ineligible
from matchkit.explain.advice.idle import idle
from matchkit.model import (
    Community,
    CommunityCap,
    Demand,
    Forbid,
    Load,
    Place,
    Problem,
    Requirement,
    ReserveShare,
    Resource,
    SkillLevel,
    Unit,
    UnitCap,
)
from matchkit.plan import Plan


def _holds(problem: Problem, plan: Plan, found: Idle) -> None:
    assert found.change is not None
    assert found.requirement is not None
    mended = apply_changes(problem, [found.change])
    assert why_ineligible(mended, found.resource, found.requirement) == ()
    best = solve(mended)
    if best.outcome.engine != "cpsat":
        assert value(best)[:-1] >= one_more(problem, plan, found.requirement), found


def test_the_change_makes_it_eligible_and_fills_one_more() -> None:
    seen: Counter[str] = Counter()
    for seed in range(70):
        problem, plan = case(seed)
        gives = {entry.resource for entry in plan.assignments}
        found = idle(problem, plan).idle
        assert [entry.resource for entry in found] == sorted(
            {resource.id for resource in problem.resources} - gives
        )
        for entry in found:
            seen[entry.blocked_by] += 1
            told = [reason for reason in entry.reasons if reason.rule != "cap"]
            assert all(reason.line("zh") != reason.line() for reason in entry.reasons)
            if entry.requirement is not None:
                assert set(told) <= set(
                    why_ineligible(problem, entry.resource, entry.requirement)
                )
            if entry.change is not None:
                _holds(problem, plan, entry)
    assert (
        sum(
            seen[rule]
            for rule in (
                "capacity",
                "kind",
                "skill",
                "mode",
                "time",
                "distance",
                "forbid",
            )
        )
        > 30
    )
    assert (
        min(
            seen[rule]
            for rule in (
                "skill",
                "mode",
                "time",
                "cap",
                "several",
                "filled",
                "nothing_short",
            )
        )
        > 3
    )


def test_where_several_rules_are_named_no_single_one_is_to_blame() -> None:
    """Where there are no caps, every short requirement is failed by two reasons or more."""
    count = 0
    for seed in range(80):
        problem, plan = case(seed)
        if any(
            isinstance(rule, UnitCap | CommunityCap | ReserveShare)
            for rule in problem.rules
        ):
            continue
        for entry in idle(problem, plan).idle:
            if entry.blocked_by == "several":
                assert all(
                    len(why_ineligible(problem, entry.resource, short.requirement)) > 1
                    for short in plan.shortfalls
                )
                count += 1
    assert count > 5


def _by_hand(
    resource: dict[str, object],
    need: dict[str, object] | None = None,
    rules: list[object] | None = None,
) -> Idle:
    problem = Problem(
        units=[Unit(id="u")],
        communities=[Community(id="c", place=Place(lat=36.0, lon=103.8))],
        resources=[Resource(**{"id": "r", "unit": "u", **resource})],
        demands=[
            Demand(
                id="d",
                community="c",
                requirements=[Requirement(**{"id": "q", **(need or {})})],
            )
        ],
        rules=rules or [],
    )
    plan = solve(problem)
    [found] = idle(problem, plan).idle
    if found.change is not None:
        _holds(problem, plan, found)
    return found


def test_each_rule_by_hand() -> None:
    nurse = {"skills": [SkillLevel(skill="nursing", level=2)]}
    assert _by_hand({"capacity": 0}).blocked_by == "capacity"
    assert _by_hand({"kind": "venue"}).blocked_by == "kind"
    assert _by_hand({"mode": "online"}).blocked_by == "mode"
    assert _by_hand({}, nurse).line() == pinned.text(
        "advice.idle.rule",
        resource="r",
        rule="a skill",
        requirement="q",
        facts="skill nursing 0 < 2",
        change=pinned.message("change.train", resource="r", skill="nursing", level="2"),
    )
    assert _by_hand({}, nurse).line("zh") == pinned.text(
        "advice.idle.rule",
        "zh",
        resource="r",
        rule="技能",
        requirement="q",
        facts=pinned.message("reason.level", skill="nursing", held="0", asked="2"),
        change=pinned.message("change.train", resource="r", skill="nursing", level="2"),
    )
    assert _by_hand({}, {"uses": [Load(dimension="kg", amount=3)]}).blocked_by == "load"
    assert (
        _by_hand({}, rules=[Forbid(resource="r", requirement="q")]).blocked_by
        == "forbid"
    )
    assert _by_hand({}, rules=[UnitCap(unit="u", most=0)]).blocked_by == "cap"
    assert _by_hand({"mode": "online"}, nurse).blocked_by == "several"
    assert _by_hand({"mode": "online", "capacity": 0}, nurse).change is None


def test_the_street_is_answered_whole_and_its_data_hold() -> None:
    problem = datasets.city("street")
    plan = solve(problem)
    found = idle(problem, plan).idle
    assert len(found) == len(problem.resources) - len(
        {entry.resource for entry in plan.assignments}
    )
    by_rule: dict[str, Idle] = {}
    for entry in found:
        by_rule.setdefault(entry.blocked_by, entry)
    for entry in by_rule.values():
        if entry.change is not None:
            _holds(problem, plan, entry)
