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
from matchkit.tables.vocabulary.words import by_word

PlainCell = str | int | float | None


@dataclass(frozen=True, slots=True)
class CellKind:
    """How cells of a kind are read and written.

    ``accepts`` is the message on what they accept. A ``literal`` kind holds text in which own words mean
    nothing and blanks are kept. Where ``nothing`` holds, words for nothing (无, none) are an empty cell;
    elsewhere they would say too many things.
    """

    read: Callable[[Plain, Context, Doubts], Any]
    write: Callable[[Any, AsItem], PlainCell]
    accepts: Message
    literal: bool = False
    nothing: bool = False


def _as_it_is(value: Any, as_item: AsItem) -> PlainCell:  # noqa: ARG001 - all writers take the same
    return value  # type: ignore[no-any-return]


def _named(value: str, as_item: AsItem) -> PlainCell:
    return as_item(value)


def _by(write: Callable[[Any], PlainCell]) -> Callable[[Any, AsItem], PlainCell]:
    return lambda value, as_item: write(value)  # noqa: ARG005 - all writers take the same


def _words(table: dict[str, str]) -> CellKind:
    return CellKind(chosen.reader(table), _as_it_is, chosen.accepted(table))


def _sharing(table: dict[str, str]) -> CellKind:
    also = {"depth 1": "depth 1"}
    return CellKind(chosen.sharing(table), _as_it_is, chosen.accepted(table | also))


CHOICES: Final = (
    "counting",
    "per",
    "measure",
    "even",
    "load_by",
    "fair_rule",
    "ranker",
    "others",
    "channel",
    "stable",
    "choice",
    "proposing",
    "among",
    "history_measure",
)
"""Kinds that hold a word of the vocabulary's choices of that name."""

KINDS: Final[Mapping[str, CellKind]] = {
    "id": CellKind(
        text.read_id, _named, Message("cell.accepts.id"), literal=True, nothing=True
    ),
    "name": CellKind(
        text.read_name, _named, Message("cell.accepts.text"), literal=True, nothing=True
    ),
    "personal": CellKind(
        text.read_name, _named, Message("cell.accepts.text"), literal=True, nothing=True
    ),
    "note": CellKind(
        text.read_note, _named, Message("cell.accepts.text"), literal=True
    ),
    "zone": CellKind(text.read_zone, _as_it_is, Message("cell.accepts.zone")),
    "kind": CellKind(
        chosen.read_kind, _named, Message("cell.accepts.text"), nothing=True
    ),
    "ids": CellKind(
        lists.read_ids,
        lists.write_names,
        Message("cell.accepts.ids"),
        literal=True,
        nothing=True,
    ),
    "names": CellKind(
        lists.read_names, lists.write_names, Message("cell.accepts.names"), nothing=True
    ),
    "whole": CellKind(numbers.read_whole, _as_it_is, Message("cell.accepts.whole")),
    "minutes": CellKind(
        amounts.read_minutes,
        _by(amounts.write_minutes),
        Message("cell.accepts.minutes"),
    ),
    "points": CellKind(numbers.read_whole, _as_it_is, Message("cell.accepts.whole")),
    "km": CellKind(
        numbers.read_measure, _by(numbers.write_number), Message("cell.accepts.number")
    ),
    "degrees": CellKind(
        degrees.reader(""), _by(numbers.write_number), Message("cell.accepts.degrees")
    ),
    "latitude": CellKind(
        degrees.reader("lat"),
        _by(numbers.write_number),
        Message("cell.accepts.degrees"),
    ),
    "longitude": CellKind(
        degrees.reader("lon"),
        _by(numbers.write_number),
        Message("cell.accepts.degrees"),
    ),
    "place": CellKind(
        degrees.read_place, _by(degrees.write_place), Message("cell.accepts.place")
    ),
    "head_count": CellKind(
        amounts.read_head_count,
        _by(amounts.write_head_count),
        Message("cell.accepts.head_count"),
    ),
    "tier": CellKind(chosen.read_tier, _as_it_is, Message("cell.accepts.tier")),
    "yes_no": CellKind(
        chosen.read_yes_no, _by(chosen.write_yes_no), chosen.accepted(YES_NO)
    ),
    "mode_offered": _words(chosen.MODE_OFFERED),
    "mode_asked": _words(chosen.MODE_ASKED),
    "fair": _sharing(by_word("choices", "fair")),
    "sharing": _sharing(chosen.SHARERS),
    "ranked": _words(chosen.SHARERS),
    **{name: _words(by_word("choices", name)) for name in CHOICES},
    "ratio": CellKind(
        numbers.read_ratio, _by(numbers.write_ratio), Message("cell.accepts.ratio")
    ),
    "rule": _words(chosen.RULES),
    "skills": CellKind(
        skills.read_skills,
        skills.write_skills,
        Message("cell.accepts.skills"),
        nothing=True,
    ),
    "needs": CellKind(
        skills.read_needs,
        skills.write_needs,
        Message("cell.accepts.needs"),
        nothing=True,
    ),
    "skill_counts": CellKind(
        skills.read_skill_counts,
        skills.write_skill_counts,
        Message("cell.accepts.skill_counts"),
        nothing=True,
    ),
    "senior": CellKind(
        skills.read_senior,
        skills.write_skill,
        Message("cell.accepts.senior"),
        nothing=True,
    ),
    "loads": CellKind(
        lists.read_loads, lists.write_loads, Message("cell.accepts.loads"), nothing=True
    ),
    "preferences": CellKind(
        lists.read_preferences,
        lists.write_preferences,
        Message("cell.accepts.preferences"),
        nothing=True,
    ),
    "times": CellKind(
        times.read_times, times.write_times, Message("cell.accepts.times")
    ),
    "date": CellKind(
        dates.read_date, _by(date.isoformat), Message("cell.accepts.date")
    ),
}
