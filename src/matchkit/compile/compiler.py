"""From a problem to the network that matching solves, and what the way back needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.compile.candidates import ProblemCandidates
from matchkit.compile.goals import flow_goals, without_levels
from matchkit.compile.instance import Instance
from matchkit.compile.kept import KeptPairs
from matchkit.compile.locks import Locked
from matchkit.compile.numbering import RequirementAtStart
from matchkit.compile.scores import WorstScore
from matchkit.compile.share_trees import with_shares
from matchkit.compile.shares import FlowShares, shares_of
from matchkit.deadline import Deadline
from matchkit.errors import Complaint, ContradictionError, UnsupportedError
from matchkit.graph.network import CapTree, Goals, Network
from matchkit.model import Aim
from matchkit.solvers.flow.first_units import FirstUnits


@dataclass(frozen=True, slots=True)
class Compiled:
    """A problem as arrays. Left node k is ``resource_ids[k]``, right node k ``requirement_ids[k]``, both
    sorted.

    ``unit_ids`` and ``community_ids`` are the capped nodes in the order of the network's trees: by how many
    capped nodes lie above them, then by id. Capacities in ``network`` are what the locks left; ``locked`` is
    what they took.
    """

    network: Network
    goals: Goals
    aims: tuple[Aim, ...]
    resource_ids: tuple[str, ...]
    requirement_ids: tuple[str, ...]
    unit_ids: tuple[str, ...]
    community_ids: tuple[str, ...]
    locked: Locked
    shares: tuple[FlowShares, ...]
    """Goals of coverage and loads."""
    right_places: Intp
    """Where every capped community, and after these every one that shares, stands in the network's tree."""
    worst: WorstScore | None
    """Whose worst score is a goal, which the flow does not count."""
    kept: KeptPairs
    """The reference plan."""
    first: FirstUnits | None
    """What pairs count in goals before the last: units kept, those that locks hold left out."""
    likely: Goals | None
    """Where levels are goals: the goals without levels, which have the same best plans as a rule."""
    slots: tuple[RequirementAtStart, ...]
    """Requirement records with their demands, by number."""
    candidates: ProblemCandidates
    """The same as ``network.pairs``, with the weight terms."""


def flow_obstacles(
    instance: Instance, deadline: Deadline | None = None
) -> list[Complaint]:
    """What a flow cannot express of the problem, naming rule and record; empty where it is a flow (of
    resources that could be sent to two places at one time, the first 1,000 may be all).

    Raises ContradictionError where locks break other rules of what would be a flow, with every contradiction,
    BudgetError where kind, skill and mode leave more than 2 * 10^10 pairs, before any is built, and
    StoppedError where the deadline has passed.
    """
    deadline = deadline or Deadline()
    deadline.check()
    if instance.coupled:
        return instance.coupled
    ContradictionError.raise_if(instance.contradictions)
    deadline.check()
    return instance.overlapping


def compile_problem(instance: Instance, deadline: Deadline | None = None) -> Compiled:
    """The problem as a network with goals; docs/architecture.md says what its numbers mean.

    The order of records in the problem changes nothing. Raises UnsupportedError where there are flow
    obstacles, and what ``flow_obstacles`` raises.
    """
    obstacles = flow_obstacles(instance, deadline)
    UnsupportedError.raise_if(obstacles)
    lists, taken, candidates = (
        instance.lists,
        instance.taken_by_locks,
        instance.open_candidates,
    )
    units, communities = instance.unit_caps, instance.community_caps
    capacity = instance.capacity
    given, received = instance.locked_sums
    kept = instance.kept
    pairs = zip(kept.left.tolist(), kept.right.tolist(), strict=True)
    held = [taken.get(pair, 0) for pair in pairs]
    left_tree, right_tree, goals = _shared(instance, instance.aims, instance.shares)
    without, likely = without_levels(instance.aims), None
    if without != instance.aims:
        names = tuple(aim.name for aim in without)
        likely = _shared(instance, without, shares_of(without, names, lists))[2]
    network = Network(
        pairs=candidates,
        left_capacity=capacity - given,
        right_capacity=instance.wanted - received,
        left_tree=left_tree,
        right_tree=right_tree,
    )
    return Compiled(
        network=network,
        goals=goals,
        shares=instance.shares,
        worst=instance.worst,
        right_places=instance.right_places,
        kept=kept,
        first=kept.first_units(instance.aims, goals.names, np.array(held, np.int64)),
        likely=likely,
        aims=instance.aims,
        resource_ids=tuple(resource.id for resource in lists.resources),
        requirement_ids=tuple(slot.requirement.id for slot in lists.slots),
        unit_ids=units.ids,
        community_ids=communities.ids,
        locked=_locked(candidates, taken),
        slots=lists.slots,
        candidates=candidates,
    )


def _locked(
    candidates: ProblemCandidates, taken: Mapping[tuple[int, int], int]
) -> Locked:
    left, right = (np.array([pair[side] for pair in taken], np.intp) for side in (0, 1))
    terms = candidates.terms(left, right)
    return Locked(
        left,
        right,
        np.array(list(taken.values()), np.int64),
        np.sum(list(terms.values()), axis=0, dtype=np.int64),
    )


def _shared(
    instance: Instance, aims: tuple[Aim, ...], shares: Sequence[FlowShares]
) -> tuple[CapTree, CapTree, Goals]:
    """The trees of a flow, and these aims as its goals, coverage and loads of which ``shares`` are."""
    return _network(instance, aims, shares, instance.cap_trees, instance.locked_sums)


def open_network(instance: Instance) -> tuple[CapTree, CapTree, Goals]:
    """The trees of a flow and its goals as if nothing were locked."""
    locked = np.zeros_like(instance.capacity), np.zeros_like(instance.slots_wanted)
    lists = instance.lists
    units = instance.unit_caps.tree(
        [one.unit for one in lists.resources], [0] * len(instance.unit_caps.ids)
    )
    communities = instance.community_caps.tree(
        [slot.demand.community for slot in lists.slots],
        [0] * len(instance.community_caps.ids),
    )
    trees = units, communities
    return _network(instance, instance.aims, instance.shares, trees, locked)


def _network(
    instance: Instance,
    aims: tuple[Aim, ...],
    shares: Sequence[FlowShares],
    trees: tuple[CapTree, CapTree],
    locked: tuple[Int64, Int64],
) -> tuple[CapTree, CapTree, Goals]:
    columns = instance.tier, instance.minimum, instance.wanted
    fills = flow_goals(aims, *columns, shared=True)
    return with_shares(trees, fills, shares, locked, instance.community_caps)
