"""lottery(): odds over the matchings of a graph under caps, with prices and a bound that prove them."""

from __future__ import annotations

from fractions import Fraction
from math import fsum

import numpy as np
import numpy.typing as npt

from matchkit.arguments import is_number
from matchkit.arrays import Int64
from matchkit.deadline import Deadline
from matchkit.engines import EngineChoice
from matchkit.errors import Complaint, EngineError, InputError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.matched import Ids
from matchkit.messages.message import Message
from matchkit.solvers.choice import chosen_engine, option_refused
from matchkit.solvers.flow.solution import (
    Limits,
    Listener,
    Solution,
    stated_bounds,
)
from matchkit.solvers.graph_network import Groups, MatchObjective
from matchkit.solvers.lottery.answer import Lottery, LotteryPairs, LotterySide
from matchkit.solvers.lottery.caps import (
    group_caps,
    listed_pairs,
    most_parts,
    parts_refused,
)
from matchkit.solvers.lottery.certificate import check_perturbed
from matchkit.solvers.lottery.network import LotteryNetwork, SplitSide
from matchkit.solvers.lottery.perturbed import UNIT, perturbed_flow
from matchkit.solvers.lottery.witness import (
    CapWitness,
    cardinality_goals,
    witness_of,
)
from matchkit.solvers.match import (
    match,
    options_refused,
    solve_network,
)
from matchkit.solvers.matching import MatchedGoal

EXACT = ("auto", "flow", "lap", "brute")


def lottery(
    graph: BipartiteGraph,
    *,
    cap: npt.ArrayLike = 1.0,
    parts: int = 1024,
    left_group: Groups | None = None,
    left_group_cap: npt.ArrayLike | None = None,
    right_group: Groups | None = None,
    right_group_cap: npt.ArrayLike | None = None,
    perturbation: float = 0.0,
    objective: MatchObjective = "cardinality then weight",
    minimize: bool = False,
    engine: EngineChoice = "auto",
    time_limit: float | None = None,
    gap: float = 0.0,
    progress: Listener | None = None,
) -> Lottery:
    """The best odds of a graph's pairs under caps, and the lottery over matchings that has exactly these
    odds.

    Odds are whole numbers of 1 / ``parts``, a power of two up to 2**20. No pair carries more than ``cap``, a
    share from 0 to 1 of what it may carry (one number for all, or one a pair, in the order given or as a
    matrix); it is rounded down to parts, and ``Lottery.pairs.most`` has the caps that were used.
    ``left_group`` and ``right_group`` are groups of nodes as in ``match``: at each right node the pairs with
    left nodes of one group carry at most ``left_group_cap`` units on average (one number, or one a group),
    and the other way round. Capacities and minimums hold for every plan of the lottery; so does a cap of a
    group that is whole, and any other up to the next whole number (Budish, Che, Kojima and Milgrom 2013).

    ``perturbation`` B, a number from 0 to 0.5 that is rounded to a 1024th, spreads odds over more pairs: a
    pair of odds x counts its weight times ``x - B x^2`` (perturbed maximisation; Xu, Jecmen, Song and Fang
    2023). It is for pairs of capacity 1 and weights from 0 on.

    ``objective``, ``minimize``, ``engine``, ``time_limit``, ``gap`` and ``progress`` are as in ``match``, of
    averages over all draws. Units that cannot be had because of the caps are told with a Hall set in
    ``Lottery.shortage``.

    Raises InputError for what is no cap, group or option, and for a graph with ``consumption`` or
    ``edge_minimum``; BudgetError for numbers too large to be exact with.
    """
    found = options_refused(graph, objective, minimize, time_limit, gap, progress)
    found += parts_refused(parts)
    for name in ("consumption", "edge_minimum"):
        if getattr(graph, name, None) is not None:
            fact = Message.of("lottery.beside", name=name)
            found.append(Complaint("graph", fact, Message("matching.fair_beside.do")))
    if found:
        raise InputError(found)
    limits, parts = Limits(gap, Deadline.within(time_limit)), int(parts)
    pairs = listed_pairs(graph)
    built = LotteryNetwork.of(
        graph,
        pairs,
        most_parts(graph, pairs, cap, parts),
        objective,
        group_caps(graph, "left", left_group, left_group_cap, parts),
        group_caps(graph, "right", right_group, right_group_cap, parts),
        parts,
        minimize=minimize,
    )
    slope = _slope(perturbation, built, minimize)
    if slope:
        selected = chosen_engine(engine)
        if not selected.exact:
            raise InputError([option_refused("engine", selected.name, EXACT)])
        solution = perturbed_flow(built, slope, selected, limits, progress)
        broken = check_perturbed(built, solution, UNIT * parts, slope)
        if broken:
            raise EngineError(Message.of("defect.plan", reason=broken))
    else:
        solution = solve_network(built.network, built.goals, engine, limits, progress)
    shortage = None
    if "cardinality" in built.goals.names and solution.bound is not None:
        shortage = _shortage(graph, built, solution)
    return _lottery(graph, built, solution, shortage, minimize, slope)


