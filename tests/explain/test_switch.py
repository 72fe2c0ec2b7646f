"""Switching to a mode and back: by hand, over random problems, and against plans that are spoilt."""

from __future__ import annotations

from datetime import timedelta

import pytest
import switch_campaign
from by_hand import demand, need, problem, resource, skill, window

import matchkit as mk
from matchkit.errors import InputError


def town() -> mk.Problem:
    """A medic at a class (tier 3), a cook at a kitchen (tier 2), a helper without skills who is free; a clinic
    that nobody is left for.
    """
    return problem(
        [
            resource("medic", skills=[skill("medic")]),
            resource("cook", skills=[skill("cook")]),
            resource("helper"),
        ],
        [
            demand("class", need("Qclass"), category="class", tier=1, weight=200),
            demand(
                "kitchen",
                need("Qkitchen", skills=[skill("cook")]),
                category="food",
                tier=2,
            ),
            demand(
                "clinic",
                need("Qclinic", skills=[skill("medic")]),
                category="health",
                tier=3,
            ),
        ],
        mk.rules.Forbid(resource="helper", requirement="Qkitchen"),
        scores=[mk.Scores(resource="medic", requirements=["Qclass"], points=[90])],
        objective=mk.Objective(skill_fit=0),
    )


def emergency(**more: object) -> mk.Mode:
    given = {"may_pull": [(3, 1)], **more}
    return mk.Mode(name="emergency", tiers={"class": 3, "health": 1}, **given)


def before() -> mk.results.Plan:
    """The medic teaches: in ordinary times the class comes first and earns more with her."""
    only_medic = mk.changes.SetCapacity(resource="helper", capacity=0)
    plan = mk.solve(mk.changes.apply_changes(town(), [only_medic]))
    assert {(one.resource, one.requirement) for one in plan.assignments} == {
        ("medic", "Qclass"),
        ("cook", "Qkitchen"),
    }
    return plan


def test_who_is_pulled_is_named_with_who_fills_the_place() -> None:
    found = mk.switch(town(), before(), emergency())
    [one] = found.pulled
    assert (one.resource, one.away_from, one.from_tier) == ("medic", "Qclass", 3)
    assert (one.to, one.to_tier, one.by) == ("Qclinic", 1, ("helper",))
    assert found.line() == (
        "mode emergency: 1 unit pulled, 1 place filled again; 1 pair changed"
    )
    assert found.pulled[0].line("zh").startswith("medic 从 Qclass")
    assert mk.verify(found.problem, found.plan, mode=emergency()).ok
    assert found.text().splitlines()[1] == f"  {one.line()}"


def test_nobody_is_pulled_where_the_table_does_not_say_so() -> None:
    found = mk.switch(town(), before(), emergency(may_pull=[(3, 2), (2, 1)]))
    assert found.pulled == () and found.comparison.gone == ()


def test_what_begins_within_the_notice_stays() -> None:
    """The class is on Monday from 10 to 12, the clinic has no time."""
    given = town()
    timed = given.demands[0].model_copy(update={"windows": (window(4, 10, 12),)})
    given = mk.changes.apply_changes(given, [mk.changes.ChangeDemand(demand=timed)])
    eight = window(4, 10, 12).start - timedelta(hours=2)
    for notice, pulled in ((119, 1), (121, 0)):
        found = mk.switch(given, before(), emergency(notice=notice), at=eight)
        assert len(found.pulled) == pulled


def test_working_hours_objective_and_changes_hold_in_the_mode() -> None:
    given = problem(
        [resource("R1", available=[window(4, 18, 22)])],
        [demand("D1", need("Q1"), windows=[window(4, 9, 11)])],
        mk.rules.UnitCap(unit="U1", most=0),
    )
    plan = mk.solve(given)
    raise_cap = mk.changes.ChangeRule(
        label="unit_cap U1", rule=mk.rules.UnitCap(unit="U1", most=1)
    )
    mode = mk.Mode(
        name="m",
        free=[window(4, 8, 17)],
        changes=[raise_cap],
        objective=mk.Objective(importance=2),
    )
    found = mk.switch(given, plan, mode)
    assert [one.resource for one in found.plan.assignments] == ["R1"]
    assert found.problem.objective.importance == 2
    assert found.back().plan.assignments == ()


def test_going_back_gives_the_plan_before_but_for_what_happened() -> None:
    found = mk.switch(town(), before(), emergency())
    back = found.back()
    assert not {one.kind for one in back.comparison.paths or ()} - {"better"}
    ill = found.back([mk.changes.RemoveResource(resource="medic")])
    causes = [one.kind for path in ill.comparison.paths or () for one in path.events]
    assert causes == ["resource_gone"]
    assert {(one.resource, one.requirement) for one in ill.plan.assignments} == {
        ("helper", "Qclass"),
        ("cook", "Qkitchen"),
    }


def test_verify_finds_who_was_pulled_against_the_table() -> None:
    """The same plan, held against tables that do not allow it: one requirement, and units in all."""
    found = mk.switch(town(), before(), emergency())
    spoilt = found.plan.model_copy(
        update={
            "assignments": tuple(
                one for one in found.plan.assignments if one.resource != "helper"
            )
        }
    )
    never = mk.verify(found.problem, spoilt, mode=emergency(may_pull=[]))
    assert [
        (one.rule, one.ids) for one in never.violations if one.rule == "pulled"
    ] == [("pulled", ("Qclass",))]
    other = mk.verify(found.problem, spoilt, mode=emergency(may_pull=[(3, 2)]))
    assert [one.message.key for one in other.violations if one.rule == "pulled"] == [
        "pulled_in_all"
    ]
    allowed = mk.verify(found.problem, spoilt, mode=emergency())
    assert all(one.rule != "pulled" for one in allowed.violations)


def test_modes_are_records_and_say_what_is_wrong_with_them() -> None:
    mode = emergency(notice=30)
    assert mk.Mode.from_json(mode.model_dump_json()) == mode
    with pytest.raises(InputError, match="not greater"):
        mk.Mode(name="m", may_pull=[(1, 3)])
    with pytest.raises(InputError):
        mk.Mode.from_json('{"name": "m", "tiers": {"x": 99}}')
    with pytest.raises(InputError, match="mode"):
        mk.switch(town(), before(), None)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="at"):
        mk.switch(town(), before(), mode, at=window(4, 8, 9).start.replace(tzinfo=None))
    with pytest.raises(InputError, match="mode"):
        mk.verify(town(), before(), mode=1)  # type: ignore[arg-type]
    gone = mk.changes.RemoveDemand(demand="nobody")
    with pytest.raises(InputError, match="nobody"):
        mk.switch(town(), before(), emergency(changes=[gone]))


def test_random_switches_pull_as_the_table_says_and_go_back() -> None:
    tally = switch_campaign.campaign(0, 60)
    assert tally.wrong == []
    assert tally.seen["pulled"] > 8 and tally.seen["changed"] > 10
