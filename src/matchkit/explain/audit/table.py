"""A table made by hand, read line by line: what can be looked at, what is no possible line at all, and what
the checker finds in it, as records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from pydantic import TypeAdapter, ValidationError

from matchkit.answers.audit import Fault, ViolationMessage
from matchkit.errors import BudgetError, InputError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.fault import another_type
from matchkit.model.personal import PersonalIds, shape
from matchkit.model.text import LONGEST, normal
from matchkit.model.time import LONGEST_MOMENT, Moment
from matchkit.plan import Assignment, Plan
from matchkit.verification.checks import TallyEntry
from matchkit.verification.report import Fact, Violation

FIELDS = ("resource", "requirement", "quantity", "start")
MOST_ROWS = 1_000_000
LARGEST = 1_000_000_000
"""The largest quantity that a record may hold."""

_MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)


class HandMadeTable(NamedTuple):
    """The lines that say something, each with its number (from 1), and the faults of the others."""

    rows: int
    entries: tuple[TallyEntry, ...]
    numbers: tuple[int, ...]
    faults: tuple[Fault, ...]


def table_of(given: object) -> HandMadeTable:
    """The table. Raises InputError for what is none, and BudgetError for more than a million lines; faults of
    lines are findings.
    """
    lines: object = given.assignments if isinstance(given, Plan) else given
    if not isinstance(lines, Sequence) or isinstance(
        lines, str | bytes | bytearray | memoryview
    ):
        raise InputError([another_type("table", given, Message("audit.table.do"))])
    if len(lines) > MOST_ROWS:
        raise BudgetError(Message.of("budget.lines", lines=len(lines), most=MOST_ROWS))
    entries: list[TallyEntry] = []
    numbers: list[int] = []
    faults: list[Fault] = []
    for place, line in enumerate(lines, 1):
        found: list[ViolationMessage] = []
        entry = _entry(line, found)
        faults += [
            Fault(
                rule="row", label=None, ids=(), amount=1, message=message, rows=(place,)
            )
            for message in found
        ]
        if entry is not None:
            entries.append(entry)
            numbers.append(place)
    return HandMadeTable(len(lines), tuple(entries), tuple(numbers), tuple(faults))


def _row_message(key: str, **values: Any) -> ViolationMessage:
    return ViolationMessage(key=f"row_{key}", values=tuple(values.items()))


def _fields(line: object, found: list[ViolationMessage]) -> dict[str, Any] | None:
    """What a line says, by field; None where it is no possible line."""
    if isinstance(line, Assignment):
        return {name: getattr(line, name) for name in FIELDS}
    if isinstance(line, Mapping):
        unknown = sum(name not in FIELDS for name in line)
        if unknown:
            found.append(_row_message("fields", count=unknown))
        return {name: line[name] for name in FIELDS if name in line}
    if isinstance(line, Sequence) and not isinstance(
        line, str | bytes | bytearray | memoryview
    ):
        if 2 <= len(line) <= len(FIELDS):
            return dict(zip(FIELDS, line, strict=False))
        found.append(_row_message("length", count=len(line)))
        return None
    found.append(_row_message("type"))
    return None


def _entry(line: object, found: list[ViolationMessage]) -> TallyEntry | None:
    fields = _fields(line, found)
    if fields is None:
        return None
    ids = [_id(name, fields.get(name), found) for name in ("resource", "requirement")]
    quantity = _quantity(fields.get("quantity"), found)
    start = _start(fields.get("start"), found)
    if ids[0] is None or ids[1] is None or quantity is None or start is False:
        return None
    return TallyEntry(ids[0], ids[1], quantity, start)


def _id(name: str, given: object, found: list[ViolationMessage]) -> str | None:
    if isinstance(given, str) and len(given) <= LONGEST:
        try:
            return normal(given)
        except ValueError:
            found.append(_row_message("id", field=name))
            return None
    # What is no id is not repeated: it may be a person's number.
    key = (
        "missing" if given is None else "long" if isinstance(given, str) else "no_text"
    )
    found.append(_row_message(key, field=name))
    return None


def _quantity(given: object, found: list[ViolationMessage]) -> int | None:
    """One where none is given; None where it is no possible quantity."""
    if given is None:
        return 1
    if isinstance(given, bool) or not isinstance(given, int):
        found.append(_row_message("quantity_type"))
    elif given < 1:
        found.append(
            _row_message("quantity_zero")
            if given == 0
            else _row_message("quantity_negative")
        )
    elif given > LARGEST:
        found.append(_row_message("quantity_large", most=LARGEST))
    else:
        return given
    return None


def _start(
    given: object, found: list[ViolationMessage]
) -> datetime | Literal[False] | None:
    """The start in UTC, None where none is given, False where it is no moment."""
    if given is None:
        return None
    try:
        if (
            isinstance(given, str)
            and len(given) <= LONGEST_MOMENT
            and given.isascii()
            and given.isprintable()
        ):
            return _MOMENT.validate_json(
                f'"{given}"' if '"' not in given and "\\" not in given else "0"
            )
        if isinstance(given, datetime):
            return _MOMENT.validate_python(given)
    except (ValidationError, OverflowError):
        pass
    found.append(_row_message("start"))
    return False


def faults_of(
    violations: Iterable[Violation], table: HandMadeTable, problem: Problem
) -> Iterator[Fault]:
    """The violations with the rows of the table that they concern, where they name a pair or an id that is
    not known.

    An id that is not known and looks like no id of the problem, or may be personal, is told by its rows
    alone.
    """
    demands = problem.demands
    ids = (
        *(one.id for one in problem.resources),
        *(one.id for one in demands),
        *(role.id for one in demands for role in one.requirements),
    )
    shapes, personal = set(map(shape, ids)), PersonalIds(problem)
    by_pair: dict[tuple[str, ...], list[int]] = {}
    by_id: dict[tuple[str, ...], list[int]] = {}
    seen: set[Violation] = set()
    for number, entry in zip(table.numbers, table.entries, strict=True):
        by_pair.setdefault((entry.resource, entry.requirement), []).append(number)
        for name in (entry.resource, entry.requirement):
            by_id.setdefault((name,), []).append(number)
    for violation in violations:
        if (
            violation.rule == "unknown_id"
        ):  # one for each row that names it: told once, with the rows
            if violation in seen:
                continue
            seen.add(violation)
        rows: Mapping[tuple[str, ...], Sequence[int]] = (
            by_id if violation.rule == "unknown_id" else by_pair
        )
        hidden = violation.rule == "unknown_id" and any(
            shape(one) not in shapes or personal.may_be(one) for one in violation.ids
        )
        yield Fault(
            rule=violation.rule,
            label=violation.label,
            ids=() if hidden else tuple(_shown(name) for name in violation.ids),
            amount=violation.amount if violation.amount > 0 else None,
            message=message_of(violation.message),
            rows=tuple(rows.get(violation.ids, ())),
        )


def message_of(fact: Fact) -> ViolationMessage:
    """A fact of the checker as a record."""
    return ViolationMessage(
        key=fact.key, values=tuple((name, _value(value)) for name, value in fact.values)
    )


def _value(value: Any) -> Any:
    if isinstance(value, Fact):
        return message_of(value)
    if isinstance(value, tuple):
        return tuple(_value(part) for part in value)
    return _shown(value) if isinstance(value, str) else value


def _shown(text: str) -> str:
    """Text that may come from outside, without anything that a terminal would obey."""
    return text if text.isprintable() else ascii(text)
