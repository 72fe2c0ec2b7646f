"""Who is in the plan, how often, with how much and when: ids, quantities, loads, starts and overlaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from matchkit.messages.spans import moment
from matchkit.verification.case import Case, RuleFinding
from matchkit.verification.report import fact
from matchkit.verification.windows import may_start, shown


def unknown_id(case: Case) -> Iterator[RuleFinding]:
    """Every id of an assignment and a shortfall is one of the problem."""
    world = case.world
    for entry in case.plan.assignments:
        if entry.resource not in world.resources:
            yield (entry.resource,), fact("no_resource")
        if entry.requirement not in world.roles:
            yield (entry.requirement,), fact("no_requirement")
    for lack in case.plan.shortfalls:
        if lack.requirement not in world.roles:
            yield (lack.requirement,), fact("no_requirement_short")
        if lack.demand not in world.demands:
            yield (lack.demand,), fact("no_demand_short")


def duplicate(case: Case) -> Iterator[RuleFinding]:
    """A pair stands in the plan once."""
    times: dict[tuple[str, str], int] = {}
    for entry in case.plan.assignments:
        pair = (entry.resource, entry.requirement)
        times[pair] = times.get(pair, 0) + 1
    for pair, count in times.items():
        if count > 1:
            yield pair, fact("duplicate", count - 1, times=count)


def pair_quantity(case: Case) -> Iterator[RuleFinding]:
    """A divisible resource gives a requirement at most min(capacity, wanted), any other at most 1."""
    for resource, role, quantity in case.chosen():
        most = case.world.most(resource, role.requirement)
        if quantity > most:
            yield (
                (resource.id, role.id),
                fact("pair_quantity", quantity - most, quantity=quantity, most=most),
            )


def resource_capacity(case: Case) -> Iterator[RuleFinding]:
    """A resource gives at most its capacity in all."""
    for resource, quantity in case.given.items():
        most = case.world.resources[resource].capacity
        if quantity > most:
            yield (
                (resource,),
                fact("resource_capacity", quantity - most, quantity=quantity, most=most),
            )


def requirement_wanted(case: Case) -> Iterator[RuleFinding]:
    """A requirement takes at most what it wants."""
    for requirement, quantity in case.taken.items():
        most = case.world.roles[requirement].requirement.wanted
        if quantity > most:
            yield (
                (requirement,),
                fact("requirement_wanted", quantity - most, quantity=quantity, most=most),
            )


def load(case: Case) -> Iterator[RuleFinding]:
    """A resource carries at most what it can, in every dimension."""
    world, carried = case.world, dict[str, dict[str, int]]()
    for resource, role, quantity in case.chosen():
        for dimension, used in world.uses(role.requirement).items():
            of = carried.setdefault(resource.id, {})
            of[dimension] = of.get(dimension, 0) + quantity * used
    for who, amounts in carried.items():
        most = world.loads(world.resources[who])
        for dimension, amount in amounts.items():
            fits = most.get(dimension, 0)
            if amount > fits:
                yield (
                    (who,),
                    fact("load", amount - fits, carried=amount, dimension=dimension, most=fits),
                )


def start(case: Case) -> Iterator[RuleFinding]:
    """Assignments to a flexible demand state one start that it may have, all the same; any others state
    none.
    """
    world = case.world
    for entry in case.plan.assignments:
        role = world.roles.get(entry.requirement)
        if role is None:
            continue
        ids = (entry.resource, entry.requirement)
        if role.demand.minutes is None:
            if entry.start is not None:
                yield ids, fact("start_of_fixed", demand=role.demand.id)
        elif entry.start is None:
            yield ids, fact("start_missing", demand=role.demand.id)
        elif not may_start(role.demand, world.needed(role.demand), entry.start):
            yield (
                ids,
                fact(
                    "start_wrong",
                    start=moment(entry.start, world.problem.zone, ":%S"),
                    demand=role.demand.id,
                ),
            )
        elif entry.start != case.starts[role.demand.id]:
            yield (
                ids,
                fact(
                    "start_differs",
                    start=moment(entry.start, world.problem.zone, ":%S"),
                    demand=role.demand.id,
                ),
            )


def overlap(case: Case) -> Iterator[RuleFinding]:
    """A resource that is not divisible serves one requirement at a time.

    Spans are swept in the order of their start and each is compared with the one that ends last so far, so a
    resource with thousands of conflicts costs no more than sorting; every resource with a conflict is
    reported at least once.
    """
    world = case.world
    served: dict[str, dict[str, list[str]]] = {}
    for resource, role, _ in case.chosen():
        if role.demand.windows and not world.divisible(resource):
            served.setdefault(resource.id, {}).setdefault(role.demand.id, []).append(role.id)
    for who, demands in served.items():
        for demand, roles in demands.items():
            if len(roles) > 1:
                yield (
                    (who, *roles[:2]),
                    fact("overlap_roles", len(roles) - 1, roles=len(roles), demand=demand),
                )
        if len(demands) < 2:
            continue
        spans = sorted(
            (start, end, demand)
            for demand in demands
            for start, end in case.served.times(world.demands[demand])
        )
        latest: tuple[datetime, datetime, str] | None = None
        told: set[tuple[str, str]] = set()
        for start, end, demand in spans:
            if latest is not None and start < latest[1] and (latest[2], demand) not in told:
                told.add((latest[2], demand))
                ids = (who, demands[latest[2]][0], demands[demand][0])
                during = shown((start, min(end, latest[1])), world.problem.zone)
                yield ids, fact("overlap", first=latest[2], second=demand, during=during)
            if latest is None or end > latest[1]:
                latest = (start, end, demand)
