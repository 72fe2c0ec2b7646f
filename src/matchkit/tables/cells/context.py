"""What a cell does not say and a file, a mapping or a user does: the zone, the dates, the order of day and
month, own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from matchkit.errors import Complaint, InputError
from matchkit.tables.cells.settings import checked_parts, checked_words, faults_of, looked_up
from matchkit.tables.cells.zone_names import zone_named

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
    _kept: dict[tuple[str, str], Any] = field(default_factory=dict, init=False, repr=False)
    """Readings of texts so far, by kind and text; not part of what the context says."""

    def __post_init__(self) -> None:
        faults = faults_of(self.zone, self.first, self.last, self.day_first)
        object.__setattr__(self, "_own_words", checked_words(self.words, faults))
        object.__setattr__(
            self, "_own_parts", MappingProxyType(checked_parts(self.parts, faults))
        )
        if faults:
            raise InputError([Complaint(where, fact, advice) for where, fact, advice in faults])
        object.__setattr__(self, "zone", None if self.zone is None else zone_named(self.zone))

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
