"""Rule ``rest``: so many minutes between two demands of a resource. A hard one widens the times in
base_rows.py.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matchkit.arrays import Intp, Mask
from matchkit.compile.ragged import joint
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.model.rules import Rest


def rows(rule: Rest, scope: PairVariables, bend: Slack) -> None:
    """The amount is the number of pairs of demands that lie too close."""
    too_close(
        scope, bend, scope.facts.in_scope(rule), lambda: scope.facts.close(60 * rule.minutes)
    )


def too_close(
    scope: PairVariables, bend: Slack, resources: Mask, close: Callable[[], Mask]
) -> None:
    """Of two demands that ``close`` (bool (slots, slots)) calls too close, a resource in ``resources`` (bool
    (resources,)) serves one, or pays for both.
    """
    concerned = scope.timed & resources[scope.left]
    if bend.hard:
        concerned &= scope.open_left[scope.left]
    timed = np.flatnonzero(concerned)
    if len(timed) == 0:
        return
    matrix = close()
    _, begin = np.unique(scope.left[timed], return_index=True)
    for first, last in zip(
        begin.tolist(), np.append(begin[1:], len(timed)).tolist(), strict=True
    ):
        pairs = timed[first:last]
        place = scope.right[pairs]
        near = matrix[np.ix_(place, place)]
        if not near.any():
            continue
        scope.facts.deadline.check()
        if bend.hard:
            sets = clique_cover(near)
            owner = np.repeat(np.arange(len(sets)), [len(members) for members in sets])
            scope.builder.rows(
                len(sets),
                owner,
                pairs[np.array([one for members in sets for one in members], np.intp)],
                1,
                high=1,
            )
        else:
            _paid(scope, bend, pairs, *np.nonzero(np.triu(near)))


def _paid(scope: PairVariables, bend: Slack, pairs: Intp, one: Intp, other: Intp) -> None:
    """For every two demands of one resource an amount of 1 where it serves both."""
    a, b = scope.demand[pairs[one]], scope.demand[pairs[other]]
    couples, _, which = joint(np.minimum(a, b), np.maximum(a, b))
    slack = bend.slack(1, len(couples))
    if slack is not None:
        rows = np.tile(np.arange(len(one)), 3)
        column = np.concatenate([pairs[one], pairs[other], slack[which]])
        scope.builder.rows(len(one), rows, column, np.repeat([1, 1, -1], len(one)), high=1)


def clique_cover(near: Mask) -> list[list[int]]:
    """Sets of which any two are near each other, such that any two that are near stand in one of them
    together.

    Greedy: an edge that is not covered yet is grown to a greatest set. ``near`` (bool (pairs, pairs)) is
    symmetric, its diagonal False. A row is one whole number, bit k for column k: sets of some dozens are met
    and cut thousands of times faster so than as arrays.
    """
    rows = [
        int.from_bytes(row.tobytes(), "little")
        for row in np.packbits(near, axis=1, bitorder="little")
    ]
    uncovered = rows.copy()
    found = []
    for one in range(len(rows)):
        while uncovered[one]:
            members, together, common, fresh = [one], 1 << one, rows[one], uncovered[one]
            while common:
                among = common & fresh or common
                lowest = among & -among
                members.append(lowest.bit_length() - 1)
                together |= lowest
                common &= rows[members[-1]]
            for member in members:
                uncovered[member] &= ~together
            found.append(members)
    return found
