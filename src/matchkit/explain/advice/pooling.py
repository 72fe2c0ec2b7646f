"""What planning together gains over each unit on its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matchkit.answers.advice import Alone, Pooling
from matchkit.answers.effects import effect
from matchkit.arrays import Int64, Intp
from matchkit.compile.compiler import Compiled, compile_problem
from matchkit.compile.decode import goal_values
from matchkit.compile.instance import Instance
from matchkit.errors import Complaint, InputError, UnsupportedError
from matchkit.explain.ranked import refuse_ranked
from matchkit.explain.residual.flow import open_pairs
from matchkit.explain.vectors import minus, plus
from matchkit.graph.candidates import PairList
from matchkit.graph.network import CapTree, GoalValues, Network
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.plan.arguments import no_problem
from matchkit.solvers.flow.subnetwork import Pairs
from matchkit.solvers.match import solve_network

Taken = tuple[Intp, Intp, Int64]
"""Pairs chosen: resource, requirement, units."""


def pooling(problem: Problem) -> Pooling:
    """The joint optimum less what the units reach on their own, one after another in the order of their ids.

    Each unit that lists resources plans by itself for what the units before it left open, as well as it can
    for itself and without regard to those after it; locks stand from the start, caps hold throughout, and
    pairs are worth what they are worth in the joint problem. What they reach together is a plan of the
    problem too, so the gain is never negative, goal after goal.

    Raises InputError for what is no Problem, and UnsupportedError where no flow can express it: rules that
    tie units together have no meaning for a unit on its own.
    """
    InputError.raise_if(no_problem(problem))
    refuse_ranked(problem)
    instance = Instance(problem)
    try:
        compiled = compile_problem(instance)
    except UnsupportedError as error:
        raise UnsupportedError(
            [
                Complaint(*entry.parts[:2], Message("pooling.do"))
                for entry in error.complaints
            ]
        ) from None
    return _Pool(instance, compiled).answer()


class _Pool:
    """A problem as a network, its units' resources, and what is taken so far."""

    def __init__(self, instance: Instance, compiled: Compiled) -> None:
        self._compiled, self._network = compiled, compiled.network
        _, self._pairs = open_pairs(instance, compiled.network)
        self._rows: dict[str, list[int]] = {}
        for row, resource in enumerate(instance.lists.resources):
            self._rows.setdefault(resource.unit, []).append(row)
        self._first = np.searchsorted(
            self._pairs.left, np.arange(len(instance.capacity) + 1)
        )
        self._right = self._network.right_capacity.copy()
        self._taken = np.zeros_like(self._right)
        self._left_caps = self._network.left_tree.capacity.copy()
        self._right_caps = self._network.right_tree.capacity.copy()

    def answer(self) -> Pooling:
        """The sum over units, and the joint optimum."""
        compiled, names = self._compiled, self._compiled.goals.names
        none = np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0, np.int64)
        parts, reached, alone = [none], goal_values(compiled, *none), list[Alone]()
        for unit in sorted(self._rows):
            parts.append(self._solved(np.array(self._rows[unit], np.intp)))
            now = goal_values(compiled, *_joined(parts))
            alone.append(Alone(unit=unit, goals=effect(names, minus(now, reached))))
            reached = now
        joint = self._joint()
        return Pooling(
            units=tuple(alone),
            joint=effect(names, joint),
            gain=effect(names, minus(joint, reached)),
        )

    def _joint(self) -> GoalValues:
        solution = solve_network(self._network, self._compiled.goals, "auto")
        locked = goal_values(self._compiled, *(np.zeros(0, np.int64) for _ in range(3)))
        return plus(tuple(solution.value), locked)

    def _solved(self, rows: Intp) -> Taken:
        """What the resources of one unit take of what is left, for the best of themselves; it is left no
        longer.
        """
        old, network, goals = self._pairs, self._network, self._compiled.goals
        entries = np.concatenate(
            [np.arange(self._first[row], self._first[row + 1]) for row in rows.tolist()]
        )
        entries = entries[self._right[old.right[entries]] > 0]
        slots = np.unique(old.right[entries])
        if not len(entries):
            return np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0, np.int64)
        left, right = (
            np.searchsorted(rows, old.left[entries]),
            np.searchsorted(slots, old.right[entries]),
        )
        room = np.minimum(old.capacity[entries], self._right[old.right[entries]])
        sizes = len(rows), len(slots)
        pairs = PairList.of(*sizes, left, right, old.weight[entries], room)
        own = Network(
            pairs,
            network.left_capacity[rows],
            self._right[slots],
            CapTree(
                network.left_tree.of[rows], network.left_tree.parent, self._left_caps
            ),
            CapTree(
                network.right_tree.of[slots],
                network.right_tree.parent,
                self._right_caps,
            ),
        )
        wanted = replace(
            goals,
            left=goals.left.of(rows),
            right=goals.right.without(self._taken).of(slots),
        )
        solution = solve_network(own, wanted, "auto")
        return self._take(solution.pairs, solution.quantity, rows, slots)

    def _take(self, chosen: Pairs, quantity: Int64, rows: Intp, slots: Intp) -> Taken:
        network, left, right = self._network, rows[chosen.left], slots[chosen.right]
        np.subtract.at(self._right, right, quantity)
        np.add.at(self._taken, right, quantity)
        for tree, caps, nodes in (
            (network.left_tree, self._left_caps, left),
            (network.right_tree, self._right_caps, right),
        ):
            at = tree.of[nodes]
            units = quantity.copy()
            while (at >= 0).any():
                at, units = at[at >= 0], units[at >= 0]
                np.subtract.at(caps, at, units)
                at = tree.parent[at]
        return left, right, quantity


def _joined(parts: list[Taken]) -> Taken:
    left, right, quantity = (
        np.concatenate([part[column] for part in parts]) for column in range(3)
    )
    return left, right, quantity
