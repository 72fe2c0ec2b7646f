"""Rows of couples in the program of stable matchings: choices, and that none of them blocks."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, Intp, places_of
from matchkit.engines.builder import ProgramBuilder
from matchkit.solvers.stable.couples import JointChoices
from matchkit.solvers.stable.ranked import RankedPairs


def couple_choices(
    builder: ProgramBuilder, pairs: RankedPairs, joint: JointChoices
) -> Intp:
    """Adds a variable for every choice, of which a couple makes one at most: intp (choices,)."""
    chosen = builder.variables(len(joint), 1)
    if len(joint):
        _same_units(builder, pairs, joint, chosen)
        count = int(joint.couple.max()) + 1
        builder.rows(count, joint.couple.astype(np.intp), chosen, 1, high=1)
    return chosen


def couple_rows(
    builder: ProgramBuilder,
    pairs: RankedPairs,
    joint: JointChoices,
    chosen: Intp,
    may_block: bool,
) -> Intp:
    """Adds the rows that keep choices from blocking; variables that are 1 where a choice may block (none
    where none may), intp (choices,).
    """
    may = builder.variables(len(joint) if may_block else 0, 1)
    rows = _Rows(builder, pairs)
    for number in np.unique(joint.couple).tolist():
        mine = np.flatnonzero(joint.couple == number)
        for k in range(len(mine)):
            rows.choice(joint, mine, k, chosen, may[mine[k] : mine[k] + 1])
    return may


def _same_units(
    builder: ProgramBuilder, pairs: RankedPairs, joint: JointChoices, chosen: Intp
) -> None:
    """What members carry is what their couples choose."""
    alone = joint.single(pairs)
    members = np.flatnonzero(~alone[pairs.left])
    row = places_of(members, len(pairs))
    both = (row[joint.first], chosen, -1), (row[joint.second], chosen, -1)
    builder.sums(len(members), (None, members, 1), *both, low=0, high=0)


class _Rows:
    """Rows that want a right node to be full with nodes that it likes at least as well as a member."""

    def __init__(self, builder: ProgramBuilder, pairs: RankedPairs) -> None:
        self._builder, self._pairs = builder, pairs
        self._known: dict[tuple[int, ...], list[int] | None] = {}

    def choice(
        self,
        joint: JointChoices,
        mine: Int64,
        k: int,
        chosen: Intp,
        may: Intp,
    ) -> None:
        """That choice ``k`` of a couple (choices ``mine``) does not block, or ``may`` is 1."""
        pairs, one, other = self._pairs, joint.first[mine], joint.second[mine]
        later = np.arange(len(mine)) > k
        stays = later & (one == one[k]), later & (other == other[k])
        i, j = int(one[k]), int(other[k])
        same = pairs.right[i] == pairs.right[j]
        cut = 1 if same else 0  # the partner keeps its place there
        for keeps, mover, partner in ((stays[0], j, i), (stays[1], i, j)):
            if keeps.any():
                full = self._full(mover, (partner, mover), cut)
                self._row(full, may, [], chosen[mine[keeps]])
        if same:
            worse, better = (
                (i, j) if pairs.right_rank[i] >= pairs.right_rank[j] else (j, i)
            )
            full = self._either(
                self._full(better, (i, j), 1), self._full(worse, (i, j), 0)
            )
        else:
            full = self._either(self._full(i, (i,), 0), self._full(j, (j,), 0))
        has = chosen[mine[(np.arange(len(mine)) <= k) | stays[0] | stays[1]]]
        self._row(full, may, has.tolist(), None)

    def _either(
        self, one: list[int] | None, other: list[int] | None
    ) -> list[int] | None:
        return None if one is None or other is None else one + other

    def _row(
        self,
        full: list[int] | None,
        may: Intp,
        has: list[int],
        keeps: Intp | None,
    ) -> None:
        """One of the variables is 1; where ``keeps`` are given, only if one of them is."""
        if full is None:  # it is full in any case
            return
        positive = sorted({*full, *may.tolist(), *has})
        negative = [] if keeps is None else keeps.tolist()
        self._builder.row(
            [*positive, *negative],
            [*(1 for _ in positive), *(-1 for _ in negative)],
            low=1 if keeps is None else 0,
        )

    def _full(self, pair: int, but: tuple[int, ...], fewer: int) -> list[int] | None:
        """Variables of which one is 1 where the right node of a pair holds at least its capacity, less so
        many, of nodes that it likes at least as well, those of ``but`` not counted; None where it always is.
        """
        pairs = self._pairs
        right, rank = int(pairs.right[pair]), int(pairs.right_rank[pair])
        out = {int(pairs.left[one]) for one in but}
        key = (right, rank, fewer, *sorted(out))
        if key not in self._known:
            least = int(pairs.right_capacity[right]) - fewer
            here = np.flatnonzero((pairs.right == right) & (pairs.right_rank <= rank))
            here = here[~np.isin(pairs.left[here], list(out))]
            self._known[key] = self._variable(here, least)
        return self._known[key]

    def _variable(self, here: Int64, least: int) -> list[int] | None:
        if least <= 0:
            return None
        if int(self._pairs.room[here].sum()) < least:
            return []
        (full,) = self._builder.variables(1, 1).tolist()
        self._builder.row([*here.tolist(), full], [*(1 for _ in here), -least], low=0)
        return [full]
