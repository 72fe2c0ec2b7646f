"""The network that a matching is a flow in: pairs, capacities, minimums and nested caps."""

from __future__ import annotations

from dataclasses import dataclass

from matchkit.graph.candidates import Candidates, Whole
from matchkit.graph.tree import Tree


@dataclass(frozen=True, slots=True)
class Network:
    """What a matching must keep: the pairs, how much each node may and should carry, and nested caps.

    All arrays are int64, one value a node, 0 <= minimum <= capacity.
    """

    pairs: Candidates
    left_capacity: Whole
    right_capacity: Whole
    left_minimum: Whole
    right_minimum: Whole
    left_tree: Tree
    right_tree: Tree
