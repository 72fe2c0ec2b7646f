"""What one goal costs another: the exact curve between two goals. docs/explanations.md (Comparisons) defines
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import model_validator

from matchkit.answers.base import Answer
from matchkit.answers.tables import signed, table
from matchkit.messages.catalogue import Lang
from matchkit.messages.message import number, text_of
from matchkit.model import Aim
from matchkit.model.base import Many, Record
from matchkit.model.fault import RecordFault
from matchkit.plan import Plan
from matchkit.plan.goals import goal_told


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
            one=goal_told(self.first, lang),
            two=goal_told(self.second, lang),
            start=_pair(first, lang),
            end=_pair(last, lang),
        )

    def text(self, lang: Lang = "en") -> str:
        """The curve as a table: what each step gives up of the first goal and gains in the second."""
        return "\n".join(self._lines(lang))

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        if self.held:
            yield text_of(
                "trade_off.held", lang, goals=[goal_told(name, lang) for name in self.held]
            )
        one, two = goal_told(self.first, lang), goal_told(self.second, lang)
        rows = [
            [one, two, text_of("trade_off.cost", lang), text_of("trade_off.gain", lang), ""]
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
