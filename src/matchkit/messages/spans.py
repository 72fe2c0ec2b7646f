"""How a span of time is told: it is kept as ISO 8601 text, ``2026-05-05T08:00:00Z/2026-05-05T12:00:00Z``,
which is the same in all languages.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from matchkit.messages.message import Lang, text_of

_SPAN = re.compile(
    r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z)/(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z)",
    re.ASCII,
)


def iso(start: datetime, end: datetime) -> str:
    """The half-open span of two moments in UTC as ISO 8601 text."""
    return f"{start:%Y-%m-%dT%H:%M:%S}Z/{end:%Y-%m-%dT%H:%M:%S}Z"


def is_span(text: str) -> bool:
    """Whether a text is a span as ``iso`` writes one, with its end after its start."""
    found = _SPAN.fullmatch(text)
    try:
        return found is not None and datetime.fromisoformat(
            found[1]
        ) < datetime.fromisoformat(found[2])
    except ValueError:  # a 31st of February
        return False


def is_zone(text: str) -> bool:
    """Whether a text is the name of a time zone that this system knows."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return False
    return True


def days(span: str, zone: str | None = None) -> tuple[str, str]:
    """The first and the last day of a span, such as ``2026-05-05``, by the clocks of a zone (None: UTC)."""
    start, last, _ = _parsed(span, zone)
    return f"{start:%Y-%m-%d}", f"{last:%Y-%m-%d}"


def moment(at: datetime, zone: str | None = None, seconds: str = "") -> str:
    """``2026-05-05 08:00 UTC``: a moment by the clocks of a zone (None: UTC), with the zone's name."""
    return f"{local(at, zone):%Y-%m-%d %H:%M{seconds}} {zone or 'UTC'}"


def local(at: datetime, zone: str | None = None) -> datetime:
    """The moment with the offset of a zone (None: UTC)."""
    return at.astimezone(ZoneInfo(zone or "UTC"))


def span_text(
    span: str, lang: Lang = "en", day: str = "", zone: str | None = None
) -> str:
    """``Tue 2026-05-05 08:00-12:00`` by the clocks of a zone (None: UTC).

    Without the day where it is the one given; midnight at the end is 24:00.
    """
    start, last, end = _parsed(span, zone)
    until = "24:00" if end.date() != last.date() else _clock(end)
    date, last_date = days(span, zone)
    if date == last_date == day:
        return text_of("span.clock", lang, start=_clock(start), end=until)
    weekday, last_weekday = (
        text_of(f"weekday.{moment.weekday()}", lang) for moment in (start, last)
    )
    if date == last_date:
        return text_of(
            "span.day", lang, weekday=weekday, date=date, start=_clock(start), end=until
        )
    return text_of(
        "span.days",
        lang,
        weekday=weekday,
        date=date,
        start=_clock(start),
        last_weekday=last_weekday,
        last_date=last_date,
        end=until,
    )


def _parsed(span: str, zone: str | None) -> tuple[datetime, datetime, datetime]:
    """Start, the last second and the end."""
    start, end = (datetime.fromisoformat(moment) for moment in span.split("/"))
    return local(start, zone), local(end - timedelta(seconds=1), zone), local(end, zone)


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
