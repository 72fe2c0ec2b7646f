"""The k changes of one kind that together add the most to a plan."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from matchkit.answers.base import Answer
from matchkit.answers.causes import Count
from matchkit.answers.changes import Change
from matchkit.answers.effects import Effect, goals_told
from matchkit.messages.catalogue import Lang
from matchkit.messages.message import text_of
from matchkit.model.base import Many, Record


class ChoiceStep(Record):
    """One of the changes and what it adds to those before it, by a solve."""

    change: Change
    goals: Effect | None
    """None where it was not solved by itself."""


class Choice(Answer):
    """Up to ``k`` changes of one kind that together add the most found; ``goals`` is what they add, by a
    solve.

    ``bound`` is what no ``k`` changes of the kind can exceed, compared goal after goal; ``proven`` says that
    the two are equal, or that all others were tried.
    """

    k: Annotated[int, Field(ge=1)]
    steps: Many[ChoiceStep]
    goals: Effect
    bound: Effect | None
    proven: bool
    solved: Count
    """How many problems were solved to find it."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes alone."""
        return tuple(step.change for step in self.steps)

    def line(self, lang: Lang = "en") -> str:
        """The changes, what they add, and whether that is the most."""
        if self.proven:
            proof = text_of("advice.choice.proven", lang, k=self.k)
        elif self.bound is not None:
            proof = text_of(
                "advice.choice.bound", lang, k=self.k, bound=goals_told(self.bound, lang)
            )
        else:
            proof = text_of("advice.choice.unknown", lang)
        if not self.steps:
            return text_of("advice.choice.none", lang, proof=proof)
        told = [step.change.line(lang) for step in self.steps]
        return text_of(
            "advice.choice.line",
            lang,
            changes=told,
            goals=goals_told(self.goals, lang),
            proof=proof,
        )

    def text(self, lang: Lang = "en") -> str:
        """Every change with what it adds to those before."""
        steps = [
            text_of(
                "advice.choice.step",
                lang,
                number=number,
                change=step.change.line(lang),
                goals=goals_told(step.goals, lang),
            )
            if step.goals is not None
            else text_of(
                "advice.choice.unsolved", lang, number=number, change=step.change.line(lang)
            )
            for number, step in enumerate(self.steps, 1)
        ]
        return "\n".join([self.line(lang), *(f"  {step}" for step in steps)])
