"""A graph as a network with goals: minimums, then cardinality, then what is fair, then the weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Int32, Int64, sums_by
from matchkit.errors import Complaint, InputError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.candidates import Candidates, Negated
from matchkit.graph.network import CapTree, Goals, Network, UnitSteps
from matchkit.graph.node_ids import (
    LARGEST_CAPACITY,
    NodeIds,
    array_of,
    whole_floats,
)
from matchkit.messages.message import Message
from matchkit.solvers.choice import option_refused
from matchkit.solvers.flow.fairness import RULES, FairRule, even_steps, fair_steps

WORST_SCORE = "worst score"
"""The rule, and the goal: the least sum of weights of a right node or group is as great as can be."""
MatchRule: TypeAlias = FairRule | Literal["worst score"]
MatchObjective: TypeAlias = Literal["weight", "cardinality", "cardinality then weight"]
FairSide: TypeAlias = Literal["right", "left", "both"]
LoadBy: TypeAlias = Literal["count", "rate"]
SIDES: tuple[FairSide, ...] = ("right", "left", "both")
KNOWN: tuple[MatchRule, ...] = (*RULES, "worst score")


Groups: TypeAlias = npt.ArrayLike | Mapping[Any, int]
"""The group of every node: in the order of the graph's ids, or by id."""


@dataclass(frozen=True, slots=True)
class FairFills:
    """Which sides of a graph are to be filled fairly, by which rule, and the group of every node: int32
    (nodes,). Where nodes stand for themselves there are no groups. With ``worst_score`` no side is filled
    fairly: it is the weights on the right that are to be fair.
    """

    right: bool
    left: bool
    rule: FairRule
    right_group: Int32 | None
    left_group: Int32 | None
    worst_score: bool = False
    by_rate: bool = False
    """Whether loads on the left are units in terms of capacity."""

    @classmethod
    def of(
        cls,
        graph: BipartiteGraph,
        objective: MatchObjective,
        fair: FairSide | None,
        rule: MatchRule,
        right_group: Groups | None,
        left_group: Groups | None,
        by: LoadBy = "count",
    ) -> FairFills:
        """As ``match`` is asked. Raises InputError for what is unknown or does not go together."""
        found = []
        for name, choice, known in (
            ("fair", fair, SIDES),
            ("rule", rule, KNOWN),
            ("by", by, get_args(LoadBy)),
        ):
            if choice is not None and not (isinstance(choice, str) and choice in known):
                found.append(option_refused(name, choice, known))
        if found:  # unknown words, arrays among them, are compared with nothing
            fair, rule, by = None, "leximin", "count"
        right, left = (not found and fair in (side, "both") for side in SIDES[:2])
        if fair is not None and objective == "weight":
            found.append(
                Complaint.of("objective", "matching.fair_weight", objective=objective)
            )
        for name, given, used in (
            ("rule", None if rule == "leximin" else rule, right),
            ("right_group", right_group, right),
            ("left_group", left_group, left),
            ("by", None if by == "count" else by, left),
        ):
            if not found and given is not None and not used:
                found.append(
                    Complaint.of(name, "matching.fair_unused", fair=repr(fair))
                )
        scored = rule == WORST_SCORE
        for name, other, there in (
            ("rule", "fair='both'", scored and fair == "both"),
            ("rule", "edge_minimum", scored and graph.edge_minimum is not None),
            ("fair", "consumption", fair is not None and graph.consumption is not None),
            (
                "left_group",
                "edge_minimum",
                left_group is not None and graph.edge_minimum is not None,
            ),
        ):
            if there:
                found.append(Complaint.of(name, "matching.fair_beside", name=other))
        InputError.raise_if(found)
        ids = graph.right_ids, graph.left_ids
        return cls(
            right and not scored,
            left,
            "leximin" if rule == "worst score" else rule,
            group_of_nodes(
                "right_group", right_group, len(graph.right_capacity), ids[0]
            ),
            group_of_nodes("left_group", left_group, len(graph.left_capacity), ids[1]),
            right and scored,
            by == "rate",
        )


