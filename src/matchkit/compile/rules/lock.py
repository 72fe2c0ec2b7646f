"""Rule ``lock``: what locks take before anything is matched, and where they contradict other rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from matchkit.compile.eligibility import against
from matchkit.compile.general.builder import Slack
from matchkit.compile.general.pair_variables import PairVariables
from matchkit.compile.numbering import Numbering
from matchkit.compile.ragged import Place
from matchkit.errors import Complaint
from matchkit.graph.candidates import Whole
from matchkit.model import Lock


@dataclass(frozen=True, slots=True)
class Locked:
    """Locked pairs by number, ascending by (left, right), with the quantity each takes and its weight
    (int64).
    """

    left: Place
    right: Place
    quantity: Whole
    weight: Whole


def taken(lists: Numbering) -> dict[tuple[int, int], int]:
    """Quantity by locked pair (left, right), ascending; of several locks on one pair the largest counts."""
    found: dict[tuple[int, int], int] = {}
    for rule in lists.problem.rules:
        if isinstance(rule, Lock) and rule.soft is None:
            pair = lists.left[rule.resource], lists.right[rule.requirement]
            found[pair] = max(rule.quantity, found.get(pair, 0))
    return dict(sorted(found.items()))


def contradictions(lists: Numbering, locked: Mapping[tuple[int, int], int]) -> Iterator[Complaint]:
    """Locked pairs that are not eligible or cannot carry so much, and nodes of which locks take more than
    there is.
    """
    given: dict[int, int] = {}
    received: dict[int, int] = {}
    for (left, right), quantity in locked.items():
        resource, slot = lists.resources[left], lists.slots[right]
        where = f"lock of resource {resource.id} on requirement {slot.requirement.id}"
        reasons = against(lists, resource, slot.requirement.id)
        if reasons:
            yield Complaint(
                where,
                f"is of a pair that is not eligible ({'; '.join(map(str, reasons))})",
                "Remove the lock or mend the records",
            )
        elif quantity > lists.own_capacity(resource, slot):
            yield Complaint(
                where,
                f"asks for {quantity:,}, the pair can carry {lists.own_capacity(resource, slot):,}",
                "Lower its quantity",
            )
        given[left] = given.get(left, 0) + quantity
        received[right] = received.get(right, 0) + quantity
    for left, amount in sorted(given.items()):
        resource = lists.resources[left]
        if amount > resource.capacity:
            yield Complaint(
                f"locks of resource {resource.id}",
                f"take {amount:,} in all, its capacity is {resource.capacity:,}",
                "Remove a lock or raise the capacity",
            )
    for right, amount in sorted(received.items()):
        need = lists.slots[right].requirement
        if amount > need.wanted:
            yield Complaint(
                f"locks on requirement {need.id}",
                f"give it {amount:,} in all, wanted are {need.wanted:,}",
                "Remove a lock or raise wanted",
            )


def rows(rule: Lock, scope: PairVariables, bend: Slack) -> None:
    """The pair carries at least its quantity, or the amount is what it lacks."""
    pairs = scope.named(rule.resource, rule.requirement)
    bend.at_most(1, np.zeros(len(pairs), np.intp), pairs, -1, -rule.quantity, rule.quantity)
