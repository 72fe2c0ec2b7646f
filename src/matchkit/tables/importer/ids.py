"""Ids of rows: what serves as one where there is none, which row a name or an id in other letters means, and
personal values that stand in place of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import PurePath
from typing import Any

from matchkit.messages.message import Message
from matchkit.model.text import key
from matchkit.tables.cells import quote
from matchkit.tables.columns.column import Column
from matchkit.tables.findings import FindingKind, Notices
from matchkit.tables.importer.header_row import TableSheet
from matchkit.tables.importer.table_rows import TableRows
from matchkit.tables.location import line_of, quoted

LETTERS = {
    "units": "U",
    "communities": "C",
    "resources": "R",
    "demands": "D",
    "requirements": "Q",
}


def number_rows(rows: TableRows, notices: Notices) -> None:
    """Gives every row an id: what stands there, or the letter of its table and the number of its row in the
    sheet.

    Where ids are running numbers or rows, and several sheets are one table, each id begins with whose sheet
    it is.
    """
    if rows.table.name not in LETTERS:
        return
    held = rows.values.setdefault("id", [None] * rows.count)
    several = sum(1 for sheet in rows.sheets if sheet.rows) > 1
    for sheet, start in zip(rows.sheets, rows.starts, strict=True):
        ids = held[start : start + len(sheet.rows)]
        owner = f"{_owner(rows, sheet)}-" if several else ""
        if sheet.spare_id and several:
            ids = [None if one is None else f"{owner}{one}" for one in ids]
            if ids:
                notices.found(
                    "added",
                    sheet.at(),
                    Message.of(
                        "tables.numbers_of_several", example=quote(ids[0] or owner)
                    ),
                )
        missing = [
            at
            for at, one in enumerate(ids)
            if one is None and not rows.is_faulty(start + at, "id", notices)
        ]
        for at in missing:
            ids[at] = (
                f"{owner}{LETTERS[rows.table.name]}{line_of(sheet.grid, sheet.rows[at])}"
            )
        if missing:
            # A column of ids or of running numbers with a gap is somebody's slip; a sheet without such a
            # column never had any.
            kind: FindingKind = "guess" if "id" in sheet.places else "added"
            spot = sheet.at(sheet.rows[missing[0]])
            notices.found(
                kind,
                spot,
                Message.of("tables.numbered", id=quote(ids[missing[0]])),
                more=len(missing) - 1,
            )
        held[start : start + len(sheet.rows)] = ids


def _owner(rows: TableRows, sheet: TableSheet) -> str:
    names = [other.grid.name for other in rows.sheets if other.rows]
    name = (
        sheet.grid.name
        if names.count(sheet.grid.name) == 1
        else f"{PurePath(sheet.grid.source).stem} {sheet.grid.name}"
    )
    visible = "".join(letter for letter in name if letter.isprintable()).strip()
    return visible[:100] or str(sheet.number + 1)


MADE = {
    "units": (("resources", "unit"),),
    "communities": (
        ("demands", "community"),
        ("resources", "home"),
        ("resources", "familiar"),
    ),
}
"""Tables that, where they are missing, are made of what these columns name."""


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
        fact, advice = Message("tables.personal_id"), Message("tables.give_id")
        hidden = quoted("", personal=True)
        table.fault(
            notices, found[0], column.name, fact, advice, hidden, len(found) - 1
        )


def _ids(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    named = (one if isinstance(one, str) else one.community for one in value)
    return tuple(one for one in named if one is not None)


class IdsByName:
    """The ids of a table, and which rows have a name."""

    def __init__(
        self, ids: Iterable[str | None], names: Sequence[str | None] = ()
    ) -> None:
        self._given = list(ids)
        self._names = names
        self.ids = frozenset(one for one in self._given if one is not None)

    @cached_property
    def _by_id(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one in dict.fromkeys(one for one in self._given if one is not None):
            found.setdefault(key(one), []).append(one)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one, name in zip(self._given, self._names, strict=False):
            if one is not None and name is not None:
                found.setdefault(key(name), []).append(one)
        return found

    def of(self, text: str) -> list[str]:
        """The ids that a text may mean: itself where it is one, or those that differ in letter case only, and
        of the rows of this name.

        None where nobody knows it.
        """
        if text in self.ids:
            return [text]
        same = key(text)
        return list(
            dict.fromkeys((*self._by_id.get(same, ()), *self._by_name.get(same, ())))
        )


def resolve(rows: TableRows, names: Mapping[str, IdsByName], notices: Notices) -> None:
    """Puts ids where a table names others by name; a name that several have is a fault, an unknown one is
    left to the records.
    """
    for column in rows.table.columns:
        known = names.get(column.refers)
        if known is None or column.name not in rows.values:
            continue
        values = rows.values[column.name]
        changed = {
            text: found
            for text in _texts(column, values)
            if (found := known.of(text)) != [text] and found
        }
        if not changed:
            continue
        for text, places in _places(column, values, changed).items():
            _tell(rows, column, text, changed[text], places, notices)
        sole = {text: found[0] for text, found in changed.items()}
        rows.values[column.name] = [_renamed(column, value, sole) for value in values]


def _texts(column: Column, values: list[Any]) -> dict[str, None]:
    if column.kind == "id":
        return dict.fromkeys(value for value in values if value is not None)
    lists = dict.fromkeys(value for value in values if value)
    if column.kind == "ids":
        return {text: None for held in lists for text in held}
    return {
        wish.community: None
        for held in lists
        for wish in held
        if wish.community is not None
    }


def _renamed(column: Column, value: Any, sole: Mapping[str, str]) -> Any:
    if value is None:
        return None
    if column.kind == "id":
        return sole.get(value, value)
    if column.kind == "ids":
        return tuple(dict.fromkeys(sole.get(text, text) for text in value))
    return tuple(
        wish.model_copy(update={"community": sole.get(wish.community, wish.community)})
        for wish in value
    )


def _places(
    column: Column, values: list[Any], changed: Mapping[str, Any]
) -> dict[str, list[int]]:
    """The rows in which each of the texts stands."""
    found: dict[str, list[int]] = {text: [] for text in changed}
    for number, value in enumerate(values):
        if value is None:
            continue
        held = (
            [value]
            if column.kind == "id"
            else value
            if column.kind == "ids"
            else [wish.community for wish in value]
        )
        for text in dict.fromkeys(held):
            if text in found:
                found[text].append(number)
    return found


def _tell(
    rows: TableRows,
    column: Column,
    text: str,
    found: list[str],
    places: list[int],
    notices: Notices,
) -> None:
    read, more = quoted(text), len(places) - 1
    if len(found) > 1:
        fact = Message.of("tables.ambiguous", ids=tuple(found[:5]))
        do = Message("tables.give_id")
        rows.fault(notices, places[0], column.name, fact, do, read, more)
        return
    same = key(text) == key(found[0])
    message = Message.of("tables.by_case" if same else "tables.by_name", id=found[0])
    spot = rows.where(places[0], column.name)
    notices.found("guess" if same else "note", spot, message, read, more)
