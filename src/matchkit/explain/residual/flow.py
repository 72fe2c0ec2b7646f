"""A plan of a problem that a flow expresses, as a flow: its residual graph says what one unit more or less is
worth, exactly.

An optimal flow has no cycle of positive gain in its residual graph, and then the longest paths in it are dual
prices (Ahuja, Magnanti and Orlin 1993, chapter 9): those from the root the highest prices of resources, those
to the root the highest of requirements.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.compiled import Compiled
from matchkit.compile.compiler import compile_problem
from matchkit.compile.decode import goal_values
from matchkit.compile.instance import Instance
from matchkit.compile.ragged import found_in
from matchkit.compile.why_not import not_in_problem
from matchkit.errors import Complaint, InputError
from matchkit.graph.candidates import PairBlock
from matchkit.graph.network import GoalValues
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.plan import Plan
from matchkit.solvers.flow.packed_goals import pack_goals
from matchkit.solvers.flow.pricing import blocks
from matchkit.solvers.flow.residual import UNREACHED, Flow, FlowResidual, NotOptimalError
from matchkit.solvers.flow.subnetwork import Pairs, joined, links_of


def all_pairs(compiled: Compiled) -> Pairs:
    """Every eligible pair that locks left, ascending, with what it can carry."""
    found = []
    for block in blocks(compiled.network.pairs):
        if isinstance(block, PairBlock):
            capacity = (
                np.ones(len(block.right), np.int64)
                if block.capacity is None
                else block.capacity
            )
            found.append(
                Pairs(block.rows(), block.right, block.weight.astype(np.int64), capacity)
            )
    return joined(found)


class ResidualFlow:
    """A problem as a network, a plan as a flow in it, and the prices that lie in its residual graph.

    Raises UnsupportedError where no flow can express the problem, and InputError where the plan is none of
    this problem.
    """

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.compiled = compiled = compile_problem(Instance(problem))
        self.network, self.goals = compiled.network, compiled.goals
        self.pairs, self.links = all_pairs(compiled), links_of(compiled.network, compiled.goals)
        self.words = pack_goals(self.network, self.goals)
        self.left_of = {name: number for number, name in enumerate(compiled.resource_ids)}
        self.right_of = {name: number for number, name in enumerate(compiled.requirement_ids)}
        self.flow, whole = self._flow(plan)
        self.residual = FlowResidual(self.pairs, self.links, self.flow, self.words)
        self.value: GoalValues = goal_values(compiled, *whole)
        """What the plan reaches in every goal, locks included."""
        earned = goal_values(compiled, *(np.zeros(0, np.int64) for _ in range(3)))
        self.value_beyond_locks: GoalValues = tuple(
            value - locked for value, locked in zip(self.value, earned, strict=True)
        )

    def _flow(self, plan: Plan) -> tuple[Flow, tuple[Intp, Intp, Int64]]:
        """The plan without its locks on pairs and links; and its pairs beyond the locks."""
        wrong = [
            not_in_problem(what, getattr(entry, what))
            for what, known in (("resource", self.left_of), ("requirement", self.right_of))
            for entry in plan.assignments
            if getattr(entry, what) not in known
        ]
        if wrong:
            raise InputError(wrong[:1000], max(0, len(wrong) - 1000))
        columns, locked = max(1, len(self.right_of)), self.compiled.locked
        amount: dict[int, int] = {}
        for entry in plan.assignments:
            code = self.left_of[entry.resource] * columns + self.right_of[entry.requirement]
            amount[code] = amount.get(code, 0) + entry.quantity
        for left, right, quantity in zip(
            locked.left.tolist(), locked.right.tolist(), locked.quantity.tolist(), strict=True
        ):
            code = left * columns + right
            amount[code] = amount.get(code, 0) - quantity
        codes = np.array(
            sorted(code for code, quantity in amount.items() if quantity), np.int64
        )
        carried = np.array([amount[code] for code in codes.tolist()], np.int64)
        at, here = found_in(self.pairs.keys(columns).astype(np.intp), codes.astype(np.intp))
        if not here.all() or (carried < 0).any() or (carried > self.pairs.capacity[at]).any():
            raise _not_of_this_problem()
        quantity = np.zeros(len(self.pairs), np.int64)
        quantity[at] = carried
        chosen = (codes // columns).astype(np.intp), (codes % columns).astype(np.intp), carried
        return Flow(quantity, self._on_links(chosen)), chosen

    def _on_links(self, chosen: tuple[Intp, Intp, Int64]) -> Int64:
        """What the pairs make flow on every link."""
        network, (left, right, carried) = self.network, chosen
        given, taken = (
            np.zeros(len(network.left_capacity), np.int64),
            np.zeros(len(network.right_capacity), np.int64),
        )
        np.add.at(given, left, carried)
        np.add.at(taken, right, carried)
        parts = []
        for tree, leaves in ((network.left_tree, given), (network.right_tree, taken)):
            through = np.zeros(tree.size, np.int64)
            np.add.at(through, tree.of[tree.of >= 0], leaves[tree.of >= 0])
            for cap in range(tree.size - 1, -1, -1):
                if tree.parent[cap] >= 0:
                    through[tree.parent[cap]] += through[cap]
            parts.append(through)
        least = np.minimum(taken, network.right_minimum)
        none = np.zeros(len(given), np.int64)
        flows = np.concatenate([none, given, parts[0], least, taken - least, parts[1]])
        capacity = np.concatenate(
            [
                network.left_minimum,
                network.left_capacity - network.left_minimum,
                network.left_tree.capacity,
                network.right_minimum,
                network.right_capacity - network.right_minimum,
                network.right_tree.capacity,
            ]
        )
        if (flows > capacity).any():
            raise _not_of_this_problem()
        return flows[capacity > 0]

    @cached_property
    def from_root(self) -> tuple[Int64, Mask]:
        """The longest path from the root to every node, by goal (int64, shape (nodes, goals)); and whether
        there is one.

        Raises NotOptimalError where the plan is not the best.
        """
        return self._by_goal(self.residual.from_root())

    @cached_property
    def to_root(self) -> tuple[Int64, Mask]:
        """The longest path from every node to the root, as above: what a unit that comes to a node is
        worth.
        """
        return self._by_goal(self.residual.to_root())

    @property
    def optimal(self) -> bool:
        """Whether the plan is the best there is: its residual graph has no cycle of positive gain.

        Every such cycle has a part against the flow, whose path leads on to the root, so that it shows in
        either direction; this is the one that all advice needs.
        """
        try:
            return self.to_root is not None
        except NotOptimalError:
            return False

    def _by_goal(self, lengths: list[Int64]) -> tuple[Int64, Mask]:
        reached = np.logical_and.reduce([length > UNREACHED // 2 for length in lengths])
        parts = [
            word.split(np.where(reached, length, 0))
            for word, length in zip(self.words, lengths, strict=True)
        ]
        return np.concatenate(parts, axis=1), reached

    @property
    def rights(self) -> slice:
        """Where requirements stand among the nodes."""
        return slice(self.links.left_count, self.links.root)


def _not_of_this_problem() -> InputError:
    return InputError([Complaint("plan", Message("plan.broken"), Message("plan.broken.do"))])
