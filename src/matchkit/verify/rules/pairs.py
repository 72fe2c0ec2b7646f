"""Rules on single pairs, and on what a node of a tree gives or takes: one function a kind, the amount of one record."""

from __future__ import annotations

from matchkit.model import CommunityCap, Forbid, Lock, MaxDistance, ReserveShare, UnitCap
from matchkit.verify.places import limit_in_metres
from matchkit.verify.report import number
from matchkit.verify.rules.amount import KEPT, Amount
from matchkit.verify.served import Served


def forbid(served: Served, rule: Forbid) -> Amount:
    """Quantity of the pair."""
    quantity = served.pairs.get((rule.resource, rule.requirement), 0)
    return Amount(quantity, (rule.resource, rule.requirement), f"has quantity {number(quantity)}, the pair is forbidden")


def lock(served: Served, rule: Lock) -> Amount:
    """What the pair lacks of its quantity."""
    quantity = served.pairs.get((rule.resource, rule.requirement), 0)
    fact = f"has quantity {number(quantity)}, locked are at least {number(rule.quantity)}"
    return Amount(max(0, rule.quantity - quantity), (rule.resource, rule.requirement), fact)


def max_distance(served: Served, rule: MaxDistance) -> Amount:
    """Quantity times the kilometres beyond, begun ones counting whole, over the pairs that the rule limits."""
    limit, size, worst = limit_in_metres(rule.km), 0, 0
    ids: tuple[str, ...] = ()
    for resource, role, quantity in served.limited(rule):
        far = served.world.metres(resource, role.demand)
        if far is not None and far > limit:
            size += quantity * -((limit - far) // 1000)
            if far > worst:
                worst, ids = far, (resource.id, role.id)
    return Amount(size, ids, f"is {number(worst)} m away, {number(limit)} m are allowed") if size else KEPT


def unit_cap(served: Served, rule: UnitCap) -> Amount:
    """Quantity of the unit, with those below it, beyond the cap."""
    given = served.by_unit[rule.unit]
    return Amount(
        max(0, given - rule.most), (rule.unit,), f"gives {number(given)} with units below it, at most {number(rule.most)} is allowed"
    )


def community_cap(served: Served, rule: CommunityCap) -> Amount:
    """Quantity of the community, with those below it, beyond the cap."""
    taken = served.by_community[rule.community]
    fact = f"takes {number(taken)} with communities below it, at most {number(rule.most)} is allowed"
    return Amount(max(0, taken - rule.most), (rule.community,), fact)


def reserve_share(served: Served, rule: ReserveShare) -> Amount:
    """Quantity of the unit beyond what its share, rounded up to whole units, leaves."""
    given, whole = served.by_unit[rule.unit], served.world.unit_capacity[rule.unit]
    most = whole * (100 - rule.percent) // 100
    return Amount(
        max(0, given - most), (rule.unit,), f"gives {number(given)} of {number(whole)}; {rule.percent}% kept back leaves {number(most)}"
    )
