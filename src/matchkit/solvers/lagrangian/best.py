"""Every left node's best block at given prices, by a dynamic program over all left nodes at once."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from matchkit.arrays import Int32, Int64, Mask
from matchkit.solvers.lagrangian.blocks import BlockLimits, BlockProblem
from matchkit.solvers.lagrangian.branching import best_apart
from matchkit.solvers.lagrangian.paths import BestPaths
from matchkit.solvers.lagrangian.stocks import best_of_stocks
from matchkit.solvers.lagrangian.times import FurtherTimes

CELLS = 10_000_000
"""Cells a group's table may have; smaller tables stay in the cache."""
TOGETHER = 1_000
"""Left nodes a group has at most."""

Look = Callable[[float], None]
"""Asked whether so many seconds are left: raises an error where they are not."""


def unhurried(seconds: float) -> None:
    """There is time for everything."""


class Group:
    """Left nodes of similar limits, and the table of their dynamic program.

    The pairs of a left node are sorted by end; cell (k, node, budget, count) is the best value of the first k
    of them within that budget and count: either pair k is left out, or it is taken after those that end
    before it begins (weighted interval scheduling with a knapsack; Kleinberg and Tardos, Algorithm Design,
    6.1 and 6.4). Step k is done for all nodes of the group at once; those with most pairs come first, so that
    the ones still there are a prefix. A move in the flat array of states is one shift for budget and count
    together; the states in front of it are minus infinity.
    """

    def __init__(
        self,
        blocks: BlockProblem,
        limits: BlockLimits,
        pairs: Int64,
        rows: Int64,
        mirrored: bool = False,
    ) -> None:
        """``pairs``: int64, ascending; ``rows``: the left nodes they belong to (each at least one pair);
        ``mirrored``: time runs back.
        """
        right = blocks.right[pairs]
        row = np.searchsorted(rows, blocks.left[pairs])
        begin, end = (
            blocks.begin[right].astype(np.int64),
            blocks.end[pairs].astype(np.int64),
        )
        if mirrored:
            begin, end = -end, -begin
        low = int(begin.min()) - 1
        timeless = begin == end
        # Pairs without time come first and meet nothing.
        begin, end = (np.where(timeless, 0, part - low) for part in (begin, end))
        held = np.bincount(row, minlength=len(rows))
        place = np.argsort(-held, kind="stable")
        self.rows, self.place = rows, np.argsort(place)
        """Where each of ``rows`` stands among the nodes."""
        rank = np.empty(len(rows), np.int64)
        rank[place] = np.arange(len(rows))
        order = np.lexsort((end, row))
        first = np.concatenate([[0], np.cumsum(held)])
        row, begin, end = row[order], begin[order], end[order]
        step = np.arange(len(row)) - first[row]
        span = int(end.max()) + 1
        before = (
            np.searchsorted(row * span + end, row * span + begin, "right") - first[row]
        )
        before = np.where(begin == end, step, before)
        turned = np.lexsort((rank[row], step))
        self.pairs = pairs[order[turned]]
        self.right = blocks.right[self.pairs]
        self.who, self.before = rank[row[turned]], before[turned]
        self.timeless = (begin == end)[turned]
        self.held, self.steps = held[place], int(held.max())
        self.at: list[int] = np.concatenate(
            [[0], np.cumsum(np.bincount(step, minlength=self.steps))]
        ).tolist()
        use, unit = limits.use[self.pairs], limits.unit[self.pairs]
        self.budget, self.count = (
            limits.budget[rows][place],
            limits.counted[rows][place],
        )
        self.guarded = bool(self.count.any())
        self.stride = int(self.count.max()) + 2 if self.guarded else 1
        self.states = (int(self.budget.max()) + 1) * self.stride
        self.shift = use * self.stride + (unit if self.guarded else 0)
        self.front = int(self.shift.max())
        self.width = self.front + self.states
        self.source = (
            (self.before * len(rows) + self.who) * self.width + self.front - self.shift
        )
        self.answer = (
            self.front
            + self.budget * self.stride
            + (self.count + 1 if self.guarded else 0)
        )
        self.use, self.unit = use, unit
        self.cost = blocks.cost[rows][place]

    def table(self, profit: Int64) -> np.ndarray:
        """The filled table, (steps + 1, nodes, width); rows beyond a node's pairs are not filled. ``profit``
        in our order.
        """
        # Half the range of 32 bits holds two sums: then the table is half as large, and faster.
        high = int(profit.max(initial=0))
        small = high * (self.steps + 1) < 2**29
        kind, never = (np.int32, -(2**29)) if small else (np.int64, -(2**61))
        # Taking a pair that loses is never best: how much it loses is no matter.
        gains = np.maximum(profit, -1).astype(kind)
        table = np.empty((self.steps + 1, len(self.held), self.width), kind)
        table[:, :, : self.front] = never
        table[0, :, self.front :] = 0
        if self.guarded:
            table[0, :, self.front :: self.stride] = never
        windows = sliding_window_view(table.reshape(-1), self.states)
        for step in range(self.steps):
            start, stop = self.at[step], self.at[step + 1]
            taken = windows[self.source[start:stop]]
            taken += gains[start:stop, None]
            np.maximum(
                taken,
                table[step, : stop - start, self.front :],
                out=table[step + 1, : stop - start, self.front :],
            )
            if self.guarded:
                table[step + 1, : stop - start, self.front :: self.stride] = never
        return table

    def best(self, profit: Int64) -> tuple[Int64, Int64]:
        """Every node's best value, less its cost where it is worth that, int64 (nodes,), and the pairs that
        attain them (positions in our order).
        """
        table = self.table(profit)
        value = table[self.held, np.arange(len(self.held)), self.answer] - self.cost
        # The way back: a step that changed the value took its pair, and goes on before what that pair meets.
        at, state = np.where(value > 0, self.held, 0), self.answer.copy()
        taken = [np.zeros(0, np.int64)]
        for step in range(self.steps, 0, -1):
            many = self.at[step] - self.at[step - 1]
            here = np.flatnonzero(at[:many] == step)
            here = here[
                table[step, here, state[here]] != table[step - 1, here, state[here]]
            ]
            mine = self.at[step - 1] + here
            taken.append(mine)
            np.minimum(at[:many], step - 1, out=at[:many])
            at[here] = self.before[mine]
            state[here] -= self.shift[mine]
        return np.maximum(0, value), np.concatenate(taken)


