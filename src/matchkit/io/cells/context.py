"""What a cell does not say and a file, a mapping or a user does: the zone, the dates, the order of day and month, own words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from matchkit.errors import InputError
from matchkit.io.told import complaint

LONGEST_WORD: Final = 200
MOST_KEPT: Final = 100_000
"""So many readings are kept before the memory is given back."""


@dataclass(frozen=True, eq=False)
class Context:
    """What readings of cells rest on besides the cell; make one for all cells of a problem, as it remembers what it read.

    ``zone`` is the IANA name of the clocks that times without an offset are read from, ``first`` and ``last`` are the dates between
    which weekly patterns hold. ``day_first`` says that 03/04/2026 is the third of April. ``words`` says what the user's own
    words mean, each in words that can be read: ``{"战时": "2022-07-09 00:00/2022-07-16 00:00"}``; in double quotes such a word is itself,
    as it is in ids, names of records and notes. ``parts`` adds parts of the day to the known ones or replaces them:
    ``{"晚上": ("18:00", "22:00")}``. Raises InputError where one of these is not so.
    """

    zone: str | None = None
    first: date | None = None
    last: date | None = None
    day_first: bool | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    known: dict[tuple[str, Any], Any] = field(default_factory=dict, init=False, repr=False)
    """Readings of texts so far, by kind and text; not part of what the context says."""
    own_words: Mapping[str, str] = field(default_factory=dict, init=False, repr=False)
    """``words`` by how they are looked up."""
    own_parts: Mapping[str, tuple[str, str]] = field(default_factory=dict, init=False, repr=False)
    """``parts`` by how they are looked up."""

    def __post_init__(self) -> None:
        from matchkit.io.cells.settings import checked

        faults, own_words, own_parts = checked(self)
        if faults:
            raise InputError([complaint(where, fact.text, advice.text) for where, fact, advice in faults])
        object.__setattr__(self, "own_words", own_words)
        object.__setattr__(self, "own_parts", own_parts)

    def keep(self, kind: str, cell: object, result: object) -> None:
        """Remembers what a cell of a kind came to."""
        if len(self.known) >= MOST_KEPT:
            self.known.clear()
        self.known[kind, cell] = result

    def word(self, text: str) -> str:
        """What a text means by the user's own words, or the text itself."""
        return self.own_words.get(looked_up(text), text) if self.own_words else text


def looked_up(text: str) -> str:
    """How own words and parts of the day are looked up: in normal form, without case."""
    return " ".join(unicodedata.normalize("NFKC", text[:LONGEST_WORD]).casefold().split())
