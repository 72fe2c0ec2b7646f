"""Times as numbers: moments in seconds, spans, calendar days; and start times, each of which makes a fixed
copy of a flexible demand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.model import Demand, Window

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST_STARTS = 100_000
"""Most starts of one flexible demand."""

SecondSpans = tuple[tuple[int, int], ...]
"""Half-open spans in seconds since 1970 (UTC), ascending and apart."""


def united(windows: Sequence[Window]) -> SecondSpans:
    """The windows as spans; those that overlap or touch are one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(
        (seconds(window.start), seconds(window.end)) for window in windows
    ):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970 of an aware moment."""
    passed = moment - EPOCH
    return passed.days * 86400 + passed.seconds


def moment(second: int) -> datetime:
    """The way back, in UTC."""
    return EPOCH + timedelta(seconds=second)


def starts_of(demand: Demand) -> Iterator[tuple[Demand, int | None]]:
    """A fixed demand as it is; a flexible one at each of its starts, with that start, or as it is where there
    is none.

    Raises BudgetError for too many starts.
    """
    if demand.minutes is None:
        yield demand, None
        return
    duration, step, count = 60 * demand.minutes, 60 * demand.step, 0
    for begin, end in united(demand.times):
        for start in range(begin, end - duration + 1, step):
            count += 1
            if count > MOST_STARTS:
                raise BudgetError(
                    Message.of("budget.starts", demand=demand.id, most=MOST_STARTS)
                )
            window = Window(start=moment(start), end=moment(start + duration))
            yield (
                demand.model_copy(update={"windows": (window,), "minutes": None}),
                start,
            )
    if count == 0:
        yield demand, None


def local_day(second: int, zone: str) -> int:
    """The calendar day (ordinal) of a moment in a zone."""
    return moment(second).astimezone(ZoneInfo(zone)).toordinal()


def midnight_of(day: int, zone: str) -> int:
    """The second at which a calendar day (ordinal) begins in a zone."""
    return seconds(
        datetime.fromordinal(day)
        .replace(tzinfo=ZoneInfo(zone))
        .astimezone(ZoneInfo("UTC"))
    )


def start_day(spans: SecondSpans, zone: str) -> int:
    """The calendar day (ordinal) on which times start."""
    return local_day(spans[0][0], zone)


def iso_week(day: int) -> int:
    """A number for the ISO week of a day: that of its Monday."""
    return (
        datetime.fromordinal(day) - timedelta(days=datetime.fromordinal(day).weekday())
    ).toordinal()
