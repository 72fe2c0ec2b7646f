"""By how much goals change, as data and in words, and how that is known; and the names of terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from matchkit.answers.base import signed
from matchkit.messages.message import Lang, joined, templates, text_of
from matchkit.model.base import Many, Record
from matchkit.plan.outcome import goal_text, printable


def term_text(name: str, lang: Lang) -> str:
    """A term of the weight in a language; one that nobody knows as it is."""
    return (
        text_of(f"term.{name}", lang)
        if f"term.{name}" in templates(lang)
        else printable(name)
    )


def change_text(name: str, change: int, lang: Lang) -> str:
    """A goal and by how much it changes."""
    return text_of(
        "goal.change", lang, goal=goal_text(name, lang), change=signed(change, lang)
    )


Known = Literal[
    "solved", "prices", "at_most", "at_least", "between", "found", "unknown"
]
"""How an effect is known: by a proven solve of the changed problem; exactly, by prices; as a bound; or from a
search without proof.
"""


class GoalChange(Record):
    """By how much a goal changes."""

    goal: str
    change: int


Effect = Many[GoalChange]
"""The goals that change, in their order; those not named stay. Compared in that order, as plans are."""


def effect(names: Sequence[str], change: Sequence[int]) -> tuple[GoalChange, ...]:
    """The goals that change by these numbers."""
    return tuple(
        GoalChange(goal=name, change=int(by))
        for name, by in zip(names, change, strict=True)
        if by
    )


def goals_text(goals: Sequence[GoalChange], lang: Lang) -> str:
    """An effect in words."""
    if not goals:
        return text_of("advice.effect.none", lang)
    return joined(
        [change_text(change.goal, change.change, lang) for change in goals], lang
    )


def effect_text(known: Known, goals: Sequence[GoalChange], lang: Lang) -> str:
    """An effect in words, with how it is known."""
    return text_of(
        f"advice.effect.{known}",
        lang,
        **dict.fromkeys(("goals", "least", "most"), goals_text(goals, lang)),
    )
