"""The difference of two plans as paths and cycles of moves, each with what caused it.

Both plans are circulations of one network, root -> full units -> resource -> requirement -> full communities
-> root. So is their difference, and it decomposes into cycles that follow the signs of its arcs (conformal
decomposition: Ahuja, Magnanti and Orlin, Network Flows, 1993, theorem 3.5). docs/mathematics.md (Causes of
moves) proves what this says about causes.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import get_args

from matchkit.answers.effects import GoalChange, effect
from matchkit.answers.moves import EventKind, MovePath, PathKind, PathMove
from matchkit.answers.pairs import Filled
from matchkit.compile.goals import SHARED, aims_of
from matchkit.explain.events import (
    ROOT,
    PlanArc,
    PlanNode,
    PlanOnNetwork,
    ProblemChanges,
)
from matchkit.explain.plan_state import PlanState
from matchkit.explain.vectors import positive
from matchkit.graph.network import GoalValues

PRIORITY = {kind: place for place, kind in enumerate(get_args(EventKind))}
SignedArc = tuple[PlanArc, bool]
"""An arc of the difference, and whether the plan after has more on it: then it leads to its head."""
Reached = dict[PlanNode, tuple[PlanArc, PlanNode] | None]
"""How a search came to each node: by which arc and from where; None where it began."""


def paths_between(before: PlanOnNetwork, after: PlanOnNetwork) -> tuple[MovePath, ...]:
    """Paths that add up to the difference of the plans; those first whose first event is of the first kind.

    Each is a shortest one through the arc that it begins at. Raises InputError where there are moves without
    an event and a plan has a pair that is not eligible in its problem.
    """
    difference, changes = Difference(before, after), ProblemChanges(before, after)
    events = {
        arc: tuple(changes.at(arc, more=by > 0)) for arc, by in difference.left.items()
    }

    def order(arc: PlanArc) -> tuple[object, ...]:
        kinds = [PRIORITY[one.kind] for one in events[arc]]
        return min(kinds, default=len(PRIORITY)), _key(arc)

    found = []
    for first in sorted(events, key=order):
        while difference.left[first]:
            steps, units = difference.taken(first)
            mine = dict.fromkeys(one for arc, _ in steps for one in events[arc])
            if not mine:
                nodes = {node for arc, _ in steps for node in (arc.tail, arc.head)}
                mine = dict.fromkeys(changes.rules_on(nodes))
            moves = list(_moves(steps, units))
            if moves:
                kind, gain = (
                    ("event", ()) if mine else _unprompted(before, after, moves)
                )
                path = MovePath(
                    kind=kind,
                    events=tuple(mine),
                    quantity=units,
                    moves=tuple(moves),
                    filled=tuple(_filled(steps, units)),
                    gain=gain,
                    zone=after.problem.zone,
                )
                found.append(path)
    return tuple(found)


def _key(arc: PlanArc) -> tuple[PlanNode, PlanNode, str]:
    return arc.tail, arc.head, str(arc.start or "")


class Difference:
    """What the plan after has more (or, below 0, less) on every arc; ``left`` is what is not taken out yet.

    Of units, demands and communities only those are nodes that one of the plans fills, as a path that changes
    any other by a unit breaks no cap there; or all, where goals count how units are shared.
    """

    def __init__(self, before: PlanOnNetwork, after: PlanOnNetwork) -> None:
        shared = _shares(before) or _shares(after)
        kept = {
            node
            for one in (before, after)
            for node in {*one.units, *one.most}
            if shared or one.full(node)
        }
        by = Counter(_arcs(after, kept))
        by.subtract(_arcs(before, kept))
        self.left = {arc: by[arc] for arc in sorted(by, key=_key) if by[arc]}
        self._links = defaultdict[
            tuple[PlanNode, bool], list[tuple[PlanArc, PlanNode]]
        ](list)
        for arc, units in self.left.items():
            tail, head = _ends((arc, units > 0))
            self._links[tail, True].append((arc, head))
            self._links[head, False].append((arc, tail))

    def taken(self, first: PlanArc) -> tuple[list[SignedArc], int]:
        """A shortest cycle through an arc, from this arc on, and how many units it takes out of the
        difference.
        """
        tail, head = _ends((first, self.left[first] > 0))
        arcs = [first, *self._way(head, tail)]
        steps = [(arc, self.left[arc] > 0) for arc in arcs]
        units = min(abs(self.left[arc]) for arc in arcs)
        for arc, more in steps:
            self.left[arc] -= units if more else -units
        return steps, units

    def _way(self, start: PlanNode, end: PlanNode) -> list[PlanArc]:
        """A shortest way: within what hangs together without the root, or else by it."""
        if start == end:
            return []
        from_start = self._searched(start, end, ahead=True)
        direct = _traced(from_start, end)[::-1]
        if start != ROOT and ROOT not in from_start:
            return direct
        back = _traced(self._searched(end, ROOT, ahead=False), ROOT)
        by_root = _traced(from_start, ROOT)[::-1] + back
        return direct if direct and len(direct) <= len(by_root) else by_root

    def _searched(self, start: PlanNode, end: PlanNode, *, ahead: bool) -> Reached:
        """Breadth first along the arcs or against them, not through the root (from there, nowhere)."""
        reached: Reached = {start: None}
        queue = deque([start])
        while queue and end not in reached:
            node = queue.popleft()
            for arc, other in self._links[node, ahead] if node != ROOT else ():
                if other not in reached and self.left[arc]:
                    reached[other] = (arc, node)
                    queue.append(other)
        return reached


def _traced(reached: Reached, node: PlanNode) -> list[PlanArc]:
    """The arcs from a node back to where a search began; none where it was not reached."""
    found = []
    while (came := reached.get(node)) is not None:
        arc, node = came
        found.append(arc)
    return found


def _ends(step: SignedArc) -> tuple[PlanNode, PlanNode]:
    arc, more = step
    return (arc.tail, arc.head) if more else (arc.head, arc.tail)


def _shares(one: PlanOnNetwork) -> bool:
    """Whether goals count how units are shared."""
    return any(
        part.measure in SHARED for aim in aims_of(one.problem) for part in aim.parts
    )


def _arcs(one: PlanOnNetwork, kept: set[PlanNode]) -> Counter[PlanArc]:
    """The plan on the arcs between these nodes, resources, requirements and the root."""
    found = Counter[PlanArc]()
    for entry in one.plan.assignments:
        ends = ("resource", entry.resource), ("requirement", entry.requirement)
        found[PlanArc(*ends, entry.start)] += entry.quantity
        left, right = (
            [end, *(up for up in one.above(end) if up in kept), ROOT] for end in ends
        )
        for tail, head in (*pairwise(left[::-1]), *pairwise(right)):
            found[PlanArc(tail, head)] += entry.quantity
    return found


def _moves(steps: Sequence[SignedArc], units: int) -> Iterator[PathMove]:
    """The moves of a cycle, from the one at its first arc: on along the cycle to the root, then back from
    there to the root again.
    """
    ends = [_ends(step)[1] for step in steps]
    visits = [place for place, node in enumerate(ends) if node[0] == "resource"]
    if not visits:
        return
    (arc, more), above = steps[0], ("root", "unit")
    if (arc.tail[0] in above and arc.head[0] in (*above, "resource")) != more:
        visits.insert(0, visits.pop())  # the first arc leads away from its resource
    links = [_link(steps, ends, place) for place in visits]
    stop = next((k for k, link in enumerate(links) if link == ROOT), len(visits) - 1)
    order = [(0, None), *((k, links[k - 1]) for k in range(1, stop + 1))]
    order += [(k, links[k]) for k in range(len(visits) - 1, stop, -1)]
    for place, link in order:
        (into, _), (out, _) = (
            steps[visits[place]],
            steps[(visits[place] + 1) % len(steps)],
        )
        left, joined = into.tail[0] == "resource", out.tail[0] == "resource"
        if left or joined:
            values = {
                "resource": ends[visits[place]][1],
                "to": out.head[1] if joined else None,
                "away_from": into.head[1] if left else None,
                "quantity": units,
                "link": link and link[0],
                "through": link and link[1],
                "start_before": into.start if left else None,
                "start_after": out.start if joined else None,
            }
            yield PathMove.model_validate(values)


def _link(steps: Sequence[SignedArc], ends: Sequence[PlanNode], one: int) -> PlanNode:
    """Where a cycle turns between two resources: the requirement that both change, or the full unit or
    community; or the root.
    """
    place = (one + 1) % len(steps)
    while steps[place][1] == steps[(place + 1) % len(steps)][1] and ends[place] != ROOT:
        place = (place + 1) % len(steps)
    return ends[place]


def _filled(steps: Iterable[SignedArc], units: int) -> Iterator[Filled]:
    for arc, more in steps:
        if arc.tail[0] == "requirement":
            yield Filled(requirement=arc.tail[1], change=units if more else -units)


def _unprompted(
    before: PlanOnNetwork, after: PlanOnNetwork, moves: Sequence[PathMove]
) -> tuple[PathKind, tuple[GoalChange, ...]]:
    """What a path without an event is, and what undoing a unit of it would take from the plan after."""
    undone = [(one.resource, one.away_from, one.to) for one in moves]
    won = tuple(-by for by in _gain(after.state, undone))
    gain = effect([aim.name for aim in after.state.aims], won)
    if any(positive(won)):
        done = [(one.resource, one.to, one.away_from) for one in moves]
        better = any(positive(_gain(before.state, done)))
        return ("better" if better else "worth"), gain
    tied = not (before.state.is_flow and after.state.is_flow)
    return ("tied" if tied else "none"), gain


def _gain(
    state: PlanState, moves: Iterable[tuple[str, str | None, str | None]]
) -> GoalValues:
    """What a unit of each move changes in every goal: a resource to a requirement, away from another."""

    def number(requirement: str | None) -> int:
        return -1 if requirement is None else state.right_of[requirement]

    return state.gain(
        (state.left_of[who], number(to), number(away)) for who, to, away in moves
    )
