"""The example of questions prints what hand calculation gives, and every answer it prints is one of the
page's.
"""

from __future__ import annotations

import importlib

import pytest


@pytest.mark.usefixtures("examples_on_path")
def test_the_example_of_questions_answers_each(
    capsys: pytest.CaptureFixture[str],
) -> None:
    importlib.import_module("questions").main()
    printed = capsys.readouterr().out
    lines = printed.splitlines()
    assert lines[0].startswith(
        "29 requirements lack 46 units: "
    )  # 309 resources, 97 requirements: as the plan's own ledger says
    assert lines[1].startswith("29 ") and " 46 " in lines[1] and "供不应求" in lines[1]
    # A cap of 24 raised by one unit, at the caller's price of 15.
    assert "demand D0002 lacks 1; 1 way found, the cheapest at price 15" in printed
    # By hand: with the cook, who costs 300, lunch (200) and match (230) bring 130; without, the walker's
    # lunch alone brings 200.
    assert "tier 2 against weight: 2 points, from 1 / 130 to 0 / 200" in printed
    assert "no plan keeps these 2 rules together" in printed
    # Two people for one place, and a third nobody knows.
    assert (
        "The table is no plan: 2 faults; 1 of its 2 units can be kept together."
        in printed
    )
