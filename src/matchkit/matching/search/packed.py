"""A first plan at once: right nodes in the order of their time, or of how few could serve them, each by the best left node that is free."""

from __future__ import annotations

import numpy as np

from matchkit.graph.candidates import Whole
from matchkit.matching.search.clock import Clock
from matchkit.matching.search.packing import Packed, Packing


def packed(packing: Packing, clock: Clock, *, backward: bool = False, together: bool = False, scarce: bool = False) -> Whole:
    """Quantities (int64, one a pair) that keep what has to be carried and all limits of the packing; what fits no more is left out.

    Goal after goal (``together``: all those at once for which left nodes may be used as they are needed), in the order of the
    time (``backward``: from the last to the first). Where left nodes have a cost, those used
    already go first, of them the one that became free last (best fit); of unused ones the one that could serve most of
    what is still to come. Without costs the pair of the greatest weight goes first.

    ``scarce``: not in the order of the time, but first the right node with fewest pairs for each unit that it should have; without
    costs by the left node with fewest pairs, so that those who could serve many are left for what is still to come.
    """
    state = Packed(packing)
    chosen_start: dict[int, int] = {}
    has = np.zeros(int(packing.need.max(initial=-1)) + 1, np.int64)
    for pair in np.flatnonzero(packing.held).tolist():
        right = int(packing.right[pair])
        if chosen_start.setdefault(int(packing.event[right]), int(packing.start[right])) == packing.start[right]:
            state.take(pair, int(packing.held[pair]))
            has[packing.need[right]] += packing.held[pair]
    used = ~(packing.cost > 0)
    used[packing.left[state.quantity > 0]] = True
    costly = bool((packing.cost > 0).any())
    timed = packing.begin < packing.end
    opens, closes = (-packing.end, -packing.begin) if backward else (packing.begin, packing.end)
    order = np.lexsort((closes, opens, ~timed)).tolist()
    many = np.bincount(packing.left, minlength=len(packing.level)) * scarce
    if scarce and packing.wishes:
        there = np.bincount(packing.right, minlength=len(packing.need))
        order = np.lexsort((opens, there / np.maximum(1, packing.wishes[-1][packing.need]))).tolist()
    free = np.full(len(packing.level), np.iinfo(np.int64).min)
    first = max(0, sum(packing.opens) - 1) if together else 0
    for wish, may_open in zip(packing.wishes[first:], packing.opens[first:], strict=True):
        ahead = np.bincount(packing.left, minlength=len(packing.level))
        for right in order:
            pairs = packing.of_right[right]
            ahead[packing.left[pairs]] -= 1
            need, event = packing.need[right], int(packing.event[right])
            lacks = int(wish[need] - has[need])
            if lacks <= 0 or (event >= 0 and chosen_start.get(event, int(packing.start[right])) != packing.start[right]):
                continue
            if clock.over():
                return state.quantity
            while lacks > 0:
                room = state.room(pairs)
                fits = room > 0 if may_open else (room > 0) & used[packing.left[pairs]]
                pairs, room = pairs[fits], room[fits]
                if len(pairs) == 0:
                    break
                left = packing.left[pairs]
                weight = packing.weight[pairs]
                keys = (weight, ahead[left], free[left], used[left]) if costly else (free[left], weight, -many[left])
                last = np.lexsort(keys)[-1]
                pair, amount = int(pairs[last]), min(lacks, int(room[last]))
                state.take(pair, amount)
                has[need] += amount
                lacks -= amount
                used[packing.left[pair]] = True
                free[packing.left[pair]] = closes[right]
                chosen_start.setdefault(event, int(packing.start[right]))
    return state.quantity
