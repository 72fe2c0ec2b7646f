"""A problem with changes made to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from matchkit.answers.changes import (
    AddDemand,
    AddResource,
    AddRule,
    Change,
    ChangeDemand,
    ChangeObjective,
    ChangeResource,
    ChangeRule,
    FreeAt,
    RemoveDemand,
    RemoveResource,
    RemoveRule,
    SetCapacity,
    SetWanted,
    Train,
)
from matchkit.errors import Complaint, InputError
from matchkit.model import Problem, Resource, SkillLevel
from matchkit.model.rules import RuleRecord
from matchkit.model.text import key


def changed(problem: Problem, changes: Iterable[Change]) -> Problem:
    """The problem with these changes made, one after another. The one given stays as it is.

    A rule that names several resources loses one that is taken out, and goes where fewer are left than it needs. Raises
    InputError for an id or label that is not in the problem, and for whatever a Problem refuses.
    """
    lists = _Lists(problem)
    for number, change in enumerate(changes):
        lists.make(change, f"changes[{number}]")
    return lists.problem()


class _Lists:
    """The lists of a problem while changes are made to them, by id."""

    def __init__(self, problem: Problem) -> None:
        self._fields: dict[str, Any] = {name: getattr(problem, name) for name in type(problem).model_fields}
        self._units = {unit.id: unit for unit in problem.units}
        self._resources = {resource.id: resource for resource in problem.resources}
        self._demands = {demand.id: demand for demand in problem.demands}
        self._owner = {need.id: demand.id for demand in problem.demands for need in demand.requirements}
        self._rules: list[Any] = list(problem.rules)
        self._word = {key(alias): key(skill.name) for skill in problem.skills for alias in skill.aliases}

    def problem(self) -> Problem:
        made = {
            "units": tuple(self._units.values()),
            "resources": tuple(self._resources.values()),
            "demands": tuple(self._demands.values()),
            "rules": tuple(self._rules),
        }
        return Problem(**{**self._fields, **made})

    def make(self, change: Change, where: str) -> None:
        match change:
            case AddResource():
                if change.unit is not None:
                    self._new(where, "unit", change.unit.id, self._units)
                    self._units[change.unit.id] = change.unit
                self._new(where, "resource", change.resource.id, self._resources)
                self._resources[change.resource.id] = change.resource
            case RemoveResource():
                self._known(where, "resource", change.resource, self._resources)
                del self._resources[change.resource]
                self._forget("resource", {change.resource})
            case ChangeResource():
                self._known(where, "resource", change.resource.id, self._resources)
                self._resources[change.resource.id] = change.resource
            case SetCapacity():
                self._remake(where, change.resource, capacity=change.capacity)
            case Train():
                self._remake(where, change.resource, skills=self._trained(where, change))
            case FreeAt():
                available = self._resource(where, change.resource).available
                self._remake(where, change.resource, available=(*available, change.time) if available else ())
            case AddDemand():
                self._new(where, "demand", change.demand.id, self._demands)
                self._put(change.demand)
            case RemoveDemand():
                self._known(where, "demand", change.demand, self._demands)
                gone = self._demands.pop(change.demand)
                self._forget("demand", {gone.id})
                self._forget("requirement", {need.id for need in gone.requirements})
            case ChangeDemand():
                self._known(where, "demand", change.demand.id, self._demands)
                before = {need.id for need in self._demands[change.demand.id].requirements}
                self._put(change.demand)
                self._forget("requirement", before - {need.id for need in change.demand.requirements})
            case SetWanted():
                self._known(where, "requirement", change.requirement, self._owner)
                demand = self._demands[self._owner[change.requirement]]
                sizes = {"wanted": change.wanted, "minimum": change.minimum}
                needs = [_with(need, **sizes) if need.id == change.requirement else need for need in demand.requirements]
                self._put(_with(demand, requirements=needs))
            case AddRule():
                self._rules.append(change.rule)
            case RemoveRule():
                self._rules = [rule for rule in self._rules if rule.label != self._label(where, change.label)]
            case ChangeRule():
                first = next(at for at, rule in enumerate(self._rules) if rule.label == self._label(where, change.label))
                self._rules[first] = change.rule
                self._rules = [rule for at, rule in enumerate(self._rules) if at == first or rule.label != change.label]
            case ChangeObjective():
                self._fields["objective"] = change.objective

    def _put(self, demand: Any) -> None:
        self._demands[demand.id] = demand
        self._owner |= {need.id: demand.id for need in demand.requirements}

    def _resource(self, where: str, name: str) -> Resource:
        self._known(where, "resource", name, self._resources)
        return self._resources[name]

    def _remake(self, where: str, name: str, **fields: Any) -> None:
        self._resources[name] = _with(self._resource(where, name), **fields)

    def _trained(self, where: str, change: Train) -> tuple[SkillLevel, ...]:
        held = self._resource(where, change.resource).skills
        word = self._spelling(change.skill)
        if any(self._spelling(one.skill) == word and one.level >= change.level for one in held):
            return held
        others = [one for one in held if self._spelling(one.skill) != word]
        return (*others, SkillLevel(skill=change.skill, level=change.level))

    def _spelling(self, skill: str) -> str:
        return self._word.get(key(skill), key(skill))

    def _label(self, where: str, label: str) -> str:
        self._known(where, "rule", label, {rule.label: rule for rule in self._rules})
        return label

    def _forget(self, field: str, gone: set[str]) -> None:
        """Drop what names the records that are gone: rules, previous pairs, scores; take them out of rules that name several."""
        kept: list[RuleRecord] = []
        for rule in self._rules:
            several = getattr(rule, "resources", ()) if field == "resource" else ()
            left = [name for name in several if name not in gone]
            if getattr(rule, field, None) in gone:
                continue
            if len(left) < len(several):
                if len(left) < (1 if getattr(rule, "rule", "") == "choose_at_most" else 2):
                    continue
                rule = _with(rule, resources=left)
            kept.append(rule)
        self._rules = kept
        if field == "demand":
            return
        self._fields["previous"] = tuple(pair for pair in self._fields["previous"] if getattr(pair, field) not in gone)
        scores = []
        for record in self._fields["scores"]:
            if field == "resource":
                scores += [] if record.resource in gone else [record]
                continue
            left = [(name, points) for name, points in zip(record.requirements, record.points, strict=True) if name not in gone]
            scores.append(_with(record, requirements=[name for name, _ in left], points=[points for _, points in left]))
        self._fields["scores"] = tuple(scores)

    @staticmethod
    def _known(where: str, what: str, name: str, known: dict[str, Any]) -> None:
        if name not in known:
            listed = ", ".join(sorted(known)[:5]) + (", ..." if len(known) > 5 else "")
            raise InputError([Complaint(where, f"names the {what} {name}, which is not in the problem", f"Known: {listed or 'none'}")])

    @staticmethod
    def _new(where: str, what: str, name: str, known: dict[str, Any]) -> None:
        if name in known:
            raise InputError([Complaint(where, f"adds the {what} {name}, which is in the problem already", "Give it an id of its own")])


def _with(record: Any, **fields: Any) -> Any:
    """The record with some fields anew, checked as a new one is."""
    return type(record)(**{**{name: getattr(record, name) for name in record.model_fields_set | set(fields)}, **fields})
