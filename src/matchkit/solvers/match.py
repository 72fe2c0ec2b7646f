"""match(): the best matching of a bipartite graph, with prices and a bound that prove it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import cast

import numpy as np

from matchkit.arguments import is_number, is_whole
from matchkit.deadline import Deadline
from matchkit.engines import EngineChoice
from matchkit.errors import Complaint, EngineError, InputError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.candidates import PairList
from matchkit.graph.network import Goals, Network
from matchkit.messages.message import Message
from matchkit.solvers.choice import chosen_engine, option_refused, search_engine
from matchkit.solvers.floors.instance import floor_problem
from matchkit.solvers.floors.solve import solve_floors
from matchkit.solvers.flow.certificate import check_solution
from matchkit.solvers.flow.first_units import FirstUnits, split_network
from matchkit.solvers.flow.loop import best_effort, price_and_prove
from matchkit.solvers.flow.solution import (
    NO_LIMITS,
    Limits,
    Listener,
    Progress,
    Solution,
)
from matchkit.solvers.flow.start import StartPrices
from matchkit.solvers.gap.solve import solve_consumption
from matchkit.solvers.graph_network import (
    FairFills,
    FairSide,
    Groups,
    LoadBy,
    MatchObjective,
    MatchRule,
    network_of,
)
from matchkit.solvers.matching import Matching, floored_matching, matching_of
from matchkit.solvers.preferred import match_by_preferences
from matchkit.solvers.stable.preferences import Preferences

AIMS: tuple[MatchObjective, ...] = ("weight", "cardinality", "cardinality then weight")


def match(
    graph: BipartiteGraph,
    objective: MatchObjective | None = None,
    *,
    minimize: bool = False,
    fair: FairSide | None = None,
    rule: MatchRule = "leximin",
    right_group: Groups | None = None,
    left_group: Groups | None = None,
    by: LoadBy = "count",
    preferences: Preferences | None = None,
    engine: EngineChoice = "auto",
    seed: int = 0,
    time_limit: float | None = None,
    gap: float = 0.0,
    progress: Listener | None = None,
) -> Matching:
    """The best matching of a graph: how many units each pair carries within all capacities.

    Minimums come first: as few missing units as possible (both sides added up); what is missing is reported
    in ``left_shortfall``, ``right_shortfall`` and, for pairs with a minimum, ``edge_shortfall``. Then the
    objective: ``"weight"`` (the sum of weights; pairs that do not help stay out), ``"cardinality"`` (as many
    units as there can be) or ``"cardinality then weight"``. ``minimize`` asks for the least weight instead.
    Where no objective is named, it is ``"weight"``, and of costs (``minimize``) and with ``fair``
    ``"cardinality then weight"``: as many units as there can be, then the least cost, as scipy and networkx
    understand least cost.

    ``fair``, one of "right", "left" and "both", spreads units between nodes after the cardinality and before
    the weight. On the right a node's *coverage* is what it carries of its capacity, and ``rule`` says what is
    fair: "leximin" (the lowest coverage as high as can be, then the next), "dhondt" (the highest as low as
    can be), "nash" (most nodes with any unit, then the greatest product) or "webster" (the least squares). On
    the left *loads* are even: the highest number of units as low as can be, then the next; ``by="rate"``
    compares units in terms of capacity, so that nodes of capacity 1 are asked last of all. With the rule
    "worst score" it is the weights on the right that are fair: a node's *score* is the sum of weight times
    units that it gets, and the least score of all nodes with any capacity is as great as can be (of costs:
    the greatest as small), then the weight. That is NP-hard: ``floors`` has prices that bound both, and an
    engine for integer programs does what they leave open. Where groups are to be compared and not nodes,
    ``right_group`` and ``left_group`` say the group of every node, a whole number from 0 on, by id, or as an
    array in the order of ``graph.right_ids`` and ``graph.left_ids`` (sorted). docs/mathematics.md has the
    theorems.

    ``preferences`` hold the ranks that nodes give each other, and the rule by which they are matched in place
    of a greatest weight: a stable matching, or what a rule of choice makes of them (``Preferences``). Where
    the rule is "stable" and an ``objective`` is named, the stable matching of greatest size or weight is
    sought. ``seed`` then breaks ties as well.

    ``engine`` is "auto", one of flow, lap, greedy, brute, or an object (docs/adding_an_engine.md); for the
    worst score, "auto" or an engine for integer programs (cpsat, highs, scip, or an object).
    ``time_limit`` (seconds) and ``gap`` (a share from 0 to 1 of the bound) stop early with the best matching
    so far and its bound.

    A graph with ``consumption`` is solved by prices on its right nodes, exact knapsacks on its left ones and,
    for what those leave open, a search by an engine for integer programs, which ``engine`` may name and
    for which ``seed`` is (nothing else draws); ``proof`` of the matching says which of them its bound rests
    on.

    Raises InputError for unknown words and BudgetError for weights or capacities too large to be exact with,
    or too many to be fair with.
    """
    found = options_refused(graph, objective, minimize, time_limit, gap, progress)
    found += seed_refused(seed)
    InputError.raise_if(found)
    limits = Limits(gap, Deadline.within(time_limit))
    if preferences is not None:
        beside = {
            "fair": fair is not None,
            "rule": not (isinstance(rule, str) and rule == "leximin"),
            "right_group": right_group is not None,
            "left_group": left_group is not None,
            "by": not (isinstance(by, str) and by == "count"),
            "minimize": minimize,
            "gap": gap != 0,
        }
        return match_by_preferences(
            graph, preferences, objective, beside, engine, int(seed), limits, progress
        )
    if objective is None:
        objective = (
            "weight" if fair is None and not minimize else "cardinality then weight"
        )
    wanted = FairFills.of(graph, objective, fair, rule, right_group, left_group, by)
    network, goals = network_of(graph, objective, wanted, minimize=minimize)
    if graph.consumption is not None:
        return _consuming(graph, goals, minimize, engine, int(seed), limits, progress)
    if wanted.worst_score:
        return _floored(
            graph,
            network,
            goals,
            wanted,
            objective,
            minimize,
            engine,
            int(seed),
            limits,
            progress,
        )
    first = None
    if graph.edge_minimum is not None:
        pairs = cast("PairList", graph.pairs)  # a matrix has no minimums of pairs
        first = FirstUnits.of_minimums(pairs, graph.edge_minimum, len(goals.names))
    solution = solve_network(network, goals, engine, limits, progress, first=first)
    return matching_of(graph, goals, solution, minimize)


def _floored(
    graph: BipartiteGraph,
    network: Network,
    goals: Goals,
    fills: FairFills,
    objective: MatchObjective,
    minimize: bool,
    engine: EngineChoice,
    seed: int,
    limits: Limits,
    progress: Listener | None,
) -> Matching:
    """The matching of a graph with the greatest worst score on the right."""
    search = None
    if not (isinstance(engine, str) and engine == "auto"):
        search = search_engine(engine, "matching.floors_engine")
    weighted = objective != "cardinality"
    if not weighted:
        network, goals = network_of(
            graph, "cardinality then weight", fills, minimize=minimize
        )
    group = fills.right_group
    if group is None:
        group = np.arange(len(graph.right_capacity), dtype=np.int32)
    problem = floor_problem(network, goals, group.astype(np.int64))
    tell = _listened(progress)
    answer = solve_floors(
        problem, limits, weighted=weighted, engine=search, seed=seed, tell=tell
    )
    return floored_matching(graph, goals, answer, group, minimize)


def _listened(progress: Listener | None) -> Callable[[int, int], None]:
    """What tells the listener, if there is one, of rounds and their pairs, or of goals and theirs."""
    began = time.monotonic()

    def tell(number: int, pairs: int) -> None:
        if progress is not None:
            passed = time.monotonic() - began
            progress(Progress("match", number, pairs, None, None, passed))

    return tell


def _consuming(
    graph: BipartiteGraph,
    goals: Goals,
    minimize: bool,
    engine: EngineChoice,
    seed: int,
    limits: Limits,
    progress: Listener | None,
) -> Matching:
    """The best matching of a graph with consumption, which no flow engine can solve."""
    search = search_engine(engine, "matching.consuming")
    tell = _listened(progress)
    answer = solve_consumption(graph, goals, minimize, limits, tell, search, seed)
    return matching_of(
        graph, goals, answer.solution, minimize, answer.right_price, answer.proof
    )


def options_refused(
    graph: BipartiteGraph,
    objective: MatchObjective | None,
    minimize: bool,
    time_limit: float | None,
    gap: float,
    progress: Listener | None,
) -> list[Complaint]:
    """What is wrong with the options that match() and lottery() share."""
    found = [] if objective is None else word_refused(objective, AIMS, "objective")
    found += limits_refused(time_limit, gap)
    if not isinstance(graph, BipartiteGraph):
        found.append(
            Complaint.of(
                "graph", "graph.type", "matching.graph", name=type(graph).__name__
            )
        )
    if progress is not None and not callable(progress):
        found.append(Complaint.of("progress", "option.progress"))
    if not isinstance(minimize, bool):
        found.append(
            Complaint(
                "minimize", Message("record.truth"), Message("cell.accepts.yes_no")
            )
        )
    return found


def word_refused(choice: str, known: tuple[str, ...], name: str) -> list[Complaint]:
    """The complaint about an option that is none of the known words, if it is none."""
    if isinstance(choice, str) and choice in known:
        return []
    return [option_refused(name, choice, known)]


def limits_refused(time_limit: float | None, gap: float) -> list[Complaint]:
    """What is wrong with the limits that match() and solve() share: seconds up to 1e9, and a share of the
    bound from 0 to 1.
    """
    found = []
    if time_limit is not None and not is_number(time_limit, 0, 1e9):
        found.append(_limit("time_limit"))
    if not is_number(gap, 0, 1):
        found.append(_limit("gap"))
    return found


def seed_refused(seed: int) -> list[Complaint]:
    """One complaint where a seed is no whole number from 0 to 2**63 - 1, else none."""
    if is_whole(seed, 0, 2**63 - 1):
        return []
    return [Complaint.of("seed", "option.seed")]


def _limit(name: str) -> Complaint:
    return Complaint(name, Message(f"limit.{name}"), Message(f"limit.{name}.do"))


def solve_network(
    network: Network,
    goals: Goals,
    engine: EngineChoice,
    limits: Limits = NO_LIMITS,
    progress: Listener | None = None,
    start: StartPrices | None = None,
    likely: Goals | None = None,
    first: FirstUnits | None = None,
) -> Solution:
    """The best circulation of a network by the engine named, checked before it is given out; ``start`` and
    ``likely`` as in ``price_and_prove``, ``first`` units of some pairs that count in goals.

    Raises InputError for an unknown engine and EngineError where a proof does not hold.
    """
    if first is not None:
        split = split_network(network, goals, first)
        if start is not None:
            start = replace(start, left=start.left[split.owner])
        fewer = None if likely is None else split.goals(likely)
        split_goals = split.goals(goals)
        known = engine, limits, progress, start, fewer
        return split.joined(solve_network(split.network, split_goals, *known))
    selected = chosen_engine(engine)
    exact = selected.exact
    solution = (
        price_and_prove(network, goals, selected, limits, progress, start, likely)
        if exact
        else best_effort(network, goals, selected)
    )
    broken = check_solution(network, goals, solution)
    if broken:
        raise EngineError(Message.of("defect.plan", reason=broken))
    return solution
