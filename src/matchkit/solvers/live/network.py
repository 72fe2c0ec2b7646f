"""A flow of greatest gain and its potentials in arrays that change: nodes below hubs, and pairs of nodes.

Units run from the root down the tree of the left side, over a pair, and up the tree of the right side to the
root. Every node has one link, to the hub above it; its units gain in steps, no step more than the one before.
Potentials are such that no arc of the residual network costs less than nothing: an arc costs the potential of
its head less that of its tail less its gain. So the flow is the best there is, and the potentials prove it
(Ahuja, Magnanti and Orlin 1993, theorem 9.3).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Int32, Int64, Intp, Mask
from matchkit.graph.network import GoalValues, UnitSteps
from matchkit.solvers.flow.fold import Folded
from matchkit.solvers.live.fold import ArcFold, arc_fold

NODES = ("up", "left", "capacity", "carried", "base", "potential", "down", "upward")
"""Arrays with an entry a node."""
PAIRS = ("tail", "head", "gain", "most", "units", "least")
"""Arrays with an entry a pair."""


@dataclass(frozen=True, slots=True)
class LiveNodes:
    """Nodes of both trees: the hub above each (int64 (nodes,), -1: it is the root), whether it is of the left
    side (bool), what its link may carry, does carry, and must at least (int64 each), and the steps of units.
    """

    up: Int64
    left: Mask
    capacity: Int64
    carried: Int64
    base: Int64
    steps: UnitSteps


@dataclass(frozen=True, slots=True)
class LivePairs:
    """Pairs: left and right node (int32 (pairs,)), gain of a unit in the last goal, what a pair may carry,
    does carry, and must at least (int64 (pairs,) each).
    """

    left: Int32
    right: Int32
    gain: Int64
    capacity: Int64
    units: Int64
    base: Int64


class LinkSteps(NamedTuple):
    """Where each step of a node's units ends, what a unit of it gains by goal, and that as one number."""

    ends: tuple[int, ...]
    gain: tuple[GoalValues, ...]
    folded: tuple[int, ...]


