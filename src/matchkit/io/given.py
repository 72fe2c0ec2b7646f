"""Arguments of the doors to files, where they are not even of the right type or no word that is known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matchkit.errors import Complaint, InputError
from matchkit.messages.catalogue import LANGUAGES


def path_of(given: Any) -> Path:
    """What was given as a path. Raises InputError where it is neither text nor a path; bytes do not say which
    letters they are.
    """
    try:
        return Path(given)
    except TypeError:
        fact, advice = (
            f"is of type {type(given).__name__}",
            "Give the name of a file or folder as text, or a Path",
        )
    raise InputError([Complaint("path", fact, advice)])


def not_among(name: str, given: object, known: Sequence[str]) -> list[Complaint]:
    """One complaint where the argument is none of the known words, else none."""
    known_word = isinstance(given, str) and given in known
    return (
        []
        if known_word
        else [Complaint(name, "is not one of the known words", f"Use one of: {', '.join(known)}")]
    )


def no_language(given: object) -> list[Complaint]:
    """One complaint where ``lang`` is no language of the messages, else none."""
    return not_among("lang", given, LANGUAGES)
