"""Rules on those who serve one demand: one function a kind, the amount of one record."""

from __future__ import annotations

from matchkit.model import AllOrNothing, Cover, LocalMember, Team, Trainees, UnitsRepresented
from matchkit.verify.covering import places_given
from matchkit.verify.report import number
from matchkit.verify.rules.amount import Amount
from matchkit.verify.served import Served


def team(served: Served, rule: Team) -> Amount:
    """Units below ``least`` or beyond ``most``, if the demand is served."""
    quantity = sum(served.members.get(rule.demand, {}).values())
    size = max(0, rule.least - quantity, quantity - rule.most) if quantity else 0
    return Amount(size, (rule.demand,), f"is served by {number(quantity)}, allowed are 0 or {number(rule.least)} to {number(rule.most)}")


def cover(served: Served, rule: Cover) -> Amount:
    """Members missing for the skills asked together, if the demand is served."""
    world, members = served.world, served.members.get(rule.demand, {})
    asked = [(world.skills.named(entry.skill), entry.level, entry.count) for entry in rule.skills]
    masks = [0] * len(members)
    for place, name in enumerate(members):
        held = world.skills.levels(world.profile(world.resources[name]))
        for bit, (skill, level, _) in enumerate(asked):
            masks[place] |= (held.get(skill, 0) >= level) << bit
    if rule.counting == "several":
        missing = sum(max(0, count - sum(mask >> bit & 1 for mask in masks)) for bit, (_, _, count) in enumerate(asked))
    else:
        counts = [count for _, _, count in asked]
        missing = sum(counts) - places_given(masks, counts)
    fact = f"is served by {number(len(members))}, who lack {number(missing)} of the skills asked of them together"
    return Amount(missing if members else 0, (rule.demand,), fact)


def trainees(served: Served, rule: Trainees) -> Amount:
    """Members without the skill at the level, beyond ``most`` times those who have it."""
    world, members = served.world, served.members.get(rule.demand, {})
    skill = world.skills.named(rule.senior.skill)
    levels = (world.skills.levels(world.profile(world.resources[name])).get(skill, 0) for name in members)
    seniors = sum(level >= rule.senior.level for level in levels)
    juniors = len(members) - seniors
    fact = f"is served by {number(juniors)} without the skill and {number(seniors)} with it; each allows {number(rule.most)}"
    return Amount(max(0, juniors - rule.most * seniors), (rule.demand,), fact)


def units_represented(served: Served, rule: UnitsRepresented) -> Amount:
    """Units missing among those that the members name, if the demand is served."""
    members = served.members.get(rule.demand, {})
    units = len({served.world.resources[name].unit for name in members})
    fact = f"is served by members of {number(units)} units, at least {number(rule.least)} are asked"
    return Amount(max(0, rule.least - units) if members else 0, (rule.demand,), fact)


def local_member(served: Served, rule: LocalMember) -> Amount:
    """Members missing who are at home in the demand's community or above it, if the demand is served."""
    world, members = served.world, served.members.get(rule.demand, {})
    here = world.demands[rule.demand].community
    homes = (world.resources[name].home for name in members)
    local = sum(home is not None and world.communities.below(here, home) for home in homes)
    fact = f"is served by {number(local)} members at home there, at least {number(rule.least)} are asked"
    return Amount(max(0, rule.least - local) if members else 0, (rule.demand,), fact)


def all_or_nothing(served: Served, rule: AllOrNothing) -> Amount:
    """Units below the minimum, over the requirements, if the demand is served."""
    demand = served.world.demands[rule.demand]
    missing = sum(max(0, role.minimum - served.taken.get(role.id, 0)) for role in demand.requirements)
    fact = f"is served, but its requirements lack {number(missing)} of their minimums"
    return Amount(missing if rule.demand in served.members else 0, (rule.demand,), fact)
