"""The way back: from chosen pairs and prices to the records of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Int64, Intp, sums_by
from matchkit.compile.candidates import ProblemCandidates
from matchkit.compile.compiler import Compiled
from matchkit.compile.goals import values_of
from matchkit.compile.numbering import RequirementAtStart
from matchkit.compile.shares import values_of_shares
from matchkit.compile.times import moment
from matchkit.graph.network import GoalValues
from matchkit.plan import (
    Assignment,
    Certificate,
    Price,
    SharePrice,
    Shortfall,
    Terms,
)


class Eligibility(NamedTuple):
    """For every requirement (int64): how many resources are eligible, and how much they could give it
    together.
    """

    resources: Int64
    capacity: Int64


def count_eligible(compiled: Compiled) -> Eligibility:
    """Who is eligible for every requirement, locks or not: one pass over all pairs. The capacities are before
    the locks.
    """
    nodes = len(compiled.requirement_ids)
    count, capacity = np.zeros(nodes, np.int64), np.zeros(nodes, np.int64)
    for pairs, most in compiled.candidates.all_pairs():
        count += np.bincount(pairs.right, minlength=nodes)
        if int(most.max(initial=1)) == 1:
            capacity += np.bincount(pairs.right, minlength=nodes)
        else:
            np.add.at(capacity, pairs.right, most)
    return Eligibility(count, capacity)


def terms_of(
    compiled: Compiled, left: npt.ArrayLike, right: npt.ArrayLike
) -> dict[str, Int64]:
    """The weight terms of chosen pairs, by name, each with its factor; int64 arrays in the order of the pairs
    given.

    The pairs must be eligible; their sum over the terms is their weight.
    """
    lefts, rights = np.asarray(left, np.intp), np.asarray(right, np.intp)
    order = np.lexsort((rights, lefts))
    found = compiled.candidates.terms(lefts[order], rights[order])
    back = np.empty(len(order), np.intp)
    back[order] = np.arange(len(order))
    return {name: values[back] for name, values in found.items()}


def _with_locks(
    compiled: Compiled,
    left: npt.ArrayLike,
    right: npt.ArrayLike,
    quantity: npt.ArrayLike,
) -> tuple[Intp, Intp, Int64]:
    """The whole plan's pairs, ascending, each once; those that carry nothing are left out."""
    locked, count = compiled.locked, max(1, len(compiled.requirement_ids))
    codes = np.concatenate(
        [
            np.asarray(left, np.intp) * count + np.asarray(right, np.intp),
            locked.left * count + locked.right,
        ]
    )
    amounts = np.concatenate([np.asarray(quantity, np.int64), locked.quantity])
    distinct, place = np.unique(codes[amounts > 0], return_inverse=True)
    total = sums_by(place, amounts[amounts > 0], len(distinct))
    return distinct // count, distinct % count, total


def decode(
    compiled: Compiled,
    left: npt.ArrayLike,
    right: npt.ArrayLike,
    quantity: npt.ArrayLike,
) -> tuple[tuple[Assignment, ...], tuple[Shortfall, ...]]:
    """The assignments and shortfalls of chosen pairs (integer arrays by node number), sorted by ids, locks
    included.
    """
    lefts, rights, amounts = _with_locks(compiled, left, right, quantity)
    chosen = assignments(
        compiled.resource_ids,
        compiled.slots,
        compiled.candidates,
        lefts,
        rights,
        amounts,
    )
    assigned = sums_by(rights, amounts, len(compiled.slots))
    short = [
        number
        for number, slot in enumerate(compiled.slots)
        if assigned[number] < slot.requirement.wanted
    ]
    if not short:
        return chosen, ()
    eligible = count_eligible(compiled)
    return chosen, tuple(
        shortfall(
            compiled.slots[number],
            int(assigned[number]),
            int(eligible.resources[number]),
            int(eligible.capacity[number]),
        )
        for number in short
    )


def assignments(
    resource_ids: Sequence[str],
    slots: Sequence[RequirementAtStart],
    candidates: ProblemCandidates,
    left: Intp,
    right: Intp,
    quantity: Int64,
) -> tuple[Assignment, ...]:
    """The records of pairs, by number of resource and slot (intp (pairs,) both) ascending, with their units
    (int64 (pairs,)); sorted by ids.
    """
    terms = candidates.terms(left, right)
    names, points = (
        tuple(terms),
        zip(*(values.tolist() for values in terms.values()), strict=True),
    )
    found = [
        Assignment(
            resource=resource_ids[one],
            requirement=slots[other].requirement.id,
            quantity=amount,
            weight=sum(worth),
            terms=Terms(**dict(zip(names, worth, strict=True))),
            start=None if (start := slots[other].start) is None else moment(start),
        )
        for one, other, amount, worth in zip(
            left.tolist(), right.tolist(), quantity.tolist(), points, strict=True
        )
    ]
    return tuple(sorted(found, key=lambda entry: (entry.resource, entry.requirement)))


