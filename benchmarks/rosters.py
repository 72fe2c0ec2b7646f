"""Rosters of nurses in the form of schedulingbenchmarks.org: instances from their text, and what a roster
costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

Request = tuple[str, int, str]
"""A nurse, a day (from 0) and a shift."""


@dataclass(frozen=True, slots=True)
class Nurse:
    """Who may work which shifts how often, and the limits on minutes, runs of days and weekends."""

    most: Mapping[str, int]
    """Days on each shift, at most; of a shift with 0 none is allowed."""
    most_minutes: int
    least_minutes: int
    longest_run: int
    shortest_run: int
    shortest_break: int
    most_weekends: int
    off: frozenset[int]
    """Days on which there is no work."""


@dataclass(frozen=True, slots=True)
class Cover:
    """So many nurses asked for, and what one too few and one too many cost."""

    asked: int
    under: int
    over: int


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance; its first day is a Monday."""

    days: int
    minutes: Mapping[str, int]
    """How long each shift lasts."""
    not_after: Mapping[str, tuple[str, ...]]
    """Shifts that cannot be worked on the day after a shift."""
    nurses: Mapping[str, Nurse]
    wishes_on: Mapping[Request, int]
    """What it costs where the shift is not worked."""
    wishes_off: Mapping[Request, int]
    """What it costs where it is."""
    cover: Mapping[tuple[int, str], Cover]


Roster = Mapping[tuple[str, int], str]
"""The shift that a nurse works on a day; none on days that are not listed."""


def instance_of(text: str) -> Instance:
    """The instance that a text describes: sections of lines, values parted by commas."""
    sections: dict[str, list[list[str]]] = {}
    lines: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("SECTION_"):
            lines = sections.setdefault(line.strip().removeprefix("SECTION_"), [])
        elif line.strip() and not line.startswith("#"):
            lines.append([value.strip() for value in line.split(",")])
    off = {who: map(int, days) for who, *days in sections["DAYS_OFF"]}
    return Instance(
        days=int(sections["HORIZON"][0][0]),
        minutes={shift: int(long) for shift, long, _ in sections["SHIFTS"]},
        not_after={
            shift: tuple(filter(None, others.split("|")))
            for shift, _, others in sections["SHIFTS"]
        },
        nurses={
            who: Nurse(
                {
                    shift: int(times)
                    for shift, times in (part.split("=") for part in most.split("|"))
                },
                *map(int, limits),
                frozenset(off.get(who, ())),
            )
            for who, most, *limits in sections["STAFF"]
        },
        wishes_on=_wishes(sections["SHIFT_ON_REQUESTS"]),
        wishes_off=_wishes(sections["SHIFT_OFF_REQUESTS"]),
        cover={
            (int(day), shift): Cover(*map(int, amounts))
            for day, shift, *amounts in sections["COVER"]
        },
    )


def _wishes(lines: list[list[str]]) -> dict[Request, int]:
    return {(who, int(day), shift): int(weight) for who, day, shift, weight in lines}


def penalty(given: Instance, roster: Roster) -> int:
    """What a roster costs. Raises ValueError for one that is not allowed, which says why."""
    for who, nurse in given.nurses.items():
        for reason in _broken(given, who, nurse, roster):
            raise ValueError(f"nurse {who} {reason}")
    at_work: dict[tuple[int, str], int] = {}
    for (_, day), shift in roster.items():
        at_work[day, shift] = at_work.get((day, shift), 0) + 1
    cost = 0
    for (who, day, shift), weight in given.wishes_on.items():
        cost += weight * (roster.get((who, day)) != shift)
    for (who, day, shift), weight in given.wishes_off.items():
        cost += weight * (roster.get((who, day)) == shift)
    for place, cover in given.cover.items():
        there = at_work.get(place, 0)
        cost += cover.under * max(0, cover.asked - there)
        cost += cover.over * max(0, there - cover.asked)
    return cost


def _broken(given: Instance, who: str, nurse: Nurse, roster: Roster) -> Iterator[str]:
    """Which limits a nurse's days break."""
    days = range(given.days)
    worked = [roster.get((who, day)) for day in days]
    kinds = [shift for shift in worked if shift is not None]
    for shift, most in nurse.most.items():
        if kinds.count(shift) > most:
            yield f"works {shift} more than {most} times"
    minutes = sum(given.minutes[shift] for shift in kinds)
    if not nurse.least_minutes <= minutes <= nurse.most_minutes:
        yield f"works {minutes} minutes"
    for day, (shift, after) in enumerate(pairwise(worked)):
        if shift is not None and after in given.not_after[shift]:
            yield f"works {after} after {shift} of day {day}"
    for day in sorted(nurse.off):
        if worked[day] is not None:
            yield f"works on day {day}"
    first = 0
    for at_work, group in groupby(shift is not None for shift in worked):
        last = first + len(list(group))
        # What lies before and after the days is not known: there a run may go on.
        inside = first > 0 and last < given.days
        if at_work and last - first > nurse.longest_run:
            yield f"works too many days in a row from day {first}"
        if inside and last - first < (
            nurse.shortest_run if at_work else nurse.shortest_break
        ):
            yield f"has too few days in a row from day {first}"
        first = last
    weekends = {
        day // 7 for day in days if day % 7 in (5, 6) and worked[day] is not None
    }
    if len(weekends) > nurse.most_weekends:
        yield f"works on {len(weekends)} weekends"
