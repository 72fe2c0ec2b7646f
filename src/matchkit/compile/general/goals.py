"""The goals of a general problem, in variables: by tiers unless the objective says otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matchkit.compile.general.scope import Scope
from matchkit.compile.ragged import Place
from matchkit.graph.candidates import Whole
from matchkit.matching.search.formulation import GoalRow
from matchkit.model import Aim, Part, Problem

Entries = tuple[Place, Whole]
"""Variables and what each counts for; a variable may stand there more than once."""


def aims_of(problem: Problem) -> tuple[Aim, ...]:
    """The aims: those given, or every tier's minimums, its rest, what its soft rules are broken by; and last the weight."""
    if problem.objective.aims:
        return problem.objective.aims
    needs = [(demand.tier, need) for demand in problem.demands for need in demand.requirements]
    minimum = {tier for tier, need in needs if need.minimum > 0}
    rest = {tier for tier, need in needs if need.wanted > need.minimum}
    broken = {rule.soft.tier for rule in problem.rules if rule.soft is not None and rule.soft.tier is not None}
    found = []
    for tier in sorted(minimum | rest | broken):
        if tier in minimum:
            found.append(Aim(name=f"tier {tier} minimum", parts=(Part(measure="minimum", tier=tier),)))
        if tier in rest:
            found.append(Aim(name=f"tier {tier}", parts=(Part(measure="filled", tier=tier),)))
        if tier in broken:
            found.append(Aim(name=f"tier {tier} broken", parts=(Part(measure="broken", tier=tier),)))
    return (*found, Aim(name="weight", parts=(Part(measure="weight"),)))


@dataclass(frozen=True, slots=True)
class Measures:
    """What the parts of aims count, in variables."""

    minimum: Mapping[int, Entries]
    """By tier."""
    filled: Mapping[int, Entries]
    weight: Entries
    used: Entries
    broken: Mapping[int, Entries]
    most: Mapping[tuple[str, int], int]
    """What no plan exceeds, by measure and tier (weight: tier 0); costs are at most 0."""

    def ceiling(self, part: Part) -> int:
        """What no plan exceeds in a part."""
        return part.factor * sum(
            most for (measure, tier), most in self.most.items() if measure == part.measure and part.tier in (None, tier)
        )

    def of(self, part: Part) -> Iterator[Entries]:
        """The variables that a part counts, with its factor."""
        if part.measure in ("weight", "resources_used"):
            column, amount = self.weight if part.measure == "weight" else self.used
            yield column, amount * part.factor
            return
        by_tier = {"minimum": self.minimum, "filled": self.filled, "broken": self.broken}[part.measure]
        for tier, (column, amount) in by_tier.items():
            if part.tier in (None, tier):
                yield column, amount * part.factor


def fill_measures(
    scope: Scope, weight: Whole, *, in_any_order: bool
) -> tuple[dict[int, Entries], dict[int, Entries], dict[tuple[str, int], int]]:
    """By tier, the variables that count what requirements have up to their minimum, and beyond it; and what none exceeds.

    ``in_any_order`` says that a goal may count what lies beyond a minimum before the minimum itself.
    """
    facts, builder = scope.facts, scope.builder
    lists = facts.lists
    requirement = facts.requirement[scope.right]
    minimum: dict[int, list[Entries]] = {}
    filled: dict[int, list[Entries]] = {}
    ceiling: dict[tuple[str, int], int] = {("weight", 0): 0}
    order = np.argsort(requirement, kind="stable")
    present, begin = np.unique(requirement[order], return_index=True)
    ends = np.append(begin, len(order))[1:]
    for number, first, last in zip(present.tolist(), begin.tolist(), ends.tolist(), strict=True):
        slot, pairs = lists.slots[lists.right[facts.requirement_ids[number]]], order[first:last]
        least, tier, ones = slot.requirement.minimum, slot.demand.tier, np.ones(last - first, np.int64)
        rest, could = slot.requirement.wanted - least, int(scope.most[pairs].sum())
        for measure, most in (("minimum", min(least, could)), ("filled", max(0, min(rest, could - least)))):
            ceiling[measure, tier] = ceiling.get((measure, tier), 0) + most
        ceiling["weight", 0] += min(slot.requirement.wanted, could) * max(0, int(weight[pairs].max()))
        if least == 0 or rest == 0:
            (filled if least == 0 else minimum).setdefault(tier, []).append((pairs, ones))
            continue
        low, high = (int(builder.variables(1, most)[0]) for most in (least, rest))
        builder.row(np.append(pairs, [low, high]), np.append(ones, [-1, -1]), low=0, high=0)
        if in_any_order:
            full = int(builder.variables(1, 1)[0])
            builder.row([low, full], [1, -least], low=0)
            builder.row([high, full], [1, -rest], high=0)
        one = np.ones(1, np.int64)
        minimum.setdefault(tier, []).append((np.array([low]), one))
        filled.setdefault(tier, []).append((np.array([high]), one))
    return _joined(minimum), _joined(filled), ceiling


def _joined(parts: Mapping[int, Sequence[Entries]]) -> dict[int, Entries]:
    return {tier: (np.concatenate([c for c, _ in found]), np.concatenate([a for _, a in found])) for tier, found in parts.items()}


def goal_rows(aims: Sequence[Aim], measures: Measures, size: int) -> tuple[GoalRow, ...]:
    """The aims as goals over so many variables."""
    found = []
    for aim in aims:
        gain = np.zeros(size, np.int64)
        for part in aim.parts:
            for column, amount in measures.of(part):
                np.add.at(gain, column, amount)
        found.append(GoalRow(aim.name, gain, aim.tolerance, sum(map(measures.ceiling, aim.parts))))
    return tuple(found)
