"""What every rule has: its scope, and what breaking it costs."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from matchkit.model.base import Record
from matchkit.model.fault import RecordFault
from matchkit.model.text import Id

LARGEST = 1_000_000_000
Scope = Literal["pair", "resource", "demand", "plan"]
"""What an amount is a sum over: each pair, resource or demand by itself, or the plan as a whole."""


class Soft(Record):
    """A rule that bends: what each unit of the amount broken costs. Exactly one of the three is given.

    ``price`` points are taken from the weight; or the amounts of all rules of ``tier`` are made as small as
    can be, as a goal right after the filling of that tier; or, with ``no_worse``, the amount may be what it
    is in the previous plan.
    """

    price: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    tier: Annotated[int, Field(ge=1, le=20)] | None = None
    no_worse: bool = False

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if (self.price is not None) + (self.tier is not None) + self.no_worse != 1:
            raise RecordFault("soft")
        return self


class RuleRecord(Record):
    """A rule with its own ``id`` (where it matters which one was broken), hard unless ``soft`` says
    otherwise.
    """

    scope: ClassVar[Scope] = "plan"
    id: Id | None = None
    soft: Soft | None = None

    @property
    def label(self) -> str:
        """Its id; or else its kind with the ids it names (of a list of resources the first three by id)."""
        if self.id is not None:
            return self.id
        named = [
            getattr(self, field, None)
            for field in ("resource", "requirement", "demand", "unit", "community", "kind")
        ]
        several: tuple[str, ...] = getattr(self, "resources", ())
        more = [*sorted(several)[:3], *(["..."] if len(several) > 3 else [])]
        return " ".join([getattr(self, "rule", "rule"), *(name for name in named if name is not None), *more])