class BestBlocks:
    """Dynamic programs for some of the pairs, in groups of left nodes."""

    def __init__(
        self,
        blocks: BlockProblem,
        limits: BlockLimits,
        chosen: Mask | None = None,
        mirrored: bool = False,
        look: Look = unhurried,
    ) -> None:
        """``chosen``: bool a pair, which pairs there are (None: all). ``look`` is called group by group, here
        and in ``at``.
        """
        self.blocks, self.limits, self.look = blocks, limits, look
        self.further = FurtherTimes(blocks) if blocks.again.size else None
        # Searching in it for numbers of another type would copy it each time.
        self._left = blocks.left[: 0 if self.further is None else None].astype(np.int64)
        pairs = np.flatnonzero(
            limits.possible if chosen is None else limits.possible & chosen
        )
        self.size = len(pairs)
        self.paths = [
            BestPaths(one, blocks.left, blocks.right, blocks.cost)
            for one in blocks.paths
        ]
        apart = blocks.stock.copy()
        for one in blocks.paths:
            apart[one.lefts] = True
        apart = apart[blocks.left[pairs]]
        self.stocks = pairs[blocks.stock[blocks.left[pairs]]]
        pairs = pairs[~apart]
        self.groups: list[Group] = []
        for mine, rows in _grouped(blocks.left[pairs], pairs, limits):
            look(0.0)
            self.groups.append(Group(blocks, limits, mine, rows, mirrored))
        self.weight = [blocks.weight[group.pairs] for group in self.groups]

    def at(self, price: Int64) -> tuple[int, Int64]:
        """Sum of the best blocks' values at these prices, and their pairs (int64, in no particular order)."""
        return self._all(price, lambda: False)[:2]

    def unless(
        self, stop: Callable[[], bool], price: Int64
    ) -> tuple[int, Int64] | None:
        """The same; None where stopped meanwhile."""
        total, pairs, whole = self._all(price, stop)
        return (total, pairs) if whole else None

    def _all(self, price: Int64, stop: Callable[[], bool]) -> tuple[int, Int64, bool]:
        total, mine = best_of_stocks(self.blocks, self.stocks, price)
        taken = [mine]
        for paths in self.paths:
            self.look(0.0)
            if stop():
                return 0, taken[0][:0], False
            value, mine = paths.best(self.blocks.weight, price)
            total += value
            taken.append(mine)
        for group, weight in zip(self.groups, self.weight, strict=True):
            self.look(0.0)
            if stop():
                return 0, taken[0][:0], False
            value, mine = self._of_group(group, weight - price[group.right], stop)
            total += value
            taken.append(mine)
        return total, np.concatenate(taken), True

    def _of_group(
        self, group: Group, profit: Int64, stop: Callable[[], bool]
    ) -> tuple[int, Int64]:
        """What the best blocks of a group are worth together, and their pairs (positions among all)."""
        value, places = group.best(profit)
        taken = group.pairs[places]
        if self.further is None:
            return int(value.sum()), taken
        # Left nodes whose pairs meet are looked at by themselves.
        left = self._left
        lefts = np.unique(left[self.further.meeting(taken)])
        if len(lefts) == 0:
            return int(value.sum()), taken
        order = np.argsort(group.pairs)
        pairs, gains = group.pairs[order], profit[order]

        def bests(some: Int64, barred: Int64) -> tuple[Int64, Int64]:
            self.look(0.0)
            mine = np.isin(left[pairs], some)
            few = Group(self.blocks, self.limits, pairs[mine], some)
            gain = np.where(np.isin(pairs[mine], barred), -1, gains[mine])
            worth, chosen = few.best(gain[np.searchsorted(pairs[mine], few.pairs)])
            return worth[few.place], few.pairs[chosen]

        worth, apart = best_apart(self.further, left, lefts, bests, stop)
        inside = np.isin(left[taken], lefts)
        nodes = np.isin(group.rows, lefts)
        total = int(value[group.place[~nodes]].sum()) + int(worth.sum())
        return total, np.concatenate([taken[~inside], apart])


