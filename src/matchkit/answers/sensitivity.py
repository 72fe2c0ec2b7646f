"""How much hangs on the objective: the exact curve between two goals, and how far the factor of a weight term
can go while a plan stays optimal. docs/explanations.md (Comparisons) defines both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import model_validator

from matchkit.answers.base import Answer, signed, table
from matchkit.answers.comparison import GoalFigure
from matchkit.answers.effects import term_text
from matchkit.messages.message import Lang, number, text_of
from matchkit.model import Aim
from matchkit.model.base import Many, Record
from matchkit.model.fault import RecordFault
from matchkit.plan import Plan
from matchkit.plan.outcome import goal_text


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
            "term": term_text(self.term, lang),
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
            "weight_range.one" if self.low == self.high else "weight_range.line",
            lang,
            **values,
        )

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
                goal=goal_text(gain.name, lang),
                gain=number(gain.difference or 0, lang),
            )
            head = [
                text_of(f"weight_range.head_{name}", lang)
                for name in ("goal", "this", "better", "difference")
            ]
            rows = [
                [
                    goal_text(goal.name, lang),
                    number(goal.before or 0, lang),
                    number(goal.after or 0, lang),
                    signed(goal.difference or 0, lang),
                ]
                for goal in end.goals
            ]
            yield from table([head, *rows])


class TradePoint(Record):
    """What both goals reach in one plan. Where ``proven`` no plan reaches more in one of them without less in
    the other.

    ``plan`` is a plan of the problem whose objective has ``aims`` as its goals, and can be verified as such.
    """

    first: int
    second: int
    proven: bool
    plan: Plan
    aims: Many[Aim]


class TradeOff(Answer):
    """The points between two goals that no plan beats in both, from the best of the first goal to the best of
    the second.

    ``complete`` says that they are all there are. Else ``ended`` says why: more than the ``limit`` asked for,
    a point that could not be proved, or a range beyond what a tolerance can hold; points may be missing
    between the last two.
    """

    first: str
    second: str
    held: Many[str]
    """The goals that come before both and are kept at their best."""
    points: Many[TradePoint]
    complete: bool
    ended: Literal["all", "limit", "unproven", "range"]
    limit: int

    @model_validator(mode="after")
    def _has_ends(self) -> Self:
        if not self.points or (self.ended == "all" and not self.complete):
            raise RecordFault("curve")
        return self

    def line(self, lang: Lang = "en") -> str:
        """How many points, and its two ends."""
        first, last = self.points[0], self.points[-1]
        return text_of(
            "trade_off.line" if self.complete else "trade_off.line_cut",
            lang,
            count=len(self.points),
            one=goal_text(self.first, lang),
            two=goal_text(self.second, lang),
            start=_pair(first, lang),
            end=_pair(last, lang),
        )

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        if self.held:
            yield text_of(
                "trade_off.held",
                lang,
                goals=[goal_text(name, lang) for name in self.held],
            )
        one, two = goal_text(self.first, lang), goal_text(self.second, lang)
        rows = [
            [
                one,
                two,
                text_of("trade_off.cost", lang),
                text_of("trade_off.gain", lang),
                "",
            ]
        ]
        for place, point in enumerate(self.points):
            before = self.points[place - 1] if place else point
            steps = (
                (
                    signed(point.first - before.first, lang),
                    signed(point.second - before.second, lang),
                )
                if place
                else ("", "")
            )
            rows.append(
                [
                    number(point.first, lang),
                    number(point.second, lang),
                    *steps,
                    "" if point.proven else text_of("trade_off.unproven", lang),
                ]
            )
        yield from table(rows, left=0)
        if not self.complete:
            yield text_of(f"trade_off.ended_{self.ended}", lang, limit=self.limit)


def _pair(point: TradePoint, lang: Lang) -> str:
    return text_of(
        "trade_off.point",
        lang,
        first=number(point.first, lang),
        second=number(point.second, lang),
    )
