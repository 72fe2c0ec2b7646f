"""What newcomers may do, by the rounds of the history that they have served: rules that there are anyway."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from matchkit.errors import InputError
from matchkit.messages.message import Message
from matchkit.model.base import with_fields
from matchkit.model.complaints import located
from matchkit.model.fault import (
    A_PROBLEM,
    another_type,
    complaint,
    of_another_type,
)
from matchkit.model.history import current_round
from matchkit.model.problem import Problem
from matchkit.model.rules import CountBudget, RuleRecord, Trainees
from matchkit.model.rules.times import Period
from matchkit.model.skill import SkillLevel
from matchkit.model.text import key


def ramp(
    problem: Problem,
    *,
    steps: Sequence[int],
    beside: int | None = None,
    kind: str = "person",
    skill: str = "experienced",
    per: Period = "all",
    days: int | None = None,
    zone: str = "UTC",
) -> Problem:
    """The problem with rules for newcomers: a resource of ``kind`` that gave units in s rounds before the
    current one gives at most ``steps[s]`` units a period. From ``len(steps)`` rounds on it is experienced,
    and so is whoever holds ``skill``.

    Periods are those of ``CountBudget``; over all time the most is a capacity. With ``beside``, so many
    newcomers at most serve a demand for each one experienced (``Trainees``): the experienced get ``skill``.
    Raises InputError for faults of the rules, and for demands that ask for ``kind`` and for others, whose
    members that rule would count together.
    """
    wrong = of_another_type("problem", problem, Problem, A_PROBLEM)
    if isinstance(steps, str | bytes) or not isinstance(steps, Sequence):
        wrong.append(another_type("steps", steps, Message("argument.steps.do")))
    wrong += of_another_type("kind", kind, str, Message("argument.text.do"))
    InputError.raise_if(wrong)
    # What a rule refuses is refused whoever is new.
    budgets = [
        CountBudget(kind=kind, most=most, per=per, days=days, zone=zone)
        for most in (*steps, 0)
    ]
    senior = SkillLevel(skill=skill)
    now, served = current_round(problem), defaultdict[str, set[int]](set)
    for one in problem.history:
        if one.resource and one.measure == "units" and one.given and one.round < now:
            served[one.resource].add(one.round)
    rules: list[RuleRecord] = []
    resources = []
    for resource in problem.resources:
        rounds = len(served[resource.id])
        holds = any(key(one.skill) == key(skill) for one in resource.skills)
        is_new = rounds < len(steps) and not holds
        if key(resource.kind) != key(kind):
            resources.append(resource)
        elif is_new:
            own = {"resource": resource.id, "kind": None}
            most = budgets[rounds].model_copy(update=own)
            if per == "all":
                capacity = min(resource.capacity, most.most)
                resources.append(resource.model_copy(update={"capacity": capacity}))
            else:
                rules.append(most)
                resources.append(resource)
        elif holds or beside is None:
            resources.append(resource)
        else:
            skills = (*resource.skills, senior)
            resources.append(resource.model_copy(update={"skills": skills}))
    if beside is not None:
        rules += _beside(problem, kind, senior, beside)
    return with_fields(problem, resources=resources, rules=(*problem.rules, *rules))


def _beside(
    problem: Problem, kind: str, senior: SkillLevel, most: int
) -> list[RuleRecord]:
    """The rules for demands that ask for the kind alone."""
    found: list[RuleRecord] = []
    mixed = []
    for number, demand in enumerate(problem.demands):
        kinds = {key(need.kind) for need in demand.requirements}
        if key(kind) not in kinds:
            continue
        if len(kinds) > 1:
            where = located(f"demands[{number}]", demand.id)
            mixed.append(complaint(where, "ramp_kinds", kind=kind))
        found.append(Trainees(demand=demand.id, senior=senior, most=most))
    InputError.raise_if(mixed)
    return found
