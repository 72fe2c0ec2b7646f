"""What two plans differ in, and what changes of a problem would bring. docs/explanations.md (Comparisons)
defines every number.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from matchkit.answers.base import Answer
from matchkit.answers.changes import Change
from matchkit.answers.comparison_text import (
    comparison_line,
    comparison_lines,
    what_if_line,
    what_if_lines,
)
from matchkit.answers.fairness import CoverageChange
from matchkit.answers.moves import MovePath
from matchkit.messages.message import Lang
from matchkit.model.base import Many, Record
from matchkit.model.fault import RecordFault
from matchkit.model.objective import Stability
from matchkit.model.text import Id, Label
from matchkit.model.time import Moment, Zone
from matchkit.plan import BlockingPair, Outcome, Plan
from matchkit.plan.plan import Count


class Figure(Record):
    """A whole number before and after; ``difference`` is after less before."""

    before: int
    after: int
    difference: int

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.difference != self.after - self.before:
            raise RecordFault("difference")
        return self


class TermFigure(Figure):
    """A term of the weight: the sum over assignments of quantity times the term."""

    term: str


class IdFigure(Figure):
    """What a demand or community gets, or a unit or resource gives, in units."""

    id: Id


class RequirementFigure(IdFigure):
    """What a requirement gets, in units, with its demand and tier where they are known."""

    demand: Id | None = None
    tier: int | None = None


class PairFigure(Figure):
    """The quantity of a pair, 0 in a plan that does not have it, and its start where its demand is
    flexible.
    """

    resource: Id
    requirement: Id
    start_before: Moment | None = None
    start_after: Moment | None = None


class GoalFigure(Record):
    """A goal's value in either plan; None in one that has no goal of this name, and then no difference."""

    name: str
    before: int | None
    after: int | None
    difference: int | None


class TierFigure(Record):
    """The slots of a tier, up to the minimums and beyond: filled (None where no problem says how many), and
    missing.
    """

    tier: int
    filled_minimum: Figure | None
    filled_rest: Figure | None
    missing_minimum: Figure
    missing_rest: Figure


class PaymentFigure(Record):
    """What a soft rule was broken by and what it took, or the cost of a resource in use."""

    rule: Label
    tier: int | None
    amount: Figure
    paid: Figure


class BlockingFigure(Figure):
    """How many pairs of a resource and a requirement would rather have each other than what either plan
    gives them, in the sense of ``rule``; and the first 1,000 of them by ids.
    """

    rule: Stability
    pairs_before: Many[BlockingPair]
    """Those that block the plan before."""
    pairs_after: Many[BlockingPair]


class Comparison(Answer):
    """What changed from one plan to another. Of lists of ids only those that changed stand here, ascending.

    The differences of ``terms`` less that of ``paid`` add up to that of ``weight``, exactly. ``communities``
    and ``units`` count their own demands and resources, not those of what lies below them.
    """

    weight: Figure
    """The terms less what is paid: the value of a last goal ``weight``."""
    terms: Many[TermFigure]
    paid: Figure
    slots: Figure
    """Assigned units in all."""
    goals: Many[GoalFigure]
    tiers: Many[TierFigure]
    gone: Many[PairFigure]
    """Pairs of the plan before that the one after does not have."""
    new: Many[PairFigure]
    moved: Many[PairFigure]
    """Pairs of both whose quantity or start is another."""
    kept: Count
    """How many pairs are as they were."""
    requirements: Many[RequirementFigure]
    demands: Many[IdFigure] | None
    """As ``communities`` and ``units``: None where no problem was given."""
    communities: Many[IdFigure] | None
    units: Many[IdFigure] | None
    resources: Many[IdFigure]
    payments: Many[PaymentFigure]
    blocking: Annotated[BlockingFigure | None, Field(exclude_if=operator.not_)] = None
    """Where the problem has rankings or nominations: the pairs that block either plan."""
    coverage: Annotated[CoverageChange | None, Field(exclude_if=operator.not_)] = None
    """How slots are shared between communities; None where no problem was given."""
    paths: Annotated[
        Many[MovePath] | None, Field(exclude_if=lambda paths: paths is None)
    ] = None
    """The moves, by what caused them; None where that was not asked. Quantity by quantity they add up to the
    difference of the plans.
    """
    zone: Zone | None = None
    """Whose clocks show starts in a text; None: UTC."""

    @property
    def same(self) -> bool:
        """Whether the two plans have the same pairs, and the same numbers."""
        numbers = [one.difference for one in (self.weight, self.paid, *self.terms)] + [
            goal.difference for goal in self.goals
        ]
        lists = (self.gone, self.new, self.moved, self.payments)
        return (
            not any(lists)
            and all(number == 0 for number in numbers)
            and not any(map(_differs, self.tiers))
        )

    def line(self, lang: Lang = "en") -> str:
        """How many pairs changed, and the first goal that did."""
        return comparison_line(self, lang)

    def _lines(self, lang: Lang) -> Iterator[str]:
        return comparison_lines(self, lang)


def _differs(tier: TierFigure) -> bool:
    figures = (
        tier.filled_minimum,
        tier.filled_rest,
        tier.missing_minimum,
        tier.missing_rest,
    )
    return any(figure is not None and figure.difference for figure in figures)


def figure(before: int, after: int) -> Figure:
    """The figure of two numbers."""
    return Figure(before=before, after=after, difference=after - before)


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
        return what_if_line(self, lang)

    def _lines(self, lang: Lang) -> Iterator[str]:
        return what_if_lines(self, lang)
