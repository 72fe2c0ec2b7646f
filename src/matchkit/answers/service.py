"""What one resource does in a plan: why each of its pairs is there, or why it does nothing."""

from __future__ import annotations

from matchkit.answers.base import Answer
from matchkit.answers.idle import Idle
from matchkit.answers.pairs import Why
from matchkit.messages.catalogue import Lang
from matchkit.messages.message import text_of
from matchkit.model.base import Many
from matchkit.model.text import Id


class Service(Answer):
    """The pairs of a resource in the plan, each with its reasons; where there is none, what keeps it idle."""

    resource: Id
    pairs: Many[Why] = ()
    idle: Idle | None = None

    def line(self, lang: Lang = "en") -> str:
        """How much it gives to how many, or why nothing."""
        if self.idle is not None:
            return self.idle.line(lang)
        units = sum(pair.quantity for pair in self.pairs)
        needs = tuple(pair.requirement for pair in self.pairs)
        return text_of("service", lang, resource=self.resource, units=units, needs=needs)

    def text(self, lang: Lang = "en") -> str:
        """Every pair in full."""
        if self.idle is not None:
            return self.idle.text(lang)
        return "\n".join([self.line(lang), *(pair.text(lang) for pair in self.pairs)])
