"""Rows of rules on one resource's time: one function a kind. (A hard rest widens times in base_rows.py.)"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matchkit.arrays import Int64, Intp, Mask, places_of
from matchkit.compile.ragged import joint
from matchkit.compile.rules.day_variables import WorkDays, add_limits, by_slot
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.compile.times import iso_week, start_day
from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.model.rules import (
    CountBudget,
    HoursBudget,
    InPeriods,
    LongestRun,
    OfResources,
    Rest,
    Travel,
)

MOST_ENTRIES = 5_000_000
"""So many days of pairs a rule may look at, each as often as periods hold it."""


def hours_budget(rule: HoursBudget, scope: PairVariables, slack: Slack) -> None:
    """The seconds of every resource in every period are at most the budget; the amount is in minutes."""
    pairs = np.flatnonzero(scope.timed & concerned(rule, scope, slack))
    pair, period, seconds = seconds_in_periods(rule, scope, pairs)
    _budget(scope, slack, pair, period, seconds, 60 * rule.minutes, 60)


def count_budget(rule: CountBudget, scope: PairVariables, slack: Slack) -> None:
    """The units of every resource whose demand starts in a period are at most the budget."""
    mine = scope.single & concerned(rule, scope, slack)
    if rule.category is not None:
        mine &= scope.facts.of_category(rule.category)[scope.right]
    pairs = np.flatnonzero(mine)
    pair, period = starting(rule, scope, pairs)
    _budget(scope, slack, pair, period, np.ones(len(pair), np.int64), rule.most, 1)


def longest_run(rule: LongestRun, scope: PairVariables, slack: Slack) -> None:
    """A variable a resource and day says that there is work; of any ``days`` + 1 days in a row one has
    none.
    """
    pairs = np.flatnonzero(scope.timed & concerned(rule, scope, slack))
    within_days(rule, scope, pairs, rule.zone, rule.days)
    work = WorkDays.of(scope, pairs, rule.zone)
    # A stretch begins where the entry so many places on is as many days later, of the same resource.
    begin = np.arange(max(0, len(work.left) - rule.days))
    end = begin + rule.days
    begin = begin[
        (work.left[end] == work.left[begin])
        & (work.day[end] == work.day[begin] + rule.days)
    ]
    if slack.hard:
        short = scope.facts.no_short_runs(rule.zone)[work.left[begin]]
        if short.any():
            _begun_late(begin[short], rule.days, work, slack)
        begin = begin[~short]
    entries = (begin[:, None] + np.arange(rule.days + 1)).ravel()
    owner = np.repeat(np.arange(len(begin)), rule.days + 1)
    ones = np.ones(len(entries), np.int64)
    add_limits(slack, owner, work.columns(entries), ones, rule.days)


def _begun_late(begin: Intp, days: int, work: WorkDays, slack: Slack) -> None:
    """Where there is work on a day, a run began on it or less than ``days`` days before: of stretches of
    ``days`` + 1 days from these entries on.

    Where a run's or a break's least length counts beginnings anyway, this is stronger than a count of days
    with work.
    """
    count = len(begin)
    recent = (begin[:, None] + np.arange(1, days + 1)).ravel()
    begins = work.begins[recent]
    some = begins >= 0
    owner = np.concatenate([np.repeat(np.arange(count), days)[some], np.arange(count)])
    column = np.concatenate([begins[some], work.work[begin + days]])
    sign = np.repeat([-1, 1], [int(some.sum()), count])
    add_limits(slack, owner, column, sign, 0)
    # No run begins on the day after one with work.
    late = np.unique(recent[some])
    late = late[work.begins[late] != work.work[late]]
    column = np.concatenate([work.begins[late], work.work[late - 1]])
    owner = np.tile(np.arange(len(late)), 2)
    add_limits(slack, owner, column, np.ones(len(column), np.int64), 1)


def rest(rule: Rest, scope: PairVariables, slack: Slack) -> None:
    """The amount is the number of pairs of demands that lie too close."""
    _too_close(rule, scope, slack, lambda: scope.facts.within_gap(60 * rule.minutes))


def travel(rule: Travel, scope: PairVariables, slack: Slack) -> None:
    """The amount is the number of pairs of demands between which the time is too short for the way."""
    _too_close(rule, scope, slack, lambda: scope.facts.unreachable(rule.kmh))


def concerned(rule: OfResources, scope: PairVariables, slack: Slack) -> Mask:
    """Pairs of resources for which a rule on one resource's time needs rows (bool (pairs,))."""
    mine = scope.facts.in_scope(rule)
    return (mine & scope.open_left if slack.hard else mine)[scope.left]


