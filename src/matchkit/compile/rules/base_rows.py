"""Rows that every general problem has: capacities, what is wanted, starts, loads, and one place at a time."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, Intp, places_of
from matchkit.compile.eligibility.attributes import Loads
from matchkit.compile.ragged import joint, spread
from matchkit.compile.rules.pair_variables import PairVariables


def capacity(scope: PairVariables) -> None:
    """A resource gives at most its capacity in all."""
    _at_most(scope, scope.left, scope.facts.capacity)


def wanted(scope: PairVariables) -> None:
    """A requirement takes at most what it wants, at all starts together."""
    _at_most(scope, scope.facts.requirement[scope.right], scope.facts.needs[0])


def _at_most(scope: PairVariables, group: Intp, most: Int64) -> None:
    total = np.bincount(group, weights=scope.most, minlength=len(most))
    tight = np.flatnonzero(total > most)
    row = places_of(tight, len(most))
    pairs = np.flatnonzero(row[group] >= 0)
    scope.builder.rows(len(tight), row[group[pairs]], pairs, 1, high=most[tight])


def starts(scope: PairVariables) -> None:
    """A flexible demand takes place at one of its starts."""
    facts = scope.facts
    pairs = np.flatnonzero(facts.flexible[scope.right])
    if len(pairs) == 0:
        return
    slots = facts.lists.slots
    begun = np.array(
        [slots[slot].start for slot in scope.right[pairs].tolist()], np.int64
    )
    whose, _, of = joint(scope.demand[pairs], begun)
    takes_place = scope.builder.variables(len(whose), 1)
    demands, group = np.unique(whose, return_inverse=True)
    scope.builder.rows(len(demands), group, takes_place, 1, high=1)
    # All pairs of one slot at one start together, and each by itself where it is a matter of 0 or 1.
    entries, group = np.unique(scope.right[pairs], return_inverse=True)
    most = np.array(
        [slots[slot].requirement.wanted for slot in entries.tolist()], np.int64
    )
    at = np.zeros(len(entries), np.intp)
    at[group] = takes_place[of]
    scope.builder.sums(len(entries), (group, pairs, 1), (None, at, -most), high=0)
    scope.only_where(takes_place[of], pairs)


def loads(scope: PairVariables, given: Loads) -> None:
    """What a resource carries of each dimension is at most its load."""
    for has, uses in zip(given.has, given.uses, strict=True):
        pairs = np.flatnonzero(uses[scope.right] > 0)
        lefts, owner = np.unique(scope.left[pairs], return_inverse=True)
        scope.builder.rows(
            len(lefts), owner, pairs, uses[scope.right[pairs]], high=has[lefts]
        )


def one_place_at_a_time(scope: PairVariables, rest: Int64) -> None:
    """No two demands of a resource that is not divisible at one time, nor closer than its hard ``rest``
    (seconds, int64 (resources,)).
    """
    timed = np.flatnonzero(scope.timed & scope.open_left[scope.left])
    sizes = np.bincount(scope.left[timed], minlength=len(rest))
    timed = timed[sizes[scope.left[timed]] > 1]
    row, at, owner = at_once(scope, timed, scope.left[timed], rest)
    column, sets = timed[at], len(owner)
    if not scope.knows_used:
        scope.builder.rows(sets, row, column, 1, high=1)
        return
    used = scope.used()[owner]  # stronger than asking it pair by pair
    scope.builder.sums(sets, (row, column, 1), (None, used, -1), high=0)


def at_once(
    scope: PairVariables, pairs: Intp, group: Intp, rest: Int64
) -> tuple[Intp, Intp, Intp]:
    """Greatest sets of two or more of the pairs (intp (pairs,), ``group`` one each) that are of one group,
    and of which a resource serves one at most, its ``rest`` counted: set and pair of every entry (intp
    (entries,) both), and the group of each set (intp (sets,)). Entries give pairs by their place in
    ``pairs``.
    """
    numbers = np.arange(len(pairs))
    entry, start, end = scope.spans(pairs, numbers)
    number, span, owner = cliques(
        group[entry], start, end + rest[scope.left[pairs[entry]]]
    )
    # A pair with two times in one set is there once.
    count = max(1, len(pairs))
    code = np.unique(number * count + entry[span])
    row, column = code // count, code % count
    sizes = np.bincount(row, minlength=len(owner))
    keep = np.flatnonzero(sizes > 1)
    place = places_of(keep, len(owner))
    inside = place[row] >= 0
    return place[row[inside]], column[inside], owner[keep]


def cliques(left: Intp, start: Int64, end: Int64) -> tuple[Intp, Intp, Intp]:
    """Greatest sets of spans of one left node that share a moment: set and span of every entry (intp
    (entries,) both), and the left node of each set (intp (sets,)). Spans are given by left node (intp
    (spans,)), start and end (int64 (spans,)).

    Spans are an interval graph, whose greatest cliques lie at starts (Fulkerson and Gross 1965): every moment
    at which a span begins is looked at; a set is dropped where the next one holds it. Sets of one span are
    left out.
    """
    if len(left) == 0:
        none = np.zeros(0, np.intp)
        return none, none, none
    base = int(start.min())
    width = int(end.max()) - base + 2
    point_key = np.unique(left * width + (start - base))
    owner_of = point_key // width
    low = np.searchsorted(point_key, left * width + (start - base))
    high = np.searchsorted(point_key, left * width + (end - base))
    # Every span stands at all moments of its left node from its own start to before its end.
    first = np.concatenate([[0], np.cumsum(high - low)])
    span, at = spread(first, np.arange(len(left)))
    point = at - first[span] + low[span]
    order = np.argsort(point, kind="stable")
    point, span = point[order], span[order]
    begin = np.searchsorted(point, np.arange(len(point_key)))
    soonest = np.minimum.reduceat(
        end[span] - base, begin
    )  # every point has the span that begins there
    nearest = np.append(point_key[1:], 0)
    same = np.append(owner_of[1:] == owner_of[:-1], False)
    sizes = np.diff(np.append(begin, len(point)))
    # The next moment's set holds this one unless somebody here has left before it.
    keep = (sizes > 1) & (~same | (soonest <= nearest - owner_of * width))
    number = np.cumsum(keep) - 1
    kept = keep[point]
    return number[point[kept]], span[kept], owner_of[keep]
