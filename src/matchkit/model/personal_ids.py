"""Texts that stand where an id should and are none: they may be a name, a telephone number or an address,
which no message repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cached_property
from typing import TYPE_CHECKING, Final

from matchkit.model.base import Record
from matchkit.model.demand import Demand
from matchkit.model.personal import personal_fields
from matchkit.model.resource import Resource
from matchkit.model.text import key

if TYPE_CHECKING:
    from matchkit.model.problem import Problem

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_HAN = re.compile("[\u4e00-\u9fff]{2,}")
HAN_NAME: Final = (2, 3, 4)
"""So many characters has a Chinese name, which stands within other text without a blank."""
DIGITS: Final = 7
"""Texts with so many digits may hold a telephone or identity number."""


def shape(text: str) -> str:
    """The text with every word as one letter and every number as one digit, long ones by their length:
    walker-12 as a-0.
    """
    return _NUMBER.sub(
        lambda found: "0" * (len(found[0]) if len(found[0]) >= DIGITS else 1),
        _WORD.sub("a", text),
    )


class PersonalIds:
    """Which texts that are no id of a problem may be personal: of those nothing is told but where they
    stand.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    def may_be(self, text: str, shapes: Set[str] = frozenset()) -> bool:
        """Whether a text holds an address or a long number, unless its shape is among those of ids, or a name
        of the problem's people.
        """
        if ("@" in text or sum(map(str.isdigit, text)) >= DIGITS) and shape(text) not in shapes:
            return True
        folded = key(text)
        found = _WORD.findall(folded)
        words, joined = frozenset(found), "".join(found)
        if joined in self._by_word or any(
            words <= name or name <= words
            for word in words
            for name in self._by_word.get(word, ())
        ):
            return True
        return any(
            form[at : at + size] in self._by_word
            for form in (folded, joined)
            for at in range(len(form))
            for size in HAN_NAME
            if _HAN.match(form, at)
        )

    @cached_property
    def _by_word(self) -> dict[str, list[frozenset[str]]]:
        """The words of each name and contact, by each of them and by all together: names are written with
        blanks and without.
        """
        found: dict[str, list[frozenset[str]]] = {}
        for text in self._held():
            words = _WORD.findall(key(text))
            for word in {*words, "".join(words)}:
                found.setdefault(word, []).append(frozenset(words))
        return found

    def _held(self) -> Iterator[str]:
        held: tuple[tuple[type[Record], tuple[Record, ...]], ...] = (
            (Resource, self._problem.resources),
            (Demand, self._problem.demands),
        )
        for record_type, records in held:
            for name in personal_fields(record_type):
                # Of a record with faults only what is sound is there.
                yield from (
                    value
                    for record in records
                    if isinstance(value := getattr(record, name, None), str)
                )