def _budget(
    scope: PairVariables,
    slack: Slack,
    pair: Intp,
    period: Int64,
    uses: Int64,
    most: int,
    unit: int,
) -> None:
    """A row for every resource and period that could exceed ``most``; ``pair[k]`` uses ``uses[k]`` (int64) in
    ``period[k]`` ((entries,) each). The amount is counted by ``unit``.
    """
    groups, _, owner = joint(scope.left[pair], period)
    weights = uses * scope.most[pair]
    total = np.bincount(owner, weights=weights, minlength=len(groups)).astype(np.int64)
    tight = np.flatnonzero(total > most)
    row = places_of(tight, len(total))
    inside = row[owner] >= 0
    room = -(-(total[tight] - most) // unit)
    owner, pair, uses = row[owner[inside]], pair[inside], uses[inside]
    slack.at_most(len(tight), owner, pair, uses, most, room, unit)


def starting(rule: InPeriods, scope: PairVariables, pairs: Intp) -> tuple[Intp, Int64]:
    """For every one of the pairs (intp (pairs,)) the periods in which its demand starts: pair and period, the
    number of its first day (int64 (entries,)).
    """
    facts = scope.facts
    if rule.per == "all":
        return pairs, np.zeros(len(pairs), np.int64)
    return by_slot(
        scope,
        pairs[facts.timed[scope.right[pairs]]],
        lambda slot: periods(rule, start_day(facts.spans[slot], rule.zone)),
    )


def seconds_in_periods(
    rule: InPeriods, scope: PairVariables, pairs: Intp
) -> tuple[Intp, Int64, Int64]:
    """For every one of the pairs (intp (pairs,)) and period that it takes time in: pair, period, the number
    of its first day, and seconds (int64 (entries,)).
    """
    facts = scope.facts
    if rule.per == "all":
        return pairs, np.zeros(len(pairs), np.int64), facts.duration[scope.right[pairs]]
    within_days(rule, scope, pairs, rule.zone, rule.days or 1)

    def listed(slot: int) -> list[tuple[int, int]]:
        found: dict[int, int] = {}
        for day, seconds in facts.days(slot, rule.zone):
            for period in periods(rule, day):
                found[period] = found.get(period, 0) + seconds
        return sorted(found.items())

    pair, entries = by_slot(scope, pairs, listed)
    period, seconds = entries.reshape(-1, 2).T
    return pair, period, seconds


def within_days(
    rule: OfResources, scope: PairVariables, pairs: Intp, zone: str, often: int = 1
) -> None:
    """Raises BudgetError where the days of the pairs (intp (pairs,)), each so often as periods hold it, are
    too many.
    """
    slots, times = np.unique(scope.right[pairs], return_counts=True)
    days = [len(scope.facts.days(slot, zone)) for slot in slots.tolist()]
    within_entries(rule, int(np.dot(days, times)) * often)


def within_entries(rule: OfResources, entries: int) -> None:
    """Raises BudgetError where a rule would ask for too many days of too many pairs, before any is listed."""
    if entries > MOST_ENTRIES:
        raise BudgetError(
            Message.of("budget.days", rule=rule.label, days=entries, most=MOST_ENTRIES)
        )


def periods(rule: InPeriods, day: int) -> range | tuple[int]:
    """The periods that a calendar day is part of, by the number of their first day."""
    if rule.per == "all":
        return (0,)
    if rule.per == "day":
        return (day,)
    if rule.per == "week":
        return (iso_week(day),)
    return range(day - (rule.days or 1) + 1, day + 1)


def _too_close(
    rule: OfResources,
    scope: PairVariables,
    slack: Slack,
    near_slots: Callable[[], Mask],
) -> None:
    """Of two demands that are near by ``near_slots`` (bool (slots, slots)) a resource serves one, or pays for
    both.
    """
    timed = np.flatnonzero(scope.timed & concerned(rule, scope, slack))
    if len(timed) == 0:
        return
    matrix = near_slots()
    _, begin = np.unique(scope.left[timed], return_index=True)
    for pairs in np.split(timed, begin[1:]):
        place = scope.right[pairs]
        near = matrix[np.ix_(place, place)]
        if not near.any():
            continue
        scope.facts.deadline.check()
        if slack.hard:
            sets = clique_cover(near)
            owner = np.repeat(np.arange(len(sets)), [len(members) for members in sets])
            scope.builder.rows(len(sets), owner, pairs[np.concatenate(sets)], 1, high=1)
        else:
            _paid(scope, slack, pairs, *np.nonzero(np.triu(near)))


def _paid(
    scope: PairVariables, slack: Slack, pairs: Intp, one: Intp, other: Intp
) -> None:
    """For every two demands of one resource an amount of 1 where it serves both."""
    a, b = scope.demand[pairs[one]], scope.demand[pairs[other]]
    couples, _, which = joint(np.minimum(a, b), np.maximum(a, b))
    amount = slack.variables(1, len(couples))
    if amount is not None:
        both = (None, pairs[one], 1), (None, pairs[other], 1)
        scope.builder.sums(len(one), *both, (None, amount[which], -1), high=1)


def clique_cover(near: Mask) -> list[list[int]]:
    """Sets of which any two are near each other, such that any two that are near stand in one of them
    together.

    Greedy: an edge that is not covered yet is grown to a greatest set. ``near`` (bool (pairs, pairs)) is
    symmetric, its diagonal False. A row is one whole number, bit k for column k: sets of some dozens are met
    and cut thousands of times faster so than as arrays.
    """
    rows = [
        int.from_bytes(row.tobytes(), "little")
        for row in np.packbits(near, axis=1, bitorder="little")
    ]
    uncovered = rows.copy()
    found = []
    for one in range(len(rows)):
        while uncovered[one]:
            members, together, common, fresh = (
                [one],
                1 << one,
                rows[one],
                uncovered[one],
            )
            while common:
                among = common & fresh or common
                lowest = among & -among
                members.append(lowest.bit_length() - 1)
                together |= lowest
                common &= rows[members[-1]]
            for member in members:
                uncovered[member] &= ~together
            found.append(members)
    return found
