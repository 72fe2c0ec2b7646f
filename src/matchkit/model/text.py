"""Ids and names: one normal form on entry, so that later comparison is plain equality.

NFKC makes full-width and compatibility forms equal (Unicode Standard Annex 15). What NFKC leaves apart but
nobody can see (zero-width, direction marks, control characters, lone surrogates) is refused, not guessed.
"""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

from matchkit.model.fault import RecordFault

LONGEST = 200
"""Most characters of an id or a name, before and after normalisation."""

# Default-ignorable characters outside category Cf (Unicode DerivedCoreProperties), which print as nothing.
_INVISIBLE = frozenset(
    {
        0x034F,
        0x115F,
        0x1160,
        0x17B4,
        0x17B5,
        0x2065,
        0x3164,
        0xFFA0,
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE10),
        *range(0xE0000, 0xE1000),
    }
)
_PRINTS_AS_NOTHING = frozenset(map(chr, _INVISIBLE))


def _is_normal(text: str) -> bool:
    """Whether text is in normal form already: a few checks at the speed of C, true of almost every text."""
    return (
        text.isprintable()
        and (
            text.isascii()
            or (
                unicodedata.is_normalized("NFKC", text)
                and _PRINTS_AS_NOTHING.isdisjoint(text)
            )
        )
        and text[:1] not in ("", " ")
        and text[-1] != " "
        and "  " not in text
    )


def _visible(text: str) -> str:
    for character in text:
        code = ord(character)
        if (
            unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
            or code in _INVISIBLE
        ):
            raise RecordFault("invisible", code=f"U+{code:04X}")
    return text


def _composed(text: str) -> str:
    if _is_normal(text):
        return text
    result = text if text.isascii() else unicodedata.normalize("NFKC", text)
    result = " ".join(_visible(result.strip()).split())
    if not result:
        raise RecordFault("empty")
    return result


def normal(text: str) -> str:
    """The normal form of an id or a name: NFKC, outer blanks removed, inner runs of blanks made one.

    Raises ValueError where a character is invisible or a control, or nothing is left, or it is too long.
    """
    if len(text) > LONGEST:
        raise RecordFault("letters", count=len(text), most=LONGEST)
    result = _composed(text)
    if len(result) > LONGEST:
        raise RecordFault("letters.normal", count=len(result), most=LONGEST)
    return result


def key(name: str) -> str:
    """What two names are compared by: the normal form without letter case; the key of a key is itself.

    It may be longer than a name may be (the sharp s folds to two letters).
    """
    return unicodedata.normalize("NFKC", _composed(name).casefold())


def key_of(name: object) -> str | None:
    """The key of what may be a name; None where it is none: no text, or nothing visible."""
    if not isinstance(name, str):
        return None
    try:
        return key(name)
    except RecordFault:
        return None


Id = Annotated[
    str,
    Field(max_length=LONGEST, json_schema_extra={"minLength": 1}),
    AfterValidator(normal),
]
"""An id in normal form; two ids of one list may not differ in letter case only."""

Name = Annotated[
    str,
    Field(max_length=LONGEST, json_schema_extra={"minLength": 1}),
    AfterValidator(normal),
]
"""A name to compare by ``key`` (skill, kind, category) and to show as written."""

PersonalName = Annotated[
    str,
    Field(max_length=LONGEST, json_schema_extra={"minLength": 1, "personal": True}),
    AfterValidator(normal),
]
"""A name that may identify a person: never in an error, a log or a public list."""

Label = Annotated[
    str, Field(max_length=LONGEST * 8, json_schema_extra={"minLength": 1})
]
"""What a message or a plan calls a rule: its own id, or its kind with the ids it names."""
