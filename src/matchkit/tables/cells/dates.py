"""Calendar days as people write them, with or without a year: 2026-05-02, 2026年5月2日, 5月2日, 2 May."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from matchkit.messages.message import Message
from matchkit.model.time import moment_written
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.numbers import DIGITS, number
from matchkit.tables.cells.plain import Plain, folded
from matchkit.tables.cells.reading import Doubts, refuse
from matchkit.tables.cells.weekdays import weekday_after_date
from matchkit.tables.vocabulary.words import pattern, table, words

FIRST_YEAR, LAST_YEAR = 1972, 2198
"""The years that days of the records may lie in."""

MONTHS: Final[dict[str, int]] = table("dates", "months")
_YEAR_DIGITS: Final[dict[str, int]] = DIGITS | table("numerals", "year_digits")
MONTHS_A_YEAR: Final = 12
CENTURY: Final = 2000
FAR: Final = 70
"""From here on two digits of a year may be of the century before."""


class WrittenDate(NamedTuple):
    """A day as written: year and month are None where they are left out, as in ``4日`` after ``5月2日至``."""

    year: int | None
    month: int | None
    day: int


DateForm = Callable[[re.Match[str], Context, Doubts], WrittenDate]


def _year(
    found: re.Match[str], context: Context, doubts: Doubts, certain: bool = False
) -> int | None:
    """The year of a date; two digits are of this century, a doubt unless ``certain`` and near the plan."""
    text = found["year"]
    if text is None or len(text) > 2:
        return int(text) if text else None
    year = CENTURY + int(text)
    if not (certain and _near(year, context)):
        doubts.add("cell.guess.century", year=year)
    return year


def _near(year: int, context: Context) -> bool:
    """Whether it is a year of the plan or beside one, or, without a plan's dates, of the next decades."""
    first, last = (
        context.first.year if context.first else CENTURY,
        context.last.year if context.last else CENTURY + FAR,
    )
    return first - 1 <= year <= last + 1


def _whole(found: re.Match[str], context: Context, doubts: Doubts) -> WrittenDate:
    return WrittenDate(
        _year(found, context, doubts), int(found["month"]), int(found["day"])
    )


def _one_way(
    first: int, second: int, context: Context, year: int | None, doubts: Doubts
) -> WrittenDate:
    """Day and month, where both could be either; a stated order holds where the calendar has such a day."""
    day_first, month_first = (
        WrittenDate(year, second, first),
        WrittenDate(year, first, second),
    )
    if first == second or second > MONTHS_A_YEAR >= first:
        if context.day_first and first != second:
            doubts.add("cell.guess.month_first")
        return month_first
    if first > MONTHS_A_YEAR:
        if context.day_first is False:
            doubts.add("cell.guess.day_first")
        return day_first
    if context.day_first is None:
        refuse(
            "cell.date.ambiguous",
            Message("cell.accepts.date_order"),
            ways=(_way("month_first", month_first), _way("day_first", day_first)),
        )
    return day_first if context.day_first else month_first


def _way(order: str, written: WrittenDate) -> Message:
    year, month, day = written
    example = (
        Message.of("cell.date.month_day", month=month, day=day)
        if year is None
        else f"{year}-{month:02}-{day:02}"
    )
    return Message.of(f"cell.date.{order}", day=example)


def _numbers(found: re.Match[str], context: Context, doubts: Doubts) -> WrittenDate:
    one, two = int(found["one"]), int(found["two"])
    return _one_way(one, two, context, int(found["year"]), doubts)


