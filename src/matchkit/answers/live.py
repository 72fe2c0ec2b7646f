"""What an event of a live plan moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from matchkit.answers.base import Answer, signed
from matchkit.messages.message import Lang, text_of
from matchkit.model.base import Many
from matchkit.model.text import Id


class LiveMove(Answer):
    """Units that a pair has more or less."""

    resource: Id
    requirement: Id
    units: int
    """Below 0: less than before."""

    def line(self, lang: Lang = "en") -> str:
        """The pair and its units, in one line."""
        return text_of(
            "live.move",
            lang,
            resource=self.resource,
            requirement=self.requirement,
            units=signed(self.units, lang),
        )


class LiveMoves(Answer):
    """All that an event moved, by resource and requirement."""

    answer: Literal["live_moves"] = "live_moves"
    moves: Many[LiveMove]
    anew: bool
    """Whether the plan was solved anew, as the event changed more than a few arcs."""

    def line(self, lang: Lang = "en") -> str:
        """How many units came and went."""
        come = sum(max(0, one.units) for one in self.moves)
        gone = sum(max(0, -one.units) for one in self.moves)
        return text_of("live.moves", lang, come=come, gone=gone)

    def _details(self, lang: Lang) -> Iterator[str]:
        return (one.line(lang) for one in self.moves)
