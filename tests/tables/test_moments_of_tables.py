"""Moments of whole tables: what is read of small files, the same from every form, and the order of day and
month that is stated.

Expected values are worked out by hand: Shanghai is eight hours ahead of UTC all year, New York four hours
behind it in August.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas
import pinned
import polars
import pyarrow
import pytest

from matchkit.errors import InputError
from matchkit.model import Weekly
from matchkit.tables.formats import write_grids
from matchkit.tables.formats.grid import Grid
from matchkit.tables.importer.reading import read_tables

HERE = Path(__file__).parent / "moments"
PLAN = {"tz": "Asia/Shanghai", "first": "2026-05-01", "last": "2026-06-30"}


def told(found: Any) -> list[str]:
    """The time of every demand: its window in UTC, or the days and hours of its pattern."""
    times = [demand.windows[0] for demand in found.problem.demands]
    return [
        f"{one.days} {one.start}-{one.end}"
        if isinstance(one, Weekly)
        else f"{one.start:%Y-%m-%d %H:%M:%S}/{one.end:%m-%d %H:%M:%S}"
        for one in times
    ]


def asked(found: Any) -> list[str]:
    """What is to be confirmed, without the table's own name."""
    return [
        finding.line()
        for finding in found.guesses
        if finding.message.key != "tables.by_headers"
    ]


def test_moments_are_moments_in_every_form() -> None:
    found = read_tables(HERE / "moments.csv", **PLAN)
    assert told(found) == [
        "2026-05-01 16:15:00/05-01 16:45:00",
        "2026-05-02 09:00:00/05-02 11:00:00",
        "2026-05-02 04:00:31/05-02 06:00:31",
        "2026-05-02 07:00:00/05-02 10:00:00",
    ]
    assert asked(found) == []


def test_a_moment_with_its_offset_in_a_column_of_windows_is_asked_about_as_a_moment() -> (
    None
):
    with pytest.raises(InputError) as caught:
        read_tables(HERE / "offset_in_windows.csv", **PLAN)
    [complaint] = caught.value.complaints
    assert (complaint.where, complaint.fact) == (
        "offset_in_windows.csv, row 2, column windows",
        f"'2026-05-02 02:00:00-05:00' {pinned.text('cell.time.moment')}",
    )


def test_hours_until_12_am_are_told_apart_from_those_until_12_pm() -> None:
    found = read_tables(HERE / "shift_labels.csv", **PLAN)
    assert told(found) == ["(1,) 10:00-12:00", "(2,) 09:00-11:00", "(4,) 10:00-12:00"]
    monday, thursday = asked(found)
    assert pinned.text("cell.guess.office") in monday
    assert all(
        hours in thursday for hours in ("10:00-12:00", "10:00-24:00", "22:00-24:00")
    )


@pytest.mark.parametrize("hours", ["{start}-12AM", "{start}AM-12AM"])
def test_hours_until_12_am_are_never_hidden_behind_others(hours: str) -> None:
    cells = [
        f"{day} {hours.format(start=start)}"
        for start in (9, 10)
        for day in ("Mon", "Tue", "Wed", "Thu")
    ]
    rows = [
        ["id", "community", "wanted", "windows"],
        *([f"D{cell}", "c", 1, cell] for cell in cells),
    ]
    found = read_tables([Grid("demands", rows)], **PLAN)
    assert all(f"'{cell}'" in found.text() for cell in cells)


@pytest.mark.parametrize(
    "stated", [{"day_first": False}, {"mapping": {"settings": {"day_first": False}}}]
)
def test_a_stated_month_first_is_followed_without_a_question(
    stated: dict[str, Any],
) -> None:
    found = read_tables(HERE / "us_dates.csv", tz="America/New_York", **stated)
    assert told(found) == [
        "2023-08-06 17:00:00/08-06 21:00:00",
        "2023-08-13 13:00:00/08-13 15:30:00",
    ]
    assert asked(found) == []


@pytest.mark.parametrize("said", ["no", False, 0])
def test_the_sheet_of_settings_states_it_as_well(said: Any) -> None:
    rows = [
        ["id", "community", "wanted", "start", "end"],
        ["S1", "park", 4, "8/6/23 13:00", "8/6/23 17:00"],
    ]
    settings = Grid(
        "settings",
        [["setting", "value"], ["day_first", said], ["zone", "America/New_York"]],
    )
    assert told(read_tables([Grid("demands", rows), settings])) == [
        "2023-08-06 17:00:00/08-06 21:00:00"
    ]


