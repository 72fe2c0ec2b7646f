"""A graph as a network with goals: minimums, then cardinality, then what is fair, then the weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Int32, Int64
from matchkit.errors import Complaint, InputError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.candidates import Candidates, Negated
from matchkit.graph.network import CapTree, Goals, Network, Steps
from matchkit.graph.node_ids import LARGEST_CAPACITY, array_of, whole_floats
from matchkit.messages.message import Message
from matchkit.solvers.choice import option_refused
from matchkit.solvers.flow.fairness import RULES, FairRule, even_steps, fair_steps

MatchObjective: TypeAlias = Literal["weight", "cardinality", "cardinality then weight"]
FairSide: TypeAlias = Literal["right", "left", "both"]
SIDES: tuple[FairSide, ...] = ("right", "left", "both")


@dataclass(frozen=True, slots=True)
class FairFills:
    """Which sides of a graph are to be filled fairly, by which rule, and the group of every node: int32
    (nodes,), -1: none. Where nodes stand for themselves there are no groups.
    """

    right: bool
    left: bool
    rule: FairRule
    right_group: Int32 | None
    left_group: Int32 | None

    @classmethod
    def of(
        cls,
        graph: BipartiteGraph,
        objective: MatchObjective,
        fair: FairSide | None,
        rule: FairRule,
        right_group: npt.ArrayLike | None,
        left_group: npt.ArrayLike | None,
    ) -> FairFills:
        """As ``match`` is asked. Raises InputError with all that is wrong."""
        found = []
        if fair is not None and fair not in SIDES:
            found.append(option_refused("fair", fair, SIDES))
        if rule not in RULES:
            found.append(option_refused("rule", rule, RULES))
        if fair is not None and objective == "weight":
            fact = Message.of("matching.fair_weight", objective=objective)
            found.append(
                Complaint("objective", fact, Message("matching.fair_weight.do"))
            )
        for name, there in (
            ("consumption", graph.consumption is not None and fair is not None),
            ("edge_minimum", graph.edge_minimum is not None and left_group is not None),
        ):
            if there:
                fact = Message.of("matching.fair_beside", name=name)
                found.append(
                    Complaint("fair", fact, Message("matching.fair_beside.do"))
                )
        if found:
            raise InputError(found)
        return cls(
            fair in ("right", "both"),
            fair in ("left", "both"),
            rule,
            _group("right_group", right_group, len(graph.right_capacity)),
            _group("left_group", left_group, len(graph.left_capacity)),
        )


def _group(name: str, given: npt.ArrayLike | None, nodes: int) -> Int32 | None:
    """The group of every node; numbers are less than there are nodes. Raises InputError for anything else."""
    if given is None:
        return None
    group = whole_floats(name, array_of(name, given))
    if group.shape != (nodes,) or group.dtype.kind not in "iu":
        fact = Message.of(
            "matching.group_shape", shape=str(group.shape), dtype=str(group.dtype)
        )
    elif nodes and not -1 <= int(group.min()) <= int(group.max()) < nodes:
        fact = Message.of(
            "matching.group_range", least=int(group.min()), most=int(group.max())
        )
    else:
        return group.astype(np.int32)
    raise InputError(
        [Complaint(name, fact, Message.of("matching.group.do", nodes=nodes))]
    )


def network_of(
    graph: BipartiteGraph,
    objective: MatchObjective,
    fills: FairFills,
    *,
    minimize: bool,
) -> tuple[Network, Goals]:
    """The network of a graph, and its goals."""
    names = (
        ["minimum"]
        if graph.left_minimum.any()
        or graph.right_minimum.any()
        or graph.edge_minimum is not None
        else []
    )
    first, every = (0 if names else -1), -1
    if objective != "weight":
        every = len(names)
        names.append("cardinality")
    coverage, loads = len(names), len(names) + fills.right
    names += ["coverage"] * fills.right + ["loads"] * fills.left
    if objective != "cardinality":
        names.append("weight")
    number = np.arange(len(names))
    # Every unit counts as one of all; up to its minimum besides, on either side.
    least, each = ((number == goal).astype(np.int64) for goal in (first, every))
    lefts, rights = graph.left_minimum, graph.right_minimum
    left = Steps(np.arange(len(lefts), dtype=np.int32), lefts, _rows(least, lefts))
    right = Steps.minimum_and_rest(
        rights, graph.right_capacity - rights,
        _rows(least + each, rights), _rows(each, rights),
    )  # fmt: skip
    left_caps = right_caps = Steps.none(len(names))
    left_tree, right_tree = CapTree.none(len(lefts)), CapTree.none(len(rights))
    if fills.right:
        right_tree = _grouped(fills.right_group, graph.right_capacity)
        wanted = (
            graph.right_capacity if fills.right_group is None else right_tree.capacity
        )
        steps = fair_steps(wanted, fills.rule, len(names), coverage)
        if fills.right_group is None:
            right = right.also(steps)
        else:
            right_caps = steps
    able = graph.left_capacity
    if fills.left:
        # No more than there is to take: every unit is a step.
        taken = min(sum(graph.right_capacity.tolist()), LARGEST_CAPACITY)
        able = np.minimum(able, taken)
        left_tree = _grouped(fills.left_group, able, taken)
        capacity = able if fills.left_group is None else left_tree.capacity
        steps = even_steps(capacity, len(names), loads)
        if fills.left_group is None:
            left = left.also(steps)
        else:
            left_caps = steps
    pairs: Candidates = Negated(graph.pairs) if minimize else graph.pairs
    network = Network(pairs, able, graph.right_capacity, left_tree, right_tree)
    weight = objective != "cardinality"
    return network, Goals(tuple(names), weight, left, right, left_caps, right_caps)


def _grouped(
    group: Int32 | None, capacity: Int64, most: int = LARGEST_CAPACITY
) -> CapTree:
    """A cap over every group that its nodes never exceed."""
    if group is None:
        return CapTree.none(len(capacity))
    size = int(group.max(initial=-1)) + 1
    total = np.zeros(size, np.int64)
    np.add.at(total, group[group >= 0], capacity[group >= 0])
    return CapTree(group, np.full(size, -1, np.int32), np.minimum(total, most))


def _rows(gain: Int64, nodes: Int64) -> Int64:
    """The same gains for every node: int64 (nodes, goals)."""
    return np.tile(gain, (len(nodes), 1))
