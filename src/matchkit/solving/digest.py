"""Digest of a problem that is independent of the order of its records and of the lists in them."""

from __future__ import annotations

import hashlib
import json
from operator import attrgetter
from typing import Any

from matchkit.model import Preference, Problem, SkillLevel, Window
from matchkit.model.base import Record

LISTS = ("units", "communities", "resources", "demands", "skills", "rules", "previous")
LATER_LISTS = ("nominations", "channels", "history", "reference")
"""Lists that a digest is made of only where they hold anything."""


def digest(problem: Problem) -> str:
    """SHA-256 (hexadecimal) of the problem as JSON with every list, also within records, sorted by its
    entries' text.

    ``zone`` is no part of it: it says by which clocks answers show times, and no plan depends on that.
    """
    seal, order = hashlib.sha256(), _Order()
    for name in LISTS:
        seal.update(f"\n{name}\n".encode())
        for text in sorted(
            order.record(entry).model_dump_json() for entry in getattr(problem, name)
        ):
            seal.update(text.encode() + b"\n")
    sorted_here = {*LISTS, *LATER_LISTS, "rankings", "scores", "zone"}
    rest = problem.model_dump(mode="json", exclude=sorted_here)
    # Two lists run side by side in each, so that its pairs are sorted and neither list alone.
    rest["scores"] = sorted(
        [entry.resource, sorted(zip(entry.requirements, entry.points, strict=True))]
        for entry in problem.scores
    )
    if problem.rankings:
        rest["rankings"] = sorted(
            [
                one.by,
                one.id,
                one.of,
                one.others,
                sorted(zip(one.ids, one.ranks, strict=True)),
            ]
            for one in problem.rankings
        )
    for name in LATER_LISTS:
        if getattr(problem, name):
            texts = (one.model_dump_json() for one in getattr(problem, name))
            rest[name] = sorted(texts)
    seal.update(json.dumps(rest, sort_keys=True).encode())
    return seal.hexdigest()


class _Order:
    """Records with their inner lists sorted. Every list of a record is a set to the solver: no order of it
    means anything.

    Many resources share one window or skill record, so what is worked out of one is kept by its identity; the
    records themselves are kept with it, as an identity means something only while its owner lives.
    """

    def __init__(self) -> None:
        self._entries: dict[int, tuple[str, Any, Any]] = {}

    def record(self, record: Record) -> Record:
        """The record with every list in it sorted; itself where nothing had to move."""
        moved = {}
        for name, value in record.__dict__.items():
            if type(value) is tuple and value:
                found = self._list(value)
                if found != value:
                    moved[name] = found
        return record.model_copy(update=moved) if moved else record

    def _list(self, value: tuple[Any, ...]) -> tuple[Any, ...]:
        if len(value) == 1 and isinstance(value[0], _PLAIN):
            return value
        if not isinstance(value[0], Record):  # texts, days, numbers
            return tuple(sorted(value))
        if all(
            isinstance(entry, Window) for entry in value
        ):  # as texts of moments in UTC sort, without writing tens of thousands of them
            return tuple(sorted(value, key=_span))
        entries = [self._entry(entry) for entry in value]
        if len(entries) > 1:
            entries.sort(key=_text)
        return tuple([entry for _, entry, _ in entries])

    def _entry(self, entry: Record) -> tuple[str, Any, Any]:
        """Text and sorted form of an entry, and the entry."""
        found = self._entries.get(id(entry))
        if found is None:
            ordered = self.record(entry)
            found = self._entries[id(entry)] = (
                ordered.model_dump_json(),
                ordered,
                entry,
            )
        return found


_PLAIN = (str, Window, SkillLevel, Preference)
"""What holds no list."""

_span = attrgetter("start", "end")


def _text(entry: tuple[str, Any, Any]) -> str:
    return entry[0]
