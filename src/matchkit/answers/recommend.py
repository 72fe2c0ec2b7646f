"""Whom a requirement, or what a resource, of a live plan could have: the best first, each with its cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from matchkit.answers.base import Answer
from matchkit.answers.effects import Effect, goals_text
from matchkit.answers.pairs import Move
from matchkit.answers.pairs_text import move_text
from matchkit.messages.message import Lang, joined, text_of
from matchkit.model.base import Many
from matchkit.model.text import Id

Movers = Literal["all", "one", "free"]
"""Who else may move for a pair: as many as it takes, at most one, or nobody (for who has capacity left)."""


class Recommendation(Answer):
    """One unit more of a pair: what that brings goal by goal, and every move that the best plan with it
    makes, the pair's own first.
    """

    resource: Id
    requirement: Id
    goals: Effect
    moves: Annotated[Many[Move], Field(min_length=1)]

    def displaced(self) -> tuple[str, ...]:
        """The others who leave what they serve now."""
        return tuple(
            one.resource for one in self.moves[1:] if one.away_from is not None
        )

    def line(self, lang: Lang = "en") -> str:
        """The pair, what it brings, and who moves."""
        moves = [move_text(one, lang) for one in self.moves[1:]]
        key = "recommend.moves" if moves else "recommend.alone"
        first = move_text(self.moves[0], lang)
        goals, others = goals_text(self.goals, lang), joined(moves, lang, "semicolon")
        return text_of(key, lang, move=first, goals=goals, others=others)


class Recommendations(Answer):
    """The best resources for a requirement, or requirements for a resource: each instead of the others, or
    (``together``) each after those before it.
    """

    answer: Literal["recommendations"] = "recommendations"
    resource: Id | None = None
    requirement: Id | None = None
    movers: Movers = "all"
    together: bool = False
    options: Many[Recommendation]

    def line(self, lang: Lang = "en") -> str:
        """How many there are."""
        key = "together" if self.together else "some" if self.options else "none"
        whom = self.resource or self.requirement
        return text_of(f"recommend.{key}", lang, id=whom, count=len(self.options))

    def _details(self, lang: Lang) -> Iterator[str]:
        for number, one in enumerate(self.options, 1):
            line = one.line(lang)
            yield text_of("recommend.option", lang, number=number, text=line)
