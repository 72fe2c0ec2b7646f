"""What an engine is given: a circulation of greatest gain over a bipartite graph with hubs.

Nodes are numbered left nodes first, then right nodes, then hubs; hub 0 is the root, the others are nested
caps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from matchkit.arrays import Int32, Int64, Mask
from matchkit.messages.message import Message

LARGEST = 2**60
"""Gain times nodes, and sums of capacities, stay below this (OR-Tools' own limits lie at about 2**61.7)."""


@dataclass(frozen=True, slots=True)
class FlowArcs:
    """Arcs as parallel arrays: ``tail``, ``head`` int32 (arcs,), node numbers; ``capacity``, ``gain`` int64
    (arcs,), units and what each of them earns.
    """

    tail: Int32
    head: Int32
    capacity: Int64
    gain: Int64

    def __len__(self) -> int:
        """Number of arcs."""
        return len(self.tail)

    def take(self, which: Mask | Int64) -> FlowArcs:
        """These arcs, by a mask or by positions."""
        return FlowArcs(
            self.tail[which], self.head[which], self.capacity[which], self.gain[which]
        )


@dataclass(frozen=True, slots=True)
class FlowProblem:
    """Find the flow of greatest gain that leaves ``supply`` at every node (out minus in).

    ``pairs`` run from left to right nodes, ``links`` are all arcs from or to a hub. ``supply`` (int64
    (nodes,), units) sums to 0, and a flow that meets it exists: the caller knows one.
    """

    left_count: int
    right_count: int
    hub_count: int
    pairs: FlowArcs
    links: FlowArcs
    supply: Int64

    @property
    def node_count(self) -> int:
        """Left nodes, right nodes and hubs."""
        return self.left_count + self.right_count + self.hub_count

    def refusal(self) -> Message | None:
        """Why the numbers are too large for an engine to be trusted with, or None; checked before any
        engine.
        """
        for arcs in (self.pairs, self.links):
            most = (LARGEST - 1) // (self.node_count + 1)
            if len(arcs) and int(np.abs(arcs.gain).max()) > most:
                gain = int(np.abs(arcs.gain).max())
                return Message.of(
                    "engine.gain_large", gain=gain, nodes=self.node_count, most=most
                )
            if (
                len(arcs)
                and int(arcs.capacity.max()) * len(arcs) >= LARGEST
                and sum(arcs.capacity.tolist()) >= LARGEST
            ):
                total = sum(arcs.capacity.tolist())
                return Message.of(
                    "engine.capacities_large", total=total, most=LARGEST - 1
                )
        return None


@runtime_checkable
class FlowEngine(Protocol):
    """What an engine for flows offers (docs/adding_an_engine.md); its word is evidence and no proof."""

    @property
    def name(self) -> str:
        """What the outcome calls it."""
        ...

    @property
    def exact(self) -> bool:
        """Whether its flows are optimal, so that prices can prove them."""
        ...

    def suits(self, problem: FlowProblem) -> bool:
        """Whether it can solve this problem."""
        ...

    def solve(self, problem: FlowProblem) -> tuple[Int64, Int64]:
        """The units on pairs and on links: int64 (pairs,) and int64 (links,)."""
        ...
