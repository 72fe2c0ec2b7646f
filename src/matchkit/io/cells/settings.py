"""The settings of a context are the user's own words, too: checked once, before any cell is read."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from matchkit.io.cells.context import LONGEST_WORD, looked_up
from matchkit.io.cells.reading import Note, note
from matchkit.io.cells.text import zones
from matchkit.model.weekly import CLOCK

if TYPE_CHECKING:
    from matchkit.io.cells.context import Context

MOST_WORDS: Final = 10_000
LONGEST_MEANING: Final = 2_000
Faults = list[tuple[str, Note, Note]]


def checked(context: Context) -> tuple[Faults, dict[str, str], dict[str, tuple[str, str]]]:
    """The faults of a context, and its words and parts of the day as they are looked up."""
    faults: Faults = []
    if context.zone is not None:
        try:
            zones().validate_python(context.zone)
        except ValidationError:
            faults.append(("zone", Note("cell.zone"), Note("cell.accepts.zone")))
    for name in ("first", "last"):
        day: Any = getattr(context, name)
        if day is not None and type(day) is not date:
            faults.append((name, Note("cell.date.not"), Note("cell.accepts.date")))
    if context.day_first is not None and type(context.day_first) is not bool:
        faults.append(("day_first", Note("cell.setting.yes_no"), Note("cell.accepts.yes_no")))
    if not faults and context.first and context.last and context.last < context.first:
        faults.append(("last", Note("cell.setting.order"), Note("cell.accepts.date")))
    return faults, _words(context, faults), _parts(context, faults)


def _words(context: Context, faults: Faults) -> dict[str, str]:
    words: Any = context.words
    texts = {word: meaning for word, meaning in words.items() if isinstance(word, str) and isinstance(meaning, str)}
    if (
        len(texts) < len(words)
        or len(words) > MOST_WORDS
        or any(len(word) > LONGEST_WORD or len(meaning) > LONGEST_MEANING for word, meaning in texts.items())
    ):
        faults.append(("words", Note("cell.setting.words"), note("cell.accepts.own_words", most=MOST_WORDS)))
        return {}
    return {looked_up(word): meaning for word, meaning in texts.items()}


def _parts(context: Context, faults: Faults) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    entries: Any = context.parts.items()
    for part, hours in entries:
        if isinstance(part, str) and isinstance(hours, tuple | list) and len(hours) == 2 and all(isinstance(hour, str) for hour in hours):
            start, end = hours
            if re.fullmatch(CLOCK, start) and (end == "24:00" or re.fullmatch(CLOCK, end)):
                found[looked_up(part)] = (start, end)
                continue
        faults.append(("parts", Note("cell.setting.parts"), Note("cell.accepts.parts")))
        return {}
    return found
