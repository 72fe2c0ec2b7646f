"""Plain data of a mapping to what it says: every name and type is checked, and all faults are raised at
once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from numbers import Integral
from typing import Any, Final

from matchkit.errors import Complaint
from matchkit.messages.message import Message
from matchkit.tables.columns.column import Column, TableSchema
from matchkit.tables.columns.known import NEAR, headed, header_key, slip_of, table_named
from matchkit.tables.columns.mapping import (
    BoundingBox,
    MappedValue,
    Span,
    TableMapping,
    TableMappings,
    alike,
)
from matchkit.tables.columns.schemas import BY_NAME
from matchkit.tables.formats.faults import FileFaults

_TOP = ("settings", "tables", "ignore_sheets")
_SETTINGS = ("zone", "first", "last", "day_first", "words", "parts", "bounds")
_TABLE = (
    "table",
    "file",
    "sheet",
    "header",
    "columns",
    "constants",
    "values",
    "prefixes",
    "until",
    "ignore",
    "ignore_rest",
)
_SPAN = ("start", "end", "minutes", "where")
_BOUNDS = ("south", "west", "north", "east")
_TYPES: Final[Mapping[str, tuple[type, str]]] = {
    "zone": (str, "text"),
    "day_first": (bool, "yes_no"),
    "words": (dict, "record"),
    "parts": (dict, "record"),
    "first": (date, "date"),
    "last": (date, "date"),
}
"""The type of each setting but the bounds, and what the advice calls it."""


def _plain(text: object) -> str:
    found = str(text)
    return found if found.isprintable() and len(found) <= 80 else ascii(found)[:80]


class Checked:
    """Plain data on its way to a mapping: what is wrong is gathered, and raised at the end."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._faults = FileFaults()

    def _fault(self, path: str, fact: str, advice: str, **values: Any) -> None:
        self._faults.keep(
            lambda: Complaint(
                f"{self._name} {path}".strip(),
                Message.of(fact, **values),
                Message.of(advice, **values),
            )
        )

    def whole(self, data: Mapping[str, Any]) -> TableMappings:
        """The mapping. Raises InputError with every fault."""
        self._names("", data, _TOP)
        settings = dict(self._record("settings", data.get("settings", {})))
        self._names("settings", settings, _SETTINGS)
        bounds = self._bounds(settings.pop("bounds", None))
        for name, (kind, needed) in _TYPES.items():
            if name in settings and not self._is(
                f"settings.{name}", settings[name], kind, needed
            ):
                del settings[name]
        entries = data.get("tables", [])
        if not self._is("tables", entries, list | tuple, "list"):
            entries = []
        tables = [
            self._table(f"tables[{at}]", entry) for at, entry in enumerate(entries, 1)
        ]
        skipped = dict.fromkeys(
            self._texts("ignore_sheets", data.get("ignore_sheets", []))
        )
        self._faults.raise_if_any()
        return TableMappings(
            settings, bounds, tuple(filter(None, tables)), tuple(skipped)
        )

    def _is(self, path: str, value: object, kind: Any, needed: str) -> bool:
        """Whether a value is of a type; else a complaint, which says what is needed."""
        if isinstance(value, kind):
            return True
        self._fault(path, "mapping.type", f"mapping.give_{needed}")
        return False

    def _names(
        self,
        path: str,
        data: Mapping[str, Any],
        known: tuple[str, ...],
        table: TableSchema | None = None,
    ) -> None:
        """Complains of every name that is not known, with the one that is meant: in other letters, with a
        slip, or a header of a table.
        """
        for name in data:
            if name in known:
                continue
            near = None
            if len(self._faults.found) < NEAR:
                column = headed(table, str(name)) if table is not None else None
                near = (
                    column.column.name
                    if column
                    else slip_of(str(name).casefold(), known)
                )
            advice = "mapping.near" if near in known else "mapping.known"
            values = {"name": _plain(name), "near": near, "known": ", ".join(known)}
            self._fault(path, "mapping.unknown", advice, **values)

    def _record(self, path: str, data: Any) -> Mapping[str, Any]:
        return data if self._is(path, data, Mapping, "record") else {}

    def _texts(self, path: str, data: object) -> list[str]:
        found = [data] if isinstance(data, str) else data
        if isinstance(found, list | tuple) and all(
            isinstance(entry, str) for entry in found
        ):
            return list(found)
        self._fault(path, "mapping.type", "mapping.give_texts")
        return []

    def _bounds(self, data: object) -> BoundingBox | None:
        if data is None:
            return None
        record = self._record("settings.bounds", data)
        self._names("settings.bounds", record, _BOUNDS)
        degrees: list[Any] = [record.get(name) for name in _BOUNDS]
        south, _, north, _ = degrees
        fine = all(
            isinstance(one, int | float)
            and not isinstance(one, bool)
            and -180 <= one <= 180
            for one in degrees
        )
        if not fine or south > north:
            self._fault("settings.bounds", "mapping.bounds", "mapping.give_bounds")
            return None
        return BoundingBox(*map(float, degrees))

    def _table(self, path: str, entry: object) -> TableMapping | None:
        data = self._record(path, entry)
        self._names(path, data, _TABLE)
        kind = data.get("table")
        table = (
            (BY_NAME.get(kind) or table_named(kind)) if isinstance(kind, str) else None
        )
        if table is None:
            self._fault(
                path, "mapping.no_table", "mapping.known", known=", ".join(BY_NAME)
            )
            return None
        header = None
        if (given := data.get("header")) is not None and (
            (header := _whole(given)) is None or header < 1
        ):
            self._fault(f"{path}.header", "mapping.type", "mapping.give_row")
            header = None
        for name in ("file", "sheet"):
            if not self._is(f"{path}.{name}", data.get(name, ""), str, "text"):
                return None
        renamed, spans, written = self._columns(
            f"{path}.columns", data.get("columns", {}), table
        )
        constants = {
            ours: value
            for ours, value in self._of_cells(f"{path}.constants", data, table)
            if self._is(f"{path}.constants.{ours}", value, MappedValue, "value")
        }
        values = {
            ours: {
                text.strip(): value
                for text, value in self._record(f"{path}.values.{ours}", given).items()
                if self._is(f"{path}.values.{ours}", value, MappedValue, "value")
            }
            for ours, given in self._of_cells(f"{path}.values", data, table)
        }
        prefixes, until = (
            {
                ours: mark
                for ours, mark in self._of_cells(f"{path}.{name}", data, table)
                if self._is(
                    f"{path}.{name}.{ours}",
                    (isinstance(mark, str) and mark) or None,
                    str,
                    "text",
                )
            }
            for name in ("prefixes", "until")
        )
        rest = data.get("ignore_rest", False)
        self._is(f"{path}.ignore_rest", rest, bool, "yes_no")
        ignored = {
            header_key(text): text
            for text in self._texts(f"{path}.ignore", data.get("ignore", []))
        }
        ends = [
            text
            for span in spans.values()
            for text in (span.start, span.end)
            if text is not None
        ]
        read = {*renamed, *map(header_key, ends)}
        for key, text in ignored.items():
            if key in read:
                self._fault(
                    f"{path}.ignore",
                    "mapping.ignored_too",
                    "mapping.once",
                    name=_plain(text),
                )
        return TableMapping(
            table.name,
            data.get("file"),
            data.get("sheet"),
            header,
            renamed=renamed,
            spans=spans,
            constants=constants,
            values=values,
            alike={ours: alike(given) for ours, given in values.items()},
            prefixes=prefixes,
            until=until,
            ignored=frozenset(ignored),
            ignore_rest=rest is True,
            texts=ignored | written,
        )

    def _columns(
        self, path: str, data: object, table: TableSchema
    ) -> tuple[dict[str, str], dict[str, Span], dict[str, str]]:
        """Columns by the keys of the headers that stand for them, the times of two cells by column, and these
        headers as they are written by their keys.
        """
        renamed: dict[str, str] = {}
        spans: dict[str, Span] = {}
        written: dict[str, str] = {}
        for ours, theirs in self._of_columns(path, data, table, table.columns):
            at = f"{path}.{ours}"
            if isinstance(theirs, Mapping):
                span = self._span(at, theirs, table.column(ours).kind == "times")
                spans.update({ours: span} if span else {})
                continue
            for text in self._texts(at, theirs):
                written[header_key(text)] = text
                if renamed.setdefault(header_key(text), ours) != ours:
                    self._fault(
                        at, "mapping.header_twice", "mapping.once", name=_plain(text)
                    )
        return renamed, spans, written

    def _of_cells(
        self, path: str, data: Mapping[str, Any], table: TableSchema
    ) -> Iterator[tuple[str, Any]]:
        """What is said of the columns whose cells something is put in the place of; starts, ends and settings
        are read as they stand.
        """
        columns = [
            one for one in table.columns if one.kind not in ("moment", "setting", "raw")
        ]
        given = data.get(path.rpartition(".")[2], {})
        return self._of_columns(path, given, table, columns)

    def _of_columns(
        self, path: str, data: object, table: TableSchema, columns: Iterable[Column]
    ) -> Iterator[tuple[str, Any]]:
        record, names = (
            self._record(path, data),
            tuple(column.name for column in columns),
        )
        self._names(path, record, names, table)
        yield from ((name, value) for name, value in record.items() if name in names)

    def _span(self, path: str, data: Mapping[str, Any], allowed: bool) -> Span | None:
        self._names(path, data, _SPAN)
        start, end, minutes = data.get("start"), data.get("end"), None
        if (given := data.get("minutes")) is not None:
            minutes = _whole(given) or 0
        only = self._record(f"{path}.where", data.get("where", {}))
        fine = isinstance(start, str) and (
            isinstance(end, str) if minutes is None else end is None
        )
        fine = fine and (minutes is None or 0 < minutes <= 1_000_000)
        if (
            not allowed
            or not fine
            or not all(isinstance(value, str) for value in only.values())
        ):
            self._fault(path, "mapping.span", "mapping.give_span")
            return None
        return Span(str(start), end, minutes, dict(only))


def _whole(value: object) -> int | None:
    """A whole number, also numpy's or 60.0; None for anything else."""
    if isinstance(value, Integral) and not isinstance(value, bool):
        return int(value)
    return int(value) if isinstance(value, float) and value.is_integer() else None
