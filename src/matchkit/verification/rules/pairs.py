"""Rules on single pairs, and on what a node of a tree gives or takes: one function a kind, the amount of one
record.
"""

from __future__ import annotations

from matchkit.model import CommunityCap, Forbid, Lock, MaxDistance, ReserveShare, UnitCap
from matchkit.verification.report import KEPT, Amount, fact
from matchkit.verification.served import Served
from matchkit.verification.world import limit_in_metres


def forbid(served: Served, rule: Forbid) -> Amount:
    """Quantity of the pair."""
    quantity = served.pairs.get((rule.resource, rule.requirement), 0)
    return Amount(
        quantity, (rule.resource, rule.requirement), fact("forbid_amount", quantity=quantity)
    )


def lock(served: Served, rule: Lock) -> Amount:
    """What the pair lacks of its quantity."""
    quantity = served.pairs.get((rule.resource, rule.requirement), 0)
    told = fact("lock", quantity=quantity, least=rule.quantity)
    return Amount(max(0, rule.quantity - quantity), (rule.resource, rule.requirement), told)


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
        Amount(size, ids, fact("max_distance_amount", far=worst, most=limit)) if size else KEPT
    )


def unit_cap(served: Served, rule: UnitCap) -> Amount:
    """Quantity of the unit, with those below it, beyond the cap."""
    given = served.by_unit[rule.unit]
    return Amount(
        max(0, given - rule.most), (rule.unit,), fact("unit_cap", given=given, most=rule.most)
    )


def community_cap(served: Served, rule: CommunityCap) -> Amount:
    """Quantity of the community, with those below it, beyond the cap."""
    taken = served.by_community[rule.community]
    return Amount(
        max(0, taken - rule.most),
        (rule.community,),
        fact("community_cap", taken=taken, most=rule.most),
    )


def reserve_share(served: Served, rule: ReserveShare) -> Amount:
    """Quantity of the unit beyond what its share, rounded up to whole units, leaves."""
    given, whole = served.by_unit[rule.unit], served.world.unit_capacity[rule.unit]
    most = whole * (100 - rule.percent) // 100
    told = fact("reserve_share", given=given, whole=whole, percent=rule.percent, most=most)
    return Amount(max(0, given - most), (rule.unit,), told)
