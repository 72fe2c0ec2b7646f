"""Headers that are values: days and times, as in rosters, and names of skills above columns of ticks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time
from itertools import pairwise
from typing import Any, Final

from matchkit.messages.message import Message, Unshortened
from matchkit.tables.cells import CellFault, Context, quote, read_cell, read_span, shown
from matchkit.tables.cells.plain import is_nothing, is_tick
from matchkit.tables.cells.time_span import says
from matchkit.tables.columns.known import LONGEST, headed
from matchkit.tables.findings import Notices
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.plain import blank
from matchkit.tables.importer.header_row import TableSheet
from matchkit.tables.vocabulary.words import pattern, words

FEWEST: Final = 2
"""So many days in a row or a column make a table a roster."""
_WEEKS: Final = tuple(
    tuple(week.split()) for week in (*words("rosters", "weeks"), "1 2 3 4 5 6 7")
)
"""Days of the week as headers name them beside the names that cells may hold."""
LETTERS: Final = 3
"""So many names of one letter that follow each other are days; of longer ones any two."""
IN_A_ROW: Final = 5
"""So many numbers or letters of days that follow each other are days."""
_LETTERS: Final = words("rosters", "letters")
"""Days of the week by one letter, each behind the one before it."""
DEEPEST: Final = 20
"""In so many rows from the top the days of a roster are looked for."""

_YEAR: Final = pattern("(?:19|2[01])[0-9]{2}[^0-9]|<<rosters.years>>")
# Any leap year, so that a day without a year is one: nothing but that it is a day is asked.
_SOME_YEAR: Final = Context(
    zone="UTC", first=date(2024, 1, 1), last=date(2024, 12, 31), day_first=True
)


_OF_TIMES: Final = frozenset(
    {
        "cell.date.weekday",
        "cell.date.no_month",
        "cell.time.mixed",
        "cell.time.holidays",
        "cell.time.no_end",
    }
)
"""Why a text is refused that speaks of a time and does not say when as a cell would have to: Mon 5/4 of no
year, 08:00.
"""


def is_time(cell: Any) -> bool:
    """Whether a cell names days or times: 5/4, 2026-05-04, Mon, 周六上午."""
    if isinstance(cell, date | time):
        return True
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return False
    try:
        return read_cell("times", cell, _SOME_YEAR).value is not None
    except CellFault as fault:
        return fault.fact.key in _OF_TIMES and not cell.strip().isdecimal()


def says_of(cell: Any) -> str:
    """Whether a cell names "days" or "hours" alone, whatever the zone and the dates are; else ""."""
    return says(cell, _SOME_YEAR)


def are_days(heads: Sequence[Any]) -> set[int]:
    """The places of those headers that are the days of a week in another language or in few letters, or the
    days of a month by number.
    """
    texts = [str(head).strip().strip(".").casefold() for head in heads]
    found: set[int] = set()
    for week in _WEEKS:
        long = {text for text in texts if text in week and len(text) > 1}
        if len(long) >= FEWEST:
            found.update(at for at, text in enumerate(texts) if text in week)
        pairs = set(pairwise((*week, week[0])))
        run = [0]
        for at in range(1, len(texts) + 1):
            if at == len(texts) or (texts[at - 1], texts[at]) not in pairs:
                found.update(
                    run
                    if len(run) >= (IN_A_ROW if texts[run[0]].isdecimal() else LETTERS)
                    else ()
                )
                run = []
            run.append(at)
    numbers = [
        int(text) if text.isdecimal() and len(text) <= 2 else None for text in texts
    ]
    months = [
        at
        for at, number in enumerate(numbers[1:], 1)
        if number is not None and numbers[at - 1] == number - 1
    ]
    return found | (
        {at for number in months for at in (number - 1, number)}
        if len(months) >= IN_A_ROW - 1
        else set()
    )


def _counts(row: Sequence[Any]) -> bool:
    """Whether cells of a row follow each other as the days of a week or of a month do."""
    texts = [str(cell).strip() if type(cell) in (str, int) else "" for cell in row]
    run = 0
    for before, text in pairwise(texts):
        week = len(before) == len(text) == 1 and any(
            before + text in week for week in _LETTERS
        )
        month = (
            before.isdecimal()
            and text.isdecimal()
            and max(len(before), len(text)) <= 2
            and int(text) == int(before) + 1
        )
        run = run + 1 if week or month else 0
        if run + 1 >= IN_A_ROW:
            return True
    return False


def is_day(cell: Any) -> bool:
    """Whether a cell is a date with its year."""
    if isinstance(cell, date):
        return True
    return (
        isinstance(cell, str)
        and len(cell) <= LONGEST
        and _YEAR.search(cell) is not None
        and is_readable("date", cell)
    )


def is_readable(kind: str, cell: Any) -> bool:
    """Whether a cell says something in a column of this kind, whatever the zone and the dates are."""
    if kind == "moment":
        return any(_is_span(cell, end) for end in ("24:00", cell))
    try:
        return read_cell(kind, cell, _SOME_YEAR).value is not None
    except CellFault:
        return False


def _is_span(start: Any, end: Any) -> bool:
    try:
        return read_span(start, end, _SOME_YEAR).value is not None
    except CellFault:
        return False


def is_roster(grid: Grid) -> bool:
    """Whether days stand in one of the first rows, or in the first column, of a table that is no list: who
    serves on which day.

    Days of the week by one letter (一, 二, 三) and days of a month (1, 2, 3) count where they follow each
    other.
    """
    rows = grid.rows[:DEEPEST]
    if any(_counts(row) for row in rows):
        return True
    first = [row[0] for row in rows if not blank(row[0])]
    days = sum(map(is_time, first))
    return any(sum(map(is_time, row)) >= FEWEST for row in rows) or (
        days >= FEWEST and days * 2 > len(first)
    )


NAMING: Final = ("skills", "needs")
"""Kinds of columns whose cells name skills."""

FEWEST_TICKS: Final = 2
"""So many columns of ticks below a row of texts make a matrix."""


def of_ticks(cells: Iterable[Any]) -> bool:
    """Whether the cells that hold something are ticks, and not words for nothing (无, none) alone."""
    held = [cell for cell in cells if not blank(cell)]
    return bool(held) and all(map(is_tick, held)) and not all(map(is_nothing, held))


def columns_of_ticks(rows: Sequence[Sequence[Any]], places: Iterable[int]) -> list[int]:
    """Those of the places in which the rows hold ticks alone."""
    return [place for place in places if of_ticks(row[place] for row in rows)]


def is_matrix(grid: Grid) -> tuple[int, list[int]] | None:
    """The first row that holds something, and the columns of ticks below it that it heads; None where there
    are few.
    """
    header = next(
        (number for number, row in enumerate(grid.rows) if not all(map(blank, row))),
        len(grid.rows),
    )
    below = grid.rows[header + 1 :]
    headed = (
        [
            place
            for place, cell in enumerate(grid.rows[header])
            if isinstance(cell, str) and not is_tick(cell)
        ]
        if below
        else []
    )
    ticks = columns_of_ticks(below, headed)
    return (header, ticks) if len(ticks) >= FEWEST_TICKS else None


def tick_messages(
    heads: Sequence[Any], names: Sequence[Any]
) -> tuple[Message, Message]:
    """That columns of these headers hold ticks, and what to do, with those headers as an example that are
    ``names`` of skills.
    """
    example = "; ".join(map(shown, names[:2])) or Message("tables.ticks.example")
    return Message.of(
        "tables.ticks.skills", columns=Unshortened(map(quote, heads))
    ), Message.of("tables.ticks.give_skills", example=example)


def take_ticks(sheet: TableSheet, notices: Notices) -> None:
    """Takes the columns of ticks out of those that are read as skills or times: one fault for all of skills,
    one for each of times.
    """
    rows = [sheet.grid.rows[number] for number in sheet.rows]
    skills: list[int] = []
    for column in sheet.columns:
        if column.kind not in (*NAMING, "times") or column.name not in sheet.places:
            continue
        ticks = columns_of_ticks(rows, sheet.places[column.name])
        if not ticks:
            continue
        sheet.places[column.name] = [
            place for place in sheet.places[column.name] if place not in ticks
        ]
        if not sheet.places[column.name]:
            del sheet.places[column.name]
        if column.kind in NAMING:
            skills += ticks
        else:
            spot = sheet.at(sheet.header, ticks[0])
            order = (sheet.number, sheet.header, ticks[0])
            notices.fault(
                spot,
                Message.of("tables.ticks.times"),
                Message.of("tables.ticks.give_times"),
                order=order,
            )
    if skills:
        heads = [sheet.head(place) for place in skills]
        message = tick_messages(
            heads, [head for head in heads if headed(sheet.table, str(head)) is None]
        )
        notices.fault(
            sheet.at(sheet.header),
            *message,
            order=(sheet.number, sheet.header, skills[0]),
        )
