"""The rule records that count over many pairs: one function a record, named alike."""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.model import CommunityCap, HoursBudget, Lock, ReserveShare, Team, UnitCap
from matchkit.verify.case import Case, Finding
from matchkit.verify.report import number
from matchkit.verify.windows import seconds


def lock(case: Case) -> Iterator[Finding]:
    """A locked pair has at least its quantity."""
    for rule in case.world.problem.rules:
        if isinstance(rule, Lock):
            quantity = case.pairs.get((rule.resource, rule.requirement), 0)
            if quantity < rule.quantity:
                yield (rule.resource, rule.requirement), f"has quantity {number(quantity)}, locked are at least {number(rule.quantity)}"


def _by_unit(case: Case, amounts: dict[str, int]) -> dict[str, int]:
    own: dict[str, int] = {}
    for resource, amount in amounts.items():
        unit = case.world.resources[resource].unit
        own[unit] = own.get(unit, 0) + amount
    return case.world.units.totals(own)


def unit_cap(case: Case) -> Iterator[Finding]:
    """A unit and those below it give at most so much."""
    rules = [rule for rule in case.world.problem.rules if isinstance(rule, UnitCap)]
    total = _by_unit(case, case.given) if rules else {}
    for rule in rules:
        if total[rule.unit] > rule.most:
            yield (rule.unit,), f"gives {number(total[rule.unit])} with units below it, at most {number(rule.most)} is allowed"


def community_cap(case: Case) -> Iterator[Finding]:
    """A community and those below it take at most so much."""
    rules = [rule for rule in case.world.problem.rules if isinstance(rule, CommunityCap)]
    own: dict[str, int] = {}
    for requirement, quantity in case.taken.items() if rules else ():
        community = case.world.roles[requirement].demand.community
        own[community] = own.get(community, 0) + quantity
    total = case.world.communities.totals(own) if rules else {}
    for rule in rules:
        taken = total[rule.community]
        if taken > rule.most:
            yield (rule.community,), f"takes {number(taken)} with communities below it, at most {number(rule.most)} is allowed"


def reserve_share(case: Case) -> Iterator[Finding]:
    """A unit keeps back its share, rounded up to whole units."""
    rules = [rule for rule in case.world.problem.rules if isinstance(rule, ReserveShare)]
    if not rules:
        return
    total = _by_unit(case, case.given)
    capacity = _by_unit(case, {resource.id: resource.capacity for resource in case.world.problem.resources})
    for rule in rules:
        given, whole = total[rule.unit], capacity[rule.unit]
        most = whole * (100 - rule.percent) // 100
        if given > most:
            yield (rule.unit,), f"gives {number(given)} of {number(whole)}; {rule.percent}% kept back leaves {number(most)}"


def hours_budget(case: Case) -> Iterator[Finding]:
    """A resource serves at most so many minutes; compared in seconds, so that nothing is rounded."""
    rules = [rule for rule in case.world.problem.rules if isinstance(rule, HoursBudget)]
    held = {rule.resource for rule in rules}
    spent: dict[str, int] = {}
    for resource, role, quantity in case.chosen() if rules else ():
        if resource.id in held and role.demand.windows:
            spent[resource.id] = spent.get(resource.id, 0) + quantity * seconds(case.world.needed(role.demand))
    for rule in rules:
        used, most = spent.get(rule.resource, 0), 60 * rule.minutes
        if used > most:
            yield (rule.resource,), f"serves {number(used)} seconds, its budget of {number(rule.minutes)} minutes is {number(most)}"


def team(case: Case) -> Iterator[Finding]:
    """A demand is served by nobody or by a whole team."""
    rules = [rule for rule in case.world.problem.rules if isinstance(rule, Team)]
    served: dict[str, int] = {}
    for requirement, quantity in case.taken.items() if rules else ():
        demand = case.world.roles[requirement].demand.id
        served[demand] = served.get(demand, 0) + quantity
    for rule in rules:
        quantity = served.get(rule.demand, 0)
        if quantity and not rule.least <= quantity <= rule.most:
            yield (rule.demand,), f"is served by {number(quantity)}, allowed are 0 or {number(rule.least)} to {number(rule.most)}"
