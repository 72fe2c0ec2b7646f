"""From a problem to the network that matching solves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from matchkit.compile.candidates import Amounts, ProblemCandidates, Spent, Weighted
from matchkit.compile.compiled import Compiled
from matchkit.compile.coupling import coupling_constraints
from matchkit.compile.eligibility.forbid import SparsePairs
from matchkit.compile.eligible import Eligible
from matchkit.compile.numbering import Numbering
from matchkit.compile.rules import community_cap, lock, overlap, reserve_share, unit_cap
from matchkit.compile.rules.lock import Locked
from matchkit.compile.rules.trees import CappedNodes
from matchkit.compile.terms.distance import Distance
from matchkit.compile.terms.familiarity import Familiarity
from matchkit.compile.terms.importance import Importance
from matchkit.compile.terms.preference import Preference
from matchkit.compile.terms.previous import Previous
from matchkit.compile.terms.score import Score
from matchkit.compile.terms.skill_fit import KnownFit
from matchkit.compile.tiers import goals_of
from matchkit.errors import Complaint, ContradictionError, UnsupportedError, in_order
from matchkit.graph.candidates import Whole
from matchkit.graph.network import Network
from matchkit.matching.search.clock import Clock
from matchkit.messages.message import Message
from matchkit.model import Problem


def compile_problem(problem: Problem, clock: Clock | None = None) -> Compiled:
    """The problem as a network with goals; docs/architecture.md says what its numbers mean.

    The order of records in the problem changes nothing. Raises ContradictionError where locks break other
    rules, with every contradiction, and UnsupportedError where the problem asks for what a flow cannot
    express, naming rule and record (of resources that could be sent to two places at one time, it may stop
    after the first 1,000). Raises BudgetError where kind, skill and mode leave more than 2 * 10^10 pairs,
    before any is built, and StoppedError where the clock says so.
    """
    clock = clock or Clock()
    lists = Numbering(problem)
    clock.look()
    tied = in_order(coupling_constraints(lists))
    if tied:
        raise UnsupportedError(tied)
    eligible = Eligible(lists, metres=problem.objective.distance > 0)
    clock.look()
    taken = lock.taken(lists)
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

    capacity = np.array([resource.capacity for resource in lists.resources], np.int64)
    wanted = np.array([slot.requirement.wanted for slot in lists.slots], np.int64)
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


def candidates_of(
    lists: Numbering,
    eligible: Eligible,
    taken: Mapping[tuple[int, int], int],
    capacity: Whole,
    wanted: Whole,
    left: Whole,
    right: Whole,
) -> ProblemCandidates:
    """Eligible pairs with their weights. ``capacity`` and ``wanted`` are before the locks ``taken``, ``left``
    and ``right`` after.
    """
    objective = lists.problem.objective
    preference, familiarity = Preference(lists), Familiarity(lists)
    terms = (
        Weighted("importance", objective.importance, Importance(lists)),
        Weighted("skill_fit", objective.skill_fit, KnownFit(eligible.meetings.fit_range())),
        Weighted("distance", objective.distance, Distance(eligible.distances)),
        Weighted("preference", objective.preference, preference),
        Weighted("familiarity", objective.familiarity, familiarity),
        Weighted("previous", objective.previous, Previous(lists)),
        Weighted("score", objective.score, Score(lists)),
    )
    left_over = {
        pair: lists.own_capacity(lists.resources[pair[0]], lists.slots[pair[1]]) - quantity
        for pair, quantity in taken.items()
    }
    amounts = Amounts(
        divisible=np.array([lists.lexicon.is_divisible(resource) for resource in lists.resources], np.bool_),
        capacity=capacity,
        wanted=wanted,
        reduced=SparsePairs(len(wanted), (pair for pair, rest in left_over.items() if rest > 0)),
        left_over=np.array([rest for rest in left_over.values() if rest > 0], np.int64),
    )
    used_up = SparsePairs(len(wanted), (pair for pair, rest in left_over.items() if rest == 0))
    return ProblemCandidates(
        eligible,
        terms,
        amounts,
        Spent(used_up, left == 0, right == 0),
        max(preference.labels, familiarity.labels),
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