def test_a_stated_day_first_is_followed_where_the_calendar_has_such_a_day() -> None:
    found = read_tables(HERE / "us_dates.csv", tz="America/New_York", day_first=True)
    assert told(found) == [
        "2023-06-08 17:00:00/06-08 21:00:00",
        "2023-08-13 13:00:00/08-13 15:30:00",
    ]
    [question] = asked(found)
    assert "row 3" in question
    assert pinned.text("cell.guess.month_first") in question


def test_where_nothing_is_stated_both_orders_are_offered() -> None:
    with pytest.raises(InputError) as caught:
        read_tables(HERE / "us_dates.csv", tz="America/New_York")
    [complaint] = caught.value.complaints
    assert (
        complaint.fact
        == "'8/6/23 13:00' may be 2023-08-06, with the month first; 2023-06-08, with the day first"
    )
    assert "--day-first or --month-first" in complaint.advice


HEAD = ["id", "community", "wanted", "start", "end"]
TEXTS = [
    ("2026-05-02 12:15 AM", "2026-05-02 12:45 AM"),
    ("2026-05-02T09:00:00.000Z", "2026-05-02T11:00:00.000Z"),
    ("2026-05-02 12:00:31", "2026-05-02 14:00:31"),
    ("2026-05-02 02:00:00-05:00", "2026-05-02 05:00:00-05:00"),
    ("2026-05-02 22:00:00", "2026-05-03 00:00:00"),
    ("2026-05-02 09:00:00.5", "2026-05-02T24:00:00+08:00"),
    ("2026-05-02", "2026-05-03"),
    ("8/13/26 1:00 PM", "14:00"),
    ("5月2日 下午2:00", "5月2日 下午3:00"),
]
MEANT = [
    "2026-05-01 16:15:00/05-01 16:45:00",
    "2026-05-02 09:00:00/05-02 11:00:00",
    "2026-05-02 04:00:31/05-02 06:00:31",
    "2026-05-02 07:00:00/05-02 10:00:00",
    "2026-05-02 14:00:00/05-02 16:00:00",
    "2026-05-02 01:00:00/05-02 16:00:00",
    "2026-05-01 16:00:00/05-03 16:00:00",
    "2026-08-13 05:00:00/08-13 06:00:00",
    "2026-05-02 06:00:00/05-02 07:00:00",
]
# As spreadsheets, packages and databases hold them; no column of them holds days alone.
TYPED = [
    (datetime(2026, 5, 2, 22), datetime(2026, 5, 3)),  # noqa: DTZ001
    (datetime(2026, 5, 2), datetime(2026, 5, 2, 11, 0, 31)),  # noqa: DTZ001
    (datetime(2026, 5, 2, 9, 0, 0, 500_000), datetime(2026, 5, 2, 23, 59, 59)),  # noqa: DTZ001
]
TYPED_MEANT = [
    "2026-05-02 14:00:00/05-02 16:00:00",
    "2026-05-01 16:00:00/05-02 03:00:31",
    "2026-05-02 01:00:00/05-02 16:00:00",
]
FORMS = ["csv", "xlsx", "parquet", "pandas", "polars", "arrow"]


def source(form: str, spans: list[Any], folder: Path) -> Any:
    """A demand list with these starts and ends, in this form."""
    rows = [[f"D{number}", "c", 1, *span] for number, span in enumerate(spans)]
    columns = {name: [row[place] for row in rows] for place, name in enumerate(HEAD)}
    if form in ("pandas", "polars", "arrow"):
        return {
            "demands": {
                "pandas": pandas.DataFrame,
                "polars": polars.DataFrame,
                "arrow": pyarrow.table,
            }[form](columns)
        }
    path = folder / "demands.xlsx" if form == "xlsx" else folder
    write_grids([Grid("demands", [HEAD, *rows])], path, form)
    return path


@pytest.mark.parametrize("form", FORMS)
def test_the_same_text_is_the_same_time_from_every_form(
    form: str, tmp_path: Path
) -> None:
    found = read_tables(source(form, TEXTS, tmp_path), **PLAN)
    assert told(found) == MEANT
    assert [line.partition("'")[2].partition("'")[0] for line in asked(found)] == [
        TEXTS[5][0],
        TEXTS[6][0],
        TEXTS[7][0],
    ]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_moment_is_the_same_time_from_every_form(
    form: str, tmp_path: Path
) -> None:
    found = read_tables(source(form, TYPED, tmp_path), **PLAN)
    assert told(found) == TYPED_MEANT
    [question] = asked(found)
    assert pinned.text("cell.guess.fraction") in question


