"""The example of three waves compares policies on the same calls."""

import importlib
from datetime import date

import matchkit as mk


def test_the_waves_are_compared_with_what_could_have_been(capsys):
    """With more calls than people, hindsight sends all who stay until calls come; nobody beats it."""
    example = importlib.import_module("three_waves")
    example.main()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + 1 + 3 * 3 + 1
    found = mk.simulate(example.problem(), example.waves())
    assert found.text().splitlines() == lines[:-1]
    assert {one.day for one in found.runs} == {
        date(2021, 10, 21),
        date(2022, 3, 12),
        date(2022, 7, 9),
    }
    for one in found.runs:
        assert one.value <= one.best
        assert one.filled + one.unmet == one.calls
        if one.policy == "hindsight":
            assert 26 - one.dropouts <= one.filled <= 26 < one.calls
    assert found.share("greedy") < found.share("hold_back") < found.share("hindsight")
