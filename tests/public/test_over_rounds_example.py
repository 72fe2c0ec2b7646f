"""The example of rounds says what can be worked out by hand."""

from __future__ import annotations

import importlib
from fractions import Fraction
from typing import Any

import pytest

import matchkit as mk

pytestmark = pytest.mark.usefixtures("examples_on_path")


@pytest.fixture
def example() -> Any:
    return importlib.import_module("over_rounds")


def served(problem: mk.Problem) -> set[str]:
    return {one.requirement for one in mk.solve(problem).assignments}


def test_the_mill_waits_as_its_coverage_is_the_highest_without_a_helper(
    example: Any,
) -> None:
    """Decayed by half a month, three months come to 1/8 + 1/4 + 1/2, and with this one d is 15/8. Without a helper
    the quay stands at 1/8 + 1/4, the hill at 1/8 + 1/2, the mill at 1/4 + 1/2, over d.
    """
    part = mk.Part(measure="coverage", of="communities", tier=1)
    compiled = importlib.import_module("matchkit.compile.history")
    place = compiled.shares_before(
        example.build(), part, dict.fromkeys(example.WORTH, 1)
    )
    levels = {name: one.had / one.share for name, one in place.items()}
    assert levels == {
        "quay": Fraction(3, 15),
        "hill": Fraction(5, 15),
        "mill": Fraction(6, 15),
    }
    assert served(example.build()) == served(example.build(with_ramp=False))
    assert served(example.build()) == {"quay", "hill"}


def test_loads_send_dee_twice_and_the_ramp_sends_bo_once(example: Any) -> None:
    """Loads begin at 1/8 + 1/4 + 2/2 for ana, 1/8 + 1/4 + 1/2 + 1/4 for bo and 0 for dee: the highest is 2 if dee comes
    twice, 17/8 if bo does once and 19/8 if ana does.
    """
    who = {
        with_ramp: sorted(
            one.resource
            for one in mk.solve(example.build(with_ramp=with_ramp)).assignments
        )
        for with_ramp in (False, True)
    }
    assert who == {False: ["dee", "dee"], True: ["bo", "dee"]}


def test_the_plans_of_three_months_are_those_of_the_page(example: Any) -> None:
    """Without a history quay and hill are worth most; then the mill waits no longer, then the hill."""
    now = example.month(cy=2)
    for months in example.MONTHS:
        rule = mk.rules.UnitCap(unit="club", most=2)
        now = now.model_copy(update={"rules": (rule,)})
        plan = mk.solve(now)
        assert {one.requirement for one in plan.assignments} == months
        assert mk.check_certificate(now, plan).ok
        now = example.month(cy=2).after(now, plan)
    villages = [one for one in now.history if one.community]
    expected = [one for one in example.past() if one.community]
    found = {(one.round, one.community, one.given, one.of) for one in villages}
    assert found == {(one.round, one.community, one.given, one.of) for one in expected}
    assert now.round == 4


def test_it_prints_who_serves_where(
    example: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    example.main()
    told = capsys.readouterr().out.splitlines()
    assert told[2:] == [
        "quay got [1, 1, 0, 1]",
        "hill got [1, 0, 1, 1]",
        "mill got [0, 1, 1, 0]",
        "month 5 comes next",
    ]
    assert told[0].startswith("without a ramp: dee at ")
