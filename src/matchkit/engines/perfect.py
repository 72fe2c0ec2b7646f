"""Linear assignment where everybody can be matched: OR-Tools' cost scaling without the doubling of the lap
engine.

Between sides of equal size a perfect matching is often both possible and best, and then this is several times
faster than a flow. Whether it was best is for the exact prices to say; where no perfect matching exists the
engine says so.
"""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64
from matchkit.engines.problem import FlowProblem
from matchkit.errors import EngineError
from matchkit.messages.message import Message


class NotPerfectError(EngineError):
    """No perfect matching was found among the pairs."""


class PerfectMatchingEngine:
    """The best perfect matching; a guess at the best flow, to be confirmed by prices."""

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
        return (
            64 * _span(pairs.gain) * count * count < 2**60
        )  # OR-Tools reports POSSIBLE_OVERFLOW from about 2**62

    def solve(self, problem: FlowProblem) -> tuple[Int64, Int64]:
        """The flow on the pairs and on the links. Raises NotPerfectError where somebody would stay alone."""
        from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

        pairs, count = problem.pairs, problem.left_count
        if len(np.unique(pairs.tail)) < count or len(np.unique(pairs.head)) < count:
            raise NotPerfectError(Message("engine.no_pair"))
        nodes = np.arange(count, dtype=np.int32)
        right = pairs.head - np.int32(count)
        dear = 32 * _span(pairs.gain) - int(pairs.gain.min(initial=0))
        solver = SimpleLinearSumAssignment()
        solver.add_arcs_with_cost(pairs.tail, right, -pairs.gain)
        # One dear arc a node makes a perfect matching possible: without any, OR-Tools may search for very
        # long.
        solver.add_arcs_with_cost(nodes, nodes, np.full(count, dear, np.int64))
        if (
            solver.solve() != solver.OPTIMAL
        ):  # mates may only be read then: otherwise the process dies
            raise NotPerfectError(Message("engine.not_perfect"))
        mate = np.array([solver.right_mate(node) for node in range(count)], np.int64)
        chosen = np.flatnonzero(mate[pairs.tail] == right)
        if len(chosen) < count:
            raise NotPerfectError(Message("engine.pairs_missing"))
        flow = np.zeros(len(pairs), np.int64)
        flow[chosen] = 1
        return flow, np.ones(2 * count, np.int64)


def _span(gain: Int64) -> int:
    return int(gain.max(initial=0)) - int(gain.min(initial=0)) + 1
