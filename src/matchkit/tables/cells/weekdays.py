"""Days of the week as people write them: 周二四, 周一至周五, 工作日, Mon-Fri, weekends, every day. 1 is
Monday.
"""

from __future__ import annotations

import re
from typing import Final

from matchkit.messages.message import Message
from matchkit.tables.cells.reading import refuse

_CHINESE: Final = {
    day: number
    for number, days in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7"), 1)
    for day in days
}
_ENGLISH: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAME = r"(?:mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rsday|r|rs|urday)?s?\.?(?![a-z])"
_WEEK = "(?:周|星期|礼拜)"
_DAY = "[一二三四五六日天]"
# 周二四点 is no Thursday, 周五日间 no Sunday.
_NO_CLOCK = "(?![点时月号年间十])"

_EVERY_DAY = "每天,每日,天天,每一天,整周,全周,every day,everyday,daily,each day,all days"
_WORKDAYS = "工作日,weekdays,weekday,workdays,working days,business days"
_WEEKEND = "双休日,周末,weekends,weekend"
GROUPS: Final = {
    **dict.fromkeys(_WORKDAYS.split(","), (1, 2, 3, 4, 5)),
    **dict.fromkeys(_WEEKEND.split(","), (6, 7)),
    **dict.fromkeys(_EVERY_DAY.split(","), (1, 2, 3, 4, 5, 6, 7)),
}
"""Words for several days of the week."""

_RANGE_CHINESE = re.compile(
    rf"{_WEEK}(?P<first>[一二三四五六日天1-7]) ?- "
    rf"?{_WEEK}?(?P<last>[一二三四五六日天]{_NO_CLOCK}|[1-7](?![\d:点时月]))"
)
_RANGE_ENGLISH = re.compile(rf"(?P<first>{_NAME}) ?- ?(?P<last>{_NAME})")
_FIRST = re.compile(rf"{_WEEK}(?P<day>{_DAY}){_NO_CLOCK}(?! ?-)")
_MORE = re.compile(
    rf"(?:(?P<mark>(?:[、,/&和及与] ?)?)|[、,/&和及与 ]? ?(?P<week>{_WEEK}))(?P<day>{_DAY}){_NO_CLOCK}(?! ?-)"
)
_LIST_DIGITS = re.compile(rf"{_WEEK}[1-7](?:[、,/][1-7](?![\d:点时月.\-]))*(?![\d:点时月.])")
# 每周三天, 周六一天, 每周一日, 每周三个上午 count what they seem to name.
_COUNTED = re.compile(" ?[一两]?(?:天|日(?!间)|次|个|回|趟)")
_ONE = re.compile(_NAME)
_GROUP = re.compile("|".join(sorted(GROUPS, key=len, reverse=True)))


def _number(name: str) -> int:
    return _CHINESE.get(name) or _ENGLISH.index(name[:3]) + 1


def _between(first: int, last: int) -> tuple[int, ...]:
    """From a day to a day, over the end of the week where the last comes first (Friday to Monday)."""
    return tuple((first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1))


def _listed(text: str, place: int) -> tuple[list[int], int] | None:
    """Days of a list such as 周二、四 or 周五六日, and where it ends."""
    found = _FIRST.match(text, place)
    if not found:
        return None
    days, run = [_number(found["day"])], 1
    while more := _MORE.match(text, found.end()):
        day = _number(more["day"])
        if more["week"] is None:
            run = 1 if more["mark"] else run + 1
            # Without a mark, days go on in their order: in 周六一天 the second is "one". 天 by itself is no
            # Sunday, nor is 日 in 周一日.
            if (
                more["day"] == "天"
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
    chinese = _in_chinese(text, place)
    if chinese and _COUNTED.match(text, chinese[1]):
        refuse("cell.time.days_counted", Message("cell.accepts.times"))
    if chinese:
        return chinese
    if found := _RANGE_ENGLISH.match(text, place):
        return _between(_number(found["first"]), _number(found["last"])), found.end()
    if found := _ONE.match(text, place):
        return (_number(found.group()),), found.end()
    return None


def _in_chinese(text: str, place: int) -> tuple[tuple[int, ...], int] | None:
    if found := _RANGE_CHINESE.match(text, place):
        return _between(_number(found["first"]), _number(found["last"])), found.end()
    if listed := _listed(text, place):
        return tuple(listed[0]), listed[1]
    if found := _LIST_DIGITS.match(text, place):
        return tuple(_number(day) for day in found.group() if day in _CHINESE), found.end()
    return None
