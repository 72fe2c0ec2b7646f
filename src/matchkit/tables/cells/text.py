"""Ids, names and notes: the text itself, or a JSON string where a text would not read back as itself."""

from __future__ import annotations

import json
import re
from typing import Final

from matchkit.messages.message import Message
from matchkit.model.text import LONGEST, normal
from matchkit.tables.cells.context import Context, zone_named
from matchkit.tables.cells.plain import Plain
from matchkit.tables.cells.reading import Doubts, refuse
from matchkit.tables.vocabulary.words import table

SAFE_DIGITS = 15
"""So many digits of a number a spreadsheet keeps."""

# What a spreadsheet makes of a long number when it writes text: 1.10101E+17.
_ROUNDED = re.compile(r"\d(?:\.\d{1,30})?[eE]\+?\d{1,3}", re.ASCII)
_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_FRACTION = re.compile(r"\d{1,30}\.0", re.ASCII)


def unquoted(text: str) -> str | None:
    """The text that a JSON string in double quotes stands for; None where the text is none."""
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, str) else None


def quoted(text: str) -> str:
    """The text as a JSON string in which everything can be seen."""
    escaped = json.dumps(text, ensure_ascii=False)
    return (
        escaped
        if escaped.isprintable()
        else "".join(
            one if one.isprintable() else json.dumps(one)[1:-1] for one in escaped
        )
    )


def normalised(text: str) -> str:
    """An id or a name as the records hold it. Raises CellFault where it can be none."""
    try:
        if len(text) <= LONGEST:
            return normal(text)
    except ValueError as error:
        code = re.search(r"U\+[0-9A-F]+", str(error))
        if code:
            refuse("cell.invisible", Message("cell.accepts.visible"), code=code.group())
        if not text.strip():
            refuse("cell.text.empty")
    advice = Message("cell.accepts.fewer_letters")
    return refuse("cell.text.long", advice, count=len(text), most=LONGEST)


def written_out(cell: Plain, doubts: Doubts) -> str:
    """A cell of text, or the digits of a whole number. Raises CellFault for dates, truth values, fractions
    and damaged numbers.
    """
    if isinstance(cell, str):
        if cell[:1].isdigit() and _ROUNDED.fullmatch(cell):
            refuse("cell.text.rounded", Message("cell.accepts.as_text"))
        return cell
    if isinstance(cell, bool):
        refuse("cell.text.truth", Message("cell.accepts.as_text"))
    if isinstance(cell, int | float):
        if isinstance(cell, float):
            if not cell.is_integer():
                refuse("cell.text.fraction", Message("cell.accepts.as_text"))
            doubts.add("cell.guess.number_as_text")
        if abs(cell) >= 10**SAFE_DIGITS:
            refuse(
                "cell.text.digits_lost",
                Message("cell.accepts.all_digits"),
                most=SAFE_DIGITS,
            )
        return str(int(cell))
    return refuse("cell.text.date", Message("cell.accepts.as_text"))


def in_one_line(text: str) -> str:
    """The text with a blank for every line break and tab, which in a cell only part what is too long
    for it.
    """
    return text if text.isprintable() else _BREAKS.sub(" ", text)


def read_name(cell: Plain, context: Context, doubts: Doubts) -> str:  # noqa: ARG001 - all readers take the same
    """A name in the normal form of the records."""
    text = in_one_line(written_out(cell, doubts))
    inner = unquoted(text) if text[:1] == '"' else None
    return normalised(text if inner is None else inner)


def read_id(cell: Plain, context: Context, doubts: Doubts) -> str:
    """An id in the normal form of the records."""
    if isinstance(cell, str) and cell[:1].isdigit() and _FRACTION.fullmatch(cell):
        refuse("cell.text.point_zero", Message("cell.accepts.as_text"))
    if (
        isinstance(cell, str) and in_one_line(cell) != cell
    ):  # or two ids stand below each other
        doubts.add("cell.guess.line_break")
    return read_name(cell, context, doubts)


def read_note(cell: Plain, context: Context, doubts: Doubts) -> str:  # noqa: ARG001 - all readers take the same
    """A note as it is."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return repr(cell)
    if not isinstance(cell, str):
        return written_out(cell, doubts)
    inner = unquoted(cell)
    text = cell if inner is None else inner
    if any("\ud800" <= character <= "\udfff" for character in text):
        refuse("cell.invisible", Message("cell.accepts.visible"), code="U+D800")
    return text


ZONES: Final[dict[str, str]] = table("zones")


def read_zone(cell: Plain, context: Context, doubts: Doubts) -> str:
    """The IANA name of a time zone."""
    text = read_name(cell, context, doubts)
    if text.casefold() in ZONES:
        doubts.add("cell.guess.word", word=text)
        return ZONES[text.casefold()]
    return zone_named(text) or refuse("cell.zone", Message("cell.accepts.zone"))
