"""First plans at once, by greedy insertion: pairs of a wish one after another, or right nodes in the order of
their time, or of how few could serve them, each by the best left node that is free.
"""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, sums_by
from matchkit.deadline import Deadline
from matchkit.solvers.mip.formulation import Formulation
from matchkit.solvers.mip.packing import Packed, Packing, PlainRows


def fitted(formulation: Formulation, wished: Int64) -> Int64:
    """As much of the wished quantities, int64 (pairs,), as fits, pair by pair, the best for the goals in
    order first.

    Only plain rows are looked at (capacities, times, budgets, caps); whether the rest keeps, a check must
    say.
    """
    rows = PlainRows.of(formulation.program, formulation.pairs)
    first, row, uses, left = (part.tolist() for part in rows)
    quantity = [0] * formulation.pairs
    worth = np.array(
        [goal.gain[: formulation.pairs] for goal in reversed(formulation.goals)],
        np.int64,
    )
    for pair in np.lexsort(worth)[::-1].tolist():
        mine = range(first[pair], first[pair + 1])
        amount = int(wished[pair])
        for entry in mine:
            amount = min(amount, left[row[entry]] // uses[entry])
        if amount > 0:
            quantity[pair] = amount
            for entry in mine:
                left[row[entry]] -= amount * uses[entry]
    return np.array(quantity, np.int64)


def packed(
    packing: Packing,
    deadline: Deadline,
    *,
    backward: bool = False,
    together: bool = False,
    scarce: bool = False,
) -> Int64:
    """Quantities, int64 (pairs,), that keep what has to be carried and all limits of the packing; what fits
    no
    more is left out.

    Goal after goal (``together``: all those at once for which left nodes may be used as they are needed), in
    the order of the time (``backward``: from the last to the first). Where left nodes have a cost, those used
    already go first, of them the one that became free last (best fit); of unused ones the one that could
    serve most of what is still to come. Without costs the pair of the greatest weight goes first.

    ``scarce``: not in the order of the time, but first the right node with fewest pairs for each unit that it
    should have; without costs by the left node with fewest pairs, so that those who could serve many are left
    for what is still to come.
    """
    state = Packed(packing)
    chosen_start = _with_held(state)
    has = sums_by(
        packing.need[packing.right],
        state.quantity,
        int(packing.need.max(initial=-1)) + 1,
    )
    used = ~(packing.cost > 0)
    used[packing.left[state.quantity > 0]] = True
    costly = bool((packing.cost > 0).any())
    timed = packing.begin < packing.end
    opens, closes = (
        (-packing.end, -packing.begin) if backward else (packing.begin, packing.end)
    )
    order = np.lexsort((closes, opens, ~timed)).tolist()
    many = np.bincount(packing.left, minlength=len(packing.level)) * scarce
    if scarce and packing.wishes:
        there = np.bincount(packing.right, minlength=len(packing.need))
        order = np.lexsort(
            (opens, there / np.maximum(1, packing.wishes[-1][packing.need]))
        ).tolist()
    free = np.full(len(packing.level), np.iinfo(np.int64).min)
    first = max(0, sum(packing.opens) - 1) if together else 0
    # Goal after goal: what an earlier one placed stays, so no later one costs it anything.
    for wish, may_open in zip(
        packing.wishes[first:], packing.opens[first:], strict=True
    ):
        ahead = np.bincount(packing.left, minlength=len(packing.level))
        for right in order:
            pairs = packing.of_right[right]
            ahead[packing.left[pairs]] -= 1
            need, event = packing.need[right], int(packing.event[right])
            lacks = int(wish[need] - has[need])
            if lacks <= 0 or (
                event >= 0
                and chosen_start.get(event, int(packing.start[right]))
                != packing.start[right]
            ):
                continue
            if deadline.over():
                return state.quantity
            while lacks > 0:
                room = state.room(pairs)
                fits = room > 0 if may_open else (room > 0) & used[packing.left[pairs]]
                pairs, room = pairs[fits], room[fits]
                if len(pairs) == 0:
                    break
                left = packing.left[pairs]
                weight = packing.weight[pairs]
                keys = (
                    (weight, ahead[left], free[left], used[left])
                    if costly
                    else (free[left], weight, -many[left])
                )
                last = np.lexsort(keys)[-1]
                pair, amount = int(pairs[last]), min(lacks, int(room[last]))
                state.take(pair, amount)
                has[need] += amount
                lacks -= amount
                used[packing.left[pair]] = True
                free[packing.left[pair]] = closes[right]
                chosen_start.setdefault(event, int(packing.start[right]))
    return state.quantity


def _with_held(state: Packed) -> dict[int, int]:
    """Places what has to be carried; the start of each event that this chooses.

    Events with the fewest starts at which all of it could be come first, each at the first start where it
    fits.
    """
    packing = state.packing
    held = np.flatnonzero(packing.held)
    event, start = (
        packing.event[packing.right[held]],
        packing.start[packing.right[held]],
    )
    for pair in held[event < 0].tolist():
        state.take(pair, int(packing.held[pair]))
    by_start: dict[int, dict[int, list[int]]] = {}
    for one, at, pair in zip(
        event.tolist(), start.tolist(), held.tolist(), strict=True
    ):
        if one >= 0:
            by_start.setdefault(one, {}).setdefault(at, []).append(pair)
    able: dict[int, list[int]] = {}
    for one, pairs in by_start.items():
        most = max(map(len, pairs.values()))
        able[one] = [at for at in sorted(pairs) if len(pairs[at]) == most]
    chosen: dict[int, int] = {}
    for one in sorted(able, key=lambda one: len(able[one])):
        chosen[one] = next(
            (at for at in able[one] if _placed(state, by_start[one][at])), able[one][0]
        )
    return chosen


def _placed(state: Packed, pairs: list[int]) -> bool:
    """Places what these pairs have to carry, if it fits together; whether it did."""
    for number, pair in enumerate(pairs):
        amount = int(state.packing.held[pair])
        if state.room(np.array([pair]))[0] < amount:
            for other in pairs[:number]:
                state.take(other, -int(state.packing.held[other]))
            return False
        state.take(pair, amount)
    return True
