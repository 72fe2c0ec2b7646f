"""Variables of 0 and 1 that say whether a resource does anything of a kind: work on a day, on a weekend, or
start a demand of some category on a day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from matchkit.arrays import Int64, Intp, Mask, sums_by
from matchkit.compile.ragged import joint, offsets, spread
from matchkit.compile.rules.base_rows import at_once
from matchkit.compile.rules.pair_variables import PairVariables, Slack


def by_slot(
    scope: PairVariables, pairs: Intp, listed: Callable[[int], Sequence[object]]
) -> tuple[Intp, Int64]:
    """For every one of the pairs (intp (pairs,)) what is listed of its slot, one entry after another: pair
    and entry (intp and int64 (entries,)).
    """
    slots, of = np.unique(scope.right[pairs], return_inverse=True)
    lists = []
    for slot in slots.tolist():
        scope.facts.deadline.check()
        lists.append(listed(slot))
    owner, at = spread(offsets([len(entries) for entries in lists]), of)
    return pairs[owner], np.array(
        [entry for entries in lists for entry in entries], np.int64
    )[at]


class Indicators:
    """By resource and number (a day, a week) a variable that is 1 where one of its pairs carries something.

    A pair that is alone there, and carries at most 1, is the variable itself; others are made when they are
    asked for.
    """

    def __init__(self, scope: PairVariables, pair: Intp, number: Int64) -> None:
        """``pair`` and ``number`` (intp and int64 (entries,)) say which pairs count where; no entry comes
        twice.
        """
        self._scope, self._pair = scope, pair
        self.left, self.number, self._owner = joint(scope.left[pair], number)
        alone = np.bincount(self._owner, minlength=len(self.left)) == 1
        plain = alone[self._owner] & (scope.most[pair] <= 1)
        self._column = np.full(len(self.left), -1, np.intp)
        self._column[self._owner[plain]] = pair[plain]
        self._made: Mask = self._column < 0
        self._exact = False

    def columns(self, groups: Intp) -> Intp:
        """The variables of these groups (intp (groups,)), by their place in ``left`` and ``number``."""
        new = np.zeros(len(self.left), np.bool_)
        new[groups] = True
        new &= self._column < 0
        self._column[new] = self._scope.builder.variables(int(new.sum()), 1)
        self._only_where(np.flatnonzero(new[self._owner]))
        return self._column[groups]

    def _only_where(self, entries: Intp) -> None:
        """The pairs of these entries carry something only where the variables of their groups are 1: those of
        which one carries something at most in one row, which is stronger than a row each.
        """
        scope, pair, owner = self._scope, self._pair[entries], self._owner[entries]
        alone = np.ones(len(entries), np.bool_)
        if scope.apart:
            some = np.flatnonzero(scope.timed[pair] & (scope.most[pair] <= 1))
            row, at, group = at_once(scope, pair[some], owner[some], scope.rest)
            alone[some[at]] = False
            work = None, self._column[group], -1
            scope.builder.sums(len(group), (row, pair[some[at]], 1), work, high=0)
        scope.only_where(self._column[owner[alone]], pair[alone])

    def exact(self) -> Intp:
        """The variables of all groups (intp (groups,)), 1 only where a pair carries something."""
        columns = self.columns(np.arange(len(self.left)))
        if not self._exact:
            self._exact = True
            made = np.flatnonzero(self._made)
            row = np.cumsum(self._made) - 1
            mine = self._made[self._owner]
            carried = row[self._owner[mine]], self._pair[mine], -1
            self._scope.builder.sums(
                len(made), (None, columns[made], 1), carried, high=0
            )
        return columns

    def at(self, left: Intp, number: Int64) -> Intp:
        """The groups of these resources and numbers (intp (asked,)), -1 where there is none."""
        if len(self.left) == 0:
            return np.full(len(left), -1, np.intp)
        least = int(min(self.number.min(), number.min(initial=self.number[0])))
        most = int(max(self.number.max(), number.max(initial=self.number[0])))
        codes = self.left * (most - least + 1) + self.number - least
        wanted = left * (most - least + 1) + number - least
        place = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
        return np.where(codes[place] == wanted, place, -1)


class WorkDays:
    """The days on which resources may work, by resource and calendar day (an ordinal), ascending."""

    def __init__(self, scope: PairVariables, pairs: Intp, zone: str) -> None:
        self._scope = scope
        pair, day = by_slot(
            scope, pairs, lambda slot: [day for day, _ in scope.facts.days(slot, zone)]
        )
        self._indicators = Indicators(scope, pair, day)
        self.left, self.day = self._indicators.left, self._indicators.number
        """Resource and day of every entry (intp and int64 (entries,))."""

    @classmethod
    def of(cls, scope: PairVariables, pairs: Intp, zone: str) -> WorkDays:
        """Those of some pairs in a zone; rules of one program that ask for the same get the same."""
        key = zone, pairs.tobytes()
        if key not in scope.work_days:
            scope.work_days[key] = cls(scope, pairs, zone)
        return scope.work_days[key]

    def at(self, left: Intp, day: Int64) -> Intp:
        """The entries of these resources and days (intp (asked,)), -1 where nobody may work."""
        return self._indicators.at(left, day)

    def columns(self, entries: Intp) -> Intp:
        """For every one of these entries a variable that is 1 where there is work (intp (entries,))."""
        return self._indicators.columns(entries)

    @cached_property
    def work(self) -> Intp:
        """For every entry the variable that is 1 where, and only where, there is work (intp (entries,))."""
        return self._indicators.exact()

    @cached_property
    def begins(self) -> Intp:
        """For every entry a variable that is 1 where work begins after a day without, intp (entries,); -1
        where none can. It may be 1 elsewhere too: rules keep it low.
        """
        before = self.at(self.left, self.day - 1)
        found = np.where(before < 0, self.work, -1)
        # One pair alone on both days works on both or on neither.
        some = np.flatnonzero((before >= 0) & (self.work[before] != self.work))
        builder, count = self._scope.builder, len(some)
        found[some] = builder.variables(count, 1)
        today, yesterday = self.work[some], self.work[before[some]]
        begun = (None, yesterday, -1), (None, found[some], -1)
        builder.sums(count, (None, today, 1), *begun, high=0)
        return found


def add_limits(
    slack: Slack, owner: Intp, column: Intp, coefficient: Int64, high: int
) -> None:
    """Rows over variables of 0 and 1 that hold at most ``high`` and, where the rule is soft, an amount more:
    entry k puts ``coefficient[k]`` of ``column[k]`` into row ``owner[k]`` (intp, intp and int64 (entries,)).

    Entries of one variable in one row are added up; rows that always hold are left out.
    """
    owners, columns, of = joint(owner, column)
    sums = sums_by(of, coefficient, len(owners))
    rows = int(owners.max(initial=-1)) + 1
    most = np.bincount(owners, np.maximum(sums, 0), rows).astype(np.int64)
    inside = (most > high)[owners] & (sums != 0)
    row = np.cumsum(most > high) - 1
    slack.at_most(
        int((most > high).sum()),
        row[owners[inside]],
        columns[inside],
        sums[inside],
        high,
        (most - high)[most > high],
    )
