"""The continuous relaxation of many large knapsacks at once (Dantzig 1957): a bound by one price a left node
on its capacity.

With a price p >= 0 a unit of capacity, no knapsack of a left node gains more than ``p * capacity`` plus what
its pieces gain beyond ``p * size`` each. The best price is the gain a unit of size of the piece at which the
capacity ends, pieces in the order of that ratio. Prices are whole numbers of steps ``2**-shift``, so that the
bound is exact.
"""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64

MOST_BITS = 60
"""Gains and sizes times their factors stay within so many bits."""


class Continuous:
    """The pieces of some left nodes: ``left``, ``pair``, ``units`` and ``size`` (int64, one a piece), and all
    capacities.
    """

    def __init__(
        self, left: Int64, capacity: Int64, pair: Int64, units: Int64, size: Int64
    ) -> None:
        self._left, self._capacity, self._pair, self._units, self._size = (
            left,
            capacity,
            pair,
            units,
            size,
        )
        self._nodes = np.unique(left)

    def best(self, gain: Int64, worth: Int64, flow: Int64) -> None:
        """Fill in the bound of every node, and units of a knapsack near it: whole pieces in order, as far as
        all fit.
        """
        piece = gain[self._pair] * self._units
        order, fits = self._in_order(piece)
        price, shift = self._prices(piece, order, fits)
        surplus = (piece << shift) - price[self._left] * self._size
        taken = surplus > 0
        total, used = np.zeros_like(worth), np.zeros_like(worth)
        np.add.at(total, self._left[taken], piece[taken])
        np.add.at(used, self._left[taken], self._size[taken])
        for node in self._nodes.tolist():
            rest = int(self._capacity[node]) - int(used[node])
            worth[node] = int(total[node]) + -(-int(price[node]) * rest >> shift)
        chosen = order[fits]
        np.add.at(flow, self._pair[chosen], self._units[chosen])

    def forced(self, gain: Int64, worth: Int64, most: Int64) -> None:
        """Fill in, for every pair, a bound on what its left node gains if a unit goes there."""
        piece = gain[self._pair] * self._units
        price, shift = self._prices(piece, *self._in_order(piece))
        one = np.flatnonzero(self._units == 1)
        surplus = (piece[one] << shift) - price[self._left[one]] * self._size[one]
        most[self._pair[one]] = worth[self._left[one]] + np.minimum(-(-surplus >> shift), 0)

    def _in_order(self, piece: Int64) -> tuple[Int64, np.typing.NDArray[np.bool_]]:
        """The pieces that gain, by node and falling gain a unit of size, and which of them fit with all
        before them.
        """
        useful = np.flatnonzero(piece > 0)
        ratio = piece[useful] / np.maximum(self._size[useful], 1e-9)
        order = useful[np.lexsort((-ratio, self._left[useful]))]
        left = self._left[order]
        total = np.cumsum(self._size[order])
        first = np.searchsorted(left, left)
        before = np.where(first > 0, total[first - 1], 0)
        return order, total - before <= self._capacity[left]

    def _prices(
        self, piece: Int64, order: Int64, fits: np.typing.NDArray[np.bool_]
    ) -> tuple[Int64, int]:
        """For every left node the ratio of its first piece that does not fit (0 where all do), in steps of
        ``2**-shift``.
        """
        price = np.zeros(len(self._capacity), np.int64)
        beyond = order[~fits]
        if len(beyond) == 0:
            return price, 0
        nodes, place = np.unique(self._left[beyond], return_index=True)
        ratio = piece[beyond[place]] / np.maximum(self._size[beyond[place]], 1)
        reach = max(
            float(np.abs(piece).max()),
            float(ratio.max()) * max(1.0, float(self._size.max())),
            1.0,
        )
        shift = max(0, min(30, MOST_BITS - int(np.ceil(np.log2(reach)))))
        price[nodes] = np.rint(ratio * 2.0**shift).astype(np.int64)
        return price, shift