class LiveNetwork:
    """The arrays, and every change of them; ``undo`` takes back what came after a ``mark``.

    A link that can carry one unit more (or less) gains ``down`` from hub to node, ``upward`` from node to
    hub; ``-fold.far`` where it cannot. ``at[node]`` are the positions of a node's pairs, ``held[node]`` of
    those that carry anything, ascending. ``bonus`` is what a unit of a pair gains in other goals besides: 0
    in the last.
    """

    def __init__(
        self,
        nodes: LiveNodes,
        pairs: LivePairs,
        potential: npt.NDArray[Any],
        bonus: Mapping[int, GoalValues] | None = None,
    ) -> None:
        """``potential`` has shape (nodes, goals)."""
        self.root = int(np.flatnonzero(nodes.up < 0)[0])
        self.up, self.left = nodes.up.copy(), nodes.left.copy()
        self.capacity, self.carried = nodes.capacity.copy(), nodes.carried.copy()
        self.base, self.bonus = nodes.base.copy(), dict(bonus or {})
        self.pairs = len(pairs.left)
        room = self.pairs // 8 + 64
        self.tail, self.head, self.gain, self.most, self.units, self.least = (
            np.concatenate(
                [
                    part,
                    np.zeros(
                        room,
                        part.dtype,
                    ),
                ]
            )
            for part in (
                pairs.left,
                pairs.right,
                pairs.gain,
                pairs.capacity,
                pairs.units,
                pairs.base,
            )
        )
        size = len(self.up)
        self.at = [
            one if len(one) else other
            for one, other in zip(
                _grouped(pairs.left, size), _grouped(pairs.right, size), strict=True
            )
        ]
        self.held: list[list[int]] = [[] for _ in range(size)]
        for place in np.flatnonzero(pairs.units).tolist():
            self.held[int(pairs.left[place])].append(place)
            self.held[int(pairs.right[place])].append(place)
        key = pairs.left.astype(np.int64) * size + pairs.right
        self.parallel = len(np.unique(key)) < len(key)
        """Whether two pairs may have the same ends."""
        self._children: dict[int, Intp] | None = None
        self.steps = dict[int, LinkSteps]()
        for node, ends, gain in steps_by_node(nodes.steps):
            self.steps[node] = LinkSteps(ends, gain, ())
        reach = np.abs(nodes.steps.gain).max(axis=0, initial=0).tolist()
        reach[-1] = max(reach[-1], int(np.abs(pairs.gain).max(initial=0)))
        for vector in self.bonus.values():
            reach = [max(a, abs(b)) for a, b in zip(reach, vector, strict=True)]
        self._log: list[tuple[str, Any, Any]] = []
        self._forgotten = 0
        self.changed = set[int]()
        fold = arc_fold(reach, size)
        beyond = bool((np.abs(potential) > np.array(fold.most)).any())
        self.fold = arc_fold(reach, size, large=beyond)
        self.gain = self.gain.astype(self.fold.dtype)
        for place, vector in self.bonus.items():
            self.gain[place] += self.fold.number(vector)
        self.refold(self.fold, potential)

    # -- numbers ------------------------------------------------------------------------------------

    def refold(self, fold: ArcFold, potential: npt.NDArray[Any]) -> None:
        """All that is folded, anew; ``potential`` has shape (nodes, goals)."""
        before, self.fold = self.fold, fold
        self.potential = fold.of(potential)
        for place, vector in self.bonus.items():
            self.gain[place] -= before.number(vector)
        self.gain = self.gain.astype(fold.dtype)
        for place, vector in self.bonus.items():
            self.gain[place] += fold.number(vector)
        self.down = np.full(len(self.up), -fold.far, fold.dtype)
        self.upward = self.down.copy()
        for node, steps in self.steps.items():
            self.steps[node] = self._folded(steps.ends, steps.gain)
        for node in np.flatnonzero(self.up >= 0).tolist():
            self.refresh(node)

    def _folded(self, ends: Sequence[int], gain: Sequence[GoalValues]) -> LinkSteps:
        return LinkSteps(tuple(ends), tuple(gain), tuple(map(self.fold.number, gain)))

    def widen(self, reach: Sequence[int] = (), *, large: bool = False) -> None:
        """Room for arcs that gain so much, and in Python's own integers where ``large``."""
        most = [
            max(a, b)
            for a, b in zip(self.fold.reach, reach or self.fold.reach, strict=True)
        ]
        fold = arc_fold(most, len(self.up), large=large or self.fold.large)
        if fold != self.fold:
            self.refold(fold, self.fold.vectors(self.potential))

    def prices(self) -> Int64:
        """The potentials by goal: int64 (nodes, goals), 0 at the root."""
        return self.fold.vectors(self.potential - self.potential[self.root]).astype(
            np.int64
        )

    def touched(self, mark: int) -> tuple[set[int], set[int]]:
        """Pairs and nodes whose units, or what these gain, have changed since a mark."""
        pairs, nodes = set[int](), set[int]()
        for name, place, _ in self._log[mark - self._forgotten :]:
            if name in ("units", "gain"):
                pairs.update(np.atleast_1d(place).tolist())
            elif name == "table" and place[0] is self.bonus:
                pairs.add(place[1])
            elif name in ("carried", "steps"):
                nodes.add(place)
        return pairs, nodes

    def value(self, pairs: Iterable[int], nodes: Iterable[int]) -> GoalValues:
        """What the units of some pairs and links gain, by goal; of those that are not there, nothing."""
        at = np.array([place for place in pairs if place < self.pairs], np.int64)
        found = self.fold.vectors(self.gain[at]) * self.units[at, None]
        total: list[int] = found.sum(axis=0).tolist()
        for node in nodes:
            ends, gains, _ = self.steps.get(node, _NO_STEPS)
            begin = 0
            for end, gain in zip(ends, gains, strict=True):
                many = max(0, min(end, int(self.carried[node])) - begin)
                total = [a + many * b for a, b in zip(total, gain, strict=True)]
                begin = end
        return tuple(total)

    # -- links --------------------------------------------------------------------------------------

    def step_room(self, node: int, *, more: bool) -> tuple[int, int]:
        """How many units the link can carry more (or less) at one gain, and that gain of a unit; none: 0."""
        ends, _, folded = self.steps.get(node, _NO_STEPS)
        has = int(self.carried[node])
        if more:
            step = bisect_right(ends, has)
            last, gain = (
                (ends[step], folded[step])
                if step < len(ends)
                else (int(self.capacity[node]), 0)
            )
            return max(0, min(last, int(self.capacity[node])) - has), gain
        step = bisect_left(ends, has)
        begin = ends[step - 1] if step else 0
        gain = folded[step] if step < len(ends) else 0
        return max(0, has - max(begin, int(self.base[node]))), gain

    def refresh(self, node: int) -> None:
        """What the link of a node gains now."""
        more, less = (self.step_room(node, more=way) for way in (True, False))
        far = self.fold.far
        gains = more[1] if more[0] else -far, -less[1] if less[0] else -far
        self.down[node], self.upward[node] = gains if self.left[node] else gains[::-1]

    def children(self, hub: int) -> Intp:
        """The nodes right below a hub, ascending."""
        if self._children is None:
            order = np.argsort(self.up, kind="stable")
            hubs, begins = np.unique(self.up[order], return_index=True)
            below = np.split(order, begins[1:])
            self._children = dict(zip(hubs.tolist(), below, strict=True))
        return self._children.get(hub, _NOBODY)

    # -- changes, each of which is taken back by its entry in the log ----------------------------------

    def mark(self) -> int:
        """Where the log stands."""
        return self._forgotten + len(self._log)

    def undo(self, mark: int) -> None:
        """Take back every change since a mark."""
        while self.mark() > mark:
            name, place, before = self._log.pop()
            if name == "units":
                self._put_units(place, before)
            elif name == "steps":
                del self.steps[place]
                if before is not None:
                    self.steps[place] = self._folded(*before[:2])
                self.refresh(place)
            elif name == "at":
                self.at[place] = before
            elif name == "potential":
                self.potential[place] = self.fold.of(before)
            elif name == "node":
                for each in NODES:
                    setattr(self, each, getattr(self, each)[:place])
                del self.at[place:], self.held[place:]
                self._children = None
            elif name == "pairs":
                self.pairs = place
            elif name == "gain":
                self.gain[place] = before + self._extra(place)
            elif name == "table":
                table, key = place
                table[key] = before
                if before is None:
                    del table[key]
            else:
                getattr(self, name)[place] = before
                if name == "up":
                    self._children = None
                if name in ("capacity", "carried", "base"):
                    self.refresh(place)

    def units_before(self, mark: int) -> Iterator[tuple[int, int]]:
        """Pairs that carry something else since a mark, with what they did, the first of each first."""
        for name, place, before in self._log[mark - self._forgotten :]:
            if name == "units":
                yield place, before

    def forget(self, mark: int) -> None:
        """Nothing before a mark can be taken back any more."""
        gone = mark - self._forgotten
        del self._log[:gone]
        self._forgotten = mark

    def _set(self, name: str, place: Any, value: Any) -> None:
        array = getattr(self, name)
        before = array[place]
        before = before.copy() if hasattr(before, "copy") else before
        self._log.append((name, place, before))
        array[place] = value

    def put(self, table: dict[Any, Any], key: Any, value: Any) -> None:
        """Enter something (None: take it out) in a table of the caller's, to be taken back likewise."""
        self._log.append(("table", (table, key), table.get(key)))
        table[key] = value
        if value is None:
            del table[key]

    def raise_potentials(self, nodes: Intp, by: Folded) -> None:
        """Add to the potentials of some nodes."""
        self._log.append(("potential", nodes, self.fold.vectors(self.potential[nodes])))
        self.potential[nodes] += by
        self.changed.update(nodes.tolist())

    def set_link(self, node: int, **values: int) -> None:
        """``capacity``, ``carried`` or ``base`` of a node's link."""
        for name, value in values.items():
            self._set(name, node, value)
        self.refresh(node)

    def set_steps(
        self, node: int, ends: Sequence[int], gain: Sequence[GoalValues]
    ) -> None:
        """Other steps of a node's units."""
        self._log.append(("steps", node, self.steps.get(node)))
        self.widen(tuple(max(map(abs, one)) for one in zip(*gain, strict=True)))
        self.steps[node] = self._folded(ends, gain)
        self.refresh(node)

    def set_pairs(self, name: str, places: Int64, values: Int64 | int) -> None:
        """``most`` or ``least`` of some pairs."""
        self._set(name, places, values)

    def set_gain(self, places: Int64, gain: Int64) -> None:
        """Other gains in the last goal of some pairs."""
        none = (0,) * (len(self.fold.units) - 1)
        self.widen((*none, int(np.abs(gain).max(initial=0))))
        extra = self._extra(places)
        self._log.append(("gain", places, self.gain[places] - extra))
        self.gain[places] = gain + extra

    def _extra(self, places: Int64) -> Folded:
        """What pairs gain in other goals than the last."""
        none = (0,) * len(self.fold.units)
        vectors = (self.bonus.get(place, none) for place in places.tolist())
        return np.array(list(map(self.fold.number, vectors)), self.fold.dtype)

    def set_bonus(self, place: int, bonus: GoalValues) -> None:
        """What a unit of a pair, that is new, gains in other goals than the last."""
        self.widen(tuple(map(abs, bonus)))
        self.put(self.bonus, place, bonus)
        self.gain[place] += self.fold.number(bonus)

    def set_units(self, place: int, units: int) -> None:
        """What a pair carries."""
        self._log.append(("units", place, int(self.units[place])))
        self._put_units(place, units)

    def _put_units(self, place: int, units: int) -> None:
        before = int(self.units[place])
        self.units[place] = units
        for node in (int(self.tail[place]), int(self.head[place])):
            held = self.held[node]
            if units and not before:
                insort(held, place)
            elif before and not units:
                del held[bisect_left(held, place)]

    def set_hub(self, nodes: Intp, hub: int) -> None:
        """Hang nodes below another hub."""
        self._set("up", nodes, hub)
        self._children = None

    def add_node(self, hub: int, *, left: bool, capacity: int) -> int:
        """One more node below a hub, with the hub's potential; its number."""
        node = len(self.up)
        self._log.append(("node", node, None))
        far = -self.fold.far
        values = (hub, left, capacity, 0, 0, self.potential[hub], far, far)
        for name, value in zip(NODES, values, strict=True):
            array = getattr(self, name)
            setattr(self, name, np.append(array, np.array([value], array.dtype)))
        self.at.append(np.zeros(0, np.int64))
        self.held.append([])
        self._children = None
        self.refresh(node)
        return node

    def add_pairs(self, left: Int64, right: Int64, gain: Int64, most: Int64) -> Int64:
        """More pairs, carrying nothing; their positions."""
        first, last = self.pairs, self.pairs + len(left)
        self.widen(
            (0,) * (len(self.fold.units) - 1) + (int(np.abs(gain).max(initial=0)),)
        )
        if last > len(self.tail):
            more = last // 8 + 64
            for name in PAIRS:
                array = getattr(self, name)
                spare = np.zeros(last + more - len(array), array.dtype)
                setattr(self, name, np.concatenate([array, spare]))
        self._log.append(("pairs", first, None))
        places = np.arange(first, last)
        nothing = np.zeros(len(left), np.int64)
        for name, part in zip(
            PAIRS, (left, right, gain, most, nothing, nothing), strict=True
        ):
            getattr(self, name)[first:last] = part
        self.pairs = last
        for ends in (left, right) if len(left) else ():
            order = np.argsort(ends, kind="stable")
            nodes, begins = np.unique(ends[order], return_index=True)
            for node, mine in zip(
                nodes.tolist(), np.split(places[order], begins[1:]), strict=True
            ):
                self._log.append(("at", node, self.at[node]))
                self.at[node] = np.concatenate([self.at[node], mine])
        return places


_NO_STEPS = LinkSteps((), (), ())
_NOBODY: Intp = np.zeros(0, np.intp)


def _grouped(ends: Int32, size: int) -> list[Int64]:
    """The positions of the pairs of every node."""
    order = np.argsort(ends, kind="stable")
    return np.split(order, np.cumsum(np.bincount(ends, minlength=size))[:-1])


def steps_by_node(
    steps: UnitSteps,
) -> list[tuple[int, GoalValues, tuple[GoalValues, ...]]]:
    """Node, ends of steps and what a unit of each gains, of those that hold any."""
    some = np.flatnonzero(steps.units > 0)
    order = some[np.argsort(steps.node[some], kind="stable")]
    node, units, gain = steps.node[order], steps.units[order], steps.gain[order]
    begins = np.flatnonzero(np.diff(node, prepend=-1))
    return [
        (
            int(node[mine[0]]),
            tuple(np.cumsum(units[mine]).tolist()),
            tuple(map(tuple, gain[mine].tolist())),
        )
        for mine in np.split(np.arange(len(order)), begins[1:])
        if len(mine)
    ]
