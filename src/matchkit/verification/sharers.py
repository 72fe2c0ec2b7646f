"""Who shares in coverage, loads or a worst score: owners of requirements or resources, where they stand, what
they have had, and which caps lie above several of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from matchkit.errors import Complaint, UnsupportedError
from matchkit.messages.message import Message
from matchkit.model import Aim, Part
from matchkit.model.objective import FairBetween
from matchkit.verification.past import ledger
from matchkit.verification.rules.pairs import capping
from matchkit.verification.trees import summed
from matchkit.verification.world import World, once

MEASURES = ("coverage", "loads")
"""Measures of how units are shared between many."""
ExactNumber = Fraction | int
Start = tuple[ExactNumber, ExactNumber]
"""What somebody has had, and what that is measured by."""


class LeafOwners(NamedTuple):
    """Those who share: whose every leaf (requirement, or resource) is, and the most units of every owner."""

    of: dict[str, str]
    units: dict[str, int]


def coverage_part(aims: Sequence[Aim], of: FairBetween, tier: int | None) -> Part:
    """The coverage that goals ask for between these, in a tier or (None) across all; where none does, that by
    leximin.
    """
    for aim in aims:
        for part in (part.whole for part in aim.parts):
            if (part.measure, part.of, part.tier) == ("coverage", of, tier):
                return part
    return Part(measure="coverage", of=of, tier=tier)


@once
def owners_of(world: World, part: Part) -> LeafOwners:
    """Who shares in a part."""
    if part.measure == "loads":
        persons = [one for one in world.problem.resources if not world.divisible(one)]
        owner = {one.id: one.unit if part.of == "units" else one.id for one in persons}
        return LeafOwners(
            owner, summed((owner[one.id], one.capacity) for one in persons)
        )
    kind = None if part.kind is None else world.key(part.kind)
    roles = [
        role
        for role in world.roles.values()
        if part.tier in (None, role.demand.tier)
        and role.requirement.wanted
        and kind in (None, world.key(role.requirement.kind))
    ]
    above = {} if part.depth is None else world.communities.at_depth(part.depth)
    owner = {
        role.id: above[role.demand.community]
        if above
        else role.demand.community
        if part.of == "communities"
        else role.demand.id
        if part.of == "demands"
        else role.id
        for role in roles
    }
    return LeafOwners(
        owner, summed((owner[one.id], one.requirement.wanted) for one in roles)
    )


@once
def starts_of(world: World, part: Part) -> dict[str, Start]:
    """What each of those who share has had in earlier rounds, and what that and all units of this one are
    measured by; loads by 1, or by what one can give in this round.
    """
    most = owners_of(world, part).units
    past = ledger(world, part)
    if past and part.rule == "nash":
        raise UnsupportedError(
            [Complaint.of(Message("where.objective"), "coupling.nash")]
        )
    entitled = part.of == "communities" or part.depth is not None
    times = {one.id: one.entitlement for one in world.problem.communities if entitled}
    found: dict[str, Start] = {}
    for name, n in most.items():
        had, wanted = past.get(name, (0, 0))
        if part.measure == "coverage":
            found[name] = had, times.get(name, 1) * (wanted + n)
        else:
            found[name] = had, 1 if part.by == "count" else n
    return found


def places(world: World, part: Part, owner: Mapping[str, str]) -> dict[str, str]:
    """The community or unit at which each owner of leaves stands."""
    if part.measure == "loads":
        return {owner[leaf]: world.resources[leaf].unit for leaf in owner}
    if part.depth is not None:
        return {name: name for name in owner.values()}
    return {owner[leaf]: world.roles[leaf].demand.community for leaf in owner}


def caps_above(world: World, part: Part) -> list[str]:
    """The labels of hard caps and reserves below what could be had there that lie over two or more of those
    who share, or over one of them and others.
    """
    owner, most = owners_of(world, part)
    coverage = part.measure == "coverage"
    place = places(world, part, owner)
    tree = world.communities if coverage else world.units
    many = tree.totals(summed((node, 1) for node in place.values()))
    theirs = tree.totals(summed((place[name], most[name]) for name in place))
    could = tree.totals(
        summed(
            (role.demand.community, role.requirement.wanted)
            for role in world.roles.values()
        )
        if coverage
        else summed((one.unit, one.capacity) for one in world.problem.resources)
    )
    caps = capping(world, "community" if coverage else "unit")
    return [
        rule.label
        for rule, cap in caps
        if many[rule.node] > (could[rule.node] == theirs[rule.node])
        and could[rule.node] > cap
    ]


def worst_score(world: World, part: Part, earned: Mapping[str, int]) -> int:
    """The least weight of all who share, given that of requirements; 0 where nobody wants anything."""
    owner = owners_of(world, part).of
    scores = dict.fromkeys(owner.values(), 0)
    for leaf, weight in earned.items():
        if leaf in owner:
            scores[owner[leaf]] += weight
    return min(scores.values(), default=0)
