"""The settings of a context are the user's own words, too: checked once, before any cell is read."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any, Final

from matchkit.messages.message import Message
from matchkit.model.weekly import clock
from matchkit.tables.cells.zone_names import zone_named

LONGEST_WORD: Final = 200
MOST_WORDS: Final = 10_000
LONGEST_MEANING: Final = 2_000
Faults = list[tuple[str, Message, Message]]
"""Names of settings, each with what is wrong and what to do."""


def looked_up(text: str) -> str:
    """How own words and parts of the day are looked up: in normal form, without case."""
    return " ".join(unicodedata.normalize("NFKC", text[:LONGEST_WORD]).casefold().split())


def faults_of(zone: Any, first: Any, last: Any, day_first: Any) -> Faults:
    """What is wrong with the zone, the dates and the order of day and month; what is None is not set."""
    faults: Faults = []
    if zone is not None and zone_named(zone) is None:
        faults.append(("zone", Message("cell.zone"), Message("cell.accepts.zone")))
    for name, day in (("first", first), ("last", last)):
        if day is not None and type(day) is not date:
            faults.append((name, Message("cell.date.not"), Message("cell.accepts.date")))
    if day_first is not None and type(day_first) is not bool:
        faults.append(
            ("day_first", Message("cell.setting.yes_no"), Message("cell.accepts.yes_no"))
        )
    if not faults and first and last and last < first:
        faults.append(("last", Message("cell.setting.order"), Message("cell.accepts.date")))
    return faults


def checked_words(words: Any, faults: Faults) -> dict[str, str]:
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


def checked_parts(parts: Any, faults: Faults) -> dict[str, tuple[str, str]]:
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
        faults.append(("parts", Message("cell.setting.parts"), Message("cell.accepts.parts")))
        return {}
    return found
