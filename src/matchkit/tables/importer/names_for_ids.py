"""Cells that should hold an id and hold what another column keeps as personal: they are refused without being
shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from matchkit.messages.message import Message
from matchkit.model.text import key
from matchkit.tables.columns.column import Column
from matchkit.tables.findings import Notices
from matchkit.tables.importer.table_rows import TableRows
from matchkit.tables.location import quoted

MADE = ("units", "communities")
"""Tables that, where they are missing, are made of what others name."""


def refuse_names(rows: Mapping[str, TableRows], notices: Notices) -> None:
    """Takes names of people, telephone numbers and the like out of columns of ids, each a fault; ids that are
    listed stay.

    The records would say which id is not listed, and show it.
    """
    personal = frozenset(map(key, _personal(rows)))
    if not personal:
        return
    ids = {
        name: frozenset(one for one in table.column("id") if one is not None)
        for name, table in rows.items()
    }
    ids["requirements"] |= ids["demands"]  # the only role of a demand has its id
    for table in rows.values():
        for column in table.table.columns:
            if (
                column.refers
                and column.name in table.values
                and (rows[column.refers].count or column.refers not in MADE)
            ):
                _take_out(table, column, personal, ids[column.refers], notices)


def _personal(rows: Mapping[str, TableRows]) -> Iterator[str]:
    for table in rows.values():
        for column in table.table.columns:
            if column.kind == "personal" and column.name in table.values:
                for value in table.values[column.name]:
                    if value is not None:
                        yield value
                        yield from value.split() if column.joins else ()


def _take_out(
    table: TableRows,
    column: Column,
    personal: frozenset[str],
    listed: frozenset[str],
    notices: Notices,
) -> None:
    found: list[int] = []
    values = table.values[column.name]
    for number, value in enumerate(values):
        if value is None or not any(
            one not in listed and key(one) in personal for one in _ids(value)
        ):
            continue
        found.append(number)
        sheet, row = table.sheet_of(number)
        notices.faulty.add((sheet.number, row, column.name))
        values[number] = None
    if found:
        spot, order = table.where(found[0], column.name), table.order(found[0], column.name)
        advice: Message = Message.of("tables.give_id")
        notices.fault(
            spot,
            Message.of("tables.personal_id"),
            advice,
            quoted("", personal=True),
            len(found) - 1,
            order,
        )


def _ids(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    named = (one if isinstance(one, str) else one.community for one in value)
    return tuple(one for one in named if one is not None)
