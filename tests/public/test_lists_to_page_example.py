"""The example of two lists says what can be worked out by hand."""

from __future__ import annotations

import importlib

import pytest

pytestmark = pytest.mark.usefixtures("examples_on_path")


def test_both_guesses_are_told_and_the_range_is_a_minimum_and_a_number_wanted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    importlib.import_module("lists_to_page").main()
    told = capsys.readouterr().out.splitlines()
    # The header is in the second line of the first list, below its title, and in the first of the second.
    assert told[0].startswith("资源清单.csv, row 3, column 技能: '护理2级' read as ")
    assert told[1].startswith("需求清单.csv, row 2, column 人数: '2-3人' read as ")
    assert told[2] == "模板.xlsx"
    assert all(name.endswith(".svg") for name in told[3].split())
    assert [line.split("┆") for line in told if "D1" in line] == [
        ["│ D1  ", " 2       ", " 3      │"]
    ]
