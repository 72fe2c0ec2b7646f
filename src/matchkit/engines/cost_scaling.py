"""OR-Tools' cost scaling: the flow engine for min-cost flows (Goldberg and Tarjan 1990), and for linear
assignment (Goldberg and Kennedy 1995) the lap engine for partial matchings and one for perfect ones only.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from matchkit.arrays import Int32, Int64
from matchkit.engines.problem import FlowProblem
from matchkit.errors import EngineError
from matchkit.messages.message import Message


class MinCostFlow:
    """Exact for every flow problem whose numbers are not refused."""

    name = "flow"
    exact = True

    def suits(self, problem: FlowProblem) -> bool:
        """Wherever the numbers are small enough."""
        return problem.refusal() is None

    def solve(self, problem: FlowProblem) -> tuple[Int64, Int64]:
        """The flow on the pairs and on the links. Raises EngineError where OR-Tools does not report an
        optimum.
        """
        from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

        solver = SimpleMinCostFlow()
        for arcs in (problem.pairs, problem.links):
            solver.add_arcs_with_capacity_and_unit_cost(
                arcs.tail, arcs.head, arcs.capacity, -arcs.gain
            )
        solver.set_nodes_supplies(
            np.arange(problem.node_count, dtype=np.int32), problem.supply
        )
        status = solver.solve()
        if (
            status != solver.OPTIMAL
        ):  # flows may only be read then: otherwise the process dies
            raise EngineError(
                Message.of(
                    "engine.flow_ended", status=status.name, pairs=len(problem.pairs)
                )
            )
        flows = solver.flows(
            np.arange(len(problem.pairs) + len(problem.links), dtype=np.int32)
        )
        return flows[: len(problem.pairs)], flows[len(problem.pairs) :]


class LapEngine:
    """Exact where every capacity is 1 and there are no caps over several nodes.

    Partial matchings become perfect ones on twice the graph: every pair has a mirror image of gain 0, and
    every node an arc to its own image, taken where the node stays alone.
    """

    name = "lap"
    exact = True

    def suits(self, problem: FlowProblem) -> bool:
        """Every node and pair of capacity 1, one link a node, no nested caps, nothing fixed, gains small
        enough.
        """
        links, pairs = problem.links, problem.pairs
        nodes = problem.left_count + problem.right_count
        if problem.hub_count > 1 or problem.supply.any() or len(links) > nodes:
            return False
        if (links.capacity != 1).any() or (pairs.capacity != 1).any():
            return False
        ends = np.concatenate(
            [links.tail[links.tail < nodes], links.head[links.head < nodes]]
        )
        if len(np.unique(ends)) < len(ends):
            return False
        reach = (
            sum(int(np.abs(arcs.gain).max(initial=0)) for arcs in (links, pairs)) + 1
        )
        # OR-Tools reports POSSIBLE_OVERFLOW from about 2**62; so below.
        return reach * nodes * nodes < 2**60

    def solve(self, problem: FlowProblem) -> tuple[Int64, Int64]:
        """The flow on the pairs and on the links. Raises EngineError where OR-Tools does not report an
        optimum.
        """
        if not self.suits(problem):
            raise EngineError(Message("engine.lap_refused"))
        left, right = problem.left_count, problem.right_count
        nodes = left + right
        slot = np.zeros(nodes, np.int64)
        usable = np.zeros(nodes, np.bool_)
        for ends in (problem.links.tail, problem.links.head):
            inner = ends < nodes
            slot[ends[inner]] = problem.links.gain[inner]
            usable[ends[inner]] = True
        pairs = problem.pairs
        open_ = np.flatnonzero(usable[pairs.tail] & usable[pairs.head])
        i, j = pairs.tail[open_], pairs.head[open_] - left
        gain = pairs.gain[open_] + slot[pairs.tail[open_]] + slot[pairs.head[open_]]
        lefts, rights = (
            np.arange(left, dtype=np.int32),
            np.arange(right, dtype=np.int32),
        )
        # Rows: left nodes, then images of right nodes. Columns: right nodes, then images of left nodes.
        above, beside = np.int32(left), np.int32(right)
        arcs = (
            (i, j, -gain),
            (j + above, i + beside, np.zeros(len(i), np.int64)),
            (lefts, lefts + beside, np.zeros(left, np.int64)),
            (rights + above, rights, np.zeros(right, np.int64)),
        )
        mate, status = _mates(arcs, left)
        if mate is None:
            raise EngineError(
                Message.of("engine.lap_ended", status=status, pairs=len(open_))
            )
        chosen = open_[mate[i] == j]
        pair_flow = np.zeros(len(pairs), np.int64)
        pair_flow[chosen] = 1
        carried = np.zeros(problem.node_count, np.int64)
        carried[pairs.tail[chosen]] = carried[pairs.head[chosen]] = 1
        return pair_flow, carried[
            np.where(problem.links.tail < nodes, problem.links.tail, problem.links.head)
        ]


class NotPerfectError(EngineError):
    """No perfect matching was found among the pairs."""


class PerfectMatchingEngine:
    """The best perfect matching; a guess at the best flow, to be confirmed by prices.

    Between sides of equal size a perfect matching is often both possible and best, and without the doubling
    of the lap engine this is several times faster than a flow. Where none exists the engine says so.
    """

    name = "lap"
    exact = True

    def suits(self, problem: FlowProblem) -> bool:
        """Equal sides, every capacity 1, no caps over several nodes, nothing fixed, gains small enough."""
        count, links, pairs = problem.left_count, problem.links, problem.pairs
        if (
            count != problem.right_count
            or len(links) != 2 * count
            or problem.hub_count > 1
            or problem.supply.any()
            or not count
        ):
            return False
        if (
            (links.capacity != 1).any()
            or (pairs.capacity != 1).any()
            or len(np.unique(np.minimum(links.tail, links.head))) < 2 * count
        ):
            return False
        return 64 * _span(pairs.gain) * count * count < 2**60

    def solve(self, problem: FlowProblem) -> tuple[Int64, Int64]:
        """The flow on the pairs and on the links. Raises NotPerfectError where somebody would stay alone."""
        pairs, count = problem.pairs, problem.left_count
        if len(np.unique(pairs.tail)) < count or len(np.unique(pairs.head)) < count:
            raise NotPerfectError(Message("engine.no_pair"))
        nodes = np.arange(count, dtype=np.int32)
        right = pairs.head - np.int32(count)
        cost = 32 * _span(pairs.gain) - int(pairs.gain.min(initial=0))
        # One costly arc a node makes a perfect matching possible: without any, OR-Tools may search for very
        # long.
        spare = (nodes, nodes, np.full(count, cost, np.int64))
        mate, _ = _mates([(pairs.tail, right, -pairs.gain), spare], count)
        if mate is None:
            raise NotPerfectError(Message("engine.not_perfect"))
        chosen = np.flatnonzero(mate[pairs.tail] == right)
        if len(chosen) < count:
            raise NotPerfectError(Message("engine.pairs_missing"))
        flow = np.zeros(len(pairs), np.int64)
        flow[chosen] = 1
        return flow, np.ones(2 * count, np.int64)


def _span(gain: Int64) -> int:
    return int(gain.max(initial=0)) - int(gain.min(initial=0)) + 1


def _mates(
    arcs: Iterable[tuple[Int32, Int32, Int64]], count: int
) -> tuple[Int64 | None, str]:
    """The column that each of the first ``count`` rows is assigned at least cost, and OR-Tools' word for how
    it ended; None where it reports no optimum. ``arcs`` are rows, columns and costs.
    """
    from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

    solver = SimpleLinearSumAssignment()
    for row, column, cost in arcs:
        solver.add_arcs_with_cost(row, column, cost)
    status = solver.solve()
    if (
        status != solver.OPTIMAL
    ):  # mates may only be read then: otherwise the process dies
        return None, status.name
    return np.array(
        [solver.right_mate(row) for row in range(count)], np.int64
    ), status.name


ENGINES = (MinCostFlow(), LapEngine())
