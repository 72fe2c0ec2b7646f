"""Changes of a problem, as data: what somebody could do about a shortage, and what a what-if asks about.

A rule is named by its label (``rule.label``: its id, or its kind with the ids it names).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from matchkit.answers.base import Answer
from matchkit.model import Demand, Objective, Resource, SkillLevel, Unit
from matchkit.model.resource import Quantity
from matchkit.model.rules import Rule
from matchkit.model.skill import Level
from matchkit.model.text import Id, Label, Name
from matchkit.model.weekly import Time
from matchkit.words import Lang, say


class _Change(Answer):
    def line(self, lang: Lang = "en") -> str:
        return say(f"change.{getattr(self, 'change', '')}", lang, **self._values())

    def _values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in type(self).model_fields if name != "change"}


class AddResource(_Change):
    """One more resource, and its unit where that is new too."""

    change: Literal["add_resource"] = "add_resource"
    resource: Resource
    unit: Unit | None = None

    def _values(self) -> dict[str, Any]:
        return {
            "resource": self.resource.id,
            "unit": self.resource.unit,
            "kind": self.resource.kind,
            "skills": _skills(self.resource.skills),
        }


class RemoveResource(_Change):
    """A resource less, with every rule, previous pair and score that names it alone."""

    change: Literal["remove_resource"] = "remove_resource"
    resource: Id


class ChangeResource(_Change):
    """The resource of this id as given here instead."""

    change: Literal["change_resource"] = "change_resource"
    resource: Resource

    def _values(self) -> dict[str, Any]:
        return {"resource": self.resource.id}


class SetCapacity(_Change):
    """A resource gives at most so much."""

    change: Literal["set_capacity"] = "set_capacity"
    resource: Id
    capacity: Quantity


class Train(_Change):
    """A resource holds a skill at this level, if it does not hold it at a higher one."""

    change: Literal["train"] = "train"
    resource: Id
    skill: Name
    level: Level


class FreeAt(_Change):
    """A resource is free at this time too. (One without times is always free, and stays so.)"""

    change: Literal["free_at"] = "free_at"
    resource: Id
    time: Time


class AddDemand(_Change):
    """One more demand."""

    change: Literal["add_demand"] = "add_demand"
    demand: Demand

    def _values(self) -> dict[str, Any]:
        return {"demand": self.demand.id}


class RemoveDemand(_Change):
    """A demand less, with every rule, previous pair and score that names it or one of its requirements alone."""

    change: Literal["remove_demand"] = "remove_demand"
    demand: Id


class ChangeDemand(_Change):
    """The demand of this id as given here instead."""

    change: Literal["change_demand"] = "change_demand"
    demand: Demand

    def _values(self) -> dict[str, Any]:
        return {"demand": self.demand.id}


class SetWanted(_Change):
    """A requirement wants so many, at least so many."""

    change: Literal["set_wanted"] = "set_wanted"
    requirement: Id
    wanted: Annotated[int, Field(ge=1, le=1_000_000_000)]
    minimum: Annotated[int, Field(ge=0, le=1_000_000_000)] = 0


class AddRule(_Change):
    """One more rule."""

    change: Literal["add_rule"] = "add_rule"
    rule: Rule

    def _values(self) -> dict[str, Any]:
        return {"rule": self.rule.label}


class RemoveRule(_Change):
    """Every rule of this label less."""

    change: Literal["remove_rule"] = "remove_rule"
    label: Label


class ChangeRule(_Change):
    """In place of every rule of this label, this one."""

    change: Literal["change_rule"] = "change_rule"
    label: Label
    rule: Rule

    def _values(self) -> dict[str, Any]:
        return {"label": self.label, "rule": self.rule.label, "limit": _limit(self.rule)}


class ChangeObjective(_Change):
    """Another objective."""

    change: Literal["change_objective"] = "change_objective"
    objective: Objective


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


def _skills(skills: tuple[SkillLevel, ...]) -> tuple[str, ...]:
    return tuple(f"{held.skill} {held.level}" for held in skills)


def _limit(rule: Rule) -> str:
    """The numbers of a rule, by field, as a change of them is told."""
    told = {name: getattr(rule, name) for name in type(rule).model_fields}
    return ", ".join(f"{name} {value}" for name, value in told.items() if isinstance(value, int | float) and not isinstance(value, bool))
