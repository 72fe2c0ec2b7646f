"""The example of a report writes what it says."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest


def test_the_example_writes_two_pages_and_nine_charts(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        sys, "path", [str(Path(__file__).resolve().parents[2] / "examples"), *sys.path]
    )
    importlib.import_module("report_of_a_city").main("street", str(tmp_path))
    told = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in told[:2]] == [
        "street.en.html",
        "street.zh.html",
    ]
    assert [line for line in told if line.startswith("charts/")] == [
        f"charts/{path.name}"
        for path in sorted(
            (tmp_path / "charts").iterdir(),
            key=lambda path: told.index(f"charts/{path.name}"),
        )
    ]
    assert len(list((tmp_path / "charts").iterdir())) == 9
    assert told[-1].startswith(
        "178 of 224 slots filled by 174 resources; proven optimal"
    )
