"""match(): the best matching of a bipartite graph, with prices and a bound that prove it."""

from __future__ import annotations

import time
from typing import Literal

import numpy as np

from matchkit.arguments import is_number, is_whole
from matchkit.arrays import Int64
from matchkit.deadline import Deadline
from matchkit.engines import DEFAULT_MIP, MIP_ENGINES, EngineChoice, engine_of
from matchkit.engines.program import MipEngine
from matchkit.errors import Complaint, EngineError, InputError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.candidates import Candidates, Negated
from matchkit.graph.network import CapTree, Goals, Network, Steps
from matchkit.messages.message import Message
from matchkit.solvers.choice import chosen_engine, option_refused
from matchkit.solvers.flow.certificate import check_solution
from matchkit.solvers.flow.loop import best_effort, price_and_prove
from matchkit.solvers.flow.pair_minimums import split_minimums
from matchkit.solvers.flow.solution import (
    NO_LIMITS,
    Limits,
    Listener,
    Progress,
    Solution,
)
from matchkit.solvers.flow.start import StartPrices
from matchkit.solvers.gap.solve import solve_consumption
from matchkit.solvers.matching import Matching, matching_of

MatchObjective = Literal["weight", "cardinality", "cardinality then weight"]
AIMS: tuple[MatchObjective, ...] = ("weight", "cardinality", "cardinality then weight")


def match(
    graph: BipartiteGraph,
    objective: MatchObjective | None = None,
    *,
    minimize: bool = False,
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
    Where no objective is named, it is ``"weight"``, and of costs (``minimize``) ``"cardinality then
    weight"``, as scipy and networkx understand least cost: as many units as there can be, then the least
    cost. ``engine`` is "auto", one of flow, lap, greedy, brute, or an object (docs/adding_an_engine.md).
    ``time_limit`` (seconds) and ``gap`` (a
    share from 0 to 1 of the bound) stop early with the best matching so far and its bound.

    A graph with ``consumption`` is solved by prices on its right nodes, exact knapsacks on its left ones and,
    for what those leave open, a search by an engine for integer programs, which ``engine`` may name and
    for which ``seed`` is (nothing else draws); ``proof`` of the matching says which of them its bound rests
    on.

    Raises InputError for unknown words and BudgetError for weights or capacities too large to be exact with.
    """
    found = [] if objective is None else word_refused(objective, AIMS, "objective")
    found += limits_refused(time_limit, gap) + seed_refused(seed)
    if not isinstance(graph, BipartiteGraph):
        kind = Message.of("graph.type", name=type(graph).__name__)
        found.append(Complaint("graph", kind, Message("matching.graph.do")))
    if progress is not None and not callable(progress):
        found.append(
            Complaint(
                "progress", Message("option.progress"), Message("option.progress.do")
            )
        )
    if not isinstance(minimize, bool):
        found.append(
            Complaint(
                "minimize", Message("record.truth"), Message("cell.accepts.yes_no")
            )
        )
    if found:
        raise InputError(found)
    limits = Limits(gap, Deadline.within(time_limit))
    goals = _goals(
        graph, objective or ("cardinality then weight" if minimize else "weight")
    )
    if graph.consumption is not None:
        return _consuming(graph, goals, minimize, engine, int(seed), limits, progress)
    network = _network(graph, minimize)
    if graph.edge_minimum is None:
        return matching_of(
            graph,
            goals,
            solve_network(network, goals, engine, limits, progress),
            minimize,
        )
    split = split_minimums(network, graph.edge_minimum)
    solution = solve_network(
        split.network, split.goals(goals), engine, limits, progress
    )
    return matching_of(graph, goals, split.joined(solution), minimize)


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
    search = (
        DEFAULT_MIP
        if isinstance(engine, str) and engine == "auto"
        else engine_of(engine)
    )
    if not isinstance(search, MipEngine):
        name = chosen_engine(engine).name  # an unknown one is refused as ever
        fact = Message.of("matching.consuming", engine=repr(name))
        do = Message.of("matching.consuming.do", names=("auto", *MIP_ENGINES))
        raise InputError([Complaint("engine", fact, do)])
    began = time.monotonic()

    def tell(goal: int, pairs: int) -> None:
        if progress is not None:
            progress(
                Progress("match", goal, pairs, None, None, time.monotonic() - began)
            )

    answer = solve_consumption(graph, goals, minimize, limits, tell, search, seed)
    return matching_of(
        graph, goals, answer.solution, minimize, answer.right_price, answer.proof
    )


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
    return [Complaint("seed", Message("option.seed"), Message("option.seed.do"))]


def _limit(name: str) -> Complaint:
    return Complaint(name, Message(f"limit.{name}"), Message(f"limit.{name}.do"))


def solve_network(
    network: Network,
    goals: Goals,
    engine: EngineChoice,
    limits: Limits = NO_LIMITS,
    progress: Listener | None = None,
    start: StartPrices | None = None,
) -> Solution:
    """The best circulation of a network by the engine named, checked before it is given out; ``start`` as in
    ``price_and_prove``.

    Raises InputError for an unknown engine and EngineError where a proof does not hold.
    """
    selected = chosen_engine(engine)
    exact = selected.exact
    solution = (
        price_and_prove(network, goals, selected, limits, progress, start)
        if exact
        else best_effort(network, goals, selected)
    )
    broken = check_solution(network, goals, solution)
    if broken:
        raise EngineError(Message.of("defect.plan", reason=broken))
    return solution


def _goals(graph: BipartiteGraph, objective: MatchObjective) -> Goals:
    names = (
        ["minimum"]
        if graph.left_minimum.any()
        or graph.right_minimum.any()
        or graph.edge_minimum is not None
        else []
    )
    has_minimum = bool(names)
    if objective != "weight":
        names.append("cardinality")
    if objective != "cardinality":
        names.append("weight")
    goal = np.arange(len(names))
    # Every unit counts as one of all; up to its minimum besides, on either side.
    every = (objective != "weight") * (goal == has_minimum).astype(np.int64)
    least = has_minimum * (goal == 0).astype(np.int64)
    lefts, rights = graph.left_minimum, graph.right_minimum
    return Goals(
        tuple(names),
        objective != "cardinality",
        Steps(np.arange(len(lefts), dtype=np.int32), lefts, _rows(least, lefts)),
        Steps.minimum_and_rest(
            rights, graph.right_capacity - rights,
            _rows(least + every, rights), _rows(every, rights),
        ),
        Steps.none(len(names)),
        Steps.none(len(names)),
    )  # fmt: skip


def _rows(gain: Int64, nodes: Int64) -> Int64:
    """The same gains for every node: int64 (nodes, goals)."""
    return np.tile(gain, (len(nodes), 1))


def _network(graph: BipartiteGraph, minimize: bool) -> Network:
    pairs: Candidates = Negated(graph.pairs) if minimize else graph.pairs
    lefts, rights = len(graph.left_capacity), len(graph.right_capacity)
    return Network(
        pairs,
        graph.left_capacity,
        graph.right_capacity,
        CapTree.none(lefts),
        CapTree.none(rights),
    )
