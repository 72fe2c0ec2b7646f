"""The greedy engine: pairs by descending gain while capacity lasts; no proof."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int32, Int64, most_by
from matchkit.engines.problem import FlowProblem
from matchkit.errors import EngineError
from matchkit.messages.message import Message


class GreedyEngine:
    """Takes pairs by gain (with what their slots gain), never takes one back. For comparison and as a last
    resort.
    """

    name = "greedy"
    exact = False

    def suits(self, problem: FlowProblem) -> bool:
        """Where nothing is fixed beforehand."""
        return not problem.supply.any()

    def solve(self, problem: FlowProblem) -> tuple[Int64, Int64]:
        """A flow that keeps every capacity. Raises EngineError for a problem with supplies."""
        if not self.suits(problem):
            raise EngineError(Message("engine.greedy_fixed"))
        pairs, links = problem.pairs, problem.links
        root = problem.left_count + problem.right_count
        inward: dict[int, list[int]] = {}
        outward: dict[int, list[int]] = {}
        for arc in np.argsort(-links.gain, kind="stable").tolist():
            tail, head = int(links.tail[arc]), int(links.head[arc])
            from_left_side = (
                head < problem.left_count or head > tail >= root
            )  # away from the root: to a cap of the left tree
            (
                inward.setdefault(head, [])
                if from_left_side
                else outward.setdefault(tail, [])
            ).append(arc)
        left_room, link_flow = links.capacity.copy(), np.zeros(len(links), np.int64)
        pair_flow = np.zeros(len(pairs), np.int64)
        best_slot = most_by(links.tail, links.gain, root + problem.hub_count)
        order = np.lexsort(
            (np.arange(len(pairs)), -(pairs.gain + best_slot[pairs.head]))
        )
        for pair in order.tolist():
            gain, room = int(pairs.gain[pair]), int(pairs.capacity[pair])
            while room:
                path = self._way(
                    int(pairs.tail[pair]), inward, links.tail, left_room, root
                )
                way_out = self._way(
                    int(pairs.head[pair]), outward, links.head, left_room, root
                )
                if path is None or way_out is None:
                    break
                arcs = [*path, *way_out]
                if gain + int(links.gain[arcs].sum()) <= 0:
                    break
                units = min(room, int(left_room[arcs].min()))
                left_room[arcs] -= units
                link_flow[arcs] += units
                pair_flow[pair] += units
                room -= units
        return pair_flow, link_flow

    @staticmethod
    def _way(
        node: int,
        arcs_at: dict[int, list[int]],
        other_end: Int32,
        room: Int64,
        root: int,
    ) -> list[int] | None:
        way: list[int] = []
        while node != root:
            arc = next((arc for arc in arcs_at.get(node, ()) if room[arc]), None)
            if arc is None:
                return None
            way.append(arc)
            node = int(other_end[arc])
        return way


ENGINES = (GreedyEngine(),)
