"""From a problem to a case: all eligible pairs in memory, within a budget."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.compile.candidates import ProblemCandidates
from matchkit.compile.eligibility.load import Loads
from matchkit.compile.general.integer_model import IntegerModel, excluded
from matchkit.compile.general.previous import allowed_amounts
from matchkit.compile.instance import Instance
from matchkit.compile.rules import lock
from matchkit.deadline import Deadline
from matchkit.errors import BudgetError, ContradictionError, in_order
from matchkit.messages.message import Message


def compile_case(
    instance: Instance, most_pairs: int, deadline: Deadline | None = None
) -> IntegerModel:
    """The problem as a case. Raises BudgetError for more eligible pairs than that, and StoppedError where the
    deadline says so.

    Raises ContradictionError where hard locks are of pairs that are not eligible, or take more than there is,
    and where eligible pairs alone exclude another hard rule.
    """
    deadline = deadline or Deadline()
    lists = instance.lists
    deadline.check()
    contradictions = in_order(lock.contradictions(lists, instance.taken_by_locks))
    if contradictions:
        raise ContradictionError(contradictions)
    instance.eligible  # noqa: B018 - the part that takes long
    deadline.check()
    candidates = instance.candidates
    case = IntegerModel(
        lists, candidates, *_pairs(candidates, Loads(lists), most_pairs, deadline), deadline
    )
    contradictions = in_order(excluded(case))
    if contradictions:
        raise ContradictionError(contradictions)
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
