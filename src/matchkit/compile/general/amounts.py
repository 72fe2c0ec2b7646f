"""By how much given quantities, those of a plan or of the previous one, break rules, hard and soft alike:
read off the rows that the search is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.rules import RULES
from matchkit.compile.rules.constraint_data import ConstraintData
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.engines import DEFAULT_MIP
from matchkit.errors import EngineError
from matchkit.messages.message import Message
from matchkit.model import Soft
from matchkit.model.rules import RuleRecord

Quantities = Mapping[tuple[int, int], int]
"""Quantity, at least 1, by resource and slot."""
_SOFT = Soft(price=0)


def amounts_of(
    facts: ConstraintData,
    rules: Sequence[RuleRecord],
    left: Intp,
    right: Intp,
    quantity: Int64,
) -> list[int]:
    """The amount of every rule (docs/rules.md) for pairs of resources and slots (intp (pairs,) both),
    ascending by both, that carry ``quantity`` (int64 (pairs,)), at least 1 each.

    Nothing is asked of the pairs themselves: they may overlap, or be more than there is. The amounts are the
    least values of the rules' slack: by bounds alone for nearly all rules, else by the engine.
    """
    scope = PairVariables(facts, left, right, quantity, quantity, apart=False)
    columns = []
    for rule in rules:
        slack = Slack(rule.model_copy(update={"soft": _SOFT}), scope.builder)
        RULES[rule.rule](rule, scope, slack)
        columns.append(slack.all())
    if not any(len(amount) for amount in columns):
        return [0] * len(columns)
    program, all_columns = scope.builder.program(), np.concatenate(columns)
    value = None if program.refusal() else program.least(all_columns)
    if value is None:
        program.gain[all_columns] = -1
        found = DEFAULT_MIP.model(program).solve()
        if found.status != "optimal" or found.value is None:
            raise EngineError(Message("defect.amounts"))
        value = found.value[all_columns]
    return [
        int(part.sum())
        for part in np.split(value, np.cumsum([len(amount) for amount in columns])[:-1])
    ]


class PlanAmounts:
    """The amounts of rules for the quantities of a plan, and for others that differ from it in a few pairs.

    Of a rule whose amount is a sum over resources or demands, only those are counted again that a changed
    pair belongs to.
    """

    def __init__(
        self, facts: ConstraintData, rules: Sequence[RuleRecord], units: Quantities
    ) -> None:
        self._facts, self._rules, self._units = facts, rules, units
        self.before = _amounts(facts, rules, units)
        """The amount of every rule for the plan."""
        self._of_left: dict[int, dict[tuple[int, int], int]] = {}
        self._of_demand: dict[int, dict[tuple[int, int], int]] = {}
        for (left, slot), amount in units.items():
            self._of_left.setdefault(left, {})[left, slot] = amount
            self._of_demand.setdefault(int(facts.demand[slot]), {})[left, slot] = amount

    def after(
        self, units: Quantities, facts: ConstraintData | None = None
    ) -> list[int]:
        """The amount of every rule for these quantities; ``facts`` may know more resources than the plan."""
        facts, found = facts or self._facts, list(self.before)
        for scopes, side in ((("resource",), True), (("pair", "demand"), False)):
            places = [
                place for place, rule in enumerate(self._rules) if rule.scope in scopes
            ]
            if not places:
                continue
            rules = [self._rules[place] for place in places]
            less, more = (
                _amounts(facts, rules, part) for part in self._part(units, facts, side)
            )
            for place, one, other in zip(places, less, more, strict=True):
                found[place] += other - one
        whole = [
            place for place, rule in enumerate(self._rules) if rule.scope == "plan"
        ]
        if whole:
            amounts = _amounts(facts, [self._rules[place] for place in whole], units)
            for place, amount in zip(whole, amounts, strict=True):
                found[place] = amount
        return found

    def part(self, units: Quantities) -> tuple[Quantities, Quantities]:
        """All pairs of the resources and demands that a changed pair belongs to: of the plan, and of these
        quantities.
        """
        (was, now), (before, after) = (
            self._part(units, self._facts, side) for side in (True, False)
        )
        return {**was, **before}, {**now, **after}

    def _part(
        self, units: Quantities, facts: ConstraintData, by_resource: bool
    ) -> tuple[Quantities, Quantities]:
        changed = {pair for pair, _ in units.items() ^ self._units.items()}
        groups = self._of_left if by_resource else self._of_demand
        touched = {
            left if by_resource else int(facts.demand[slot]) for left, slot in changed
        }
        was = {
            pair: amount
            for group in touched
            for pair, amount in groups.get(group, {}).items()
        }
        return was, {
            pair: units[pair] for pair in {*was, *changed} if units.get(pair, 0)
        }


def _amounts(
    facts: ConstraintData, rules: Sequence[RuleRecord], units: Quantities
) -> list[int]:
    pairs = sorted(units)
    left, right = (np.array([pair[side] for pair in pairs], np.intp) for side in (0, 1))
    quantity = np.array([units[pair] for pair in pairs], np.int64)
    return amounts_of(facts, rules, left, right, quantity)


def allowed_amounts(case: IntegerModel) -> dict[int, int]:
    """By place in the case's rules, the amount that the pairs of ``previous`` break it by, each pair carrying
    1.
    """
    return {
        place: _amount(case, rule)
        for place, rule in enumerate(case.rules)
        if rule.soft is not None and rule.soft.no_worse
    }


def _amount(case: IntegerModel, rule: RuleRecord) -> int:
    lists = case.lists
    pairs = sorted(
        {
            (lists.left[pair.resource], lists.right[pair.requirement])
            for pair in lists.problem.previous
        }
    )
    if rule.needs_times:
        pairs = [
            (left, right) for left, right in pairs if lists.slots[right].fixed
        ]  # no time, so nothing to count
    left, right = (np.array([pair[side] for pair in pairs], np.intp) for side in (0, 1))
    return amounts_of(case.facts, [rule], left, right, np.ones(len(pairs), np.int64))[0]
