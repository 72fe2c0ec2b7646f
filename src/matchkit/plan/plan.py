"""The plan itself: who serves what, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import Field, create_model

from matchkit.messages.message import Lang, text_of
from matchkit.messages.view import View
from matchkit.model import FACTORS, Objective
from matchkit.model.base import Many, Record, collector_at_rest, shown
from matchkit.model.text import Id, Label
from matchkit.model.time import Moment
from matchkit.plan.certificate import AnyCertificate
from matchkit.plan.outcome import Outcome, goal_text

PLAN_SCHEMA_VERSION: Final = "1"

Count = Annotated[int, Field(ge=0)]


if TYPE_CHECKING:

    class _ByTerm(Record):
        def __getattr__(self, name: str) -> int: ...

else:
    _ByTerm = create_model(
        "_ByTerm",
        __base__=Record,
        **{
            name: (int, Field(0, description=Objective.model_fields[name].description))
            for name in FACTORS
        },
    )


class Terms(_ByTerm):
    """A pair's weight by term, each already multiplied by its factor in the objective."""


class Assignment(Record):
    """A chosen pair: how many units of the resource serve the requirement, and what one of them is worth."""

    resource: Id
    """Id of the resource."""
    requirement: Id
    """Id of the requirement."""
    quantity: Annotated[int, Field(ge=1)]
    """Units assigned."""
    weight: int
    """Points of one unit: the sum of the terms."""
    terms: Terms
    """Points of one unit by term."""
    start: Moment | None = None
    """When it begins, where the demand is flexible."""


class Payment(Record):
    """What a soft rule was broken by, or that a resource with an activation cost is used, and the points it
    takes.

    ``rule`` is the rule's label (``activation`` for the cost of a resource, with its id). ``paid`` is 0 where
    the amount counts in a goal of its own (``tier``) or is allowed because the previous plan had it.
    """

    rule: Label
    """Label of the rule, or ``activation`` with the id of the resource."""
    amount: Annotated[int, Field(ge=1)]
    """By how much the rule is broken, in its own unit; 1 for an activation."""
    paid: Count
    """Points taken from the weight."""
    tier: int | None = None
    """The tier whose goal counts the amount, if any."""


class Shortfall(Record):
    """What a requirement still lacks: assigned plus missing equals wanted."""

    requirement: Id
    """Id of the requirement."""
    demand: Id
    """Id of its demand."""
    tier: int
    """Tier of its demand."""
    wanted: Count
    """Units wanted."""
    minimum: Count
    """Units that come first among the goals."""
    assigned: Count
    """Units assigned."""
    missing: Annotated[int, Field(ge=1)]
    """Units wanted and not assigned."""
    below_minimum: Count
    """Units of the minimum that are not assigned."""
    eligible: Count | None
    """How many resources are eligible for it; None where they were not counted."""
    reason: Literal["nobody_eligible", "too_few_eligible", "contended"]
    """Nobody is eligible, fewer than are wanted are, or others hold those who are."""


class Plan(Record):
    """The answer to a problem, in the user's own ids. Its order is that of the ids."""

    schema_version: Literal["1"] = PLAN_SCHEMA_VERSION
    """The version of this form of records."""
    assignments: Many[Assignment]
    """The chosen pairs, by ids."""
    shortfalls: Many[Shortfall]
    """Every requirement that lacks something, by ids."""
    payments: Many[Payment] = ()
    """Soft rules that are broken and costs of activation, by labels."""
    outcome: Outcome
    """How good the plan is, and why solving ended."""
    certificate: AnyCertificate | None
    """Prices that prove the bound; None where it rests on a search or on nothing."""

    @classmethod
    @collector_at_rest()
    def from_json(cls, text: str | bytes) -> Plan:
        """The plan that a JSON text (UTF-8) describes. Raises InputError."""
        return cls._of_json(text)

    def to_json(self) -> str:
        """The plan as JSON, one key order, the same bytes for the same plan."""
        return self.model_dump_json(indent=1) + "\n"

    def __repr_args__(self) -> Iterator[tuple[str, object]]:
        """What ``repr`` shows: how good the plan is, and how long its lists are."""
        yield from (
            ("status", self.outcome.status),
            ("value", self.outcome.value),
            ("bound", self.outcome.bound),
        )
        yield from (
            (name, shown(getattr(self, name)))
            for name in ("assignments", "shortfalls", "payments")
        )

    def _repr_html_(self) -> str:
        """What a notebook shows: what is filled and missing, and every goal with its bound."""
        return self._view().html()

    def __rich__(self) -> object:
        return self._view().rich()

    def _view(self) -> View:
        filled, missing = (
            sum(entry.quantity for entry in self.assignments),
            sum(lack.missing for lack in self.shortfalls),
        )
        counts = text_of(
            "view.plan.text",
            filled=filled,
            wanted=filled + missing,
            busy=len({entry.resource for entry in self.assignments}),
            missing=missing,
            below=sum(lack.below_minimum for lack in self.shortfalls),
        )
        goals = tuple(
            (
                goal.name,
                goal.value,
                text_of("view.open") if goal.bound is None else goal.bound,
            )
            for goal in self.outcome.goals
        )
        title = text_of(
            "view.plan", status=text_of(f"view.status.{self.outcome.status}")
        )
        return View(
            title,
            (counts,),
            (text_of("view.goal"), text_of("view.value"), text_of("view.bound")),
            goals,
        )

    def summary(self, lang: Lang = "en") -> str:
        """A few lines for a person: what is filled, what is missing, how good it is and why that is known.

        A goal after the first one below its bound has no bound of its own, and the line says so.
        """
        outcome, filled = self.outcome, sum(a.quantity for a in self.assignments)
        busy = len({a.resource for a in self.assignments})
        missing = sum(s.missing for s in self.shortfalls)
        proof = text_of(f"view.status.{outcome.status}", lang)
        absent = text_of(
            "view.unknown" if self.certificate is None else "view.open_yet", lang
        )
        gap = (
            text_of("view.unknown", lang)
            if outcome.gap is None
            else f"{outcome.gap:.4%}"
        )
        lines = [
            text_of(
                "view.summary",
                lang,
                filled=filled,
                wanted=filled + missing,
                busy=busy,
                proof=proof,
                gap=gap,
            ),
            *(
                text_of(
                    "view.summary.goal",
                    lang,
                    goal=f"{goal_text(goal.name, lang):<24}",
                    value=f"{goal.value:>12,}",
                    bound=absent if goal.bound is None else f"{goal.bound:,}",
                )
                for goal in outcome.goals
            ),
        ]
        if outcome.chosen is not None:
            lines.append(outcome.chosen.line(lang))
        if outcome.kept is not None:
            lines.append(outcome.kept.line(lang))
        if self.shortfalls:
            below = sum(s.below_minimum for s in self.shortfalls)
            lines += [closed.line(lang) for closed in outcome.closed]
            lines.append(
                text_of(
                    "view.summary.lacks",
                    lang,
                    requirements=len(self.shortfalls),
                    missing=missing,
                    below=below,
                )
            )
        return "\n".join(lines)
