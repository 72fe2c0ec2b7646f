"""A problem and a plan of it as arrays, with what the plan uses of caps: made once and asked many times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from matchkit.arrays import Int64, Intp, Mask, sums_by
from matchkit.compile.goals import values_of
from matchkit.compile.instance import Instance
from matchkit.compile.ragged import found_in
from matchkit.compile.rules.constraint_data import ConstraintData
from matchkit.compile.rules.processing import weight_by_order
from matchkit.compile.shares import values_of_shares
from matchkit.compile.why_not import not_in_problem
from matchkit.errors import Complaint, InputError
from matchkit.explain.vectors import minus
from matchkit.graph.network import GoalValues
from matchkit.messages.message import Message
from matchkit.model import Part, Problem
from matchkit.model.base import collector_at_rest
from matchkit.model.rules import Cap
from matchkit.model.rules.base import Side
from matchkit.plan import Assignment, Plan
from matchkit.verification.checks import refuse_other_types, verify


class CapRule(NamedTuple):
    """A hard cap or reserve, and the most that it leaves."""

    rule: Cap
    most: int


class Caps:
    """The capped nodes of one tree, by number, parents first, and what a plan uses of them.

    Leaves are resources below units, requirements below communities. ``of`` is the nearest capped node at or
    above each leaf, ``parent`` that above each capped node, -1 for none. By capped node: ``most`` is the
    smallest cap on it, ``rules`` are all that cap it, by kind and label, ``used`` what the plan uses there
    and below.
    """

    def __init__(
        self, state: PlanState, side: Side, at: Sequence[str], amounts: Int64
    ) -> None:
        """``at`` is the node that each leaf hangs at, ``amounts`` what the plan has of each (int64)."""
        capped = state.unit_caps if side == "unit" else state.community_caps
        self.side, self.ids = side, capped.ids
        self.of = [capped.of(node) for node in at]
        self.parent: list[int] = capped.tree([], [0] * len(capped.ids)).parent.tolist()
        self.most = [capped.most[node] for node in capped.ids]
        self.used = self.below(amounts)
        hard = [
            rule
            for rule in state.problem.rules
            if isinstance(rule, Cap) and rule.soft is None and rule.side == side
        ]
        number = {node: place for place, node in enumerate(self.ids)}
        self.rules: list[list[CapRule]] = [[] for _ in self.ids]
        for rule in sorted(hard, key=lambda rule: (rule.rule, rule.label)):
            most = rule.limit(state.unit_capacity.get(rule.node, 0))
            self.rules[number[rule.node]].append(CapRule(rule, most))

    def above(self, node: int) -> Iterator[int]:
        """A capped node and all above it; of -1, none."""
        while node >= 0:
            yield node
            node = self.parent[node]

    def over(self, leaf: int) -> Iterator[int]:
        """The capped nodes above a leaf, the nearest first."""
        return self.above(self.of[leaf])

    def full(self, node: int) -> list[int]:
        """The capped nodes at or above one that take no further unit, the nearest first."""
        return [here for here in self.above(node) if self.used[here] >= self.most[here]]

    @cached_property
    def nearest_full(self) -> list[int]:
        """By capped node, the nearest at or above it that takes no further unit, -1 where there is none."""
        return [next(iter(self.full(node)), -1) for node in range(len(self.ids))]

    @property
    def stops(self) -> Intp:
        """The same by leaf."""
        return np.array([*self.nearest_full, -1], np.intp)[np.array(self.of, np.intp)]

    def under(self, node: int) -> Mask:
        """Which leaves lie at or below a capped node (bool (leaves,))."""
        inside = [node in self.above(cap) for cap in range(len(self.ids))]
        return np.array([*inside, False], np.bool_)[np.array(self.of, np.intp)]

    def below(self, amounts: Int64) -> list[int]:
        """By capped node, the sum of amounts (int64, one a leaf) at and below it."""
        found = [0] * len(self.ids)
        for leaf in np.flatnonzero(amounts).tolist():
            if self.of[leaf] >= 0:
                found[self.of[leaf]] += int(amounts[leaf])
        for node in range(len(found) - 1, -1, -1):
            if self.parent[node] >= 0:
                found[self.parent[node]] += found[node]
        return found


def units_by(
    assignments: Iterable[Assignment], field: Literal["resource", "requirement"]
) -> Counter[str]:
    """The units of a plan by resource or by requirement, of those that have any."""
    found = Counter[str]()
    for entry in assignments:
        found[getattr(entry, field)] += entry.quantity
    return found


class PlanState(Instance):
    """An instance and what a plan has of its pairs.

    ``carried`` is what the plan has of each pair (int64), ``given`` and ``taken`` its sums by resource and
    requirement. Raises InputError where the plan names what the problem does not have, or a pair that is not
    eligible.
    """

    @collector_at_rest()
    def __init__(self, problem: Problem, plan: Plan) -> None:
        refuse_other_types(problem, plan)
        super().__init__(problem)
        self.plan, self._verified = plan, False
        self._place(plan)
        self.given: Int64 = np.zeros(len(self.capacity), np.int64)
        self.taken: Int64 = np.zeros(len(self.wanted), np.int64)
        np.add.at(self.given, self.left[self.chosen], self.carried[self.chosen])
        np.add.at(self.taken, self.right[self.chosen], self.carried[self.chosen])

    def _place(self, plan: Plan) -> None:
        """Where the plan's pairs stand among the eligible ones."""
        wrong: list[Complaint] = []
        left, right, quantity = [], [], []
        for entry in plan.assignments:
            r, q = (
                self.left_of.get(entry.resource),
                self.right_of.get(entry.requirement),
            )
            if r is None or q is None:
                name, what = (
                    (entry.resource, "resource")
                    if r is None
                    else (entry.requirement, "requirement")
                )
                wrong.append(not_in_problem(what, name))
                continue
            left.append(r)
            right.append(q)
            quantity.append(entry.quantity)
        columns = max(1, len(self.requirement_ids))
        at, here = found_in(
            self.codes, np.array(left, np.intp) * columns + np.array(right, np.intp)
        )
        for place in np.flatnonzero(~here).tolist():
            pair = Message.of(
                "where.pair",
                resource=self.resource_ids[left[place]],
                requirement=self.requirement_ids[right[place]],
            )
            wrong.append(Complaint.of(pair, "plan.not_eligible"))
        InputError.raise_if(wrong)
        self.carried: Int64 = sums_by(at, np.array(quantity, np.int64), len(self.right))
        self.chosen: Intp = np.flatnonzero(self.carried)
        """Positions of the pairs in the plan."""

    def check_rules(self) -> None:
        """Raises BrokenPlanError for a plan that breaks its problem; it is verified once."""
        if not self._verified:
            verify(self.problem, self.plan).raise_if_broken()
            self._verified = True

    @cached_property
    def values(self) -> GoalValues:
        """What the plan reaches in every goal, counted from its pairs; what it pays is as it says."""
        chosen = self.chosen
        units = zip(
            self.tier.tolist(), self.minimum.tolist(), self.taken.tolist(), strict=True
        )
        weights = zip(
            self.weight[chosen].tolist(), self.carried[chosen].tolist(), strict=True
        )
        return values_of(
            self.aims,
            units,
            sum(weight * amount for weight, amount in weights),
            used=int(np.count_nonzero(self.given)),
            payments=self.plan.payments,
            shares={
                **values_of_shares(self.shares, (self.given, self.taken)),
                **self._worst_with({}),
            },
            ordered=self._ordered(),
            kept=self._kept(self.carried[chosen], chosen),
        )

    @cached_property
    def keeping(self) -> tuple[Int64, Int64]:
        """Of every eligible pair how many units the reference plan has, at the start that this plan has where
        its demand is flexible, and what each of them counts (int64 (pairs,) both).
        """
        starts = {one.requirement: one.start for one in self.plan.assignments}
        units, weight = np.zeros((2, len(self.left)), np.int64)
        for one in self.problem.reference:
            r, q = (
                self.left_of.get(one.resource),
                self.right_of.get(one.requirement),
            )
            at = None if r is None or q is None else self.position(r, q)
            if at is not None and one.start == starts.get(one.requirement):
                units[at], weight[at] = one.quantity, one.weight
        return units, weight

    def _kept(self, carried: Int64, at: Intp) -> int:
        """What these pairs keep where they carry so much (int64 (n,))."""
        units, weight = self.keeping
        return sum((np.minimum(units[at], carried) * weight[at]).tolist())

    def _ordered(self) -> dict[int, int]:
        """The weight by the order at which places are processed, where goals count that."""
        if all(part.order is None for aim in self.aims for part in aim.parts):
            return {}
        chosen, lists = self.chosen, self.lists
        slots = np.array([lists.right[name] for name in self.requirement_ids], np.intp)
        return weight_by_order(
            ConstraintData(lists),
            self.left[chosen],
            slots[self.right[chosen]],
            self.weight[chosen],
            self.carried[chosen],
        )

    def _worst_with(self, more: Mapping[int, int]) -> dict[Part, int]:
        """The worst score where it is a goal, with so much more weight at some requirements."""
        if self.worst is None:
            return {}
        chosen = self.chosen
        earned = np.zeros(len(self.requirements), np.int64)
        weight = self.weight[chosen] * self.carried[chosen]
        np.add.at(earned, self.right[chosen], weight)
        for right, by in more.items():
            earned[right] += by
        return {self.worst.part: self.worst.value(np.arange(len(earned)), earned)}

    def gain(self, steps: Iterable[tuple[int, int, int]]) -> GoalValues:
        """By how much the goals of a flow change where each step gives a unit of a resource to a requirement
        and takes one away from another (-1: none).
        """
        units, given, earned = Counter[int](), Counter[int](), Counter[int]()
        moved = Counter[int]()
        for left, to, away in steps:
            for right, by in ((to, 1), (away, -1)):
                at = self.position(left, right) if right >= 0 else None
                if at is not None:
                    moved[at] += by
                    units[right] += by
                    given[left] += by
                    earned[right] += by * int(self.weight[at])
        rights = list(units)
        columns = (
            column[rights].tolist() for column in (self.tier, self.minimum, self.taken)
        )
        needs = list(zip(*columns, strict=True))
        after = (
            (tier, minimum, has + units[right])
            for right, (tier, minimum, has) in zip(rights, needs, strict=True)
        )
        shares, none = dict[Part, int](), dict[Part, int]()
        for one in self.shares:
            has, more = (self.taken, units) if one.is_right else (self.given, given)
            shares |= one.change(has, more)
            none |= dict.fromkeys(one.parts, 0)
        shares |= self._worst_with(earned)
        none |= self._worst_with({})
        those = np.array(list(moved), np.intp)
        step = np.array(list(moved.values()), np.int64)
        had, now = (
            self._kept(carried, those)
            for carried in (self.carried[those], self.carried[those] + step)
        )
        return minus(
            values_of(self.aims, after, sum(earned.values()), shares=shares, kept=now),
            values_of(self.aims, needs, 0, shares=none, kept=had),
        )

    @cached_property
    def units(self) -> Caps:
        """Caps and reserves of units, over the resources."""
        at = [resource.unit for resource in self.lists.resources]
        return Caps(self, "unit", at, self.given)

    @cached_property
    def communities(self) -> Caps:
        """Caps of communities, over the requirements."""
        return Caps(
            self, "community", [demand.community for demand in self.demands], self.taken
        )
