"""What earlier rounds have given: to communities, demands and requirements, and by resources and units."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from matchkit.errors import Complaint
from matchkit.model.base import Record
from matchkit.model.fault import RecordFault, complaint
from matchkit.model.text import Id, Name

if TYPE_CHECKING:
    from matchkit.model.problem import Problem

GETTERS: Final = ("community", "demand", "requirement")
"""Fields that name who gets."""
GIVERS: Final = ("resource", "unit")
"""Fields that name who gives."""
RATIOS: Final = ("decay", "nights", "refusals", "kilometres")
"""Fields of the objective by which a history counts."""
SUBJECTS: Final = {
    "communities": "community",
    "demands": "demand",
    "requirements": "requirement",
    "resources": "resource",
    "units": "unit",
}
"""The field of a history by whose coverage or loads it is."""
HistoryMeasure: TypeAlias = Literal["units", "nights", "refusals", "kilometres"]


def _written(value: object) -> object:
    """A number as its text; anything else as it is."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else value


def _lowest(text: str) -> str:
    """A fraction or decimal in lowest terms."""
    return str(Fraction(text))


Ratio = Annotated[
    str,
    Field(pattern=r"^[0-9]{1,6}(/[1-9][0-9]{0,5}|\.[0-9]{1,6})?$"),
    AfterValidator(_lowest),
    BeforeValidator(_written),
]
"""A number from 0 as a fraction or a decimal, kept as a fraction in lowest terms."""


def _at_most_one(text: str) -> str:
    if Fraction(text) > 1:
        raise RecordFault("decay")
    return text


Decay = Annotated[Ratio, AfterValidator(_at_most_one)]
"""What remains of a round's amounts one round later: a number from 0 to 1."""


class History(Record):
    """What one community, demand or requirement got in a round out of what it wanted, or what one resource or
    unit gave.

    Exactly one of them is named. Several records of one round add up.
    """

    round: Annotated[int, Field(ge=1, le=1_000_000)]
    """The number of the round."""
    community: Annotated[Id | None, Field(exclude_if=operator.not_)] = None
    """Id of the community that got it."""
    demand: Annotated[Id | None, Field(exclude_if=operator.not_)] = None
    """Id of the demand that got it."""
    requirement: Annotated[Id | None, Field(exclude_if=operator.not_)] = None
    """Id of the requirement that got it."""
    resource: Annotated[Id | None, Field(exclude_if=operator.not_)] = None
    """Id of the resource that gave it."""
    unit: Annotated[Id | None, Field(exclude_if=operator.not_)] = None
    """Id of the unit that gave it."""
    measure: Annotated[
        HistoryMeasure, Field(exclude_if=lambda measure: measure == "units")
    ] = "units"
    """What is counted: units; of those who give also nights, refusals or kilometres."""
    given: Annotated[int, Field(ge=0, le=1_000_000_000)]
    """How many of these."""
    of: Annotated[int, Field(ge=0, le=1_000_000_000)] | None = None
    """How many units were wanted; of those who get."""
    tier: Annotated[int, Field(ge=1, le=20)] | None = None
    """The tier of what was wanted; counts for every tier, where none is given. Of those who get."""
    kind: Annotated[Name | None, Field(exclude_if=operator.not_)] = None
    """The kind, by key, of what was wanted; counts for every kind, where none is given. Of those who get."""

    @model_validator(mode="after")
    def _one_side(self) -> Self:
        getters, givers = (
            [name for name in side if getattr(self, name) is not None]
            for side in (GETTERS, GIVERS)
        )
        if len(getters) + len(givers) != 1:
            raise RecordFault("whose_history")
        if getters and self.of is None:
            raise RecordFault("history_of")
        if getters and self.given > (self.of or 0):
            raise RecordFault("history_more", given=self.given, of=self.of)
        if getters and self.measure != "units":
            raise RecordFault("history_measure", measure=self.measure)
        if givers and (self.of, self.tier, self.kind) != (None, None, None):
            raise RecordFault("no_history_of")
        return self


def current_round(problem: Problem) -> int:
    """The number of the round that is planned: the problem's own, else one after the last of its history."""
    last = max((one.round for one in problem.history), default=0)
    return last + 1 if problem.round is None else problem.round


def history_faults(problem: Problem) -> Iterator[Complaint]:
    """Rounds after the one that is planned, and measures of loads whose worth nobody states."""
    objective, now = problem.objective, current_round(problem)
    parts = [part for aim in objective.aims for part in aim.parts]
    loads = objective.even or any(part.measure == "loads" for part in parts)
    for number, one in enumerate(problem.history):
        where = f"history[{number}]"
        if one.round > now:
            yield complaint(f"{where}.round", "later_round", round=one.round, now=now)
        if loads and one.measure != "units" and getattr(objective, one.measure) is None:
            yield complaint(f"{where}.measure", "no_load_factor", measure=one.measure)
