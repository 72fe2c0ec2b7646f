"""The week of the generated city: windows of people and demands in the local time of one zone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from matchkit.datasets.draws import Mix
from matchkit.datasets.parameters import MONDAY
from matchkit.model import Window

ZONE: Final = "Asia/Shanghai"
"""Whose clocks the hours are."""
_START: Final = datetime.strptime(str(int(MONDAY.value)), "%Y%m%d").replace(
    tzinfo=ZoneInfo(ZONE)
)
WORKDAYS, WEEKEND, ALL_DAYS = range(5), range(5, 7), range(7)


def window(day: int, start: float, end: float) -> Window:
    """Hours ``start`` to ``end`` of day 0 (Monday) to 6; hours beyond 24 run into the next day."""
    midnight = _START + timedelta(days=day)
    return Window(
        start=midnight + timedelta(hours=start), end=midnight + timedelta(hours=end)
    )


def _days(
    days: range | tuple[int, ...], start: float, end: float
) -> tuple[Window, ...]:
    return tuple(window(day, start, end) for day in days)


Pattern = tuple[tuple[Window, ...], tuple[Window, ...]]
"""A weekly pattern and its shorter form for people under strain."""

_AFTER_WORK: Final = _days(WORKDAYS, 18.5, 21.5) + _days(WEEKEND, 8, 18)
PATTERNS: Final[Mix[Pattern]] = Mix(
    [
        (
            (_AFTER_WORK, _days((1, 3), 18.5, 21.5)),
            30,
        ),  # the shorter form is 每周二四晚
        ((_days(WEEKEND, 8, 20), _days((5,), 8, 12)), 18),
        (
            (_days(WORKDAYS, 8, 12), _days((0, 2, 4), 8, 12)),
            14,
        ),  # afternoon and night shifts
        ((_days(WORKDAYS, 14, 18), _days((1, 3), 14, 18)), 12),
        (
            (_days(WORKDAYS, 8, 18), _days((0, 1, 2), 8, 18)),
            10,
        ),  # seconded to communities
        ((_days(ALL_DAYS, 8, 21.5), _days(WORKDAYS, 8, 12)), 10),
        (((), _days(ALL_DAYS, 18.5, 21.5)), 6),  # always: 全天
    ]
)

MORNING, AFTERNOON, EVENING = (8.5, 11.5), (14.5, 17.5), (19.0, 21.0)


def _shifts(
    days: range | tuple[int, ...], *parts: tuple[float, float]
) -> list[tuple[Window, ...]]:
    return [(window(day, *part),) for day in days for part in parts]


DAYTIME: Final = _shifts(WORKDAYS, MORNING, AFTERNOON)
EVENINGS: Final = [
    *_shifts(ALL_DAYS, EVENING),
    _days((1, 3), *EVENING),
    _days((0, 2), *EVENING),
]
WEEKENDS: Final = _shifts(WEEKEND, MORNING, AFTERNOON)
ANY_TIME: Final = DAYTIME + EVENINGS + WEEKENDS

NIGHTS: Final = tuple(window(day, 18, 31) for day in ALL_DAYS) + _days(WEEKEND, 7, 18)
"""When parking bays of units are lent: evenings until 07:00, and weekends."""
