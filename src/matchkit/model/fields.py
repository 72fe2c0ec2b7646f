"""What the annotations of records say: which record a place in the input takes, so that a complaint can
name it; and each field in words, for ``help`` and the reference.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from datetime import time as clock
from difflib import get_close_matches
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

NEAR = 0.8
"""How alike a name must be to be a slip of spelling (the ratio of difflib)."""
SHORT = 5
"""Up to so many letters, one letter exchanged makes another word: roles are no rules."""


@cache
def records() -> dict[str, type[BaseModel]]:
    """Every record that people write, by the name of its class; records of answers have fields of their own,
    which nobody means.
    """
    from matchkit.model.base import Record

    below: list[type[BaseModel]] = [Record]
    for record in below:  # grows while it is read
        below += record.__subclasses__()
    return {
        record.__name__: record
        for record in below
        if record.__module__.startswith(("matchkit.model.", "matchkit.plan."))
    }


class Made(NamedTuple):
    """How a record is made in Python and written in JSON, with the fields that it needs; and whether others
    would do as well.
    """

    python: str
    json: str
    others: bool


def made(root: str, steps: Sequence[int | str]) -> Made | None:
    """The record that a place takes (or a list of them; of several kinds the first), None where it takes
    none.
    """
    kinds = list(_kinds(_at(root, steps), lists=True))
    if not kinds:
        return None
    fields = kinds[0].model_fields
    needed = [name for name, field in fields.items() if field.is_required()] or list(
        fields
    )[:1]
    tag = [f'"rule": "{fields["rule"].default}"'] if "rule" in fields else []
    return Made(
        f"{kinds[0].__name__}({', '.join(f'{name}=...' for name in needed)})",
        "{" + ", ".join([*tag, *(f'"{name}": ...' for name in needed)]) + "}",
        len(kinds) > 1,
    )


def slip_of(name: str, root: str, steps: Sequence[int | str]) -> str:
    """The field of the record at a place that a name is a slip of spelling for; "" where none is near."""
    kinds = list(_kinds(_at(root, steps), lists=False)) or list(records().values())
    fields = sorted({field for kind in kinds for field in kind.model_fields})
    near = get_close_matches(name.lower(), fields, 1, NEAR)
    if not near or (
        len(near[0]) == len(name) <= SHORT and sorted(near[0]) != sorted(name.lower())
    ):
        return ""
    return near[0]


def _at(root: str, steps: Sequence[int | str]) -> list[Any]:
    """The types that a place may have; a step that is no field is the tag of a union."""
    here: list[Any] = [records()[root]] if root in records() else []
    for step in steps:
        if isinstance(step, int):
            here = [
                get_args(kind)[0]
                for kind in _members(here)
                if get_origin(kind) is tuple
            ]
            continue
        kinds = list(_kinds(here, lists=False))
        tagged = (
            [kind for kind in kinds if step in _tags(kind)] if len(kinds) > 1 else []
        )
        here = tagged or [
            kind.model_fields[step].annotation
            for kind in kinds
            if step in kind.model_fields
        ]
    return here


def _tags(kind: type[BaseModel]) -> set[str]:
    tags = {
        field.default
        for field in kind.model_fields.values()
        if isinstance(field.default, str)
    }
    return tags | {re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()}


def _kinds(types: Sequence[Any], *, lists: bool) -> Iterator[type[BaseModel]]:
    for kind in _members(types):
        if lists and get_origin(kind) is tuple:
            yield from _kinds(get_args(kind)[:1], lists=False)
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            yield kind


def _members(types: Sequence[Any]) -> Iterator[Any]:
    """The types with unions and annotations opened."""
    for kind in types:
        if get_origin(kind) is Annotated:
            yield from _members(get_args(kind)[:1])
        elif get_origin(kind) in (Union, UnionType):
            yield from _members(get_args(kind))
        else:
            yield kind


PLAIN = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    datetime: "date and time",
    date: "date",
    clock: "time",
}
MOST_NAMED = 6
"""Of a union of more types only the first and the last are named."""


HEADING = "Attributes:"


def fields_text(record: type[BaseModel]) -> str:
    """A paragraph for a docstring: every field of the record with its type and what is said of it."""
    lines = [HEADING]
    for name, field in record.model_fields.items():
        description = " ".join((field.description or "").split())
        lines.append(
            f"    {name}: {described(field)}."
            + (f" {description}" if description else "")
        )
    return "\n".join(lines)


def described(field: FieldInfo) -> str:
    """Type, limits and default of a field: ``whole number from 0 to 10; 1 unless given``."""
    kind = _words(field.annotation, field.metadata)
    if get_origin(field.annotation) is Literal and len(get_args(field.annotation)) == 1:
        return f"always {kind}"
    if field.is_required():
        return f"{kind}; required"
    default = field.get_default(call_default_factory=True)
    if default is None:
        return kind
    if default == ():
        return f"{kind}; none unless given"
    if isinstance(default, str | int | float | bool):
        return f"{kind}; ``{default!r}`` unless given"
    return f"{kind}; ``{type(default).__name__}()`` unless given"


def _words(annotation: Any, metadata: list[Any]) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _words(inner[0], _limits_in(inner[1:]))
    if origin is Literal:
        return _one_of([f"``{value!r}``" for value in inner])
    if origin in (Union, types.UnionType):
        named = [_words(one, []) for one in inner if one is not type(None)]
        return _one_of(named) + (" or none" if len(named) < len(inner) else "")
    if origin is tuple:
        limits = (
            ""
            if (least := _of(metadata, MinLen, "min_length")) is None
            else f", at least {least:,}"
        )
        limits += (
            ""
            if (most := _of(metadata, MaxLen, "max_length")) is None
            else f", at most {most:,}"
        )
        if inner[-1] is ...:
            return f"list of {_words(inner[0], [])}{limits}"
        return f"({', '.join(_words(one, []) for one in inner)})"
    if annotation in PLAIN:
        return PLAIN[annotation] + _range(metadata)
    return f"`{getattr(annotation, '__name__', str(annotation))}`"


def _one_of(named: list[str]) -> str:
    if len(named) == 1:
        return named[0]
    shown = named if len(named) <= MOST_NAMED else [named[0], "..."]
    return (
        f"{', '.join(shown if len(named) > MOST_NAMED else shown[:-1])} or {named[-1]}"
    )


def _range(metadata: list[Any]) -> str:
    least, most, letters = (
        _of(metadata, Ge, "ge"),
        _of(metadata, Le, "le"),
        _of(metadata, MaxLen, "max_length"),
    )
    if letters is not None:
        return f" of at most {letters:,} characters"
    if least is not None and most is not None:
        return f" from {least:,} to {most:,}"
    return "" if least is None else f" from {least:,}"


def _limits_in(marks: tuple[Any, ...]) -> list[Any]:
    return [
        limit
        for mark in marks
        for limit in (mark.metadata if isinstance(mark, FieldInfo) else [mark])
    ]


def _of(metadata: list[Any], kind: type, name: str) -> Any:
    return next(
        (getattr(mark, name) for mark in metadata if isinstance(mark, kind)), None
    )
