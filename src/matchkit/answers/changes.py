"""Changes of a problem, as data: what somebody could do about a shortage, and what a what-if asks about.

A rule is named by its label (``rule.label``: its id, or its kind with the ids it names).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from matchkit.answers.base import Answer
from matchkit.answers.wording import (
    demand_text,
    objective_text,
    resource_text,
    rule_text,
    time_text,
)
from matchkit.errors import BudgetError
from matchkit.messages.message import Lang, Message, text_of
from matchkit.model import Demand, Objective, Resource, Unit
from matchkit.model.base import Many, Record
from matchkit.model.complaints import input_error
from matchkit.model.json_text import decoded, parsed
from matchkit.model.resource import Quantity
from matchkit.model.rules import Rule
from matchkit.model.skill import SkillLevelNumber
from matchkit.model.text import Id, Label, Name
from matchkit.model.time import Zone
from matchkit.model.weekly import WindowOrWeekly

MOST_CHANGES = 10_000
"""Most changes that are made at once."""


class _Change(Answer):
    def line(self, lang: Lang = "en") -> str:
        """What is changed, in one line."""
        return text_of(
            f"change.{getattr(self, 'change', '')}", lang, **self._values(lang)
        )

    def _values(self, lang: Lang) -> dict[str, Any]:  # noqa: ARG002 - for those that tell more
        return {
            name: getattr(self, name)
            for name in type(self).model_fields
            if name != "change"
        }


def _of_resource(resource: Resource, lang: Lang) -> dict[str, Any]:
    described = resource_text(resource, lang)
    return {"resource": resource.id, "unit": resource.unit, "text": described}


def _of_demand(demand: Demand, lang: Lang) -> dict[str, Any]:
    described = demand_text(demand, lang)
    return {"demand": demand.id, "community": demand.community, "text": described}


class AddResource(_Change):
    """One more resource, and its unit where that is new too."""

    change: Literal["add_resource"] = "add_resource"
    resource: Resource
    unit: Unit | None = None

    def _values(self, lang: Lang) -> dict[str, Any]:
        return _of_resource(self.resource, lang)


class RemoveResource(_Change):
    """A resource less, with every rule, previous pair and score that names it alone; rules that name several
    lose it.
    """

    change: Literal["remove_resource"] = "remove_resource"
    resource: Id


class ChangeResource(_Change):
    """The resource of this id as given here instead; without a name here it keeps its own, so that changes
    need not carry names.
    """

    change: Literal["change_resource"] = "change_resource"
    resource: Resource

    def _values(self, lang: Lang) -> dict[str, Any]:
        return _of_resource(self.resource, lang)


class SetCapacity(_Change):
    """A resource gives at most so much."""

    change: Literal["set_capacity"] = "set_capacity"
    resource: Id
    capacity: Quantity


class Train(_Change):
    """A resource holds a skill at this level, if it does not hold it (or a narrower one) at that level or a
    higher one.
    """

    change: Literal["train"] = "train"
    resource: Id
    skill: Name
    level: SkillLevelNumber


class FreeAt(_Change):
    """A resource is free at this time too. (One without times is always free, and stays so.)"""

    change: Literal["free_at"] = "free_at"
    resource: Id
    time: WindowOrWeekly
    zone: Zone | None = None
    """Whose clocks show the time in a text; None: UTC."""

    def _values(self, lang: Lang) -> dict[str, Any]:
        return {
            "resource": self.resource,
            "time": time_text(self.time, lang, self.zone),
        }


class AddDemand(_Change):
    """One more demand."""

    change: Literal["add_demand"] = "add_demand"
    demand: Demand

    def _values(self, lang: Lang) -> dict[str, Any]:
        return _of_demand(self.demand, lang)


class RemoveDemand(_Change):
    """A demand less, with every rule, previous pair and score that names it or one of its requirements."""

    change: Literal["remove_demand"] = "remove_demand"
    demand: Id


class ChangeDemand(_Change):
    """The demand of this id as given here instead. Rules, previous pairs and scores of requirements that it
    no longer has go.
    """

    change: Literal["change_demand"] = "change_demand"
    demand: Demand

    def _values(self, lang: Lang) -> dict[str, Any]:
        return _of_demand(self.demand, lang)


class SetWanted(_Change):
    """A requirement wants so many, at least so many of them; without ``minimum`` that stays as it is."""

    change: Literal["set_wanted"] = "set_wanted"
    requirement: Id
    wanted: Annotated[int, Field(ge=1, le=1_000_000_000)]
    minimum: Annotated[int, Field(ge=0, le=1_000_000_000)] | None = None

    def line(self, lang: Lang = "en") -> str:
        """What is changed, in one line."""
        key = (
            "change.set_wanted"
            if self.minimum is not None
            else "change.set_wanted_only"
        )
        return text_of(key, lang, **self._values(lang))


class AddRule(_Change):
    """One more rule."""

    change: Literal["add_rule"] = "add_rule"
    rule: Rule

    def _values(self, lang: Lang) -> dict[str, Any]:
        return {"rule": rule_text(self.rule, lang)}


class RemoveRule(_Change):
    """Every rule of this label less."""

    change: Literal["remove_rule"] = "remove_rule"
    label: Label


class ChangeRule(_Change):
    """In place of every rule of this label, this one."""

    change: Literal["change_rule"] = "change_rule"
    label: Label
    rule: Rule

    def _values(self, lang: Lang) -> dict[str, Any]:
        return {"label": self.label, "rule": rule_text(self.rule, lang)}


class ChangeObjective(_Change):
    """Another objective."""

    change: Literal["change_objective"] = "change_objective"
    objective: Objective

    def _values(self, lang: Lang) -> dict[str, Any]:
        return {"text": objective_text(self.objective, lang)}


Change = Annotated[
    AddResource
    | RemoveResource
    | ChangeResource
    | SetCapacity
    | Train
    | FreeAt
    | AddDemand
    | RemoveDemand
    | ChangeDemand
    | SetWanted
    | AddRule
    | RemoveRule
    | ChangeRule
    | ChangeObjective,
    Field(discriminator="change"),
]


class _Listed(Record):
    changes: Many[Change]


def changes_from_json(text: str | bytes) -> tuple[Change, ...]:
    """The changes that a JSON text (UTF-8) lists: ``[{"change": "set_capacity", "resource": "R1", "capacity":
    2}, ...]``.

    Raises InputError, which lists every fault by change and field (a key given twice is one too), and
    BudgetError for a text that is too large or more than 10,000 changes. Whether the ids are in a problem,
    ``apply_changes`` says.
    """
    text = decoded(text)
    data = {"changes": parsed(text)}
    if isinstance(data["changes"], list) and len(data["changes"]) > MOST_CHANGES:
        raise BudgetError(
            Message.of("change.counted", count=len(data["changes"]), most=MOST_CHANGES)
        )
    try:
        return _Listed.model_validate_json('{"changes":' + text + "}").changes
    except ValidationError as error:
        raise input_error(error, data, "changes") from None
