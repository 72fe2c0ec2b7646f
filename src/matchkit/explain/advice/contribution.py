"""What resources of a plan give by themselves: the goals that are lost if they leave and nobody moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from matchkit.compile.lexicon import Lexicon
from matchkit.explain.advice.rarity import named_by
from matchkit.explain.residual.flow import ResidualFlow
from matchkit.graph.network import GoalValues
from matchkit.model import Problem


class Contribution:
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
