"""Roster of a plan: who works when, by resource and calendar day; slots filled by kind of work and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from matchkit.compile.times import moment, united
from matchkit.model import Demand
from matchkit.model.text import key
from matchkit.reporting.facts import Facts
from matchkit.reporting.hours import DAY, MOST_SPANS, SECOND, spans

MOST_PEOPLE, MOST_DATES, MOST_KINDS = 40, 35, 12
"""Most rows, columns and kinds of work of a roster."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One time of a demand: when it starts, the days on which it stands, its clock, its length in seconds."""

    start: datetime
    days: tuple[date, ...]
    clock: tuple[str, str]
    seconds: int


@dataclass(frozen=True, slots=True)
class WorkKind:
    """A category of demands (else what a demand is called): its hours where all its shifts have the same
    ones, and slots by day.

    The last of several may stand for all that have no line of their own: it has no name.
    """

    name: str | None
    clock: tuple[str, str] | None
    filled: list[int]
    wanted: list[int]
    total: int
    """Slots filled, a shift of several days counted once."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A resource by number: numbers of kinds of work by day, in the order in which they begin; seconds and
    shifts in all.
    """

    resource: int
    work: list[list[int]]
    seconds: int
    shifts: int


@dataclass(frozen=True, slots=True)
class Roster:
    """Rows by unit and id, days without a gap, kinds of work in the order of their hours.

    ``working`` counts all who work, ``folded`` the kinds without a line of their own, ``later`` the shifts of
    those shown that start after the last day.
    """

    days: list[date]
    rows: list[RosterRow]
    kinds: list[WorkKind]
    working: int
    folded: int
    later: int

    @property
    def is_whole(self) -> bool:
        """Whether everybody who works has a row."""
        return self.working <= len(self.rows)


def roster(facts: Facts) -> Roster | None:
    """The roster of the resources that are no stocks and work at demands with times; None where nobody does.

    Of more than 40 the first by unit and id have a row. Of fewer, those of the same kinds who are free in
    these days and do nothing have one too, if there is room for them all. Of more than 35 days the first are
    shown.
    """
    served = _served(facts)
    people = _by_unit(facts, served)[:MOST_PEOPLE]
    shifts = _shifts(facts, {number for at in people for number in served[at]})
    shown = [one for at in people for number in served[at] for one in shifts[number]]
    if not shown:
        return None
    first, last = min(one.days[0] for one in shown), max(one.days[-1] for one in shown)
    long = min(MOST_DATES, (last - first).days + 1)
    days = [first + at * DAY for at in range(long)]
    people = _with_idle(facts, people, served, days)
    names = {number: key(kind_name(facts.demands[number])) for number in shifts}
    kinds, folded = _kinds(facts, people, shifts, names, days)
    place = {key(kind.name): at for at, kind in enumerate(kinds) if kind.name}
    rows = []
    for at in people:
        own = sorted(
            (one.start, place.get(names[number], len(kinds) - 1), one)
            for number in served.get(at, ())
            for one in shifts[number]
        )
        work = [[kind for _, kind, one in own if day in one.days] for day in days]
        rows.append(RosterRow(at, work, sum(one.seconds for *_, one in own), len(own)))
    later = sum(one.days[0] > days[-1] for one in shown)
    return Roster(days, rows, kinds, len(served), folded, later)


def kind_name(demand: Demand) -> str:
    """What a demand's work is called in a roster: its category, else its name, else its id."""
    return demand.category or demand.name or demand.id


def _served(facts: Facts) -> dict[int, list[int]]:
    """For each resource that is no stock, the demands with times that it serves."""
    served: dict[int, list[int]] = {}
    for entry in facts.plan.assignments:
        at = facts.resource_number[entry.resource]
        number = facts.demand_of[facts.requirement_number[entry.requirement]]
        if not facts.resources[at].is_divisible and facts.demands[number].windows:
            served.setdefault(at, []).append(number)
    return served


def _by_unit(facts: Facts, people: Iterable[int]) -> list[int]:
    return sorted(people, key=lambda at: (facts.unit_of[at], at))


