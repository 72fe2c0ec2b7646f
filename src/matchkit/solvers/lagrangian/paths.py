"""Best blocks of left nodes whose blocks are the paths through a graph, such as the months of a ward's staff:
what a day's work may follow depends on the days before.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int32, Int64, Intp

NEVER = -(2**60)
"""What a pair that does not exist earns; and a state that cannot be reached."""


class Arcs(NamedTuple):
    """The arcs from the states of one level to those of the next, ascending by target.

    Attributes:
        source, target: int32 (arcs,), numbers of states within their level; every state has an arc to it.
        option: int32 (arcs,), which option is taken: ``options`` for none.
    """

    source: Int32
    target: Int32
    option: Int32


class BlockPaths(NamedTuple):
    """Left nodes that choose one path each through the same graph, from the one state of its first level to
    any of the last.

    Attributes:
        lefts: int64 (lefts,), ascending.
        options: how many options there are; taking one means to serve any one of its right nodes.
        option: int32 (rights,), the option of every right node of the problem, -1: none.
        free: int32 (free options,), those that may be taken without serving anybody, earning nothing.
        levels: the arcs from each level to the next.
    """

    lefts: Int64
    options: int
    option: Int32
    free: Int32
    levels: tuple[Arcs, ...]


class BestPaths:
    """Dynamic program over the levels, for all left nodes of one graph at once."""

    def __init__(
        self, paths: BlockPaths, left: Int32, right: Int32, cost: Int64
    ) -> None:
        """``left`` and ``right``, int32 (pairs,), are the pairs of the problem; ``cost``, int64 (lefts,), is
        what its left nodes cost that take any.
        """
        self._paths, self._cost = paths, cost[paths.lefts]
        row = np.full(
            int(max(left.max(initial=-1), paths.lefts.max(initial=-1))) + 1, -1
        )
        row[paths.lefts] = np.arange(len(paths.lefts))
        self.pairs: Int64 = np.flatnonzero(row[left] >= 0)
        """The pairs of these left nodes."""
        option = paths.option[right[self.pairs]]
        self.pairs, option = self.pairs[option >= 0], option[option >= 0]
        self._cell = row[left[self.pairs]] * (paths.options + 1) + option
        self._right = right[self.pairs]
        self._first = [
            np.flatnonzero(np.diff(arcs.target, prepend=-1)) for arcs in paths.levels
        ]

    def best(self, weight: Int64, price: Int64) -> tuple[int, Int64]:
        """The sum of the best paths at weights, int64 (pairs of the problem,), less prices, int64 (rights,);
        and the pairs that attain it (positions among all pairs).
        """
        paths, count = self._paths, len(self._paths.lefts)
        profit = weight[self.pairs] - price[self._right]
        table = np.full((count, paths.options + 1), NEVER)
        taken = np.full((count, paths.options + 1), -1)
        best_first = np.lexsort((-profit, self._cell))
        cell = self._cell[best_first]
        best_first = best_first[np.diff(cell, prepend=-1) != 0]
        table.flat[self._cell[best_first]] = profit[best_first]
        taken.flat[self._cell[best_first]] = self.pairs[best_first]
        table[:, -1] = 0
        nothing = np.zeros(table.shape, np.bool_)
        nothing[:, paths.free] = table[:, paths.free] < 0
        table[nothing], taken[nothing] = 0, -1
        value = np.zeros((count, 1), np.int64)
        values = [value]
        for arcs, first in zip(paths.levels, self._first, strict=True):
            value = np.maximum.reduceat(
                value[:, arcs.source] + table[:, arcs.option], first, axis=1
            )
            value = np.maximum(value, NEVER)
            values.append(value)
        state: Intp = values[-1].argmax(axis=1)
        nodes = np.arange(count)
        worth = values[-1][nodes, state] - self._cost
        used = worth > 0
        total = int(worth[used].sum())
        chosen = [np.zeros(0, np.int64)]
        for arcs, first, before, after in zip(
            reversed(paths.levels),
            reversed(self._first),
            reversed(values[:-1]),
            reversed(values[1:]),
            strict=True,
        ):
            # The first arc into the state that attains its value.
            stop = np.append(first[1:], len(arcs.source))
            start, many = first[state], stop[state] - first[state]
            node = np.repeat(nodes, many)
            arc = np.arange(len(node)) + np.repeat(
                start - (np.cumsum(many) - many), many
            )
            attains = (
                before[node, arcs.source[arc]] + table[node, arcs.option[arc]]
                == after[node, state[node]]
            )
            node, place = np.unique(node[attains], return_index=True)
            arc = arc[attains][place]
            mine = taken[node, arcs.option[arc]]
            chosen.append(mine[(mine >= 0) & used[node]])
            state = arcs.source[arc].astype(np.intp)
        return total, np.concatenate(chosen)
