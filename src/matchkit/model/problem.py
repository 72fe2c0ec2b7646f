"""The whole problem: both lists, the trees they hang in, the rules and the objective."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from matchkit.errors import InputError
from matchkit.model.base import Many, Record
from matchkit.model.complaints import complaints_of
from matchkit.model.demand import Demand
from matchkit.model.json_text import parsed
from matchkit.model.objective import Objective
from matchkit.model.references import check_references
from matchkit.model.resource import Resource
from matchkit.model.rules import Rule
from matchkit.model.skill import Skill
from matchkit.model.text import Id
from matchkit.model.unit import Community, Unit

SCHEMA_VERSION = "1"


class PreviousPair(Record):
    """A pair of the previous plan, which the ``previous`` term prefers to keep."""

    resource: Id
    requirement: Id


class Problem(Record):
    """What units can give and what communities need.

    Problem(...) raises InputError, which lists every fault by record and field. The order of records means
    nothing.
    """

    schema_version: Literal["1"] = SCHEMA_VERSION
    note: Annotated[str, Field(max_length=10_000)] | None = None
    """Where the data came from; generated data says so here."""
    units: Many[Unit] = ()
    communities: Many[Community] = ()
    resources: Many[Resource] = ()
    demands: Many[Demand] = ()
    skills: Many[Skill] = ()
    rules: Many[Rule] = ()
    previous: Many[PreviousPair] = ()
    objective: Objective = Objective()

    @model_validator(mode="after")
    def _references_resolve(self) -> Self:
        found = check_references(self)
        if found:
            raise InputError(found)
        return self

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The problem that a JSON text (UTF-8) describes. Raises InputError; a key given twice is a fault too."""
        data = parsed(text)
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise InputError(complaints_of(error, data)) from None
