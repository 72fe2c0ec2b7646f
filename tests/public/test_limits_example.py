"""The example of limits prints what it says."""

from __future__ import annotations

import importlib

import pytest


@pytest.mark.usefixtures("examples_on_path")
def test_the_example_of_limits_says_what_each_limit_gives(
    capsys: pytest.CaptureFixture[str],
) -> None:
    importlib.import_module("limits").main()
    refused, solved, stopped = capsys.readouterr().out.splitlines()
    assert refused.startswith("The problem has ") and refused.endswith(
        " records; the budget allows 100. Split the problem, or give a Budget with more."
    )
    assert solved == "optimal, stopped: proved, gap 0.0"
    assert stopped == (
        "Time ran out before there was any plan to hold: 0.001 seconds were given. Give more, or "
        "solve a part of the problem."
    )
