"""Places kept for a group of resources: the amount of one record."""

from __future__ import annotations

from itertools import chain, combinations

from matchkit.model import SetAside
from matchkit.verification.report import Amount, fact
from matchkit.verification.served import Served
from matchkit.verification.trees import summed
from matchkit.verification.world import RequirementFacts, World

NamedBy = tuple[str | None, str | None, str | None, str | None]
"""Requirement, demand, community and the key of a kind."""


def set_aside(served: Served, rule: SetAside) -> Amount:
    """Units of the group beyond ``most``, and units of others on places that are kept."""
    world, mine = served.world, served.world.key(rule.group)
    wanted = sum(role.requirement.wanted for role in roles_of(world, rule))
    units = units_there(served, rule)
    given = sum(amount for groups, amount in units.items() if mine in groups)
    kept = {**kept_at(world, rule), mine: rule.least}
    others = sorted(kept.keys() - {mine})
    taken = 0
    if rule.least:
        for chosen in chain.from_iterable(
            combinations(others, many) for many in range(len(others) + 1)
        ):
            asked = {mine, *chosen}
            outside = sum(
                amount for groups, amount in units.items() if not asked & groups
            )
            left = max(0, wanted - sum(kept[group] for group in asked))
            taken = max(taken, outside - left)
    message = (
        fact(
            "set_aside",
            group=rule.group,
            kept=rule.least,
            wanted=wanted,
            taken=taken,
        )
        if taken
        else fact("set_aside_most", group=rule.group, given=given, most=rule.most)
    )
    name = rule.requirement or rule.demand or rule.community
    ids = () if name is None else (name,)
    return Amount(max(0, given - rule.most) + taken, ids, message)


def roles_of(world: World, rule: SetAside) -> list[RequirementFacts]:
    """The requirements whose places a rule is about."""
    if rule.requirement is not None:
        found = [world.roles[rule.requirement]]
    elif rule.demand is not None:
        demand = world.demands[rule.demand]
        found = [world.roles[need.id] for need in demand.requirements]
    else:
        found = list(world.roles.values())
        if rule.community is not None:
            below, top = world.communities.below, rule.community
            found = [role for role in found if below(role.demand.community, top)]
    if rule.kind is None:
        return found
    kind = world.key(rule.kind)
    return [role for role in found if world.key(role.requirement.kind) == kind]


def groups_of(world: World, resource: str) -> frozenset[str]:
    """The groups of a resource, by key."""
    return frozenset(map(world.key, world.resources[resource].groups))


def units_there(served: Served, rule: SetAside) -> dict[frozenset[str], int]:
    """The quantity at the places of a rule, by the groups of those who give it."""
    return summed(
        (groups_of(served.world, name), amount)
        for role in roles_of(served.world, rule)
        for name, amount in served.by_requirement.get(role.id, {}).items()
    )


def kept_at(world: World, rule: SetAside) -> dict[str, int]:
    """For every group, by key, the places that hard rules keep for it which name the same places as this
    one.
    """
    if None not in world.derived["set_asides"]:
        found: dict[NamedBy, dict[str, int]] = {}
        for one in world.hard(SetAside):
            if one.least:
                groups = found.setdefault(named(world, one), {})
                group = world.key(one.group)
                groups[group] = max(one.least, groups.get(group, 0))
        world.derived["set_asides"][None] = found
    return dict(world.derived["set_asides"][None].get(named(world, rule), {}))


def named(world: World, rule: SetAside) -> NamedBy:
    """What a rule names its places by."""
    kind = None if rule.kind is None else world.key(rule.kind)
    return rule.requirement, rule.demand, rule.community, kind
