"""What goals are called in a text."""

from __future__ import annotations

import re

from matchkit.messages.message import Lang, text_of
from matchkit.model.text import LONGEST

_BY_TIER = re.compile(r"tier ([1-9][0-9]?)( minimum| broken)?")


def tier_goal(measure: str, tier: int) -> str:
    """The name of the goal of one tier that counts this measure (``minimum``, ``filled`` or ``broken``)."""
    return f"tier {tier}" if measure == "filled" else f"tier {tier} {measure}"


def goal_told(name: str, lang: Lang) -> str:
    """A goal's name in a language; that of a user's own aim as it is."""
    found = _BY_TIER.fullmatch(name)
    if found:
        return text_of(f"goal.tier{(found[2] or '').replace(' ', '_')}", lang, tier=found[1])
    return text_of("goal.weight", lang) if name == "weight" else printable(name)


def printable(name: str) -> str:
    """A name out of a plan, which may come from outside: nothing that a terminal would obey, and no more than
    a label may hold.
    """
    return (name if name.isprintable() else ascii(name)[1:-1])[: LONGEST * 8]
