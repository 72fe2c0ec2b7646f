"""How far the factor of a weight term can go while a plan stays optimal. docs/explanations.md (Comparisons)
defines it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from pydantic import model_validator

from matchkit.answers.base import Answer
from matchkit.answers.comparison import GoalFigure
from matchkit.answers.goals import term_told
from matchkit.answers.tables import signed, table
from matchkit.messages.catalogue import Lang
from matchkit.messages.message import number, text_of
from matchkit.model.base import Many, Record
from matchkit.model.fault import RecordFault
from matchkit.plan.goals import goal_told


class RangeEnd(Record):
    """The first factor beyond an end, and what every goal is worth there in this plan and in a better one.

    ``ahead`` names the first goal in which the better plan is ahead; in goals before, the two are alike or
    within their tolerance. ``proven`` says that the better plan is the best there, so that the difference is
    all that can be gained.
    """

    factor: int
    goals: Many[GoalFigure]
    ahead: str
    proven: bool

    @model_validator(mode="after")
    def _ahead_in_a_goal(self) -> Self:
        if all(goal.name != self.ahead for goal in self.goals):
            raise RecordFault("ahead")
        return self

    @property
    def gain(self) -> GoalFigure:
        """The goal in which the better plan is ahead."""
        return next(goal for goal in self.goals if goal.name == self.ahead)


class WeightRange(Answer):
    """The whole factors of a term, of 0 to 1,000, at which this very plan is optimal; they are all those from
    one to another.

    At every factor from ``low`` to ``high`` it is proven optimal, at none outside ``least`` to ``most`` is it
    optimal. The two pairs are equal unless a solve was not proven; both numbers of a pair are None where
    there is no such factor.
    """

    term: str
    factor: int
    """The factor in the problem."""
    low: int | None
    high: int | None
    least: int | None
    most: int | None
    below: RangeEnd | None
    """None where ``least`` is 0 or None."""
    above: RangeEnd | None
    """None where ``most`` is 1,000 or None."""
    solves: int
    """How many solves it took."""

    @property
    def exact(self) -> bool:
        """Whether the ends are known."""
        return (self.low, self.high) == (self.least, self.most)

    def line(self, lang: Lang = "en") -> str:
        """The range in one line."""
        values = {
            "term": term_told(self.term, lang),
            "factor": self.factor,
            "low": self.low,
            "high": self.high,
        }
        outer = {"least": self.least, "most": self.most}
        if self.least is None or self.most is None:
            return text_of("weight_range.nowhere", lang, **values)
        if self.low is None or self.high is None:
            return text_of("weight_range.unknown", lang, **values, **outer)
        if not self.exact:
            return text_of("weight_range.at_least", lang, **values, **outer)
        return text_of(
            "weight_range.one" if self.low == self.high else "weight_range.line", lang, **values
        )

    def text(self, lang: Lang = "en") -> str:
        """The range, and what a better plan gains beyond either end."""
        return "\n".join(self._lines(lang))

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        for end in (self.below, self.above):
            if end is None:
                continue
            gain = end.gain
            key = "weight_range.end" if end.proven else "weight_range.end_at_least"
            yield text_of(
                key,
                lang,
                factor=end.factor,
                goal=goal_told(gain.name, lang),
                gain=number(gain.difference or 0, lang),
            )
            head = [
                text_of(f"weight_range.head_{name}", lang)
                for name in ("goal", "this", "better", "difference")
            ]
            rows = [
                [
                    goal_told(goal.name, lang),
                    number(goal.before or 0, lang),
                    number(goal.after or 0, lang),
                    signed(goal.difference or 0, lang),
                ]
                for goal in end.goals
            ]
            yield from table([head, *rows])
