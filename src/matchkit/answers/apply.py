"""A problem with changes made to it, and what resources hold after a training, aliases and broader skills
considered.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, get_args

from pydantic import BaseModel

from matchkit.answers.changes import (
    MOST_CHANGES,
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
from matchkit.answers.named import (
    ChangeFaults,
    NamedRecords,
    RankRecords,
    ScoreTable,
    names_of_pair,
    names_of_rule,
)
from matchkit.errors import BudgetError, InputError
from matchkit.messages.message import Message
from matchkit.model import Demand, Problem, Resource, Skill, SkillLevel
from matchkit.model.base import with_fields
from matchkit.model.fault import another_type
from matchkit.model.text import key
from matchkit.plan.arguments import no_problem


class Training:
    """The skills of a problem: how they are spelled, and what counts as what."""

    def __init__(self, skills: Iterable[Skill]) -> None:
        skills = tuple(skills)
        self._word = {
            key(alias): key(skill.name) for skill in skills for alias in skill.aliases
        }
        self._above = {
            key(skill.name): [self._spelling(parent) for parent in skill.parents]
            for skill in skills
        }

    def trained(self, resource: Resource, change: Train) -> tuple[SkillLevel, ...]:
        """The resource's skills after the training."""
        word = self._spelling(change.skill)
        if any(
            one.level >= change.level
            and self._counts_as(self._spelling(one.skill), word)
            for one in resource.skills
        ):
            return resource.skills
        others = [one for one in resource.skills if self._spelling(one.skill) != word]
        return (*others, SkillLevel(skill=change.skill, level=change.level))

    def _spelling(self, skill: str) -> str:
        return self._word.get(key(skill), key(skill))

    def _counts_as(self, skill: str, wanted: str) -> bool:
        """Whether a skill is the one wanted, or lies below it."""
        seen, stack = {skill}, [skill]
        while stack:
            here = stack.pop()
            if here == wanted:
                return True
            more = [above for above in self._above.get(here, ()) if above not in seen]
            seen.update(more)
            stack.extend(more)
        return False


KINDS = get_args(get_args(Change)[0])


def apply_changes(problem: Problem, changes: Iterable[Change]) -> Problem:
    """The problem with these changes made, one after another. The one given stays as it is.

    What is taken out takes along every rule, previous pair, score, ranking and nomination that names it
    alone; a rule that names several resources loses those taken out, and goes where fewer are left than it
    needs, and a ranking loses them too, and stays. Raises InputError,
    which lists every fault: an id or label that is not in the problem (with ids that come near), one that is
    added twice, and whatever a Problem refuses; BudgetError for more than 10,000 changes.
    """
    InputError.raise_if(no_problem(problem))
    lists = RecordLists(problem)
    for number, change in enumerate(listed_changes(changes)):
        lists.make(change, f"changes[{number}]")
    return lists.problem()


