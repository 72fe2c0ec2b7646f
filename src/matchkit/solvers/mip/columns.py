"""Column generation: prices on the rows that join left nodes, what each node does best at these prices, and
the best mix of all that was done so far (Dantzig and Wolfe 1960).

A node's own rows, whatever rules wrote them, hold for what it does: the bound knows that its quantities are
whole numbers, which a linear relaxation of the same rows does not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matchkit.arrays import Float64, Int64
from matchkit.deadline import Deadline
from matchkit.engines.linear import solve_linear
from matchkit.engines.program import FREE, MipEngine
from matchkit.engines.reduce import reduced
from matchkit.graph.network import GoalValues
from matchkit.solvers.mip.formulation import Formulation, JoinedGoals
from matchkit.solvers.mip.parted import NodeColumn, PartedProgram

SMOOTH, STEP = 0.5, 0.25
"""The share of the prices that proved the best bound so far in the next ones (Wentges 1997), and by how much
it falls where these find nothing new.
"""
SCALE = 1_000
"""Prices are whole multiples of one part in so many of a point: bounds are exact sums."""
LARGE = 2**40
"""Sums of scaled gains stay below this."""
WORK = 2.0
"""Deterministic work for one node at once; where that is not enough nodes are too large for this."""
STEEP, STEEPER, STEEPEST = 4, 8, 2**10
"""What a unit that breaks a joining row costs, in greatest gains; how it grows, and its end."""
SMALL = 1e-6
"""Less than this is nothing, in floating point."""


@dataclass(frozen=True, slots=True)
class Mixed:
    """What no values of a program exceed, and the best mix of what nodes did: how much of each variable it
    takes (float64 (variables,)).
    """

    bound: int
    value: Float64


@dataclass(frozen=True, slots=True)
class MixedPairs:
    """A bound by goal, true as a vector in order, and how much of every pair the best mix takes (float64
    (pairs,)).
    """

    bounds: GoalValues
    part: Float64


def mixed_columns(
    formulation: Formulation,
    goals: JoinedGoals,
    left: Int64,
    deadline: Deadline,
    engine: MipEngine,
    seed: int,
) -> MixedPairs | None:
    """The best mix of what left nodes (``left``, int64 (pairs,)) do, for all goals as one number; None where
    nothing joins two of them, or a mix takes too long.
    """
    program = replace(formulation.program, gain=goals.gain)
    core, free, fixed = reduced(program)
    if core is None:
        return None
    owner = np.append(left, np.full(program.size - formulation.pairs, -1))
    parted = PartedProgram(core, owner[free])
    if len(parted.nodes) < 2 or len(parted.rows) == 0:
        return None
    mixed = mix(parted, deadline, engine, seed=seed)
    if mixed is None:
        return None
    part = fixed.astype(np.float64)
    part[free] = mixed.value
    bound = mixed.bound + program.objective(fixed)
    return MixedPairs(goals.digits.bounds(bound), part[: formulation.pairs])


def mix(
    parted: PartedProgram,
    deadline: Deadline,
    engine: MipEngine,
    *,
    seed: int = 0,
) -> Mixed | None:
    """The best mix of what nodes can do, and the bound that its prices prove; None where a node is too
    large, or time is over before there is any.
    """
    return _Mixing(parted, deadline, engine, seed).run()


class _Mixing:
    """The columns so far, and the best bound that prices proved."""

    def __init__(
        self, parted: PartedProgram, deadline: Deadline, engine: MipEngine, seed: int
    ) -> None:
        self._parted, self._deadline, self._engine, self._seed = (
            parted,
            deadline,
            engine,
            seed,
        )
        program = parted.program
        reach = np.maximum(np.abs(program.lower), np.abs(program.upper))
        self._greatest = max(1, int(np.abs(program.gain).max(initial=1)))
        total = int((np.abs(program.gain) * reach).sum()) + self._greatest
        self._scale = max(1, min(SCALE, LARGE // total))
        self._known: set[tuple[int, bytes]] = set()
        self._columns: list[NodeColumn] = []
        self._bound: int | None = None
        self._centre: Int64 | None = None

    def run(self) -> Mixed | None:
        parted, steep = self._parted, STEEP * self._greatest
        if self._priced(np.zeros(len(parted.rows), np.int64)) is None:
            return None
        mixed: Mixed | None = None
        while not self._deadline.over():
            master = parted.master(self._columns, steep)
            solved = solve_linear(master, seconds=self._deadline.left())
            if solved is None:
                break
            breaks = len(master.lower) - len(self._columns) - len(parted.others)
            broken = solved.value[len(parted.others) :][:breaks].sum() > SMALL
            mixed = Mixed(self._bound or 0, self._values(solved.value))
            # Nothing better can be proved of whole numbers.
            if not broken and (self._bound or 0) <= np.floor(solved.gain + SMALL):
                break
            news = self._news(
                np.rint(solved.price[: len(parted.rows)] * self._scale).astype(np.int64)
            )
            if news is None:
                break
            if not news:
                if not broken or steep >= STEEPEST * self._greatest:
                    break
                steep *= STEEPER
        if mixed is None or self._bound is None:
            return None
        return replace(mixed, bound=self._bound)

    def _news(self, price: Int64) -> int | None:
        """How many columns are new at these prices, or between them and the best ones so far; None where time
        is over.
        """
        share = 0.0 if self._centre is None else SMOOTH
        while True:
            centre = price if self._centre is None else self._centre
            between = np.rint(share * centre + (1 - share) * price).astype(np.int64)
            news = self._priced(between)
            if news is None or news or share == 0.0:
                return news
            share = max(0.0, share - STEP)

    def _priced(self, price: Int64) -> int | None:
        """What every node does best at these prices (scaled) joins the columns: how many are new. None where
        that takes too long.
        """
        parted = self._parted
        # A row without a limit has no price.
        price = np.where((price > 0) & (parted.high >= FREE), 0, price)
        price = np.where((price < 0) & (parted.low <= -FREE), 0, price)
        gain, news = parted.reduced_gain(price, self._scale), 0
        limit = np.where(price > 0, parted.high, np.where(price < 0, parted.low, 0))
        total: int = sum((price * limit).tolist())
        others = parted.others
        ways = gain[others] * np.where(
            gain[others] > 0, parted.program.upper[others], parted.program.lower[others]
        )
        total += sum(ways.tolist())
        for number, node in enumerate(parted.nodes):
            mine = replace(node.program, gain=gain[node.variables])
            if self._deadline.over() or mine.refusal() is not None:
                return None
            found = self._engine.model(mine).solve(
                seconds=self._deadline.left(),
                work=WORK,
                stop=self._deadline.stop,
                seed=self._seed,
            )
            if (
                found.status != "optimal"
                or found.value is None
                or found.objective is None
            ):
                return None
            total += found.objective
            news += self._add(number, found.value)
        bound = total // self._scale
        if self._bound is None or bound < self._bound:
            self._bound, self._centre = bound, price
        return news

    def _add(self, number: int, value: Int64) -> bool:
        """Keep what a node does, if it is new; whether it was."""
        key = number, value.tobytes()
        if key in self._known:
            return False
        self._known.add(key)
        node = self._parted.nodes[number]
        gain = int((self._parted.program.gain[node.variables] * value).sum())
        self._columns.append(
            NodeColumn(number, value, gain, self._parted.used(node, value))
        )
        return True

    def _values(self, value: Float64) -> Float64:
        """The mix in variables of the program."""
        parted = self._parted
        found = np.zeros(parted.program.size)
        found[parted.others] = value[: len(parted.others)]
        for one, part in zip(self._columns, value[-len(self._columns) :], strict=True):
            if part > SMALL:
                found[parted.nodes[one.node].variables] += part * one.value
        return found
