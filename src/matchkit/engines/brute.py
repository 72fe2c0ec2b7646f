"""The brute engine: enumeration of all flows, the tests' oracle for a handful of pairs."""

from __future__ import annotations

from math import prod

import numpy as np

from matchkit.arrays import Int64
from matchkit.engines.problem import FlowProblem
from matchkit.errors import EngineError
from matchkit.messages.message import Message

MOST_FLOWS = 2_000_000


class BruteEngine:
    """Enumerates quantities of pairs; the links follow, best gain first, as parallel links of a node gain
    less and less.
    """

    name = "brute"
    exact = True

    def suits(self, problem: FlowProblem) -> bool:
        """Where nothing is fixed beforehand and there are few flows."""
        flows = prod(
            (problem.pairs.capacity + 1.0).tolist()
        )  # of Python floats: too many are infinite without a warning
        return not problem.supply.any() and flows <= MOST_FLOWS

    def solve(self, problem: FlowProblem) -> tuple[Int64, Int64]:
        """The best flow. Raises EngineError where there are too many to try."""
        if not self.suits(problem):
            raise EngineError(Message.of("engine.brute_many", most=MOST_FLOWS))
        best: tuple[int, list[int], list[int]] | None = None
        pairs = problem.pairs
        capacity, tail, head, gain = (
            getattr(pairs, name).tolist()
            for name in ("capacity", "tail", "head", "gain")
        )
        quantity = [0] * len(pairs)
        while True:
            net = [0] * problem.node_count
            for units, i, j in zip(quantity, tail, head, strict=True):
                net[i] += units
                net[j] -= units
            found = self._links(problem, net)
            if found is not None:
                value = found[0] + sum(
                    units * worth for units, worth in zip(quantity, gain, strict=True)
                )
                if best is None or value > best[0]:
                    best = value, quantity.copy(), found[1]
            place = 0
            while place < len(quantity) and quantity[place] == capacity[place]:
                quantity[place] = 0
                place += 1
            if place == len(quantity):
                break
            quantity[place] += 1
        if best is None:
            raise EngineError(Message("engine.brute_none"))
        return np.array(best[1], np.int64), np.array(best[2], np.int64)

    @staticmethod
    def _links(problem: FlowProblem, net: list[int]) -> tuple[int, list[int]] | None:
        """The flow on the links that balances every node but the root, and its gain; None if there is no
        room.
        """
        links = problem.links
        tail, head, capacity, gain = (
            getattr(links, name).tolist()
            for name in ("tail", "head", "capacity", "gain")
        )
        root = problem.left_count + problem.right_count
        used, value, net = [0] * len(links), 0, net.copy()
        # Leaves before hubs and children before parents: a hub's number is greater than its parent's.
        for node in [*range(root), *range(problem.node_count - 1, root, -1)]:
            into = [
                a
                for a in range(len(links))
                if head[a] == node and (node < root or root <= tail[a] < node)
            ]
            out = [
                a
                for a in range(len(links))
                if tail[a] == node and (node < root or root <= head[a] < node)
            ]
            need = net[node]  # positive: units must come in
            for arc in sorted(into if need > 0 else out, key=lambda a: -gain[a]):
                units = min(abs(need), capacity[arc])
                used[arc] += units
                value += units * gain[arc]
                net[tail[arc]] += units
                net[head[arc]] -= units
                need -= units if need > 0 else -units
            if need:
                return None
        return value, used


ENGINES = (BruteEngine(),)
