"""lottery(): odds over the matchings of a graph under caps, with prices and a bound that prove them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matchkit.arguments import is_number
from matchkit.deadline import Deadline
from matchkit.engines import EngineChoice
from matchkit.errors import Complaint, EngineError, InputError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.messages.message import Message
from matchkit.solvers.choice import chosen_engine, option_refused
from matchkit.solvers.flow.solution import (
    Limits,
    Listener,
    Solution,
    stated_bounds,
)
from matchkit.solvers.graph_network import FairFills, Groups, MatchObjective, network_of
from matchkit.solvers.lottery.answer import Lottery
from matchkit.solvers.lottery.caps import (
    group_caps,
    listed_pairs,
    most_parts,
    parts_refused,
)
from matchkit.solvers.lottery.certificate import check_perturbed
from matchkit.solvers.lottery.decode import lottery_of
from matchkit.solvers.lottery.gains import UNIT
from matchkit.solvers.lottery.network import LotteryNetwork
from matchkit.solvers.lottery.perturbed import perturbed_flow
from matchkit.solvers.lottery.witness import CapWitness, shortage_of
from matchkit.solvers.match import (
    options_refused,
    solve_network,
)
from matchkit.solvers.matching import ids_of

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
            found.append(
                Complaint.of(
                    "graph", "lottery.beside", "matching.fair_beside", name=name
                )
            )
    InputError.raise_if(found)
    limits, parts = Limits(gap, Deadline.within(time_limit)), int(parts)
    pairs = listed_pairs(graph.pairs, graph.left_capacity, graph.right_capacity)
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
    slope = slope_of(perturbation, built, minimize=minimize)
    solution = solved(built, slope, engine, limits, progress)
    shortage = _shortage(graph, built, solution, limits)
    return lottery_of(graph, built, solution, shortage, minimize, slope)


def solved(
    built: LotteryNetwork,
    slope: int,
    engine: EngineChoice,
    limits: Limits,
    progress: Listener | None,
) -> Solution:
    """The best odds of a network, checked, with ``slope`` of 1 / 1024 as perturbation. Raises InputError for
    an engine that cannot, EngineError where a proof does not hold.
    """
    if not slope:
        return solve_network(built.network, built.goals, engine, limits, progress)
    selected = chosen_engine(engine)
    if not selected.exact:
        raise InputError([option_refused("engine", selected.name, EXACT)])
    solution = perturbed_flow(built, slope, selected, limits, progress)
    broken = check_perturbed(built, solution, UNIT * built.parts, slope)
    if broken:
        raise EngineError(Message.of("defect.plan", reason=broken))
    return solution


def slope_of(perturbation: float, built: LotteryNetwork, *, minimize: bool) -> int:
    """The perturbation in whole steps of 1 / 1024. Raises InputError for what cannot be perturbed."""
    if not is_number(perturbation, 0, 0.5):
        raise InputError.of("perturbation", "lottery.perturbation")
    slope = round(UNIT * float(perturbation))
    pairs = built.pairs
    if slope and (
        minimize
        or not built.goals.weight
        or int(pairs.weight.min(initial=0)) < 0
        or int(pairs.capacity.max(initial=0)) > 1
    ):
        raise InputError.of("perturbation", "lottery.perturbed")
    return slope


def _shortage(
    graph: BipartiteGraph, built: LotteryNetwork, solution: Solution, limits: Limits
) -> CapWitness | None:
    """The Hall set that keeps units out, where more could be had without caps. None too where the number of
    units is no goal or not proven, and where a limit ends the search for a Hall set.
    """
    names = built.goals.names
    bounds, _ = stated_bounds(solution.value, solution.bound)
    if "cardinality" not in names or limits.deadline.over():
        return None
    filled = solution.value[names.index("cardinality")]
    if bounds[names.index("cardinality")] != filled:
        return None
    none = np.zeros_like
    uncapped = replace(
        graph,
        left_minimum=none(graph.left_minimum),
        right_minimum=none(graph.right_minimum),
    )
    fills = FairFills.of(uncapped, "cardinality", None, "leximin", None, None)
    network, _ = network_of(uncapped, "cardinality", fills, minimize=False)
    if filled >= built.parts * sum(network.right_capacity.tolist()):
        return None
    return shortage_of(built, network, ids_of(graph), Limits(deadline=limits.deadline))
