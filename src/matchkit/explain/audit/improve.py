"""The best single changes of a table, each tried: what it does to every goal and to every rule is counted
anew by the checker's code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from matchkit.answers.audit import AmountChange, Improvement, PairUnits, TableGoal
from matchkit.compile.eligibility import broken
from matchkit.compile.instance import Instance
from matchkit.compile.times import moment
from matchkit.deadline import NO_END, Deadline
from matchkit.explain.audit.moves import TableMove, TableMoves
from matchkit.explain.audit.part import units_of
from matchkit.explain.audit.table_arrays import Pair, TableArrays
from matchkit.model import Problem
from matchkit.verification.checks import Tallies, Tally, TallyEntry
from matchkit.verification.report import Violation

TRIED, ROWS_LOOKED_AT = 400, 1_000_000
"""Most changes that are tried, and most rows that all of them together look at: each counts the whole table
anew.
"""
UNCOUNTED = 10**18
"""Stands for an amount that is too much to be counted."""

ViolationKey = tuple[str, str | None, tuple[str, ...]]


class Improvements(NamedTuple):
    """The changes, how many were tried, and whether none that is better by the goals was left out."""

    found: tuple[Improvement, ...]
    tried: int
    exhaustive: bool


def improvements_of(
    problem: Problem,
    tallies: Tallies,
    entries: Sequence[TallyEntry],
    before: Tally,
    count: int,
    deadline: Deadline = NO_END,
) -> Improvements:
    """The best changes that break nothing further and either make the goals better or something less broken,
    each of other records.

    They are tried in the order of what they are worth before soft rules; where no soft rule is paid for, that
    is what they are worth, and when so many are found that no other can be better, the rest need not be
    tried.
    """
    if count == 0:
        return Improvements((), 0, exhaustive=False)
    world = tallies.world
    known = [
        entry
        for entry in entries
        if entry.resource in world.resources and entry.requirement in world.roles
    ]
    instance = Instance(problem)
    units, rows = (
        units_of(known),
        {(entry.resource, entry.requirement): entry.quantity for entry in known},
    )
    sheet = TableArrays(instance, tallies, units, rows)
    moves = TableMoves(sheet, _concerned(before.violations, units))
    trial = _Trial(instance, tallies, known, before)
    exact = sheet.exact and not any(
        rule.soft is not None and not rule.soft.no_worse for rule in problem.rules
    )
    found: list[_Found] = []
    chosen: list[_Found] = []
    tried, exhaustive, most = (
        0,
        None,
        max(10, min(TRIED, ROWS_LOOKED_AT // max(1, len(known)))),
    )
    for number, move in enumerate(moves.best()):
        if exact and len(chosen) == count and _losses(move.worth) > chosen[-1][0]:
            exhaustive = not moves.cut and (
                moves.left_out is None or _losses(moves.left_out) > chosen[-1][0]
            )
            break
        if tried >= most or deadline.over():
            exhaustive = False
            break
        better, times = trial.fitted(move)
        tried += times
        if better is not None:
            gains = tuple(goal.before - goal.after for goal in better.goals)
            found.append(
                (
                    gains,
                    -sum(each.before - each.after for each in better.fixed),
                    number,
                    better,
                )
            )
            chosen = _chosen(found, count)
    return Improvements(
        tuple(better for *_, better in chosen),
        tried,
        not moves.cut and moves.left_out is None if exhaustive is None else exhaustive,
    )


def _losses(worth: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(-amount for amount in worth)


_Found = tuple[tuple[int, ...], int, int, Improvement]
"""Loss by goal, minus the amounts fixed, the place among the changes, and the change."""


def _chosen(found: list[_Found], count: int) -> list[_Found]:
    """The best by goals, then by what they fix; each concerns other resources and requirements than those
    before it.
    """
    chosen, taken = list[_Found](), set[tuple[str, str]]()
    for entry in sorted(found, key=lambda entry: entry[:3]):
        pairs = (*entry[3].out, *entry[3].put)
        concerned = {
            name
            for pair in pairs
            for name in (("resource", pair.resource), ("requirement", pair.requirement))
        }
        if len(chosen) < count and taken.isdisjoint(concerned):
            chosen.append(entry)
            taken |= concerned
    return chosen


def _concerned(violations: Iterable[Violation], units: Iterable[Pair]) -> set[Pair]:
    """The table's pairs of which a violation names the resource and the requirement, or only one of them; of
    rules on others, all.
    """
    pairs, both, one = set(units), set[Pair](), set[str]()
    resources, requirements = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    for violation in violations:
        ids = set(violation.ids)
        named = ids & resources, ids & requirements
        if named[0] and named[1]:
            both |= {(r, q) for r in named[0] for q in named[1]} & pairs
        elif named[0] or named[1]:
            one |= ids
        else:
            return pairs
    return both | {pair for pair in pairs if pair[0] in one or pair[1] in one}


def amounts_of(violations: Iterable[Violation]) -> Counter[ViolationKey]:
    """By how much each rule is broken."""
    found: Counter[ViolationKey] = Counter()
    for violation in violations:
        found[_key(violation)] += (
            UNCOUNTED if violation.amount < 0 else violation.amount
        )
    return found


def _key(violation: Violation) -> ViolationKey:
    """What stays the same of a violation while others come and go.

    Rule records say who is worst or first, and so does ``overlap`` of a resource's requirements.
    """
    if violation.rule == "overlap":
        return violation.rule, None, violation.ids[:1]
    return (
        violation.rule,
        violation.label,
        violation.ids
        if violation.label is None or violation.message.key == "of"
        else (),
    )


class _Trial:
    """A table on which changes are tried."""

    def __init__(
        self,
        instance: Instance,
        tallies: Tallies,
        entries: Sequence[TallyEntry],
        before: Tally,
    ) -> None:
        self._instance, self._tallies, self._entries, self._before = (
            instance,
            tallies,
            entries,
            before,
        )
        violations = tallies.violations(
            entries
        )  # without those of ids that nobody knows: they stay as they are
        self._amounts = amounts_of(violations)
        self._ids = {
            _key(violation): violation.ids for violation in reversed(violations)
        }
        self._starts = tallies.case(entries).starts
        self._beyond = 0
        """By how much the latest change broke a rule more than before, at most."""

    def fitted(self, move: TableMove) -> tuple[Improvement | None, int]:
        """The change with as many of its units as caps leave room for, and how often it was tried."""
        times = 0
        while True:
            times += 1
            better, units = self.of(move), (*move.out, *move.put)[0][1]
            if (
                better is not None
                or units == 1
                or move.kind == "drop"
                or not self._beyond
            ):
                return better, times
            # Most caps count units: then so many are too many.
            left = units - self._beyond if self._beyond < units else units // 2
            move = move._replace(
                out=tuple((pair, left) for pair, _ in move.out),
                put=tuple((pair, left) for pair, _ in move.put),
            )

    def of(self, move: TableMove) -> Improvement | None:
        """The change, where it breaks nothing further and makes anything better."""
        self._beyond = 0
        table, starts = self._changed(move)
        if table is None:
            return None
        after = self._tallies.of(table)
        amounts = amounts_of(after.violations)
        self._beyond = max(
            (amount - self._amounts[key] for key, amount in amounts.items()), default=0
        )
        if self._beyond > 0:
            return None
        fixed = [
            AmountChange(
                rule=key[0], ids=self._ids[key], before=amount, after=amounts[key]
            )
            for key, amount in self._amounts.items()
            if amounts[key] < amount
        ]
        if not fixed and after.values <= self._before.values:
            return None
        names, before = self._tallies.goals.names, self._before
        times = [
            "" if start is None else f"{start:%Y-%m-%dT%H:%M:%SZ}" for start in starts
        ]
        return Improvement(
            kind=move.kind,
            out=tuple(
                PairUnits(resource=r, requirement=q, units=units)
                for (r, q), units in move.out
            ),
            put=tuple(
                PairUnits(resource=r, requirement=q, units=units)
                for (r, q), units in move.put
            ),
            starts=tuple(times) if any(times) else (),
            goals=tuple(
                TableGoal(goal=name, before=one, after=other)
                for name, one, other in zip(
                    names, before.values, after.values, strict=True
                )
            ),
            fixed=tuple(fixed),
        )

    def _changed(
        self, move: TableMove
    ) -> tuple[list[TallyEntry] | None, list[datetime | None]]:
        """The table after the change, and when what is put in starts; None where a flexible demand has no
        start that suits.
        """
        off = dict(move.out)
        table: list[TallyEntry] = []
        for entry in reversed(self._entries):
            less = min(off.get((entry.resource, entry.requirement), 0), entry.quantity)
            if less:
                off[entry.resource, entry.requirement] -= less
            if entry.quantity > less:
                table.append(entry._replace(quantity=entry.quantity - less))
        table.reverse()
        starts: list[datetime | None] = []
        for (resource, requirement), units in move.put:
            start = self._start(resource, requirement)
            if (
                start is None
                and self._tallies.world.roles[requirement].demand.minutes is not None
            ):
                return None, []
            starts.append(start)
            at = next(
                (
                    n
                    for n, entry in enumerate(table)
                    if (entry.resource, entry.requirement) == (resource, requirement)
                ),
                None,
            )
            if at is None:
                table.append(TallyEntry(resource, requirement, units, start))
            else:
                table[at] = table[at]._replace(quantity=table[at].quantity + units)
        return table, starts

    def _start(self, resource: str, requirement: str) -> datetime | None:
        demand = self._tallies.world.roles[requirement].demand
        if demand.minutes is None:
            return None
        if demand.id in self._starts:
            return self._starts[demand.id]
        lists = self._instance.lists
        who = lists.resources[lists.left[resource]]
        for place in lists.places[requirement]:
            slot = lists.slots[place]
            if slot.start is not None and not broken(lists, who, slot):
                return moment(slot.start)
        return None