def group_of_nodes(
    name: str, given: Groups | None, nodes: int, ids: NodeIds
) -> Int32 | None:
    """The group of every node, int32 (nodes,); numbers are less than there are nodes. Raises InputError for
    anything else.
    """
    if given is None:
        return None
    if isinstance(given, Mapping):
        names = range(nodes) if ids is None else ids
        missing = [one for one in names if one not in given]
        if missing or len(given) > nodes:
            fact = Message.of(
                "matching.group_ids", groups=len(given), missing=len(missing)
            )
            raise InputError(
                [Complaint(name, fact, Message.of("matching.group.do", nodes=nodes))]
            )
        given = [given[one] for one in names]
    group = whole_floats(name, array_of(name, given))
    if group.size == 0:
        group = group.astype(np.int64)
    if group.shape != (nodes,) or group.dtype.kind not in "iu":
        fact = Message.of(
            "matching.group_shape", shape=str(group.shape), dtype=str(group.dtype)
        )
    elif nodes and not 0 <= int(group.min()) <= int(group.max()) < nodes:
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
    given, taken = graph.left_capacity, graph.right_capacity
    if fills.right or fills.left:
        # No node carries more than the other side can: every unit that it could is a step.
        given, taken = _within(given, taken), _within(taken, given)
    lefts, rights = (
        np.minimum(minimum, most)
        for minimum, most in ((graph.left_minimum, given), (graph.right_minimum, taken))
    )
    left = UnitSteps(np.arange(len(lefts), dtype=np.int32), lefts, _rows(least, lefts))
    right = UnitSteps.minimum_and_rest(
        rights, taken - rights, _rows(least + each, rights), _rows(each, rights)
    )
    left_caps = right_caps = UnitSteps.none(len(names))
    left_tree, right_tree = CapTree.none(len(lefts)), CapTree.none(len(rights))
    if fills.right:
        group = fills.right_group
        right_tree = _grouped(group, taken, given)
        wanted = taken if group is None else right_tree.capacity
        share = graph.right_capacity
        if group is not None:
            share = sums_by(group, graph.right_capacity, right_tree.size)
        steps = fair_steps(wanted, fills.rule, len(names), coverage, share)
        if group is None:
            right = right.also(steps)
        else:
            right_caps = steps
    if fills.left:
        left_tree = _grouped(fills.left_group, given, taken)
        capacity = given if fills.left_group is None else left_tree.capacity
        share = graph.left_capacity
        if fills.left_group is not None:
            share = sums_by(fills.left_group, graph.left_capacity, left_tree.size)
        rate = share if fills.by_rate else None
        steps = even_steps(capacity, len(names), loads, rate)
        if fills.left_group is None:
            left = left.also(steps)
        else:
            left_caps = steps
    pairs: Candidates = Negated(graph.pairs) if minimize else graph.pairs
    network = Network(pairs, given, taken, left_tree, right_tree)
    weight = objective != "cardinality"
    shared = tuple(range(coverage, loads + fills.left))
    return network, Goals(
        tuple(names), weight, left, right, left_caps, right_caps, shared=shared
    )


def _within(capacity: Int64, others: Int64) -> Int64:
    """Capacities, cut to what all nodes of the other side have together."""
    return np.minimum(capacity, min(sum(others.tolist()), LARGEST_CAPACITY))


def _grouped(group: Int32 | None, capacity: Int64, others: Int64) -> CapTree:
    """A cap over every group that its nodes never exceed."""
    if group is None:
        return CapTree.none(len(capacity))
    size = int(group.max(initial=-1)) + 1
    total = sums_by(group, capacity, size)
    return CapTree(group, np.full(size, -1, np.int32), _within(total, others))


def _rows(gain: Int64, nodes: Int64) -> Int64:
    """The same gains for every node: int64 (nodes, goals)."""
    return np.tile(gain, (len(nodes), 1))