def _short(found: re.Match[str], context: Context, doubts: Doubts) -> WrittenDate:
    """Three numbers of at most two digits: by the stated order, or the only one for a day near the plan."""
    one, two, three = (int(found[name]) for name in ("one", "two", "year"))
    if (
        context.day_first is not None
        and len(found["year"]) > 1
        and min(one, two) <= MONTHS_A_YEAR
    ):
        return _one_way(
            one, two, context, _year(found, context, doubts, certain=True), doubts
        )
    orders = (
        [("year_first", WrittenDate(one, two, three))] if len(found["one"]) > 1 else []
    )
    if len(found["year"]) > 1:
        orders = [
            ("month_first", WrittenDate(three, one, two)),
            ("day_first", WrittenDate(three, two, one)),
            *orders,
        ]
    ways: dict[WrittenDate, str] = {}
    for order, (short, month, day) in orders:
        if _maybe(CENTURY + (short or 0), month or 0, day):
            ways.setdefault(WrittenDate(CENTURY + (short or 0), month, day), order)
    near = {
        way: order for way, order in ways.items() if _near(way.year or 0, context)
    } or ways
    if len(near) > 1:
        example = tuple(_way(order, way) for way, order in near.items())
        refuse("cell.date.ambiguous", Message("cell.accepts.date_order"), ways=example)
    for way, order in near.items():
        doubts.add(f"cell.guess.{order}")
        doubts.add("cell.guess.century", year=way.year)
        return way
    return refuse("cell.date.no_such_day")


def _no_year(found: re.Match[str], context: Context, doubts: Doubts) -> WrittenDate:
    one, two = int(found["one"]), int(found["two"])
    # Who writes in Chinese letters beside it writes the month first.
    if (
        context.day_first is None
        and one <= MONTHS_A_YEAR
        and _UNSPACED.search(found.string)
    ):
        doubts.add("cell.guess.month_first")
        return WrittenDate(None, one, two)
    return _one_way(one, two, context, None, doubts)


def _named(found: re.Match[str], context: Context, doubts: Doubts) -> WrittenDate:
    return WrittenDate(
        _year(found, context, doubts), MONTHS[found["month"]], int(found["day"])
    )


def _in_words(found: re.Match[str], context: Context, doubts: Doubts) -> WrittenDate:  # noqa: ARG001 - all forms take the same
    year = found["year"]
    digits = (
        int("".join(str(_YEAR_DIGITS.get(one, one)) for one in year)) if year else None
    )
    month, day = number(found["month"]), number(found["day"])
    return WrittenDate(digits, month or 0, day or 0)


def _day_only(found: re.Match[str], context: Context, doubts: Doubts) -> WrittenDate:  # noqa: ARG001 - all forms take the same
    return WrittenDate(None, None, int(found["day"]))


_UNSPACED = pattern("[<<letters.unspaced>>]")
_ISO = (
    r"(?<!\d)(?P<year>\d{4})(?P<mark> ?[-/.] ?)(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"(?![\d:<<dates.hour_letters>>])"
)
_YEAR_LAST = r"(?<![\d/.\-])(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)"
# Three numbers of which the first or the last has two digits, and may be a year.
_THREE = (
    r"(?<![\d/.\-])(?=\d\d|\d[-/.]\d{1,2}[-/.]\d\d)(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)"
    r"(?P<year>\d{1,2})(?![\d:/.\-<<dates.hour_letters>>])"
)
_TWO = r"(?<![\d/])(?P<one>\d{1,2})/(?P<two>\d{1,2})(?![\d/])"
FORMS: Final[tuple[tuple[re.Pattern[str], DateForm], ...]] = tuple(
    (pattern(expression, re.ASCII), form)
    for expressions, form in (
        ((*words("dates", "numeric"), _ISO), _whole),
        ((_YEAR_LAST,), _numbers),
        ((_THREE,), _short),
        (words("dates", "named"), _named),
        (words("dates", "in_words"), _in_words),
        ((_TWO,), _no_year),
        (words("dates", "day_only"), _day_only),
    )
    for expression in expressions
)
"""How a day is written, in lower case and normal form; the first that fits at a place holds."""


