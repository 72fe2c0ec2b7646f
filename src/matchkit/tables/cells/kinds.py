"""The kinds of columns: how a cell of each is read and written, and what it accepts. A new kind costs one
line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from matchkit.messages.message import Message
from matchkit.tables.cells import (
    amounts,
    chosen,
    dates,
    degrees,
    lists,
    numbers,
    skills,
    text,
    times,
)
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.lists import AsItem
from matchkit.tables.cells.plain import YES_NO, Plain
from matchkit.tables.cells.reading import Doubts

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Kind:
    """How cells of a kind are read and written.

    ``accepts`` is the message on what they accept. A ``literal`` kind holds text in which own words mean
    nothing and blanks are kept. Where ``nothing`` holds, words for nothing (无, none) are an empty cell;
    elsewhere they would say too many things.
    """

    read: Callable[[Plain, Context, Doubts], Any]
    write: Callable[[Any, AsItem], Cell]
    accepts: Message
    literal: bool = False
    nothing: bool = False


def _as_it_is(value: Any, as_item: AsItem) -> Cell:  # noqa: ARG001 - all writers take the same
    return value  # type: ignore[no-any-return]


def _named(value: str, as_item: AsItem) -> Cell:
    return as_item(value)


def _by(write: Callable[[Any], Cell]) -> Callable[[Any, AsItem], Cell]:
    return lambda value, as_item: write(value)  # noqa: ARG005 - all writers take the same


def _words(table: dict[str, str]) -> Kind:
    return Kind(chosen.reader(table), _as_it_is, chosen.accepted(table))


KINDS: Final[Mapping[str, Kind]] = {
    "id": Kind(text.read_id, _named, Message("cell.accepts.id"), literal=True, nothing=True),
    "name": Kind(
        text.read_name, _named, Message("cell.accepts.text"), literal=True, nothing=True
    ),
    "personal": Kind(
        text.read_name, _named, Message("cell.accepts.text"), literal=True, nothing=True
    ),
    "note": Kind(text.read_note, _named, Message("cell.accepts.text"), literal=True),
    "zone": Kind(text.read_zone, _as_it_is, Message("cell.accepts.zone")),
    "kind": Kind(chosen.read_kind, _named, Message("cell.accepts.text"), nothing=True),
    "ids": Kind(
        lists.read_ids,
        lists.write_names,
        Message("cell.accepts.ids"),
        literal=True,
        nothing=True,
    ),
    "names": Kind(
        lists.read_names, lists.write_names, Message("cell.accepts.names"), nothing=True
    ),
    "whole": Kind(numbers.read_whole, _as_it_is, Message("cell.accepts.whole")),
    "minutes": Kind(
        amounts.read_minutes, _by(amounts.write_minutes), Message("cell.accepts.minutes")
    ),
    "points": Kind(numbers.read_whole, _as_it_is, Message("cell.accepts.whole")),
    "km": Kind(numbers.read_measure, _by(numbers.write_number), Message("cell.accepts.number")),
    "degrees": Kind(
        degrees.reader(""), _by(numbers.write_number), Message("cell.accepts.degrees")
    ),
    "latitude": Kind(
        degrees.reader("lat"), _by(numbers.write_number), Message("cell.accepts.degrees")
    ),
    "longitude": Kind(
        degrees.reader("lon"), _by(numbers.write_number), Message("cell.accepts.degrees")
    ),
    "place": Kind(degrees.read_place, _by(degrees.write_place), Message("cell.accepts.place")),
    "head_count": Kind(
        amounts.read_head_count,
        _by(amounts.write_head_count),
        Message("cell.accepts.head_count"),
    ),
    "tier": Kind(chosen.read_tier, _as_it_is, Message("cell.accepts.tier")),
    "yes_no": Kind(chosen.read_yes_no, _by(chosen.write_yes_no), chosen.accepted(YES_NO)),
    "mode_offered": _words(chosen.MODE_OFFERED),
    "mode_asked": _words(chosen.MODE_ASKED),
    "counting": _words(chosen.COUNTING),
    "per": _words(chosen.PER),
    "measure": _words(chosen.MEASURE),
    "rule": _words(chosen.RULES),
    "skills": Kind(
        skills.read_skills, skills.write_skills, Message("cell.accepts.skills"), nothing=True
    ),
    "needs": Kind(
        skills.read_needs, skills.write_needs, Message("cell.accepts.needs"), nothing=True
    ),
    "skill_counts": Kind(
        skills.read_skill_counts,
        skills.write_skill_counts,
        Message("cell.accepts.skill_counts"),
        nothing=True,
    ),
    "senior": Kind(
        skills.read_senior, skills.write_skill, Message("cell.accepts.senior"), nothing=True
    ),
    "loads": Kind(
        lists.read_loads, lists.write_loads, Message("cell.accepts.loads"), nothing=True
    ),
    "preferences": Kind(
        lists.read_preferences,
        lists.write_preferences,
        Message("cell.accepts.preferences"),
        nothing=True,
    ),
    "times": Kind(times.read_times, times.write_times, Message("cell.accepts.times")),
    "date": Kind(dates.read_date, _by(date.isoformat), Message("cell.accepts.date")),
}
