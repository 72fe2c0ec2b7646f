"""A cell to a value, and a value to a cell that reads back as it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from functools import lru_cache, partial
from typing import Any, Final

from matchkit.messages.message import Message
from matchkit.model.text import key
from matchkit.model.unit import Place
from matchkit.tables.cells.canonical_times import CellTime
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.kinds import KINDS, CellKind, PlainCell
from matchkit.tables.cells.plain import DITTO, is_absent, plain
from matchkit.tables.cells.reading import CellFault, Doubts, Reading, refuse
from matchkit.tables.cells.text import quoted
from matchkit.tables.cells.time_span import between, lasting
from matchkit.tables.location import quote

LONGEST_KEPT: Final = 2_000
"""Readings of longer texts are not kept: lists of a thousand names are seldom alike."""

LONGEST_SHOWN: Final = 80
"""Most characters of what was read that a guess tells."""


def read_cell(kind: str, cell: object, context: Context) -> Reading:
    """What a cell of a column of this kind says.

    Raises CellFault where it says nothing certain and no single reading is the reasonable one, and KeyError
    for an unknown kind.
    """
    found: Reading | CellFault | None
    if type(cell) is str and len(cell) <= LONGEST_KEPT:
        found = context.kept(kind, cell)
        if found is None:
            found = _outcome(kind, cell, context)
            context.keep(kind, cell, found)
    else:
        found = _outcome(kind, cell, context)
    if isinstance(found, CellFault):
        raise CellFault(found.fact, found.advice)
    return found


def read_span(
    start: object, end: object, context: Context, days: bool = False
) -> Reading:
    """The window that a cell of a start and one of an end stand for (a tuple of it, as ``read_cell`` gives
    for times).

    Each is a date, a date with a time of day, or (the end) a time of day on the date of the start; dates
    alone are taken from midnight to the midnight after. Where the ends of a column may all be ``days``, as
    they are midnights, one of them is a doubt. Raises CellFault as ``read_cell`` does.
    """
    return _spanned(partial(between, days=days), start, end, context)


def read_start(start: object, minutes: int, context: Context) -> Reading:
    """The window of so many minutes that begins where a cell says, as ``read_span`` gives it."""
    return _spanned(lasting, start, minutes, context)


_LASTING: Final = frozenset(
    {"cell.accepts.time_clock", "cell.accepts.times", "cell.accepts.lasting"}
)
"""Advice to write a start and an end into one cell, which is none where a cell is but one of them."""


def _spanned(
    window: Callable[..., tuple[CellTime, ...]],
    start: object,
    end: object,
    context: Context,
) -> Reading:
    doubts = Doubts()
    try:
        cells = []
        for cell in (start, end):
            found = plain(cell)
            cells.append(
                None
                if isinstance(found, str)
                and is_absent(found, words=False, doubts=doubts)
                else found
            )
        if cells[0] is None and (cells[1] is None or window is lasting):
            return Reading(None)
        value = window(cells[0], cells[1], context, doubts)
        return Reading(value, _guess("times", value, doubts))
    except CellFault as fault:
        advised = fault.advised and fault.advice.key not in _LASTING
        raise CellFault(
            fault.fact, fault.advice if advised else Message("cell.accepts.moment")
        ) from None


def _outcome(kind: str, cell: object, context: Context) -> Reading | CellFault:
    entry = KINDS[kind]
    doubts = Doubts()
    try:
        value = _value(entry, cell, context, doubts)
        return Reading(value, _guess(kind, value, doubts))
    except CellFault as fault:
        # A new one: what was raised holds on to all that was at work.
        return CellFault(fault.fact, fault.advice if fault.advised else entry.accepts)


def _value(entry: CellKind, cell: object, context: Context, doubts: Doubts) -> Any:
    found = plain(cell)
    if isinstance(found, str):
        if not entry.literal:
            found = context.word(found).strip()
        if not found or is_absent(found, entry.nothing, doubts):
            return None
        if found.casefold() in DITTO and entry is not KINDS["note"]:
            refuse("cell.ditto", Message("cell.accepts.written_out"))
    return None if found is None else entry.read(found, context, doubts)


def _guess(kind: str, value: Any, doubts: Doubts) -> Message | None:
    if not doubts:
        return None
    if value is None:
        return Message("cell.guess.empty")
    if kind == "personal":
        return Message.of("cell.guess", read=Message("cell.hidden"), why=doubts.notes)
    return Message.of("cell.guess", read=_shown_value(kind, value), why=doubts.notes)


def _shown_value(kind: str, value: Any) -> Any:
    if isinstance(
        value, Place
    ):  # coordinates have many digits and are no telephone number
        return f"{value.lat:.5f}, {value.lon:.5f}"
    if isinstance(value, float):
        return f"{value:.5f}".rstrip("0").rstrip(".")
    form = written(kind, value)
    return (
        Message("cell.guess.always")
        if form is None
        else quote(form, longest=LONGEST_SHOWN)
    )


def written(kind: str, value: Any, doubted: Set[str] = frozenset()) -> PlainCell:
    """The canonical form of a value, which ``read_cell`` reads back as an equal one without a guess; None is
    an empty cell.

    Names whose keys are ``doubted``, as others beside them say that they may be several, are written in
    double quotes.
    """
    if value is None or value == ():
        return None

    def as_item(name: str, tail: str = "", head: str = "") -> str:
        return (
            quoted(name)
            if doubted and key(name) in doubted
            else _as_item(kind, name, tail, head)
        )

    return KINDS[kind].write(value, as_item)


_NOWHERE: Final = Context()


@lru_cache(100_000)  # lists name few skills and communities many times
def _as_item(kind: str, name: str, tail: str = "", head: str = "") -> str:
    """The name where it reads back as itself between head and tail, else as a JSON string."""
    in_quotes = quoted(name)
    # Where a quotation ends must be plain to see, and programs change line ends.
    if '"' in name or not name.isprintable():
        return in_quotes
    doubts = Doubts()
    try:
        as_it_is = _value(KINDS[kind], head + name + tail, _NOWHERE, doubts)
        certain = not doubts and as_it_is == _value(
            KINDS[kind], head + in_quotes + tail, _NOWHERE, doubts
        )
    except CellFault:
        return in_quotes
    return name if certain else in_quotes


# What stands in double quotes, in which the mark between items is none; and that mark.
_BORDER = re.compile(r'"(?:[^"\\]|\\.)*+"|; ', re.DOTALL)


def split(text: str, limit: int = 32_000) -> list[str]:
    """A canonical list in pieces of at most ``limit`` characters, cut between items, for columns that go on
    one another.

    Each piece is a canonical list itself. Raises ValueError where a single item is longer.
    """
    if len(text) <= limit:
        return [text]
    pieces: list[str] = []
    for item in _items(text):
        if len(item) > limit:
            raise ValueError(
                f"an item of {len(item):,} characters is longer than {limit:,}"
            )
        if pieces and len(pieces[-1]) + 2 + len(item) <= limit:
            pieces[-1] += f"; {item}"
        else:
            pieces.append(item)
    return pieces


def _items(text: str) -> Iterator[str]:
    start = 0
    for found in _BORDER.finditer(text):
        if found.group() == "; ":
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]
