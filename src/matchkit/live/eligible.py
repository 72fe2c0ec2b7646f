"""Eligible pairs of a record that changed, with all records of the other list as they are now.

Arrays of the lists at the start are kept (``Numbering.once``), so that a demand meets a city's people in a
few passes over them. Records that are other than at the start are met from their records.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np

from matchkit.answers.apply import RecordLists
from matchkit.arrays import Int64
from matchkit.compile.instance import Instance
from matchkit.live.arrays import ENDLESS, LiveArrays
from matchkit.model import Demand, Problem, Resource

RecordSide = Literal["resources", "demands"]


class NodePairs(NamedTuple):
    """Left and right nodes of pairs, their weights, and what each may carry: int64 (pairs,) each."""

    left: Int64
    right: Int64
    weight: Int64
    most: Int64

    def among(self, chosen: Any) -> NodePairs:
        """Some of them."""
        return NodePairs(*(part[chosen] for part in self))


class LiveEligibility:
    """Which pairs are eligible, capacities aside: who has none keeps the pairs and gives them nothing."""

    def __init__(self, problem: Problem, arrays: LiveArrays) -> None:
        self._arrays, self._like = arrays, arrays.lists.with_everybody_able()
        self._whole: dict[RecordSide, tuple[Any, ...]] = {
            "resources": problem.resources,
            "demands": problem.demands,
        }
        self._start = {
            side: {one.id: one for one in whole} for side, whole in self._whole.items()
        }
        self.unpaired = frozenset(
            one.id for one in problem.resources if not one.capacity
        )
        """Resources that had no capacity at the start, and so no pairs."""

    def begin(self, lists: RecordLists) -> None:
        """Lists of which nothing is other than at the start."""
        self._lists = lists
        self._others: dict[RecordSide, set[str]] = {
            "resources": set(),
            "demands": set(),
        }

    def changed(self, side: RecordSide, name: str) -> None:
        """A record may be new, gone or other than it was."""
        now = getattr(self._lists, side).get(name)
        if not same_pairs(self._start[side].get(name), now):
            self._others[side].add(name)

    def of(
        self, record: Resource | Demand, whom: Resource | Demand | None = None
    ) -> NodePairs:
        """The pairs of a resource or demand, with one of the other side or with all."""
        other: RecordSide = "demands" if isinstance(record, Resource) else "resources"
        if whom is not None:
            return self._between(other, record, (whom,))
        now = getattr(self._lists, other)
        some = tuple(now[name] for name in sorted(self._others[other]) if name in now)
        met = self._between(other, record, self._whole[other])
        known = met.among(~np.isin(met[other == "demands"], self._stale(other)))
        more = self._between(other, record, some)
        return NodePairs(*map(np.concatenate, zip(known, more, strict=True)))

    def _between(
        self, other: RecordSide, record: Resource | Demand, whole: tuple[Any, ...]
    ) -> NodePairs:
        at_start = whole is self._whole[other]
        if not at_start:
            whole = tuple(map(_able, whole))
        mine = (_able(record),)
        both = (whole, mine) if other == "resources" else (mine, whole)
        part = Instance(self._lists.part(*both), self._like)
        first = len(self._whole["resources"])
        left, right = part.left, part.right
        if at_start and other == "resources":
            right = self._nodes("requirement", part.requirement_ids)[right]
        elif at_start:
            left, right = (
                self._nodes("resource", part.resource_ids)[left],
                right + first,
            )
        else:
            left = self._nodes("resource", part.resource_ids)[left]
            right = self._nodes("requirement", part.requirement_ids)[right]
        most = np.where(part.divisible[part.left], ENDLESS, 1)
        found = NodePairs(left, right, part.weight, most)
        # What the same event makes later has no node yet, and meets all others then.
        return found.among((left >= 0) & (right >= 0))

    def _nodes(self, what: str, names: tuple[str, ...]) -> Int64:
        node = self._arrays.node
        return np.array([node.get((what, name), -1) for name in names], np.int64)

    def _stale(self, other: RecordSide) -> list[int]:
        """The nodes at the start of records that are other now: resources, and after them requirements."""
        start = self._start[other]
        old = [start[name] for name in self._others[other] if name in start]
        if other == "resources":
            return [self._like.left[one.id] for one in old]
        first = len(self._whole["resources"])
        needs = [need.id for one in old for need in one.requirements]
        return [first + self._like.right[name] for name in needs]


def same_pairs(one: Any, other: Any) -> bool:
    """Whether two records of one id (None: there is none) have the same pairs, with the same weights."""
    if one is None or other is None:
        return False
    return one is other or _what_counts(one) == _what_counts(other)


def _what_counts(record: Any) -> Any:
    """A record without what says nothing of who is eligible, and what pairs are worth."""
    if isinstance(record, Resource):
        return record.model_copy(update={"capacity": 1, "name": None})
    needs = tuple(
        need.model_copy(update={"wanted": 1, "minimum": 0})
        for need in record.requirements
    )
    return record.model_copy(update={"tier": 1, "requirements": needs})


def _able(record: Any) -> Any:
    """A resource with a capacity; a demand as it is."""
    if isinstance(record, Demand) or record.capacity:
        return record
    return record.model_copy(update={"capacity": 1})
