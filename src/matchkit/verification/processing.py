"""What a plan earns at every order at which kept places are processed (docs/rules.md, Kept places).

The plan does not say who stands at which place: the best way is counted, which is a choice of the units that
stand at kept places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from matchkit.model import SetAside
from matchkit.verification.rules.set_asides import groups_of, named, roles_of
from matchkit.verification.world import World

Earned = tuple[int, ...]
"""What a unit changes at every order, the first order first."""


def orders_of(world: World) -> tuple[int, ...]:
    """The orders at which places are processed; none where all are processed together."""
    found = {0, *(rule.order for rule in world.hard(SetAside) if rule.least)}
    return tuple(sorted(found)) if len(found) > 1 else ()


def weight_by_order(
    world: World,
    pairs: Mapping[tuple[str, str], int],
    weight: Callable[[str, str], int],
) -> dict[int, int]:
    """What these quantities earn at every order."""
    orders = orders_of(world)
    total = dict.fromkeys(orders, 0)
    if not orders:
        return total
    total[0] = sum(units * weight(*pair) for pair, units in pairs.items())
    for rules in _together(world):
        kept = {world.key(rule.group): rule.least for rule in rules}
        at = {world.key(rule.group): orders.index(rule.order) for rule in rules}
        roles = roles_of(world, rules[0])
        names = {role.id for role in roles}
        wanted = sum(role.requirement.wanted for role in roles)
        there = [(pair, units) for pair, units in pairs.items() if pair[1] in names]
        # So many stand at kept places at least: open ones hold no more than the others.
        needed = sum(units for _, units in there) - max(0, wanted - sum(kept.values()))
        could: list[tuple[Earned, str, int]] = []
        for (resource, requirement), units in there:
            for group in groups_of(world, resource) & kept.keys():
                moved = [0] * len(orders)
                moved[at[group]] += weight(resource, requirement)
                moved[orders.index(0)] -= weight(resource, requirement)
                could.append((tuple(moved), group, units))
        nothing = (0,) * len(orders)
        for change, group, units in sorted(could, reverse=True):
            stand = min(units, kept[group])
            if change <= nothing:
                stand = min(stand, max(0, needed))
            kept[group] -= stand
            needed -= stand
            for order, amount in zip(orders, change, strict=True):
                total[order] += stand * amount
    return total


def _together(world: World) -> list[list[SetAside]]:
    """The hard set-asides that keep places, by what they name these by, one a group, where any has an
    order.
    """
    found: dict[object, dict[str, SetAside]] = {}
    for rule in world.hard(SetAside):
        if rule.least:
            groups = found.setdefault(named(world, rule), {})
            known = groups.setdefault(world.key(rule.group), rule)
            if known.least < rule.least:
                groups[world.key(rule.group)] = rule
    lists = (list(groups.values()) for groups in found.values())
    return [rules for rules in lists if any(rule.order for rule in rules)]
