"""Records that name others, found by what they name: so that taking one record out of a city's lists looks at
few others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from matchkit.model import PreviousPair, Scores
from matchkit.model.rules import RuleRecord

Entry = TypeVar("Entry")
Named = tuple[str, str]
"""A field and the id it names, or "label" and a rule's label."""


class Found(Generic[Entry]):
    """A list of records in their order, each found by what it names. The index is made when first asked
    for.
    """

    def __init__(
        self, records: Iterable[Entry], names: Callable[[Entry], Iterable[Named]]
    ) -> None:
        self._names = names
        self._records = dict(enumerate(records))
        self._next = len(self._records)
        self._index: dict[Named, dict[int, None]] | None = None

    def records(self) -> tuple[Entry, ...]:
        """All that are left, in order."""
        return tuple(self._records.values())

    def naming(self, field: str, name: str) -> list[int]:
        """The numbers of the records that name this, ascending."""
        return sorted(self._by_name().get((field, name), ()))

    def named(self, field: str) -> Iterator[str]:
        """Everything that a record names in this field."""
        return (
            name for (of, name), numbers in self._by_name().items() if of == field and numbers
        )

    def __getitem__(self, number: int) -> Entry:
        return self._records[number]

    def add(self, record: Entry) -> None:
        """Put a record at the end."""
        self._set(self._next, record)
        self._next += 1

    def drop(self, number: int) -> None:
        """Take a record out."""
        record = self._records.pop(number)
        if self._index is not None:
            for name in self._names(record):
                self._index[name].pop(number, None)

    def replace(self, number: int, record: Entry) -> None:
        """Put a record in the place of another."""
        if self._index is not None:
            for name in self._names(self._records[number]):
                self._index[name].pop(number, None)
        self._set(number, record)

    def _set(self, number: int, record: Entry) -> None:
        self._records[number] = record
        if self._index is not None:
            for name in self._names(record):
                self._index.setdefault(name, {})[number] = None

    def _by_name(self) -> dict[Named, dict[int, None]]:
        if self._index is None:
            self._index = {}
            for number, record in self._records.items():
                for name in self._names(record):
                    self._index.setdefault(name, {})[number] = None
        return self._index


def names_of_rule(rule: RuleRecord) -> Iterator[Named]:
    """What a rule names: its label, and records by field."""
    yield "label", rule.label
    yield from rule.named()
    for field in rule.lists():
        yield from ((field, name) for name in getattr(rule, field))


def names_of_pair(pair: PreviousPair) -> Iterator[Named]:
    """What a pair of the previous plan names."""
    yield "resource", pair.resource
    yield "requirement", pair.requirement


class ScoreTable:
    """The caller's points by pair, from which resources and requirements are taken out; records are made
    again only where touched.
    """

    def __init__(self, records: tuple[Scores, ...]) -> None:
        self._records = records
        self._points: dict[str, dict[str, int]] | None = None
        self._scoring: dict[str, list[str]] = {}
        self._touched: set[str] = set()

    def records(self) -> tuple[Scores, ...]:
        """The records that are left, in order; one that has lost its last pair goes."""
        if self._points is None:
            return self._records
        found = []
        for record in self._records:
            points = self._points.get(record.resource)
            if points is None or (not points and record.resource in self._touched):
                continue
            if record.resource in self._touched:
                record = Scores(
                    resource=record.resource,
                    requirements=tuple(points),
                    points=tuple(points.values()),
                )
            found.append(record)
        return tuple(found)

    def forget(self, field: str, name: str) -> None:
        """Take out a resource, or a requirement."""
        points = self._by_pair()
        if field == "resource":
            points.pop(name, None)
            return
        for resource in self._scoring.pop(name, ()):
            if points.get(resource, {}).pop(name, None) is not None:
                self._touched.add(resource)

    def _by_pair(self) -> dict[str, dict[str, int]]:
        if self._points is None:
            self._points = {
                record.resource: dict(zip(record.requirements, record.points, strict=True))
                for record in self._records
            }
            for resource, points in self._points.items():
                for requirement in points:
                    self._scoring.setdefault(requirement, []).append(resource)
        return self._points
