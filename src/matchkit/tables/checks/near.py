"""Names that are near to each other: the same but for script, accents, blanks and marks; one within the
other; few letters apart.

Characters that look alike stand for one another in warnings only (as Unicode Technical Standard 39 means its
skeletons): names are never made one by them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from matchkit.model.text import key
from matchkit.tables.vocabulary.words import pattern, words

_LOOKS_LATIN = "аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕsԁdһhԛqԝwɡgαaβbεeηnιiκkνvοoρpτtυuχxγy"
_ALIKE: Final = (*words("letters", "variants"), *_LOOKS_LATIN)
LOOKS_LIKE: Final = str.maketrans(dict(zip(_ALIKE[::2], _ALIKE[1::2], strict=True)))
"""By its code point, what a character is taken for where names are compared by sight."""

MOST_NEAR: Final = 3
"""So many near names are told."""
COMPARED: Final = 200
"""With so many names, those that share most with it, a name is compared letter by letter."""

_MARKS = re.compile(r"[\s\-‐-―_.·•・'’]")
HAN: Final = pattern("[<<letters.dense>>]")
"""A Han character."""


@lru_cache(100_000)
def bare(name: str) -> str:
    """The name without what sight hardly tells apart: letter case, accents, traditional or simplified forms,
    other scripts' like letters.

    Where it has no digit, blanks, hyphens and points are left out, too.
    """
    text = unicodedata.normalize("NFKD", key(name))
    text = "".join(one for one in text if not unicodedata.combining(one)).translate(
        LOOKS_LIKE
    )
    return text if any(map(str.isdigit, text)) else _MARKS.sub("", text) or text


def distance(one: str, other: str, most: int) -> int:
    """How many letters must be put in, left out, changed or swapped with the next (Damerau 1964); ``most`` +
    1 where it is more.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, beside in enumerate(other, 1):
            cost = min(
                before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != beside)
            )
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == beside:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


class NearNames:
    """Names among which those near to another are looked for."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))
        self._bare = [bare(name) for name in self._names]
        self._holders: dict[str, list[int]] = {}
        for number, text in enumerate(self._bare):
            for piece in _pieces(text):
                self._holders.setdefault(piece, []).append(number)

    def of(self, name: str) -> tuple[str, ...]:
        """Up to three of the names that are near to this one, the nearest first."""
        text = bare(name)
        shared: dict[int, int] = {}
        for piece in _pieces(text):
            for number in self._holders.get(piece, ()):
                shared[number] = shared.get(number, 0) + 1
        likely = sorted(
            shared,
            key=lambda number: (
                -2 * shared[number] / (len(text) + len(self._bare[number])),
                number,
            ),
        )[:COMPARED]
        ranked = sorted(
            (rank, self._names[number])
            for number in likely
            if (rank := _rank(text, self._bare[number])) is not None
        )
        return tuple(near for _, near in ranked[:MOST_NEAR])


def _pieces(text: str) -> set[str]:
    """What near names share some of: each Han character, and each two letters in a row."""
    return (
        set(HAN.findall(text))
        | {text[at : at + 2] for at in range(len(text) - 1)}
        | ({text} if len(text) == 1 else set())
    )


def _rank(one: str, other: str) -> tuple[int, int] | None:
    """How near two bare names are, the least first; None where they are not."""
    if one == other:
        return 0, 0
    short, long = sorted((one, other), key=len)
    han = HAN.search(one) is not None and HAN.search(other) is not None
    if short in long and len(short) >= (2 if han else 3):
        return 1, len(long) - len(short)
    most = (
        0
        if han and len(short) < 3
        else 1
        if len(short) < 6
        else 2
        if len(short) < 12
        else 3
    )
    if not han and len(short) < 3:
        most = 0
    if most and (apart := distance(one, other, most)) <= most:
        return 2, apart
    begins = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        len(short),
    )
    if begins >= (2 if han else 4) and 5 * begins >= 3 * len(short):
        return 3, len(long) - begins  # nurse, nursing
    if han and len(set(short) & set(long)) * 2 > len(set(short)) >= 2:
        return 4, len(long)  # 急救护理, 护理急救
    return None
