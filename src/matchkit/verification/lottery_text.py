"""A lottery as it is published, read strictly from its text: nothing that docs/draws.md does not describe."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from matchkit.answers.lottery import PublishedLottery
from matchkit.errors import InputError

LARGEST = 2**60
MOST_PARTS = 2**20
ROW = 5
"""Numbers of an entry: id, group, above, most, load."""


class LotteryEntry(NamedTuple):
    """A node of one side, or a group of its partners: the id of the node, the group (None: the node itself),
    the entry it is part of (-1: none), and the parts that it may carry and carries.
    """

    name: str | int
    group: int | str | None
    above: int
    most: int
    load: int


class OddsPair(NamedTuple):
    """A pair: the entries it ends at on the left and on the right, the cap on its odds, and its odds."""

    left: int
    right: int
    most: int
    odds: int


class LotteryText(NamedTuple):
    """A published lottery: parts of a unit, entries of both sides, pairs; the record of a problem's."""

    parts: int
    left: tuple[LotteryEntry, ...]
    right: tuple[LotteryEntry, ...]
    pairs: tuple[OddsPair, ...]
    record: PublishedLottery | None = None

    @classmethod
    def read(cls, text: object) -> LotteryText | None:
        """The lottery of a text, None where the text is no lottery."""
        if not isinstance(text, str) or not text.isascii():
            return None
        try:
            content = json.loads(text, object_pairs_hook=_once, parse_float=_no_float)
        except (ValueError, RecursionError):
            return None
        names = {"matchkit lottery", "parts", "left", "right", "pairs"}
        if isinstance(content, dict) and "schema_version" in content:
            return _of_problem(content)
        if not isinstance(content, dict) or set(content) != names:
            return None
        parts = content["parts"]
        if content["matchkit lottery"] != 1 or not _whole(parts, 1, MOST_PARTS):
            return None
        left, right = _entries(content["left"]), _entries(content["right"])
        if parts & (parts - 1) or left is None or right is None:
            return None
        pairs = _pairs(content["pairs"], len(left), len(right))
        return None if pairs is None else cls(parts, left, right, pairs)

    @property
    def name(self) -> list[tuple[str | int, str | int]]:
        """The ids of every pair."""
        return [
            (self.left[pair.left].name, self.right[pair.right].name)
            for pair in self.pairs
        ]


def _of_problem(content: dict[str, Any]) -> LotteryText | None:
    """A lottery over a problem, None where the content is none."""
    try:
        record = PublishedLottery.model_validate(content)
    except (ValueError, InputError):
        return None
    places: list[dict[tuple[str, str | None], int]] = []
    groups: list[dict[str, str | None]] = []
    sides: list[tuple[LotteryEntry, ...]] = []
    for entries, node in ((record.left, "resource"), (record.right, "requirement")):
        seen = {(one.kind, one.id, one.partners) for one in entries}
        if len(seen) < len(entries) or any(
            one.above >= place for place, one in enumerate(entries)
        ):
            return None
        mine = [(place, one) for place, one in enumerate(entries) if one.kind == node]
        places.append({(one.id, one.partners): place for place, one in mine})
        groups.append({one.id: one.group for _, one in mine if one.partners is None})
        sides.append(
            tuple(
                LotteryEntry(one.id, one.partners, one.above, one.most, one.load)
                for one in entries
            )
        )
    pairs = []
    for one in record.pairs:
        resource, requirement = one.resource, one.requirement
        left = places[0].get((resource, groups[1].get(requirement)))
        right = places[1].get((requirement, groups[0].get(resource)))
        if left is None or right is None:
            return None
        pairs.append(OddsPair(left, right, one.most, one.odds))
    if record.parts & (record.parts - 1) or len(set(pairs)) < len(pairs):
        return None
    if len({(one.resource, one.requirement) for one in record.pairs}) < len(pairs):
        return None
    return LotteryText(record.parts, sides[0], sides[1], tuple(pairs), record)


def _once(entries: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(entries)
    if len(found) < len(entries):
        raise ValueError
    return found


def _no_float(_: str) -> float:
    raise ValueError


def _whole(value: object, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _rows(values: object, length: int) -> Sequence[list[Any]] | None:
    if not isinstance(values, list):
        return None
    fine = all(isinstance(row, list) and len(row) == length for row in values)
    return values if fine else None


def _entries(values: object) -> tuple[LotteryEntry, ...] | None:
    """The entries of one side: nodes first, then groups, each below a node of the same id."""
    rows = _rows(values, ROW)
    if rows is None:
        return None
    found = [LotteryEntry(*row) for row in rows]
    seen = set()
    for number, entry in enumerate(found):
        plain = type(entry.name) in (str, int) and type(entry.group) in (
            int,
            type(None),
        )
        if not plain or (entry.name, entry.group) in seen:
            return None
        seen.add((entry.name, entry.group))
        if entry.group is None:
            placed = entry.above == -1 and type(entry.above) is int
        else:
            placed = (
                _whole(entry.group, 0, LARGEST)
                and _whole(entry.above, 0, number - 1)
                and found[entry.above].group is None
                and found[entry.above].name == entry.name
            )
        if not placed or not all(_whole(n, 0, LARGEST) for n in entry[3:]):
            return None
    return tuple(found)


def _pairs(values: object, lefts: int, rights: int) -> tuple[OddsPair, ...] | None:
    rows = _rows(values, len(OddsPair._fields))
    if rows is None:
        return None
    found = tuple(OddsPair(*row) for row in rows)
    fine = all(
        _whole(pair.left, 0, lefts - 1)
        and _whole(pair.right, 0, rights - 1)
        and _whole(pair.odds, 1, LARGEST)
        and _whole(pair.most, 0, LARGEST)
        for pair in found
    )
    return found if fine and len({pair[:2] for pair in found}) == len(found) else None
