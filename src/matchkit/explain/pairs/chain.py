"""From a path through the residual network to moves in the user's ids, and what the plan's goals are after
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from matchkit.answers.pairs import Filled, Move
from matchkit.arrays import Int64
from matchkit.errors import EngineError
from matchkit.explain.plan_state import Caps, PlanState
from matchkit.explain.residual.network import FlowNetwork
from matchkit.explain.vectors import plus
from matchkit.graph.network import GoalValues
from matchkit.messages.message import Message


class ChainStep(NamedTuple):
    """One unit of a resource to a requirement, away from another; -1 stands for spare capacity."""

    left: int
    to: int
    away: int


def steps(
    network: FlowNetwork, left: int, right: int, path: Sequence[int]
) -> list[ChainStep]:
    """The moves of a cycle: the resource goes to the requirement, and the path leads from there back to it.

    In their order each resource leaves the requirement that the one before has joined, wherever nothing is
    left over in between.
    """
    offset, root = network.rights.start, network.root
    found: list[ChainStep] = []
    away = -1
    for tail, head in pairwise(path):
        if head < offset:  # a resource is reached: it leaves what the path came from
            came = tail - offset if tail < root else -1
            if head == left:
                away = came
            else:
                found.append(ChainStep(head, -1, came))
        elif tail < offset and head < root:
            found[-1] = found[-1]._replace(to=head - offset)
    return [ChainStep(left, right, away), *found]


def after(
    network: FlowNetwork, moves: Sequence[ChainStep]
) -> tuple[GoalValues, list[Filled]]:
    """The goals after these moves, counted anew, and the requirements that have more or less than before.

    Raises EngineError where the moves do not lead to a plan that keeps eligibility, locks, capacities and
    caps.
    """
    state = network.state
    given, taken = state.given.copy(), state.taken.copy()
    change_of: dict[int, int] = {}
    for left, to, away in moves:
        for right, by in ((to, 1), (away, -1)):
            if right < 0:
                continue
            at = state.position(left, right)
            if at is None:
                raise _wrong()
            change_of[at] = change_of.get(at, 0) + by
            given[left] += by
            taken[right] += by
    moved = np.array(sorted(change_of), np.intp)
    carried = state.carried[moved] + np.array(
        [change_of[at] for at in moved.tolist()], np.int64
    )
    kept = (
        (carried >= state.locked[moved]).all()
        and (carried <= state.own_capacity(moved)).all()
        and (given <= state.capacity).all()
        and (taken <= state.wanted).all()
        and _within(network.units, given - state.given)
        and _within(network.communities, taken - state.taken)
    )
    if not kept:
        raise _wrong()
    change = taken - state.taken
    filled = [
        Filled(requirement=state.requirement_ids[q], change=int(change[q]))
        for q in np.flatnonzero(change).tolist()
    ]
    return plus(state.values, state.gain(moves)), filled


def moves_by_id(state: PlanState, moves: Iterable[ChainStep]) -> tuple[Move, ...]:
    """The moves in the user's ids."""
    names = state.requirement_ids
    return tuple(
        Move(
            resource=state.resource_ids[left],
            to=names[to] if to >= 0 else None,
            away_from=names[away] if away >= 0 else None,
        )
        for left, to, away in moves
    )


def _within(caps: Caps, change: Int64) -> bool:
    """Whether every cap holds after a change of what leaves give or take (int64, one a leaf), or is broken no
    further than before.
    """
    by_node = zip(caps.below(change), caps.most, caps.used, strict=True)
    return all(used + more <= max(most, used) for more, most, used in by_node)


def _wrong() -> EngineError:
    return EngineError(Message("defect.chain"))
