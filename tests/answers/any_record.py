"""Any valid record of a type, drawn at random: answers above all, whatever they say."""

from __future__ import annotations

import random
import re
from datetime import UTC, date, datetime
from string import Formatter
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel, ValidationError
from pydantic.fields import FieldInfo

import matchkit.explain  # noqa: F401 - all answers are known then
from matchkit.answers.audit import ViolationMessage
from matchkit.answers.base import Answer
from matchkit.answers.comparison import Figure
from matchkit.answers.reasons import FACTS, Reason
from matchkit.errors import MatchkitError
from matchkit.messages.message import LANGUAGES, Message, templates
from matchkit.plan import StoredMessage

TEXTS = (
    "R1",
    "{missing}",
    "级",
    "tier 1",
    "tier 99 broken",
    "weight",
    "no such word",
    "{0!r:>9}",
    "10",
    "overlap",
)
PATTERNED = ("communities", "depth 1", "1/2", "0" * 64)
"""Texts that match the patterns of fields that have one."""
MOMENTS = (datetime(2026, 5, 1, 8, tzinfo=UTC), datetime(2026, 5, 2, 9, tzinfo=UTC))
SPAN = "2026-05-01T08:00:00Z/2026-05-02T09:00:00Z"
NUMBERS = (0, 1, 1, 1, 2, 7, -1, 10**40, 10**5000)


class CannotBeDrawnError(Exception):
    """No value of this type was found."""


def drawn(kind: Any, rng: random.Random, depth: int = 0) -> Any:
    """A value of a type; raises CannotBeDrawnError where none that validates is found soon."""
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        patterns = [found for one in args[1:] for found in _patterns(one)]
        return _matching(patterns, rng) if patterns else drawn(args[0], rng, depth)
    if origin in (Union, UnionType):
        return drawn(
            rng.choice([NoneType] if depth > 6 and NoneType in args else args),
            rng,
            depth,
        )
    if origin is Literal:
        return rng.choice(args)
    if origin is tuple:
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(
                drawn(args[0], rng, depth + 1)
                for _ in range(rng.choice((0, 1, 1, 2)) if depth < 5 else 0)
            )
        return tuple(drawn(arg, rng, depth + 1) for arg in args)
    if kind is NoneType:
        return None
    plain = {
        bool: (True, False),
        int: NUMBERS,
        float: (0.0, 0.25, 1e300, 5e-324),
        str: TEXTS,
    }
    plain |= {AwareDatetime: MOMENTS, datetime: MOMENTS, date: (date(2026, 5, 1),)}
    if kind in plain:
        return rng.choice(plain[kind])
    if kind is Reason:
        return _reason(rng)
    if kind is ViolationMessage:
        return _violation_message(rng)
    if kind is StoredMessage:
        return StoredMessage.of(
            Message.of("engine.reason.named", engine=rng.choice(TEXTS))
        )
    return record(kind, rng, depth)


def _annotated(field: FieldInfo) -> Any:
    """The type of a field, with what bounds it."""
    return Annotated[field.annotation, field] if field.metadata else field.annotation


def _patterns(bound: Any) -> list[str]:
    """The patterns that a text of a field is to match."""
    several = bound.metadata if isinstance(bound, FieldInfo) else [bound]
    return [one.pattern for one in several if getattr(one, "pattern", None)]


def _matching(patterns: list[str], rng: random.Random) -> str:
    """A text that matches them all."""
    fit = [
        text
        for text in (*TEXTS, *PATTERNED)
        if all(re.search(pattern, text) for pattern in patterns)
    ]
    if not fit:
        raise CannotBeDrawnError(patterns[0])
    return rng.choice(fit)


def record(kind: type[BaseModel], rng: random.Random, depth: int = 0) -> BaseModel:
    """A record that validates."""
    for _ in range(60 if depth < 2 else 8):
        try:
            fields = {
                name: drawn(_annotated(field), rng, depth + 1)
                for name, field in kind.model_fields.items()
                if field.is_required() or (depth < 3 and rng.random() < 0.5)
            }
            if issubclass(kind, Figure):
                fields["difference"] = fields["after"] - fields["before"]
            return kind(**fields)
        except (MatchkitError, ValidationError, CannotBeDrawnError):
            continue
    raise CannotBeDrawnError(kind.__name__)


def _reason(rng: random.Random) -> Reason:
    (rule, fact), fields = rng.choice(list(FACTS.items()))
    level = Reason.of("skill", "level", skill="{held}", held=10**5000, asked=1)
    values = {
        "count": rng.choice([number for number in NUMBERS if number >= 0]),
        "text": rng.choice(TEXTS),
        "span": SPAN,
    }
    values |= {"spans": (SPAN, SPAN), "levels": (level, level)}
    return Reason.of(rule, fact, **{name: values[of] for name, of in fields.items()})


JOINED = {"and", "or"}
"""Messages that stand between others."""
FIELDS = {
    key.removeprefix("violation."): {
        name
        for lang in LANGUAGES
        for _, name, _, _ in Formatter().parse(templates(lang)[key])
        if name
    }
    for key in templates("en")
    if key.startswith("violation.")
}


def _violation_message(rng: random.Random, depth: int = 0) -> ViolationMessage:
    """Any message of a check, its values of any kind."""
    key = rng.choice(sorted(FIELDS.keys() - JOINED if depth else FIELDS))
    if key in JOINED:
        return ViolationMessage(
            key=key,
            values=(
                ("parts", (_violation_message(rng, 1), _violation_message(rng, 1))),
            ),
        )
    kinds = [
        lambda: rng.choice((*TEXTS, *NUMBERS, None)),
        lambda: (1, None, 10**40),
        lambda: _violation_message(rng, depth + 1),
    ]
    return ViolationMessage(
        key=key,
        values=tuple(
            (name, rng.choice(kinds[: 3 if depth < 3 else 1])())
            for name in sorted(FIELDS[key])
        ),
    )


def answers() -> list[type[Answer]]:
    below: list[type[Answer]] = [Answer]
    for one in below:  # grows while it is read
        below += one.__subclasses__()
    return sorted(
        {one for one in below[1:] if not one.__name__.startswith("_")},
        key=lambda one: one.__name__,
    )
