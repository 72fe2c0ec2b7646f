"""The example of tables writes what it names and says what the plan says."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

import pytest

import matchkit as mk

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def test_the_example_of_tables_says_what_the_plan_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "path", [str(EXAMPLES), *sys.path])
    importlib.import_module("plan_as_tables").main()
    files, project, _, notice, copied, sums, graph = (
        capsys.readouterr().out.splitlines()
    )
    assert files.split() == [
        *(
            f"U00/{name}.csv"
            for name in ("assignments", "by_unit", "notice", "projects")
        ),
        *("notice.xlsx", "plan.graphml", "plan.xlsx"),
    ]
    street = mk.datasets.city("street")
    plan = mk.solve(street)
    assert project.startswith("D0001 虚构·")
    assert re.fullmatch(
        rf"{len(plan.assignments)} lines, the first resource is R-[A-Z2-7]{{16}}",
        notice,
    )
    assert copied == "True True True"
    assert sums == str(
        (sum(entry.quantity for entry in plan.assignments), plan.outcome.value)
    )
    wanted = sum(len(demand.requirements) for demand in street.demands)
    assert (
        graph
        == f"Graph with {len(street.resources) + wanted} nodes and {len(plan.assignments)} edges"
    )
