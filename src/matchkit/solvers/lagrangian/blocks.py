"""What the block engine is given and what it answers: arrays only."""

from dataclasses import dataclass
from typing import NamedTuple

from matchkit.arrays import Int32, Int64


@dataclass(frozen=True, slots=True)
class Blocks:
    """One block a left node: which right nodes it may serve, no two at one time, within its budget and its
    count.

    A plan is a set of pairs, one unit each. A left node takes at most `count` of its pairs; where its
    `budget` is not -1, the `uses` of the right nodes it serves add up to at most that; no two of them share a
    step of the time axis. A right node takes at most `right_capacity` units. The plan is worth the weights of
    its pairs and, for every right node, `minimum_gain` for each unit up to `right_minimum` and `rest_gain`
    for each beyond.

    Attributes:
        left, right: int32, the ends of each pair, ascending by (left, right), no pair twice. weight: int64,
        what each pair earns. left_count, right_count: how many nodes there are on either side. count: int64 a
        left node, at least 0. budget: int64 a left node, -1: none. uses: int64 a right node, at least 0.
        begin, end: int32 a right node, the steps [begin, end) it takes of everyone who serves it; equal: no
        time at all, so it
            meets nothing.
        right_capacity, right_minimum: int64 a right node, 0 <= minimum <= capacity.
        minimum_gain, rest_gain: int64 a right node.
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

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return len(self.left)


class Priced(NamedTuple):
    """A plan and the prices that say how far from best it can be.

    Attributes:
        price: int64 a right node, what a unit of it costs the left nodes, in parts of a unit of weight.
        scale: how many of those parts make one unit of weight. bound: no plan is worth more; proved at these
        prices over all pairs. chosen: int64, ascending indices of the pairs of the best plan found. value:
        what that plan is worth. best: int64 a left node, what its best block is worth at these prices, in
        their parts. With what the right nodes' units are
            worth (``slot_part``) they add up to the bound times the scale, or less than one unit more.
    """

    price: Int64
    scale: int
    bound: int
    chosen: Int64
    value: int
    best: Int64


class Reached(NamedTuple):
    """A word on the way: what is proved and what is in hand after so many seconds."""

    seconds: float
    stage: str
    bound: int
    value: int
