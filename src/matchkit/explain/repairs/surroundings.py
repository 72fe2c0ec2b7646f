"""The part of a large problem around one demand: small enough to try many changes on, everything outside as
it is in the plan.

What is found there is tried on the whole problem before it is offered; that nothing cheaper lies further away
is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from matchkit.compile.trees import totals
from matchkit.explain.new_records import rules_about
from matchkit.explain.plan_state import units_by
from matchkit.explain.repairs.people import Near
from matchkit.model import (
    ChooseAtMost,
    Community,
    Lock,
    Problem,
    ReserveShare,
    Resource,
    Unit,
    UnitCap,
)
from matchkit.model.base import with_fields
from matchkit.model.rules import Cap
from matchkit.plan import Assignment, Plan

ABLE, IDLE, BUSY = 16, 12, 8
"""How many are looked at: of those eligible for the demand, of the idle ones that could be made so, and of
the busy ones.
"""


@dataclass(frozen=True)
class Ground:
    """What changes are tried on: a problem, what of the plan lies in it, and what of caps is used up
    outside.
    """

    problem: Problem
    assignments: tuple[Assignment, ...]
    capacities: dict[str, int]
    """Capacity of all resources at or below each unit, in the whole problem."""
    units: dict[str, int]
    """Units used outside, by unit with those below it."""
    communities: dict[str, int]
    used: frozenset[str] = frozenset()
    """Resources used outside."""
    whole: bool = False

    def settled(self, problem: Problem) -> Problem:
        """The problem, changed or not, with its caps less what is used outside."""
        return (
            problem
            if self.whole
            else with_fields(
                problem, rules=[self._left(rule) for rule in problem.rules]
            )
        )

    def _left(self, rule: Any) -> Any:
        if isinstance(rule, Cap):
            used = (self.units if rule.side == "unit" else self.communities).get(
                rule.node, 0
            )
            most = max(0, rule.limit(self.capacities.get(rule.node, 0)) - used)
            if isinstance(rule, ReserveShare):
                return UnitCap(
                    id=rule.label[:200], soft=rule.soft, unit=rule.unit, most=most
                )
            return rule.model_copy(update={"most": most})
        if isinstance(rule, ChooseAtMost):
            return rule.model_copy(
                update={
                    "most": max(0, rule.most - len(self.used & set(rule.resources)))
                }
            )
        return rule


def the_whole(problem: Problem, plan: Plan) -> Ground:
    """Nothing left out."""
    return Ground(problem, plan.assignments, {}, {}, {}, whole=True)


def around(problem: Problem, plan: Plan, near: Near) -> Ground:
    """The resources nearest to the demand, free to do anything among the demands they serve; who else serves
    those stays there.
    """
    close = _closest(plan, near)
    own = near.demand.id
    demand_of = {
        need.id: demand.id for demand in problem.demands for need in demand.requirements
    }
    kept_demands = {own} | {
        demand_of[entry.requirement]
        for entry in plan.assignments
        if entry.resource in close
    }
    inside = tuple(
        entry
        for entry in plan.assignments
        if demand_of[entry.requirement] in kept_demands
    )
    outside = [
        entry
        for entry in plan.assignments
        if demand_of[entry.requirement] not in kept_demands
    ]
    given = units_by(inside, "resource")
    pinned = set(given) - close
    resources = [
        one if one.id in close else with_fields(one, capacity=given[one.id])
        for one in problem.resources
        if one.id in close | pinned
    ]
    demands = [demand for demand in problem.demands if demand.id in kept_demands]
    locks = [
        Lock(resource=e.resource, requirement=e.requirement, quantity=e.quantity)
        for e in inside
        if e.resource in pinned
    ]
    known = {"resource": {one.id for one in resources}, "demand": kept_demands}
    known["requirement"] = {
        need.id for demand in demands for need in demand.requirements
    }
    # What others ask for besides locks, and what one needs to keep a rule, they may have outside.
    about = [
        rule
        for rule in rules_about(problem.rules, known)
        if isinstance(rule, Lock) or not (rule.forces or rule.completes)
    ]
    previous = [
        pair
        for pair in problem.previous
        if pair.resource in known["resource"]
        and pair.requirement in known["requirement"]
    ]
    part = with_fields(
        problem,
        resources=resources,
        demands=demands,
        rules=[*about, *locks],
        previous=previous,
        scores=(),
    )
    unit_of = {one.id: one.unit for one in problem.resources}
    community_of = {
        need.id: demand.community
        for demand in problem.demands
        for need in demand.requirements
    }
    from_units = ((unit_of[entry.resource], entry.quantity) for entry in outside)
    to_communities = (
        (community_of[entry.requirement], entry.quantity) for entry in outside
    )
    return Ground(
        part,
        inside,
        near.instance.unit_capacity,
        _below(problem.units, from_units),
        _below(problem.communities, to_communities),
        frozenset(entry.resource for entry in outside),
    )


def _closest(plan: Plan, near: Near) -> set[str]:
    """Who serves the demand, some who are eligible, and those whom it costs least to make eligible."""
    given = units_by(plan.assignments, "resource")
    own = {need.id for need in near.demand.requirements}
    found = {entry.resource for entry in plan.assignments if entry.requirement in own}

    def idle(resource: Resource) -> bool:
        return given[resource.id] < resource.capacity

    people = near.lists.resources
    able = sorted(
        (one for one in people if one.id in near.able and one.id not in found),
        key=lambda one: (not idle(one), one.id),
    )
    cost = near.costs()
    fixable = sorted(
        (one for one in people if one.id in cost and one.id not in near.able),
        key=lambda one: (cost[one.id], one.id),
    )
    found |= {one.id for one in able[:ABLE]}
    found |= {one.id for one in [one for one in fixable if idle(one)][:IDLE]}
    return found | {one.id for one in [one for one in fixable if not idle(one)][:BUSY]}


def _below(
    nodes: Iterable[Unit | Community], used: Iterable[tuple[str, int]]
) -> dict[str, int]:
    """What is used at each node and below it."""
    own: dict[str, int] = {}
    for node, amount in used:
        own[node] = own.get(node, 0) + amount
    return totals({node.id: node.parent for node in nodes}, own)
