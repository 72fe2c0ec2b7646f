"""What hard locks take before anything is matched, and where they contradict other rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from matchkit.arrays import Int64, Intp
from matchkit.compile.eligibility import against
from matchkit.compile.numbering import Numbering
from matchkit.compile.trees import CappedNodes
from matchkit.errors import Complaint
from matchkit.messages.message import Message
from matchkit.model import Lock


@dataclass(frozen=True, slots=True)
class Locked:
    """Locked pairs by number, ascending by (left, right), with the quantity each takes and its weight
    (int64).
    """

    left: Intp
    right: Intp
    quantity: Int64
    weight: Int64


def taken(lists: Numbering) -> dict[tuple[int, int], int]:
    """Quantity by locked pair (left, right), ascending; of several locks on one pair the largest counts."""
    found: dict[tuple[int, int], int] = {}
    for rule in lists.problem.rules:
        if isinstance(rule, Lock) and rule.soft is None:
            pair = lists.left[rule.resource], lists.right[rule.requirement]
            found[pair] = max(rule.quantity, found.get(pair, 0))
    return dict(sorted(found.items()))


def contradictions(
    lists: Numbering, locked: Mapping[tuple[int, int], int]
) -> Iterator[Complaint]:
    """Locked pairs that are not eligible or cannot carry so much, and nodes of which locks take more than
    there is.
    """
    given: dict[int, int] = {}
    received: dict[int, int] = {}
    for (left, right), quantity in locked.items():
        resource, slot = lists.resources[left], lists.slots[right]
        where = Message.of(
            "lock.of", resource=resource.id, requirement=slot.requirement.id
        )
        reasons = against(lists, resource, slot.requirement.id)
        if reasons:
            yield Complaint.of(where, "lock.not_eligible", reasons=reasons)
        elif quantity > lists.own_capacity(resource, slot):
            yield Complaint.of(
                where,
                "lock.quantity",
                quantity=quantity,
                most=lists.own_capacity(resource, slot),
            )
        given[left] = given.get(left, 0) + quantity
        received[right] = received.get(right, 0) + quantity
    for left, amount in sorted(given.items()):
        resource = lists.resources[left]
        if amount > resource.capacity:
            yield Complaint.of(
                Message.of("lock.all_of", resource=resource.id),
                "lock.capacity",
                amount=amount,
                capacity=resource.capacity,
            )
    for right, amount in sorted(received.items()):
        need = lists.slots[right].requirement
        if amount > need.wanted:
            yield Complaint.of(
                Message.of("lock.all_on", requirement=need.id),
                "lock.wanted",
                amount=amount,
                wanted=need.wanted,
            )


def beyond(what: str, capped: CappedNodes, used: Iterable[int]) -> Iterator[Complaint]:
    """Units or communities under which locks take more than their caps allow."""
    for node, amount in zip(capped.ids, used, strict=True):
        if amount > capped.most[node]:
            yield Complaint(
                Message.of(f"lock.under_{what}", id=node),
                Message.of(
                    f"lock.beyond_{what}",
                    amount=int(amount),
                    most=int(capped.most[node]),
                ),
                Message("lock.beyond.do"),
            )
