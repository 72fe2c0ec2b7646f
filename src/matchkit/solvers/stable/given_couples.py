"""Couples as a caller hands them in, read once against the pairs of their graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from matchkit.arguments import is_whole
from matchkit.arrays import Int64
from matchkit.errors import Complaint, InputError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.node_ids import NodeIds, side_name
from matchkit.messages.message import Message
from matchkit.solvers.stable.couples import JointChoices
from matchkit.solvers.stable.preferences import Couple, Preferences
from matchkit.solvers.stable.ranked import RankedPairs


def couples_refused(preferences: Preferences) -> list[Complaint]:
    """What is wrong with the form of couples, before any graph is looked at."""
    name, given = "preferences.couples", preferences.couples
    if isinstance(given, str) or not isinstance(given, Sequence):
        return [_typed(name, given)]
    found = []
    for number, couple in enumerate(given):
        place = f"{name}[{number}]"
        if not (isinstance(couple, tuple | list) and len(couple) == 3):
            found.append(_typed(place, couple))
        elif isinstance(couple[2], str) or not isinstance(couple[2], Sequence):
            found.append(_typed(f"{place}[2]", couple[2]))
        else:
            found += [
                _typed(f"{place}[2][{k}]", choice)
                for k, choice in enumerate(couple[2])
                if not (isinstance(choice, tuple | list) and len(choice) == 2)
            ]
    if len(given) and preferences.stability != "weak":
        found.append(
            Complaint.of(
                "preferences.stability",
                "preferences.beside_couples",
                "preferences.beside",
            )
        )
    return found


def choices_of(
    graph: BipartiteGraph, pairs: RankedPairs, preferences: Preferences
) -> JointChoices:
    """The choices of all couples, by pairs. Raises InputError for nodes and pairs that are none."""
    if not len(preferences.couples):
        return JointChoices.none()
    rights = len(graph.right_capacity)
    keys = pairs.left.astype(np.int64) * rights + pairs.right
    reader = _Reader(graph, keys)
    for number, couple in enumerate(preferences.couples):
        reader.couple(number, couple)
    if reader.faults:
        raise InputError(reader.faults)
    rows = np.array(reader.rows, np.int64).reshape(-1, 3).T
    members = np.array(sorted(reader.seen), np.int64)
    return JointChoices(rows[0], rows[1], rows[2], members)


class _Reader:
    """Reads couple after couple and collects what is wrong; ``keys``, int64 (pairs,), ascending, are the
    pairs as left times the number of right nodes plus right.
    """

    def __init__(self, graph: BipartiteGraph, keys: Int64) -> None:
        self._capacity, self._keys = graph.left_capacity, keys
        self._lefts = _Numbers(graph.left_ids, len(graph.left_capacity))
        self._rights = _Numbers(graph.right_ids, len(graph.right_capacity))
        self.seen: set[int] = set()
        self.rows: list[tuple[int, int, int]] = []
        self.faults: list[Complaint] = []

    def couple(self, number: int, couple: Couple) -> None:
        """Both members and their choices."""
        place = f"preferences.couples[{number}]"
        members = []
        for name in couple[:2]:
            node = self._lefts.number(name)
            if node is None:
                self._unknown(place, name, "left")
            elif node in self.seen:
                self._fault(place, "preferences.member_twice", node=_shown(name))
            elif self._capacity[node] != 1:
                capacity = int(self._capacity[node])
                self._fault(
                    place,
                    "preferences.member_capacity",
                    node=_shown(name),
                    capacity=capacity,
                )
            if node is not None:
                self.seen.add(node)
                members.append(node)
        made = set()
        for k, choice in enumerate(couple[2]):
            spot = f"{place}[2][{k}]"
            found = []
            for node, name in zip(members, choice, strict=False):
                right = self._rights.number(name)
                if right is None:
                    self._unknown(spot, name, "right")
                    continue
                key = node * len(self._rights) + right
                pair = int(np.searchsorted(self._keys, key))
                if pair == len(self._keys) or self._keys[pair] != key:
                    self._fault(spot, "preferences.choice_pair", node=_shown(name))
                else:
                    found.append(pair)
            if len(found) < 2:
                continue
            if tuple(found) in made:
                self._fault(spot, "preferences.choice_twice")
            made.add(tuple(found))
            self.rows.append((number, *found))  # type: ignore[arg-type]

    def _unknown(self, place: str, name: Any, side: str) -> None:
        self._fault(
            place, "preferences.member", node=_shown(name), side=side_name(side)
        )

    def _fault(self, place: str, key: str, **values: Any) -> None:
        do = Message(f"{key}.do")
        self.faults.append(Complaint(place, Message.of(key, **values), do))


class _Numbers:
    """Nodes of a side by id, or by number where there are no ids."""

    def __init__(self, ids: NodeIds, nodes: int) -> None:
        self._nodes = nodes
        self._place = None if ids is None else {name: k for k, name in enumerate(ids)}

    def __len__(self) -> int:
        return self._nodes

    def number(self, name: Any) -> int | None:
        """The node's number, None where there is no such node."""
        if self._place is None:
            return int(name) if is_whole(name, 0, self._nodes - 1) else None
        if isinstance(name, bool) or not isinstance(name, str | int | np.integer):
            return None
        return self._place.get(name)


def _shown(name: Any) -> str:
    return repr(name)[:80]


def _typed(place: str, given: Any) -> Complaint:
    return Complaint.of(
        place, "graph.type", "preferences.couples", name=type(given).__name__
    )
