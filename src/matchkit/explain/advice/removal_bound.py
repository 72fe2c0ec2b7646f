"""What a plan loses at least and at most when resources leave it: by prices, and by what they give
themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np

from matchkit.compile.lexicon import Lexicon
from matchkit.explain.advice.price_systems import Earnings, chains
from matchkit.explain.advice.rarity import Rarity, named_by
from matchkit.explain.residual.flow import ResidualFlow
from matchkit.graph.network import GoalValues
from matchkit.model import Problem, ReserveShare


class UnitsGiven:
    """The pairs of a plan by resource, locks included: (requirement, units, weight)."""

    def __init__(self, problem: Problem, residual: ResidualFlow, lexicon: Lexicon) -> None:
        compiled, pairs, flow = residual.compiled, residual.pairs, residual.flow.pairs
        self._problem, self._residue, self._lexicon = problem, residual, lexicon
        at, locked = np.flatnonzero(flow), compiled.locked
        parts = (
            (pairs.left[at], pairs.right[at], flow[at], pairs.weight[at]),
            (locked.left, locked.right, locked.quantity, locked.weight),
        )
        self.pairs: dict[str, list[tuple[int, int, int]]] = {}
        self._taken: dict[int, int] = {}
        for part in parts:
            for left, right, units, weight in zip(
                *(column.tolist() for column in part), strict=True
            ):
                self.pairs.setdefault(compiled.resource_ids[left], []).append(
                    (right, units, weight)
                )
                self._taken[right] = self._taken.get(right, 0) + units
        self.locked = frozenset(compiled.resource_ids[left] for left in locked.left.tolist())
        self.gives = {
            name: sum(units for _, units, _ in listed) for name, listed in self.pairs.items()
        }

    def worth(self, resources: Iterable[str]) -> GoalValues:
        """What the plan reaches less what it reaches without their pairs."""
        goals, slots = self._residue.goals, self._residue.compiled.slots
        found, gone = [0] * len(goals.names), dict[int, int]()
        for name in resources:
            for right, units, weight in self.pairs.get(name, ()):
                gone[right] = gone.get(right, 0) + units
                found[-1] += units * weight
        for right, units in gone.items():
            least, taken = slots[right].requirement.minimum, self._taken[right]
            beyond = min(units, max(0, taken - least))
            if beyond:
                found[int(goals.right_rest[right])] += beyond
            if units > beyond:
                found[int(goals.right_minimum[right])] += units - beyond
        return tuple(found)

    def idle_cost(self, moved: Mapping[str, int], without: frozenset[str]) -> int:
        """What the pairs of all others lose where words become so much rarer: the sum over words they leave
        idle.
        """
        if not moved:
            return 0
        return sum(
            move
            * sum(
                units for name, units in self._idle.get(word, {}).items() if name not in without
            )
            for word, move in moved.items()
        )

    @cached_property
    def _idle(self) -> dict[str, dict[str, int]]:
        """By word and resource, how many units leave the word idle."""
        lexicon, slots = self._lexicon, self._residue.compiled.slots
        named = [named_by(lexicon, slot.requirement) for slot in slots]
        declared = {
            resource.id: lexicon.declared(resource)
            for resource in self._problem.resources
            if resource.id in self.pairs
        }
        found: dict[str, dict[str, int]] = {}
        for name, listed in self.pairs.items():
            for right, units, _ in listed:
                for word in declared[name]:
                    if named[right].isdisjoint(lexicon.above(word)):
                        by_name = found.setdefault(word, {})
                        by_name[name] = by_name.get(name, 0) + units
        return found


class RemovalBound:
    """A best plan, and what it loses without some resources.

    *At least*: without them the same prices hold (weights of others can only fall), less what they earn by
    these prices. *At most*: the others go on as they do, or one chain of moves replaces the one unit that is
    gone. docs/explanations.md (Advice) has the proofs.
    """

    def __init__(self, problem: Problem, residual: ResidualFlow) -> None:
        self._residue = residual
        lexicon = Lexicon(problem)
        self._rarity = Rarity(problem, lexicon)
        self._resources = {resource.id: resource for resource in problem.resources}
        self._parent = {unit.id: unit.parent for unit in problem.units}
        self._own = UnitsGiven(problem, residual, lexicon)
        self._reserves = [
            rule
            for rule in problem.rules
            if isinstance(rule, ReserveShare) and rule.soft is None
        ]
        self._capacity = self._by_unit(
            {name: resource.capacity for name, resource in self._resources.items()}
        )
        self._used = self._by_unit(self._own.gives)
        (after, after_reached), (before, before_reached) = residual.from_root, residual.to_root
        self._systems = (
            Earnings(residual, after, after_reached),
            Earnings(residual, -before, before_reached),
        )
        self._chain = chains(residual)

    def least(self, resources: Sequence[str]) -> GoalValues | None:
        """What the plan loses at least; None where a lock holds one of them, which may do more harm than
        good.
        """
        if any(name in self._own.locked for name in resources):
            return None
        rows = np.array([self._residue.left_of[name] for name in resources], np.intp)
        gone = set(resources)
        caps = np.array(
            [
                cap
                for cap, members in enumerate(self._below_caps)
                if members and members <= gone
            ],
            np.intp,
        )
        return max(system.of(rows, caps) for system in self._systems)

    def most(self, resources: Sequence[str]) -> GoalValues | None:
        """What the plan loses at most; None where the others cannot simply go on."""
        held = self._rarity.amounts(self._resources[name] for name in resources)
        moved = self._rarity.moved({word: -amount for word, amount in held.items()})
        bounds: list[GoalValues] = []
        if self._reserves_hold(resources, self._own.gives):
            own = self._own.worth(resources)
            bounds.append(
                (
                    *own[:-1],
                    own[-1]
                    + self._rarity.factor * self._own.idle_cost(moved, frozenset(resources)),
                )
            )
        if (
            len(resources) == 1
            and self._has_one(resources[0])
            and self._reserves_hold(resources, {})
        ):
            chain = self._chain[self._residue.left_of[resources[0]]]
            if chain is not None:
                bounds.append((*chain[:-1], chain[-1] + self._rarity.shift(moved)))
        return min(bounds) if bounds else None

    def _has_one(self, name: str) -> bool:
        """Whether all that leaves is one unit."""
        return self._resources[name].capacity == 1 and name not in self._own.locked

    def _reserves_hold(self, resources: Sequence[str], gives: Mapping[str, int]) -> bool:
        """Whether what is left of every reserve that shrinks suffices for what the plan takes, less what they
        give.
        """
        if not self._reserves:
            return True
        gone = self._by_unit({name: self._resources[name].capacity for name in resources})
        less = self._by_unit({name: gives.get(name, 0) for name in resources})
        return all(
            self._used.get(rule.unit, 0) - less.get(rule.unit, 0)
            <= (self._capacity[rule.unit] - gone[rule.unit]) * (100 - rule.percent) // 100
            for rule in self._reserves
            if rule.unit in gone
        )

    def _by_unit(self, amounts: Mapping[str, int]) -> dict[str, int]:
        """Amounts by resource, added up for every unit at or above."""
        found: dict[str, int] = {}
        for name, amount in amounts.items():
            node: str | None = self._resources[name].unit
            while node is not None and amount:
                found[node] = found.get(node, 0) + amount
                node = self._parent[node]
        return found

    @cached_property
    def _below_caps(self) -> list[set[str]]:
        """The resources below every capped unit."""
        found: dict[str, set[str]] = {unit: set() for unit in self._residue.compiled.unit_ids}
        for name, resource in self._resources.items():
            node: str | None = resource.unit
            while node is not None:
                if node in found:
                    found[node].add(name)
                node = self._parent[node]
        return list(found.values())
