"""Prices on right nodes: the Lagrangian relaxation that leaves each left node a knapsack of its own, and the
descent to good prices.

A unit on pair (i, j) pays the price of j, and j itself takes as many units as its price makes worth while;
however the prices are chosen, the sum of both is a bound on what any flow can gain (Geoffrion 1974; for this
problem Fisher, Jaikumar and Van Wassenhove 1986). Prices are whole numbers of steps 1/scale, so the bound is
exact. Good ones come from deflected subgradient steps towards the best flow known (Held, Wolfe and Crowder
1974).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Float64, Int64
from matchkit.solvers.flow.solution import Limits
from matchkit.solvers.gap.instance import Incumbent, Stage
from matchkit.solvers.gap.knapsack import Knapsacks
from matchkit.solvers.gap.repair import FlowRepair


@dataclass(frozen=True, slots=True)
class Multipliers:
    """One price a right node, int64 (rights,), one on units up to minimums, one on all units (both at
    least 0), in steps 1/scale of a unit of gain.
    """

    right: Int64
    met: int
    units: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What prices prove: no flow gains more than ``bound`` (scaled).

    ``flow``, int64 (pairs,), is what left nodes would take, ``wanted``, int64 (rights,), what right
    nodes would; ``worth``, int64 (lefts,), is what every left node's knapsack gains (scaled).
    """

    prices: Multipliers
    bound: int
    flow: Int64
    wanted: Int64
    worth: Int64


