"""Why a pair is not eligible: one rule that it fails, with the values compared."""

from __future__ import annotations

from typing import Any

from matchkit.answers.base import Answer
from matchkit.model.base import Many
from matchkit.words import Lang, say, spans


class Reason(Answer):
    """One rule that a pair fails. ``fact`` is the key of a message in the catalogue, ``values`` what it compares, by field.

    Among the values, ``free``, ``window`` and ``last`` are spans of time in ISO 8601 (UTC), ``zone`` says whose clocks
    show them in a text (absent: UTC), and ``short`` are the alternatives that all fail.
    """

    rule: str
    fact: str
    values: Many[tuple[str, int | str | Many[str] | Many[Reason]]] = ()

    @classmethod
    def of(cls, rule: str, fact: str, **values: Any) -> Reason:
        """The reason with its values by name."""
        return cls(rule=rule, fact=fact, values=tuple(values.items()))

    def line(self, lang: Lang = "en") -> str:
        """Rule and values in one line, such as ``skill: skill nursing 1 < 2``."""
        return say("reason", lang, rule=say(f"rule.{self.rule}", lang), fact=self.compared(lang))

    def compared(self, lang: Lang = "en") -> str:
        """The values alone, such as ``skill nursing 1 < 2``, for where the rule is named already."""
        values: dict[str, Any] = dict(self.values)
        zone = values.setdefault("zone", "UTC")
        if "short" in values:
            values["short"] = say("reason.and", lang).join(other.compared(lang) for other in values["short"])
        if "window" in values:
            free = values.get("free", ())
            known = {day for span in free for day in spans.days(span, zone)}
            values["free"] = [spans.told(span, lang, zone=zone) for span in free]
            # A window of the one day that was just told does not tell it again.
            values["window"] = spans.told(values["window"], lang, known.pop() if len(known) == 1 else "", zone)
        if "last" in values:
            values["last"] = spans.told(values["last"], lang, zone=zone)
        return say(f"reason.{self.fact}", lang, **values)
