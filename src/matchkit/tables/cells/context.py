"""What a cell does not say and a file, a mapping or a user does: the zone, the dates, the order of day and
month, own words. All of it is checked once, before any cell is read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from matchkit.errors import Complaint, InputError
from matchkit.messages.message import Message
from matchkit.model.time import Zone
from matchkit.model.weekly import clock


@cache
def _names() -> TypeAdapter[Any]:
    return TypeAdapter(Zone)


def zone_named(name: Any) -> str | None:
    """The name as the records hold it; None where it is no zone's."""
    try:
        return str(_names().validate_python(name))
    except ValidationError:
        return None


LONGEST_WORD: Final = 200
MOST_WORDS: Final = 10_000
LONGEST_MEANING: Final = 2_000
SettingFaults = list[tuple[str, Message, Message]]
"""Names of settings, each with what is wrong and what to do."""


def looked_up(text: str) -> str:
    """How own words and parts of the day are looked up: in normal form, without case."""
    return " ".join(
        unicodedata.normalize("NFKC", text[:LONGEST_WORD]).casefold().split()
    )


def faults_of(zone: Any, first: Any, last: Any, day_first: Any) -> SettingFaults:
    """What is wrong with the zone, the dates and the order of day and month; what is None is not set."""
    faults: SettingFaults = []
    if zone is not None and zone_named(zone) is None:
        faults.append(("zone", Message("cell.zone"), Message("cell.accepts.zone")))
    for name, day in (("first", first), ("last", last)):
        if day is not None and type(day) is not date:
            faults.append(
                (name, Message("cell.date.not"), Message("cell.accepts.date"))
            )
    if day_first is not None and type(day_first) is not bool:
        faults.append(
            (
                "day_first",
                Message("cell.setting.yes_no"),
                Message("cell.accepts.yes_no"),
            )
        )
    if not faults and first and last and last < first:
        faults.append(
            ("last", Message("cell.setting.order"), Message("cell.accepts.date"))
        )
    return faults


def checked_words(words: Any, faults: SettingFaults) -> dict[str, str]:
    """Own words by how they are looked up; none, and a fault more, where one of them is none."""
    texts = {
        word: meaning
        for word, meaning in words.items()
        if isinstance(word, str) and isinstance(meaning, str)
    }
    if (
        len(texts) < len(words)
        or len(words) > MOST_WORDS
        or any(
            len(word) > LONGEST_WORD or len(meaning) > LONGEST_MEANING
            for word, meaning in texts.items()
        )
    ):
        faults.append(
            (
                "words",
                Message("cell.setting.words"),
                Message.of("cell.accepts.own_words", most=MOST_WORDS),
            )
        )
        return {}
    return {looked_up(word): meaning for word, meaning in texts.items()}


def checked_parts(parts: Any, faults: SettingFaults) -> dict[str, tuple[str, str]]:
    """Own parts of the day by how they are looked up; none, and a fault more, where one of them is none."""
    found: dict[str, tuple[str, str]] = {}
    for part, hours in parts.items():
        if (
            isinstance(part, str)
            and isinstance(hours, tuple | list)
            and len(hours) == 2
            and all(isinstance(hour, str) for hour in hours)
        ):
            try:
                start, end = clock(hours[0]), clock(hours[1], "24:00")
            except ValueError:
                start = end = ""
            if start != end:
                found[looked_up(part)] = (start, end)
                continue
        faults.append(
            ("parts", Message("cell.setting.parts"), Message("cell.accepts.parts"))
        )
        return {}
    return found


MOST_KEPT: Final = 100_000
"""So many readings are kept before the memory is given back."""


@dataclass(frozen=True, eq=False)
class Context:
    """What readings of cells rest on besides the cell; make one for all cells of a problem, as it remembers
    what it read.

    ``zone`` is the IANA name of the clocks that times without an offset are read from, ``first`` and ``last``
    are the dates between which weekly patterns hold. ``day_first`` says that 03/04/2026 is the third of
    April. ``words`` says what the user's own words mean, each in words that can be read: ``{"战时":
    "2022-07-09 00:00/2022-07-16 00:00"}``; in double quotes such a word is itself, as it is in ids, names of
    records and notes. ``parts`` adds parts of the day to the known ones or replaces them: ``{"晚上":
    ("18:00", "22:00")}``. ``joined`` are the keys of names of skills that are several, joined by a mark;
    ``doubted`` those of names that may be several; ``declared`` those of names that are skills whatever they
    look like: all three are what the other cells say. Raises InputError where an entry is not so.
    """

    zone: str | None = None
    first: date | None = None
    last: date | None = None
    day_first: bool | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    joined: frozenset[str] = frozenset()
    doubted: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()
    _own_words: Mapping[str, str] = field(default_factory=dict, init=False, repr=False)
    _own_parts: Mapping[str, tuple[str, str]] = field(
        default_factory=dict, init=False, repr=False
    )
    _kept: dict[tuple[str, str], Any] = field(
        default_factory=dict, init=False, repr=False
    )
    """Readings of texts so far, by kind and text; not part of what the context says."""

    def __post_init__(self) -> None:
        faults = faults_of(self.zone, self.first, self.last, self.day_first)
        object.__setattr__(self, "_own_words", checked_words(self.words, faults))
        object.__setattr__(
            self, "_own_parts", MappingProxyType(checked_parts(self.parts, faults))
        )
        if faults:
            raise InputError(
                [Complaint(where, fact, advice) for where, fact, advice in faults]
            )
        object.__setattr__(
            self, "zone", None if self.zone is None else zone_named(self.zone)
        )

    def kept(self, kind: str, text: str) -> Any:
        """What a text in a cell of a kind came to before, or None."""
        return self._kept.get((kind, text))

    def keep(self, kind: str, text: str, result: Any) -> None:
        """Remembers what a text in a cell of a kind came to."""
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[kind, text] = result

    def word(self, text: str) -> str:
        """What a text means by the user's own words, or the text itself."""
        return self._own_words.get(looked_up(text), text) if self._own_words else text

    @property
    def own_parts(self) -> Mapping[str, tuple[str, str]]:
        """``parts`` by how they are looked up."""
        return self._own_parts
