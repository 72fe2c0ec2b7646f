"""Kept places in the order in which they are processed: the variables that say who takes which place, and
what a plan earns at every order.

Only places whose hard set-asides have an order are looked at; their groups share nobody, so that whoever
serves there stands at a place kept for the own group or at an open one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.compile.rules.constraint_data import ConstraintData
from matchkit.compile.rules.pair_variables import PairVariables
from matchkit.compile.rules.set_asides import (
    pairs_at,
    places_of,
    places_wanted,
)
from matchkit.model.rules import SetAside


class OrderedPlaces(NamedTuple):
    """Places of one name: how many are open, and the rules that keep the others, one a group."""

    open: int
    rules: tuple[SetAside, ...]


def ordered_places(facts: ConstraintData) -> Iterator[OrderedPlaces]:
    """The places of which some are kept at an order."""
    for rules in facts.kept_places.values():
        if any(rule.order for rule in rules.values()):
            some = next(iter(rules.values()))
            kept = sum(rule.least for rule in rules.values())
            left = max(0, places_wanted(some, facts) - kept)
            yield OrderedPlaces(left, tuple(rules.values()))


def order_columns(scope: PairVariables, weight: Int64) -> dict[int, tuple[Intp, Int64]]:
    """By order, the variables that earn at its places, with what each earns: the pairs, as far as they stand
    at open places, at 0. ``weight`` is int64 (pairs,).

    A variable says how much of a pair stands at kept places; a row holds each to its pair, the kept places of
    a group to their number, and the open ones to theirs.
    """
    found = {0: ([np.arange(scope.count)], [weight])}
    for places in ordered_places(scope.facts):
        pairs = pairs_at(places.rules[0], scope)
        kept = [np.zeros(0, np.intp)]
        for rule in places.rules:
            mine = pairs[scope.facts.of_group(rule.group)[scope.left[pairs]]]
            made = scope.builder.variables(len(mine), scope.most[mine])
            scope.builder.sums(len(mine), (None, made, 1), (None, mine, -1), high=0)
            scope.builder.row(made, 1, high=rule.least)
            kept.append(made)
            if rule.order:
                for order, sign in ((rule.order, 1), (0, -1)):
                    columns, amounts = found.setdefault(order, ([], []))
                    columns.append(made)
                    amounts.append(sign * weight[mine])
        held = np.concatenate(kept)
        ones = np.ones(len(pairs) + len(held), np.int64)
        ones[len(pairs) :] = -1
        scope.builder.row(np.concatenate([pairs, held]), ones, high=places.open)
    return {
        order: (np.concatenate(columns), np.concatenate(amounts))
        for order, (columns, amounts) in found.items()
    }


def weight_by_order(
    facts: ConstraintData, left: Intp, right: Intp, weight: Int64, quantity: Int64
) -> dict[int, int]:
    """By order, what pairs of resources and slots that carry ``quantity`` earn, int64 (pairs,), where each
    stands at the place that is best by order.

    Whom to keep is a choice of most gain in a partition matroid, of at least so many units as the open places
    do not hold: greedy, by what a kept place in place of an open one changes (Edmonds 1971).
    """
    found = {0: sum((weight * quantity).tolist())}
    for places in ordered_places(facts):
        here = np.flatnonzero(places_of(places.rules[0], facts)[right])
        orders = sorted({0, *(rule.order for rule in places.rules)})
        pair, group = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
        for number, rule in enumerate(places.rules):
            mine = here[facts.of_group(rule.group)[left[here]]]
            pair.append(mine)
            group.append(np.full(len(mine), number))
        pairs, groups = np.concatenate(pair), np.concatenate(group)
        gain = np.zeros((len(pairs), len(orders)), np.int64)
        column = [orders.index(rule.order) for rule in places.rules]
        at = np.array(column, np.intp)[groups]
        gain[np.arange(len(pairs)), at] += weight[pairs]
        gain[:, orders.index(0)] -= weight[pairs]
        best = np.lexsort(-gain.T[::-1])
        pairs, groups, gain = pairs[best], groups[best], gain[best]
        units = quantity[pairs].copy()
        for number, rule in enumerate(places.rules):
            mine = np.flatnonzero(groups == number)
            before = np.cumsum(units[mine]) - units[mine]
            units[mine] = np.clip(rule.least - before, 0, units[mine])
        before = np.cumsum(units) - units
        needed = int(quantity[here].sum()) - places.open
        first = gain[np.arange(len(gain)), np.argmax(gain != 0, axis=1)]
        units = np.where(first > 0, units, np.clip(needed - before, 0, units))
        for order, change in zip(
            orders, (gain * units[:, None]).T.tolist(), strict=True
        ):
            found[order] = found.get(order, 0) + sum(change)
    return found
