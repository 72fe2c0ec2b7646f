"""A problem with a plan held in place, in which some requirements take more and only some resources give
it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from matchkit.compile.instance import Instance
from matchkit.explain.plan_state import units_by
from matchkit.model import Demand, Lock, Problem, ReserveShare, UnitCap, Window
from matchkit.model.base import with_fields
from matchkit.model.text import key
from matchkit.plan import Assignment, Plan

PLAIN: Final[dict[str, Any]] = {
    "aims": (),
    "fair": None,
    "even": None,
    "stable": None,
} | {
    "choice": None,
    "among": "proposers",
}
"""The usual goals: the tiers, then the weight."""


def held(
    problem: Problem,
    rows: Sequence[Assignment],
    more: Mapping[str, int],
    givers: Container[str],
    first: Container[str] = (),
) -> Problem:
    """The problem in which the rows are locked at their starts, requirements take ``more`` units than they
    have and no others, and only ``givers`` give what they have left, by the usual goals.

    The first of these units counts as a minimum where the requirement is in ``first``. Reserves keep back
    what they did of all that there was.
    """
    used, taken = units_by(rows, "resource"), units_by(rows, "requirement")
    starts = {row.requirement: row.start for row in rows if row.start is not None}
    # What takes nothing asks for a kind that nobody is of: its times and rules that name it stay.
    nobody = "nobody"
    while nobody in {key(one.kind) for one in problem.resources}:
        nobody += "-"

    def settled(demand: Demand) -> Demand:
        made: dict[str, Any] = {"requirements": []}
        for need in demand.requirements:
            count = taken[need.id] + more.get(need.id, 0)
            one = taken[need.id] + 1 if more.get(need.id) and need.id in first else 0
            least = max(min(need.minimum, count), one)
            changed = {"wanted": count, "minimum": least} if count else {"kind": nobody}
            made["requirements"].append(need.model_copy(update=changed))
            if demand.minutes is not None and need.id in starts:
                begin = starts[need.id]
                end = begin + timedelta(minutes=demand.minutes)
                made["windows"] = (Window(start=begin, end=end),)
        made["requirements"] = tuple(made["requirements"])
        return demand.model_copy(update=made)

    rules = list(problem.rules)
    for place, rule in enumerate(rules):
        if isinstance(rule, ReserveShare):
            most = rule.limit(Instance(problem).unit_capacity.get(rule.unit, 0))
            rules[place] = UnitCap(unit=rule.unit, most=most, soft=rule.soft)
    rules += [
        Lock(resource=row.resource, requirement=row.requirement, quantity=row.quantity)
        for row in rows
    ]
    made: Problem = with_fields(
        problem,
        resources=tuple(
            one
            if one.id in givers
            else one.model_copy(update={"capacity": used[one.id]})
            for one in problem.resources
        ),
        demands=tuple(map(settled, problem.demands)),
        rules=tuple(rules),
        objective=problem.objective.model_copy(update=PLAIN),
    )
    return made


def beyond(plan: Plan, rows: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """What a plan gives beyond the rows: by requirement, pairs of the greatest weight first, then by id."""
    had = Counter[tuple[str, str]]()
    for row in rows:
        had[row.resource, row.requirement] += row.quantity
    found = [
        one.model_copy(update={"quantity": units})
        for one in plan.assignments
        if (units := one.quantity - had[one.resource, one.requirement])
    ]
    found.sort(key=lambda one: (one.requirement, -one.weight, one.resource))
    return tuple(found)


def without_forcing(problem: Problem, lost: Container[str]) -> Problem:
    """The problem without rules that ask for something of those who are lost."""
    rules = tuple(
        rule
        for rule in problem.rules
        if not (rule.forces and getattr(rule, "resource", None) in lost)
    )
    same = len(rules) == len(problem.rules)
    made: Problem = problem if same else with_fields(problem, rules=rules)
    return made
