"""Why a pair is in a plan, and why one is not: what it is worth, who comes next, and what forcing it would
cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from matchkit.answers.base import Answer
from matchkit.answers.effects import change_told, term_told
from matchkit.answers.idle import Idle
from matchkit.answers.reasons import Reason
from matchkit.messages import spans
from matchkit.messages.catalogue import Lang
from matchkit.messages.message import joined, text_of
from matchkit.model.base import Many, Record
from matchkit.model.fault import RecordFault
from matchkit.model.text import Id, Label
from matchkit.model.time import Moment, Zone
from matchkit.plan import Terms
from matchkit.plan.goals import goal_told

Count = Annotated[int, Field(ge=0)]
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
        return text_of(
            "pair.why.line", lang, resource=self.resource, requirement=self.requirement, weight=self.weight,
            next=self._next(self.other_resource, "resource", lang),
        )  # fmt: skip

    def text(self, lang: Lang = "en") -> str:
        """Terms, prices and both runner-ups."""
        return "\n".join([self.line(lang), *(f"  {line}" for line in self._lines(lang))])

    def _lines(self, lang: Lang) -> Iterator[str]:
        counting = [
            text_of("pair.why.term", lang, term=term_told(name, lang), points=points)
            for name, points in self.terms
            if points
        ]
        if counting:
            yield text_of(
                "pair.why.terms", lang, weight=self.weight, terms=joined(counting, lang)
            )
        else:
            yield text_of("pair.why.terms.none", lang)
        if (
            self.resource_price is not None
            and self.requirement_price is not None
            and self.left_over is not None
        ):
            yield text_of(
                "pair.why.prices", lang, resource=self.resource, requirement=self.requirement,
                first=changes_told(self.goals, self.resource_price, lang, signed=False),
                second=changes_told(self.goals, self.requirement_price, lang, signed=False),
                rest=changes_told(self.goals, self.left_over, lang, signed=False),
            )  # fmt: skip
        yield text_of("pair.why.quantity", lang, resource=self.resource, quantity=self.quantity)
        if self.locked:
            yield text_of("pair.why.locked", lang, locked=self.locked)
        yield self._next(self.other_resource, "resource", lang)
        yield self._next(self.other_requirement, "requirement", lang)
        if self.ranked_by == "weight":
            yield text_of("pair.why.by_weight", lang)
        elif not self.proven:
            yield text_of("pair.why.not_proven", lang)

    def _next(self, other: RunnerUp | None, what: str, lang: Lang) -> str:
        ids = {"resource": self.resource, "requirement": self.requirement}
        if other is None:
            return text_of(f"pair.why.next.{what}.none", lang, **ids)
        if not any(other.behind):
            return text_of(
                f"pair.why.next.{what}.even", lang, **ids, other=other.id, weight=other.weight
            )
        behind = changes_told(self.goals, other.behind, lang, signed=False)
        return text_of(
            f"pair.why.next.{what}",
            lang,
            **ids,
            other=other.id,
            weight=other.weight,
            behind=behind,
        )


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


Verdict = Literal["not_eligible", "at_capacity", "ruled_out", "exact", "bound", "unknown"]


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
        ids = {
            "resource": self.resource,
            "requirement": self.requirement,
            "quantity": self.quantity,
        }
        more = (
            ".more" if self.quantity and self.verdict in ("ruled_out", "exact", "bound") else ""
        )
        match self.verdict:
            case "not_eligible":
                told = joined([reason.line(lang) for reason in self.reasons], lang, "semicolon")
                return text_of("pair.why_not.not_eligible", lang, **ids, reasons=told)
            case "ruled_out":
                told = joined(
                    [_obstacle(obstacle, lang) for obstacle in self.obstacles],
                    lang,
                    "semicolon",
                )
                return text_of(f"pair.why_not.ruled_out{more}", lang, **ids, obstacles=told)
            case "exact":
                change = [-(goal.most or 0) for goal in self.loss]
                if not any(change):
                    return text_of(f"pair.why_not.free{more}", lang, **ids)
                told = changes_told([goal.goal for goal in self.loss], change, lang)
                return text_of(f"pair.why_not.exact{more}", lang, **ids, change=told)
            case "bound":
                return text_of(
                    f"pair.why_not.bound{more}",
                    lang,
                    **ids,
                    loss=joined(list(_ranges(self.loss, lang)), lang),
                )
        return text_of(f"pair.why_not.{self.verdict}", lang, **ids)

    def text(self, lang: Lang = "en") -> str:
        """The verdict, every goal that changes, and every move."""
        return "\n".join([self.line(lang), *(f"  {line}" for line in self._lines(lang))])

    def _lines(self, lang: Lang) -> Iterator[str]:
        for goal in self.loss:
            if goal.after is not None and goal.after != goal.before:
                yield text_of(
                    "pair.why_not.goal",
                    lang,
                    goal=goal_told(goal.goal, lang),
                    before=goal.before,
                    after=goal.after,
                )
        for move in self.moves:
            way = "swap" if move.to and move.away_from else "join" if move.to else "leave"
            many = ".many" if move.quantity > 1 else ""
            yield text_of(
                f"pair.move.{way}{many}",
                lang,
                resource=move.resource,
                to=move.to,
                away_from=move.away_from,
                quantity=move.quantity,
            )
        for entry in self.filled:
            way = "more" if entry.change > 0 else "less"
            yield text_of(
                f"pair.filled.{way}",
                lang,
                requirement=entry.requirement,
                count=abs(entry.change),
            )
        for start in self.starts:
            times = {
                name: _moment(at, start.zone, lang)
                for name, at in (("before", start.before), ("after", start.after))
            }
            yield text_of("pair.new_start", lang, demand=start.demand, **times)
        if self.proof == "search" and self.moves:
            yield text_of("pair.why_not.searched", lang)


def changes_told(
    goals: Sequence[str], amounts: Sequence[int], lang: Lang, *, signed: bool = True
) -> str:
    """The goals that are not 0, each with its number; "nothing" where all are."""
    told = [
        change_told(name, amount, lang)
        if signed
        else text_of("pair.goal.amount", lang, goal=goal_told(name, lang), amount=amount)
        for name, amount in zip(goals, amounts, strict=True)
        if amount
    ]
    return joined(told, lang) if told else text_of("pair.goal.nothing", lang)


def _moment(at: Moment | None, zone: str | None, lang: Lang) -> str:
    return text_of("pair.new_start.none", lang) if at is None else spans.moment(at, zone)


def _obstacle(obstacle: Obstacle, lang: Lang) -> str:
    if obstacle.kind == "rules":
        return (
            text_of("pair.obstacle.rules", lang, locks=obstacle.locks)
            if obstacle.locks
            else text_of("pair.obstacle.other_rules", lang)
        )
    values = {
        "id": obstacle.id,
        "limit": obstacle.limit,
        "held": obstacle.held,
        "needed": obstacle.needed,
    }
    if None in values.values():
        return text_of("pair.obstacle.other_rules", lang)
    return text_of(f"pair.obstacle.{obstacle.kind}", lang, **values)


def _ranges(loss: Sequence[GoalLoss], lang: Lang) -> Iterator[str]:
    for goal in loss:
        name = goal_told(goal.goal, lang)
        if goal.least is None and goal.most is None:
            yield text_of("pair.range.unknown", lang, goal=name)
        elif goal.least == goal.most:
            if goal.most:
                yield text_of("pair.range.exact", lang, goal=name, loss=goal.most)
        elif goal.least is None:
            yield text_of("pair.range.most", lang, goal=name, most=goal.most)
        elif goal.most is None:
            yield text_of("pair.range.least", lang, goal=name, least=goal.least)
        else:
            yield text_of(
                "pair.range.between", lang, goal=name, least=goal.least, most=goal.most
            )


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
