"""Which rows of a sheet hold a record: not empty ones, totals, headers printed again, and remarks at the foot."""

from __future__ import annotations

import re
from typing import Any, Final

from matchkit.io.lists.findings import Notices, note
from matchkit.io.lists.headers import Sheet
from matchkit.io.location import quoted, where

TOTALS: Final = frozenset({"合计", "总计", "小计", "共计", "总数", "累计", "total", "totals", "sum", "subtotal", "grandtotal"})
"""What a row of sums begins with."""

_FOOT = re.compile(
    r"\s*(注|备注|说明|填表说明|填表人|填报人|制表人|制表|审核人|审核|单位负责人|note|notes|remark|remarks|prepared by)\s*[0-9]*\s*[:：]",
    re.IGNORECASE,
)
LONGEST_TOTAL = 20
FEW = 4
"""A remark at the foot has at most so many filled cells."""


def blank(cell: object) -> bool:
    """Whether a cell is empty: None, blanks, or what data frames hold in the place of nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip()) or (isinstance(cell, float) and cell != cell)


def choose_rows(sheet: Sheet, notices: Notices) -> None:
    """Fills ``sheet.rows``; sums, headers printed again and remarks become findings, empty rows are left out without a word."""
    header = sheet.grid.rows[sheet.header]
    spare = set(sheet.places["id"]) if sheet.spare_id else set()
    # A row that holds a running number and nothing else is an empty line of a form.
    places = sorted({place for used in sheet.places.values() for place in used} - spare)
    taken = sheet.mapping.spans or not places
    for number in range(sheet.header + 1, len(sheet.grid.rows)):
        row = sheet.grid.rows[number]
        first = next((row[place] for place in places if not blank(row[place])), None)
        if first is None and not (taken and any(not blank(cell) for cell in row)):
            continue
        start: Any = next((cell for cell in row if not blank(cell)), None)
        if isinstance(start, str) and _is_no_record(sheet, row, start, header, number, notices):
            continue
        sheet.rows.append(number)


def _is_no_record(sheet: Sheet, row: list[Any], start: str, header: list[Any], number: int, notices: Notices) -> bool:
    if is_total(start):
        notices.found("ignored", where(sheet.grid, number), note("tables.total"), read=quoted(start))
        return True
    if row == header:
        notices.found("note", where(sheet.grid, number), note("tables.header_again"))
        return True
    if is_remark(start) and sum(1 for cell in row if not blank(cell)) <= FEW:
        notices.found("ignored", where(sheet.grid, number), note("tables.foot"))
        return True
    return False


def is_total(start: str) -> bool:
    """Whether a row that begins so is one of sums."""
    return len(start) <= LONGEST_TOTAL and "".join(start.casefold().split()).strip(":：") in TOTALS


def is_remark(start: str) -> bool:
    """Whether a row that begins so, and holds little more, is a remark at the foot."""
    return (":" in start or "：" in start) and _FOOT.match(start) is not None
