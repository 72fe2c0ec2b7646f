"""Arguments of functions on files that are of another type or no word that is known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matchkit.errors import Complaint, InputError
from matchkit.messages.message import LANGUAGES, Message
from matchkit.model.fault import another_type


def path_of(given: Any) -> Path:
    """What was given as a path. Raises InputError where it is neither text nor a path; bytes do not say which
    letters they are.
    """
    try:
        return Path(given)
    except TypeError:
        wrong = another_type("path", given, Message("argument.path.do"))
    raise InputError([wrong])


def not_among(name: str, given: object, known: Sequence[str]) -> list[Complaint]:
    """One complaint where the argument is none of the known words, else none."""
    if isinstance(given, str) and given in known:
        return []
    advice = Message.of("argument.word.do", known=tuple(known))
    return [Complaint(name, Message("argument.word"), advice)]


def no_language(given: object) -> list[Complaint]:
    """One complaint where ``lang`` is no language of the messages, else none."""
    return not_among("lang", given, LANGUAGES)
