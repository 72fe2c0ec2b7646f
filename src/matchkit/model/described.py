"""The fields of a record in words, for ``help`` and the reference: type, limits, default, and what is said of
them. Annotations hold validators that nobody wants to read.
"""

from __future__ import annotations

import types
from datetime import date, datetime
from datetime import time as clock
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

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


def fields_told(record: type[BaseModel]) -> str:
    """A paragraph for a docstring: every field of the record with its type and what is said of it."""
    lines = [HEADING]
    for name, field in record.model_fields.items():
        said = " ".join((field.description or "").split())
        lines.append(f"    {name}: {described(field)}." + (f" {said}" if said else ""))
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
    return f"{', '.join(shown if len(named) > MOST_NAMED else shown[:-1])} or {named[-1]}"


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
    return next((getattr(mark, name) for mark in metadata if isinstance(mark, kind)), None)