def _slope(perturbation: float, built: LotteryNetwork, minimize: bool) -> int:
    """The perturbation in whole steps of 1 / 1024. Raises InputError for what cannot be perturbed."""
    if not is_number(perturbation, 0, 0.5):
        fact, do = Message("lottery.perturbation"), Message("lottery.perturbation.do")
        raise InputError([Complaint("perturbation", fact, do)])
    slope = round(UNIT * float(perturbation))
    pairs = built.pairs
    if slope and (
        minimize
        or not built.goals.weight
        or int(pairs.weight.min(initial=0)) < 0
        or int(pairs.capacity.max(initial=0)) > 1
    ):
        fact = Message("lottery.perturbed")
        raise InputError(
            [Complaint("perturbation", fact, Message("lottery.perturbed.do"))]
        )
    return slope


def _ids(graph: BipartiteGraph) -> tuple[Ids, Ids]:
    return tuple(  # type: ignore[return-value]
        range(len(capacity)) if ids is None else ids
        for ids, capacity in (
            (graph.left_ids, graph.left_capacity),
            (graph.right_ids, graph.right_capacity),
        )
    )


def _shortage(
    graph: BipartiteGraph, built: LotteryNetwork, solution: Solution
) -> CapWitness | None:
    """The Hall set that keeps units out, where more could be had without caps."""
    filled = solution.value[built.goals.names.index("cardinality")]
    possible = int(match(graph, "cardinality").goals[-1].value)
    if filled >= possible * built.parts:
        return None
    goals = cardinality_goals(built)
    fullest = solve_network(built.network, goals, "auto")
    if fullest.value[0] >= possible * built.parts:
        return None  # minimums or a limit in time keep them out
    return witness_of(built, fullest, possible, _ids(graph))


def _lottery(
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
    quality = _quality(graph, built, odds)
    unit, most = _given_unit(graph, built, slope)
    value = float(solution.value[-1] * unit)
    if goals.weight and not slope:
        value = quality
    bound = None
    if bounds[-1] is not None:
        bound = float(turn[-1] * bounds[-1] * unit) + sign * graph.scale.error * most
    ids = _ids(graph)
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
        tuple(
            MatchedGoal(name, t * reached, None if most is None else t * most)
            for name, reached, most, t in zip(
                goals.names, solution.value, bounds, turn, strict=True
            )
        ),
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


def _quality(graph: BipartiteGraph, built: LotteryNetwork, odds: Int64) -> float:
    """The expected weight of a draw, in the units given."""
    given, pairs = graph.scale.given, built.pairs
    if given is None:
        total = int(np.dot(pairs.weight.astype(object), odds.astype(object)) or 0)
        return float(Fraction(total, built.parts))
    weight = given[pairs.left, pairs.right] if given.ndim == 2 else given
    return fsum((weight * odds).tolist()) / built.parts


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
    carried = np.zeros(len(side.node), np.int64)
    np.add.at(carried, side.leaf, odds)
    price = None if prices[0] is None else prices[0] * turn
    if not side.split:
        return LotterySide(ids, nodes, none, side.capacity, carried, price)
    loads = np.zeros(len(nodes), np.int64)
    np.add.at(loads, side.node, carried)
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
