"""Cells that name a row of another table by its name, or by its id in other letters, and not by its id as it
is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from matchkit.messages.message import Message
from matchkit.model.text import key
from matchkit.tables.columns.column import Column
from matchkit.tables.findings import Notices
from matchkit.tables.importer.table_rows import TableRows
from matchkit.tables.location import quoted


class Names:
    """The ids of a table, and which rows have a name."""

    def __init__(self, ids: Iterable[str | None], names: Sequence[str | None] = ()) -> None:
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
        return list(dict.fromkeys((*self._by_id.get(same, ()), *self._by_name.get(same, ()))))


def resolve(rows: TableRows, names: Mapping[str, Names], notices: Notices) -> None:
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
        wish.community: None for held in lists for wish in held if wish.community is not None
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
    spot = rows.where(places[0], column.name)
    if len(found) == 1:
        same = key(text) == key(found[0])
        said = Message.of("tables.by_case" if same else "tables.by_name", id=found[0])
        notices.found("guess" if same else "note", spot, said, quoted(text), len(places) - 1)
        return
    order = rows.order(places[0], column.name)
    notices.fault(
        spot,
        Message.of("tables.ambiguous", ids=tuple(found[:5])),
        Message.of("tables.give_id"),
        quoted(text),
        len(places) - 1,
        order,
    )
