"""What changed from one problem to another at an arc of the network on which two plans differ: the events at
which paths of moves begin. docs/explanations.md (Causes of moves).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from matchkit.answers.moves import Event
from matchkit.compile.eligibility import against
from matchkit.compile.numbering import Numbering
from matchkit.explain.plan_state import PlanState
from matchkit.model import Problem
from matchkit.model.rules import Cap, Lock
from matchkit.plan import Plan

PlanNode = tuple[str, str]
"""A kind of node (root, unit, resource, requirement, demand, community) and its id."""
ROOT: PlanNode = ("root", "")
RECORDS = ("resource", "requirement")
PairOfIds = tuple[str, str]
PairOfInts = tuple[int, int]


class PlanArc(NamedTuple):
    """An arc of the network; of a pair that begins at one of several starts, with that start."""

    tail: PlanNode
    head: PlanNode
    start: datetime | None = None


class PlanOnNetwork:
    """A plan on the nodes of its problem's network: ``units`` is what passes through each, ``most`` what may
    pass through resources, requirements, and units and communities with a cap.
    """

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.most: dict[PlanNode, int] = {}
        self._up, self._counts = (
            dict[PlanNode, PlanNode](),
            dict[PlanNode, PairOfInts](),
        )
        for side, nodes in (
            ("unit", problem.units),
            ("community", problem.communities),
        ):
            for record in nodes:
                if record.parent is not None:
                    self._up[side, record.id] = side, record.parent
        for one in problem.resources:
            self._up["resource", one.id] = "unit", one.unit
            self.most["resource", one.id] = one.capacity
        for demand in problem.demands:
            self._up["demand", demand.id] = "community", demand.community
            for need in demand.requirements:
                node = "requirement", need.id
                self._up[node] = "demand", demand.id
                self.most[node] = need.wanted
                self._counts[node] = demand.tier, need.minimum
        self.pairs, ends = Counter[PairOfIds](), Counter[PlanNode]()
        for entry in plan.assignments:
            pair = entry.resource, entry.requirement
            self.pairs[pair] += entry.quantity
            for node in zip(RECORDS, pair, strict=True):
                ends[node] += entry.quantity
        self.units, held = self._through(ends), self._through(self.most)
        self.locks = Counter[PairOfIds]()
        for rule in problem.rules:
            if rule.soft is None and isinstance(rule, Cap):
                node = (rule.side, rule.node)
                most = rule.limit(held[node])
                self.most[node] = min(most, self.most.get(node, most))
            elif rule.soft is None and isinstance(rule, Lock):
                pair = rule.resource, rule.requirement
                self.locks[pair] = max(self.locks[pair], rule.quantity)

    def above(self, node: PlanNode) -> Iterator[PlanNode]:
        """The units above a resource; the demand and the communities above a requirement."""
        while node in self._up:
            node = self._up[node]
            yield node

    def _through(self, ends: Mapping[PlanNode, int]) -> Counter[PlanNode]:
        """What passes through all nodes, of units that begin or end at some."""
        found = Counter(ends)
        for node, units in ends.items():
            for up in self.above(node):
                found[up] += units
        return found

    @cached_property
    def lists(self) -> Numbering:
        """The problem's records in their numbering."""
        return Numbering(self.problem)

    @cached_property
    def state(self) -> PlanState:
        """Problem and plan in arrays. Raises InputError where a pair is not eligible."""
        return PlanState(self.problem, self.plan)

    def full(self, node: PlanNode) -> bool:
        """Whether a node takes no unit more. A record that is not there takes none; without a cap, any is
        taken.
        """
        most = self.most.get(node, 0 if node[0] in RECORDS else None)
        return most is not None and self.units[node] >= most

    def carries(self, pair: PairOfIds) -> bool:
        """Whether a pair of the problem has all that it may carry."""
        lists = self.lists
        resource, slot = lists.left[pair[0]], lists.right[pair[1]]
        own = lists.own_capacity(lists.resources[resource], lists.slots[slot])
        return self.pairs[pair] >= own

    def standing(self, node: PlanNode) -> tuple[object, ...] | None:
        """Where a record belongs, and how a requirement counts; None where it is not there."""
        if node[0] not in RECORDS or node not in self.most:
            return None
        return *self.above(node), *self._counts.get(node, ())


class ProblemChanges:
    """What changed from the problem of one plan to that of another.

    An arc on which the plan after has more is an event where the problem before has no room there for one
    unit more; one on which it has less, where the problem after has none.
    """

    def __init__(self, before: PlanOnNetwork, after: PlanOnNetwork) -> None:
        self._sides = before, after
        old, new = (
            Counter(
                rule
                for rule in one.problem.rules
                if rule.soft is not None or not rule.in_flow
            )
            for one in self._sides
        )
        self._rules = [(rule, "rule_new") for rule in new - old]
        self._rules += [(rule, "rule_gone") for rule in old - new]

    def at(self, arc: PlanArc, *, more: bool) -> Iterator[Event]:
        """The events of an arc that has more, or less, than before."""
        closed, there = self._sides if more else self._sides[::-1]
        if arc.tail[0] != "resource":
            node = arc.head if arc.tail[0] in ("root", "unit") else arc.tail
            if closed.full(node):
                yield from self._room(node, more=more)
            one, other = closed.standing(node), there.standing(node)
            if None not in (one, other) and one != other:
                yield _event(f"{node[0]}_changed", **{node[0]: node[1]})
            return
        pair = arc.tail[1], arc.head[1]
        if any(closed.standing(node) is None for node in arc[:2]):
            return  # the record is the event, at its own arc
        named = dict(zip(RECORDS, pair, strict=True))
        resource = closed.lists.resources[closed.lists.left[pair[0]]]
        if reasons := against(closed.lists, resource, pair[1]):
            kind = "eligible" if more else "not_eligible"
            yield _event(kind, reasons=reasons, **named)
        elif closed.carries(pair):
            for node in arc[:2]:
                yield from self._room(node, more=more)
        if there.locks[pair] >= there.pairs[pair] > closed.locks[pair]:
            yield _event("lock_new" if more else "lock_gone", **named)

    def _room(self, node: PlanNode, *, more: bool) -> Iterator[Event]:
        before, after = (one.most.get(node) for one in self._sides)
        words = ("less", "more")
        if node[0] in RECORDS and None in (before, after):
            words = ("gone", "new")
        if before != after:
            kind = f"{node[0]}_{words[more]}"
            yield _event(kind, before=before, after=after, **{node[0]: node[1]})

    def rules_on(self, nodes: set[PlanNode]) -> Iterator[Event]:
        """Rules that no flow keeps, new or gone, that name one of these nodes or what is above it, or
        nothing.
        """
        near = set(nodes)
        for node in nodes if self._rules else ():
            for one in self._sides:
                near.update(one.above(node))
        for rule, kind in self._rules:
            named = set(rule.names())
            if not named or named & near:
                yield _event(kind, rule=rule.label)


def _event(kind: str, **values: object) -> Event:
    return Event.model_validate({"kind": kind, **values})
