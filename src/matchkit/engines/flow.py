"""The flow engine: OR-Tools' min-cost flow by cost scaling (Goldberg and Tarjan 1990)."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64
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
        solver.set_nodes_supplies(np.arange(problem.node_count, dtype=np.int32), problem.supply)
        status = solver.solve()
        if status != solver.OPTIMAL:  # flows may only be read then: otherwise the process dies
            raise EngineError(
                Message.of("engine.flow_ended", status=status.name, pairs=len(problem.pairs))
            )
        flows = solver.flows(np.arange(len(problem.pairs) + len(problem.links), dtype=np.int32))
        return flows[: len(problem.pairs)], flows[len(problem.pairs) :]


ENGINES = (MinCostFlow(),)
