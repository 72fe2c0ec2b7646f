"""Matching: what match() returns, in the caller's own ids and units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import fsum
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Int32, Int64, sums_by
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.candidates import Candidates, PairList
from matchkit.graph.matched import Ids, frame_of, matrix_of, networkx_of
from matchkit.graph.network import Goals
from matchkit.graph.node_ids import NodeIds
from matchkit.messages.message import text_of
from matchkit.messages.view import View
from matchkit.solvers.floors.priced import FloorPrices
from matchkit.solvers.floors.solve import FloorSolution
from matchkit.solvers.flow.solution import Solution, Stopped, stated_bounds
from matchkit.solvers.stable.chosen import ChoiceProof, KeptRule

Number = int | float
SIGNED = ("worst score", "weight")
"""Goals that ``minimize`` turns round."""


@dataclass(frozen=True, slots=True)
class MatchedPairs:
    """The chosen pairs, sorted: node ids (or numbers) of either side, and the units each carries (int64)."""

    left: npt.NDArray[Any]
    right: npt.NDArray[Any]
    quantity: Int64

    def __len__(self) -> int:
        """Number of chosen pairs."""
        return len(self.quantity)

    def __repr__(self) -> str:
        return f"MatchedPairs(<{len(self)}>)"


class MatchedGoal(NamedTuple):
    """A goal of a matching: what is reached and what none can exceed (None: not proven), as whole numbers."""

    name: str
    value: int
    bound: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Floors:
    """The proof of a greatest worst score and of the best sum there, in whole numbers: weights as whole steps
    of the precision (for ``minimize`` turned round).

    ``group``, int32 (rights,), is the group of every right node (its own number where none were given), and
    ``score``, int64 (groups,), the sum of weights that each has. ``worst`` are prices that bound the least
    score, ``total`` prices that bound the sum of weights where every group has the least score or more; None
    where prices prove nothing. docs/mathematics.md (Floors) has the theorem, and how to check them.
    """

    group: Int32
    score: Int64
    worst: FloorPrices | None
    total: FloorPrices | None

    def __repr__(self) -> str:
        return f"Floors(groups=<{len(self.score)}>)"


@dataclass(frozen=True, slots=True, eq=False)
class Matching:
    """A matching with its proof.

    ``pairs``: the chosen pairs. ``flow``: units on every pair in the order given (int64), None for a dense
    matrix. ``value``: the weight of the matching (units for the objective "cardinality"); ``bound``: what no
    matching with equally good earlier goals can exceed (for ``minimize``: fall below), None without proof,
    and where an early stop leaves an earlier goal open. Float weights are compared in whole steps of the
    precision: "optimal" means that there is no better matching in steps, and ``bound`` and ``gap`` include
    what rounding may hide. ``goals``: every goal in order, as a MatchedGoal; of ``coverage`` and ``loads``
    the numbers are sums of points of units, the greater the fairer (docs/mathematics.md, Fair shares).
    ``left_price`` and ``right_price``: one price a node, or with several goals one row a node and one column
    a goal; no pair with room is worth more than its two prices (for ``minimize``: less). ``left_group_price``
    and ``right_group_price``: the same of groups that ``match`` was given, else None. With consumption
    there are no left prices, and ``right_price`` (float64, one a right node) is what a unit there pays in the
    relaxation of the last goal, in which each left node then fills its capacity as gains it most; None where
    the last goal was not reached. ``proof`` says what the bound rests on: "prices", or (with consumption)
    also a "search" by the engine CP-SAT; None without a bound. ``left_shortfall``, ``right_shortfall``: how
    far below its minimum each node stays (int64); ``edge_shortfall``: the same of every pair in the order
    given, None where no pair has a minimum. A pair below its minimum also counts 1 in the goal ``minimum``
    beside its weight where it is compared with its two prices. ``floors`` has the prices of the rule "worst
    score", None for all others: ``left_price`` and ``right_price`` (float64) are then those of a unit beside
    priced floors, with a column for every goal but the worst score. ``left_ids``, ``right_ids``: the nodes in
    the order of prices and shortfalls, numbers from 0 where the graph has no ids. ``engine``, ``rounds`` and
    ``engine_pairs`` say what solved it, how often prices were made, and how many pairs the engine saw;
    ``status``, ``gap`` (relative) and ``stopped`` are as in the outcome of a plan.

    With ``preferences`` there are no prices, ``status`` is "optimal" where the rule is kept and every goal
    proven, and ``bound`` is None where no objective was named. ``rule`` says what is kept: stability of a
    kind ("weak", "strong", "super"), or "dictatorship", "immediate", "trading"; else None. ``blocking``: the
    pairs that block, with the units that they could carry, empty where the matching is stable, None where
    stability is not the rule; ``blocking_couples``: of couples that block, both members and where they would
    go. ``proof`` then is "scan" (of all pairs for blocking ones), "replay" (what the rule decided, decided
    again) or "search" (an engine's, and a scan); the goal ``blocking`` counts pairs that block, as few as can
    be.
    """

    pairs: MatchedPairs
    flow: Int64 | None
    value: Number
    bound: Number | None
    gap: float | None
    status: Literal["optimal", "feasible"]
    stopped: Stopped
    goals: tuple[MatchedGoal, ...]
    left_price: npt.NDArray[Any] | None
    right_price: npt.NDArray[Any] | None
    left_shortfall: Int64
    right_shortfall: Int64
    engine: str
    rounds: int
    engine_pairs: int
    proof: Literal["prices"] | ChoiceProof | None
    edge_shortfall: Int64 | None = None
    left_ids: Ids = ()
    right_ids: Ids = ()
    left_group_price: npt.NDArray[Any] | None = None
    right_group_price: npt.NDArray[Any] | None = None
    rule: KeptRule | None = None
    blocking: MatchedPairs | None = None
    blocking_couples: tuple[tuple[Any, Any, Any, Any], ...] = ()
    floors: Floors | None = None

    def to_frame(self, like: Any = None) -> Any:
        """The chosen pairs as a data frame with columns ``left``, ``right`` and ``quantity``: of pandas, or
        of the kind of ``like``, a pandas, polars or Arrow frame.

        Needs the extra ``frames``; raises InputError where a package is missing or ``like`` is no frame.
        """
        return frame_of(self.pairs.left, self.pairs.right, self.pairs.quantity, like)

    def to_networkx(self) -> Any:
        """The matching as an undirected networkx graph: all nodes, ``("left", id)`` and ``("right", id)``
        with ``bipartite`` 0 and 1 as in ``BipartiteGraph.to_networkx``, and an edge with its ``quantity`` for
        every chosen pair.
        """
        return networkx_of(
            self._sides, self.pairs.left, self.pairs.right, self.pairs.quantity
        )

    def to_scipy(self) -> Any:
        """The matching as a sparse array of scipy: int64 (left nodes, right nodes) in the order of
        ``left_ids`` and ``right_ids``, each entry the units of a chosen pair. Raises InputError where scipy
        is missing.
        """
        return matrix_of(
            self._sides, self.pairs.left, self.pairs.right, self.pairs.quantity
        )

    @property
    def _sides(self) -> tuple[Ids, Ids]:
        return self.left_ids, self.right_ids

    def __repr__(self) -> str:
        good = f"status={self.status!r}, value={self.value}, bound={self.bound}"
        return f"Matching({good}, pairs=<{len(self.pairs)}>)"

    def _repr_html_(self) -> str:
        """What a notebook shows: how many pairs there are, and every goal with its bound."""
        text = text_of(
            "view.matching.text",
            pairs=len(self.pairs),
            units=int(self.pairs.quantity.sum()),
        )
        title = text_of("view.matching", status=text_of(f"view.status.{self.status}"))
        head = text_of("view.goal"), text_of("view.value"), text_of("view.bound")
        rows = (
            (
                one.name,
                one.value,
                text_of("view.open") if one.bound is None else one.bound,
            )
            for one in self.goals
        )
        return View(title, (text,), head, tuple(rows)).html()


def matched_goals(
    names: Iterable[str],
    value: Iterable[int],
    bound: Iterable[int | None],
    turn: Iterable[int],
) -> tuple[MatchedGoal, ...]:
    """Goals with what is reached and its bound, each turned round where ``turn`` is -1."""
    return tuple(
        MatchedGoal(name, sign * reached, None if most is None else sign * most)
        for name, reached, most, sign in zip(names, value, bound, turn, strict=True)
    )


def ids_of(graph: BipartiteGraph) -> tuple[Ids, Ids]:
    """The ids of both sides, numbers from 0 where nodes have none."""
    left, right = graph.left_ids, graph.right_ids
    return (
        range(len(graph.left_capacity)) if left is None else left,
        range(len(graph.right_capacity)) if right is None else right,
    )


def matching_of(
    graph: BipartiteGraph,
    goals: Goals,
    solution: Solution,
    minimize: bool,
    right_price: npt.NDArray[np.float64] | None = None,
    proof: Literal["prices", "search"] = "prices",
) -> Matching:
    """The solution of a graph's network in the terms of the graph; ``right_price``, float64 (rights,), and
    ``proof`` where its prices are others.
    """
    sign, step = (-1 if minimize else 1), graph.scale.precision
    names = goals.names
    turn = np.array([sign if name in SIGNED else 1 for name in names], np.int64)
    chosen, units = solution.pairs, solution.quantity
    # The value is that of the weight, or else of the units.
    main = -1 if goals.weight else goals.names.index("cardinality")
    value: Number = int(turn[main]) * solution.value[main]
    bounds, gap = stated_bounds(solution.value, solution.bound)
    proved = bounds[main]
    whole = None if proved is None else int(turn[main]) * proved
    bound: Number | None = whole
    if step is not None and goals.weight:
        value, bound = _in_given_units(graph, solution, whole, sign, step)
        if gap == 0 and bound is not None:
            gap = abs(bound - value) / max(1.0, abs(bound))
    scale = step if goals.weight else None
    prices = [
        None if price is None else _price(price * turn, scale)
        for price in (
            solution.left_price,
            solution.right_price,
            solution.left_cap_price,
            solution.right_cap_price,
        )
    ]
    groups = [
        None if price is None or not len(price) else price for price in prices[2:]
    ]
    if right_price is not None:
        prices[1] = right_price * turn[-1] * (1 if scale is None else scale)
    left, right = (
        named_nodes(ids, nodes)
        for ids, nodes in (
            (graph.left_ids, chosen.left),
            (graph.right_ids, chosen.right),
        )
    )
    order = np.lexsort((chosen.right, chosen.left))
    flow = _flow(graph, chosen.keys(len(graph.right_capacity)), units)
    return Matching(
        MatchedPairs(left[order], right[order], units[order]),
        flow,
        value,
        bound,
        gap,
        "optimal" if solution.optimal else "feasible",
        solution.stopped,
        matched_goals(goals.names, solution.value, bounds, turn.tolist()),
        prices[0],
        prices[1],
        _short(graph.left_minimum, chosen.left, units),
        _short(graph.right_minimum, chosen.right, units),
        solution.engine,
        solution.rounds,
        solution.engine_pairs,
        None if solution.bound is None else proof,
        None
        if flow is None or graph.edge_minimum is None
        else np.maximum(_as_given(graph.pairs, graph.edge_minimum) - flow, 0),
        *ids_of(graph),
        left_group_price=groups[0],
        right_group_price=groups[1],
    )


def floored_matching(
    graph: BipartiteGraph,
    goals: Goals,
    answer: FloorSolution,
    group: Int32,
    minimize: bool,
) -> Matching:
    """The solution of a problem with floors, whose flow has these goals, in the terms of the graph;
    ``group``, int32 (rights,), is the group of every right node.
    """
    solution, total, sign = answer.solution, answer.total, -1 if minimize else 1
    names = (*goals.names[:-1], "worst score", "weight")[: len(solution.value)]
    stated = replace(goals, names=names, weight=names[-1] == "weight")
    proof = answer.proof or "prices"
    found = matching_of(graph, stated, solution, minimize, proof=proof)
    bounds = zip(found.goals, answer.bound, names, strict=True)
    told = tuple(
        one._replace(bound=most if most is None or name not in SIGNED else sign * most)
        for one, most, name in bounds
    )
    score = np.zeros(int(group.max(initial=-1)) + 1, np.int64)
    worth = solution.pairs.weight * solution.quantity
    np.add.at(score, group[solution.pairs.right], worth)
    floors = Floors(group, score, answer.worst, total)
    main = -1 if stated.weight else names.index("cardinality")
    bound: Number | None = told[main].bound
    value, gap, step = found.value, found.gap, graph.scale.precision
    if bound is not None and step is not None and stated.weight:
        value, bound = _in_given_units(graph, solution, int(bound), sign, step)
    if bound is not None and all(one.value == one.bound for one in told[:main]):
        gap = abs(bound - value) / max(1, abs(bound))
    prices: list[npt.NDArray[np.float64] | None] = [None, None]
    if total is not None:
        prices = [
            total.left_price.astype(np.float64),
            total.right_price.astype(np.float64),
        ]
        for price in prices:
            if price is not None:
                price[:, -1] *= sign * (1 if step is None else step) / total.scale
    return replace(
        found,
        goals=told,
        value=value,
        bound=bound,
        gap=gap,
        floors=floors,
        left_price=prices[0],
        right_price=prices[1],
        proof=answer.proof,
    )


def named_nodes(ids: NodeIds, nodes: npt.NDArray[np.int32]) -> npt.NDArray[Any]:
    """Nodes (int32 (n,)) by their ids, in an array of objects, or by number (int64) where there are none."""
    if ids is None:
        return nodes.astype(np.int64)
    names = np.empty(len(nodes), object)
    names[:] = [ids[node] for node in nodes.tolist()]
    return names


def _short(minimum: Int64, nodes: npt.NDArray[np.int32], units: Int64) -> Int64:
    carried = sums_by(nodes, units, len(minimum))
    short: Int64 = np.maximum(minimum - carried, 0)
    return short


def _price(price: Int64, step: float | None) -> npt.NDArray[Any]:
    if step is not None:
        scaled = price.astype(np.float64)
        scaled[:, -1] *= step
        return scaled[:, 0] if price.shape[1] == 1 else scaled
    return price[:, 0] if price.shape[1] == 1 else price


def _flow(graph: BipartiteGraph, keys: Int64, units: Int64) -> Int64 | None:
    pairs = graph.pairs
    if not isinstance(pairs, PairList):
        return None
    flow = np.zeros(len(pairs.right), np.int64)
    flow[_positions(pairs, keys)] = units
    return _as_given(pairs, flow)


def _as_given(pairs: Candidates, amounts: Int64) -> Int64:
    """Amounts of a sorted list of pairs in the order in which its pairs were given."""
    if not isinstance(pairs, PairList) or pairs.order is None:
        return amounts
    found = np.empty_like(amounts)
    found[pairs.order] = amounts
    return found


def _given(graph: BipartiteGraph, solution: Solution) -> npt.NDArray[np.floating]:
    """The float weight of every chosen pair, as it was given."""
    given, pairs = graph.scale.given, graph.pairs
    if given is None:
        return solution.pairs.weight.astype(np.float64)
    if isinstance(pairs, PairList):
        return given[_positions(pairs, solution.pairs.keys(pairs.right_count))]
    return given[solution.pairs.left, solution.pairs.right]


def _positions(pairs: PairList, keys: Int64) -> Int64:
    """Where pairs stand in a sorted list."""
    rows = np.repeat(np.arange(pairs.left_count, dtype=np.int64), np.diff(pairs.first))
    found: Int64 = np.searchsorted(rows * pairs.right_count + pairs.right, keys)
    return found


def _in_given_units(
    graph: BipartiteGraph, solution: Solution, bound: int | None, sign: int, step: float
) -> tuple[float, float | None]:
    """Value and bound in the units of the float weights: whole steps times precision, and the rounding that
    may lie between.
    """
    if (
        not graph.scale.error
    ):  # nothing was rounded: both are whole steps, and equal where the steps are
        exact = Fraction(step)
        return float(
            sign * solution.value[-1] * exact
        ), None if bound is None else float(bound * exact)
    value = fsum((_given(graph, solution) * solution.quantity).tolist())
    if bound is None:
        return value, None
    most = sum(graph.right_capacity.tolist())  # may exceed 64 bits
    if graph.consumption is None:
        most = min(most, sum(graph.left_capacity.tolist()))
    return value, bound * step + sign * graph.scale.error * most