def _shifts(facts: Facts, needed: Collection[int]) -> dict[int, list[Shift]]:
    """The shifts of the demands needed, and of the others as long as they have few times in all."""
    shifts, looked = dict[int, list[Shift]](), 0
    for number in [*sorted(needed), *range(len(facts.demands))]:
        if looked < MOST_SPANS and number not in shifts:
            shifts[number] = _shifts_of(facts, number)
            looked += len(shifts[number])
    return shifts


def _shifts_of(facts: Facts, number: int) -> list[Shift]:
    """The times of a demand, those that touch being one.

    One of at most 24 hours stands on the day on which it starts, a longer one on every day that it touches.
    """
    demand, found = facts.demands[number], list[Shift]()
    times = (
        [(moment(start), moment(end)) for start, end in united(demand.times)]
        if demand.minutes is None
        else spans(facts, number)
    )
    for begin, end in times:
        start, last, until = (
            one.astimezone(facts.zone) for one in (begin, end - SECOND, end)
        )
        more = (last.date() - start.date()).days if end - begin > DAY else 0
        days = tuple(start.date() + at * DAY for at in range(min(more, MOST_DATES) + 1))
        clock = (
            f"{start:%H:%M}",
            ("24:00" if until.date() > last.date() else f"{until:%H:%M}"),
        )
        seconds = int((end - begin).total_seconds())
        found.append(Shift(begin, days, clock, seconds))
    return found


def _with_idle(
    facts: Facts, people: list[int], served: Collection[int], days: Sequence[date]
) -> list[int]:
    """The people, and all of their kinds who do nothing and are free in these days, where there is room."""
    kinds = {key(facts.resources[at].kind) for at in people}
    start, end = (
        datetime.combine(day, time.min, facts.zone) for day in (days[0], days[-1])
    )
    idle = [
        at
        for at, one in enumerate(facts.resources)
        if at not in served and one.capacity and not one.is_divisible
        if key(one.kind) in kinds
        if not one.available
        or any(window.start < end + DAY and start < window.end for window in one.free)
    ]
    room = len(served) + len(idle) <= MOST_PEOPLE
    return _by_unit(facts, [*people, *idle]) if room else people


def _kinds(
    facts: Facts,
    people: Iterable[int],
    shifts: Mapping[int, list[Shift]],
    names: Mapping[int, str],
    days: Sequence[date],
) -> tuple[list[WorkKind], int]:
    """Kinds of work that ask for resources as those with a row, in the order of their usual hours; how many
    have no line of their own, as they ask for the fewest slots.
    """
    asked = {key(facts.resources[at].kind) for at in people}
    column = {day: at for at, day in enumerate(days)}
    slots: dict[str, tuple[list[int], list[int]]] = {}
    clocks: dict[str, list[tuple[str, str]]] = {}
    shown, long, total = dict[str, str](), set[str](), Counter[str]()
    for at, need in enumerate(facts.requirements):
        number = facts.demand_of[at]
        for one in shifts.get(number, ()) if key(need.kind) in asked else ():
            name = names[number]
            long |= {name} if len(one.days) > 1 else set()
            total[name] += facts.filled[at] if one.days[0] in column else 0
            for day in one.days:
                if day in column:
                    filled, wanted = slots.setdefault(
                        name, ([0] * len(days), [0] * len(days))
                    )
                    filled[column[day]] += facts.filled[at]
                    wanted[column[day]] += need.wanted
                    clocks.setdefault(name, []).append(one.clock)
                    shown.setdefault(name, kind_name(facts.demands[number]))
    most = sorted(slots, key=lambda name: (-sum(slots[name][1]), name))
    own = most if len(most) <= MOST_KINDS else most[: MOST_KINDS - 1]
    usual = {name: sorted(clocks[name])[len(clocks[name]) // 2] for name in own}
    kinds = [
        WorkKind(
            shown[name],
            usual[name] if len(set(clocks[name])) == 1 and name not in long else None,
            *slots[name],
            total[name],
        )
        for name in sorted(own, key=lambda name: (usual[name], name))
    ]
    others = most[len(own) :]
    if others:
        filled, wanted = (
            [sum(slots[name][side][at] for name in others) for at in range(len(days))]
            for side in (0, 1)
        )
        whole = sum(total[name] for name in others)
        kinds.append(WorkKind(None, None, filled, wanted, whole))
    return kinds, len(others)
