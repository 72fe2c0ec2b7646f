"""Eligibility of pairs: the array test and the reasons of every rule, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from matchkit.answers.reasons import Reason
from matchkit.compile.eligibility import attributes, distance, forbid, skill, time
from matchkit.compile.numbering import Numbering, RequirementAtStart
from matchkit.model import Resource

RULES: Mapping[
    str, Callable[[Numbering, Resource, RequirementAtStart], Iterator[Reason]]
] = {
    "capacity": attributes.capacity_reasons,
    "kind": attributes.kind_reasons,
    "skill": skill.reasons,
    "mode": attributes.mode_reasons,
    "time": time.reasons,
    "distance": distance.reasons,
    "forbid": forbid.reasons,
    "load": attributes.load_reasons,
}
"""The rules by name, in the order in which reasons are told."""


def broken(
    lists: Numbering, resource: Resource, slot: RequirementAtStart
) -> tuple[Reason, ...]:
    """Every rule the pair fails; empty where it is eligible."""
    return tuple(
        reason for rule in RULES.values() for reason in rule(lists, resource, slot)
    )


def against(
    lists: Numbering, resource: Resource, requirement: str
) -> tuple[Reason, ...]:
    """Every rule that the resource fails for the requirement of this id, whenever its demand starts; empty
    where it is eligible.
    """
    slots = [lists.slots[number] for number in lists.places[requirement]]
    if len(slots) == 1:
        return broken(lists, resource, slots[0])
    # Only the time depends on the start.
    return tuple(
        reason
        for name, rule in RULES.items()
        for reason in (
            time.reasons_at_all(lists, resource, slots)
            if name == "time"
            else rule(lists, resource, slots[0])
        )
    )