def losses(
    blocks: BlockProblem, limits: BlockLimits, price: Int64, look: Look = unhurried
) -> Int64:
    """What a left node loses at least if it must take a pair, int64 (pairs,), huge where it cannot; ``price``
    is int64 (rights,).

    Best block with a pair = best before it + the pair + best after it, over all splits of the limits; the
    part after it is the same dynamic program with time running back. Pairs without time are judged by their
    profit alone.
    """
    lost = np.full(blocks.pairs, 2**62)
    forth, back = (
        BestBlocks(blocks, limits, look=look),
        BestBlocks(blocks, limits, mirrored=True, look=look),
    )
    for early, late in zip(forth.groups, back.groups, strict=True):
        look(0.0)
        profit = blocks.weight[early.pairs] - price[early.right]
        best_first = early.table(profit)
        turn = blocks.weight[late.pairs] - price[late.right]
        best_last = late.table(np.where(late.timeless, -1, turn))
        node = np.arange(len(early.held))
        best = best_first[early.held, node, early.answer].astype(np.int64)
        there = np.argsort(late.pairs)[
            np.searchsorted(np.sort(late.pairs), early.pairs)
        ]
        ahead = _windows(best_first, early.states)
        # States of the second table run down while those of the first run up: so look at it from its far end.
        size = best_last.size
        behind = _windows(
            np.concatenate(
                [
                    best_last.reshape(-1)[::-1],
                    np.full(late.states, -(2**29), best_last.dtype),
                ]
            ),
            late.states,
        )
        spare = (early.budget[early.who] - early.use) * early.stride
        ending = spare + (
            early.count[early.who] - early.unit + 2 if early.guarded else 0
        )
        row_late = (
            late.before[there] * len(node) + late.who[there]
        ) * late.width + late.front
        grid = np.arange(early.states)
        for start in range(0, len(profit), 1 + CELLS // early.states):
            part = slice(start, start + 1 + CELLS // early.states)
            # Never more than half of an int32 each, so the sum fits.
            both = ahead[
                early.before[part] * len(node) * early.width
                + early.who[part] * early.width
                + early.front
            ]
            both = (
                both.astype(np.int64) + behind[size - 1 - row_late[part] - ending[part]]
            )
            outside = (
                grid[None, :] // early.stride
                > (early.budget[early.who[part]] - early.use[part])[:, None]
            )
            if early.guarded:
                outside |= (
                    grid[None, :] % early.stride
                    > (early.count[early.who[part]] - early.unit[part] + 1)[:, None]
                )
            both[outside] = -(2**61)
            lost[early.pairs[part]] = best[early.who[part]] - profit[part] - both.max(1)
        lost[early.pairs[early.timeless]] = np.maximum(0, -profit[early.timeless])
    return lost


def _windows(cells: np.ndarray, states: int) -> np.ndarray:
    """All stretches of so many neighbouring cells."""
    return sliding_window_view(cells.reshape(-1), states)


def _grouped(
    left: Int32, pairs: Int64, limits: BlockLimits
) -> list[tuple[Int64, Int64]]:
    """Pairs (ascending) and left nodes of each group; nodes of similar limits come together, so that tables
    stay small.
    """
    rows, held = np.unique(left, return_counts=True)
    if len(rows) == 0:
        return []
    first = np.concatenate([[0], np.cumsum(held)])
    budget, count = limits.budget[rows], limits.counted[rows]
    order = np.lexsort((rows, budget, count))
    cuts, most_budget, most_count, steps, many = [0], 0, 0, 0, 0
    walk = zip(
        order.tolist(),
        budget[order].tolist(),
        count[order].tolist(),
        held[order].tolist(),
        strict=True,
    )
    for place, (_, asked, counted, size) in enumerate(walk):
        most_budget, most_count = max(most_budget, asked), max(most_count, counted)
        steps, many = max(steps, size), many + 1
        alone = (asked + 1) * (counted + 2 if counted else 1)
        states = (most_budget + 1) * (most_count + 2 if most_count else 1)
        if many > 1 and (
            many > TOGETHER or 2 * states * steps * many > CELLS or states > 2 * alone
        ):
            cuts.append(place)
            most_budget, most_count, steps, many = asked, counted, size, 1
    cuts.append(len(order))
    groups = []
    for start, stop in itertools.pairwise(cuts):
        mine = np.sort(order[start:stop])
        spread = np.repeat(
            first[mine] - np.concatenate([[0], np.cumsum(held[mine])[:-1]]), held[mine]
        )
        groups.append(
            (pairs[np.arange(len(spread)) + spread], rows[mine].astype(np.int64))
        )
    return groups
