"""What the block engine is given and what it answers, in arrays, and the limits of blocks as steps of a
table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from matchkit.arrays import Int32, Int64, Mask
from matchkit.graph.network import CapTree
from matchkit.solvers.flow.prices import exact_dot
from matchkit.solvers.lagrangian.paths import BlockPaths


@dataclass(frozen=True, slots=True)
class BlockProblem:
    """One block a left node: which right nodes it may serve, no two at one time, within its budget and its
    count.

    A plan is a set of pairs, one unit each. A left node takes at most `count` of its pairs; where its
    `budget` is not -1, the `uses` of the right nodes it serves add up to at most that; no two of them share a
    step of the time axis. A right node takes at most `right_capacity` units. The plan is worth the weights of
    its pairs and, for every right node, `minimum_gain` for each unit up to `right_minimum` and `rest_gain`
    for each beyond.

    Attributes:
        left, right: int32 (pairs,), the ends of each pair, ascending by (left, right), no pair twice.
        weight: int64 (pairs,), what each pair earns.
        left_count, right_count: how many nodes there are on either side.
        count: int64 (lefts,), at least 0.
        budget: int64 (lefts,), -1: none.
        uses: int64 (rights,), at least 0.
        begin: int32 (rights,), the first step that it takes of everyone who serves it.
        end: int32 (pairs,), the step after the last that a pair takes of its left node, rest included; equal
            to the first: no time at all, so it meets nothing.
        right_capacity, right_minimum: int64 (rights,), 0 <= minimum <= capacity.
        minimum_gain, rest_gain: int64 (rights,).
        stock: bool (lefts,), True where it may be at several places at one time and spends no budget: only
            its count and ``most`` bind it. None: nowhere.
        cost: int64 (lefts,), what a left node costs that takes any pair, at least 0. None: nothing.
        most: int64 (pairs,), units that a pair carries at most, more than 1 only of a stock. None: 1 each.
        left_caps, right_caps: caps on units of several nodes together. None: none.
        again: int32 (3, times), further times: a right node, the first step and the step after the last.
            None: none.
        paths: left nodes whose blocks are the paths through a graph; what it says takes the place of times,
            budget and count. None: of no node.
        loads: by dimension what left nodes have and units of right nodes use, int64 (lefts,) and (rights,).

    Of loads of people and of caps only linear programs know (``sifting``): best blocks leave them out, unless
    caps are absorbed.
    """

    left: Int32
    right: Int32
    weight: Int64
    left_count: int
    right_count: int
    count: Int64
    budget: Int64
    uses: Int64
    begin: Int32
    end: Int32
    right_capacity: Int64
    right_minimum: Int64
    minimum_gain: Int64
    rest_gain: Int64
    stock: Mask = None  # type: ignore[assignment]
    cost: Int64 = None  # type: ignore[assignment]
    most: Int64 = None  # type: ignore[assignment]
    left_caps: CapTree = None  # type: ignore[assignment]
    right_caps: CapTree = None  # type: ignore[assignment]
    again: Int32 = None  # type: ignore[assignment]
    loads: tuple[tuple[Int64, Int64], ...] = ()
    paths: tuple[BlockPaths, ...] = ()

    def __post_init__(self) -> None:
        for name, value in (
            ("stock", np.zeros(self.left_count, np.bool_)),
            ("cost", np.zeros(self.left_count, np.int64)),
            ("most", np.ones(len(self.left), np.int64)),
            ("left_caps", CapTree.none(self.left_count)),
            ("right_caps", CapTree.none(self.right_count)),
            ("again", np.zeros((3, 0), np.int32)),
        ):
            if getattr(self, name) is None:
                object.__setattr__(self, name, value)

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return len(self.left)


class CapPrices(NamedTuple):
    """What a unit costs at every cap of either side: int64 (caps,) each, at least 0."""

    left: Int64
    right: Int64

    @classmethod
    def none(cls, blocks: BlockProblem) -> CapPrices:
        """Caps cost nothing."""
        return cls(
            np.zeros(blocks.left_caps.size, np.int64),
            np.zeros(blocks.right_caps.size, np.int64),
        )

    def absorbed(self, blocks: BlockProblem) -> tuple[BlockProblem, int]:
        """The blocks without caps, their prices taken off the pairs; and what all caps are worth at these
        prices.

        A plan within the caps is worth no more than both together: its pairs pay for every unit below a cap,
        and there are at most as many as its capacity (Lagrange).
        """
        left, right = (
            total_above(tree, price)
            for tree, price in (
                (blocks.left_caps, self.left),
                (blocks.right_caps, self.right),
            )
        )
        worth = exact_dot(self.left, blocks.left_caps.capacity)
        worth += exact_dot(self.right, blocks.right_caps.capacity)
        return replace(
            blocks,
            weight=blocks.weight - left[blocks.left] - right[blocks.right],
            left_caps=CapTree.none(blocks.left_count),
            right_caps=CapTree.none(blocks.right_count),
        ), worth


def total_above(tree: CapTree, price: np.ndarray) -> np.ndarray:
    """For every node of a side the sum of the prices of all caps above it, (lefts,) or (rights,): ``price``
    is (caps,), int64 or float64, and so is the answer.
    """
    total = price.copy()
    for cap, parent in enumerate(tree.parent.tolist()):
        if parent >= 0:
            total[cap] += total[parent]
    found: np.ndarray = np.append(total, 0)[tree.of]
    return found


class BlockSolution(NamedTuple):
    """A plan and the prices that say how far from best it can be.

    Attributes:
        price: int64 (rights,), what a unit of it costs the left nodes, in parts of a unit of weight.
        scale: how many of those parts make one unit of weight.
        bound: no plan is worth more; proved at these prices over all pairs.
        chosen: int64 (chosen,), ascending positions of the pairs of the best plan found.
        value: what that plan is worth.
        best: int64 (lefts,), what each one's best block is worth at these prices, in their parts. With
            what the right nodes' units are worth (``slot_part``) and the caps' they add up to the bound times
            the scale, or less than one unit more.
        caps: prices of the caps, in the same parts; 0 each where they were left out.
    """

    price: Int64
    scale: int
    bound: int
    chosen: Int64
    value: int
    best: Int64
    caps: CapPrices


class BlockProgress(NamedTuple):
    """A word on the way: what is proved and what is in hand after so many seconds."""

    seconds: float
    stage: str
    bound: int
    value: int


STATES = 512
"""A left node's dynamic program keeps at most about so many states; limits that would need more are made
coarser.
"""

Rounding: TypeAlias = Literal["down", "near", "up"]


class BlockLimits(NamedTuple):
    """Budget and count as steps of a table: the ``use`` of a block's pairs adds up to at most ``budget``, its
    ``unit`` to ``counted``.

    Where ``exact`` this is what budget and count ask. Elsewhere uses are rounded: down, and every block that
    keeps the budget keeps this too (a relaxation, true as a bound); up, and every block that keeps this keeps
    the budget; near is neither.

    Attributes:
        use, unit: int64 (pairs,); ``unit`` is 1 where a table's second dimension keeps the count, else 0.
        budget, counted: int64 (lefts,), the most it may use and count (0: not kept by a table).
        exact: bool (lefts,).
        possible: bool (pairs,), False where it alone breaks a limit.
    """

    use: Int64
    unit: Int64
    budget: Int64
    counted: Int64
    exact: Mask
    possible: Mask


def block_limits(
    blocks: BlockProblem, states: int = STATES, rounding: Rounding = "down"
) -> BlockLimits:
    """Limits that do not bind are left out, budgets divided by what their uses share, those of too many
    states rounded.

    Down to a grain g: if uses add up to at most b, then the sum of floor(use / g) is at most floor(b / g).
    Up: if the sum of ceil(use / g) is at most floor(b / g), then the uses add up to at most b. A count that
    would need too many states beside a budget is left out, which relaxes as well.
    """
    people, left = blocks.left_count, blocks.left
    use = blocks.uses[blocks.right]
    allowed = blocks.budget[left]
    stock = blocks.stock[left]
    possible = (blocks.count[left] > 0) & (stock | (allowed < 0) | (use <= allowed))
    use = np.where(possible, use, 0)
    total, pairs = (
        _sums(left, use, people),
        np.bincount(left[possible], minlength=people),
    )
    spends = (blocks.budget >= 0) & (total > blocks.budget)
    use[~spends[left]] = 0
    budget = np.where(spends, blocks.budget, 0)
    shared = _shared(left, use, people)
    use //= shared[left]
    budget //= shared
    least = np.full(people, np.iinfo(np.int64).max)
    np.minimum.at(least, left[possible], use[possible])
    # A count binds only below what pairs there are, and below what the budget pays for of the cheapest.
    fits = np.where(spends & (least > 0), budget // np.maximum(least, 1), pairs)
    counts = blocks.count < np.minimum(pairs, fits)
    count = np.where(counts, blocks.count, 0)
    alone = (
        counts & ~spends
    )  # a count by itself is a budget of which every pair uses one
    use[alone[left] & possible] = 1
    budget = np.where(alone, count, budget)
    dropped = counts & spends & (count > states // 8)
    count[alone | dropped] = 0
    # The grain that keeps budget times count within the states a table may have.
    room = states // np.where(count > 0, count + 2, 1) - 1
    grain = np.maximum(1, -(-budget // room))
    exact = ~dropped & (grain == 1)
    if rounding == "up":
        possible = possible & (-(-use // grain[left]) <= (budget // grain)[left])
    added = {"down": np.zeros_like(grain), "near": grain // 2, "up": grain - 1}[
        rounding
    ]
    return BlockLimits(
        (use + added[left]) // grain[left],
        (count > 0)[left].astype(np.int64),
        budget // grain,
        count,
        exact,
        possible,
    )


def _sums(left: np.ndarray, amount: Int64, people: int) -> Int64:
    """Sums by left node, exact (int64): a bincount with weights would go through doubles."""
    total = np.concatenate([np.zeros(1, np.int64), np.cumsum(amount)])
    first = np.searchsorted(left, np.arange(people + 1))
    sums: Int64 = total[first[1:]] - total[first[:-1]]
    return sums


def _shared(left: np.ndarray, use: Int64, people: int) -> Int64:
    """Greatest common divisor of each left node's uses, at least 1."""
    first = np.searchsorted(left, np.arange(people + 1))
    some = np.flatnonzero(first[1:] > first[:-1])
    shared = np.ones(people, np.int64)
    if len(some):
        shared[some] = np.maximum(1, np.gcd.reduceat(use, first[some]))
    return shared
