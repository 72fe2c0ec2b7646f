"""How long something takes: minutes are minutes, hours are converted and to be confirmed."""

from __future__ import annotations

import pandas
import pinned
import pytest

from matchkit.tables.cells import CellFault, Context, read_cell
from matchkit.tables.importer.reading import read_tables

NOWHERE = Context()


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        (90, 90),
        ("90", 90),
        (" ９０ ", 90),
        ("90分钟", 90),
        ("90 min", 90),
        ("九十分钟", 90),
        (90.0, 90),
        ("30分", 30),
    ],
)
def test_minutes_are_certain(cell, minutes):
    assert read_cell("minutes", cell, NOWHERE) == (minutes, None)


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("2小时", 120),
        ("1.5小时", 90),
        ("两小时", 120),
        ("2 hours", 120),
        ("1h30", 90),
        ("1小时30分", 90),
        ("1 h 30 min", 90),
        ("半小时", 30),
        ("半个小时", 30),
        ("一个半小时", 90),
        ("half an hour", 30),
        ("0.5h", 30),
    ],
)
def test_hours_are_converted_and_to_be_confirmed(cell, minutes):
    reading = read_cell("minutes", cell, NOWHERE)
    assert reading.value == minutes
    assert reading.guess.text() == f"read as {minutes} (from hours)"
    assert reading.guess.text("zh") == f"读作 {minutes}（由小时换算）"


@pytest.mark.parametrize(
    ("cell", "minutes"), [(2, 2), ("2", 2), (2.0, 2), ("九", 9), ("１", 1)]
)
def test_a_small_number_alone_may_be_of_hours_and_is_to_be_confirmed(cell, minutes):
    reading = read_cell("minutes", cell, NOWHERE)
    assert reading.value == minutes
    assert reading.guess.text() == f"read as {minutes} min (minutes)"
    assert reading.guess.text("zh") == f"读作 {minutes} min（单位为分钟）"


@pytest.mark.parametrize(
    ("cell", "minutes"), [("5 min", 5), ("5分钟", 5), ("5m", 5), (10, 10), (0, 0)]
)
def test_a_small_number_of_minutes_is_certain_where_the_cell_says_so(cell, minutes):
    assert read_cell("minutes", cell, NOWHERE) == (minutes, None)


@pytest.mark.parametrize(
    "cell",
    [
        "1.333小时",
        "半天",
        "2天",
        "an hour or two",
        "1-2小时",
        "小时",
        "h",
        True,
        "2:00",
    ],
)
def test_what_is_no_number_of_minutes_is_refused_with_what_is_accepted(cell):
    with pytest.raises(CellFault) as caught:
        read_cell("minutes", cell, NOWHERE)
    assert caught.value.advice.text() == pinned.text("cell.accepts.minutes")


@pytest.mark.parametrize(
    ("header", "asked"),
    [("时长（分钟）", 0), ("minutes", 0), ("时长", 1), ("duration", 1)],
)
def test_a_header_that_says_minutes_answers_for_its_cells(header, asked):
    day = {
        "编号": "D1",
        "社区": "C1",
        "时间": "2026-05-02 08:00-12:00",
        header: 5,
        "人数": 1,
    }
    people = pandas.DataFrame({"编号": ["R1"], "单位": ["U1"]})
    found = read_tables(
        {"resources": people, "demands": pandas.DataFrame([day])}, tz="UTC"
    )
    assert found.problem.demands[0].minutes == 5
    assert len(found.guesses) == found.unconfirmed == asked
