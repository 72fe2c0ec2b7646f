"""The solution of a lottery's network in the terms of the graph: odds by pair, loads and prices by entry."""

from __future__ import annotations

from fractions import Fraction
from math import fsum

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Int64, sums_by
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.matched import Ids
from matchkit.solvers.flow.certificate import sum_of_products
from matchkit.solvers.flow.solution import Solution, stated_bounds
from matchkit.solvers.flow.subnetwork import Pairs
from matchkit.solvers.lottery.answer import Lottery, LotteryPairs, LotterySide
from matchkit.solvers.lottery.gains import UNIT
from matchkit.solvers.lottery.network import LotteryNetwork, SplitSide
from matchkit.solvers.lottery.witness import CapWitness
from matchkit.solvers.matching import ids_of, matched_goals


def lottery_of(
    graph: BipartiteGraph,
    built: LotteryNetwork,
    solution: Solution,
    shortage: CapWitness | None,
    minimize: bool,
    slope: int,
) -> Lottery:
    """The solution of the network in parts, in the terms of the graph."""
    goals, pairs = built.goals, built.pairs
    odds = np.zeros(len(pairs), np.int64)
    odds[built.order[built.places(solution)]] = solution.quantity
    sign = -1 if minimize else 1
    turn = [1] * (len(goals.names) - goals.weight) + [sign] * goals.weight
    bounds, gap = stated_bounds(solution.value, solution.bound)
    drawn = np.flatnonzero(odds)
    quality = _quality(graph, pairs, odds, drawn, built.parts)
    unit, most = _given_unit(graph, built, slope)
    value = float(solution.value[-1] * unit)
    if goals.weight and not slope:
        value = quality
    bound = None
    if bounds[-1] is not None:
        bound = float(turn[-1] * bounds[-1] * unit) + sign * graph.scale.error * most
    ids = ids_of(graph)
    prices = (
        (solution.left_price, solution.left_cap_price),
        (solution.right_price, solution.right_cap_price),
    )
    sides = [
        _side(side, names, odds, price, np.array(turn, np.int64))
        for side, names, price in zip(
            (built.left, built.right), ids, prices, strict=True
        )
    ]
    return Lottery(
        LotteryPairs(
            _named(ids[0], pairs.left[drawn]),
            _named(ids[1], pairs.right[drawn]),
            odds[drawn],
            built.most[drawn],
            built.left.entry[drawn],
            built.right.entry[drawn],
        ),
        built.parts,
        quality,
        value,
        bound,
        gap,
        "optimal" if solution.optimal else "feasible",
        solution.stopped,
        matched_goals(goals.names, solution.value, bounds, turn),
        sides[0],
        sides[1],
        shortage,
        slope / UNIT,
        solution.engine,
        solution.rounds,
        solution.engine_pairs,
    )


def _given_unit(
    graph: BipartiteGraph, built: LotteryNetwork, slope: int
) -> tuple[Fraction, float]:
    """What 1 of the last goal is worth in the units given, and how many units rounding may have touched."""
    unit = Fraction(1, built.parts)
    if slope:
        unit /= UNIT * built.parts
    if not built.goals.weight or graph.scale.precision is None:
        return unit, 0
    sides = (built.left, built.right)
    units = min(sum(side.capacity.tolist()) for side in sides) / built.parts
    return unit * Fraction(graph.scale.precision), units


def _quality(
    graph: BipartiteGraph, pairs: Pairs, odds: Int64, drawn: Int64, parts: int
) -> float:
    """The expected weight of a draw, in the units given; ``drawn`` are the places of pairs with odds."""
    given, units = graph.scale.given, odds[drawn]
    if given is None:
        return float(Fraction(sum_of_products(pairs.weight[drawn], units), parts))
    weight = (
        given[pairs.left[drawn], pairs.right[drawn]]
        if given.ndim == 2
        else given[drawn]
    )
    return fsum((weight * units).tolist()) / parts


def _side(
    side: SplitSide,
    ids: Ids,
    odds: Int64,
    prices: tuple[Int64 | None, Int64 | None],
    turn: Int64,
) -> LotterySide:
    """Entries of a side: its nodes, then what they are split into."""
    nodes = np.arange(len(side.capacity), dtype=np.int32)
    none = np.full(len(nodes), -1, np.int32)
    carried = sums_by(side.leaf, odds, len(side.node))
    price = None if prices[0] is None else prices[0] * turn
    if not side.split:
        return LotterySide(ids, nodes, none, side.capacity, carried, price)
    loads = sums_by(side.node, carried, len(nodes))
    if price is not None and prices[1] is not None:
        price = np.concatenate([prices[1] * turn, price])
    return LotterySide(
        ids,
        np.concatenate([nodes, side.node]),
        np.concatenate([none, side.group]),
        np.concatenate([side.capacity, side.most]),
        np.concatenate([loads, carried]),
        price,
    )


def _named(ids: Ids, nodes: npt.NDArray[np.int32]) -> npt.NDArray[np.generic]:
    """The ids of nodes: int64 where they are numbered, else objects."""
    if isinstance(ids, range):
        return nodes.astype(np.int64)
    names = np.empty(len(nodes), object)
    names[:] = [ids[node] for node in nodes.tolist()]
    return names
