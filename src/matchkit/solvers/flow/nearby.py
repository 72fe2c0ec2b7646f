"""The flow on a few more pairs, from the one that was the best before them: only arcs that its prices leave
open are solved again.

An optimum differs from another of a similar network by few cycles, and a cycle gains at most what its new
arcs have beyond their prices (reduced costs: Ahuja, Magnanti and Orlin 1993, section 2.4). So arcs that lie
far from their prices keep what they carry, and the others cost what they lie from them: fewer arcs, and small
numbers. It is a guess: how far is far enough is not known beforehand, so prices must confirm it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.engines.problem import FlowArcs, FlowEngine, FlowProblem
from matchkit.solvers.flow.prices import positive
from matchkit.solvers.flow.residual import Flow
from matchkit.solvers.flow.round_goals import RoundGoals
from matchkit.solvers.flow.stages import solve_apart
from matchkit.solvers.flow.subnetwork import Pairs

FAR = 8
"""Arcs lie far from their prices where it is more than so many times what the best new pair has beyond its
own.
"""


@dataclass(frozen=True, slots=True)
class FlowBefore:
    """A best flow of fewer pairs, with the prices that show it.

    Attributes:
        keys: of its pairs that carry anything, ascending, int64 (pairs,).
        units: what they carry, int64 (pairs,).
        links: units on the links, int64 (links,).
        potential: longest paths from the root, goal by goal, int64 (nodes, goals); None: not known.
        alive: which nodes any path leads to, bool (nodes,).
    """

    keys: Int64
    units: Int64
    links: Int64
    potential: Int64 | None
    alive: Mask

    def for_others(self) -> FlowBefore:
        """The flow without its prices, for other goals."""
        return replace(self, potential=None)

    def on(self, pairs: Pairs, right_count: int) -> Flow:
        """The same flow on pairs among which its own are."""
        flow = np.zeros(len(pairs), np.int64)
        flow[np.searchsorted(pairs.keys(right_count), self.keys)] = self.units
        return Flow(flow, self.links.copy())


def nearby_flow(
    pairs: Pairs, wanted: RoundGoals, before: FlowBefore, engine: FlowEngine
) -> Flow | None:
    """What is probably the best flow of these pairs; None where it is not looked for from here."""
    links, potential, alive = wanted.links, before.potential, before.alive
    flow = before.on(pairs, links.right_count)
    if potential is None:
        return flow
    right = pairs.right + np.int32(links.left_count)
    of_pairs = potential[pairs.left] - potential[right]
    if wanted.goals.weight:
        of_pairs[:, -1] += pairs.weight
    new = positive(of_pairs) & (flow.pairs < pairs.capacity)
    new &= alive[pairs.left] & alive[right]
    if not new.any():
        return flow
    first = int((of_pairs[new] != 0).argmax(1).min())
    # Where the first of several goals is open, so is nearly every arc.
    all_open = not first and len(wanted.goals.names) > 1
    word = None if all_open else wanted.word_from(first)
    if word is None:
        return None
    of_links = links.gain + potential[links.tail] - potential[links.head]
    far = FAR * int(word.joined(of_pairs[new]).max())
    supply = np.zeros(links.node_count, np.int64)
    free, parts = list[Mask](), list[FlowArcs]()
    for tail, head, capacity, reduced, units in (
        (pairs.left, right, pairs.capacity, of_pairs, flow.pairs),
        (links.tail, links.head, links.capacity, of_links, flow.links),
    ):
        near = alive[tail] & alive[head] & ~reduced[:, :first].any(1)
        gain = word.joined(reduced)
        near &= np.abs(gain) <= far
        free.append(near)
        np.add.at(supply, tail[near], units[near])
        np.subtract.at(supply, head[near], units[near])
        parts.append(FlowArcs(tail[near], head[near], capacity[near], gain[near]))
    problem = FlowProblem(
        links.left_count, links.right_count, links.hub_count, parts[0], parts[1], supply
    )
    if problem.refusal() is not None:
        return None
    flow.pairs[free[0]], flow.links[free[1]] = solve_apart(problem, engine)
    return flow
