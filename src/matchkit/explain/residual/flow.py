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
from matchkit.compile.compiler import compile_problem
from matchkit.compile.decode import goal_values
from matchkit.compile.instance import Instance
from matchkit.errors import InputError
from matchkit.explain.plan_state import PlanState
from matchkit.explain.residual.links import units_on_links
from matchkit.explain.vectors import minus
from matchkit.graph.network import Network
from matchkit.solvers.flow.packed_goals import pack_goals
from matchkit.solvers.flow.residual import (
    UNREACHED,
    Flow,
    FlowResidual,
    NotOptimalError,
)
from matchkit.solvers.flow.subnetwork import Pairs, links_of


def open_pairs(instance: Instance, network: Network) -> tuple[Intp, Pairs]:
    """The eligible pairs that hard locks left: their positions among all (intp (pairs,), ascending), and the
    pairs with what each can carry beyond the locks.
    """
    rest = instance.own_capacity(np.arange(len(instance.left))) - instance.locked
    ends = network.left_capacity[instance.left], network.right_capacity[instance.right]
    at = np.flatnonzero((rest > 0) & (ends[0] > 0) & (ends[1] > 0))
    left, right = (
        instance.left[at].astype(np.int32),
        instance.right[at].astype(np.int32),
    )
    return at, Pairs(left, right, instance.weight[at], rest[at])


class ResidualFlow:
    """A plan as a flow in its problem's network, and the prices that lie in its residual graph.

    ``flow`` is what the plan has beyond the locks on ``pairs`` and links, ``value`` what it reaches in every
    goal, ``value_beyond_locks`` less what locks earn. Raises UnsupportedError where no flow can express the
    problem, and InputError where the plan takes more than there is.
    """

    def __init__(self, state: PlanState) -> None:
        self.state = state
        self.compiled = compiled = compile_problem(state)
        self.network, self.goals = compiled.network, compiled.goals
        at, self.pairs = open_pairs(state, self.network)
        self.links, self.words = (
            links_of(self.network, self.goals),
            pack_goals(self.network, self.goals),
        )
        beyond = state.carried - state.locked
        kept = (beyond >= 0).all() and (beyond[at] <= self.pairs.capacity).all()
        if not kept or beyond.sum() != beyond[at].sum():
            raise _broken()
        on_links = units_on_links(state, self.network, self.goals)
        if on_links is None:
            raise _broken()
        self.flow = Flow(beyond[at], on_links)
        self.residual = FlowResidual(self.pairs, self.links, self.flow, self.words)
        self.value = state.values
        none = np.zeros(0, np.int64)
        self.value_beyond_locks = minus(
            self.value, goal_values(compiled, none, none, none)
        )

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

    @cached_property
    def above_left(self) -> Intp:
        """The node above every resource: its nearest capped unit, or the root (intp (resources,))."""
        of, root = self.network.left_tree.of, self.links.root
        return np.where(of >= 0, of + root + 1, root).astype(np.intp)

    @property
    def rights(self) -> slice:
        """Where requirements stand among the nodes."""
        return slice(self.links.left_count, self.links.root)


def _broken() -> InputError:
    return InputError.of("plan", "plan.broken")
