"""What may identify a person: fields of records, found by their mark, and texts that stand where an id
should.

Nothing here names a field: one that is marked tomorrow (``json_schema_extra`` with ``personal``) is left
out tomorrow. A text that is no id of a problem may be a name, a telephone number or an address, which no
message repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args

from matchkit.model.base import Record, is_personal
from matchkit.model.demand import Demand
from matchkit.model.resource import Resource
from matchkit.model.text import key

if TYPE_CHECKING:
    from matchkit.model.problem import Problem


AnyRecord = TypeVar("AnyRecord", bound=Record)


@cache
def personal_fields(record_type: type[Record]) -> tuple[str, ...]:
    """The names of the record's own fields that are marked as personal, in their order."""
    return tuple(
        name for name, field in record_type.model_fields.items() if is_personal(field)
    )


@cache
def _may_hold(record_type: type[Record]) -> bool:
    """Whether a record of this type, or one within it, can have a personal field."""
    return bool(personal_fields(record_type)) or any(
        _holds(field.annotation) for field in record_type.model_fields.values()
    )


def _holds(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return _may_hold(annotation)
    return any(_holds(part) for part in get_args(annotation))


def without_personal(record: AnyRecord) -> AnyRecord:
    """The record with every personal field, also of records within it, at its default; itself where nothing
    had to go.

    Raises TypeError for a personal field that has no default: that is a defect of the record type.
    """
    if not _may_hold(type(record)):
        return record
    kept: dict[str, Any] = {}
    personal = personal_fields(type(record))
    for name, value in record.__dict__.items():
        if name in personal:
            field = type(record).model_fields[name]
            if field.is_required():
                raise TypeError(
                    f"{type(record).__name__}.{name} is personal and has no default; it can never be left out"
                )
            found = field.get_default(call_default_factory=True)
        else:
            found = _without(value)
        if found is not value:
            kept[name] = found
    return record.model_copy(update=kept) if kept else record


def _without(value: Any) -> Any:
    if isinstance(value, Record):
        return without_personal(value)
    if isinstance(value, tuple) and value and isinstance(value[0], Record):
        found = tuple([without_personal(entry) for entry in value])
        return (
            value
            if all(one is other for one, other in zip(found, value, strict=True))
            else found
        )
    return value


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
        if ("@" in text or sum(map(str.isdigit, text)) >= DIGITS) and shape(
            text
        ) not in shapes:
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
