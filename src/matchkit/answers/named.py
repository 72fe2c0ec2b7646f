"""The names in a problem while changes are made to it: records indexed by the ids they name, so that taking
one out of a city's lists looks at few others, and the faults of names that are not there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from difflib import SequenceMatcher, get_close_matches
from typing import Any, Generic, TypeVar

from matchkit.errors import SHOWN, Complaint, InputError
from matchkit.messages.message import LISTED, Message
from matchkit.model import PreviousPair, Problem, Ranking, Scores
from matchkit.model.rules import RuleRecord
from matchkit.model.rules.base import LISTS

SEARCHED = 20_000
"""Among more ids than this, none that is near is looked for: it would take seconds."""


class ChangeFaults:
    """Every fault so far, and what changes have taken out, by which of them."""

    def __init__(self) -> None:
        self.found: list[Complaint] = []
        self.taken_out: dict[tuple[str, str], str] = {}

    def known(self, where: str, what: str, name: str, known: Collection[str]) -> bool:
        """Whether a name is known; else that is a fault."""
        if name in known:
            return True
        usual = name.isprintable() and len(name) <= 200
        values = {
            "what": _what(what),
            "id": name if usual else Message("change.unusual"),
        }
        gone = self.taken_out.get((what, name))
        if gone is not None:
            self.found.append(Complaint.of(where, "change.gone", **values, gone=gone))
            return False
        listed = sorted(known)
        near = tuple(_nearest(name, listed)) if len(self.found) < SHOWN else ()
        if near:
            advice = Message.of(
                "record.unlisted.near.do", near=Message.of("violation.or", parts=near)
            )
        elif listed:
            more = ("...",) if len(listed) > LISTED else ()
            advice = Message.of("change.unknown.do", known=(*listed[:LISTED], *more))
        else:
            advice = Message("change.unknown.none.do")
        self.found.append(
            Complaint(where, Message.of("change.unknown", **values), advice)
        )
        return False

    def new(self, where: str, what: str, name: str, known: Collection[str]) -> None:
        """What is added must not be there."""
        if name in known:
            self.found.append(
                Complaint.of(where, "change.there", what=_what(what), id=name)
            )

    def blame(self, where: str, error: InputError) -> None:
        """What a record that a change makes anew refuses."""
        self.found += [
            Complaint(f"{where}, {one.where}", *one.parts[1:])
            for one in error.complaints
        ]


def _what(kind: str) -> Message:
    return Message(f"what.{kind}")


def _nearest(name: str, listed: list[str]) -> list[str]:
    """Up to three that come nearest, the first by id where several are as near."""
    if len(listed) > SEARCHED or len(name) > 200:
        return []
    near = get_close_matches(name, listed, len(listed) or 1, 0.8)
    return sorted(one for one in near if _ratio(one, name) == _ratio(near[0], name))[:3]


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


Entry = TypeVar("Entry")
FieldAndName = tuple[str, str]
"""A field and the id it names, or "label" and a rule's label."""


class NamedRecords(Generic[Entry]):
    """A list of records in their order, each found by what it names. The index is made when first asked
    for.
    """

    def __init__(
        self, records: Iterable[Entry], names: Callable[[Entry], Iterable[FieldAndName]]
    ) -> None:
        self._names = names
        self._records = dict(enumerate(records))
        self._next = len(self._records)
        self._index: dict[FieldAndName, dict[int, None]] | None = None

    def records(self) -> tuple[Entry, ...]:
        """All that are left, in order."""
        return tuple(self._records.values())

    def naming(self, field: str, name: str) -> list[int]:
        """The numbers of the records that name this, ascending."""
        return sorted(self._by_name().get((field, name), ()))

    def named(self, field: str) -> Iterator[str]:
        """Everything that a record names in this field."""
        return (
            name
            for (of, name), numbers in self._by_name().items()
            if of == field and numbers
        )

    def __getitem__(self, number: int) -> Entry:
        return self._records[number]

    def between(self, resources: set[str], requirements: set[str]) -> tuple[Entry, ...]:
        """The records that name one of these resources and one of these requirements, in order."""
        both = ("resource", resources), ("requirement", requirements)
        (one, few), (other, many) = sorted(both, key=lambda side: len(side[1]))
        index = self._by_name()
        found = (number for name in few for number in index.get((one, name), ()))
        return tuple(
            self._records[number]
            for number in sorted(found)
            if getattr(self._records[number], other) in many
        )

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

    def _by_name(self) -> dict[FieldAndName, dict[int, None]]:
        if self._index is None:
            self._index = {}
            for number, record in self._records.items():
                for name in self._names(record):
                    self._index.setdefault(name, {})[number] = None
        return self._index


def names_of_rule(rule: RuleRecord) -> Iterator[FieldAndName]:
    """What a rule names: its label, and records by field."""
    yield "label", rule.label
    yield from rule.named()
    for field in rule.lists():
        yield from ((field, name) for name in getattr(rule, field))


def names_of_pair(pair: PreviousPair) -> Iterator[FieldAndName]:
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

    def between(
        self, resources: set[str], requirements: set[str]
    ) -> tuple[Scores, ...]:
        """The points of pairs of these."""
        points = self._by_pair()
        if len(requirements) < len(resources):
            scored = (
                one for name in requirements for one in self._scoring.get(name, ())
            )
            resources = resources.intersection(scored)
        found = []
        for resource in sorted(resources & points.keys()):
            mine = points[resource]
            names = sorted(requirements & mine.keys())
            given = tuple(mine[name] for name in names)
            found.append(
                Scores(resource=resource, requirements=tuple(names), points=given)
            )
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
                record.resource: dict(
                    zip(record.requirements, record.points, strict=True)
                )
                for record in self._records
            }
            for resource, points in self._points.items():
                for requirement in points:
                    self._scoring.setdefault(requirement, []).append(resource)
        return self._points


class RankRecords:
    """Rankings, nominations and channels, from which records that are gone are taken out. A ranking that has
    lost the last it named stays, as it still welcomes nobody else.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._gone: set[FieldAndName] = set()

    def forget(self, field: str, name: str) -> None:
        """Take out a resource, requirement or demand."""
        self._gone.add((field, name))

    def records(self) -> dict[str, tuple[Any, ...]]:
        """All that are left, in order, by the fields of the problem."""
        problem, gone = self._problem, self._gone
        if not gone:
            names = ("rankings", "nominations", "channels")
            return {name: getattr(problem, name) for name in names}
        return {
            "rankings": tuple(
                self._left(one)
                for one in problem.rankings
                if (one.by, one.id) not in gone
            ),
            "nominations": tuple(
                one
                for one in problem.nominations
                if not gone & {("resource", one.person), ("demand", one.demand)}
            ),
            "channels": tuple(
                one for one in problem.channels if ("demand", one.demand) not in gone
            ),
        }

    def _left(self, ranking: Ranking) -> Ranking:
        of = LISTS[ranking.of]
        kept = [
            (name, rank)
            for name, rank in zip(ranking.ids, ranking.ranks, strict=True)
            if (of, name) not in self._gone
        ]
        if len(kept) == len(ranking.ids):
            return ranking
        left = {
            "ids": tuple(name for name, _ in kept),
            "ranks": tuple(rank for _, rank in kept),
        }
        return ranking.model_copy(update=left)
