"""Days in one column and hours in another, columns of times under other headers, and headers that say the
opposite.

The plan lasts from 2026-05-01 to 2026-06-30 by the clocks of Shanghai, eight hours ahead of UTC. 2 May 2026
is a Saturday.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pandas
import pinned
import polars
import pyarrow
import pytest

from matchkit.errors import InputError
from matchkit.messages.message import Message
from matchkit.tables.cells import written
from matchkit.tables.formats.grid import Grid
from matchkit.tables.importer.reading import read_tables

PLAN = {"tz": "Asia/Shanghai", "first": "2026-05-01", "last": "2026-06-30"}
MORNING = "2026-05-02T01:00:00Z/2026-05-02T04:00:00Z"
MONDAYS = "Mon 09:00-12:00 2026-05-01..2026-06-30 Asia/Shanghai"


def demands(heads: list[str], *rows: list[Any]) -> list[Grid]:
    return [
        Grid(
            "demands",
            [
                ["id", "community", "wanted", *heads],
                *([f"D{at}", "c", 1, *row] for at, row in enumerate(rows)),
            ],
        )
    ]


def resources(heads: list[Any], *rows: list[Any]) -> list[Grid]:
    return [
        Grid(
            "resources",
            [
                ["id", "unit", *heads],
                *([f"R{at}", "u", *row] for at, row in enumerate(rows)),
            ],
        )
    ]


def times(found: Any) -> list[str]:
    held = [record.available for record in found.problem.resources] + [
        record.windows for record in found.problem.demands
    ]
    return [str(written("times", one)) for one in held]


def asked(found: Any) -> set[str]:
    """The reasons for which something is to be confirmed."""
    why = {
        one.key
        for finding in found.guesses
        for one in dict(finding.message.values).get("why", ())
    }
    return why or {finding.message.key for finding in found.guesses}


def facts(source: Any, **given: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_tables(source, **PLAN, **given)
    return [complaint.line() for complaint in caught.value.complaints]


BESIDE = [
    (["date", "time"], ["2026-05-02", "9:00-12:00"], MORNING),
    (["date", "time"], [date(2026, 5, 2), "9:00-12:00"], MORNING),
    (["date", "time"], [datetime(2026, 5, 2), "9am-12pm"], MORNING),  # noqa: DTZ001
    (["time", "date"], ["9:00-12:00", "2026-05-02"], MORNING),
    # Midnight, as programs write it behind a day.
    (["date", "time"], ["2026-05-02T00:00:00", "9:00-12:00"], MORNING),
    (["date", "time"], ["2026-05-02T00:00:00.000", "9:00-12:00"], MORNING),
    (["date", "time"], ["May 2, 2026 00:00:00", "9:00-12:00"], MORNING),
    (["日期", "时间"], ["5月2日", "9:00-12:00"], MORNING),
    (["date", "time"], ["Mon", "9:00-12:00"], MONDAYS),
    (["windows 1", "windows 2"], ["2026-05-02", "9:00-12:00"], MORNING),
    (["date", "start time", "end time"], ["2026-05-02", "9:00", "12:00"], MORNING),
    (
        ["date", "start time", "end time"],
        [date(2026, 5, 2), time(9), time(12)],
        MORNING,
    ),
    (["日期", "开始时间", "结束时间"], [date(2026, 5, 2), time(9), time(12)], MORNING),
    (["date", "start", "end"], ["Mon", time(9), time(12)], MONDAYS),
    (
        ["start date", "start time", "end date", "end time"],
        [date(2026, 5, 2), time(9), date(2026, 5, 2), time(12)],
        MORNING,
    ),
    (
        ["start time", "start date", "end time", "end date"],
        ["9:00", "2026-05-02", "12:00", "2026-05-02"],
        MORNING,
    ),
    (
        ["start date", "start time", "end time"],
        [date(2026, 5, 2), time(9), time(12)],
        MORNING,
    ),
    # Hours of databases and of the format [h]:mm.
    (
        ["date", "start", "end"],
        [date(2026, 5, 2), timedelta(hours=9), timedelta(hours=12)],
        MORNING,
    ),
    (
        ["date", "start", "end"],
        [date(2026, 5, 2), timedelta(hours=9), timedelta(hours=24)],
        "2026-05-02T01:00:00Z/2026-05-02T16:00:00Z",
    ),
    # Several of either.
    (
        ["date", "time"],
        ["2026-05-02; 2026-05-03", "9:00-12:00"],
        f"{MORNING}; {MORNING.replace('-02T', '-03T')}",
    ),
    (
        ["date", "time"],
        ["2026-05-02", "9:00-12:00; 14:00-16:00"],
        f"{MORNING}; 2026-05-02T06:00:00Z/2026-05-02T08:00:00Z",
    ),
    # A day of the week beside its date, or beside the dates between which it holds.
    (["date", "weekday", "time"], ["2026-05-02", "Sat", "9:00-12:00"], MORNING),
    (
        ["星期", "日期", "开始时间", "结束时间"],
        ["周六", date(2026, 5, 2), time(9), time(12)],
        MORNING,
    ),
    (
        ["date", "weekday", "time"],
        ["2026-05-01~2026-05-31", "Mon", "9:00-12:00"],
        MONDAYS.replace("06-30", "05-31"),
    ),
    (
        ["windows 1", "windows 2", "windows 3"],
        ["Mon", "9:00-10:00", "10:00-12:00"],
        "; ".join(
            MONDAYS.replace("09:00-12:00", hours)
            for hours in ("09:00-10:00", "10:00-12:00")
        ),
    ),
    # Two whole times are two times.
    (
        ["windows 1", "windows 2"],
        ["2026-05-02 9:00-12:00", "2026-05-03 9:00-12:00"],
        f"{MORNING}; {MORNING.replace('-02T', '-03T')}",
    ),
]


@pytest.mark.parametrize(("heads", "row", "meaning"), BESIDE)
def test_days_in_one_column_and_hours_in_another_are_one_time(
    heads: list[str], row: list[Any], meaning: str
) -> None:
    found = read_tables(demands(heads, row), **PLAN)
    assert times(found) == [meaning]
    assert found.guesses == ()


def test_it_is_told_which_columns_were_put_together() -> None:
    found = read_tables(
        demands(
            ["date", "time"], ["2026-05-02", "9:00-12:00"], ["2026-05-03", "9:00-12:00"]
        ),
        **PLAN,
    )
    [told] = [
        finding
        for finding in found.findings
        if finding.message.key == "tables.put_together"
    ]
    assert (told.where.column, dict(told.message.values)["hours"]) == ("date", "time")


def test_rows_are_put_together_each_by_itself() -> None:
    rows = [
        ["2026-05-02", "上午"],
        ["2026-05-02", None],
        [None, "Mon 9:00-12:00"],
        ["Sat", "随时"],
    ]
    found = read_tables(demands(["date", "time"], *rows), **PLAN)
    assert times(found) == [
        "2026-05-02T00:00:00Z/2026-05-02T04:00:00Z",
        "2026-05-01T16:00:00Z/2026-05-02T16:00:00Z",
        MONDAYS,
        "Sat 00:00-24:00 2026-05-01..2026-06-30 Asia/Shanghai",
    ]
    assert asked(found) == {
        "cell.guess.part",
        "cell.guess.all_day",
        "cell.guess.which_hours",
        "cell.guess.word",
    }


def test_a_day_of_the_week_beside_another_date_is_a_fault() -> None:
    [line] = facts(
        demands(["date", "weekday", "time"], ["2026-05-02", "Sun", "9:00-12:00"])
    )
    assert pinned.text("cell.date.weekday", date="2026-05-02") in line
    [line] = facts(demands(["date", "weekday"], ["2026-05-02", "Sun"]))
    assert pinned.text("cell.date.weekday", date="2026-05-02") in line


@pytest.mark.parametrize(
    "heads",
    [
        ["date", "time"],
        ["date", "start", "end"],
        ["start date", "start time", "end time"],
    ],
)
@pytest.mark.parametrize("day", ["8/6/26", "8/6", "2026-02-30"])
def test_a_date_that_is_not_certain_is_the_only_fault_of_its_row(
    heads: list[str], day: str
) -> None:
    [line] = facts(
        demands(
            heads, [day, *(["9:00-12:00"] if len(heads) == 2 else ["9:00", "12:00"])]
        )
    )
    assert f"row 2, column {heads[0]}: '{day} 9:00" in line
    assert (
        (pinned.text("cell.date.no_such_day") in line)
        if day == "2026-02-30"
        else ("with the month first; " in line)
    )


def test_hours_without_a_day_are_told_as_a_start_that_is_no_date() -> None:
    [line] = facts(demands(["start", "end"], ["9:00", "12:00"]))
    assert (
        "column start: '9:00' is no date and no date with a time of day. Give a date, or a date with a time"
        in line
    )


def test_a_number_in_a_column_of_times_is_told_as_a_number() -> None:
    for cell in (20260502, 46144.5):
        [line] = facts(demands(["windows"], [cell]))
        assert pinned.text("cell.date.number") in line


def test_a_start_in_a_column_of_hours_is_a_start_without_an_end() -> None:
    [line] = facts(demands(["date", "time"], [date(2026, 5, 2), time(9)]))
    assert f"'2026-05-02 09:00:00' {pinned.text('cell.time.moment')}" in line


def test_dates_that_go_on_through_days_are_asked_about() -> None:
    row = [date(2026, 5, 2), time(9), date(2026, 5, 4), time(12)]
    found = read_tables(
        demands(["start date", "start time", "end date", "end time"], row), **PLAN
    )
    assert times(found) == ["2026-05-02T01:00:00Z/2026-05-04T04:00:00Z"]
    assert asked(found) == {"cell.guess.through"}


FRAMES = {
    "pandas": pandas.DataFrame,
    "polars": polars.DataFrame,
    "arrow": pyarrow.table,
}


@pytest.mark.parametrize("frame", FRAMES)
def test_an_end_at_midnight_of_a_start_with_hours_is_that_midnight_and_asked_about(
    frame: str,
) -> None:
    starts = [datetime(2026, 5, 2, 18), datetime(2026, 5, 3, 18)]  # noqa: DTZ001
    ends = [datetime(2026, 5, 3), datetime(2026, 5, 4)]  # noqa: DTZ001
    table = FRAMES[frame](
        {
            "id": ["D1", "D2"],
            "community": ["c", "c"],
            "wanted": [1, 1],
            "start": starts,
            "end": ends,
        }
    )
    found = read_tables({"demands": table}, **PLAN)
    assert times(found) == [
        "2026-05-02T10:00:00Z/2026-05-02T16:00:00Z",
        "2026-05-03T10:00:00Z/2026-05-03T16:00:00Z",
    ]
    assert asked(found) == {"cell.guess.begins_day"}


@pytest.mark.parametrize("start", ["2026-05-02 18:00", time(18)])
def test_so_is_one_beside_starts_that_are_text_or_hours(start: Any) -> None:
    end = datetime(2026, 5, 3)  # noqa: DTZ001
    heads = (
        ["start", "end"]
        if isinstance(start, str)
        else ["start date", "start time", "end"]
    )
    row = [start, end] if isinstance(start, str) else [date(2026, 5, 2), start, end]
    found = read_tables(demands(heads, row), **PLAN)
    assert times(found) == ["2026-05-02T10:00:00Z/2026-05-02T16:00:00Z"]
    assert asked(found) == {"cell.guess.begins_day"}


@pytest.mark.parametrize(
    "midnight", [" 00:00:00", "T00:00:00", "T00:00:00.000000", " 0:00"]
)
def test_days_that_a_program_wrote_as_text_with_midnight_are_asked_about(
    midnight: str,
) -> None:
    """As moments they end when the last day begins, and as days when it ends."""
    row = [f"2026-05-02{midnight}", f"2026-05-04{midnight}"]
    found = read_tables(demands(["start", "end"], row, [None, None]), **PLAN)
    assert times(found) == ["2026-05-01T16:00:00Z/2026-05-03T16:00:00Z", "None"]
    assert "cell.guess.begins_day" in asked(found)
    found = read_tables(
        demands(["start", "end"], row, ["2026-05-02 18:00", "2026-05-03 00:00"]), **PLAN
    )
    assert "cell.guess.begins_day" not in asked(found)


NOT_FREE = [
    *(
        "不可服务时间",
        "不可用时间",
        "不可服务时段",
        "非服务时间",
        "没空时间",
        "无法服务时间",
        "请假时间",
        "忙碌时间",
        "休假日期",
    ),
    *(
        "unavailable",
        "unavailable time",
        "Unavailable times",
        "not available",
        "not availability",
        "unavailability",
        "busy",
        "Busy times",
    ),
    *(
        "blackout dates",
        "days off",
        "time off",
        "on leave",
        "absence",
        "vacation",
        "cannot serve",
        "nicht verfügbar",
        "Urlaub",
    ),
]


@pytest.mark.parametrize("head", NOT_FREE)
def test_times_when_somebody_is_not_free_are_never_suggested_as_the_opposite(
    head: str,
) -> None:
    found = read_tables(resources([head], ["Mon 9:00-12:00"]), **PLAN)
    [finding] = found.guesses
    assert (finding.kind, finding.message.key, finding.where.column) == (
        "ignored",
        "tables.column_not_free",
        head,
    )
    assert pinned.text("tables.column_not_free", column="available") in finding.line()
    assert pinned.text(
        "tables.column_not_free",
        "zh",
        column=Message("column.resources.available.header"),
    ) in finding.line("zh")


@pytest.mark.parametrize("head", ["不可服务时间", "unavailable", "busy"])
def test_nor_are_they_read_as_it_without_a_question_where_a_mapping_says_so(
    head: str,
) -> None:
    mapping = {"tables": [{"table": "resources", "columns": {"available": head}}]}
    found = read_tables(resources([head], ["Mon 9:00-12:00"]), mapping=mapping, **PLAN)
    assert [finding.message.key for finding in found.guesses] == [
        "tables.headed_not_free"
    ]


LIKE_IT = [
    "帮忙时间",
    "availability while others are away",
    "vacant times",
    "applicant hours",
    "Takeaway times",
    "available tot",
]


@pytest.mark.parametrize("head", LIKE_IT)
def test_a_header_that_only_looks_like_one_is_not_taken_for_it(head: str) -> None:
    [finding] = read_tables(resources([head], ["Mon 9:00-12:00"]), **PLAN).guesses
    assert finding.message.key == "tables.column_of_times"


OTHER = [
    "hours",
    "working hours",
    "shift",
    "Verfügbarkeit",
    "可参与服务时间",
    "可服务时间（周末）",
    "day",
    "date",
]


@pytest.mark.parametrize("head", OTHER)
@pytest.mark.parametrize(
    "cell",
    [
        "Mon 9:00-12:00",
        "周一",
        "2026-05-02",
        date(2026, 5, 2),
        time(9),
        "上午",
        "9:00-12:00",
        "Mon 9:00",
    ],
)
def test_a_column_of_times_that_is_left_out_is_told_as_one(
    head: str, cell: Any
) -> None:
    [finding] = read_tables(resources([head], [cell]), **PLAN).guesses
    assert (finding.kind, finding.message.key) == ("ignored", "tables.column_of_times")
    assert "rows without times are taken for always" in finding.line()


@pytest.mark.parametrize(
    "head",
    [
        "可服务的时段",
        "可用时段",
        "空闲时段",
        "Available Time",
        "available days",
        "weekday",
        "星期",
    ],
)
def test_more_headers_of_times_are_known(head: str) -> None:
    found = read_tables(resources([head], ["Mon 9:00-12:00"]), **PLAN)
    assert (times(found), found.guesses) == ([MONDAYS], ())


def test_available_from_and_available_until_are_a_start_and_an_end() -> None:
    found = read_tables(
        resources(
            ["available from", "available until"],
            ["2026-05-02 09:00", "2026-05-02 12:00"],
        ),
        **PLAN,
    )
    assert (times(found), found.guesses) == ([MORNING], ())


HEADERS = [
    "available ({})",
    "可用时间（{}）",
    "available start ({})",
    "available [{}]",
    "available {}",
    "可用时间_{}",
]


@pytest.mark.parametrize(
    "zone", ["UTC", "GMT+8", "UTC-05:00", "EST", "EST/EDT", "Europe/Berlin", "北京时间"]
)
@pytest.mark.parametrize("header", HEADERS)
def test_a_header_that_names_a_zone_is_asked_about_with_it(
    header: str, zone: str
) -> None:
    [finding] = read_tables(
        resources([header.format(zone)], ["2026-05-02 09:00-12:00"]), **PLAN
    ).guesses
    assert finding.message.key == "tables.column_zone"
    assert f"names the clocks of {zone}" in finding.line()


@pytest.mark.parametrize("head", ["★", "🕒", "---", "Which days can you come? " * 10])
def test_a_column_headed_by_marks_or_by_a_long_question_is_told_and_a_mapping_may_name_it(
    head: str,
) -> None:
    heads, row = [head, "★★", head + "?"], ["Mon 9:00-12:00", "Tue 9:00-12:00", None]
    found = read_tables(resources(heads[:2], row[:2]), **PLAN)
    assert [finding.message.key for finding in found.guesses] == [
        "tables.column_of_times"
    ] * 2
    mapping = {
        "tables": [
            {
                "table": "resources",
                "columns": {"available": head},
                "ignore": [head + "?"],
            }
        ]
    }
    found = read_tables(resources(heads, row), mapping=mapping, **PLAN)
    assert times(found) == [MONDAYS]
    assert [finding.where.column for finding in found.guesses] == ["★★"]


@pytest.mark.parametrize(
    "grid",
    [
        Grid("x", [["1" * 5_000, "2"], ["a", "b"]]),
        *resources(["1" * 5_000, 2], ["a", "b"]),
    ],
)
def test_numbers_too_long_for_a_day_are_no_days(grid: Grid) -> None:
    if grid.name == "x":
        assert pinned.text("tables.sheet_unknown") in facts([grid])[0]
    else:
        assert [
            finding.message.key for finding in read_tables([grid], **PLAN).guesses
        ] == ["tables.column_unknown"] * 2


@pytest.mark.parametrize(
    "head", ["when (UTC)", "windows [UTC]", "when UTC", "begins_UTC"]
)
@pytest.mark.parametrize(
    "span", [{"start": "{}", "end": "until"}, {"start": "{}", "minutes": 60}, None]
)
def test_a_zone_in_a_header_that_a_mapping_names_is_asked_about(
    head: str, span: dict[str, Any] | None
) -> None:
    """Read by the clocks of Shanghai without a word, the times would be eight hours off."""
    start, end = (
        ("2026-05-02 09:00", "12:00") if span else ("2026-05-02 09:00-12:00", None)
    )
    named = {
        key: head if value == "{}" else value for key, value in (span or {}).items()
    }
    mapping = {
        "tables": [
            {
                "table": "demands",
                "columns": {"windows": named or head},
                "ignore": [] if "end" in named else ["until"],
            }
        ]
    }
    found = read_tables(demands([head, "until"], [start, end]), mapping=mapping, **PLAN)
    [finding] = found.guesses
    assert (
        finding.message.key,
        finding.where.column,
        dict(finding.message.values),
    ) == (
        "tables.headed_by_zone",
        head,
        {"zone": "UTC"},
    )


WEEKS = [
    ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
    ["Mo", "Mi", "Fr"],
    ["Montag", "Dienstag"],
    ["Mo", "Tu", "We"],
    ["M", "T", "W", "T", "F", "S", "S"],
    ["M", "Tu", "W", "Th", "F"],
    ["S", "M", "T"],
    ["lun.", "mar.", "mer."],
    ["L", "M", "X", "J", "V"],
    ["一", "二", "三"],
    ["1", "2", "3", "4", "5"],
    [28, 29, 30, 31, 32],
]


@pytest.mark.parametrize("heads", WEEKS, ids=lambda heads: "-".join(map(str, heads)))
@pytest.mark.parametrize("cell", ["9:00-12:00", "9-12", "x", "early"])
def test_columns_headed_by_days_in_any_writing_are_one_fault(
    heads: list[Any], cell: str
) -> None:
    [line] = facts(resources(heads, [cell] * len(heads)))
    assert (
        "has columns that are days or times, and their cells would be lost: "
        + ", ".join(map(str, heads))
        in line
    )


@pytest.mark.parametrize(
    "heads", [["M", "F"], ["W", "X", "Y"], ["1", "2"], ["So", "lala"], ["T", "S"]]
)
def test_few_letters_are_no_days(heads: list[str]) -> None:
    found = read_tables(resources(heads, ["early"] * len(heads)), **PLAN)
    assert {finding.message.key for finding in found.guesses} == {
        "tables.column_unknown"
    }


def test_a_file_that_a_mapping_misspells_is_told_beside_the_faults_that_come_of_it() -> (
    None
):
    grid = Grid("people", [["Nr", "Stelle"], ["R1", "u"]], source="people.csv")
    table = {
        "table": "resources",
        "file": "poeple.csv",
        "columns": {"id": "Nr", "unit": "Stelle"},
    }
    mapping = {"tables": [table, {"table": "demands", "file": "people.csv"}]}
    lines = facts([grid], mapping=mapping)
    [told] = [
        line
        for line in lines
        if pinned.text("tables.no_mapped_sheet", names="poeple.csv", table="resources")
        in line
    ]
    assert "there are people.csv" in told
    assert len(lines) == 2


@pytest.mark.parametrize("key", ["fiel", "flie", "File", "files"])
def test_a_key_of_a_mapping_with_a_slip_in_it_is_told_which_is_meant(key: str) -> None:
    [line] = facts(
        [Grid("x", [["a"], ["b"]])],
        mapping={"tables": [{"table": "resources", key: "x"}]},
    )
    assert f"unknown name '{key}'. Maybe 'file' is meant" in line
