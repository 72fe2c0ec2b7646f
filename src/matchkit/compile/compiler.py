"""From a problem to the network that matching solves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from matchkit.compile.candidates import ProblemCandidates
from matchkit.compile.compiled import Compiled
from matchkit.compile.coupling import coupling_constraints
from matchkit.compile.instance import Instance
from matchkit.compile.rules import community_cap, lock, overlap, reserve_share, unit_cap
from matchkit.compile.rules.lock import Locked
from matchkit.compile.rules.trees import CappedNodes
from matchkit.compile.tiers import goals_of
from matchkit.compile.weights import candidates_of
from matchkit.errors import Complaint, ContradictionError, UnsupportedError, in_order
from matchkit.graph.candidates import Whole
from matchkit.graph.network import Network
from matchkit.matching.search.clock import Clock
from matchkit.messages.message import Message


def compile_problem(instance: Instance, clock: Clock | None = None) -> Compiled:
    """The problem as a network with goals; docs/architecture.md says what its numbers mean.

    The order of records in the problem changes nothing. Raises ContradictionError where locks break other
    rules, with every contradiction, and UnsupportedError where the problem asks for what a flow cannot
    express, naming rule and record (of resources that could be sent to two places at one time, it may stop
    after the first 1,000). Raises BudgetError where kind, skill and mode leave more than 2 * 10^10 pairs,
    before any is built, and StoppedError where the clock says so.
    """
    clock = clock or Clock()
    problem, lists = instance.problem, instance.lists
    clock.look()
    tied = in_order(coupling_constraints(lists))
    if tied:
        raise UnsupportedError(tied)
    eligible = instance.eligible
    clock.look()
    taken = instance.taken_by_locks
    units = CappedNodes(
        {unit.id: unit.parent for unit in problem.units}, (*unit_cap.caps(lists), *reserve_share.caps(lists))
    )
    communities = CappedNodes(
        {community.id: community.parent for community in problem.communities}, community_cap.caps(lists)
    )
    from_units = units.used((lists.resources[left].unit, quantity) for (left, _), quantity in taken.items())
    to_communities = communities.used(
        (lists.slots[right].demand.community, quantity) for (_, right), quantity in taken.items()
    )

    contradictions = in_order(
        [
            *lock.contradictions(lists, taken),
            *overlap.contradictions(lists, eligible.sides, taken),
            *_beyond("unit", units, from_units),
            *_beyond("community", communities, to_communities),
        ]
    )
    if contradictions:
        raise ContradictionError(contradictions)

    capacity, wanted = instance.capacity, instance.slots_wanted
    minimum = np.array([slot.requirement.minimum for slot in lists.slots], np.int64)
    clock.look()
    given, received = _sums(taken, len(capacity), len(wanted))
    candidates = candidates_of(lists, eligible, taken, capacity, wanted, capacity - given, wanted - received)
    unsupported = in_order(overlap.unsupported(lists, eligible.sides, candidates, capacity - given, taken))
    if unsupported:
        raise UnsupportedError(unsupported)

    network = Network(
        pairs=candidates,
        left_capacity=capacity - given,
        right_capacity=wanted - received,
        left_minimum=np.zeros(len(capacity), np.int64),
        right_minimum=np.maximum(minimum - received, 0),
        left_tree=units.tree([resource.unit for resource in lists.resources], from_units),
        right_tree=communities.tree([slot.demand.community for slot in lists.slots], to_communities),
    )
    return Compiled(
        network=network,
        goals=goals_of(lists.slots, len(capacity)),
        resource_ids=tuple(resource.id for resource in lists.resources),
        requirement_ids=tuple(slot.requirement.id for slot in lists.slots),
        unit_ids=units.ids,
        community_ids=communities.ids,
        locked=_locked(candidates, taken),
        slots=lists.slots,
        candidates=candidates,
    )


def _locked(candidates: ProblemCandidates, taken: Mapping[tuple[int, int], int]) -> Locked:
    left, right = (np.array([pair[side] for pair in taken], np.intp) for side in (0, 1))
    terms = candidates.terms(left, right)
    return Locked(
        left,
        right,
        np.array(list(taken.values()), np.int64),
        np.sum(list(terms.values()), axis=0, dtype=np.int64),
    )


def _sums(taken: Mapping[tuple[int, int], int], left_count: int, right_count: int) -> tuple[Whole, Whole]:
    given, received = np.zeros(left_count, np.int64), np.zeros(right_count, np.int64)
    for (left, right), quantity in taken.items():
        given[left] += quantity
        received[right] += quantity
    return given, received


def _beyond(what: str, capped: CappedNodes, used: Iterable[int]) -> Iterator[Complaint]:
    for node, amount in zip(capped.ids, used, strict=True):
        if amount > capped.most[node]:
            yield Complaint(
                Message.of(f"lock.under_{what}", id=node),
                Message.of(f"lock.beyond_{what}", amount=int(amount), most=int(capped.most[node])),
                Message("lock.beyond.do"),
            )
