"""Rows of ranks to rankings: all rows of one who ranks, and of one kind of those ranked, are a record."""

from __future__ import annotations

from typing import Any

from matchkit.messages.message import Message
from matchkit.model.ranking import GIVING
from matchkit.model.rules.base import TABLES_OF
from matchkit.tables.columns.schemas import RANKED
from matchkit.tables.findings import Notices
from matchkit.tables.importer.table_rows import TableRows, row_groups


def ranked_columns(rows: TableRows, number: int) -> list[str]:
    """The columns in which a row names somebody that can be ranked; there should be one."""
    giving = rows.column("by")[number] in GIVING
    return [
        name
        for name in RANKED
        if (name in GIVING) != giving and rows.column(name)[number] is not None
    ]


def ranking_records(
    rows: TableRows, notices: Notices
) -> tuple[list[dict[str, Any]], list[list[int]]]:
    """The data of all rankings, and the rows of each. Rows that name too many go to ``notices``."""
    who: list[tuple[Any, Any, Any]] = []
    chosen: list[str | None] = []
    for number, by in enumerate(rows.column("by")):
        named = ranked_columns(rows, number)
        beside = [
            name
            for name in RANKED
            if name not in (by, *named) and rows.column(name)[number] is not None
        ]
        wrong = beside + named[1:]
        if by in RANKED and wrong:
            fact = Message.of("tables.ranks_more", by=by)
            advice = Message("tables.ranks_more.do")
            rows.fault(notices, number, wrong[0], fact, advice)
        one = named[0] if named else None
        of = rows.column("of")[number] if one is None else TABLES_OF[one]
        who.append((by, rows.column(by)[number] if by in RANKED else None, of))
        chosen.append(one)
    groups, records = row_groups(who), []
    for numbers in groups:
        by, name, of = who[numbers[0]]
        pairs = [
            (rows.column(one)[number], rows.column("rank")[number])
            for number in numbers
            if (one := chosen[number]) is not None
        ]
        others = (rows.column("others")[number] for number in numbers)
        record = {
            "by": by,
            "id": name,
            "of": of,
            "ids": [one for one, _ in pairs],
            "ranks": [rank for _, rank in pairs if rank is not None],
            "others": next((word for word in others if word is not None), None),
        }
        records.append(
            {field: value for field, value in record.items() if value is not None}
        )
    return records, groups
