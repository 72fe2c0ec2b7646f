"""From quantities of a case's pairs to the records of a plan."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matchkit.arrays import Int64
from matchkit.compile.decode import assignments, shortfall
from matchkit.compile.general.amounts import amounts_of
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.ragged import joint
from matchkit.plan import Assignment, Payment, Shortfall


def decode_case(
    case: IntegerModel, quantity: Int64
) -> tuple[tuple[Assignment, ...], tuple[Shortfall, ...], tuple[Payment, ...]]:
    """Assignments, shortfalls and payments of quantities (one a pair), sorted by ids."""
    chosen = np.flatnonzero(quantity > 0)
    return (
        assignments(
            [resource.id for resource in case.lists.resources],
            case.lists.slots,
            case.candidates,
            case.left[chosen],
            case.right[chosen],
            quantity[chosen],
        ),
        _shortfalls(case, quantity),
        tuple(sorted(_payments(case, quantity[chosen], chosen), key=_order)),
    )


def _order(payment: Payment) -> tuple[str, int, int]:
    return payment.rule, payment.amount, payment.paid


def _shortfalls(case: IntegerModel, quantity: Int64) -> tuple[Shortfall, ...]:
    lists, facts = case.lists, case.facts
    requirement = facts.requirement[case.right]
    assigned = np.zeros(len(facts.requirement_ids), np.int64)
    np.add.at(assigned, requirement, quantity)
    short = assigned < facts.needs[0]
    pairs = np.flatnonzero(short[requirement])
    _, needs, which = joint(
        case.left[pairs], requirement[pairs]
    )  # a resource counts once, whatever the starts it could take
    eligible = np.bincount(needs, minlength=len(assigned))
    most = np.zeros(len(needs), np.int64)
    np.maximum.at(most, which, case.most[pairs])
    capacity = np.bincount(needs, weights=most, minlength=len(assigned)).astype(np.int64)
    return tuple(
        shortfall(
            lists.slots[lists.right[facts.requirement_ids[number]]],
            *(int(of[number]) for of in (assigned, eligible, capacity)),
        )
        for number in np.flatnonzero(short).tolist()
    )


def _payments(
    case: IntegerModel, quantity: Int64, chosen: np.ndarray[tuple[int], np.dtype[np.intp]]
) -> Iterator[Payment]:
    """Every soft rule that is broken, by the least amount that these quantities break it by, and what
    resources cost.
    """
    used = np.unique(case.left[chosen])
    for left in used[case.activation[used] > 0].tolist():
        yield Payment(
            rule=f"activation {case.lists.resources[left].id}",
            amount=1,
            paid=int(case.activation[left]),
        )
    soft = [rule for rule in case.rules if rule.soft is not None]
    amounts = (
        amounts_of(case.facts, soft, case.left[chosen], case.right[chosen], quantity)
        if soft
        else []
    )
    for rule, amount in zip(soft, amounts, strict=True):
        if amount and rule.soft is not None:
            yield Payment(
                rule=rule.label,
                amount=amount,
                paid=amount * (rule.soft.price or 0),
                tier=rule.soft.tier,
            )
