"""Plain data of a mapping to what it says: every name and type is checked, and all faults are raised at
once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from numbers import Integral
from typing import Any

from matchkit.errors import Complaint
from matchkit.messages.message import Message
from matchkit.tables.columns.column import Table
from matchkit.tables.columns.header import header_key
from matchkit.tables.columns.known import BY_NAME, NEAR, headed, slip_of, table_named
from matchkit.tables.columns.mapping import Bounds, Span, TableMapping, TableMappings, alike
from matchkit.tables.formats.faults import Faults

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


def _plain(text: object) -> str:
    found = str(text)
    return found if found.isprintable() and len(found) <= 80 else ascii(found)[:80]


class Checked:
    """Plain data on its way to a mapping: what is wrong is gathered, and raised at the end."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._faults = Faults()

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
        for name, kind, needed in (
            ("zone", str, "text"),
            ("day_first", bool, "yes_no"),
            ("words", dict, "record"),
            ("parts", dict, "record"),
        ):
            if name in settings and not isinstance(settings[name], kind):
                self._fault(f"settings.{name}", "mapping.type", f"mapping.give_{needed}")
                del settings[name]
        for name in ("first", "last"):
            if name in settings and not isinstance(settings[name], date):
                self._fault(f"settings.{name}", "mapping.type", "mapping.give_date")
                del settings[name]
        entries = data.get("tables", [])
        if not isinstance(entries, list | tuple):
            self._fault("tables", "mapping.type", "mapping.give_list")
            entries = []
        tables = [
            found
            for number, entry in enumerate(entries, 1)
            if (found := self._table(f"tables[{number}]", entry))
        ]
        skipped = tuple(
            dict.fromkeys(self._texts("ignore_sheets", data.get("ignore_sheets", [])))
        )
        self._faults.raise_if_any()
        return TableMappings(settings, bounds, tuple(tables), skipped)

    def _names(
        self,
        path: str,
        data: Mapping[str, Any],
        known: tuple[str, ...],
        table: Table | None = None,
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
                    if column is not None
                    else slip_of(str(name).casefold(), known)
                )
            advice = "mapping.near" if near in known else "mapping.known"
            self._fault(
                path,
                "mapping.unknown",
                advice,
                name=_plain(name),
                near=near,
                known=_joined(known),
            )

    def _record(self, path: str, data: object) -> Mapping[str, Any]:
        if isinstance(data, Mapping):
            return data
        self._fault(path, "mapping.type", "mapping.give_record")
        return {}

    def _texts(self, path: str, data: object) -> list[str]:
        found = [data] if isinstance(data, str) else data
        if isinstance(found, list | tuple) and all(isinstance(entry, str) for entry in found):
            return list(found)
        self._fault(path, "mapping.type", "mapping.give_texts")
        return []

    def _bounds(self, data: object) -> Bounds | None:
        if data is None:
            return None
        record = self._record("settings.bounds", data)
        self._names("settings.bounds", record, _BOUNDS)
        numbers = {name: record.get(name) for name in _BOUNDS}
        fine = {
            name: isinstance(value, int | float)
            and not isinstance(value, bool)
            and -180 <= value <= 180
            for name, value in numbers.items()
        }
        if not all(fine.values()) or not numbers["south"] <= numbers["north"]:  # type: ignore[operator]
            self._fault("settings.bounds", "mapping.bounds", "mapping.give_bounds")
            return None
        return Bounds(**{name: float(value) for name, value in numbers.items()})  # type: ignore[arg-type]

    def _table(self, path: str, entry: object) -> TableMapping | None:
        data = self._record(path, entry)
        self._names(path, data, _TABLE)
        kind = data.get("table")
        table = (BY_NAME.get(kind) or table_named(kind)) if isinstance(kind, str) else None
        if table is None:
            self._fault(path, "mapping.no_table", "mapping.known", known=_joined(BY_NAME))
            return None
        header = None
        if (given := data.get("header")) is not None and (
            (header := _whole(given)) is None or header < 1
        ):
            self._fault(f"{path}.header", "mapping.type", "mapping.give_row")
            header = None
        for name in ("file", "sheet"):
            if not isinstance(data.get(name, ""), str):
                self._fault(f"{path}.{name}", "mapping.type", "mapping.give_text")
                return None
        columns = tuple(column.name for column in table.columns)
        # Starts, ends and settings are read as they stand: nothing is put in their place.
        cells = tuple(
            column.name
            for column in table.columns
            if column.kind not in ("moment", "setting", "raw")
        )
        renamed: dict[str, str] = {}
        written: dict[str, str] = {}
        spans: dict[str, Span] = {}
        for ours, theirs in self._of_columns(
            f"{path}.columns", data.get("columns", {}), columns, table
        ):
            if isinstance(theirs, Mapping):
                span = self._span(
                    f"{path}.columns.{ours}", theirs, table.column(ours).kind == "times"
                )
                spans.update({ours: span} if span else {})
                continue
            for header_text in self._texts(f"{path}.columns.{ours}", theirs):
                written[header_key(header_text)] = header_text
                if renamed.setdefault(header_key(header_text), ours) != ours:
                    self._fault(
                        f"{path}.columns.{ours}",
                        "mapping.header_twice",
                        "mapping.once",
                        name=_plain(header_text),
                    )
        constants = {
            ours: value
            for ours, value in self._of_columns(
                f"{path}.constants", data.get("constants", {}), cells, table
            )
            if self._value(f"{path}.constants.{ours}", value)
        }
        values = {
            ours: {
                text.strip(): value
                for text, value in self._record(f"{path}.values.{ours}", given).items()
                if self._value(f"{path}.values.{ours}", value)
            }
            for ours, given in self._of_columns(
                f"{path}.values", data.get("values", {}), cells, table
            )
        }
        prefixes, until = (
            self._marks(f"{path}.{name}", data.get(name, {}), cells, table)
            for name in ("prefixes", "until")
        )
        rest = data.get("ignore_rest", False)
        if not isinstance(rest, bool):
            self._fault(f"{path}.ignore_rest", "mapping.type", "mapping.give_yes_no")
        ignored = {
            header_key(text): text
            for text in self._texts(f"{path}.ignore", data.get("ignore", []))
        }
        read = {
            *renamed,
            *(
                header_key(text)
                for span in spans.values()
                for text in (span.start, span.end)
                if text is not None
            ),
        }
        for key, text in ignored.items():
            if key in read:
                self._fault(
                    f"{path}.ignore", "mapping.ignored_too", "mapping.once", name=_plain(text)
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

    def _marks(
        self, path: str, data: object, columns: tuple[str, ...], table: Table
    ) -> dict[str, str]:
        found = {}
        for ours, mark in self._of_columns(path, data, columns, table):
            if isinstance(mark, str) and mark:
                found[ours] = mark
            else:
                self._fault(f"{path}.{ours}", "mapping.type", "mapping.give_text")
        return found

    def _of_columns(
        self, path: str, data: object, columns: tuple[str, ...], table: Table
    ) -> Iterator[tuple[str, Any]]:
        record = self._record(path, data)
        self._names(path, record, columns, table)
        yield from ((name, value) for name, value in record.items() if name in columns)

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

    def _value(self, path: str, value: object) -> bool:
        fine = isinstance(value, str | int | float | bool | date)
        if not fine:
            self._fault(path, "mapping.type", "mapping.give_value")
        return fine


def _whole(value: object) -> int | None:
    """A whole number, also numpy's or 60.0; None for anything else."""
    if isinstance(value, Integral) and not isinstance(value, bool):
        return int(value)
    return int(value) if isinstance(value, float) and value.is_integer() else None


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)
