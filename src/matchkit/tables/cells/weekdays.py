"""Days of the week as people write them: 周二四, 周一至周五, 工作日, Mon-Fri, weekends, every day. 1 is
Monday.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from matchkit.messages.message import Message
from matchkit.tables.cells.reading import refuse
from matchkit.tables.vocabulary.words import pattern, patterns, table, words

DAYS: Final[dict[str, int]] = table("weekdays", "days")
"""Days by how a name of theirs begins."""
_MEANT: Final = {
    "workdays": (1, 2, 3, 4, 5),
    "weekend": (6, 7),
    "every_day": (1, 2, 3, 4, 5, 6, 7),
}
GROUPS: Final = {
    word: _MEANT[name]
    for name, held in table("weekdays", "groups").items()
    for word in held
}
"""Words for several days of the week."""

_GROUP = re.compile("|".join(sorted(GROUPS, key=len, reverse=True)))
_RANGES, _ONES = patterns("weekdays", "range"), patterns("weekdays", "one")
# Days as letters behind a word for the week: 周一至周五, 周二、四.
_LETTER_RANGE = pattern("<<weekdays.letters.range>>")
_LISTED, _MORE = (
    pattern("<<weekdays.letters.listed>>"),
    pattern("<<weekdays.letters.more>>"),
)
_DIGITS = pattern("<<weekdays.letters.digits>>")
# 每周三天, 周六一天, 每周一日, 每周三个上午 count what they seem to name.
_COUNTED = pattern("<<weekdays.letters.counted>>")
_UNCLEAR: Final = words("weekdays", "letters", "unclear")
_AFTER = patterns("weekdays", "after")


def weekday_after_date(text: str) -> int | None:
    """The day of the week that a text behind a date is; None where it is anything else."""
    found = next(filter(None, (after.fullmatch(text) for after in _AFTER)), None)
    return DAYS[found["day"]] if found else None


def _between(first: int, last: int) -> tuple[int, ...]:
    """From a day to a day, over the end of the week where the last comes first (Friday to Monday)."""
    return tuple((first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1))


def _listed(text: str, place: int) -> tuple[list[int], int] | None:
    """Days of a list such as 周二、四 or 周五六日, and where it ends."""
    found = _LISTED.match(text, place)
    if not found:
        return None
    days, run = [DAYS[found["day"]]], 1
    while more := _MORE.match(text, found.end()):
        day = DAYS[more["day"]]
        if more["week"] is None:
            run = 1 if more["mark"] else run + 1
            # Without a mark, days go on in their order: in 周六一天 the second is "one". 天 by itself is no
            # Sunday, nor is 日 in 周一日.
            if (
                more["day"] in _UNCLEAR
                or (run > 1 and day <= days[-1])
                or (run == 2 and day == 7 and days[-1] != 6)
            ):
                break
        else:
            run = 1
        days.append(day)
        found = more
    return days, found.end()


def weekdays_at(text: str, place: int) -> tuple[tuple[int, ...], int] | None:
    """The days of the week that are written at a place of a text in lower case and normal form, and where
    they end.

    Raises CellFault where days may be counted rather than named: 每周三天.
    """
    if found := _GROUP.match(text, place):
        return GROUPS[found.group()], found.end()
    lettered = _of_letters(text, place)
    if lettered and _COUNTED.match(text, lettered[1]):
        refuse("cell.time.days_counted", Message("cell.accepts.times"))
    if lettered:
        return lettered
    if found := _first(_RANGES, text, place):
        return _between(DAYS[found["first"]], DAYS[found["last"]]), found.end()
    if found := _first(_ONES, text, place):
        return (DAYS[found["day"]],), found.end()
    return None


def _of_letters(text: str, place: int) -> tuple[tuple[int, ...], int] | None:
    if found := _LETTER_RANGE.match(text, place):
        return _between(DAYS[found["first"]], DAYS[found["last"]]), found.end()
    if listed := _listed(text, place):
        return tuple(listed[0]), listed[1]
    if found := _DIGITS.match(text, place):
        return tuple(DAYS[day] for day in found.group() if day in DAYS), found.end()
    return None


def _first(
    forms: Iterable[re.Pattern[str]], text: str, place: int
) -> re.Match[str] | None:
    for form in forms:
        if found := form.match(text, place):
            return found
    return None