@pytest.mark.parametrize(
    "form", [form for form in FORMS if form not in ("csv", "parquet")]
)
def test_a_column_of_midnights_is_one_of_days_as_packages_hold_them(
    form: str, tmp_path: Path
) -> None:
    """The second and third of May, to the end of the third; text files would hold hours, if 00:00:00."""
    days = (datetime(2026, 5, 2), datetime(2026, 5, 3))  # noqa: DTZ001
    found = read_tables(source(form, [days], tmp_path), **PLAN)
    assert told(found) == ["2026-05-01 16:00:00/05-03 16:00:00"]
    [question] = asked(found)
    assert pinned.text("cell.guess.one_span", days=2) in question


@pytest.mark.parametrize(
    ("cell", "meaning"),
    [
        ("2026-05-02T01:00:00.000Z", "2026-05-02 01:00:00/05-02 02:30:00"),
        ("2026-05-02 02:00:00-05:00", "2026-05-02 07:00:00/05-02 08:30:00"),
        ("2026-05-02 12:15 AM", "2026-05-01 16:15:00/05-01 17:45:00"),
        ("2026-05-02 23:30:31", "2026-05-02 15:30:31/05-02 17:00:31"),
        ("2026-05-02T24:00", "2026-05-02 16:00:00/05-02 17:30:00"),
        (datetime(2026, 5, 2, 9), "2026-05-02 01:00:00/05-02 02:30:00"),  # noqa: DTZ001 - a spreadsheet's
    ],
)
def test_a_start_that_a_mapping_gives_a_length_may_be_any_moment(
    cell: Any, meaning: str
) -> None:
    mapping = {
        "tables": [
            {
                "table": "demands",
                "columns": {"windows": {"start": "start", "minutes": 90}},
            }
        ]
    }
    found = read_tables(
        [Grid("demands", [HEAD[:4], ["D1", "c", 1, cell]])], mapping=mapping, **PLAN
    )
    assert told(found) == [meaning]
    assert asked(found) == []


def test_a_fault_of_an_end_is_told_of_the_end() -> None:
    with pytest.raises(InputError) as caught:
        read_tables(
            [
                Grid(
                    "demands",
                    [HEAD, ["D1", "c", 1, "2026-05-02 09:00", "2026-05-02 24:30"]],
                )
            ],
            **PLAN,
        )
    [complaint] = caught.value.complaints
    assert complaint.where.endswith("column end")
    assert "'2026-05-02 24:30'" in complaint.fact


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-05-01T00:00:00", "2026-06-30T00:00:00.000"),
        ("2026-05-01T00:00:00.000Z", "2026-06-30T00:00:00Z"),
        ("2026-04-30T16:00:00Z", "2026-06-29T16:00:00.000Z"),
        ("2026/5/1", "2026年6月30日"),
        (date(2026, 5, 1), datetime(2026, 6, 30)),  # noqa: DTZ001 - of a program without zones
    ],
)
def test_the_plan_may_begin_and_end_at_the_midnight_of_a_day(
    first: Any, last: Any
) -> None:
    rows = [["id", "community", "wanted", "windows"], ["D1", "c", 1, "周六 9:00-11:00"]]
    found = read_tables(
        [Grid("demands", rows)], tz="Asia/Shanghai", first=first, last=last
    )
    [pattern] = found.problem.demands[0].windows
    assert (pattern.first, pattern.last) == (date(2026, 5, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("2026-05-01T09:00", "moment of a day"),
        ("5/6/2026", "may be"),
        ("2-May-26", "2026"),
        ("x", "no date"),
    ],
)
def test_what_is_no_certain_day_is_refused_as_the_first_of_a_plan(
    given: str, reason: str
) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        read_tables([Grid("demands", [HEAD])], tz="UTC", first=given)
    assert caught.value.complaints[0].where == "first"


def test_parts_of_the_day_may_have_seconds_of_nought() -> None:
    settings = {"parts": {"晚": ["19:00:00", "21:00:00.000"]}}
    rows = [["id", "community", "wanted", "windows"], ["D1", "c", 1, "周六晚"]]
    assert told(
        read_tables([Grid("demands", rows)], mapping={"settings": settings}, **PLAN)
    ) == ["(6,) 19:00-21:00"]
