"""What terms of the weight are called in a text, and how changes of goals are told."""

from __future__ import annotations

from matchkit.answers.tables import signed
from matchkit.messages.catalogue import Lang, templates
from matchkit.messages.message import text_of
from matchkit.plan.goals import goal_told, printable


def term_told(name: str, lang: Lang) -> str:
    """A term of the weight in a language; one that nobody knows as it is."""
    return (
        text_of(f"term.{name}", lang) if f"term.{name}" in templates(lang) else printable(name)
    )


def change_told(name: str, change: int, lang: Lang) -> str:
    """A goal and by how much it changes."""
    return text_of("goal.change", lang, goal=goal_told(name, lang), change=signed(change, lang))
