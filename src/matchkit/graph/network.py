"""The network that a matching is a flow in: pairs, capacities, minimums and nested caps."""

from __future__ import annotations

from dataclasses import dataclass

from matchkit.arrays import Int64
from matchkit.graph.candidates import Candidates
from matchkit.graph.tree import Tree


@dataclass(frozen=True, slots=True)
class Network:
    """What a matching must keep: the pairs, how much each node may and should carry, and nested caps.

    All arrays are int64, one value a node, 0 <= minimum <= capacity.
    """

    pairs: Candidates
    left_capacity: Int64
    right_capacity: Int64
    left_minimum: Int64
    right_minimum: Int64
    left_tree: Tree
    right_tree: Tree