def shortfall(
    slot: RequirementAtStart, assigned: int, eligible: int, capacity: int
) -> Shortfall:
    """What a requirement lacks, given how many resources are eligible for it and how much they could give it
    together.
    """
    need = slot.requirement
    return Shortfall(
        requirement=need.id,
        demand=slot.demand.id,
        tier=slot.demand.tier,
        wanted=need.wanted,
        minimum=need.minimum,
        assigned=assigned,
        missing=need.wanted - assigned,
        below_minimum=max(0, need.minimum - assigned),
        eligible=eligible,
        reason="nobody_eligible"
        if eligible == 0
        else "too_few_eligible"
        if capacity < need.wanted
        else "contended",
    )


def goal_values(
    compiled: Compiled,
    left: npt.ArrayLike,
    right: npt.ArrayLike,
    quantity: npt.ArrayLike,
) -> GoalValues:
    """What chosen pairs and the locks reach together in every goal, in Python integers; of no pairs, what
    locks earn.
    """
    lefts, rights, amounts = _with_locks(compiled, left, right, quantity)
    carried = (
        np.zeros(len(compiled.resource_ids), np.int64),
        np.zeros(len(compiled.slots), np.int64),
    )
    for total, leaf in zip(carried, (lefts, rights), strict=True):
        np.add.at(total, leaf, amounts)
    assigned: dict[int, int] = {}
    for number, amount in zip(rights.tolist(), amounts.tolist(), strict=True):
        assigned[number] = assigned.get(number, 0) + amount
    slots = ((compiled.slots[number], amount) for number, amount in assigned.items())
    points = zip(
        *(
            values.tolist()
            for values in compiled.candidates.terms(lefts, rights).values()
        ),
        strict=True,
    )
    weights = [
        amount * sum(worth)
        for amount, worth in zip(amounts.tolist(), points, strict=True)
    ]
    shares = values_of_shares(compiled.shares, carried)
    if compiled.worst is not None:
        earned = np.array(weights, np.int64)
        shares[compiled.worst.part] = compiled.worst.value(rights, earned)
    return values_of(
        compiled.aims,
        (
            (slot.demand.tier, slot.requirement.minimum, amount)
            for slot, amount in slots
        ),
        sum(weights),
        shares=shares,
        kept=compiled.kept.value(lefts, rights, amounts),
    )


def certificate(
    compiled: Compiled,
    bound: Sequence[int],
    resources: npt.NDArray[Any],
    requirements: npt.NDArray[Any],
    units: npt.NDArray[Any] | None = None,
    communities: npt.NDArray[Any] | None = None,
) -> Certificate:
    """The certificate of prices: integer arrays of shape (nodes, goals), int64 or Python integers.

    ``units`` and ``communities`` are those of the nodes of the trees, capped ones and then those whose shares
    count; None stands for no such node. ``bound``, one number a goal, includes what the locks earn.
    """
    if communities is not None:
        communities = communities[compiled.right_places]
    sides = [units, communities]
    first = [len(compiled.unit_ids), len(compiled.community_ids)]
    shares = list[SharePrice]()
    for one in compiled.shares:
        rows = sides[one.is_right]
        if one.alone or rows is None:
            continue
        start = first[one.is_right]
        first[one.is_right] += len(one.ids)
        name = compiled.goals.names[one.goals[0]]
        shares += [
            SharePrice(goal=name, id=owner, price=tuple(price))
            for owner, price in zip(
                one.ids, rows[start : start + len(one.ids)].tolist(), strict=True
            )
        ]
    return Certificate(
        goals=compiled.goals.names,
        bound=tuple(int(value) for value in bound),
        resources=_prices(compiled.resource_ids, resources),
        requirements=_prices(compiled.requirement_ids, requirements),
        units=_prices(compiled.unit_ids, units),
        communities=_prices(compiled.community_ids, communities),
        shares=tuple(shares),
    )


def _prices(ids: tuple[str, ...], prices: npt.NDArray[Any] | None) -> tuple[Price, ...]:
    if prices is None:
        return ()
    # Many have the same prices: each is one tuple.
    known = dict[tuple[int, ...], tuple[int, ...]]()
    rows = (tuple(row) for row in prices[: len(ids)].tolist())
    listed = [
        Price(id=name, price=known.setdefault(row, row))
        for name, row in zip(ids, rows, strict=True)
    ]
    return tuple(sorted(listed, key=lambda price: price.id))
