"""Whose units could come to a requirement, each given up for another: breadth-first through plan and
capacities.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from typing import NamedTuple

from matchkit.verification.witness.view import WitnessView


class Reached(NamedTuple):
    """The requirements that could give up a unit for the one asked for, itself among them; and a resource
    with capacity left.
    """

    requirements: set[str]
    free: str | None


def reached(
    view: WitnessView,
    requirement: str,
    named: Collection[str] = (),
    within: Collection[str] | None = None,
) -> Reached:
    """Who is reached from the requirement by the steps of docs/explanations.md (Hall set, 5).

    A resource eligible below its pair's capacity gives a unit that no hard lock holds. Where units are
    ``named``, a resource below one of them that has capacity left takes the place of another there. With
    ``within`` only these requirements are walked through, and resources with capacity left do not end the
    walk; without, the first of them does.
    """
    world, given = view.world, view.case.given
    found, seen, walked = {requirement}, set[str](), set[str]()
    queue = deque([requirement])

    def give_up(resource: str) -> None:
        for other in view.movable(resource):
            if other not in found and (within is None or other in within):
                found.add(other)
                queue.append(other)

    while queue:
        here = queue.popleft()
        need = world.roles[here].requirement
        full = {
            name
            for name, quantity in view.serving.get(here, ())
            if quantity >= world.most(world.resources[name], need)
        }
        for name in sorted(view.eligible[here] - seen - full):
            seen.add(name)
            give_up(name)
            if given.get(name, 0) < world.resources[name].capacity:
                if within is None:
                    return Reached(found, name)
                for unit in _open_upward(view, name, named):
                    if unit not in walked:
                        walked.add(unit)
                        for other in view.below(unit):
                            give_up(other)
    return Reached(found, None)


def _open_upward(view: WitnessView, resource: str, named: Collection[str]) -> list[str]:
    """The capped units above a resource, from its own upwards, as far as they have room, up to one that is
    named (itself included).

    Without one that is named above it, none: what is given up elsewhere is of no use to it there.
    """
    above = list(view.world.units.upward(view.world.resources[resource].unit))
    if not any(unit in named for unit in above):
        return []
    found: list[str] = []
    for unit in above:
        if unit in view.leaves:
            found.append(unit)
            if unit in named or view.case.served.by_unit[unit] >= view.leaves[unit]:
                break
    return found
