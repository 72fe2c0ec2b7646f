"""What a place in the input asks for: found by walking from a record's name along its fields, so that a
complaint can name it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

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
    needed = [name for name, field in fields.items() if field.is_required()] or list(fields)[:1]
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
            here = [get_args(kind)[0] for kind in _members(here) if get_origin(kind) is tuple]
            continue
        kinds = list(_kinds(here, lists=False))
        tagged = [kind for kind in kinds if step in _tags(kind)] if len(kinds) > 1 else []
        here = tagged or [
            kind.model_fields[step].annotation for kind in kinds if step in kind.model_fields
        ]
    return here


def _tags(kind: type[BaseModel]) -> set[str]:
    tags = {
        field.default for field in kind.model_fields.values() if isinstance(field.default, str)
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
