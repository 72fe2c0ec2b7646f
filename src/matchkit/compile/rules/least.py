"""Rule ``least``: at least so many units or minutes of a resource, a unit or a community in every period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from matchkit.arrays import Int64, Intp, Mask, sums_by
from matchkit.compile.ragged import joint, spread
from matchkit.compile.rules.constraint_data import ConstraintData
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.compile.rules.times import (
    periods,
    seconds_in_periods,
    starting,
    within_entries,
)
from matchkit.compile.times import local_day, midnight_of, united
from matchkit.errors import Complaint
from matchkit.messages.message import Message
from matchkit.model.rules import Least

if TYPE_CHECKING:
    from matchkit.compile.general.integer_model import IntegerModel

MOST_NAMED = 20
"""So many subjects and periods of one rule are named, at most."""


def least(rule: Least, scope: PairVariables, slack: Slack) -> None:
    """A row for every subject and period; what is missing of units, or of begun minutes, is the amount."""
    groups = _Groups.of(rule, scope)
    empty = np.flatnonzero(np.bincount(groups.owner, minlength=groups.count) == 0)
    room = groups.asked // groups.unit
    if slack.hard:
        # A row without pairs is one that nothing satisfies: a variable that is 0 keeps it in the program.
        nothing = np.repeat(scope.builder.variables(1, 0), len(empty))
        owner, column = (
            np.concatenate([groups.owner, empty]),
            np.concatenate([groups.pair, nothing]),
        )
        uses = np.concatenate([groups.uses, np.ones(len(empty), np.int64)])
        slack.at_most(
            groups.count, owner, column, -uses, -groups.asked, room, groups.unit
        )
        return
    if len(empty):  # all is missing whatever the plan is
        missing = len(empty) * room
        slack.columns.append(scope.builder.variables(1, missing, lower=missing))
    some, owner = np.unique(groups.owner, return_inverse=True)
    slack.at_most(
        len(some), owner, groups.pair, -groups.uses, -groups.asked, room, groups.unit
    )


def excluded_least(rule: Least, case: IntegerModel) -> Iterator[Complaint]:
    """Subjects and periods of a hard rule of which eligible pairs and hours allow less than it asks for.

    A resource gives at most its capacity, what its eligible requirements take, and the time during which one
    of these takes place; a requirement takes at most what it wants.
    """
    scope = PairVariables(
        case.facts, case.left, case.right, np.zeros_like(case.most), case.most
    )
    groups = _Groups.of(rule, scope)
    most = _most(groups, rule, scope)
    for group in np.flatnonzero(most < groups.asked)[:MOST_NAMED].tolist():
        subject, period = divmod(group, len(groups.periods))
        values = {
            "asked": groups.asked // groups.unit,
            "most": int(most[group]) // groups.unit,
            "subject": _subject(rule, groups, subject, scope),
            "period": _period(rule, int(groups.periods[period])),
        }
        kind = "units" if rule.minutes is None else "minutes"
        where = Message.of("where.rule", id=rule.label)
        yield Complaint(
            where, Message.of(f"least.{kind}", **values), Message("least.do")
        )


@dataclass(frozen=True, slots=True)
class _Groups:
    """The units or seconds that pairs add to subjects in periods: entry k says that a unit on ``pair[k]``
    adds ``uses[k]`` to group ``owner[k]``. Groups are all subjects, each with all periods.
    """

    subjects: Intp
    """Resources by number; of a unit or a community one entry, -1."""
    periods: Int64
    pair: Intp
    owner: Intp
    uses: Int64
    asked: int
    unit: int

    @property
    def count(self) -> int:
        """Number of groups."""
        return len(self.subjects) * len(self.periods)

    @classmethod
    def of(cls, rule: Least, scope: PairVariables) -> _Groups:
        facts, timed = scope.facts, rule.minutes is not None
        kept = _periods(rule, facts)
        concerned = _resources(rule, facts)
        subjects = np.flatnonzero(concerned)
        number = np.searchsorted(subjects, np.arange(len(concerned)))
        mine = concerned[scope.left]
        if rule.unit is not None or rule.community is not None:
            subjects, number = np.array([-1]), np.zeros_like(number)
        if rule.community is not None:
            mine &= facts.of_community(rule.community)[scope.right]
        within_entries(rule, len(subjects) * len(kept))
        if timed:
            pairs = np.flatnonzero(mine & scope.timed)
            pair, period, uses = seconds_in_periods(rule, scope, pairs)
        else:
            pair, period = starting(rule, scope, np.flatnonzero(mine))
            uses = np.ones(len(pair), np.int64)
        at = np.searchsorted(kept, period)
        inside = np.append(kept, 0)[at] == period
        pair, at, uses = pair[inside], at[inside], uses[inside]
        owner = number[scope.left[pair]] * len(kept) + at
        asked, unit = (
            (60 * (rule.minutes or 0), 60) if timed else (rule.quantity or 0, 1)
        )
        return cls(subjects, kept, pair, owner, uses, asked, unit)


def _resources(rule: Least, facts: ConstraintData) -> Mask:
    """The resources whose pairs count, or that are each a subject: in minutes none that are divisible."""
    lists = facts.lists
    kind = None if rule.kind is None else lists.lexicon.key(rule.kind)
    named = [
        rule.resource in (None, resource.id)
        and kind in (None, lists.lexicon.key(resource.kind))
        for resource in lists.resources
    ]
    found: Mask = np.array(named, np.bool_)
    if rule.unit is not None:
        found &= facts.of_unit(rule.unit)
    return found if rule.minutes is None else found & ~facts.divisible


def _periods(rule: Least, facts: ConstraintData) -> Int64:
    """The periods in which the least is asked for, ascending, by the number of their first day."""
    if rule.per == "all":
        return np.zeros(1, np.int64)
    spans = {
        span for demand in facts.lists.problem.demands for span in united(demand.times)
    }
    touched = [
        (local_day(start, rule.zone), local_day(end - 1, rule.zone))
        for start, end in sorted(spans)
    ]
    within_entries(rule, sum(last + 1 - first for first, last in touched))
    days = sorted({day for first, last in touched for day in range(first, last + 1)})
    if rule.per == "days":
        return (
            np.arange(days[0], days[-1] - (rule.days or 1) + 2)
            if days
            else np.zeros(0, np.int64)
        )
    return np.unique(np.array([periods(rule, day)[0] for day in days], np.int64))


def _most(groups: _Groups, rule: Least, scope: PairVariables) -> Int64:
    """What no plan exceeds in each group (int64): the lesser of what its resources and requirements allow."""
    facts, pair = scope.facts, groups.pair
    # A requirement is served at one start: of each pair of ends the best counts.
    count = max(1, len(facts.requirement_ids))
    ends, code, of = joint(
        groups.owner, scope.left[pair] * count + facts.requirement[scope.right[pair]]
    )
    value, uses = np.zeros((2, len(ends)), np.int64)
    np.maximum.at(value, of, groups.uses * scope.most[pair])
    np.maximum.at(uses, of, groups.uses)
    sums: list[Int64] = []
    for node, limit in (
        (code // count, facts.capacity),
        (code % count, facts.needs[0]),
    ):
        group, number, at = joint(ends, node)
        given, best = np.zeros((2, len(group)), np.int64)
        np.add.at(given, at, value)
        np.maximum.at(best, at, uses)
        given = np.minimum(given, best * limit[number])
        if groups.unit > 1 and not sums:
            given = np.minimum(given, _busy(groups, rule, scope))
        sums.append(np.zeros(groups.count, np.int64))
        np.add.at(sums[-1], group, given)
    return np.minimum(*sums)


def _busy(groups: _Groups, rule: Least, scope: PairVariables) -> Int64:
    """For every group and resource that adds to it, ascending, the seconds of the period during which one of
    the resource's eligible slots takes place (int64): it is at one at a time.
    """
    first, starts, ends = scope.facts.times
    _, _, part = joint(groups.owner, scope.left[groups.pair])
    entry, at = spread(first, scope.right[groups.pair])
    begin, end, part = starts[at], ends[at], part[entry]
    if rule.per != "all":
        days = {"day": 1, "week": 7}.get(rule.per, rule.days or 1)
        edges = [
            (midnight_of(day, rule.zone), midnight_of(day + days, rule.zone))
            for day in groups.periods.tolist()
        ]
        since, until = (
            np.array(edges, np.int64).reshape(-1, 2)[groups.owner[entry] % len(edges)].T
        )
        begin, end = (
            np.maximum(begin, since),
            np.maximum(np.minimum(end, until), np.maximum(begin, since)),
        )
    order = np.lexsort((begin, part))
    begin, end, part = begin[order], end[order], part[order]
    # Each part's spans lie after all of the part before: the latest end so far is one running maximum.
    shift = part * (int(end.max(initial=0)) - int(begin.min(initial=0)) + 1)
    latest = np.maximum.accumulate(
        np.append(np.iinfo(np.int64).min, (end + shift)[:-1])
    )
    return sums_by(
        part,
        np.maximum(0, end + shift - np.maximum(begin + shift, latest)),
        int(part.max(initial=-1)) + 1,
    )


def _subject(
    rule: Least, groups: _Groups, subject: int, scope: PairVariables
) -> Message:
    if rule.unit is not None:
        return Message.of("where.unit", id=rule.unit)
    if rule.community is not None:
        return Message.of("where.community", id=rule.community)
    return Message.of(
        "where.resource",
        id=scope.facts.lists.resources[int(groups.subjects[subject])].id,
    )


def _period(rule: Least, first: int) -> Message:
    day = "" if rule.per == "all" else f"{datetime.fromordinal(first):%Y-%m-%d}"
    return Message.of(f"least.in_{rule.per}", first=day, days=rule.days or 0)
