"""What the goals of a general problem count, in variables of its program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Intp, most_by, places_of
from matchkit.compile.rules.pair_variables import PairVariables
from matchkit.model import Aim, Part
from matchkit.model.rules import RuleRecord
from matchkit.solvers.mip.formulation import GoalRow

Entries = tuple[Intp, Int64]
"""Variables and what each counts for; a variable may stand there more than once."""
SoftAmounts = Sequence[tuple[RuleRecord, Intp]]
"""Rules, each with the variables whose sum is the amount by which it is broken."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What the parts of aims count, in variables."""

    minimum: Mapping[int, Entries]
    """By tier."""
    filled: Mapping[int, Entries]
    weight: Entries
    used: Entries
    broken: Mapping[int, Entries]
    ordered: Mapping[int, Entries]
    """By the order at which places are processed."""
    kept: Entries
    most: Mapping[tuple[str, int], int]
    """What no plan exceeds, by measure and tier (weight: tier 0); costs are at most 0."""
    shares: Mapping[Part, tuple[Entries, int]]
    """What coverage and loads count, and what no plan exceeds in each."""

    def upper_bound(self, part: Part) -> int:
        """What no plan exceeds in a part."""
        if part.order is not None:
            return part.factor * self.most["weight", 0]
        if part in self.shares:
            return part.factor * self.shares[part][1]
        return part.factor * sum(
            most
            for (measure, tier), most in self.most.items()
            if measure == part.measure and part.tier in (None, tier)
        )

    def of(self, part: Part) -> Iterator[Entries]:
        """The variables that a part counts, with its factor."""
        whole = {"weight": self.weight, "resources_used": self.used, "kept": self.kept}
        if part in self.shares or part.measure in whole:
            column, amount = (
                self.shares[part][0] if part in self.shares else whole[part.measure]
            )
            yield column, amount * part.factor
            return
        if part.order is not None:
            if part.order in self.ordered:
                column, amount = self.ordered[part.order]
                yield column, amount * part.factor
            return
        by_tier = {
            "minimum": self.minimum,
            "filled": self.filled,
            "broken": self.broken,
        }[part.measure]
        for tier, (column, amount) in by_tier.items():
            if part.tier in (None, tier):
                yield column, amount * part.factor


def kept_measure(scope: PairVariables) -> tuple[Entries, int]:
    """The variables that count what is kept of the reference plan, and what each counts, intp and int64
    (variables,); and what none exceeds.
    """
    kept, (pairs, columns) = scope.facts.kept, scope.kept()
    _, where = kept.found(scope.left[pairs], scope.right[pairs])
    units = np.minimum(kept.units[where], scope.most[pairs])
    weight = kept.weight[where]
    return (columns, weight), sum((units * weight).tolist())


def fill_measures(
    scope: PairVariables, weight: Int64, *, in_any_order: bool
) -> tuple[dict[int, Entries], dict[int, Entries], dict[tuple[str, int], int]]:
    """By tier, the variables that count what requirements have up to their minimum, and beyond it; and what
    none exceeds. ``weight`` is int64 (pairs,), and so are numbers of variables and what each counts.

    ``in_any_order`` says that a goal may count what lies beyond a minimum before the minimum itself.
    """
    facts, builder = scope.facts, scope.builder
    requirement = facts.requirement[scope.right]
    wanted, least, tier = facts.needs
    rest = wanted - least
    could = np.bincount(requirement, weights=scope.most, minlength=len(wanted)).astype(
        np.int64
    )
    best = most_by(requirement, weight, len(wanted))
    upper_bound = {
        ("weight", 0): sum((np.minimum(wanted, could) * best).tolist())
    }  # the sum may pass 64 bits
    present = np.bincount(requirement, minlength=len(wanted)) > 0
    split = present & (least > 0) & (rest > 0)
    each = 3 if in_any_order else 2
    number = np.flatnonzero(split)
    place = places_of(number, len(wanted))
    upper = np.stack([least[number], rest[number], np.ones(len(number), np.int64)])[
        :each
    ]
    made = builder.variables(each * len(number), upper.T.ravel()).reshape(-1, each)
    low, high = made[:, 0], made[:, 1]
    pairs = np.flatnonzero(split[requirement])
    mine, count = (place[requirement[pairs]], pairs, 1), len(number)
    builder.sums(count, mine, (None, low, -1), (None, high, -1), low=0, high=0)
    if in_any_order:
        full = made[:, 2]
        builder.sums(count, (None, low, 1), (None, full, -least[number]), low=0)
        builder.sums(count, (None, high, 1), (None, full, -rest[number]), high=0)
    minimum: dict[int, Entries] = {}
    filled: dict[int, Entries] = {}
    for here in np.unique(tier[present]).tolist():
        at = present & (tier == here)
        for measure, most in (
            ("minimum", np.minimum(least, could)),
            ("filled", np.clip(could - least, 0, rest)),
        ):
            upper_bound[measure, here] = int(most[at].sum())
        for found, plain, steps in (
            (minimum, rest == 0, low),
            (filled, least == 0, high),
        ):
            columns = np.concatenate(
                [np.flatnonzero((at & plain)[requirement]), steps[at[number]]]
            )
            if len(columns):
                found[here] = columns, np.ones(len(columns), np.int64)
    return minimum, filled, upper_bound


def goal_rows(
    aims: Sequence[Aim], measures: Measures, size: int
) -> tuple[GoalRow, ...]:
    """The aims as goals over so many variables."""
    found = []
    for aim in aims:
        gain = np.zeros(size, np.int64)
        for part in aim.parts:
            for column, amount in measures.of(part):
                np.add.at(gain, column, amount)
        found.append(
            GoalRow(
                aim.name, gain, aim.tolerance, sum(map(measures.upper_bound, aim.parts))
            )
        )
    return tuple(found)


def nothing() -> Entries:
    """No variables: intp and int64 (0,)."""
    return np.zeros(0, np.intp), np.zeros(0, np.int64)


def weight_paid(
    scope: PairVariables, weight: Int64, activation: Int64, soft_amounts: SoftAmounts
) -> Entries:
    """The weight of pairs, int64 (pairs,), less what using resources costs, int64 (resources,), and what is
    paid for soft rules, by variable: intp and int64 (entries,).
    """
    columns, amounts = [np.arange(len(weight))], [weight]
    if activation.any():
        used = scope.used()
        costly = np.flatnonzero((activation > 0) & (used >= 0))
        columns.append(used[costly])
        amounts.append(-activation[costly])
    for rule, amount in soft_amounts:
        if rule.soft is not None and rule.soft.price:
            columns.append(amount)
            amounts.append(np.full(len(amount), -rule.soft.price))
    return np.concatenate(columns), np.concatenate(amounts)


def resources_used(scope: PairVariables) -> Entries:
    """Minus the resources used, where any row or goal asks for them, by variable: intp and int64
    (variables,).
    """
    if not scope.knows_used:
        return nothing()
    used = scope.used()
    columns = used[used >= 0]
    return columns, np.full(len(columns), -1)


def amounts_broken(soft_amounts: SoftAmounts) -> dict[int, Entries]:
    """By tier, minus the amounts by which its soft rules are broken: intp and int64 (variables,)."""
    by_tier: dict[int, list[Intp]] = {}
    for rule, amount in soft_amounts:
        if rule.soft is not None and rule.soft.tier is not None:
            by_tier.setdefault(rule.soft.tier, []).append(amount)
    joined = {tier: np.concatenate(parts) for tier, parts in by_tier.items()}
    return {
        tier: (columns, np.full(len(columns), -1)) for tier, columns in joined.items()
    }
