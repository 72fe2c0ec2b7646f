"""When a pair is eligible: one module a rule, its arrays and its reasons side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matchkit.answers.reasons import Reason
from matchkit.compile.eligibility import capacity, distance, forbid, kind, load, mode, skill, time
from matchkit.compile.lists import Lists, Slot
from matchkit.model import Resource

RULES: tuple[Callable[[Lists, Resource, Slot], Iterator[Reason]], ...] = (
    capacity.reasons,
    kind.reasons,
    skill.reasons,
    mode.reasons,
    time.reasons,
    distance.reasons,
    forbid.reasons,
    load.reasons,
)
"""The rules in the order in which reasons are told."""


def broken(lists: Lists, resource: Resource, slot: Slot) -> tuple[Reason, ...]:
    """Every rule the pair fails; empty where it is eligible."""
    return tuple(reason for rule in RULES for reason in rule(lists, resource, slot))
