"""Rows of rules on the days on which one resource works: one function a kind."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.compile.ragged import joint
from matchkit.compile.rules.day_variables import (
    Indicators,
    WorkDays,
    add_limits,
    by_slot,
)
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.compile.rules.times import concerned, within_days, within_entries
from matchkit.compile.times import start_day
from matchkit.model.rules import NotAfter, ShortestBreak, ShortestRun, WeekendBudget


def shortest_run(rule: ShortestRun, scope: PairVariables, slack: Slack) -> None:
    """On each day at most as many runs have begun, within ``days`` days up to it, as there is work: none or
    one.

    These rows describe long enough runs tightly (minimum up times; Rajan and Takriti 2005). A run that is too
    short breaks the row of each day that it misses by 1, also of those after the last day of all, where work
    is taken to be as on the last day.
    """
    work = _work(rule, scope, slack)
    if len(work.left) == 0:
        return
    first, last = scope.facts.day_range(rule.zone)
    some = np.flatnonzero((work.begins >= 0) & (work.day > first))
    run, left, day = _days_from(work, some, np.arange(rule.days))
    if slack.hard:  # what follows from the last day's row
        run, left, day = run[day <= last], left[day <= last], day[day <= last]
    lefts, days, owner = joint(left, day)
    at = work.at(lefts, np.minimum(days, last))
    add_limits(
        slack,
        np.concatenate([owner, np.flatnonzero(at >= 0)]),
        np.concatenate([work.begins[run], work.work[at[at >= 0]]]),
        np.repeat([1, -1], [len(run), int((at >= 0).sum())]),
        0,
    )


def shortest_break(rule: ShortestBreak, scope: PairVariables, slack: Slack) -> None:
    """Within ``days`` days after each day at most one run begins, and none where that day has work.

    These rows describe long enough breaks tightly (minimum down times; Rajan and Takriti 2005). A run that
    begins too early after another breaks by 1 the row of each day that lies within ``days`` days before it
    and not after the other: as many as its break misses. Some may lie before the first day of all.
    """
    work = _work(rule, scope, slack)
    if len(work.left) == 0:
        return
    first, _ = scope.facts.day_range(rule.zone)
    some = np.flatnonzero(work.begins >= 0)
    run, left, day = _days_from(work, some, -1 - np.arange(rule.days))
    if slack.hard:  # what follows from the first day's row
        run, left, day = run[day >= first], left[day >= first], day[day >= first]
    lefts, days, owner = joint(left, day)
    at = work.at(lefts, days)
    column = np.concatenate([work.begins[run], work.work[at[at >= 0]]])
    owner = np.concatenate([owner, np.flatnonzero(at >= 0)])
    add_limits(slack, owner, column, np.ones(len(column), np.int64), 1)


def weekend_budget(rule: WeekendBudget, scope: PairVariables, slack: Slack) -> None:
    """A variable a resource and weekend says that there is work; the amount is how many are beyond."""
    pairs = np.flatnonzero(scope.timed & concerned(rule, scope, slack))
    within_days(rule, scope, pairs, rule.zone)

    def weekends(slot: int) -> list[int]:
        days = [day for day, _ in scope.facts.days(slot, rule.zone)]
        # Day 1, of the year 1, is a Monday.
        return sorted({(day - 1) // 7 for day in days if (day - 1) % 7 >= 5})

    work = Indicators(scope, *by_slot(scope, pairs, weekends))
    lefts, sizes = np.unique(work.left, return_counts=True)
    several = np.flatnonzero(np.isin(work.left, lefts[sizes > rule.most]))
    owner = np.searchsorted(lefts, work.left[several])
    ones = np.ones(len(several), np.int64)
    add_limits(slack, owner, work.columns(several), ones, rule.most)


def not_after(rule: NotAfter, scope: PairVariables, slack: Slack) -> None:
    """Of a day on which a demand of ``after`` starts and the next with one of ``category`` one has none."""
    key = scope.facts.lists.lexicon.key
    before = _starts(rule, rule.after, scope, slack)
    same = key(rule.after) == key(rule.category)
    then = before if same else _starts(rule, rule.category, scope, slack)
    following = then.at(before.left, before.number + 1)
    one = np.flatnonzero(following >= 0)
    column = np.concatenate(
        [before.columns(one), then.columns(following[following >= 0])]
    )
    owner = np.tile(np.arange(len(one)), 2)
    add_limits(slack, owner, column, np.ones(len(column), np.int64), 1)


def _work(
    rule: ShortestRun | ShortestBreak, scope: PairVariables, slack: Slack
) -> WorkDays:
    """The days on which the rule's resources may work."""
    pairs = np.flatnonzero(scope.timed & concerned(rule, scope, slack))
    within_days(rule, scope, pairs, rule.zone)
    work = WorkDays.of(scope, pairs, rule.zone)
    within_entries(rule, len(work.left) * rule.days)
    return work


def _days_from(work: WorkDays, entries: Intp, steps: Intp) -> tuple[Intp, Intp, Int64]:
    """For each of the entries and so many days after its own (intp (steps,)): entry, resource and day."""
    entry = np.repeat(entries, len(steps))
    return (
        entry,
        work.left[entry],
        work.day[entry] + np.tile(steps, len(entries)),
    )


def _starts(
    rule: NotAfter, category: str, scope: PairVariables, slack: Slack
) -> Indicators:
    """By resource and day whether a demand of a category starts."""
    facts = scope.facts
    mine = scope.timed & concerned(rule, scope, slack)
    pairs = np.flatnonzero(mine & facts.of_category(category)[scope.right])
    return Indicators(
        scope,
        *by_slot(scope, pairs, lambda slot: [start_day(facts.spans[slot], rule.zone)]),
    )
