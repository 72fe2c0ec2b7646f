"""Cells that are empty where people would expect a word: what is taken instead is told, as it decides
much.
"""

from __future__ import annotations

from collections.abc import Sequence

from matchkit.messages.message import Message
from matchkit.model.resource import SHARED_KINDS
from matchkit.model.text import key
from matchkit.tables.findings import Notices
from matchkit.tables.importer.table_rows import TableRows


def tell_empty(
    rows: TableRows, name: str, places: Sequence[int], said: str, notices: Notices
) -> None:
    """Tells, sheet by sheet, in which rows a column is empty that decides much."""
    for sheet, start in zip(rows.sheets, rows.starts, strict=True):
        within = [
            at
            for at in places
            if start <= at < start + len(sheet.rows) and not rows.is_faulty(at, name, notices)
        ]
        if within:
            notices.found(
                "guess", rows.where(within[0], name), Message.of(said), more=len(within) - 1
            )


def tell_resources(rows: TableRows, notices: Notices) -> None:
    """Stocks without a quantity."""
    capacities, kinds = rows.column("capacity"), rows.column("kind")
    stocks = [
        at
        for at in range(rows.count)
        if capacities[at] is None and kinds[at] is not None and key(kinds[at]) in SHARED_KINDS
    ]
    tell_empty(rows, "capacity", stocks, "tables.empty.capacity", notices)


def tell_demands(rows: TableRows, notices: Notices) -> None:
    """Demands without an urgency where others have one."""
    tiers = rows.column("tier")
    if any(tier is not None for tier in tiers):
        tell_empty(
            rows,
            "tier",
            [at for at in range(rows.count) if tiers[at] is None],
            "tables.empty.tier",
            notices,
        )
