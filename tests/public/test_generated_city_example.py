"""The example with a file says that its people are invented, and ends with a proven plan."""

import importlib

import pytest

import matchkit as mk


@pytest.mark.usefixtures("examples_on_path")
def test_the_street_from_its_file_has_the_plan_of_the_street(
    capsys: pytest.CaptureFixture[str],
) -> None:
    importlib.import_module("generated_city").main()
    told = capsys.readouterr().out
    assert told.startswith("Generated data: every person")
    assert "proven optimal, gap 0" in told
    assert told.endswith(mk.solve(mk.datasets.city("street", 0)).summary() + "\n")
