"""The largest part of a table that is a plan: found and proven by the general search over the table's own
pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.compile import locks
from matchkit.compile.eligibility.attributes import Loads
from matchkit.compile.general.amounts import allowed_amounts
from matchkit.compile.general.compiler import decode_case
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.instance import Instance
from matchkit.compile.numbering import Numbering
from matchkit.compile.ragged import found_in
from matchkit.deadline import Deadline
from matchkit.errors import ContradictionError, StoppedError, in_order
from matchkit.explain.audit.table_arrays import Pair
from matchkit.messages.message import Message
from matchkit.model import Aim, Part, Problem
from matchkit.plan import Assignment
from matchkit.solvers.mip.search import SMALL, search
from matchkit.solvers.mip.state import Relaxed, SearchTask
from matchkit.verification.checks import TallyEntry


@dataclass(frozen=True, slots=True)
class Largest:
    """The assignments of the largest part, and the most units of the table that any part can keep (None:
    nothing is proved).
    """

    assignments: tuple[Assignment, ...]
    kept: int
    most: int | None


def largest_part(
    problem: Problem, entries: Sequence[TallyEntry], deadline: Deadline
) -> Largest | None:
    """As many units of the table's pairs as can be kept together, with what hard locks demand; of such parts
    the best by the goals.

    Pairs keep the start that they state; one that states none, or none that may be, takes any. None where no
    part is a plan. Raises ContradictionError where hard locks contradict other rules by themselves, and
    StoppedError where time is over first.
    """
    # Only pairs of the table can be chosen, so what is filled is what is kept (and what locks demand, which
    # is always the same).
    kept = Aim(name="kept", parts=(Part(measure="minimum"), Part(measure="filled")))
    aims = (kept, *Instance(problem).aims)
    objective = problem.objective.model_copy(update={"aims": aims})
    case, units = _case(problem.model_copy(update={"objective": objective}), entries)
    # The whole table, with all rules left out, is where the search begins, and nothing keeps more.
    begin = (
        Relaxed(
            (min(case.upper_bounds[0], int(case.most.sum())), *case.upper_bounds[1:]),
            case.most,
        )
        if len(case.left) > SMALL
        else None
    )
    slack = (0, *(aim.tolerance for aim in aims[1:-1]), 0)
    result = search(SearchTask(case, deadline, relaxed=begin, slack=slack))
    if result.infeasible:
        return None
    if result.quantity is None or result.goals is None:
        raise StoppedError(Message("stopped.part"))
    assignments, _, _ = decode_case(case, result.quantity)
    count = sum(
        min(each.quantity, units.get((each.resource, each.requirement), 0))
        for each in assignments
    )
    beyond = result.goals[0] - count
    return Largest(
        assignments, count, None if result.bounds is None else result.bounds[0] - beyond
    )


def units_of(entries: Sequence[TallyEntry]) -> dict[Pair, int]:
    """Quantity by pair."""
    found: dict[Pair, int] = {}
    for entry in entries:
        found[entry.resource, entry.requirement] = (
            found.get((entry.resource, entry.requirement), 0) + entry.quantity
        )
    return found


def _case(
    problem: Problem, entries: Sequence[TallyEntry]
) -> tuple[IntegerModel, Mapping[Pair, int]]:
    """The problem as if only the pairs of the table were eligible, each for no more than the table gives, and
    those of hard locks.
    """
    instance = Instance(problem)
    lists, locked = instance.lists, instance.taken_by_locks
    contradictions = in_order(locks.contradictions(lists, locked))
    ContradictionError.raise_if(contradictions)
    units = {
        pair: min(amount, 2**40)
        for pair, amount in units_of(entries).items()
        if pair[0] in lists.left and pair[1] in lists.places
    }
    most = _wanted(lists, entries, units, locked)
    codes = np.array(sorted(most), np.int64)
    eligible, candidates = instance.eligible, instance.candidates
    columns, loads = max(1, len(lists.slots)), Loads(lists)
    lefts: list[Intp] = [np.zeros(0, np.intp)]
    rights: list[Intp] = [np.zeros(0, np.intp)]
    weights: list[Int64] = [np.zeros(0, np.int64)]
    for piece in eligible.pieces(np.unique(codes // columns).astype(np.intp)):
        pairs = eligible.pairs(piece)
        _, asked = found_in(codes, pairs.left.astype(np.int64) * columns + pairs.right)
        keep = np.flatnonzero(asked & loads.holds(pairs.left, pairs.right))
        lefts.append(pairs.left[keep])
        rights.append(pairs.right[keep].astype(np.intp))
        weights.append(candidates.weights(pairs)[keep].astype(np.int64))
    left, right = np.concatenate(lefts), np.concatenate(rights)
    amounts = [
        min(
            lists.own_capacity(lists.resources[r], lists.slots[q]),
            most[r * columns + q],
        )
        for r, q in zip(left.tolist(), right.tolist(), strict=True)
    ]
    case = IntegerModel(
        lists,
        candidates,
        left,
        right,
        np.concatenate(weights),
        np.array(amounts, np.int64),
        aims=problem.objective.aims,
    )
    case.allowed = allowed_amounts(case)
    return case, units


def _wanted(
    lists: Numbering,
    entries: Sequence[TallyEntry],
    units: Mapping[Pair, int],
    locked: Mapping[tuple[int, int], int],
) -> dict[int, int]:
    """By code of resource and slot, the most of it: what the table gives, at the start it states, or what a
    lock demands.
    """
    columns, found = max(1, len(lists.slots)), dict[int, int]()
    bound = {
        (lists.resources[r].id, lists.slots[q].requirement.id): amount
        for (r, q), amount in locked.items()
    }
    for entry in entries:
        pair = (entry.resource, entry.requirement)
        if pair in units:
            row, places = lists.left[entry.resource], lists.places[entry.requirement]
            stated = None if entry.start is None else int(entry.start.timestamp())
            at = (
                [place for place in places if lists.slots[place].start == stated]
                if stated is not None
                else []
            )
            for place in at or places:
                found[row * columns + place] = max(units[pair], bound.get(pair, 0))
    for (resource, requirement), amount in bound.items():
        for place in lists.places[requirement]:
            code = lists.left[resource] * columns + place
            found[code] = max(amount, found.get(code, 0))
    return found
