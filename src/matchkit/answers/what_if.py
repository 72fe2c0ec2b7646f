"""What changes of a problem would bring. docs/explanations.md (Comparisons) defines every number."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from matchkit.answers.base import Answer
from matchkit.answers.changes import Change
from matchkit.answers.comparison import Comparison
from matchkit.answers.comparison_text import SHOWN, lines
from matchkit.answers.tables import signed, table
from matchkit.messages.catalogue import Lang
from matchkit.messages.message import number, text_of
from matchkit.model.base import Many, Record
from matchkit.plan import Outcome, Plan
from matchkit.plan.goals import goal_told


class Range(Record):
    """Between which two whole numbers something lies, both included; None where it is not known."""

    least: int | None
    most: int | None

    @property
    def known(self) -> bool:
        """Whether it is one number."""
        return self.least is not None and self.least == self.most


UNKNOWN = Range(least=None, most=None)


class GoalShift(Record):
    """The best of a goal before and after the changes (None in a problem that has no goal of this name), and
    its difference.
    """

    name: str
    before: Range | None
    after: Range | None
    difference: Range


class WhatIf(Answer):
    """What changes would bring: what is proved of the best plans, and how the two plans found differ."""

    changes: Many[Change]
    goals: Many[GoalShift]
    before: Outcome
    after: Outcome
    comparison: Comparison
    plan_before: Plan | None = Field(default=None, exclude=True, repr=False)
    """The plan before; like the one after, not in the JSON."""
    plan_after: Plan | None = Field(default=None, exclude=True, repr=False)

    @property
    def proven(self) -> bool:
        """Whether both plans are proven optimal, so that every difference is one number."""
        return self.before.status == "optimal" and self.after.status == "optimal"

    def line(self, lang: Lang = "en") -> str:
        """How many changes, and the first goal that they change or may change."""
        first = next(
            (
                goal
                for goal in self.goals
                if (goal.difference.least, goal.difference.most) != (0, 0)
            ),
            None,
        )
        if first is None:
            return text_of("what_if.none", lang, count=len(self.changes))
        return text_of(
            "what_if.line",
            lang,
            count=len(self.changes),
            goal=goal_told(first.name, lang),
            difference=range_told(first.difference, lang, sign=True),
        )

    def text(self, lang: Lang = "en") -> str:
        """The whole answer."""
        return "\n".join(self._lines(lang))

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        yield text_of("what_if.changes", lang)
        yield from (
            text_of("comparison.row", lang, told=change.line(lang))
            for change in self.changes[:SHOWN]
        )
        if len(self.changes) > SHOWN:
            yield text_of("comparison.more", lang, count=len(self.changes) - SHOWN)
        yield text_of("what_if.goals_proven" if self.proven else "what_if.goals", lang)
        head = [
            text_of(f"comparison.head_{name}", lang)
            for name in ("goal", "before", "after", "difference")
        ]
        yield from table([head, *(_row(goal, lang) for goal in self.goals)])
        yield text_of("what_if.plans", lang)
        yield from lines(self.comparison, lang)


def _row(goal: GoalShift, lang: Lang) -> list[str]:
    sides = [
        text_of("comparison.none", lang) if side is None else range_told(side, lang)
        for side in (goal.before, goal.after)
    ]
    none = goal.before is None or goal.after is None
    difference = (
        text_of("comparison.none", lang)
        if none
        else range_told(goal.difference, lang, sign=True)
    )
    return [goal_told(goal.name, lang), *sides, difference]


def range_told(given: Range, lang: Lang, *, sign: bool = False) -> str:
    """A range in words: the number where it is one."""
    least, most = (
        None if end is None else signed(end, lang) if sign else number(end, lang)
        for end in (given.least, given.most)
    )
    if least is None and most is None:
        return text_of("range.unknown", lang)
    if least is None:
        return text_of("range.at_most", lang, most=most)
    if most is None:
        return text_of("range.at_least", lang, least=least)
    return least if given.known else text_of("range.between", lang, least=least, most=most)
