"""What ties pairs together by more than capacities and caps, which no flow can express: rules, records, and
resources with capacity for two demands at one time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.compile.candidates import ProblemCandidates
from matchkit.compile.equivalence import EquivalenceClasses
from matchkit.compile.goals import SHARED, WORST, counted, scored
from matchkit.compile.levels import caps_above, caps_across
from matchkit.compile.numbering import Numbering
from matchkit.compile.ragged import flat, spread
from matchkit.compile.times import moment
from matchkit.errors import Complaint
from matchkit.messages.message import Message
from matchkit.messages.spans import moment as moment_text
from matchkit.model import Aim
from matchkit.model.rules import Cap, Lock

ADVICE = Message("coupling.do")
ENOUGH = 1_000
"""Resources with an overlap are looked for until so many are found."""


def coupling_constraints(
    lists: Numbering, aims: tuple[Aim, ...]
) -> Iterator[Complaint]:
    """One complaint for every rule or record that no flow can express, and for goals that it cannot count,
    overlaps left aside.
    """
    for rule in lists.problem.rules:
        if rule.soft is not None:
            yield _tied("rule", rule.label, "coupling.soft")
        elif not rule.in_flow:
            yield _tied("rule", rule.label, "coupling.rule")
    for demand in lists.problem.demands:
        if demand.minutes is not None:
            yield _tied("demand", demand.id, "coupling.flexible")
        for need in demand.requirements:
            if need.uses:
                yield _tied("requirement", need.id, "coupling.loads")
    for resource in lists.problem.resources:
        if resource.activation:
            yield _tied("resource", resource.id, "coupling.activation")
    if lists.problem.objective.aims and not (
        counted(aims, lists) or scored(aims, lists)
    ):
        yield Complaint("objective.aims", Message("coupling.aims"), ADVICE)
    parts = dict.fromkeys(part.whole for aim in aims for part in aim.parts)
    if any(part.measure == WORST for part in parts):
        for rule in lists.problem.rules:
            if isinstance(rule, Cap | Lock):
                yield _tied("rule", rule.label, "coupling.worst")
    for part in (part for part in parts if part.measure in SHARED):
        for cap in caps_across(lists.problem, part):
            yield _tied("rule", cap.label, "coupling.across")
        for cap in caps_above(lists.problem, part) if part.rule != "leximin" else ():
            yield _tied("rule", cap.label, "coupling.share")


def _tied(what: str, name: str, key: str) -> Complaint:
    """No flow can express what a record asks: its kind, its id, and the key of the fact."""
    return Complaint(Message.of(f"where.{what}", id=name), Message(key), ADVICE)


class Overlap(NamedTuple):
    """A resource and two requirements that take place at one time, by number, and a moment when both do."""

    left: int
    one: int
    other: int
    moment: int

    def at(self, zone: str | None) -> str:
        """The moment for a message, by the clocks of a zone."""
        return moment_text(moment(self.moment), zone)


class WindowArrays:
    """The windows of every requirement in flat arrays."""

    def __init__(self, sides: EquivalenceClasses) -> None:
        self._window = sides.window
        self._first, self._start = flat(
            [start for start, _ in spans] for spans in sides.windows
        )
        _, self._end = flat([end for _, end in spans] for spans in sides.windows)

    def overlaps(self, left: Intp, right: Intp) -> Iterator[Overlap]:
        """The first overlap of every resource among these pairs that has one, by resource.

        A requirement's own spans are apart. So, with spans in the order of their start, the first that begins
        before an earlier one ends also begins before its neighbour does, and comparing neighbours finds it.
        """
        entry, at = spread(self._first, self._window[right])
        who, need, start, end = (
            left[entry],
            right[entry],
            self._start[at],
            self._end[at],
        )
        order = np.lexsort((need, start, who))
        who, need, start, end = who[order], need[order], start[order], end[order]
        hit = np.flatnonzero((who[1:] == who[:-1]) & (start[1:] < end[:-1]))
        hit = hit[np.flatnonzero(np.diff(who[hit], prepend=-1))]
        for place in hit.tolist():
            one, other = sorted((int(need[place]), int(need[place + 1])))
            yield Overlap(int(who[place]), one, other, int(start[place + 1]))


def _single(
    lists: Numbering, locked: Mapping[tuple[int, int], int]
) -> tuple[Intp, Intp]:
    pairs = sorted(
        pair
        for pair in locked
        if not lists.lexicon.is_divisible(lists.resources[pair[0]])
    )
    return np.array([left for left, _ in pairs], np.intp), np.array(
        [right for _, right in pairs], np.intp
    )


def overlapping_locks(
    lists: Numbering, sides: EquivalenceClasses, locked: Mapping[tuple[int, int], int]
) -> Iterator[Complaint]:
    """Resources that locks send to two places at one time."""
    for found in WindowArrays(sides).overlaps(*_single(lists, locked)):
        one, other = (
            lists.slots[found.one].requirement.id,
            lists.slots[found.other].requirement.id,
        )
        yield Complaint.of(
            Message.of("lock.all_of", resource=lists.resources[found.left].id),
            "lock.overlap",
            one=one,
            other=other,
            at=found.at(lists.problem.zone),
        )


def overlapping_resources(
    lists: Numbering,
    sides: EquivalenceClasses,
    candidates: ProblemCandidates,
    remaining: Int64,
    locked: Mapping[tuple[int, int], int],
) -> Iterator[Complaint]:
    """Resources with capacity for two, something ``remaining`` of it (int64 (resources,)), and eligible pairs
    (locks included) that overlap in time.
    """
    rows = np.array(
        [
            number
            for number, resource in enumerate(lists.resources)
            if resource.capacity >= 2
            and remaining[number] >= 1
            and not lists.lexicon.is_divisible(resource)
        ],
        np.intp,
    )
    if len(rows) == 0 or sides.coverage.count == 0 or not any(sides.windows):
        return
    spans, count = WindowArrays(sides), 0
    locked_left, locked_right = _single(lists, locked)
    for pairs in candidates.open_pairs(rows):
        among = np.isin(locked_left, pairs.rows)
        left, right = (
            np.concatenate([pairs.left, locked_left[among]]),
            np.concatenate([pairs.right, locked_right[among]]),
        )
        for found in spans.overlaps(left, right):
            resource, one, other = (
                lists.resources[found.left],
                lists.slots[found.one].requirement.id,
                lists.slots[found.other].requirement.id,
            )
            at = found.at(lists.problem.zone)
            yield Complaint.of(
                Message.of("where.resource", id=resource.id),
                "coupling.overlap",
                capacity=resource.capacity,
                one=one,
                other=other,
                at=at,
            )
            count += 1
        if count >= ENOUGH:
            return
