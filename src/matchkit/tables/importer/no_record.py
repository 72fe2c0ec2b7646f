"""Rows of a table that hold no record: sums, remarks and signatures, headers printed again, numbers of
columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, Final

from matchkit.tables.columns.known import UNUSED, header_key
from matchkit.tables.columns.schemas import TABLES
from matchkit.tables.formats.plain import blank
from matchkit.tables.vocabulary.words import pattern, words

LONGEST_SUM: Final = 30
"""What a row of sums begins with is no longer."""

_SUM = pattern("<<no_record.sum>>", re.DOTALL)
_MAYBE = pattern("<<no_record.maybe_sum>>", re.IGNORECASE)
_COUNTED = pattern("<<no_record.counted>>", re.IGNORECASE)
_MADE = "<<no_record.by>>|<<no_record.made>>"
_AFTER = r"\s*(?:[（(][^）)]{0,10}[）)])?\s*"
_FOOT = pattern(
    rf"\s*(?:<<no_record.label>>|{_MADE}|<<no_record.more>>){_AFTER}[0-9]*\s*[:：]|\s*(?:{_MADE})\s+\S"
    r"|\s*(?:<<no_record.by>>)\S{1,4}(?:\s|$)|\s*(?:©|\(c\) ?\d{4}|copyright\b)",
    re.IGNORECASE,
)
_SIGNED = pattern(rf"\s*(?:<<no_record.label>>|{_MADE}){_AFTER}|©", re.IGNORECASE)
_END = pattern(
    r"\W*(?:<<no_record.end>>|(?:https?://|www\.)\S+)\W*|[\W_]{3,}|(?:<<no_record.remark>>)\s+\S.*",
    re.IGNORECASE,
)
_HEADING = pattern(r"\s*(?:<<no_record.heading>>|[※★☆◆●▲*]|\d{1,2}[、.．]\s*\S{4})")
_PAGE = pattern(r"[^\w\"]*(?:<<no_record.page>>)\W*", re.IGNORECASE | re.DOTALL)
_EXAMPLE = pattern(
    r"\s*[（(\[【]?(?:<<no_record.example>>)\s*\d*[）)\]】]?\s*(?:[:：,，].*)?",
    re.IGNORECASE | re.DOTALL,
)
_HINTS: Final = frozenset(words("no_record", "hints"))
_FILTERS: Final = frozenset({"▼", "▾", *words("no_record", "filters")})
_STEMS: Final = "".join(words("no_record", "stems"))
"""By these the columns of text in a form are often numbered, before those of numbers."""

FEW: Final = 4
"""A remark at the foot has at most so many filled cells."""


def may_be_none(start: str) -> bool:
    """Whether a row that begins so may hold no record, by any of the signs below. Texts that differ in their
    last digits only are alike.
    """
    stem = start.rstrip("0123456789")
    return _signs(start if stem == start else f"{stem}1")


@lru_cache(4_096)  # a hundred thousand ids have few stems
def _signs(start: str) -> bool:
    return (
        ":" in start
        or "：" in start
        or is_sum(start)
        or any(sign(start) for sign in SIGNS)
    )


def _hint(cell: str) -> str:
    return cell.strip().strip("*（）()").casefold()


def is_sum(start: str) -> bool:
    """Whether a row that begins so is one of sums: 合计, 东区小计（人）, Sub-total."""
    if (
        len(start) > LONGEST_SUM
        or start[:1] == '"'
        or _MAYBE.search("".join(start.split())) is None
    ):
        return False
    folded = start.casefold().split()
    return any(
        _SUM.fullmatch(between.join(folded)) is not None for between in (" ", "")
    )


def is_remark(start: str, row: Sequence[Any] = ()) -> bool:
    """Whether a row that begins so, and holds little more, is a remark at the foot: 注：以上均可线上."""
    return (
        _FOOT.match(start) is not None and sum(not blank(cell) for cell in row) <= FEW
    )


def is_end(start: str, row: Sequence[Any] = ()) -> bool:
    """Whether a text that stands alone in its row says that the table ends, or is a line of marks, or a
    remark: End of list, ===.

    Also whether it stands before a number alone, and says that this counts the rows or pages.
    """
    if start[:1] == '"':
        return False
    others = [cell for cell in row if not blank(cell) and cell is not start]
    if len(others) == 1 and _COUNTED.fullmatch(start.strip()):
        return isinstance(others[0], int | float) or (
            isinstance(others[0], str) and others[0].strip().isdecimal()
        )
    return not others and (
        _END.fullmatch(start.strip()) is not None
        or (not row and _COUNTED.fullmatch(start.strip()) is not None)
    )


def is_signature(start: str) -> bool:
    """Whether a row that begins so is a line of signatures, or of who filled in the form: 填表人,
    审核人（签字）.
    """
    return (
        len(start) <= LONGEST_SUM
        and not start[-1:].isdigit()
        and _SIGNED.fullmatch(start) is not None
    )


def is_page(start: str) -> bool:
    """Whether a row that begins so says where a page or the table ends: 第 1 页, 续表, 以下空白."""
    return len(start) <= LONGEST_SUM and _PAGE.fullmatch(start) is not None


def is_example(start: str, row: Sequence[Any] = ()) -> bool:
    """Whether a row that begins so shows how to fill in the others, or says which cells must be: 例：R001,
    必填.
    """
    if _EXAMPLE.fullmatch(start) is not None:
        return True
    return _hint(start) in _HINTS and all(
        blank(cell) or (isinstance(cell, str) and _hint(cell) in _HINTS) for cell in row
    )


SIGNS: Final[tuple[Callable[[str], bool], ...]] = (
    is_signature,
    is_remark,
    is_end,
    is_page,
    is_example,
)
"""Whether a row that begins with a text, of which no more is known, may hold no record."""


def is_heading(start: str) -> bool:
    """Whether a text that stands alone in its row is one that heads others, or a remark: 一、市直单位."""
    return _HEADING.match(start) is not None


def are_headers(row: Sequence[Any]) -> bool:
    """Whether the cells of a row are headers of tables that are known, most of them."""
    filled = [cell for cell in row if not blank(cell)]
    if len(filled) < 2 or not all(
        isinstance(cell, str) and cell[:1] != '"' for cell in filled
    ):
        return False
    met = sum(header_key(cell) in _headers() for cell in filled)
    return met >= 2 and met * 4 >= len(filled) * 3


def may_be_records(above: Sequence[Sequence[Any]], header: Sequence[Any]) -> bool:
    """Whether rows above a header may be another table and no titles: a header among them, or a row with as
    much in it as a record has.

    Titles name what follows (单位：, 日期：), and are seldom as wide as the table.
    """
    width = sum(not blank(cell) for cell in header)
    for row in above:
        filled = [cell for cell in row if not blank(cell)]
        labels = any(
            isinstance(cell, str) and (":" in cell or "：" in cell) for cell in filled
        )
        if are_headers(row) or (not labels and len(filled) >= max(3, (width + 1) // 2)):
            return True
    return False


def are_numbers_of_columns(row: Sequence[Any], width: int) -> bool:
    """Whether a row numbers the columns (甲, 乙, 1, 2, 3), or offers to filter them."""
    filled = [str(cell).strip() for cell in row if not blank(cell)]
    if len(filled) >= 2 and all(cell.casefold() in _FILTERS for cell in filled):
        return True
    if len(filled) < 4 or len(filled) < width:
        return False
    stems = next(
        (at for at, cell in enumerate(filled) if cell not in _STEMS[at : at + 1]),
        len(filled),
    )
    return filled[stems:] == [
        str(number) for number in range(1, len(filled) - stems + 1)
    ]


@cache
def _headers() -> frozenset[str]:
    """The keys of all headers of all tables."""
    columns = [column for table in TABLES for column in table.columns]
    return frozenset(
        header_key(name)
        for column in columns
        for name in (*column.headers, *column.spellings, *column.spare)
    ) | frozenset(map(header_key, UNUSED))
