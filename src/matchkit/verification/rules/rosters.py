"""Rules on the days on which one resource works: one function a kind, the amount of one record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from matchkit.model import NotAfter, ShortestBreak, ShortestRun, WeekendBudget
from matchkit.verification.days import joined, week
from matchkit.verification.report import KEPT, Amount, fact
from matchkit.verification.rules.times import in_scope, of_category, with_times
from matchkit.verification.served import Served


class _Short(NamedTuple):
    """A stretch of days that is too short: its first day, its length, and how many days are missing."""

    first: int
    length: int
    missing: int


def shortest_run(served: Served, rule: ShortestRun) -> Amount:
    """Days missing of runs of days with work, over resources; runs at the first or last day of all lack
    none.
    """
    all_days = served.world.periods("day", rule.zone)
    short: dict[str, list[_Short]] = {}
    for name, runs in _runs(served, rule):
        found = [
            _Short(first, last - first + 1, rule.days - (last - first + 1))
            for first, last in runs
            if last - first + 1 < rule.days
            and first > all_days[0][0]
            and last < all_days[-1][1]
        ]
        if found:
            short[name] = found
    return _lacking("shortest_run", short, rule.days)


def shortest_break(served: Served, rule: ShortestBreak) -> Amount:
    """Days missing of breaks between days with work, over resources."""
    short: dict[str, list[_Short]] = {}
    for name, runs in _runs(served, rule):
        found = [
            _Short(last + 1, first - last - 1, rule.days - (first - last - 1))
            for (_, last), (first, _) in pairwise(runs)
            if first - last - 1 < rule.days
        ]
        if found:
            short[name] = found
    return _lacking("shortest_break", short, rule.days)


def weekend_budget(served: Served, rule: WeekendBudget) -> Amount:
    """Weekends with work beyond, over resources."""
    beyond: dict[str, int] = {}
    for name, runs in _runs(served, rule):
        # A week in which a run begins has its Sunday in the run, or the run ends before that.
        weeks = joined(
            (week(first), week(last) - (not _in_weekend(last)))
            for first, last in runs
            if _in_weekend(last) or week(last) > week(first)
        )
        weekends = sum(last - first + 1 for first, last in weeks)
        if weekends > rule.most:
            beyond[name] = weekends
    if not beyond:
        return KEPT
    name = min(beyond)
    size = sum(weekends - rule.most for weekends in beyond.values())
    return Amount(
        size,
        (name,),
        fact("weekend_budget", weekends=beyond[name], most=rule.most),
    )


def not_after(served: Served, rule: NotAfter) -> Amount:
    """Days with a demand of one category after which a day with one of the other follows, over resources."""
    days = served.world.calendar(rule.zone)
    found: dict[str, list[int]] = {}
    for name, demands in in_scope(served, rule):
        before, then = (
            {
                days.day(spans[0][0])
                for spans in with_times(
                    served, of_category(served, demands, category)
                ).values()
            }
            for category in (rule.after, rule.category)
        )
        wrong = sorted(day + 1 for day in before if day + 1 in then)
        if wrong:
            found[name] = wrong
    if not found:
        return KEPT
    name = min(found)
    size = sum(len(wrong) for wrong in found.values())
    return Amount(
        size,
        (name,),
        fact(
            "not_after",
            category=rule.category,
            day=_written(found[name][0]),
            after=rule.after,
            size=size,
        ),
    )


def _runs(
    served: Served, rule: ShortestRun | ShortestBreak | WeekendBudget
) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The resources in use that the rule is for, each with first and last day of its runs of days with
    work.
    """
    days = served.world.calendar(rule.zone)
    for name, demands in in_scope(served, rule):
        times = with_times(served, demands)
        yield (
            name,
            joined(span for spans in times.values() for span in days.touched(spans)),
        )


def _lacking(key: str, short: Mapping[str, list[_Short]], least: int) -> Amount:
    """The days missing over all resources, described by the first stretch of the first resource."""
    if not short:
        return KEPT
    name = min(short)
    first, length, _ = short[name][0]
    missing = sum(one.missing for several in short.values() for one in several)
    return Amount(
        missing,
        (name,),
        fact(
            key,
            days=length,
            since=_written(first),
            least=least,
            missing=missing,
        ),
    )


def _in_weekend(day: int) -> bool:
    """Whether a day is a Saturday or a Sunday; day 1 is a Monday."""
    return (day - 1) % 7 >= 5


def _written(day: int) -> str:
    return f"{datetime.fromordinal(day):%Y-%m-%d}"
