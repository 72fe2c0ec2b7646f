"""Rules on several resources, or on a unit and a community: one function a kind, the amount of one record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matchkit.model import (
    ChooseAtMost,
    KeepApart,
    KeepTogether,
    MostMoves,
    NotBoth,
    UnitShare,
)
from matchkit.verification.reference import kept_entries
from matchkit.verification.report import Amount, fact
from matchkit.verification.served import Served
from matchkit.verification.trees import summed


def _over(of_each: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """For every id in one of the mappings, in how many of them it is."""
    return summed((name, 1) for of_one in of_each for name in of_one)


def _serving(served: Served, resources: Iterable[str]) -> dict[str, int]:
    """For every demand that one of the resources serves, how many of them do."""
    return _over(served.demands.get(name, {}) for name in dict.fromkeys(resources))


def keep_together(served: Served, rule: KeepTogether) -> Amount:
    """How many of the resources do not serve a demand that one of them serves, over demands."""
    whole = len(set(rule.resources))
    serving = _serving(served, rule.resources)
    lacking = {
        demand: whole - count for demand, count in serving.items() if count < whole
    }
    missing = sum(lacking.values())
    message = fact("keep_together", whole=whole, missing=missing, demands=len(lacking))
    return Amount(missing, (min(lacking),) if lacking else (), message)


def _beyond_one(counts: Mapping[str, int], key: str, what: str) -> Amount:
    """What the counts have beyond one."""
    several = {name: count - 1 for name, count in counts.items() if count > 1}
    size = sum(several.values())
    message = fact(key, 1, size=size, **{what: len(several)})
    return Amount(size, (min(several),) if several else (), message)


def keep_apart(served: Served, rule: KeepApart) -> Amount:
    """How many of the resources serve a demand beyond one, over demands."""
    return _beyond_one(_serving(served, rule.resources), "keep_apart", "demands")


def not_both(served: Served, rule: NotBoth) -> Amount:
    """How many of the demands a resource serves beyond one, over resources."""
    serves = _over(served.members.get(demand, {}) for demand in set(rule.demands))
    return _beyond_one(serves, "not_both", "resources")


def choose_at_most(served: Served, rule: ChooseAtMost) -> Amount:
    """Resources used beyond ``most``."""
    used = sum(name in served.given for name in set(rule.resources))
    return Amount(
        max(0, used - rule.most),
        (),
        fact(
            "choose_at_most", used=used, whole=len(set(rule.resources)), most=rule.most
        ),
    )


def most_moves(served: Served, rule: MostMoves) -> Amount:
    """Units that the reference plan does not have beyond ``most``, of all together or of each by itself."""
    world = served.world
    moves = dict(served.given)
    for entry, same in kept_entries(world, served.pairs, served.starts):
        if same:
            moves[entry.resource] -= same
    mine = {
        name: units
        for name, units in moves.items()
        if (rule.resource in (None, name))
        and (
            rule.unit is None
            or world.units.below(world.resources[name].unit, rule.unit)
        )
    }
    whole = sum(mine.values())
    beyond = {name: max(0, units - rule.most) for name, units in mine.items()}
    size = sum(beyond.values()) if rule.each else max(0, whole - rule.most)
    return Amount(size, (), fact("most_moves", size, moves=whole, most=rule.most))


def unit_share(served: Served, rule: UnitShare) -> Amount:
    """Units of quantity below ``least``, if the community takes anything, or beyond ``most``."""
    quantity = served.shares[rule.unit, rule.community]
    short = rule.least - quantity if served.by_community[rule.community] else 0
    message = fact(
        "unit_share",
        quantity=quantity,
        community=rule.community,
        least=rule.least,
        most=rule.most,
    )
    return Amount(
        max(0, short, quantity - rule.most), (rule.unit, rule.community), message
    )