def resolved(
    written: WrittenDate, context: Context, doubts: Doubts, before: date | None = None
) -> date:
    """The day meant; a year left out is that of the day before, or the only one between the plan's dates."""
    if written.month is None and before is None:
        refuse("cell.date.no_month")
    month = before.month if written.month is None and before else written.month or 0
    if written.year is not None:
        return _day(written.year, month, written.day)
    if before:
        day = _day(before.year, month, written.day)
        if day >= before:
            return day
        # 5月30日至2日 may be one of June; 5月4日至5月2日 of a plan that ends in June is a slip.
        if written.month is None or (
            context.last and _day(before.year + 1, month, written.day) > context.last
        ):
            refuse("cell.time.order")
        doubts.add("cell.guess.next_year", year=before.year + 1)
        return _day(before.year + 1, month, written.day)
    if not (context.first and context.last):
        refuse("cell.date.no_year", Message("cell.accepts.year"))
    possible = [
        found
        for year in range(
            context.first.year, min(context.last.year, context.first.year + 4) + 1
        )
        if (found := _maybe(year, month, written.day))
        and context.first <= found <= context.last
    ]
    if len(possible) != 1:
        _day(
            2000, month, written.day
        )  # a leap year: says so where there is no such day at all
        refuse(
            "cell.date.years" if possible else "cell.date.outside",
            Message("cell.accepts.year"),
        )
    return possible[0]


def _maybe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        refuse("cell.date.year")
    return _maybe(year, month, day) or refuse("cell.date.no_such_day")


_COMPACT = re.compile(
    r"(?P<year>(?:19|20|21)\d\d)(?P<month>\d\d)(?P<day>\d\d)", re.ASCII
)
_MIDNIGHT = re.compile(
    r"(?P<date>.{6,40}?)[ t]0?0:00(?::00(?:\.0{1,9})?)?", re.ASCII | re.IGNORECASE
)


def read_date(cell: Plain, context: Context, doubts: Doubts) -> date:
    """A day. Serial numbers of spreadsheets are days only in cells that are formatted as such."""
    if isinstance(cell, datetime):
        return _day_of(cell, context)
    if isinstance(cell, date):
        return _day(cell.year, cell.month, cell.day)
    if not isinstance(cell, str):
        refuse(
            "cell.date.number" if isinstance(cell, int | float) else "cell.date.not",
            Message("cell.accepts.date_format"),
        )
    return of_text(folded(cell).casefold(), context, doubts)


def _day_of(moment: datetime, context: Context) -> date:
    """The day of a moment at midnight: by the plan's clocks, or by its own where both name the same day."""
    _day(moment.year, moment.month, moment.day)
    local = (
        moment.astimezone(ZoneInfo(context.zone))
        if moment.tzinfo and context.zone
        else moment
    )
    if local.time() != time() and (
        moment.time() != time() or local.date() != moment.date()
    ):
        refuse("cell.date.with_time")
    return _day(local.year, local.month, local.day)


def without_midnight(text: str) -> str:
    """A single day without the 00:00:00 that programs write behind it; other texts as they are."""
    found = _MIDNIGHT.fullmatch(text)
    return (
        found["date"]
        if found
        and any(written.fullmatch(found["date"].casefold()) for written, _ in FORMS)
        else text
    )


def of_text(text: str, context: Context, doubts: Doubts) -> date:
    """The day that a text in normal form and lower case stands for."""
    moment = moment_written(text.upper())
    if moment is not None:
        return _day_of(moment, context)
    text = without_midnight(text)
    if found := _COMPACT.fullmatch(text):
        doubts.add("cell.guess.compact")
        return _day(int(found["year"]), int(found["month"]), int(found["day"]))
    for written, form in FORMS:
        if found := written.match(text):
            rest = text[found.end() :]
            weekday = weekday_after_date(rest)
            if rest and not weekday:
                continue
            day = resolved(form(found, context, doubts), context, doubts)
            if weekday and weekday != day.isoweekday():
                refuse("cell.date.weekday", date=day.isoformat())
            return day
    return refuse("cell.date.not")
