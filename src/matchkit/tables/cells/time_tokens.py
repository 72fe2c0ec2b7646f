"""A time as people write it, cut into what it is made of: days, dates, clock times, parts of the day and what
joins them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import zip_longest
from typing import Any, Final, NamedTuple

from matchkit.tables.cells import dates
from matchkit.tables.cells.clock_times import (
    AFTER_NOON,
    BEFORE_NOON,
    TimeOfDay,
    clock_at,
    day_parts,
    offset_at,
)
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.reading import Doubts, refuse
from matchkit.tables.cells.weekdays import weekdays_at
from matchkit.tables.location import quote
from matchkit.tables.vocabulary.words import pattern


class Token(NamedTuple):
    """One of "date", "days", "clock", "part", "range", "list", "next", "after" and "from", with its value and
    where it begins.
    """

    kind: str
    value: Any = None
    place: int = 0


_HYPHENS = re.compile("[-‐‑−]+")
_DASHES = re.compile("[‒–—―~〜∼]+")
# Mon..Fri, Mon…Fri (three points in normal form), 5月2日。。5日, Mon->Fri
_POINTS = re.compile(r"(?:[.。·•] ?){2,}|⋯+|[-=]*>+|[→⇒➔➜⟶]+")
_UNTIL = pattern(r"(?<=[^a-z])(?:<<clock.until>>)(?=[^a-z])|<<clock.until_unspaced>>")
# 2026-05-02 02:00:00–05:00 may be a moment whose hyphen a program has made a dash.
_DASHED_OFFSET = re.compile(
    r"\d(?:t\d\d:\d\d| \d\d:\d\d:\d\d) ?[\u2012-\u2015] ?(?P<end>(?:0\d|10):(?:00|30))(?![\d:]| ?[ap]\.?m)",
    re.ASCII,
)
_WEST: Final = frozenset(
    -timedelta(minutes=minutes) for minutes in (*range(60, 661, 60), 150, 210, 570)
)
"""Offsets behind UTC in which people live: from 1 to 11 hours."""
_SAMOA: Final = timezone(-timedelta(hours=11))
"""The one among them that hours end in far more often than moments."""
# Saturday, 2 May 2026 is one day.
_WEEKDAY_COMMA = pattern("<<clock.weekday_comma>>")
_JOINS: Final = (
    (pattern(r"-|(?<=[\dzm<<dates.day_letters>> ])/(?= ?\d{4})"), "range"),
    (pattern(r"<<clock.next_day>>|\(\+1\)|\+1"), "next"),
    (pattern("<<clock.onwards>>"), "after"),
    (pattern("<<clock.and>>|[、,&+/]"), "list"),
    (pattern(r"[\s()\[\]:.。]|<<clock.fillers>>"), ""),
    (pattern("<<clock.from>>"), "from"),
    (pattern(r"(?<=\d)t(?=\d)"), ""),
)


@lru_cache(64)
def _parts_pattern(known: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        "|".join(
            re.escape(word) + ("(?![a-z])" if word.isascii() else "") for word in known
        )
    )


def is_nowhere(offset: tzinfo) -> bool:
    """Whether nobody lives so far behind UTC: what looks like such an offset may be the end of hours."""
    behind = offset.utcoffset(None)
    return behind is not None and behind < timedelta() and behind not in _WEST


def in_plain_marks(text: str) -> str:
    """The text with one sign for all that stands between a start and an end, between blanks where it cannot
    be that of an offset.
    """
    apart = _UNTIL.sub(
        " - ", _DASHES.sub(" - ", _POINTS.sub(" - ", _HYPHENS.sub("-", text)))
    )
    return " ".join(apart.split())


def tokens(
    text: str, context: Context, doubts: Doubts, moment: bool = False
) -> list[Token]:
    """What a text in lower case and normal form is made of. Raises CellFault, with the part that is not
    understood.

    Where the text is that of a single ``moment``, what follows its time of day can only be an offset.
    """
    dashed = None if moment else _DASHED_OFFSET.search(text)
    if dashed:
        doubts.add("cell.guess.no_offset", end=dashed["end"])
    text = _WEEKDAY_COMMA.sub(" ", in_plain_marks(text))
    parts = _parts_pattern(tuple(day_parts(context)))
    found: list[Token] = []
    place = 0
    while place < len(text):
        token, end = _token(text, place, parts, context, doubts)
        if token:
            if token.kind == "clock" and found and found[-1].kind == "date":
                token, end = _with_offset(token, text, end, moment, doubts)
            found.append(token)
        place = end
    return _with_parts(found)


def _with_offset(
    token: Token, text: str, end: int, moment: bool, doubts: Doubts
) -> tuple[Token, int]:
    """The time of day after a date with the offset behind it: 2026-05-02 02:00:00-05:00.

    2026-05-02 02:00-05:00, which people write for hours, is one only where a ``moment`` is asked for and some
    zone has it, and then a doubt.
    """
    offset = offset_at(text, end)
    exact = text[token.place - 1] == "t" or text.count(":", token.place, end) > 1
    hours = (
        offset is not None and not exact and text[end : end + 2].strip().startswith("-")
    )
    if offset is None or (
        hours and (not moment or offset[0] == _SAMOA or is_nowhere(offset[0]))
    ):
        return token, end
    if hours or is_nowhere(offset[0]):
        doubts.add("cell.guess.offset", offset=text[end : offset[1]].strip())
    return token._replace(value=replace(token.value, offset=offset[0])), offset[1]


def _token(
    text: str, place: int, parts: re.Pattern[str], context: Context, doubts: Doubts
) -> tuple[Token | None, int]:
    for written, form in dates.FORMS:
        if day := written.match(text, place):
            return Token("date", form(day, context, doubts), place), day.end()
    if days := weekdays_at(text, place):
        return Token("days", tuple(dict.fromkeys(days[0])), place), days[1]
    if part := parts.match(text, place):
        return Token("part", part.group(), place), part.end()
    if clock := clock_at(text, place, doubts):
        return Token("clock", clock[0], place), clock[1]
    for joint, kind in _JOINS:
        if join := joint.match(text, place):
            return Token(kind, None, place) if kind else None, join.end()
    return refuse("cell.time.not", part=quote(text[place:], longest=20))


def _with_parts(found: list[Token]) -> list[Token]:
    """The tokens with each part of the day that stands before a clock time in it: 晚7点."""
    joined: list[Token] = []
    for token in found:
        before = joined[-1] if joined else None
        if (
            token.kind == "clock"
            and before
            and before.kind == "part"
            and before.value in BEFORE_NOON | AFTER_NOON
        ):
            clock: TimeOfDay = token.value
            joined[-1] = Token("clock", replace(clock, part=before.value), before.place)
        else:
            joined.append(token)
    # From 9:00 to 11:00 says no more than 9:00-11:00.
    pairs = zip_longest(joined, joined[1:])
    return [
        token
        for token, after in pairs
        if token.kind != "from" or after is None or after.kind not in ("clock", "part")
    ]
