"""Who was pulled from what, counted requirement by requirement. docs/rules.md (Modes) defines it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from matchkit.verification.case import Case, RuleFinding
from matchkit.verification.eligibility import eligible
from matchkit.verification.report import fact


def held_before(case: Case) -> dict[str, int]:
    """By requirement the units of the reference plan that the problem still has room for: of eligible pairs,
    and of each resource no more than its capacity, those of the smallest tiers first.
    """
    world, found = case.world, defaultdict[str, int](int)
    left = {name: one.capacity for name, one in world.resources.items()}
    known = [
        (world.roles[entry.requirement].demand.tier, number)
        for number, entry in enumerate(world.problem.reference)
        if entry.requirement in world.roles and entry.resource in world.resources
    ]
    for _, number in sorted(known):
        entry = world.problem.reference[number]
        role = world.roles[entry.requirement]
        if eligible(world, world.resources[entry.resource], role):
            wanted = role.requirement.wanted - found[role.id]
            units = min(entry.quantity, left[entry.resource], max(0, wanted))
            left[entry.resource] -= units
            found[role.id] += units
    return found


def pulled(case: Case, may_pull: Collection[tuple[int, int]]) -> Iterator[RuleFinding]:
    """Requirements that are filled less than before though nobody may pull from their tier; and where tiers
    lose more in all than the tiers gain that may pull from them.
    """
    before = held_before(case)
    lost, gained = defaultdict[int, int](int), defaultdict[int, int](int)
    sources = {of for of, _ in may_pull}
    chains = set(may_pull)  # who is pulled from may pull in turn
    while (
        more_chains := {(of, to) for of, by in chains for on, to in chains if by == on}
        - chains
    ):
        chains |= more_chains
    for name, role in sorted(case.world.roles.items()):
        more = case.taken.get(name, 0) - before[name]
        tier = role.demand.tier
        if more > 0:
            gained[tier] += more
        elif more < 0 and tier not in sources:
            values = {"before": before[name], "after": before[name] + more}
            yield (name,), fact("pulled", amount=-more, tier=tier, **values)
        elif more < 0:
            lost[tier] -= more
    sets = (
        chosen
        for size in range(1, len(lost) + 1)
        for chosen in combinations(sorted(lost), size)
    )
    left = max((_beyond(chosen, lost, gained, chains) for chosen in sets), default=0)
    if left > 0:
        yield (), fact("pulled_in_all", amount=left, units=left)


def _beyond(
    tiers: Collection[int],
    lost: Mapping[int, int],
    gained: Mapping[int, int],
    may_pull: Collection[tuple[int, int]],
) -> int:
    """By how much these tiers lose more than all gain that may pull from one of them. The most of any set is
    what no gain explains (Ore 1955, the deficiency version of Hall's theorem).
    """
    pulling = {to for of, to in may_pull if of in tiers}
    return sum(lost[tier] for tier in tiers) - sum(gained.get(to, 0) for to in pulling)
