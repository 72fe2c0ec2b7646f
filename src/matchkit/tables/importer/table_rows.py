"""All rows of one table, from however many sheets: values by column, and the sheet and row that each came
from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from matchkit.messages.message import Message
from matchkit.tables.cells import Context
from matchkit.tables.columns.column import TableSchema
from matchkit.tables.findings import Notices
from matchkit.tables.importer.header_row import TableSheet
from matchkit.tables.importer.spans import span_columns
from matchkit.tables.importer.values import read_column
from matchkit.tables.location import Quoted, Where


@dataclass(slots=True)
class TableRows:
    """The rows of a table: ``values[name][k]`` is what the k-th row holds in the column of that name, None
    where it is empty.
    """

    table: TableSchema
    sheets: list[TableSheet] = field(default_factory=list)
    values: dict[str, list[Any]] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    """The number of the first row of each sheet."""
    count: int = 0

    def column(self, name: str) -> list[Any]:
        """The values of a column, all None where it is not there."""
        return self.values.get(name) or [None] * self.count

    def sheet_of(self, number: int) -> tuple[TableSheet, int]:
        """The sheet that holds a row of the table, and the row's place in the sheet's grid."""
        at = max(
            place
            for place, start in enumerate(self.starts)
            if start <= number and self.sheets[place].rows
        )
        sheet = self.sheets[at]
        return sheet, sheet.rows[number - self.starts[at]]

    def where(self, number: int, name: str = "") -> Where:
        """Where a row of the table, or its cell in a column, stands in the files."""
        sheet, row = self.sheet_of(number)
        places = sheet.places.get(name)
        if places:
            return sheet.at(row, places[0])
        return sheet.at(row)._replace(column=name)

    def order(self, number: int, name: str = "") -> tuple[int, int, int]:
        """By what complaints about a row are sorted."""
        sheet, row = self.sheet_of(number)
        return sheet.number, row, sheet.places.get(name, [-1])[0]

    def fault(
        self,
        notices: Notices,
        number: int,
        name: str,
        fact: Message,
        advice: Message,
        read: Quoted | None = None,
        more: int = 0,
    ) -> None:
        """Adds a complaint about a row of the table in a column."""
        spot, order = self.where(number, name), self.order(number, name)
        notices.fault(spot, fact, advice, read, more, order)

    def is_faulty(self, number: int, name: str | None, notices: Notices) -> bool:
        """Whether the reading of this cell, or (without a name) of any cell of the row, has found a fault."""
        sheet, row = self.sheet_of(number)
        if name is not None:
            return (sheet.number, row, name) in notices.faulty
        return any(
            (sheet.number, row, column.name) in notices.faulty
            for column in self.table.columns
        )


def table_rows(
    table: TableSchema, sheets: Sequence[TableSheet], context: Context, notices: Notices
) -> TableRows:
    """The rows of all sheets of a table, every cell read."""
    found = TableRows(table)
    for sheet in sheets:
        found.sheets.append(sheet)
        found.starts.append(found.count)
        read = {
            column.name: read_column(sheet, column, context, notices)
            for column in sheet.columns
            if column.kind != "moment"
        }
        read.update(span_columns(sheet, read, context, notices))
        for name in (
            *found.values,
            *(name for name in read if name not in found.values),
        ):
            held = found.values.setdefault(name, [None] * found.count)
            held.extend(read.get(name) or [None] * len(sheet.rows))
        found.count += len(sheet.rows)
    return found


def row_groups(names: list[Any]) -> list[list[int]]:
    """The places of equal names together, in the order in which each first comes."""
    found: dict[Any, list[int]] = {}
    for number, name in enumerate(names):
        found.setdefault(name, []).append(number)
    return list(found.values())
