"""What tests pin messages by: the key of the template and the values of its fields. The sentence that these
make is pinned once, in the golden file of its language beside this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from matchkit.errors import Complaint, ListedError, MatchkitError
from matchkit.messages.message import (
    LANGUAGES,
    SOURCE,
    Lang,
    Message,
    fields_of,
    text_of,
)
from matchkit.tables.findings import Finding
from matchkit.verification.report import Fact


def message(key: str, /, **values: Any) -> Message:
    """The message of a key, with those of the values that a template of it shows."""
    return Message.of(
        key, **{name: values[name] for name in sorted(_fields(key) & values.keys())}
    )


def text(key: str, lang: Lang = SOURCE, /, **values: Any) -> str:
    """The sentence of a key and its values. Raises TypeError for a value that it does not show."""
    _none_beyond([key], values)
    return text_of(key, lang, **values)


def fault(where: Any, fact: str, advice: str = "", /, **values: Any) -> Complaint:
    """A complaint about a place: keys of the fact and of the advice, and the values that both show.

    Raises TypeError for a value that neither shows: it would pin nothing.
    """
    keys = [fact, *filter(None, [advice])]
    _none_beyond(keys, values)
    return Complaint(where, *(message(key, **values) for key in keys))


def line(
    where: Any, fact: str, advice: str = "", /, lang: Lang = SOURCE, **values: Any
) -> str:
    """The line of such a complaint, as an error lists it."""
    return fault(where, fact, advice, **values).line(lang)


def sentences(fact: str, advice: str, /, lang: Lang = SOURCE, **values: Any) -> str:
    """What such a line says after the place."""
    before, _, _ = text_of(
        "fault.line", lang, where="", fact="\0", advice=""
    ).partition("\0")
    return line("", fact, advice, lang=lang, **values).removeprefix(before)


def messages_of(one: object) -> Iterator[Message]:
    """All messages in an error, a complaint, a finding, or a list of such: each before those in its values.

    A fact of the independent check is the message ``violation.<its key>``.
    """
    if isinstance(one, Message):
        yield one
        yield from messages_of([value for _, value in one.values])
    elif isinstance(one, Fact):
        yield from messages_of(Message(f"violation.{one.key}", one.values))
    elif isinstance(one, ListedError):
        yield from messages_of((one.headline, *one.complaints))
    elif isinstance(one, MatchkitError):
        yield from messages_of(one._message)
    elif isinstance(one, Complaint):
        yield from messages_of(one.parts)
    elif isinstance(one, Finding):
        yield from messages_of((one.where, one.fact))
    elif isinstance(one, tuple | list | set | frozenset):
        for part in one:
            yield from messages_of(part)
    elif is_dataclass(one):
        yield from messages_of([getattr(one, field.name) for field in fields(one)])


def has(one: object, key: str | Message, /, **values: Any) -> bool:
    """Whether a message of this key and with these values, perhaps among others, is in it; a Message stands
    for its key and its values.
    """
    if isinstance(key, Message):
        key, values = key.key, dict(key.values)
    return any(
        each.key == key and not _differing(each, values, missing=True)
        for each in messages_of(one)
    )


@contextmanager
def raises(
    kind: type[BaseException], /, *keys: str, about: str | None = None, **values: Any
) -> Iterator[pytest.ExceptionInfo[Any]]:
    """``pytest.raises`` for an error that holds a message of every key, each with the values it shows.

    Every value must be that of one of the messages at least. ``about`` is the place that the complaint with
    these messages names, in English.
    """
    with pytest.raises(kind) as caught:
        yield caught
    error = caught.value
    parts = [part for part in getattr(error, "complaints", ()) if part.where == about]
    if about is None:
        parts = [error]
    assert any(_holds(part, keys, values) for part in parts), (
        f"{kind.__name__} without {', '.join(keys)} and {values} about {about}; it has "
        f"{[(each.key, dict(each.values)) for each in messages_of(error)]}"
    )


def _holds(part: object, keys: Iterable[str], values: Mapping[str, Any]) -> bool:
    found = list(messages_of(part))
    shown: set[str] = set()
    for key in keys:
        fitting = [
            each
            for each in found
            if each.key == key and not _differing(each, values, missing=False)
        ]
        if not fitting:
            return False
        shown |= {name for each in fitting for name, _ in each.values}
    return values.keys() <= shown


def _differing(one: Message, values: Mapping[str, Any], *, missing: bool) -> set[str]:
    """Names whose value is another in the message, or (``missing``) that it does not have."""
    held = dict(one.values)
    return {
        name
        for name, value in values.items()
        if (missing if name not in held else not _same(held[name], value))
    }


def _same(held: Any, value: Any) -> bool:
    """Equal, lists by their members, messages by their key and the values given; a text stands for whatever is
    shown so in English.
    """
    if isinstance(held, Message) and isinstance(value, Message):
        return held.key == value.key and not _differing(
            held, dict(value.values), missing=True
        )
    if isinstance(value, str) and not isinstance(held, str):
        if hasattr(held, "text"):
            return bool(held.text(SOURCE) == value)
        return value == (
            ", ".join(held) if isinstance(held, tuple | list) else str(held)
        )
    if isinstance(held, list | tuple) and isinstance(value, list | tuple):
        return len(held) == len(value) and all(map(_same, held, value))
    return bool(held == value) and isinstance(held, bool) == isinstance(value, bool)


def _fields(key: str) -> frozenset[str]:
    return frozenset().union(*(fields_of(key, lang) for lang in LANGUAGES))


def _none_beyond(keys: Iterable[str], values: Mapping[str, Any]) -> None:
    unknown = values.keys() - frozenset().union(*map(_fields, keys))
    if unknown:
        raise TypeError(
            f"no template of {', '.join(keys)} shows {', '.join(sorted(unknown))}"
        )
