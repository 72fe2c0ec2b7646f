"""A problem in arrays, the one home of all that is worked out of its records: each part is made when it is
first asked for, and kept.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile import locks
from matchkit.compile.candidates import ProblemCandidates, candidates_of
from matchkit.compile.coupling import (
    coupling_constraints,
    overlapping_locks,
    overlapping_resources,
)
from matchkit.compile.eligibility.attributes import Loads
from matchkit.compile.eligible import EligiblePairs
from matchkit.compile.goals import KEPT, SHARED, aims_of
from matchkit.compile.kept import KeptPairs
from matchkit.compile.numbering import Numbering, capacity, divisible
from matchkit.compile.pair_numbers import PairNumbers
from matchkit.compile.ragged import grouped, joint, offsets
from matchkit.compile.scores import WorstScore
from matchkit.compile.share_trees import placed
from matchkit.compile.shares import FlowShares, shares_of
from matchkit.compile.trees import CappedNodes, capacities, capped_nodes
from matchkit.compile.why_not import Funnels
from matchkit.errors import BudgetError, Complaint, in_order
from matchkit.graph.network import CapTree
from matchkit.messages.message import Message
from matchkit.model import Aim, Demand, Problem, Requirement


class Instance:
    """Resources (left) and requirements (right) by number, ascending by id; pairs ascending by (left, right).

    Pairs of left node r are ``first[r]:first[r + 1]`` of ``left``, ``right`` and ``weight`` (int64).
    ``by_right[rfirst[q]:rfirst[q + 1]]`` are the positions of the pairs of right node q, ascending by left
    node. A flexible demand's pair is one, whatever the starts.
    """

    def __init__(self, problem: Problem, like: Numbering | None = None) -> None:
        """``like`` lends what it has made of lists that are the same."""
        self.problem = problem
        self._like = like

    @cached_property
    def lists(self) -> Numbering:
        """Both lists in their numbering, requirements once for each start of a flexible demand (slots)."""
        return Numbering(self.problem, self._like)

    @cached_property
    def eligible(self) -> EligiblePairs:
        """Which pairs break no rule on single pairs."""
        return EligiblePairs(self.lists, metres=self.problem.objective.distance > 0)

    @cached_property
    def capacity(self) -> Int64:
        """Of every resource."""
        return self.lists.once("resources", capacity)

    @cached_property
    def slots_wanted(self) -> Int64:
        """How many every slot wants (int64)."""
        return np.array(
            [slot.requirement.wanted for slot in self.lists.slots], np.int64
        )

    @cached_property
    def candidates(self) -> ProblemCandidates:
        """All eligible pairs of resources and slots with their weights, by block, before any lock."""
        capacity, wanted = self.capacity, self.slots_wanted
        return candidates_of(
            self.lists, self.eligible, {}, capacity, wanted, capacity, wanted
        )

    @cached_property
    def open_candidates(self) -> ProblemCandidates:
        """The same as hard locks leave them."""
        if not self.taken_by_locks:
            return self.candidates
        given, received = self.locked_sums
        capacity, wanted = self.capacity, self.slots_wanted
        return candidates_of(
            self.lists,
            self.eligible,
            self.taken_by_locks,
            capacity,
            wanted,
            capacity - given,
            wanted - received,
        )

    @cached_property
    def unit_caps(self) -> CappedNodes:
        """Units that hard rules cap."""
        return capped_nodes(self.lists, "unit")

    @cached_property
    def community_caps(self) -> CappedNodes:
        """Communities that hard rules cap."""
        return capped_nodes(self.lists, "community")

    @cached_property
    def taken_from_units(self) -> list[int]:
        """What locks take of every capped unit."""
        resources = self.lists.resources
        return self.unit_caps.used(
            (resources[left].unit, quantity)
            for (left, _), quantity in self.taken_by_locks.items()
        )

    @cached_property
    def taken_to_communities(self) -> list[int]:
        """What locks take to every capped community."""
        slots = self.lists.slots
        return self.community_caps.used(
            (slots[right].demand.community, quantity)
            for (_, right), quantity in self.taken_by_locks.items()
        )

    @cached_property
    def cap_trees(self) -> tuple[CapTree, CapTree]:
        """The caps over resources and over requirements, less what locks take."""
        lists = self.lists
        return self.unit_caps.tree(
            [resource.unit for resource in lists.resources], self.taken_from_units
        ), self.community_caps.tree(
            [slot.demand.community for slot in lists.slots], self.taken_to_communities
        )

    @cached_property
    def coupled(self) -> list[Complaint]:
        """Rules and records that tie pairs together by more than capacities and caps."""
        return in_order(coupling_constraints(self.lists, self.untied_aims))

    @cached_property
    def contradictions(self) -> list[Complaint]:
        """What locks of a flow break of other rules, in order."""
        lists, taken = self.lists, self.taken_by_locks
        from_units, to_communities = self.taken_from_units, self.taken_to_communities
        return in_order(
            [
                *locks.contradictions(lists, taken),
                *overlapping_locks(lists, self.eligible.sides, taken),
                *locks.beyond("unit", self.unit_caps, from_units),
                *locks.beyond("community", self.community_caps, to_communities),
            ]
        )

    @cached_property
    def overlapping(self) -> list[Complaint]:
        """Resources that could serve two requirements at one time by their capacity alone."""
        remaining = self.capacity - self.locked_sums[0]
        return in_order(
            overlapping_resources(
                self.lists,
                self.eligible.sides,
                self.open_candidates,
                remaining,
                self.taken_by_locks,
            )
        )

    @property
    def is_flow(self) -> bool:
        """Whether capacities, locks and caps are all that ties pairs, and a flow counts all goals."""
        return not self.coupled and not self.overlapping and self.worst is None

    @cached_property
    def resource_ids(self) -> tuple[str, ...]:
        """By number."""
        return tuple(resource.id for resource in self.lists.resources)

    @cached_property
    def requirement_ids(self) -> tuple[str, ...]:
        """By number."""
        return tuple(sorted(self.lists.places))

    @cached_property
    def left_of(self) -> dict[str, int]:
        """The number of every resource."""
        return self.lists.left

    @cached_property
    def right_of(self) -> dict[str, int]:
        """The number of every requirement."""
        return {name: number for number, name in enumerate(self.requirement_ids)}

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """By number."""
        lists = self.lists
        return tuple(
            lists.slots[lists.right[name]].requirement for name in self.requirement_ids
        )

    @cached_property
    def demands(self) -> tuple[Demand, ...]:
        """Of every requirement; of a flexible demand as if it were fixed at one start."""
        lists = self.lists
        return tuple(
            lists.slots[lists.right[name]].demand for name in self.requirement_ids
        )

    @cached_property
    def wanted(self) -> Int64:
        """Of every requirement (int64)."""
        return np.array([need.wanted for need in self.requirements], np.int64)

    @cached_property
    def minimum(self) -> Int64:
        """Of every requirement (int64)."""
        return np.array([need.minimum for need in self.requirements], np.int64)

    @cached_property
    def tier(self) -> Int64:
        """Of every requirement (int64)."""
        return np.array([demand.tier for demand in self.demands], np.int64)

    @cached_property
    def divisible(self) -> Mask:
        """Of every resource (bool)."""
        return self.lists.once("resources", divisible)

    @cached_property
    def _pairs(self) -> tuple[Intp, Intp, Int64]:
        lists = self.lists
        loads = Loads(lists)
        requirement = np.array(
            [self.right_of[slot.requirement.id] for slot in lists.slots], np.intp
        )
        lefts, rights = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
        weights = [np.zeros(0, np.int64)]
        for pairs, _ in self.candidates.all_pairs():
            weight = self.candidates.weights(pairs).astype(np.int64)
            left, right = pairs.left, requirement[pairs.right]
            if loads.dimensions:
                keep = np.flatnonzero(loads.holds(pairs.left, pairs.right))
                left, right, weight = left[keep], right[keep], weight[keep]
            if len(lists.slots) > len(self.requirement_ids):
                # Starts of one demand are one pair: the weight knows no time.
                _, _, which = joint(left, right)
                _, at = np.unique(which, return_index=True)
                left, right, weight = left[at], right[at], weight[at]
            lefts.append(left)
            rights.append(right)
            weights.append(weight)
        return np.concatenate(lefts), np.concatenate(rights), np.concatenate(weights)

    @cached_property
    def left(self) -> Intp:
        """The resource of every eligible pair."""
        return self._pairs[0]

    @cached_property
    def right(self) -> Intp:
        """The requirement of every eligible pair."""
        return self._pairs[1]

    @cached_property
    def weight(self) -> Int64:
        """The weight of every eligible pair."""
        return self._pairs[2]

    @cached_property
    def first(self) -> Intp:
        """Where each resource's pairs begin."""
        return offsets(np.bincount(self.left, minlength=len(self.capacity)))

    @cached_property
    def _columns(self) -> tuple[Intp, Intp]:
        return grouped(self.right, len(self.requirement_ids))

    @cached_property
    def rfirst(self) -> Intp:
        """Where each requirement's pairs begin in ``by_right``."""
        return self._columns[0]

    @cached_property
    def by_right(self) -> Intp:
        """Positions of pairs, by requirement."""
        return self._columns[1]

    @cached_property
    def codes(self) -> Intp:
        """A number of every pair, ascending: left times the number of requirements, plus right."""
        return self.left * max(1, len(self.requirement_ids)) + self.right

    def position(self, left: int, right: int) -> int | None:
        """Where a pair stands; None where it is not eligible."""
        begin, end = int(self.first[left]), int(self.first[left + 1])
        at = begin + int(np.searchsorted(self.right[begin:end], right))
        return at if at < end and self.right[at] == right else None

    def own_capacity(self, positions: Intp) -> Int64:
        """How much each pair can carry (int64)."""
        return self.most_of(self.left[positions], self.right[positions])

    def most_of(self, left: Intp, right: Intp) -> Int64:
        """How much pairs of these resources and requirements can carry before any lock (int64)."""
        return np.where(
            self.divisible[left],
            np.minimum(self.capacity[left], self.wanted[right]),
            np.minimum(self.capacity[left], 1),
        )

    @cached_property
    def taken_by_locks(self) -> dict[tuple[int, int], int]:
        """Quantity that hard locks bind, by resource and slot."""
        return dict(locks.taken(self.lists))

    @cached_property
    def locked_sums(self) -> tuple[Int64, Int64]:
        """What hard locks bind of every resource, and of every slot (int64)."""
        given, received = np.zeros_like(self.capacity), np.zeros_like(self.slots_wanted)
        for (left, slot), quantity in self.taken_by_locks.items():
            given[left] += quantity
            received[slot] += quantity
        return given, received

    @cached_property
    def locks(self) -> dict[tuple[int, int], int]:
        """The same by resource and requirement."""
        right_of_slot = {
            self.lists.right[name]: number for name, number in self.right_of.items()
        }
        return {
            (r, right_of_slot[slot]): quantity
            for (r, slot), quantity in self.taken_by_locks.items()
        }

    @cached_property
    def locked(self) -> Int64:
        """What hard locks bind of every pair (int64)."""
        return self.locked_of(self.left, self.right)

    def locked_of(self, left: Intp, right: Intp) -> Int64:
        """What hard locks bind of pairs of these resources and requirements (int64 (pairs,))."""
        entries = ((r, q, quantity) for (r, q), quantity in self.locks.items())
        width = max(1, len(self.requirement_ids))
        return PairNumbers.of(entries, width).at(left, right)

    @cached_property
    def unit_capacity(self) -> dict[str, int]:
        """The capacity of all resources at every unit and below it."""
        return capacities(self.lists)

    @cached_property
    def funnels(self) -> Funnels:
        """Which rules keep which resources from a requirement."""
        return Funnels(self.lists, self.eligible)

    @cached_property
    def untied_aims(self) -> tuple[Aim, ...]:
        """The goals, in order, as if pairs were not tied together by more than capacities and caps."""
        return aims_of(self.problem)

    @cached_property
    def aims(self) -> tuple[Aim, ...]:
        """The goals, in order; of coverage and loads every level, where pairs are tied together by more than
        capacities and caps. Raises BudgetError where these are too many, naming what ties them.
        """
        if not self.is_shared or self.is_flow:
            return self.untied_aims
        try:
            return aims_of(self.problem, tied=True)
        except BudgetError as error:
            where, fact, _ = (self.coupled or self.overlapping)[0].parts
            why = Message.of("coupling.levels", where=where, fact=fact)
            raise BudgetError(why) from error

    @property
    def keeps(self) -> bool:
        """Whether what is kept of a reference plan is among the goals."""
        return any(part.measure == KEPT for aim in self.aims for part in aim.parts)

    @property
    def is_shared(self) -> bool:
        """Whether coverage or loads are among the goals."""
        return any(
            part.measure in SHARED for aim in self.untied_aims for part in aim.parts
        )

    @cached_property
    def worst(self) -> WorstScore | None:
        """Whose worst score is a goal; None where none is."""
        return WorstScore.among(self.problem.objective.aims, self.lists)

    @property
    def counts_points(self) -> bool:
        """Whether coverage or loads are counted otherwise than level by level."""
        return any(
            part.measure in SHARED and (part.rule != "leximin" or len(aim.parts) > 1)
            for aim in self.aims
            for part in aim.parts
        )

    @cached_property
    def kept(self) -> KeptPairs:
        """The reference plan, by resource and slot."""
        return KeptPairs.of(self.lists, self.problem.reference)

    @cached_property
    def shares(self) -> tuple[FlowShares, ...]:
        """Goals of coverage and loads, as a flow counts them."""
        names = tuple(aim.name for aim in self.aims)
        return shares_of(self.aims, names, self.lists)

    @cached_property
    def right_places(self) -> Intp:
        """Where every capped community, and after these every one that shares, stands in the tree of a
        flow.
        """
        if not self.is_flow:
            return np.arange(len(self.community_caps.ids))
        mine = [one for one in self.shares if one.is_right]
        tree, locked = self.cap_trees[1], self.locked_sums[1]
        return placed(tree, mine, self.community_caps, locked)[1]
