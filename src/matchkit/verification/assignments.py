"""Checks of assignments alone: who is eligible, which ids, how often, with how much and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from matchkit.messages.spans import moment
from matchkit.model import Resource
from matchkit.verification.case import BY_PAIR, Assigned, PairCheck, RuleFinding
from matchkit.verification.eligibility import broken
from matchkit.verification.report import Violation, fact
from matchkit.verification.served import Served
from matchkit.verification.trees import summed
from matchkit.verification.windows import may_start, shown, uncovered
from matchkit.verification.world import RequirementFacts


def not_eligible(
    case: Assigned, resource: Resource, role: RequirementFacts, quantity: int
) -> Iterator[Violation]:
    """Every rule on single pairs that this pair of the plan breaks."""
    world = case.world
    found = dict(broken(world, resource, role))
    times = case.times(role.demand)
    if (
        role.demand.minutes is not None
        and times
        and resource.available
        and "time" not in found
    ):
        missing = uncovered(times, world.free(resource))
        if missing is not None:
            found["time"] = fact("not_free", time=shown(missing, world.problem.zone))
    for rule, broken_fact in found.items():
        label, amount = None, broken_fact.amount
        if rule in BY_PAIR:  # the amount is that of one unit so far
            label, amount = (
                world.pair_label(rule, resource.id, role.id),
                amount * max(1, quantity),
            )
        message = fact(
            "of", amount, who=resource.id, told=broken_fact._replace(amount=amount)
        )
        yield Violation(rule, (resource.id, role.id), message, label)


def unknown_id(case: Assigned) -> Iterator[RuleFinding]:
    """Every id of an assignment and a shortfall is one of the problem."""
    world = case.world
    for entry in case.assignments:
        if entry.resource not in world.resources:
            yield (entry.resource,), fact("no_resource")
        if entry.requirement not in world.roles:
            yield (entry.requirement,), fact("no_requirement")
    for lack in case.shortfalls:
        if lack.requirement not in world.roles:
            yield (lack.requirement,), fact("no_requirement_short")
        if lack.demand not in world.demands:
            yield (lack.demand,), fact("no_demand_short")


def duplicate(case: Assigned) -> Iterator[RuleFinding]:
    """A pair stands in the plan once."""
    times = summed(
        ((entry.resource, entry.requirement), 1) for entry in case.assignments
    )
    for pair, count in times.items():
        if count > 1:
            yield pair, fact("duplicate", count - 1, times=count)


def _beyond(
    key: str, ids: tuple[str, ...], quantity: int, most: int
) -> Iterator[RuleFinding]:
    if quantity > most:
        yield ids, fact(key, quantity - most, quantity=quantity, most=most)


def pair_quantity(case: Served) -> Iterator[RuleFinding]:
    """A divisible resource gives a requirement at most min(capacity, wanted), any other at most 1."""
    for resource, role, quantity in case.chosen():
        most = case.world.most(resource, role.requirement)
        yield from _beyond("pair_quantity", (resource.id, role.id), quantity, most)


def resource_capacity(case: Served) -> Iterator[RuleFinding]:
    """A resource gives at most its capacity in all."""
    for name, quantity in case.given.items():
        most = case.world.resources[name].capacity
        yield from _beyond("resource_capacity", (name,), quantity, most)


def requirement_wanted(case: Served) -> Iterator[RuleFinding]:
    """A requirement takes at most what it wants."""
    for name, quantity in case.taken.items():
        most = case.world.roles[name].requirement.wanted
        yield from _beyond("requirement_wanted", (name,), quantity, most)


def load(case: Served) -> Iterator[RuleFinding]:
    """A resource carries at most what it can, in every dimension."""
    world = case.world
    for who, requirements in case.by_resource.items():
        carried = summed(
            (dimension, quantity * used)
            for name, quantity in requirements.items()
            for dimension, used in world.uses(world.roles[name].requirement).items()
        )
        for dimension, amount in carried.items():
            fits = world.loads(world.resources[who]).get(dimension, 0)
            if amount > fits:
                yield (
                    (who,),
                    fact(
                        "load",
                        amount - fits,
                        carried=amount,
                        dimension=dimension,
                        most=fits,
                    ),
                )


def start(case: Assigned) -> Iterator[RuleFinding]:
    """Assignments to a flexible demand state one start that it may have, all the same; any others state
    none.
    """
    world = case.world
    for entry in case.assignments:
        role = world.roles.get(entry.requirement)
        if role is None:
            continue
        values: dict[str, str] = {"demand": role.demand.id}
        if role.demand.minutes is None:
            key = None if entry.start is None else "start_of_fixed"
        elif entry.start is None:
            key = "start_missing"
        else:
            right = may_start(role.demand, world.needed(role.demand), entry.start)
            key = "start_differs" if right else "start_wrong"
            values = {"start": moment(entry.start, world.problem.zone, ":%S"), **values}
            if right and entry.start == case.starts[role.demand.id]:
                key = None
        if key is not None:
            yield (entry.resource, entry.requirement), fact(key, 1, **values)


def overlap(case: Served) -> Iterator[RuleFinding]:
    """A resource that is not divisible serves one requirement at a time.

    Spans are swept in the order of their start and each is compared with the one that ends last so far, so a
    resource with thousands of conflicts costs no more than sorting; every resource with a conflict is
    reported at least once.
    """
    world = case.world
    served: dict[str, dict[str, list[str]]] = {}
    for resource, role, _ in case.chosen():
        if role.demand.windows and not world.divisible(resource):
            served.setdefault(resource.id, {}).setdefault(role.demand.id, []).append(
                role.id
            )
    for who, demands in served.items():
        for demand, roles in demands.items():
            if len(roles) > 1:
                yield (
                    (who, *roles[:2]),
                    fact(
                        "overlap_roles", len(roles) - 1, roles=len(roles), demand=demand
                    ),
                )
        if len(demands) < 2:
            continue
        spans = sorted(
            (start, end, demand)
            for demand in demands
            for start, end in case.times(world.demands[demand])
        )
        latest: tuple[datetime, datetime, str] | None = None
        reported: set[tuple[str, str]] = set()
        for start, end, demand in spans:
            if (
                latest is not None
                and start < latest[1]
                and (latest[2], demand) not in reported
            ):
                reported.add((latest[2], demand))
                ids = (who, demands[latest[2]][0], demands[demand][0])
                during = shown((start, min(end, latest[1])), world.problem.zone)
                yield (
                    ids,
                    fact("overlap", first=latest[2], second=demand, during=during),
                )
            if latest is None or end > latest[1]:
                latest = (start, end, demand)


OF_PAIRS: tuple[PairCheck, ...] = (
    unknown_id,
    duplicate,
    pair_quantity,
    resource_capacity,
    requirement_wanted,
    load,
    start,
    overlap,
)
"""Checks that look at nothing of a plan but its assignments, and at what its shortfalls name."""
