"""Rules on those who serve one demand: one function a kind, the amount of one record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matchkit.model import (
    AllOrNothing,
    Cover,
    LocalMember,
    Team,
    Trainees,
    UnitsRepresented,
)
from matchkit.verification.report import Amount, fact
from matchkit.verification.served import Served


def places_given(members: Iterable[int], counts: Sequence[int]) -> int:
    """The greatest number of places that members can take.

    ``members`` holds for each the places it can take, as a bit mask; place ``k`` takes ``counts[k]`` of them.
    A member looks for a free place, moving others to other places on the way (Kuhn, 1955). Where one finds
    none, nobody who can take the same places will (Berge, 1957), so each search that fails is made once for
    each mask, and any other gives a place.
    """
    taken = [0] * len(counts)
    at: list[dict[int, int]] = [{} for _ in counts]
    hopeless: set[int] = set()
    given = 0
    for mask in members:
        if mask in hopeless:
            continue
        path = _path(mask, at, taken, counts)
        if path is None:
            hopeless.add(mask)
            continue
        given += 1
        for mover, before, place in path:
            if before is not None:
                at[before][mover] -= 1
                if not at[before][mover]:
                    del at[before][mover]
            at[place][mover] = at[place].get(mover, 0) + 1
        taken[path[0][2]] += 1
    return given


def _path(
    mask: int, at: Sequence[dict[int, int]], taken: Sequence[int], counts: Sequence[int]
) -> list[tuple[int, int | None, int]] | None:
    """Moves (who, from, to) that free a place for the mask, the last place first; None where there is no such
    path.
    """
    reached: dict[int, tuple[int, int | None]] = {}
    queue: list[tuple[int, int | None]] = [(mask, None)]
    unreached = (1 << len(counts)) - 1
    for mover, before in queue:  # grows while it is walked: breadth first
        found = mover & unreached
        unreached &= ~found
        while found:
            place = (found & -found).bit_length() - 1
            found &= found - 1
            reached[place] = mover, before
            if taken[place] < counts[place]:
                return _moves(place, reached)
            queue.extend((other, place) for other in at[place])
        if not unreached:
            return None  # every place was reached, and none is free
    return None


def _moves(
    place: int, reached: dict[int, tuple[int, int | None]]
) -> list[tuple[int, int | None, int]]:
    moves: list[tuple[int, int | None, int]] = []
    here: int | None = place
    while here is not None:
        who, previous = reached[here]
        moves.append((who, previous, here))
        here = previous
    return moves


def team(served: Served, rule: Team) -> Amount:
    """Units below ``least`` or beyond ``most``, if the demand is served."""
    quantity = sum(served.members.get(rule.demand, {}).values())
    size = max(0, rule.least - quantity, quantity - rule.most) if quantity else 0
    return Amount(
        size,
        (rule.demand,),
        fact("team", quantity=quantity, least=rule.least, most=rule.most),
    )


def cover(served: Served, rule: Cover) -> Amount:
    """Members missing for the skills asked together, if the demand is served."""
    world, members = served.world, served.members.get(rule.demand, {})
    asked = [
        (world.skills.named(entry.skill), entry.level, entry.count)
        for entry in rule.skills
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
    message = fact("cover", members=len(members), missing=missing)
    return Amount(missing if members else 0, (rule.demand,), message)


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
    message = fact("trainees", juniors=juniors, seniors=seniors, most=rule.most)
    return Amount(max(0, juniors - rule.most * seniors), (rule.demand,), message)


def units_represented(served: Served, rule: UnitsRepresented) -> Amount:
    """Units missing among those that the members name, if the demand is served."""
    members = served.members.get(rule.demand, {})
    units = len({served.world.resources[name].unit for name in members})
    message = fact("units_represented", units=units, least=rule.least)
    return Amount(max(0, rule.least - units) if members else 0, (rule.demand,), message)


def local_member(served: Served, rule: LocalMember) -> Amount:
    """Members missing who are at home in the demand's community or above it, if the demand is served."""
    world, members = served.world, served.members.get(rule.demand, {})
    here = world.demands[rule.demand].community
    homes = (world.resources[name].home for name in members)
    local = sum(
        home is not None and world.communities.below(here, home) for home in homes
    )
    message = fact("local_member", local=local, least=rule.least)
    return Amount(max(0, rule.least - local) if members else 0, (rule.demand,), message)


def all_or_nothing(served: Served, rule: AllOrNothing) -> Amount:
    """Units below the minimum, over the requirements, if the demand is served."""
    demand = served.world.demands[rule.demand]
    missing = sum(
        max(0, role.minimum - served.taken.get(role.id, 0))
        for role in demand.requirements
    )
    message = fact("all_or_nothing", missing=missing)
    return Amount(
        missing if rule.demand in served.members else 0, (rule.demand,), message
    )
