"""Rules on single pairs, and on what a node of a tree gives or takes: one function a kind, the amount of one
record.
"""

from __future__ import annotations

from matchkit.model import (
    CommunityCap,
    Forbid,
    Lock,
    MaxDistance,
    ReserveShare,
    UnitCap,
)
from matchkit.verification.report import KEPT, Amount, Fact, fact
from matchkit.verification.served import Served
from matchkit.verification.world import World, limit_in_metres

Capping = UnitCap | CommunityCap | ReserveShare


def forbid(served: Served, rule: Forbid) -> Amount:
    """Quantity of the pair."""
    quantity = served.pairs.get((rule.resource, rule.requirement), 0)
    return Amount(
        quantity,
        (rule.resource, rule.requirement),
        fact("forbid_amount", quantity=quantity),
    )


def lock(served: Served, rule: Lock) -> Amount:
    """What the pair lacks of its quantity."""
    quantity = served.pairs.get((rule.resource, rule.requirement), 0)
    message = fact("lock", quantity=quantity, least=rule.quantity)
    return Amount(
        max(0, rule.quantity - quantity), (rule.resource, rule.requirement), message
    )


def max_distance(served: Served, rule: MaxDistance) -> Amount:
    """Quantity times the kilometres beyond, begun ones counting whole, over the pairs that the rule
    limits.
    """
    limit, size, worst = limit_in_metres(rule.km), 0, 0
    ids: tuple[str, ...] = ()
    for resource, role, quantity in served.limited(rule):
        far = served.world.metres(resource, role.demand)
        if far is not None and far > limit:
            size += quantity * -((limit - far) // 1000)
            if far > worst:
                worst, ids = far, (resource.id, role.id)
    return (
        Amount(size, ids, fact("max_distance_amount", far=worst, most=limit))
        if size
        else KEPT
    )


def most_of(world: World, rule: Capping) -> int:
    """What a cap leaves the node that it names, with those below it; a reserve is rounded up to whole
    units.
    """
    if isinstance(rule, ReserveShare):
        return world.unit_capacity[rule.unit] * (100 - rule.percent) // 100
    return rule.most


def limits(world: World, side: str) -> dict[str, int]:
    """For every unit (or community) with a hard cap or reserve of its own, the least that one of them leaves
    it.
    """
    found: dict[str, int] = {}
    for rule, most in capping(world, side):
        found[rule.node] = min(most, found.get(rule.node, most))
    return found


def capping(world: World, side: str) -> list[tuple[Capping, int]]:
    """The hard caps and reserves of units (or communities), and the most that each leaves."""
    return [
        (rule, most_of(world, rule))
        for rule in world.problem.rules
        if isinstance(rule, Capping) and rule.soft is None and rule.side == side
    ]


def _beyond(quantity: int, most: int, node: str, message: Fact) -> Amount:
    return Amount(max(0, quantity - most), (node,), message)


def unit_cap(served: Served, rule: UnitCap) -> Amount:
    """Quantity of the unit, with those below it, beyond the cap."""
    given, most = served.by_unit[rule.unit], most_of(served.world, rule)
    return _beyond(given, most, rule.unit, fact("unit_cap", given=given, most=most))


def community_cap(served: Served, rule: CommunityCap) -> Amount:
    """Quantity of the community, with those below it, beyond the cap."""
    taken, most = served.by_community[rule.community], most_of(served.world, rule)
    return _beyond(
        taken, most, rule.community, fact("community_cap", taken=taken, most=most)
    )


def reserve_share(served: Served, rule: ReserveShare) -> Amount:
    """Quantity of the unit beyond what its share leaves of the capacity."""
    given, most = served.by_unit[rule.unit], most_of(served.world, rule)
    whole = served.world.unit_capacity[rule.unit]
    message = fact(
        "reserve_share", given=given, whole=whole, percent=rule.percent, most=most
    )
    return _beyond(given, most, rule.unit, message)
