"""Why a pair is not eligible: one rule that it fails, with the values compared."""

from __future__ import annotations

from typing import Any

from matchkit.answers.base import Answer
from matchkit.model.base import Many
from matchkit.words import Lang, say

Value = int | str | Many[str]


class Reason(Answer):
    """One rule that a pair fails. ``fact`` is the key of a message in the catalogue, ``values`` what it compares, by field."""

    rule: str
    fact: str
    values: Many[tuple[str, Value]] = ()

    @classmethod
    def of(cls, rule: str, fact: str, **values: Any) -> Reason:
        """The reason with its values by name."""
        return cls(rule=rule, fact=fact, values=tuple(values.items()))

    def line(self, lang: Lang = "en") -> str:
        """Rule and values in one line, such as ``skill: skill nursing 1 < 2``."""
        return say("reason", lang, rule=say(f"rule.{self.rule}", lang), fact=say(f"reason.{self.fact}", lang, **dict(self.values)))
