"""A problem whose plan ranks choose, as pairs with two ranks: capacities and minimums less what locks take,
places of channels as nodes of their own, and what stability is not defined for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Intp, sums_by
from matchkit.compile.instance import Instance
from matchkit.compile.ranks import ranks_of
from matchkit.errors import Complaint, ContradictionError, UnsupportedError, in_order
from matchkit.messages.message import Message
from matchkit.model.ranking import CHANNELS
from matchkit.solvers.stable.ranked import RankedPairs

LINEAR = ("filled", "minimum", "weight")
"""Measures that ranks can be asked to make as great as can be."""


@dataclass(frozen=True, slots=True)
class RankedInstance:
    """The pairs that both sides would take. Right nodes are the requirements by number and, behind them,
    places that channels have for themselves; ``right_ids`` names them all.

    ``position`` (intp (pairs,)) are the pairs' numbers in the instance, ``requirement`` (intp (rights,)) what
    every right node is part of, ``right_minimum`` int64 (rights,).
    """

    pairs: RankedPairs
    position: Intp
    requirement: Intp
    right_ids: tuple[str, ...]
    right_minimum: Int64


def undefined(instance: Instance) -> Iterator[Complaint]:
    """Rules, records and goals that a choice by ranks has no meaning for, or no way to keep."""
    for rule in instance.problem.rules:
        kept = rule.in_eligibility or rule.rule == "lock"
        if rule.soft is not None or not kept:
            where = Message.of("where.rule", id=rule.label)
            yield Complaint.of(where, "ranks.rule")
    objective = instance.problem.objective
    measures = sorted(
        {
            part.measure
            for aim in objective.aims
            for part in aim.parts
            if part.measure not in LINEAR
        }
    )
    for measure in measures if objective.among == "goals" else ():
        yield Complaint.of("objective.aims", "ranks.measure", measure=measure)
    if any(aim.tolerance for aim in objective.aims) and objective.among == "goals":
        yield Complaint.of("objective.aims", "ranks.tolerance")


def ranked_instance(instance: Instance) -> RankedInstance:
    """The pairs with their ranks.

    Raises UnsupportedError where stability or a rule of choice is not defined for the problem, and
    ContradictionError where locks take more places of a channel than it has.
    """
    left_rank, right_rank, takes, channel = ranks_of(instance)
    nodes = _right_nodes(instance)
    right = np.where(
        channel > 0, nodes.of[instance.right, channel], nodes.of[instance.right, 0]
    )
    locked = instance.locked
    used = sums_by(right, locked, len(nodes.places))
    _check_locks(instance, nodes, used)
    given = instance.locked_sums[0]
    kept = np.flatnonzero(takes)
    order = np.lexsort((right[kept], instance.left[kept]))
    kept = kept[order]
    left, right = instance.left[kept], right[kept]
    capacity, places = instance.capacity - given, nodes.places - used
    room = instance.own_capacity(kept) - locked[kept]
    room = np.minimum(room, np.minimum(capacity[left], places[right]))
    _check_rule(instance, nodes, room)
    pairs = RankedPairs(
        left.astype(np.int32),
        right.astype(np.int32),
        left_rank[kept],
        right_rank[kept],
        room,
        capacity,
        places,
    )
    minimum = np.zeros(len(nodes.places), np.int64)
    minimum[: len(instance.minimum)] = instance.minimum
    return RankedInstance(
        pairs, kept, nodes.requirement, nodes.ids, np.maximum(0, minimum - used)
    )


@dataclass(frozen=True, slots=True)
class _RightNodes:
    """Right nodes: their ids and places (int64 (rights,)), the requirement of each (intp (rights,)), and the
    node of every requirement and channel (intp (requirements, channels + 1), column 0 for no channel).
    """

    ids: tuple[str, ...]
    places: Int64
    requirement: Intp
    of: Intp


def _right_nodes(instance: Instance) -> _RightNodes:
    """Requirements, and the places that channels have in those of demands with nominations."""
    problem = instance.problem
    ids, places = list(instance.requirement_ids), instance.wanted.tolist()
    requirement = list(range(len(ids)))
    of = np.repeat(np.arange(len(ids))[:, None], len(CHANNELS) + 1, axis=1)
    own = {(one.channel, one.demand): one.places for one in problem.channels}
    nominated = {one.demand for one in problem.nominations}
    found = []
    for number, demand in enumerate(instance.demands):
        if demand.id not in nominated:
            continue
        for column, name in enumerate(CHANNELS, 1):
            most = own.get((name, demand.id), own.get((name, None)))
            if most is None:
                continue
            if instance.minimum[number]:
                where = Message.of("where.requirement", id=ids[number])
                found.append(Complaint.of(where, "ranks.minimum", channel=name))
            of[number, column] = len(ids)
            ids.append(f"{ids[number]} {name}")
            places.append(most)
            places[number] -= most
            requirement.append(number)
    UnsupportedError.raise_if(in_order(found), Message("fault.ranks"))
    return _RightNodes(
        tuple(ids),
        np.array(places, np.int64),
        np.array(requirement, np.intp),
        of.astype(np.intp),
    )


def _check_locks(instance: Instance, nodes: _RightNodes, used: Int64) -> None:
    over = np.flatnonzero(used > nodes.places).tolist()
    if over:
        ids = instance.requirement_ids
        raise ContradictionError(
            [
                Complaint.of(
                    Message.of("lock.all_on", requirement=ids[nodes.requirement[one]]),
                    "ranks.locked",
                    amount=int(used[one]),
                    places=int(nodes.places[one]),
                )
                for one in over
            ]
        )


def _check_rule(instance: Instance, nodes: _RightNodes, room: Int64) -> None:
    """Refuses what the rule asked for is not defined for."""
    objective, found = instance.problem.objective, []
    if objective.stable in ("strong", "super") and room.max(initial=1) > 1:
        found.append(
            Complaint.of(
                Message("where.objective"),
                "preferences.pair_capacity",
                most=int(room.max()),
                stability=objective.stable,
            )
        )
    if objective.choice == "trading":
        sides = {
            "resources": ("resource", instance.resource_ids, instance.capacity),
            "requirements": ("requirement", nodes.ids, nodes.places),
        }
        what, ids, capacity = sides[objective.proposing]
        for one in np.flatnonzero(capacity > 1)[:1].tolist():
            where = Message.of(f"where.{what}", id=ids[one])
            found.append(
                Complaint.of(
                    where,
                    "ranks.capacity",
                    "preferences.trading",
                    capacity=int(capacity[one]),
                )
            )
    if objective.choice is not None and instance.minimum.any():
        one = int(np.flatnonzero(instance.minimum)[0])
        where = Message.of("where.requirement", id=instance.requirement_ids[one])
        found.append(Complaint.of(where, "ranks.choice_minimum", rule=objective.choice))
    UnsupportedError.raise_if(found, Message("fault.ranks"))
