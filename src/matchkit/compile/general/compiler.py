"""From a problem to a case, all eligible pairs in memory within a budget; and from quantities of its pairs to
the records of a plan.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matchkit.arrays import Int64, Intp, most_by, sums_by
from matchkit.compile import locks
from matchkit.compile.candidates import ProblemCandidates
from matchkit.compile.decode import assignments, shortfall
from matchkit.compile.eligibility.attributes import Loads
from matchkit.compile.general.amounts import allowed_amounts, amounts_of
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.instance import Instance
from matchkit.compile.ragged import joint
from matchkit.compile.rules import EXCLUDED
from matchkit.deadline import Deadline
from matchkit.errors import (
    BudgetError,
    Complaint,
    ContradictionError,
    in_order,
)
from matchkit.messages.message import Message
from matchkit.plan import Assignment, Payment, Shortfall


def _excluded(case: IntegerModel) -> Iterator[Complaint]:
    """Hard rules that no plan can keep whatever else it keeps, as far as their kinds have a way to tell."""
    for rule in case.rules:
        if rule.rule in EXCLUDED and rule.soft is None:
            yield from EXCLUDED[rule.rule](rule, case)


def compile_case(
    instance: Instance, most_pairs: int, deadline: Deadline | None = None
) -> IntegerModel:
    """The problem as a case. Raises BudgetError for more eligible pairs than that, and StoppedError where the
    deadline says so.

    Raises ContradictionError where hard locks are of pairs that are not eligible, or take more than there is,
    and where eligible pairs alone exclude another hard rule; BudgetError also where coverage or loads have
    too many units or levels.
    """
    deadline = deadline or Deadline()
    lists = instance.lists
    deadline.check()
    contradictions = in_order(locks.contradictions(lists, instance.taken_by_locks))
    ContradictionError.raise_if(contradictions)
    instance.eligible  # noqa: B018 - the part that takes long
    deadline.check()
    candidates = instance.candidates
    case = IntegerModel(
        lists,
        candidates,
        *_pairs(candidates, Loads(lists), most_pairs, deadline),
        deadline,
        aims=instance.aims,
    )
    contradictions = in_order(_excluded(case))
    ContradictionError.raise_if(contradictions)
    case.allowed = allowed_amounts(case)
    return case


def _pairs(
    candidates: ProblemCandidates, loads: Loads, most_pairs: int, deadline: Deadline
) -> tuple[Intp, Intp, Int64, Int64]:
    left, right = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    weight, most = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    count = 0
    for pairs, amount in candidates.all_pairs():
        deadline.check()
        keep = np.flatnonzero(loads.holds(pairs.left, pairs.right))
        count += len(keep)
        if count > most_pairs:
            raise BudgetError(Message.of("budget.pairs", most=most_pairs))
        left.append(pairs.left[keep])
        right.append(pairs.right[keep])
        weight.append(candidates.weights(pairs)[keep].astype(np.int64))
        most.append(amount[keep])
    return (
        np.concatenate(left),
        np.concatenate(right),
        np.concatenate(weight),
        np.concatenate(most),
    )


def decode_case(
    case: IntegerModel, quantity: Int64
) -> tuple[tuple[Assignment, ...], tuple[Shortfall, ...], tuple[Payment, ...]]:
    """Assignments, shortfalls and payments of quantities (int64 (pairs,)), sorted by ids."""
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
    assigned = sums_by(requirement, quantity, len(facts.requirement_ids))
    short = assigned < facts.needs[0]
    pairs = np.flatnonzero(short[requirement])
    _, needs, which = joint(
        case.left[pairs], requirement[pairs]
    )  # a resource counts once, whatever the starts it could take
    eligible = np.bincount(needs, minlength=len(assigned))
    most = most_by(which, case.most[pairs], len(needs))
    capacity = np.bincount(needs, weights=most, minlength=len(assigned)).astype(
        np.int64
    )
    return tuple(
        shortfall(
            lists.slots[lists.right[facts.requirement_ids[number]]],
            *(int(of[number]) for of in (assigned, eligible, capacity)),
        )
        for number in np.flatnonzero(short).tolist()
    )


def _payments(
    case: IntegerModel,
    quantity: Int64,
    chosen: np.ndarray[tuple[int], np.dtype[np.intp]],
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
