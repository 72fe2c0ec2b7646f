"""A problem and a plan of it as arrays, made once and asked many times: eligible pairs by either side, and
what the plan has of each.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np

from matchkit.compile.compiler import candidates_of
from matchkit.compile.eligibility.load import Loads
from matchkit.compile.eligible import Eligible
from matchkit.compile.general.goals import aims_of
from matchkit.compile.numbering import Numbering
from matchkit.compile.ragged import Place, found_in, grouped, joint, offsets
from matchkit.compile.rules import lock
from matchkit.compile.why_not import not_in_problem
from matchkit.errors import Complaint, InputError
from matchkit.graph.candidates import Mask, Whole
from matchkit.messages.message import Message
from matchkit.model import Aim, Problem
from matchkit.model.collector import collector_at_rest
from matchkit.model.given import A_PLAN, A_PROBLEM, of_another_type
from matchkit.plan import Certificate, Plan


class Prices(NamedTuple):
    """The certificate's prices of resources and requirements (int64, shape (nodes, goals)), in the order of
    the numbers.
    """

    left: Whole
    right: Whole


class Standing:
    """Resources (left) and requirements (right) by number, ascending by id; pairs ascending by (left, right).

    Pairs of left node r are ``first[r]:first[r + 1]`` of ``right`` and ``weight`` (int64).
    ``by_right[rfirst[q]:rfirst[q + 1]]`` are the positions of the pairs of right node q, ascending by left
    node. ``carried`` is what the plan has of each pair (int64), ``given`` and ``taken`` its sums; ``locked``
    what hard locks bind of it. A flexible demand's pair is one, whatever the starts. Raises InputError where
    the plan names what the problem does not have, or a pair that is not eligible.
    """

    @collector_at_rest()
    def __init__(self, problem: Problem, plan: Plan) -> None:
        wrong = of_another_type("problem", problem, Problem, A_PROBLEM) + of_another_type(
            "plan", plan, Plan, A_PLAN
        )
        if wrong:
            raise InputError(wrong)
        self.problem, self.plan = problem, plan
        self.lists = lists = Numbering(problem)
        self.eligible = Eligible(lists, metres=problem.objective.distance > 0)
        self.resource_ids = tuple(resource.id for resource in lists.resources)
        self.requirement_ids = tuple(sorted(lists.places))
        self.left_of = lists.left
        self.right_of = {name: number for number, name in enumerate(self.requirement_ids)}
        slots = [lists.slots[lists.right[name]] for name in self.requirement_ids]
        self.requirements = tuple(slot.requirement for slot in slots)
        self.demands = tuple(slot.demand for slot in slots)
        """Of every requirement; of a flexible demand as if it were fixed at one start."""
        self.capacity: Whole = np.array([resource.capacity for resource in lists.resources], np.int64)
        self.wanted: Whole = np.array([need.wanted for need in self.requirements], np.int64)
        self.minimum: Whole = np.array([need.minimum for need in self.requirements], np.int64)
        self.tier: Whole = np.array([demand.tier for demand in self.demands], np.int64)
        self.divisible: Mask = np.array(
            [lists.lexicon.is_divisible(resource) for resource in lists.resources], np.bool_
        )
        left, self.right, self.weight = self._pairs()
        self.first = offsets(np.bincount(left, minlength=len(self.capacity)))
        self.left: Place = left
        self._place(plan)
        self.given: Whole = np.zeros(len(self.capacity), np.int64)
        self.taken: Whole = np.zeros(len(self.wanted), np.int64)
        np.add.at(self.given, left[self.chosen], self.carried[self.chosen])
        np.add.at(self.taken, self.right[self.chosen], self.carried[self.chosen])
        right_of_slot = {lists.right[name]: number for name, number in self.right_of.items()}
        self.locks = {(r, right_of_slot[s]): quantity for (r, s), quantity in lock.taken(lists).items()}
        """Quantity by locked pair."""
        self.locked: Whole = np.zeros(len(left), np.int64)
        for (r, q), quantity in self.locks.items():
            at = self.position(r, q)
            if at is not None:
                self.locked[at] = quantity

    def _pairs(self) -> tuple[Place, Place, Whole]:
        """All eligible pairs: left, right and weight, ascending."""
        lists = self.lists
        wanted = np.array([slot.requirement.wanted for slot in lists.slots], np.int64)
        self.candidates = candidates_of(
            lists, self.eligible, {}, self.capacity, wanted, self.capacity, wanted
        )
        loads = Loads(lists)
        requirement = np.array([self.right_of[slot.requirement.id] for slot in lists.slots], np.intp)
        lefts, rights, weights = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)], [np.zeros(0, np.int64)]
        for pairs, _ in self.candidates.all_pairs():
            weight = self.candidates.weights(pairs).astype(np.int64)
            left, right = (
                pairs.left,
                requirement[pairs.right] if len(pairs.right) else pairs.right.astype(np.intp),
            )
            if loads.dimensions:
                keep = np.flatnonzero(loads.holds(pairs.left, pairs.right))
                left, right, weight = left[keep], right[keep], weight[keep]
            if len(lists.slots) > len(self.requirement_ids):  # starts of one demand: the weight knows no time
                _, _, which = joint(left, right)
                _, at = np.unique(which, return_index=True)
                left, right, weight = left[at], right[at], weight[at]
            lefts.append(left)
            rights.append(right)
            weights.append(weight)
        return np.concatenate(lefts), np.concatenate(rights), np.concatenate(weights)

    def _place(self, plan: Plan) -> None:
        """Where the plan's pairs stand among the eligible ones."""
        wrong: list[Complaint] = []
        left, right, quantity = [], [], []
        for entry in plan.assignments:
            r, q = self.left_of.get(entry.resource), self.right_of.get(entry.requirement)
            if r is None or q is None:
                name, what = (entry.resource, "resource") if r is None else (entry.requirement, "requirement")
                wrong.append(not_in_problem(what, name))
                continue
            left.append(r)
            right.append(q)
            quantity.append(entry.quantity)
        columns = max(1, len(self.requirement_ids))
        at, here = found_in(self._codes, np.array(left, np.intp) * columns + np.array(right, np.intp))
        for place in np.flatnonzero(~here).tolist():
            pair = Message.of(
                "where.pair",
                resource=self.resource_ids[left[place]],
                requirement=self.requirement_ids[right[place]],
            )
            wrong.append(Complaint(pair, Message("plan.not_eligible"), Message("plan.not_eligible.do")))
        if wrong:
            raise InputError(wrong[:1000], max(0, len(wrong) - 1000))
        self.carried: Whole = np.zeros(len(self.right), np.int64)
        np.add.at(self.carried, at, np.array(quantity, np.int64))
        self.chosen: Place = np.flatnonzero(self.carried)
        """Positions of the pairs in the plan."""

    @cached_property
    def _codes(self) -> Place:
        return self.left * max(1, len(self.requirement_ids)) + self.right

    @cached_property
    def _columns(self) -> tuple[Place, Place]:
        return grouped(self.right, len(self.requirement_ids))

    @property
    def rfirst(self) -> Place:
        """Where each requirement's pairs begin in ``by_right``."""
        return self._columns[0]

    @property
    def by_right(self) -> Place:
        """Positions of pairs, by requirement."""
        return self._columns[1]

    def position(self, left: int, right: int) -> int | None:
        """Where a pair stands; None where it is not eligible."""
        begin, end = int(self.first[left]), int(self.first[left + 1])
        at = begin + int(np.searchsorted(self.right[begin:end], right))
        return at if at < end and self.right[at] == right else None

    def own_capacity(self, positions: Place) -> Whole:
        """How much each pair can carry (int64)."""
        left, right = self.left[positions], self.right[positions]
        return np.where(
            self.divisible[left],
            np.minimum(self.capacity[left], self.wanted[right]),
            np.minimum(self.capacity[left], 1),
        )

    @cached_property
    def aims(self) -> tuple[Aim, ...]:
        """The goals, in order."""
        return aims_of(self.problem)

    @cached_property
    def prices(self) -> Prices | None:
        """The prices of the certificate, None where it has none of single pairs."""
        stated = self.plan.certificate
        if not isinstance(stated, Certificate):
            return None
        goals = len(stated.goals)
        left, right = (
            np.zeros((len(self.resource_ids), goals), np.int64),
            np.zeros((len(self.requirement_ids), goals), np.int64),
        )
        for prices, number, into in (
            (stated.resources, self.left_of, left),
            (stated.requirements, self.right_of, right),
        ):
            for price in prices:
                into[number[price.id]] = price.price
        return Prices(left, right)
