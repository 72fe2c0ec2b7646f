"""Why a pair is in a plan, why one is not, and what one resource does: what a pair is worth, who comes next,
and what forcing it would cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from matchkit.answers.base import Answer
from matchkit.answers.idle import Idle
from matchkit.answers.pairs_text import why_line, why_lines, why_not_line, why_not_lines
from matchkit.answers.reasons import Reason
from matchkit.messages.message import Lang, text_of
from matchkit.model.base import Many, Record
from matchkit.model.fault import RecordFault
from matchkit.model.text import Id, Label
from matchkit.model.time import Moment, Zone
from matchkit.plan import Terms
from matchkit.plan.plan import Count

Positive = Annotated[int, Field(ge=1)]


class RunnerUp(Record):
    """The best of those that could have had the unit: what one on it is worth, and by how much it is behind,
    a number a goal.
    """

    id: Id
    weight: int
    behind: Many[int]


class Why(Answer):
    """Why a pair is in the plan.

    ``weight`` is the sum of ``terms``. Where the plan carries prices of both, ``goals`` names what the
    numbers of every vector stand for, and ``left_over`` is the reduced cost: the weight less the two prices,
    not less than 0 for what no lock holds where the plan is proven. Runner-ups are then compared by weight
    less prices; else by weight alone (``ranked_by``).
    """

    resource: Id
    requirement: Id
    quantity: Positive
    locked: Count
    """So many of these units hard locks hold there, whatever they are worth."""
    weight: int
    terms: Terms
    ranked_by: Literal["prices", "weight"]
    proven: bool
    """Whether the plan is proven optimal, so that the prices are exact."""
    goals: Many[str]
    resource_price: Many[int] | None
    requirement_price: Many[int] | None
    left_over: Many[int] | None
    other_resource: RunnerUp | None
    """Who would serve the requirement next: the best of those that could give it a unit more."""
    other_requirement: RunnerUp | None
    """What the resource would serve next."""

    @model_validator(mode="after")
    def _one_number_a_goal(self) -> Self:
        behind = (
            other.behind
            for other in (self.other_resource, self.other_requirement)
            if other is not None and any(other.behind)
        )
        prices = (
            one
            for one in (self.resource_price, self.requirement_price, self.left_over)
            if one is not None
        )
        if any(len(vector) != len(self.goals) for vector in (*behind, *prices)):
            raise RecordFault("vectors")
        return self

    def line(self, lang: Lang = "en") -> str:
        """What the pair is worth, and who comes next for the requirement."""
        return why_line(self, lang)

    def _lines(self, lang: Lang) -> Iterator[str]:
        return why_lines(self, lang)


class Move(Record):
    """Units of a resource that change their requirement; None stands for spare capacity."""

    resource: Id
    to: Id | None
    away_from: Id | None
    quantity: Positive = 1


class Filled(Record):
    """A requirement that has more (or, below 0, less) than before."""

    requirement: Id
    change: int


class NewStart(Record):
    """A flexible demand that takes place at another time; None where nobody serves it."""

    demand: Id
    before: Moment | None
    after: Moment | None
    zone: Zone | None = None
    """Whose clocks show them in a text; None: UTC."""


class GoalLoss(Record):
    """What a goal has before and after, and what forcing costs the best plan in it: from ``least`` to
    ``most``, equal where it is exact.

    None stands for what is not known; after the first goal in which the loss is not exact, nothing is known
    of any later one.
    """

    goal: str
    before: int
    after: int | None
    least: int | None
    most: int | None


class Obstacle(Record):
    """What rules a forced pair out: hard locks hold too much of something, or cannot all be kept together
    with the other hard rules.
    """

    kind: Literal["resource", "requirement", "unit", "community", "rules"]
    id: Id | None = None
    limit: int | None = None
    """What there is of it; of a unit or a community, what its caps and reserves leave."""
    held: int | None = None
    """What other hard locks hold."""
    needed: int | None = None
    """What the forced pair would need."""
    locks: Many[Label] = ()


Verdict = Literal[
    "not_eligible", "at_capacity", "ruled_out", "exact", "bound", "unknown"
]


class WhyNot(Answer):
    """Why a pair is not in the plan (or not with more), and what it would cost to force one unit (more) of
    it, as a hard lock does.

    The loss is that of the best plan: without the lock less with it, goal by goal; where a later goal gains,
    its loss is below 0. ``verdict`` says what the rest holds: ``not_eligible`` all ``reasons``;
    ``at_capacity`` nothing, the plan has all that the pair can carry; ``ruled_out`` the ``obstacles``;
    ``exact`` the loss, proven; ``bound`` a range; ``unknown`` that the search found no plan with the lock in
    its time. ``moves`` lead from the plan to one with the pair and the goals ``after``.
    """

    resource: Id
    requirement: Id
    quantity: Count
    """What the plan has of the pair."""
    verdict: Verdict
    proof: Literal["prices", "search"] | None = None
    """What the loss rests on: a shortest path under the plan's prices, or solving again with the lock."""
    reasons: Many[Reason] = ()
    obstacles: Many[Obstacle] = ()
    loss: Many[GoalLoss] = ()
    moves: Many[Move] = ()
    filled: Many[Filled] = ()
    starts: Many[NewStart] = ()

    def line(self, lang: Lang = "en") -> str:
        """The verdict with its numbers."""
        return why_not_line(self, lang)

    def _lines(self, lang: Lang) -> Iterator[str]:
        return why_not_lines(self, lang)


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
        return text_of(
            "service", lang, resource=self.resource, units=units, needs=needs
        )

    def _lines(self, lang: Lang) -> list[str]:
        if self.idle is not None:
            return [self.idle.text(lang)]
        return [self.line(lang), *(pair.text(lang) for pair in self.pairs)]
