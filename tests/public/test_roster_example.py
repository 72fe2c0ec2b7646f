"""The example of a roster keeps its rules, read off the letters that it prints."""

from __future__ import annotations

import importlib
import re

import pytest

import matchkit as mk

pytestmark = pytest.mark.usefixtures("examples_on_path")


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    importlib.import_module("roster").main()
    return capsys.readouterr().out.splitlines()


def test_four_nurses_fill_all_shifts_and_each_line_of_the_roster_keeps_the_rules(
    lines: list[str],
) -> None:
    assert lines[-1] == "optimal, 28 of 28"
    weeks = [line.split()[1:] for line in lines[:4]]
    days = ["".join(week) for week in weeks]
    assert all(
        sorted(line[day] for line in days) == [".", ".", "E", "L"] for day in range(14)
    )
    for line, each in zip(days, weeks, strict=True):
        assert "LE" not in line
        assert line.count("L") <= 4
        assert not re.search(r"[EL]{7}|\.[EL]\.|[EL]\.[EL]", line)
        assert sum(week[5:] != ".." for week in each) <= 1


def test_three_nurses_lack_two_at_least_on_one_of_the_weekends() -> None:
    """Each works on one weekend and serves one shift a day: one of the two weekends has one nurse."""
    problem = importlib.import_module("roster").build(("ana", "bo", "cy"))
    plan = mk.solve(problem)
    missing = [lack.requirement[:6] for lack in plan.shortfalls]
    assert plan.outcome.status == "optimal"
    assert (
        max(
            sum(name in missing for name in weekend)
            for weekend in (("Sat 09", "Sun 10"), ("Sat 16", "Sun 17"))
        )
        == 2
    )
