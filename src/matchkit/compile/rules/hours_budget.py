"""Rule ``hours_budget``: a resource serves at most so many minutes in every period."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.ragged import joint, offsets, spread
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.compile.times import iso_week
from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.model.rules import HoursBudget, InPeriods, OfResources

MOST_ENTRIES = 5_000_000
"""So many days of pairs a rule may look at, each as often as periods hold it."""


def rows(rule: HoursBudget, scope: PairVariables, bend: Slack) -> None:
    """The seconds of every resource in every period are at most the budget; the amount is in minutes."""
    facts, pairs = (
        scope.facts,
        np.flatnonzero(scope.timed & concerned(rule, scope, bend)[scope.left]),
    )
    if rule.per == "all":
        pair, period, seconds = (
            pairs,
            np.zeros(len(pairs), np.intp),
            facts.lasts[scope.right[pairs]],
        )
    else:
        pair, period, seconds = by_period(rule, scope, pairs)
    groups, _, owner = joint(scope.left[pair], period)
    total = np.bincount(owner, weights=seconds, minlength=len(groups)).astype(np.int64)
    within_limit(bend, owner, pair, seconds, total, 60 * rule.minutes, 60)


def concerned(rule: OfResources, scope: PairVariables, bend: Slack) -> Mask:
    """Resources for which a rule on one resource's time needs rows (bool (resources,))."""
    mine = scope.facts.in_scope(rule)
    return mine & scope.open_left if bend.hard else mine


def within_limit(
    bend: Slack, owner: Intp, pair: Intp, uses: Int64, total: Int64, most: int, unit: int
) -> None:
    """Rows for the groups whose ``total`` (int64 (groups,)) could exceed ``most``: group ``owner[k]`` uses
    ``uses[k]`` (int64 (entries,)) by ``pair[k]`` (intp (entries,) both). The amount is counted by ``unit``.
    """
    tight = np.flatnonzero(total > most)
    row = np.full(len(total), -1, np.intp)
    row[tight] = np.arange(len(tight))
    inside = row[owner] >= 0
    bend.at_most(
        len(tight),
        row[owner[inside]],
        pair[inside],
        uses[inside],
        most,
        -(-(total[tight] - most) // unit),
        unit,
    )


def by_period(rule: InPeriods, scope: PairVariables, pairs: Intp) -> tuple[Intp, Intp, Int64]:
    """For every one of the pairs (intp (pairs,)) and period that it takes time in: pair, period (a day's
    number) and seconds (int64 (entries,)).
    """
    by_slot: dict[int, list[tuple[int, int]]] = {}
    slots, times = np.unique(scope.right[pairs], return_counts=True)
    days = (
        len(scope.facts.days(slot, rule.zone)) * count
        for slot, count in zip(slots.tolist(), times.tolist(), strict=True)
    )
    within_entries(rule, sum(days), rule.days or 1)
    for slot in slots.tolist():
        scope.facts.deadline.check()
        found: dict[int, int] = {}
        for day, seconds in scope.facts.days(slot, rule.zone):
            for period in periods(rule, day):
                found[period] = found.get(period, 0) + seconds
        by_slot[slot] = sorted(found.items())
    listed = [by_slot.get(slot, []) for slot in range(len(scope.facts.spans))]
    entries = np.array([entry for slot in listed for entry in slot], np.int64).reshape(-1, 2)
    owner, at = spread(offsets([len(slot) for slot in listed]), scope.right[pairs])
    return pairs[owner], entries[at, 0], entries[at, 1]


def within_entries(rule: OfResources, days: int, in_a_row: int) -> None:
    """Raises BudgetError where a rule would ask for too many days of too many pairs, before any is listed."""
    entries = days * in_a_row
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