class Relaxation:
    """The relaxation of one stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._knapsacks = Knapsacks(stage.instance, stage.room)
        units = (
            int(stage.room.sum()) + int(stage.most.sum()) + stage.met + stage.units + 1
        )
        span = max(1, int(np.abs(stage.gain).max(initial=0)))
        worth = int((np.abs(stage.gain) * stage.room).sum())
        self.scale = 1024
        while self.scale > 1 and (worth + 64 * span * units) * self.scale >= 2**60:
            self.scale //= 2
        self.limit = max(1, (2**60 // self.scale - worth) // (4 * units)) * self.scale
        """Prices stay below this, so that every sum stays within 64 bits."""

    def evaluate(self, prices: Multipliers) -> Evaluation:
        """The bound of these prices, with what both sides would do."""
        stage = self.stage
        minimum = stage.instance.right_minimum
        worth, flow = self._knapsacks.best(self.reduced(prices))
        rest = prices.right + prices.units
        carried = stage.instance.carried(flow)

        def asked(price: Int64, most: Int64) -> Int64:
            """Units that pay; where a unit is worth nothing either way, as many as the left side brings."""
            return np.where(
                price > 0, most, np.where(price == 0, np.minimum(carried, most), 0)
            )

        # Up to the minimum a unit is worth its price and that of minimums; beyond, its price alone.
        upto = asked(rest + prices.met, np.minimum(minimum, stage.most))
        wanted = np.maximum(np.maximum(upto, asked(rest, stage.most)), stage.least)
        bound = int(worth.sum()) + int(
            (rest * wanted + prices.met * np.minimum(wanted, minimum)).sum()
        )
        bound -= prices.met * stage.met + prices.units * stage.units
        return Evaluation(prices, bound, flow, wanted, worth)

    def reduced(self, prices: Multipliers) -> Int64:
        """Gain of a unit on every pair after its price: int64 (pairs,), scaled."""
        gain: Int64 = (
            self.stage.gain * self.scale - prices.right[self.stage.instance.pairs.right]
        )
        return gain

    def if_used(self, found: Evaluation) -> Int64:
        """For every pair a bound on all flows that use it: int64 (pairs,), in whole units of gain.

        The bound of all flows, with the left node's knapsack forced to take the pair (variable fixing).
        """
        left = self.stage.instance.pairs.left
        forced = self._knapsacks.forced(self.reduced(found.prices), found.worth)
        bound: Int64 = (found.bound - found.worth[left] + forced) // self.scale
        return bound


STEPS = 1_500
"""Most evaluations of prices."""
PATIENT = 15
"""Evaluations in which the bound must fall half as far as aimed, or the aim comes nearer."""
FIRST_REACH = 0.01
"""How far below the first bound steps aim, as a part of what lies between it and the worst flow."""
DEFLECTION = 0.6
"""How much of the step before goes into each step."""
CAPACITY_STEPS, DECAY = 600, 1
"""Evaluations of prices of capacity, and after how many of them steps are half as long."""
CAPACITY_LOOKS, LITTLE = 40, 0.001
"""They end where so many evaluations brought less than this part of what all of them brought."""
CAPACITY_PART = 0.2
"""They take at most this part of the time."""
NEAR, FINE = 0.02, 0.02
"""The descent ends where it aims nearer than the first part of a unit, or of the second part of what is left.
"""
EVERY = 10
"""Evaluations between two repairs."""


def descend(
    relaxation: Relaxation,
    incumbent: Incumbent,
    limits: Limits,
    start: Multipliers | None = None,
) -> Evaluation:
    """The best bound found on a stage; on the way ``incumbent`` gets what repairs make of the relaxation's
    flows.

    Steps aim a little below the best bound: further after it has fallen so far, less far where it no longer
    falls (Brännlund 1993), and never below the incumbent. Ends where the bound meets the incumbent or says
    that no flow keeps the stage, and where the aim lies too near to matter. ``start`` are prices to begin
    with.
    """
    stage, scale = relaxation.stage, relaxation.scale
    repair = FlowRepair(stage, limits)
    if start is None:
        starts = [
            first_prices(stage),
            prices_by_capacity(stage, limits.share(CAPACITY_PART)),
        ]
    else:
        starts = [np.append(start.right, [start.met, start.units]) / scale]
    best, price = min(
        ((relaxation.evaluate(_rounded(price, relaxation)), price) for price in starts),
        key=lambda one: one[0].bound,
    )
    found = best
    incumbent.offer(repair(best.flow, relaxation.reduced(best.prices)))
    kept, direction, stalled = price, np.zeros(len(price)), 0
    span = best.bound / scale - stage.worst()
    reach, marked = max(1.0, span * FIRST_REACH), best.bound / scale
    for number in range(1, STEPS):
        if _closed(best.bound // scale, stage, incumbent, limits):
            break
        slope = _slope(stage, found, price)
        if not slope.any():
            break  # both sides agree: no prices are better
        # Deflection: part of the last direction goes into this one, so that steps zigzag less (Camerini,
        # Fratta and Maffioli 1975).
        direction = slope + DEFLECTION * direction
        length = float(direction @ direction)
        if length == 0:
            direction, length = slope, float(slope @ slope)
        top = best.bound / scale
        if incumbent.value is not None:
            reach = min(reach, max(top - incumbent.value, 0.5))
        # Polyak's step to the level ``reach`` below the best bound; prices of what must be kept stay at least
        # 0.
        price = price - (found.bound / scale - top + reach) / length * direction
        price[-2:] = np.maximum(price[-2:], 0)
        found = relaxation.evaluate(_rounded(price, relaxation))
        stalled += 1
        if found.bound < best.bound:
            best, kept = found, price.copy()
            # The bound has fallen as far as aimed for half way: the level was modest, the next lies deeper.
            if marked - best.bound / scale >= reach / 2:
                marked, stalled, reach = best.bound / scale, 0, reach * 1.5
        if (
            stalled >= PATIENT
        ):  # the level is out of reach: a nearer one, again from the best prices
            marked, stalled, reach = best.bound / scale, 0, reach / 2
            price, found, direction = kept.copy(), best, np.zeros(len(price))
        if number % EVERY == 0:
            incumbent.offer(repair(found.flow, relaxation.reduced(found.prices)))
        if reach < NEAR * max(
            1.0,
            (span / 100 if incumbent.value is None else top - incumbent.value) * FINE,
        ):
            break
    incumbent.offer(repair(best.flow, relaxation.reduced(best.prices)))
    return best


def first_prices(stage: Stage) -> Float64:
    """What the first pair that finds no room at its right node gains; at least 0 where nothing must be
    carried. As all prices of a descent: float64, one a right node and two more, in units of gain, the last
    two those on units up to minimums and on all units.
    """
    pairs = stage.instance.pairs
    order = np.lexsort((-stage.gain, pairs.right))
    right, gain = pairs.right[order], stage.gain[order]
    first = np.searchsorted(right, np.arange(len(stage.most) + 1))
    place = first[:-1] + stage.most
    price = np.zeros(len(stage.most) + 2)
    some = np.flatnonzero(np.diff(first) > 0)
    price[some] = gain[np.minimum(place, first[1:] - 1)[some]]
    contested = place < first[1:]
    free = stage.least == 0
    price[:-2] = np.where(
        free, np.where(contested, np.maximum(price[:-2], 0), 0), price[:-2]
    )
    return price


def prices_by_capacity(stage: Stage, limits: Limits) -> Float64:
    """What each right node's best pair gains after paying for the capacity that it uses, at prices of the
    left nodes' capacity: float64, one a right node and two more, as in ``first_prices``.

    The other Lagrangian relaxation of generalised assignment: its bound is that of linear programming, it has
    one price a left node, and an evaluation costs no more than a look at all pairs. Prices rise where more is
    asked for than there is.
    """
    pairs, most = stage.instance.pairs, stage.most
    open_pair = np.flatnonzero(stage.room > 0)
    order = open_pair[np.argsort(pairs.right[open_pair], kind="stable")]
    price = np.zeros(len(most) + 2)
    if len(order) == 0:
        return price
    left, right = (
        pairs.left[order].astype(np.int64),
        pairs.right[order].astype(np.int64),
    )
    nodes, first, place = np.unique(right, return_index=True, return_inverse=True)
    gain = stage.gain[order].astype(np.float64)
    size = stage.instance.consumption[order].astype(np.float64)
    capacity = stage.instance.left_capacity.astype(np.float64)
    wanted = most[nodes].astype(np.float64)
    free = (stage.least == 0)[nodes]

    def asked(capacity_price: Float64) -> tuple[Float64, Float64]:
        """What each right node gains a unit, and how much of every left node's capacity they ask for."""
        value = gain - capacity_price[left] * size
        best = np.maximum.reduceat(value, first)
        chosen = (value >= best[place]) & ((best > 0) | ~free)[place]
        ties = np.maximum(np.bincount(place[chosen], minlength=len(nodes)), 1)
        units = (wanted / ties)[place[chosen]]
        used: Float64 = np.bincount(
            left[chosen], size[chosen] * units, len(capacity)
        ).astype(np.float64)
        return np.where(free, np.maximum(best, 0), best), used

    paid = np.zeros(len(capacity))
    kept, least = asked(paid)[0], np.inf
    step = float(((kept[place] - gain) / np.maximum(size, 1)).mean())
    for number in range(CAPACITY_STEPS):
        if limits.deadline.over():
            break
        worth, used = asked(paid)
        bound = float(paid @ capacity + worth @ wanted)
        if number == 0:
            first_bound = marked = bound
        if bound < least:
            kept, least = worth, bound
        if number % CAPACITY_LOOKS == CAPACITY_LOOKS - 1:
            if marked - least <= LITTLE * (first_bound - least):
                break
            marked = least
        # A subgradient step: the price of a left node's capacity moves with the part of it that is asked for.
        beyond = np.clip(used / np.maximum(capacity, 1) - 1, -1, 1)
        paid = np.maximum(0, paid + step / (1 + number / DECAY) * beyond)
    price[nodes] = kept
    return price


def _rounded(price: Float64, relaxation: Relaxation) -> Multipliers:
    whole = np.rint(
        np.clip(price * relaxation.scale, -relaxation.limit, relaxation.limit)
    ).astype(np.int64)
    return Multipliers(whole[:-2], int(whole[-2]), int(whole[-1]))


def _slope(stage: Stage, found: Evaluation, price: Float64) -> Float64:
    """By how much the bound rises with each price: what right nodes want beyond what left nodes give them,
    and the like.
    """
    slope = np.zeros(len(price))
    slope[:-2] = found.wanted - stage.instance.carried(found.flow)
    slope[-2] = np.minimum(found.wanted, stage.instance.right_minimum).sum() - stage.met
    slope[-1] = found.wanted.sum() - stage.units
    for place, asked in ((-2, stage.met), (-1, stage.units)):
        if not asked or (price[place] <= 0 and slope[place] > 0):
            slope[place] = 0
    return slope


def _closed(bound: int, stage: Stage, incumbent: Incumbent, limits: Limits) -> bool:
    """Whether the incumbent is good enough, no flow keeps the stage, or the time is up."""
    return (
        bound < stage.worst()
        or limits.near_enough(incumbent.value, bound)
        or limits.deadline.over()
    )
