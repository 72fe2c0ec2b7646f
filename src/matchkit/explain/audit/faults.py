"""What the checker finds in a table, as records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from matchkit.answers.audit import Fault, Said
from matchkit.explain.audit.table import Table
from matchkit.model import Problem
from matchkit.model.personal_ids import PersonalIds, shape
from matchkit.verification.report import Fact, Violation


def faults_of(
    violations: Iterable[Violation], table: Table, problem: Problem
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
    told: set[Violation] = set()
    for number, entry in zip(table.numbers, table.entries, strict=True):
        by_pair.setdefault((entry.resource, entry.requirement), []).append(number)
        for name in (entry.resource, entry.requirement):
            by_id.setdefault((name,), []).append(number)
    for violation in violations:
        if (
            violation.rule == "unknown_id"
        ):  # one for each row that names it: told once, with the rows
            if violation in told:
                continue
            told.add(violation)
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
            said=said_of(violation.said),
            rows=tuple(rows.get(violation.ids, ())),
        )


def said_of(fact: Fact) -> Said:
    """A fact of the checker as a record."""
    return Said(
        key=fact.key, values=tuple((name, _value(value)) for name, value in fact.values)
    )


def _value(value: Any) -> Any:
    if isinstance(value, Fact):
        return said_of(value)
    if isinstance(value, tuple):
        return tuple(_value(part) for part in value)
    return _shown(value) if isinstance(value, str) else value


def _shown(text: str) -> str:
    """Text that may come from outside, without anything that a terminal would obey."""
    return text if text.isprintable() else ascii(text)
