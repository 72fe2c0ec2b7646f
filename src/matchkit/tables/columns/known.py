"""Which header of a table is which column, and which sheet is which table: names compared by their keys, with
a number or a zone behind them, and with a slip in them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Final

from matchkit.messages.message import LANGUAGES, text_of
from matchkit.tables.cells.context import zone_named
from matchkit.tables.columns.column import Column, TableSchema
from matchkit.tables.columns.schemas import BY_NAME, TABLES
from matchkit.tables.vocabulary.words import pattern, words

LONGEST = 200
"""Most characters of a header that is known, and of a text that may be one."""

NOTES: Final = tuple(text_of("notes.sheet", lang) for lang in LANGUAGES)
"""Names of the sheet with notes for people, which is never read."""

UNUSED: Final = words("unused", "any")
"""Headers of what means nothing to a matching in any table; they are left out without a word."""

NEAR: Final = 50
"""For so many unknown names of one kind a known one that is near is looked for, which takes long; the rest is
only told.
"""
SLIP: Final = 0.82
"""So much alike are a word and the same one with a slip in it; "state" and "start" are less."""

_NUMBERED = re.compile(r"(.*\D)([0-9]{1,4})")
_NOT_FREE = pattern("<<headings.not_free>>")
_FREE = pattern("<<headings.free>>")
_WITH_REMARK = re.compile(
    r"(?P<header>[^（(]+)[（(](?P<told>[^（）()]*)[）)]\s*", re.DOTALL
)
_BEFORE_ZONE = re.compile(r"[\s(（\[【,_]+")
_ZONE = pattern(
    r"(?:UTC|GMT)(?: ?[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d{1,2}(?::?\d\d)?|Z|[A-Z]{2,4}T(?:/[A-Z]{2,4}T)?"
    r"|<<headings.zone>>",
    re.ASCII,
)


@lru_cache(4096)
def header_key(text: str) -> str:
    """A header without letter case, blanks, punctuation and forms of the same letter: "数量 / 容量" is
    "数量容量".

    Of marks alone, and of what is too long for a known header, it is the text itself: a mapping may name it.
    """
    if len(text) > LONGEST:
        return " ".join(text.casefold().split())
    composed = unicodedata.normalize(
        "NFKC", unicodedata.normalize("NFKC", text).casefold()
    )
    kept = "".join(
        letter for letter in composed if unicodedata.category(letter)[0] in "LNM"
    )
    return kept or composed.strip()


_NOTHING: Final = frozenset(map(header_key, words("headings", "nothing")))
"""What headers say in brackets without meaning another column."""


def is_of_marks(key: str) -> bool:
    """Whether the key of a header holds no letter and no digit."""
    return not any(map(str.isalnum, key))


def is_not_free(text: str) -> bool:
    """Whether a header is that of times when somebody is not free: 不可服务时间, unavailable, busy,
    请假时间.
    """
    key = header_key(text)
    return _NOT_FREE.search(key) is not None and _FREE.search(key) is None


def numbered(key: str) -> tuple[str, int]:
    """The key of a numbered header without its number, and the number; 1 where it has none: "skills (3)" is
    ("skills", 3).
    """
    found = _NUMBERED.fullmatch(key)
    return (found[1], int(found[2])) if found and int(found[2]) > 0 else (key, 1)


@dataclass(frozen=True, slots=True)
class Headed:
    """What a header stands for: a column and the number of a part; ``spare`` where something better may stand
    beside it.
    """

    column: Column
    part: int = 1
    spare: bool = False


@cache
def _spelt(
    table: str,
) -> tuple[Mapping[str, Column], Mapping[str, Column], frozenset[str]]:
    """Columns by the keys of their headers, columns by those of their spare headers, and keys of what is not
    used.
    """
    kind = BY_NAME[table]
    first: dict[str, Column] = {}
    for (
        column
    ) in kind.columns:  # the header that is written goes before any other spelling
        for header in column.headers:
            first[header_key(header)] = column
    for column in kind.columns:
        for header in column.spellings:
            first.setdefault(header_key(header), column)
    spare = {
        header_key(header): column for column in kind.columns for header in column.spare
    }
    unused = frozenset(map(header_key, (*UNUSED, *kind.unused))) - first.keys()
    return first, spare, unused


def headed(table: TableSchema, header: str) -> Headed | None:
    """The column that a header of this table stands for; None where it is not known."""
    first, spare, _ = _spelt(table.name)
    key = header_key(header)
    if key in first:
        return Headed(first[key])
    if key in spare:
        return Headed(spare[key], spare=True)
    match = _WITH_REMARK.fullmatch(header) if len(header) <= LONGEST else None
    found = first.get(header_key(match["header"])) if match is not None else None
    if match is not None and found is not None and _says_nothing(found, match["told"]):
        return Headed(found)
    bare, part = numbered(key)
    if part > 1 or bare != key:
        found = first.get(bare)
        if found is not None and (found.is_list or found.joins):
            return Headed(found, part)
    return None


def _says_nothing(column: Column, match: str) -> bool:
    key = header_key(match)
    return (
        is_of_marks(key)
        or key in _NOTHING
        or (column.kind == "minutes" and key in words("headings", "minutes"))
    )


def in_another_zone(table: TableSchema, header: str) -> tuple[Column, str] | None:
    """The column of times whose header this is but for a zone behind it, and that zone: "windows (UTC)"; None
    for other headers.
    """
    before, zone = with_zone(header) or ("", "")
    column = _spelt(table.name)[0].get(header_key(before))
    return (
        (column, zone)
        if column is not None and column.kind in ("times", "moment")
        else None
    )


def with_zone(header: str) -> tuple[str, str] | None:
    """A header and the zone behind it: "when (UTC)", "when Europe/Berlin"; None for other headers."""
    for between in _BEFORE_ZONE.finditer(header) if len(header) <= LONGEST else ():
        zone = header[between.end() :].rstrip(" )）]】")
        if _ZONE.fullmatch(zone) or zone_named(zone) is not None:
            return header[: between.start()], zone
    return None


def is_unused(table: TableSchema, header: str) -> bool:
    """Whether a header of this table says nothing, or is known to mean nothing to a matching."""
    key = header_key(header)
    return is_of_marks(key) or key in _spelt(table.name)[2]


def slip_of(text: str, known: Iterable[str]) -> str | None:
    """The known word that a text may be with a slip in it. A longer or shorter text is no slip: "minimum age"
    is not "minimum".
    """
    found = get_close_matches(text, known, 1, SLIP) if 2 < len(text) <= 40 else []
    if not found and 2 < len(text) <= 40:  # two letters in the wrong order
        swapped = {_swapped(text, at) for at in range(len(text) - 1)}
        return next((word for word in known if word in swapped), None)
    if not found:
        return None
    return found[0] if abs(len(found[0]) - len(text)) <= 1 else None


def _swapped(text: str, at: int) -> str:
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def near_header(table: TableSchema, header: str) -> tuple[Column, str] | None:
    """The column whose header an unknown one may be with a slip in it, and that header as it is known; None
    where there is none.
    """
    first = _spelt(table.name)[0]
    found = None if is_not_free(header) else slip_of(header_key(header), first)
    if found is None:
        return None
    column = first[found]
    return column, next(
        name
        for name in (*column.headers, *column.spellings)
        if header_key(name) == found
    )


@cache
def _tables_spelt() -> Mapping[str, TableSchema]:
    found = {header_key(name): table for table in TABLES for name in table.titles}
    for table in TABLES:
        for name in table.spellings:
            found.setdefault(header_key(name), table)
    return found


def table_named(name: str) -> TableSchema | None:
    """The table that a sheet or a file of this name holds: "资源清单 (2)" and "资源清单2" are the resource
    list, too; else None.
    """
    key = header_key(name)
    return _tables_spelt().get(key) or _tables_spelt().get(numbered(key)[0])


def is_title(table: TableSchema, name: str) -> bool:
    """Whether a name is that of the table as it is written, with or without a number."""
    return not {header_key(name), numbered(header_key(name))[0]}.isdisjoint(
        map(header_key, table.titles)
    )


def near_table(name: str) -> str | None:
    """The name of a table that an unknown one may be with a slip in it, or None where there is none."""
    return slip_of(header_key(name), _tables_spelt())
