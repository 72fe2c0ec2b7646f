"""What a resource may do day after day, as paths through a graph: rules on runs of days, breaks and weekends,
and on what may follow on the next day, where it serves one demand a day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.deadline import Deadline
from matchkit.model.rules import (
    CountBudget,
    LongestRun,
    NotAfter,
    OfResources,
    ShortestBreak,
    ShortestRun,
    WeekendBudget,
)
from matchkit.solvers.lagrangian.blocks import BlockProblem
from matchkit.solvers.lagrangian.paths import Arcs, BlockPaths

MOST_ARCS = 200_000
"""A graph of more arcs is made without hours and counts, and where that is too many, not at all: either way
bounds stay true.
"""
SATURDAY = 5


class MonthRules(NamedTuple):
    """What binds a resource's days: the zone that parts them; most days in a row, least days in a row with
    and without work, most weekends (None: any number), and rules on what may follow; rest in seconds, hours
    and count as in its block.
    """

    zone: str
    longest: int | None
    run: int
    pause: int
    weekends: int | None
    not_after: tuple[int, ...]
    rest: int
    budget: int
    most: int


class Option(NamedTuple):
    """What a resource may do on one day: requirements alike in time, use of hours and categories."""

    day: int
    begin: int
    end: int
    use: int
    categories: tuple[bool, ...]
    """By rule on what may follow, twice: whether it must not, and whether it must not be followed."""


def months_of(
    case: IntegerModel, blocks: BlockProblem, pairs: Intp, deadline: Deadline
) -> tuple[BlockPaths, ...]:
    """The graphs of resources that hard rules allow one demand a day, and to which such rules apply; their
    eligible requirements have fixed times, each on one calendar day.

    ``blocks`` are of some pairs of the case (intp (pairs,)); what else a resource is eligible for may fill a
    day and earns nothing. Those for which there is no time are left out.
    """
    if len(case.left) == 0:
        return ()
    found = []
    for rules, lefts in _alike(case, blocks).items():
        first, last = case.facts.day_range(rules.zone)
        counts = rules.most <= last - first
        mine = np.array(sorted(lefts), np.int64)
        month = _Month(case, blocks, pairs, rules, mine, counts, deadline)
        graph = month.graph(limits=True) or month.graph(limits=False)
        if graph is not None:
            found.append(graph)
    return tuple(found)


def _alike(case: IntegerModel, blocks: BlockProblem) -> dict[MonthRules, list[int]]:
    """Resources by the rules that bind their days."""
    facts, found = case.facts, defaultdict[MonthRules, list[int]](list)
    hard = [rule for rule in case.lists.problem.rules if rule.soft is None]
    once: dict[int, str] = {}
    for rule in hard:
        if (
            isinstance(rule, CountBudget)
            and (rule.per, rule.category) == ("day", None)
            and rule.most <= 1
        ):
            for left in np.flatnonzero(facts.in_scope(rule)).tolist():
                once[left] = min(rule.zone, once.get(left, rule.zone))
    kinds = LongestRun | ShortestRun | ShortestBreak | WeekendBudget | NotAfter
    concerned: list[tuple[int, OfResources, Mask]] = [
        (number, rule, facts.in_scope(rule))
        for number, rule in enumerate(case.lists.problem.rules)
        if isinstance(rule, kinds) and rule.soft is None
    ]
    if not concerned:
        return found
    needs = facts.requirement[case.right]
    for zone in sorted(set(once.values())):
        fixed = np.array(
            [
                not facts.flexible[place] and len(facts.days(place, zone)) == 1
                for place in map(case.lists.right.__getitem__, facts.requirement_ids)
            ]
        )
        other = np.zeros(len(case.lists.resources), np.bool_)
        other[case.left[~fixed[needs]]] = True
        for left in (name for name, own in once.items() if own == zone):
            mine = [
                (number, rule)
                for number, rule, scope in concerned
                if scope[left] and getattr(rule, "zone", zone) == zone
            ]
            if mine and not other[left]:
                longest = [r.days for _, r in mine if isinstance(r, LongestRun)]
                weekends = [r.most for _, r in mine if isinstance(r, WeekendBudget)]
                rules = MonthRules(
                    zone,
                    min(longest, default=None),
                    max(
                        (r.days for _, r in mine if isinstance(r, ShortestRun)),
                        default=1,
                    ),
                    max(
                        (r.days for _, r in mine if isinstance(r, ShortestBreak)),
                        default=1,
                    ),
                    min(weekends, default=None),
                    tuple(number for number, r in mine if isinstance(r, NotAfter)),
                    int(case.rest[left]),
                    int(blocks.budget[left]),
                    int(blocks.count[left]),
                )
                found[rules].append(left)
    return found


class _State(NamedTuple):
    """Where a resource stands after a day: days in a row with work so far, or less than 0 without; whether
    that run needs no length any more; weekends, hours and demands so far; options that may not come.
    """

    run: int
    long: bool
    weekends: int
    used: int
    many: int
    barred: frozenset[int]


@dataclass
class _Month:
    """The graph of resources that the same rules bind."""

    case: IntegerModel
    blocks: BlockProblem
    pairs: Intp
    rules: MonthRules
    lefts: Int64
    counts: bool
    """Whether there are more days than demands that it may serve in all."""
    deadline: Deadline

    def graph(self, *, limits: bool) -> BlockPaths | None:
        """The graph, with hours and counts where ``limits``; None where it would be too large."""
        options, option, free = self._options()
        barred = self._barred(options)
        by_day = defaultdict[int, list[int]](list)
        for number, one in enumerate(options):
            by_day[one.day].append(number)
        first, last = self.case.facts.day_range(self.rules.zone)
        states = {_State(-self.rules.pause, True, 0, 0, 0, frozenset()): 0}
        levels, size = [], 0
        for day in range(first, last + 1):
            later: dict[_State, int] = {}
            arcs: list[tuple[int, int, int]] = []
            for state, number in states.items():
                if size + len(arcs) > MOST_ARCS:
                    return None
                rest = self._rests(state, options, day)
                if rest is not None:
                    arcs.append(
                        (later.setdefault(rest, len(later)), number, len(options))
                    )
                for choice in by_day[day]:
                    work = self._works(
                        state, options, barred, choice, day == first, limits=limits
                    )
                    if work is not None:
                        arcs.append(
                            (later.setdefault(work, len(later)), number, choice)
                        )
            size += len(arcs)
            target, source, taken = np.array(sorted(arcs), np.int32).reshape(-1, 3).T
            levels.append(Arcs(source, target, taken))
            states = later
            if self.deadline.over():
                return None
        return BlockPaths(self.lefts, len(options), option, free, tuple(levels))

    def _options(self) -> tuple[list[Option], np.ndarray, np.ndarray]:
        """The options of all days; that of every requirement, -1 where it has none; and those that need
        nobody.
        """
        case, rules = self.case, self.rules
        facts, problem = case.facts, case.lists.problem
        flags = [
            facts.of_category(name)
            for number in rules.not_after
            for rule in [problem.rules[number]]
            if isinstance(rule, NotAfter)
            for name in (rule.category, rule.after)
        ]
        mine = np.isin(case.left, self.lefts)
        given = np.zeros(len(case.left), np.bool_)
        given[self.pairs] = True
        inside = np.zeros(self.blocks.right_count, np.bool_)
        inside[facts.requirement[case.right[mine & given]]] = True
        numbers: dict[Option, int] = {}
        option = np.full(self.blocks.right_count, -1, np.int32)
        for need in np.flatnonzero(inside).tolist():
            slot = case.lists.right[facts.requirement_ids[need]]
            begin, end = max(
                facts.spans[slot], key=lambda span: (span[1] - span[0], -span[0])
            )
            ((day, _),) = facts.days(slot, rules.zone)
            one = Option(
                day,
                begin,
                end,
                int(self.blocks.uses[need]),
                tuple(bool(flag[slot]) for flag in flags),
            )
            option[need] = numbers.setdefault(one, len(numbers))
        others = np.unique(facts.requirement[case.right[mine & ~given]]).tolist()
        places = (case.lists.right[facts.requirement_ids[need]] for need in others)
        days = {facts.days(place, rules.zone)[0][0] for place in places}
        free = []
        for day in sorted(days):
            free.append(len(numbers))
            numbers[Option(day, 0, 0, 0, (False,) * len(flags))] = len(numbers)
        return list(numbers), option, np.array(free, np.int32)

    def _barred(self, options: list[Option]) -> list[frozenset[int]]:
        """For every option those of later days that may not be taken after it."""
        return [
            frozenset(
                number
                for number, other in enumerate(options)
                if other.day > one.day and self._bars(one, other)
            )
            for one in options
        ]

    def _bars(self, one: Option, other: Option) -> bool:
        if other.begin < other.end and other.begin < one.end + self.rules.rest:
            return True
        return other.day == one.day + 1 and any(
            other.categories[place] and one.categories[place + 1]
            for place in range(0, len(one.categories), 2)
        )

    def _rests(self, state: _State, options: list[Option], day: int) -> _State | None:
        """After a day without work; None where a run would be too short."""
        if state.run > 0 and not state.long:
            return None
        run = -1 if state.run > 0 else max(state.run - 1, -self.rules.pause)
        return state._replace(
            run=run, long=True, barred=_after(state.barred, options, day)
        )

    def _works(
        self,
        state: _State,
        options: list[Option],
        barred: list[frozenset[int]],
        choice: int,
        is_first: bool,
        *,
        limits: bool,
    ) -> _State | None:
        """After a day with this option; None where a rule forbids it."""
        rules, option = self.rules, options[choice]
        if choice in state.barred or -rules.pause < state.run < 0:
            return None
        run = max(state.run, 0) + 1
        if rules.longest is not None and run > rules.longest:
            return None
        begun = state.long if state.run > 0 else is_first
        weekday = datetime.fromordinal(option.day).weekday()
        weekends = state.weekends
        if rules.weekends is not None and (
            weekday == SATURDAY or (weekday > SATURDAY and state.run < 0)
        ):
            weekends += 1
            if weekends > rules.weekends:
                return None
        used, many = state.used, state.many
        if limits:
            used += option.use if rules.budget >= 0 else 0
            many += self.counts
            if used > rules.budget >= 0 or many > rules.most:
                return None
        return _State(
            min(run, rules.longest or rules.run),
            begun or run >= rules.run,
            weekends,
            used,
            many,
            _after(state.barred | barred[choice], options, option.day),
        )


def _after(barred: frozenset[int], options: list[Option], day: int) -> frozenset[int]:
    return frozenset(one for one in barred if options[one].day > day)
