"""What goals are called in a text, and how their changes are told."""

from __future__ import annotations

import re

from matchkit.answers.tables import signed
from matchkit.messages.catalogue import Lang, templates
from matchkit.messages.message import text_of
from matchkit.model.text import LONGEST

_BY_TIER = re.compile(r"tier ([1-9][0-9]?)( minimum| broken)?")


def goal_told(name: str, lang: Lang) -> str:
    """A goal's name in a language; that of a user's own aim as it is."""
    found = _BY_TIER.fullmatch(name)
    if found:
        return text_of(f"goal.tier{(found[2] or '').replace(' ', '_')}", lang, tier=found[1])
    return text_of("goal.weight", lang) if name == "weight" else printable(name)


def term_told(name: str, lang: Lang) -> str:
    """A term of the weight in a language; one that nobody knows as it is."""
    return text_of(f"term.{name}", lang) if f"term.{name}" in templates(lang) else printable(name)


def change_told(name: str, change: int, lang: Lang) -> str:
    """A goal and by how much it changes."""
    return text_of("goal.change", lang, goal=goal_told(name, lang), change=signed(change, lang))


def printable(name: str) -> str:
    """A name out of a plan, which may come from outside: nothing that a terminal would obey, and no more than
    a label may hold.
    """
    return (name if name.isprintable() else ascii(name)[1:-1])[: LONGEST * 8]
