"""What some steps would do to a plan: which rules they would break, and what they would change in the
goals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matchkit.answers.causes import Broken
from matchkit.arrays import Int64
from matchkit.compile.general.amounts import PlanAmounts, Quantities
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.times import seconds
from matchkit.explain.residual.network import FlowNetwork
from matchkit.explain.vectors import minus, plus
from matchkit.model.rules import Rule, RuleRecord
from matchkit.plan import Payment
from matchkit.solving.request import Budget

Steps = Sequence[tuple[int, int, int]]
"""Resource, requirement it goes to, requirement it leaves or -1: by the numbers of the state."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Hard rules broken by some steps, soft ones broken further, and all goals before and after."""

    hard: tuple[Broken, ...]
    soft: tuple[Broken, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]


class Weighing:
    """Weighs steps against one plan. ``tied`` tells whether the problem asks for more than capacities and
    caps.
    """

    def __init__(self, network: FlowNetwork) -> None:
        self._state = state = network.state
        self.network = network
        self.tied = not state.is_flow
        self.labels = [aim.name for aim in state.aims]

    def caps_broken(
        self, resource: int | None, requirement: int, instead_of: int = -1
    ) -> tuple[Broken, ...]:
        """The caps that one more unit for a requirement would break: of a resource that gives one more (None:
        nobody's cap counts), and where another requirement has one less.
        """
        units, communities = self._state.units, self._state.communities
        same = set() if instead_of < 0 else set(communities.over(instead_of))
        nodes = [
            (communities, node)
            for node in communities.over(requirement)
            if node not in same
        ]
        if resource is not None:
            nodes += [(units, node) for node in units.over(resource)]
        found = [
            Broken(rule=rule.rule, label=rule.label, amount=caps.used[node] + 1 - most)
            for caps, node in nodes
            for rule, most in caps.rules[node]
            if caps.used[node] >= most
        ]
        return _distinct(found)

    def of(self, moves: Steps) -> Weighed:
        """What these steps would do: by the caps alone where nothing else ties pairs together."""
        state = self._state
        if not self.tied:
            (last, _, away), first = moves[-1], moves[0][1]
            caps = self.caps_broken(last if away < 0 else None, first, away)
            before = tuple(goal.value for goal in state.plan.outcome.goals)
            return Weighed(caps, (), before, plus(before, state.gain(moves)))
        units = self.stepped(moves)
        if units is None:
            late = Broken(
                rule="time", label=state.resource_ids[self._hindered(moves)], amount=1
            )
            return Weighed((late,), (), self._now, self._now)
        overlaps, loads = self._overlaps(units, moves), self._overloads(units, moves)
        amounts = self.amounts.after(units)
        hard: list[Broken] = [*overlaps, *loads]
        soft: list[Broken] = []
        for (rule, allowed), was, grown in zip(
            self.rules, self.amounts.before, amounts, strict=True
        ):
            if grown <= was:
                continue
            broken = Broken(rule=rule.rule, label=rule.label, amount=grown - was)
            bends = rule.soft is not None and (
                not rule.soft.no_worse or grown <= allowed
            )
            (soft if bends else hard).append(broken)
        return Weighed(
            _distinct(hard),
            _distinct(soft),
            self._now,
            self._values_after(units, amounts),
        )

    # Where rules tie pairs together.

    @cached_property
    def case(self) -> IntegerModel:
        """All pairs with their starts."""
        return compile_case(self._state, Budget().pairs)

    @cached_property
    def rules(self) -> list[tuple[Rule, int]]:
        """Every rule that is not part of eligibility, with the amount that it allows where it may be no worse
        than before.
        """
        kept: list[Rule] = [
            rule
            for rule in self._state.problem.rules
            if rule.soft is not None or not rule.in_eligibility
        ]
        allowed = {rule.model_dump_json(): amount for rule, amount in self._allowed()}
        return [
            (rule, allowed.get(rule.model_dump_json(), 0))
            for rule in sorted(kept, key=lambda rule: (rule.rule, rule.label))
        ]

    def _allowed(self) -> list[tuple[RuleRecord, int]]:
        return [
            (self.case.rules[place], amount)
            for place, amount in self.case.allowed.items()
        ]

    @cached_property
    def units(self) -> Quantities:
        """The plan's quantities."""
        state, lists = self._state, self.case.lists
        found: dict[tuple[int, int], int] = {}
        for entry in state.plan.assignments:
            start = None if entry.start is None else seconds(entry.start)
            slot = next(
                (
                    place
                    for place in lists.places[entry.requirement]
                    if lists.slots[place].start == start
                ),
                None,
            )
            if slot is not None:
                found[state.left_of[entry.resource], slot] = entry.quantity
        return found

    def slot(self, units: Quantities, resource: int, requirement: int) -> int | None:
        """Where a unit for a requirement would go: of a flexible demand at the start it has, or the first
        that suits.
        """
        lists, name = self.case.lists, self._state.requirement_ids[requirement]
        places = lists.places[name]
        if len(places) == 1:
            return places[0]
        demand = lists.slots[places[0]].demand.id
        starts = {
            lists.slots[slot].start
            for _, slot in units
            if lists.slots[slot].demand.id == demand
        }
        begin, end = np.searchsorted(self.case.left, [resource, resource + 1])
        able = set(self.case.right[begin:end].tolist())
        return next(
            (
                place
                for place in places
                if place in able and (not starts or lists.slots[place].start in starts)
            ),
            None,
        )

    def stepped(self, moves: Steps) -> Quantities | None:
        """The plan's quantities after some steps; None where a flexible demand has a start at which the
        resource cannot come.
        """
        units = dict(self.units)
        for left, _, away in moves:
            if away >= 0:
                at = next(
                    pair
                    for pair in units
                    if pair[0] == left and self._requirement(pair[1]) == away
                )
                units[at] -= 1
                if not units[at]:
                    del units[at]
        for left, to, _ in moves:
            slot = self.slot(units, left, to)
            if slot is None:
                return None
            units[left, slot] = units.get((left, slot), 0) + 1
        return units

    def _hindered(self, moves: Steps) -> int:
        """The first resource of the steps that is not free at the start which its flexible demand has."""
        return next(
            left for left, to, _ in moves if self.slot(self.units, left, to) is None
        )

    def _requirement(self, slot: int) -> int:
        return self._state.right_of[self.case.lists.slots[slot].requirement.id]

    @cached_property
    def amounts(self) -> PlanAmounts:
        """Of these rules, for the plan."""
        return PlanAmounts(
            self.case.facts, [rule for rule, _ in self.rules], self.units
        )

    @cached_property
    def _now(self) -> tuple[int, ...]:
        """What the plan reaches in every goal."""
        return self._values(self.units, self.amounts.before)

    def _values_after(self, units: Quantities, amounts: list[int]) -> tuple[int, ...]:
        """What other quantities reach in every goal, from what the pairs that they touch reach before and
        after; from all pairs where shares or places in an order depend on more than these.
        """
        if self.case.shares or self.case.counts_orders:
            return self._values(units, amounts)
        was, now = self.amounts.part(units)
        less, more = self._values(was, self.amounts.before), self._values(now, amounts)
        return plus(minus(self._now, less), more)

    @cached_property
    def _codes(self) -> Int64:
        """A number of every pair of resource and slot, ascending (int64 (pairs,))."""
        return self.case.left * len(self.case.lists.slots) + self.case.right

    def _values(self, units: Quantities, amounts: list[int]) -> tuple[int, ...]:
        case, pairs, columns = self.case, sorted(units), len(self.case.lists.slots)
        wanted = np.array([left * columns + slot for left, slot in pairs], np.int64)
        chosen = np.searchsorted(self._codes, wanted)
        payments = [
            Payment(
                rule=rule.label,
                amount=amount,
                paid=amount * (rule.soft.price or 0),
                tier=rule.soft.tier,
            )
            for (rule, _), amount in zip(self.rules, amounts, strict=True)
            if amount and rule.soft is not None
        ]
        used = sorted({left for left, _ in pairs})
        costs = [
            (case.lists.resources[left], int(case.activation[left])) for left in used
        ]
        payments += [
            Payment(rule=f"activation {resource.id}", amount=1, paid=cost)
            for resource, cost in costs
            if cost
        ]
        return case.values(
            chosen, np.array([units[pair] for pair in pairs], np.int64), payments
        )

    def _overlaps(self, units: Quantities, moves: Steps) -> list[Broken]:
        """Resources of the steps that would be at two places at one time, or twice at one demand that has
        times.
        """
        facts, lists, found = self.case.facts, self.case.lists, []
        for left in sorted({move[0] for move in moves}):
            if facts.divisible[left]:
                continue
            slots = sorted(slot for who, slot in units if who == left)
            spans = sorted(
                (start, end, slot) for slot in slots for start, end in facts.spans[slot]
            )
            demands = [
                lists.slots[slot].demand.id for slot in slots if facts.timed[slot]
            ]
            latest, twice = None, len(set(demands)) < len(demands)
            for start, end, _ in spans:
                twice |= latest is not None and start < latest
                latest = end if latest is None else max(latest, end)
            if twice:
                found.append(
                    Broken(rule="overlap", label=lists.resources[left].id, amount=1)
                )
        return found

    def _overloads(self, units: Quantities, moves: Steps) -> list[Broken]:
        """Resources of the steps that would carry more than they can."""
        loads, found = self.case.loads, []
        for left in sorted({move[0] for move in moves}):
            mine = [
                (slot, amount) for (who, slot), amount in units.items() if who == left
            ]
            for has, uses in zip(loads.has, loads.uses, strict=True):
                if sum(int(uses[slot]) * amount for slot, amount in mine) > int(
                    has[left]
                ):
                    found.append(
                        Broken(
                            rule="load",
                            label=self.case.lists.resources[left].id,
                            amount=1,
                        )
                    )
                    break
        return found


def _distinct(broken: list[Broken]) -> tuple[Broken, ...]:
    """Every kind and label once, with the greatest amount."""
    found: dict[tuple[str, str], Broken] = {}
    for one in sorted(broken, key=lambda one: (one.rule, one.label, one.amount)):
        found[one.rule, one.label] = one
    return tuple(found.values())
