"""The example of teams says what can be worked out by hand."""

from __future__ import annotations

import importlib

import pytest

import matchkit as mk
from matchkit.plan import Plan

pytestmark = pytest.mark.usefixtures("examples_on_path")


@pytest.fixture
def problem() -> mk.Problem:
    built: mk.Problem = importlib.import_module("teams").build()
    return built


@pytest.fixture
def plan(problem: mk.Problem) -> Plan:
    return mk.solve(problem)


def test_the_team_is_the_only_one_of_four(plan: Plan) -> None:
    """The clinic may give three, ana leads, cy and di come together: with both of them fay drives, as bo
    would be the fourth.

    Without cy and di there are ana, bo and one of eve and fay.
    """
    assert [
        entry.resource for entry in plan.assignments if entry.requirement == "medics"
    ] == [
        "ana",
        "cy",
        "di",
        "fay",
    ]
    assert plan.outcome.status == "optimal"


def test_the_concert_comes_whole_in_the_cheaper_hall_and_the_lecture_not_at_all(
    plan: Plan,
) -> None:
    """1,500 pays for one event, and the concert is worth more; 60 seats are enough for 50."""
    halls = {
        (entry.resource, entry.requirement, entry.quantity)
        for entry in plan.assignments
        if entry.requirement != "medics"
    }
    assert halls == {("small hall", "concert hall", 1), ("purse", "concert money", 900)}
    assert [(payment.rule, payment.paid) for payment in plan.payments] == [
        ("activation small hall", 10)
    ]


def test_without_its_share_the_clinic_sends_four(problem: mk.Problem) -> None:
    """Five is the most of a team; with three seniors two trainees are few enough."""
    rest = tuple(
        rule for rule in problem.rules if not isinstance(rule, mk.rules.UnitShare)
    )
    plan = mk.solve(problem.model_copy(update={"rules": rest}))
    team = {
        entry.resource for entry in plan.assignments if entry.requirement == "medics"
    }
    assert team in ({"ana", "bo", "cy", "di", "eve"}, {"ana", "bo", "cy", "di", "fay"})


def test_with_no_trainee_allowed_there_is_no_team(problem: mk.Problem) -> None:
    """No trainee at all: ana, bo and cy cannot come, as di would come along; ana and bo are no team of three,
    nor of two units.
    """
    strict = mk.rules.Trainees(
        demand="first-aid day", senior=mk.SkillLevel(skill="first aid", level=2), most=0
    )
    rest = tuple(
        strict if isinstance(rule, mk.rules.Trainees) else rule
        for rule in problem.rules
    )
    plan = mk.solve(problem.model_copy(update={"rules": rest}))
    assert not any(entry.requirement == "medics" for entry in plan.assignments)


def test_it_prints_the_teams_and_what_is_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    importlib.import_module("teams").main()
    told = capsys.readouterr().out
    for line in (
        "medics: ana, cy, di, fay",
        "concert money: 900 of purse",
        "activation small hall takes 10 points",
        "lecture money lacks 900: contended",
        "905 of 1,808 slots filled by 6 resources; proven optimal",
    ):
        assert line in told
