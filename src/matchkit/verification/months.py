"""The best block of a resource that serves one demand a day at most, with the rules on its days: runs,
breaks, weekends, and what may follow on the next day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matchkit.verification.days import week


class DayShift(NamedTuple):
    """A pair as a day sees it: what it earns, when it begins and ends (the rest after it included), what it
    uses of the budget, and its category by key.
    """

    profit: int
    begin: int
    end: int
    use: int
    category: str | None


class Month(NamedTuple):
    """The hard rules on a resource's days.

    ``first`` and ``last`` are the days (ordinals) from the first to the last that any demand touches;
    ``longest`` days in a row with work at most, ``run`` and ``pause`` days in a row with and without it at
    least, ``weekends`` at most (None: no rule). ``after`` holds, for every category, those on the day after
    which it may not come; ``budget`` (None: none) and ``most`` demands are those of all blocks.
    """

    first: int
    last: int
    longest: int | None
    run: int
    pause: int
    weekends: int | None
    after: Mapping[str, frozenset[str]]
    budget: int | None
    most: int


class _Evening(NamedTuple):
    """What the days so far leave a resource: so many days of work in a row (0: off) and whether they may
    end; so many days off in a row, as far as it matters; weekends, hours and demands so far; and the last
    demand's end and category, as far as they matter tomorrow.
    """

    worked: int
    may_end: bool
    off: int
    weekends: int
    used: int
    many: int
    until: int
    category: str | None


MOST_STATES = 1_000_000
"""After so many states of one resource the upper bound stands for the best."""


def best_month(
    month: Month, shifts: Mapping[int, Sequence[DayShift]], enough: int
) -> int:
    """The most that one shift a day at most earns within the rules; ``enough`` where that is more. Exact
    beyond it; after ``MOST_STATES`` states it is an upper bound.

    First without hours and counts, which leaves far fewer states, and is often enough.
    """
    loose = month._replace(budget=None, most=month.last + 1 - month.first)
    most = _best(loose, shifts, enough)
    return (
        most
        if loose == month or most <= enough
        else min(most, _best(month, shifts, enough))
    )


def _best(month: Month, shifts: Mapping[int, Sequence[DayShift]], enough: int) -> int:
    days = range(month.first, month.last + 1)
    tail = {month.last + 1: 0}
    earliest = {month.last + 1: 0}
    for day in reversed(days):
        here = shifts.get(day, ())
        tail[day] = tail[day + 1] + max([0, *(shift.profit for shift in here)])
        begins = [shift.begin for shift in here]
        earliest[day] = min(
            [*begins, earliest[day + 1]] if earliest[day + 1] else begins, default=0
        )
    ending = frozenset[str]().union(*month.after.values())
    known = max(0, enough)
    evening = {_Evening(0, True, month.pause, 0, 0, 0, 0, None): 0}
    looked = 0
    for day in days:
        looked += len(evening)
        if looked > MOST_STATES:
            return max(known, max(evening.values()) + tail[day])
        found: dict[_Evening, int] = {}
        for at, earned in evening.items():
            after = [(_off(month, at), 0)]
            after += [
                (_on(month, at, day, shift), shift.profit)
                for shift in shifts.get(day, ())
            ]
            for then, profit in after:
                worth = earned + profit
                if then is None or worth + tail[day + 1] <= known:
                    continue
                late = then.until > earliest[day + 1] > 0
                then = then._replace(
                    until=then.until if late else 0,
                    category=then.category if then.category in ending else None,
                )
                if found.get(then, worth - 1) < worth:
                    found[then] = worth
        evening = found
    return max([known, *evening.values()])


def _off(month: Month, at: _Evening) -> _Evening | None:
    """A day without work; None where the days of work before it are too few."""
    if at.worked and not at.may_end:
        return None
    off = min(month.pause, at.off + 1)
    return at._replace(worked=0, may_end=True, off=off, category=None)


def _on(month: Month, at: _Evening, day: int, shift: DayShift) -> _Evening | None:
    """A day with a shift; None where a rule forbids it."""
    if not at.worked and at.off < month.pause:
        return None
    if shift.begin < at.until:
        return None
    if at.category is not None and at.category in month.after.get(
        shift.category or "", ()
    ):
        return None
    worked = at.worked + 1
    if month.longest is not None and worked > month.longest:
        return None
    weekends = at.weekends
    is_weekend = day - 7 * week(day) > 5
    if month.weekends is not None and is_weekend:
        sunday = day - 7 * week(day) == 7
        weekends += not (sunday and at.worked)
        if weekends > month.weekends:
            return None
    used = at.used
    if month.budget is not None:
        used += shift.use
        if used > month.budget:
            return None
    many = at.many
    if month.most <= month.last - month.first:
        many += 1
        if many > month.most:
            return None
    may_end = (at.may_end if at.worked else day == month.first) or worked >= month.run
    return _Evening(
        min(worked, month.longest or month.run),
        may_end,
        0,
        weekends,
        used,
        many,
        shift.end,
        shift.category,
    )