def listed_changes(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes, taken in once. Raises InputError for what is no list of changes, BudgetError for more than
    10,000.
    """
    if not isinstance(changes, Iterable) or isinstance(
        changes, (str, bytes, dict, BaseModel)
    ):
        raise InputError([another_type("changes", changes, Message("change.list.do"))])
    given = tuple(islice(changes, MOST_CHANGES + 1))
    if len(given) > MOST_CHANGES:
        raise BudgetError(Message.of("change.many", most=MOST_CHANGES))
    advice = Message.of(
        "change.kind.do", example="SetCapacity(resource='R1', capacity=2)"
    )
    InputError.raise_if(
        [
            another_type(f"changes[{number}]", change, advice)
            for number, change in enumerate(given)
            if not isinstance(change, KINDS)
        ]
    )
    return given


class RecordLists:
    """The lists of a problem while changes are made to them, by id, and every fault of the changes so far.

    A change at fault is made as far as it can be, so that no later one is blamed for what it was to bring.
    ``owner`` is the demand of every requirement.
    """

    def __init__(self, problem: Problem) -> None:
        self._made = type(problem)  # it may know rules of its own
        self._fields: dict[str, Any] = {
            name: getattr(problem, name) for name in type(problem).model_fields
        }
        self.units = {unit.id: unit for unit in problem.units}
        self.resources = {resource.id: resource for resource in problem.resources}
        self.demands = {demand.id: demand for demand in problem.demands}
        self.owner = {
            need.id: demand.id
            for demand in problem.demands
            for need in demand.requirements
        }
        self._rules: NamedRecords[Any] = NamedRecords(problem.rules, names_of_rule)
        self._shrunk: dict[int, set[tuple[str, str]]] = {}
        self._previous = NamedRecords(problem.previous, names_of_pair)
        self._scores = ScoreTable(problem.scores)
        self._ranks = RankRecords(problem)
        self._training = Training(problem.skills)
        self.faults = ChangeFaults()

    def problem(self) -> Problem:
        """The problem of all that is listed now. Raises InputError for all faults so far."""
        try:
            found = self._made(**self._listed())
        except InputError as error:
            raise InputError(
                [*self.faults.found, *error.complaints], error.more
            ) from None
        if self.faults.found:
            raise InputError(self.faults.found)
        return found

    def unchecked(self) -> Problem:
        """The same, taken as right: nothing is checked."""
        return self._made.model_construct(**self._listed())

    def _listed(self) -> dict[str, Any]:
        self._shrink()
        return {
            **self._fields,
            "units": tuple(self.units.values()),
            "resources": tuple(self.resources.values()),
            "demands": tuple(self.demands.values()),
            "rules": self._rules.records(),
            "previous": self._previous.records(),
            "scores": self._scores.records(),
            **self._ranks.records(),
        }

    def rules(self, field: str, name: str) -> list[Any]:
        """The rules that name something in a field, or (``label``) have that label."""
        return [self._rules[number] for number in self._rules.naming(field, name)]

    def part(self, resources: Iterable[Resource], demands: Iterable[Demand]) -> Problem:
        """The problem of some records and of what concerns single pairs of theirs, taken as right: nothing is
        checked, and caps are left out.
        """
        resources, demands = tuple(resources), tuple(demands)
        people = {one.id for one in resources}
        places = {need.id for one in demands for need in one.requirements}
        within = {
            "resource": {None, *people},
            "requirement": {None, *places},
            "demand": {None, *(one.id for one in demands)},
        }
        made = {
            "units": tuple(self.units.values()),
            "resources": resources,
            "demands": demands,
            "rules": tuple(
                rule
                for rule in self._rules.records()
                if rule.scope == "pair"
                and all(
                    getattr(rule, name, None) in ids for name, ids in within.items()
                )
            ),
            "previous": self._previous.between(people, places),
            "scores": self._scores.between(people, places),
        }
        return self._made.model_construct(**{**self._fields, **made})

    def make(self, change: Change, where: str) -> None:
        """Make a change; ``where`` says which in what is said of its faults."""
        match change:
            case AddResource():
                if change.unit is not None:
                    self.faults.new(where, "unit", change.unit.id, self.units)
                    self.units[change.unit.id] = change.unit
                self.faults.new(where, "resource", change.resource.id, self.resources)
                self.resources[change.resource.id] = change.resource
            case RemoveResource():
                if self.faults.known(
                    where, "resource", change.resource, self.resources
                ):
                    del self.resources[change.resource]
                    self.faults.taken_out["resource", change.resource] = where
                    self._forget("resource", change.resource)
            case ChangeResource():
                made = change.resource
                if self.faults.known(where, "resource", made.id, self.resources):
                    name = made.name or self.resources[made.id].name
                    self.resources[made.id] = made.model_copy(update={"name": name})
            case SetCapacity():
                self._remake(where, change.resource, capacity=change.capacity)
            case Train():
                if self.faults.known(
                    where, "resource", change.resource, self.resources
                ):
                    held = self._training.trained(
                        self.resources[change.resource], change
                    )
                    self._remake(where, change.resource, skills=held)
            case FreeAt():
                if self.faults.known(
                    where, "resource", change.resource, self.resources
                ):
                    free = self.resources[change.resource].available
                    free = (*free, change.time) if free else ()
                    self._remake(where, change.resource, available=free)
            case AddDemand():
                self.faults.new(where, "demand", change.demand.id, self.demands)
                self._put(change.demand, where, self.demands.get(change.demand.id))
            case RemoveDemand():
                if self.faults.known(where, "demand", change.demand, self.demands):
                    self._put(None, where, self.demands.pop(change.demand))
                    self.faults.taken_out["demand", change.demand] = where
                    self._forget("demand", change.demand)
            case ChangeDemand():
                self.faults.known(where, "demand", change.demand.id, self.demands)
                self._put(change.demand, where, self.demands.get(change.demand.id))
            case SetWanted():
                self._set_wanted(where, change)
            case AddRule():
                self._rules.add(change.rule)
            case RemoveRule():
                for number in self._labelled(where, change.label):
                    self._rules.drop(number)
            case ChangeRule():
                for place, number in enumerate(self._labelled(where, change.label)):
                    if place == 0:
                        self._rules.replace(number, change.rule)
                    else:
                        self._rules.drop(number)
            case ChangeObjective():
                self._fields["objective"] = change.objective

    def _put(self, demand: Any, where: str, before: Any = None) -> None:
        """A demand (None: nothing) and its requirements in their places; what named one that is gone goes."""
        left = (
            {need.id for need in demand.requirements} if demand is not None else set()
        )
        for need in before.requirements if before is not None else ():
            if need.id not in left and self.owner.get(need.id) == before.id:
                del self.owner[need.id]
                self.faults.taken_out["requirement", need.id] = where
                self._forget("requirement", need.id)
        if demand is not None:
            self.demands[demand.id] = demand
            self.owner |= dict.fromkeys(left, demand.id)

    def _set_wanted(self, where: str, change: SetWanted) -> None:
        if not self.faults.known(where, "requirement", change.requirement, self.owner):
            return
        demand = self.demands[self.owner[change.requirement]]
        needs = list(demand.requirements)
        place = [need.id for need in needs].index(change.requirement)
        minimum = needs[place].minimum if change.minimum is None else change.minimum
        try:
            needs[place] = with_fields(
                needs[place], wanted=change.wanted, minimum=minimum
            )
        except InputError as error:
            self.faults.blame(where, error)
            return
        self._put(with_fields(demand, requirements=needs), where, demand)

    def _remake(self, where: str, name: str, **fields: Any) -> None:
        if not self.faults.known(where, "resource", name, self.resources):
            return
        try:
            self.resources[name] = with_fields(self.resources[name], **fields)
        except InputError as error:
            self.faults.blame(where, error)

    def _labelled(self, where: str, label: str) -> list[int]:
        """The rules of this label."""
        self._shrink()
        found = self._rules.naming("label", label)
        if not found:
            self.faults.known(where, "rule", label, set(self._rules.named("label")))
        return found

    def _forget(self, field: str, name: str) -> None:
        """Drop the rules, previous pairs, scores and ranks that name a record that is gone."""
        self._ranks.forget(field, name)
        for number in self._rules.naming(field, name):
            self._rules.drop(number)
            self._shrunk.pop(number, None)
        for number in self._rules.naming(f"{field}s", name):
            self._shrunk.setdefault(number, set()).add((f"{field}s", name))
        if field == "demand":
            return
        for number in self._previous.naming(field, name):
            self._previous.drop(number)
        self._scores.forget(field, name)

    def _shrink(self) -> None:
        """Take records that are gone out of rules that name several."""
        for number, gone in self._shrunk.items():
            rule = self._rules[number]
            left = {
                field: [
                    name for name in getattr(rule, field) if (field, name) not in gone
                ]
                for field in rule.lists()
            }
            if any(len(names) < rule.fewest(field) for field, names in left.items()):
                self._rules.drop(number)
            else:
                self._rules.replace(number, with_fields(rule, **left))
        self._shrunk = {}
