"""The example of places by lot prints the odds that are worked by hand."""

import importlib


def test_the_odds_of_two_clubs_are_worked_by_hand(capsys):
    """East has half a place of two in each course: 4 of 8 parts over four equal people, one each. West has the other
    12 parts of 16, three each. All even, so that the sum of squares is least. Every pair has odds: 16 lines.
    """
    importlib.import_module("course_places").main()
    lines = capsys.readouterr().out.splitlines()
    assert lines[:8] == [
        *(f"{person}: 1 and 1 of 8 draws" for person in ("ana", "bo", "cy", "di")),
        *(f"{person}: 3 and 3 of 8 draws" for person in ("ed", "flo", "gus", "hal")),
    ]
    assert lines[9:] == [
        "4 places are drawn",
        "the draw is what its line and the records say: True",
        "drawn again from one line: True",
        "the notice has 16 people and courses, and the line",
    ]
