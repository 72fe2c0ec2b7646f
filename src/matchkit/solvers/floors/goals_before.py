"""Rows of an integer program that keep what is reached in the goals before the worst score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.engines.builder import ProgramBuilder
from matchkit.graph.network import UnitSteps
from matchkit.solvers.floors.instance import FloorProblem


@dataclass(frozen=True, slots=True)
class GoalsBefore:
    """What is reached in the goals before. A goal that counts every unit alike is a sum over pairs
    (``plain``, bool (goals,)). Of any other that is reached in full, all units that count for it are there:
    ``low``, int64 (lefts,) and (rights,), are what nodes carry at least. Where one is not, ``open`` says so,
    and units are counted step by step.
    """

    reached: tuple[int, ...]
    plain: Mask
    low: tuple[Int64, Int64]
    open: bool

    @classmethod
    def of(cls, problem: FloorProblem, reached: tuple[int, ...]) -> GoalsBefore:
        """From what is reached; 0 in every goal asks for nothing."""
        goals, network = problem.goals, problem.network
        left, right = goals.left, goals.right
        plain = (right.gain[right.units > 0, :-1] == 1).all(axis=0)
        plain &= (left.gain[left.units > 0, :-1] == 0).all(axis=0)
        wanted = left.units @ left.gain + right.units @ right.gain
        full = ~plain & (np.array(reached, np.int64) == wanted[:-1])
        low = (
            _leading(left, full, len(network.left_capacity)),
            _leading(right, full, len(network.right_capacity)),
        )
        missing = bool((~plain & ~full).any()) and any(reached)
        return cls(reached, plain, low, missing)

    def steps(
        self, builder: ProgramBuilder, node: Int64, steps: UnitSteps
    ) -> tuple[Intp, Int64]:
        """New variables that say how many units of every step there are, and what they count in the goals
        that are not plain, int64 (variables, goals); none where all are reached in full. ``node``, int64
        (pairs,), is where pairs end.
        """
        gain = steps.gain[:, :-1] * ~self.plain
        some = np.flatnonzero((steps.units > 0) & gain.any(axis=1))
        if not self.open:
            some = some[:0]
        there = builder.variables(len(some), steps.units[some])
        nodes, place = np.unique(steps.node[some], return_inverse=True)
        at = np.searchsorted(nodes, node)
        inside = np.minimum(at, max(0, len(nodes) - 1))
        own = np.flatnonzero(nodes[inside] == node) if len(nodes) else at[:0]
        # No more units of steps than the node carries.
        builder.sums(
            len(nodes), (at[own], own, 1), (place.reshape(-1), there, -1), low=0
        )
        return there, gain[some]

    def rows(
        self,
        builder: ProgramBuilder,
        column: Intp,
        counted: list[tuple[Intp, Int64]],
    ) -> None:
        """A row for every goal that is counted; ``column``, intp (pairs,), are the variables of pairs."""
        there = np.concatenate([one for one, _ in counted])
        gain = np.concatenate([one for _, one in counted])
        for goal, least in enumerate(self.reached):
            if self.plain[goal]:
                builder.row(column, 1, low=least)
            elif self.open and least:
                mine = np.flatnonzero(gain[:, goal])
                builder.row(there[mine], gain[mine, goal], low=least)


def _leading(steps: UnitSteps, full: Mask, nodes: int) -> Int64:
    """The units of every node up to its last step that counts for a goal reached in full: int64 (nodes,)."""
    low, so_far = np.zeros(nodes, np.int64), np.zeros(nodes, np.int64)
    needed = (steps.gain[:, :-1][:, full] > 0).any(axis=1) & (steps.units > 0)
    order = np.argsort(steps.node, kind="stable")
    rank = np.arange(len(order)) - np.searchsorted(steps.node[order], steps.node[order])
    for place in range(int(rank.max(initial=-1)) + 1):
        mine = order[rank == place]
        node = steps.node[mine]
        so_far[node] += steps.units[mine]
        low[node] = np.where(needed[mine], so_far[node], low[node])
    return low
