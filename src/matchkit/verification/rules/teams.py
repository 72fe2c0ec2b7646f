"""Rules on those who serve one demand: one function a kind, the amount of one record."""

from __future__ import annotations

from matchkit.model import AllOrNothing, Cover, LocalMember, Team, Trainees, UnitsRepresented
from matchkit.verification.covering import places_given
from matchkit.verification.report import fact
from matchkit.verification.rules.amount import Amount
from matchkit.verification.served import Served


def team(served: Served, rule: Team) -> Amount:
    """Units below ``least`` or beyond ``most``, if the demand is served."""
    quantity = sum(served.members.get(rule.demand, {}).values())
    size = max(0, rule.least - quantity, quantity - rule.most) if quantity else 0
    return Amount(
        size, (rule.demand,), fact("team", quantity=quantity, least=rule.least, most=rule.most)
    )


def cover(served: Served, rule: Cover) -> Amount:
    """Members missing for the skills asked together, if the demand is served."""
    world, members = served.world, served.members.get(rule.demand, {})
    asked = [
        (world.skills.named(entry.skill), entry.level, entry.count) for entry in rule.skills
    ]
    masks = [0] * len(members)
    for place, name in enumerate(members):
        held = world.skills.levels(world.profile(world.resources[name]))
        for bit, (skill, level, _) in enumerate(asked):
            masks[place] |= (held.get(skill, 0) >= level) << bit
    if rule.counting == "several":
        missing = sum(
            max(0, count - sum(mask >> bit & 1 for mask in masks))
            for bit, (_, _, count) in enumerate(asked)
        )
    else:
        counts = [count for _, _, count in asked]
        missing = sum(counts) - places_given(masks, counts)
    told = fact("cover", members=len(members), missing=missing)
    return Amount(missing if members else 0, (rule.demand,), told)


def trainees(served: Served, rule: Trainees) -> Amount:
    """Members without the skill at the level, beyond ``most`` times those who have it."""
    world, members = served.world, served.members.get(rule.demand, {})
    skill = world.skills.named(rule.senior.skill)
    levels = (
        world.skills.levels(world.profile(world.resources[name])).get(skill, 0)
        for name in members
    )
    seniors = sum(level >= rule.senior.level for level in levels)
    juniors = len(members) - seniors
    told = fact("trainees", juniors=juniors, seniors=seniors, most=rule.most)
    return Amount(max(0, juniors - rule.most * seniors), (rule.demand,), told)


def units_represented(served: Served, rule: UnitsRepresented) -> Amount:
    """Units missing among those that the members name, if the demand is served."""
    members = served.members.get(rule.demand, {})
    units = len({served.world.resources[name].unit for name in members})
    told = fact("units_represented", units=units, least=rule.least)
    return Amount(max(0, rule.least - units) if members else 0, (rule.demand,), told)


def local_member(served: Served, rule: LocalMember) -> Amount:
    """Members missing who are at home in the demand's community or above it, if the demand is served."""
    world, members = served.world, served.members.get(rule.demand, {})
    here = world.demands[rule.demand].community
    homes = (world.resources[name].home for name in members)
    local = sum(home is not None and world.communities.below(here, home) for home in homes)
    told = fact("local_member", local=local, least=rule.least)
    return Amount(max(0, rule.least - local) if members else 0, (rule.demand,), told)


def all_or_nothing(served: Served, rule: AllOrNothing) -> Amount:
    """Units below the minimum, over the requirements, if the demand is served."""
    demand = served.world.demands[rule.demand]
    missing = sum(
        max(0, role.minimum - served.taken.get(role.id, 0)) for role in demand.requirements
    )
    told = fact("all_or_nothing", missing=missing)
    return Amount(missing if rule.demand in served.members else 0, (rule.demand,), told)
