"""Moments in columns of starts and ends, from every form in which programs and people write them, each worked
out by hand.

The plan lasts from 2026-05-01 to 2026-06-30 by the clocks of Shanghai, eight hours ahead of UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest

from matchkit.tables.cells import CellFault, Context, read_cell, read_span, read_start

CONTEXT = Context(zone="Asia/Shanghai", first=date(2026, 5, 1), last=date(2026, 6, 30))
SHANGHAI = timezone(timedelta(hours=8))


def began(cell: Any, context: Context = CONTEXT) -> tuple[str, set[str]]:
    """When a span of an hour from a cell begins, by the clocks of Shanghai, and the reasons for which it is a
    guess.
    """
    found = read_start(cell, 60, context)
    [window] = found.value
    assert window.end - window.start == timedelta(hours=1)
    return f"{window.start.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}", _reasons(found)


def lasted(start: Any, end: Any) -> tuple[str, set[str]]:
    found = read_span(start, end, CONTEXT)
    [window] = found.value
    return "/".join(
        f"{moment.astimezone(SHANGHAI):%m-%d %H:%M:%S}"
        for moment in (window.start, window.end)
    ), _reasons(found)


def _reasons(found: Any) -> set[str]:
    return (
        {
            reason.key.removeprefix("cell.guess.")
            for reason in dict(found.guess.values)["why"]
        }
        if found.guess
        else set()
    )


NINE = "2026-05-02 09:00:00"
MOMENTS = {
    "2026-05-02 00:15:00": [
        "2026-05-02 12:15 AM",
        "2026-05-02 12:15AM",
        "2026-05-02 12:15 a.m.",
        "2026-05-02 凌晨12:15",
        "2026-05-02 00:15 AM",
        "2 May 2026 12:15 am",
        "2026-05-02\u202f12:15\u202fAM",
        datetime(2026, 5, 2, 0, 15),  # noqa: DTZ001 - cells have no zone
    ],
    "2026-05-02 00:00:00": [
        "2026-05-02 12AM",
        "2026-05-02 12 a.m.",
        "2026-05-02 12:00:00 AM",
        "2026-05-02 00:00",
        "2026-05-01 24:00",
        "2026-05-01T24:00:00.000",
        "2026-05-01T16:00Z",
        "2026-05-01T24:00:00+08:00",
    ],
    "2026-05-02 12:30:00": [
        "2026-05-02 12:30 PM",
        "2026-05-02 12:30",
        "2026-05-02 中午12:30",
        "2026-05-02 下午12:30",
    ],
    NINE: [
        "二〇二六年五月二日9:00",
        "二○二六年五月二日9:00",
        "二零二六年五月二日9:00",
        "2026-05-02T01:00:00Z",
        "2026-05-02T01:00:00.000Z",
        "2026-05-02t01:00z",
        "2026-05-02T01:00:00.0000000Z",
        "2026-05-02 01:00 UTC",
        "2026-05-02T09:00:00",
        "2026-05-02 09:00:00.000",
        "2026-05-02 9:00",
        "2026-05-02T09:00+08:00",
        "2026-05-02 09:00:00+08",
        "2026-05-02 09:00:00 +0800",
        "2026-05-01 20:00:00-05:00",
        "2026-05-01T20:00-05:00",
        "2026/5/1 20:00:00-0500",
        "2026-05-02 09:00 GMT+8",
        datetime(2026, 5, 2, 1, tzinfo=UTC),
        datetime(2026, 5, 2, 9),  # noqa: DTZ001 - cells have no zone
    ],
    "2026-05-02 12:00:31": [
        "2026-05-02 12:00:31",
        "2026-05-02 12:00:31 PM",
        "2026-05-02T04:00:31Z",
    ],
}


@pytest.mark.parametrize(
    ("meaning", "cell"),
    [(meaning, cell) for meaning, cells in MOMENTS.items() for cell in cells],
)
def test_a_moment_is_the_same_in_every_form_and_certain(
    meaning: str, cell: Any
) -> None:
    assert began(cell) == (meaning, set())


@pytest.mark.parametrize(
    "cell",
    ["2026-05-02 09:00:00.5", "2026-05-02T01:00:00.123Z", "2026-05-02T09:00:00.000000001+08:00", "2026-05-02 9:00:00.25 AM",
     datetime(2026, 5, 2, 9, 0, 0, 7), datetime(2026, 5, 2, 1, 0, 0, 999_999, tzinfo=UTC)],  # noqa: DTZ001 - a spreadsheet's
)  # fmt: skip
def test_a_fraction_of_a_second_is_cut_off_and_asked_about(cell: Any) -> None:
    assert began(cell) == (NINE, {"fraction"})


def test_hours_in_a_column_of_starts_are_asked_about_as_an_offset() -> None:
    assert began("2026-05-01 20:00-05:00") == (NINE, {"offset"})


@pytest.mark.parametrize(
    "cell",
    [
        "2026-05-02 9:00-12:00",
        "2026-05-02 9:00-11:00",
        "2026-05-02 9:00-09:45",
        "5月2日 9:00-12:00",
    ],
)
def test_hours_whose_end_is_hardly_an_offset_are_no_start(cell: str) -> None:
    with pytest.raises(CellFault) as caught:
        began(cell)
    assert (caught.value.fact.key, caught.value.advice.key) == (
        "cell.time.moment_not",
        "cell.accepts.moment",
    )


@pytest.mark.parametrize(
    "cell",
    [
        "2026-05-01 13:00:00-12:00",
        "2026-05-01 13:00:00 -1200",
        "2026-05-01T13:00-12:00",
    ],
)
def test_an_offset_in_which_nobody_lives_is_asked_about(cell: str) -> None:
    assert began(cell) == (NINE, {"offset"})


@pytest.mark.parametrize(
    "cell",
    [
        "2026-05-01 14:00:00-11:00",
        "2026-05-01 15:30:00-09:30",
        "2026-05-01T21:00-04:00",
    ],
)
def test_one_in_which_people_live_is_certain(cell: str) -> None:
    assert began(cell) == (NINE, set())


def test_a_day_begins_at_midnight_which_is_asked_about() -> None:
    assert (
        began("2026-05-02")
        == began(date(2026, 5, 2))
        == ("2026-05-02 00:00:00", {"from_midnight"})
    )


@pytest.mark.parametrize(
    ("start", "end", "meaning"),
    [
        ("2026-05-02 12:15 AM", "2026-05-02 12:45 AM", "05-02 00:15:00/05-02 00:45:00"),
        ("2026-05-02 12:15 AM", "12:45 AM", "05-02 00:15:00/05-02 00:45:00"),
        ("2026-05-02 10:00 PM", "12:00 AM", "05-02 22:00:00/05-03 00:00:00"),
        ("2026-05-02 22:00", "0:00", "05-02 22:00:00/05-03 00:00:00"),
        ("2026-05-02 22:00", "24:00:00", "05-02 22:00:00/05-03 00:00:00"),
        ("2026-05-02 22:00", time(0), "05-02 22:00:00/05-03 00:00:00"),
        ("2026-05-02 22:00", "23:59:59", "05-02 22:00:00/05-03 00:00:00"),
        (
            datetime(2026, 5, 2, 22),  # noqa: DTZ001 - a spreadsheet's
            datetime(2026, 5, 2, 23, 59, 59),  # noqa: DTZ001
            "05-02 22:00:00/05-03 00:00:00",
        ),
        ("2026-05-02 11:00 PM", "11:59:59 PM", "05-02 23:00:00/05-03 00:00:00"),
        (
            "2026-05-02T09:00:00.000Z",
            "2026-05-02T11:00:00.000Z",
            "05-02 17:00:00/05-02 19:00:00",
        ),
        ("2026-05-02 12:00:31", "2026-05-02 14:00:31", "05-02 12:00:31/05-02 14:00:31"),
        ("2026-05-02 12:00:31", "14:00:31", "05-02 12:00:31/05-02 14:00:31"),
        (
            "2026-05-02 02:00:00-05:00",
            "2026-05-02 05:00:00-05:00",
            "05-02 15:00:00/05-02 18:00:00",
        ),
        ("2026-05-02T22:00:00+08:00", "24:00", "05-02 22:00:00/05-03 00:00:00"),
        ("2026-05-02 00:00:00", "2026-05-03 00:00:00", "05-02 00:00:00/05-03 00:00:00"),
    ],
)
def test_a_span_of_two_cells_is_certain(start: Any, end: Any, meaning: str) -> None:
    assert lasted(start, end) == (meaning, set())


def test_days_without_hours_in_two_cells_are_asked_about_as_one_span() -> None:
    assert lasted("2026-05-01", "2026-05-31") == (
        "05-01 00:00:00/06-01 00:00:00",
        {"one_span"},
    )
    assert lasted(date(2026, 5, 1), date(2026, 5, 1)) == (
        "05-01 00:00:00/05-02 00:00:00",
        {"all_day"},
    )


def test_an_end_at_12_am_after_a_morning_may_be_meant_for_noon() -> None:
    assert lasted("2026-05-02 10:00 AM", "12:00 AM") == (
        "05-02 10:00:00/05-03 00:00:00",
        {"midnight"},
    )


@pytest.mark.parametrize(
    "cell",
    [
        "2026-05-02 上午12:30",
        "2026/5/2 上午12:30:00",
        "2026-05-02 早上12:30",
        "2026-05-02 晚上12:30",
    ],
)
def test_a_twelve_that_may_be_noon_or_midnight_is_refused(cell: str) -> None:
    with pytest.raises(CellFault) as caught:
        began(cell)
    assert caught.value.fact.key == "cell.time.half_day"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("09:00", "cell.time.moment_not"),
        ("2026-05-02 24:01", "cell.time.no_clock"),
        ("2026-05-02T24:00:01", "cell.time.no_clock"),
        ("2026-05-02 09:00:60", "cell.time.no_clock"),
        ("2026-02-30 09:00", "cell.date.no_such_day"),
        (46_144.5, "cell.date.number"),
    ],
)
def test_a_start_that_is_none_is_refused_for_its_own_reason(
    cell: Any, reason: str
) -> None:
    with pytest.raises(CellFault) as caught:
        began(cell)
    assert caught.value.fact.key == reason


# 8 June and 6 August; 13 is no month; of a plan of 2026 neither 26 May 2002 nor 26 June 2006 is near.
MONTH_FIRST, DAY_FIRST = (
    Context(zone="Asia/Shanghai", day_first=order) for order in (False, True)
)


@pytest.mark.parametrize(
    ("context", "cell", "meaning", "reasons"),
    [
        (MONTH_FIRST, "8/6/23 13:00", "2023-08-06 13:00:00", set()),
        (DAY_FIRST, "8/6/23 13:00", "2023-06-08 13:00:00", set()),
        (MONTH_FIRST, "8/6/2023 13:00", "2023-08-06 13:00:00", set()),
        (DAY_FIRST, "8/6/2023 13:00", "2023-06-08 13:00:00", set()),
        (MONTH_FIRST, "08-06-23 1:00 PM", "2023-08-06 13:00:00", set()),
        (MONTH_FIRST, "8/13/23 13:00", "2023-08-13 13:00:00", set()),
        (DAY_FIRST, "8/13/2023 13:00", "2023-08-13 13:00:00", {"month_first"}),
        (MONTH_FIRST, "13.8.2023 13:00", "2023-08-13 13:00:00", {"day_first"}),
        (MONTH_FIRST, "8/6/99 13:00", "2099-08-06 13:00:00", {"century"}),
        (
            Context(zone="Asia/Shanghai"),
            "8/13/2023 13:00",
            "2023-08-13 13:00:00",
            set(),
        ),
        (
            Context(zone="Asia/Shanghai"),
            "8/13/23 13:00",
            "2023-08-13 13:00:00",
            {"month_first", "century"},
        ),
        (CONTEXT, "06/06/26 13:00", "2026-06-06 13:00:00", {"century", "month_first"}),
        (CONTEXT, "26/5/2 13:00", "2026-05-02 13:00:00", {"year_first", "century"}),
        (CONTEXT, "2-May-26 13:00", "2026-05-02 13:00:00", {"century"}),
    ],
)
def test_a_date_is_read_in_the_order_that_is_stated_or_possible(
    context: Context, cell: str, meaning: str, reasons: set[str]
) -> None:
    assert began(cell, context) == (meaning, reasons)


@pytest.mark.parametrize(
    ("cell", "ways"),
    [
        ("08/6/23 13:00", 3),
        ("8/6/23 13:00", 2),
        ("8/6/2023 13:00", 2),
        ("03.04.2026", 2),
        ("26/05/02", 2),
    ],
)
def test_a_date_in_no_certain_order_is_refused_with_every_way_and_how_to_say_it(
    cell: str, ways: int
) -> None:
    """08/6/23 may be of June, of August, or of 2008, 8/6/23 of no year 8; 26/05/02 of 2026 or of 2002."""
    with pytest.raises(CellFault) as caught:
        began(cell, Context(zone="Asia/Shanghai"))
    fault = caught.value
    assert fault.fact.key == "cell.date.ambiguous"
    assert len(dict(fault.fact.values)["ways"]) == ways
    assert all(
        word in fault.advice.text(lang)
        for word in ("--day-first", "--month-first", "day_first = true")
        for lang in ("en", "zh")
    )


def test_an_ambiguous_date_names_the_day_of_each_order() -> None:
    with pytest.raises(CellFault) as caught:
        began("8/6/2023 13:00")
    assert (
        caught.value.fact.text()
        == "may be 2023-08-06, with the month first; 2023-06-08, with the day first"
    )
    assert (
        caught.value.fact.text("zh")
        == "可能是2023-08-06（月在前）；2023-06-08（日在前）"
    )


@pytest.mark.parametrize(
    ("zone", "cell", "day"),
    [
        (None, "2026-05-02T00:00:00.000Z", date(2026, 5, 2)),
        ("Asia/Shanghai", "2026-05-02T00:00:00.000Z", date(2026, 5, 2)),
        ("Asia/Shanghai", "2026-05-01T16:00:00Z", date(2026, 5, 2)),
        ("America/New_York", "2026-05-02T00:00:00", date(2026, 5, 2)),
        ("America/New_York", "2026-05-02T04:00:00Z", date(2026, 5, 2)),
        ("America/New_York", datetime(2026, 5, 2, 4, tzinfo=UTC), date(2026, 5, 2)),
    ],
)
def test_midnight_of_a_day_stands_for_the_day_where_both_clocks_agree(
    zone: str | None, cell: Any, day: date
) -> None:
    assert read_cell("date", cell, Context(zone=zone)) == (day, None)


@pytest.mark.parametrize(
    "cell",
    ["2026-05-02T00:00:00Z", "2026-05-02T09:00", datetime(2026, 5, 2, tzinfo=UTC)],
)
def test_any_other_moment_is_no_day(cell: Any) -> None:
    """Midnight in Greenwich is the evening before in New York."""
    with pytest.raises(CellFault) as caught:
        read_cell("date", cell, Context(zone="America/New_York"))
    assert caught.value.fact.key == "cell.date.with_time"
