"""What a first plan is looked for in: a case as a packing, with the slots that exclude each other and the
rows of hard rules, and of a large case the few pairs that are best for their slots.
"""

from __future__ import annotations

from functools import reduce

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.goals import of_tier
from matchkit.compile.ragged import offsets
from matchkit.compile.rules import RULES, base_rows
from matchkit.compile.rules.constraint_data import MOST_SLOTS
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.model import Lock, Travel
from matchkit.solvers.mip.packing import Packing, PlainRows

MOST_CELLS = 2 * MOST_SLOTS**2
"""Cells of all matrices of slots together, at most: there is one for every rest and travel rule that differs.
"""


def packing_of(case: IntegerModel) -> Packing | None:
    """The packing of a case; None where it has no pairs or more slots than can be compared one with
    another.
    """
    facts, lists = case.facts, case.lists
    slots = len(lists.slots)
    if len(case.left) == 0 or slots > MOST_SLOTS:
        return None
    bounds = np.array(
        [(spans[0][0], spans[-1][1]) if spans else (0, 0) for spans in facts.spans],
        np.int64,
    ).reshape(-1, 2)
    codes, level = _distances(case)
    if slots**2 * len(codes) > MOST_CELLS:
        return None
    wishes, opens, counted = _wishes(case)
    return Packing(
        left=case.left,
        right=case.right,
        most=case.most,
        weight=case.weight,
        begin=bounds[:, 0],
        end=bounds[:, 1],
        meets=_meetings(case, codes),
        level=level,
        rows=_rows(case),
        need=facts.requirement,
        event=np.where(facts.flexible, facts.demand, -1),
        start=np.array([slot.start or 0 for slot in lists.slots], np.int64),
        wishes=wishes,
        opens=opens,
        counted=counted,
        cost=costs(case),
        before=_before_costs(case),
        held=locked(case),
    )


def _distances(case: IntegerModel) -> tuple[list[tuple[int, ...]], Intp]:
    """What keeps the demands of one resource apart: each rest with the speeds that differ, and which holds
    for each (-1: none).
    """
    facts = case.facts
    travels = [
        rule for rule in case.rules if isinstance(rule, Travel) and rule.soft is None
    ]
    codes: dict[tuple[int, ...], int] = {}
    level = np.full(len(facts.divisible), -1, np.intp)
    speeds = np.array(
        [np.where(facts.in_scope(rule), rule.kmh, 0) for rule in travels], np.int64
    ).reshape(len(travels), len(level))
    for left in np.unique(case.left[~facts.divisible[case.left]]).tolist():
        code = (int(case.rest[left]), *speeds[:, left].tolist())
        level[left] = codes.setdefault(code, len(codes))
    return list(codes), level


def _meetings(case: IntegerModel, codes: list[tuple[int, ...]]) -> tuple[Mask, ...]:
    """Of each a matrix of slots that one resource cannot both serve."""
    found = []
    for rest, *kmh in codes:
        near = [case.facts.within_gap(rest)] if rest else []
        near += [case.facts.unreachable(speed) for speed in kmh if speed]
        found.append(reduce(np.logical_or, near, case.facts.at_once))
    return tuple(found)


def _rows(case: IntegerModel) -> PlainRows:
    """The rows of capacities, loads and hard rules, but for those on two demands of one resource: ``meets``
    says these.
    """
    scope = PairVariables(
        case.facts, case.left, case.right, np.zeros_like(case.most), case.most
    )
    base_rows.capacity(scope)
    base_rows.wanted(scope)
    base_rows.loads(scope, case.loads)
    for rule in case.rules:
        case.facts.deadline.check()
        if rule.soft is None and not isinstance(rule, Travel | Lock):
            RULES[rule.rule](rule, scope, Slack(rule, scope.builder))
    return PlainRows.of(scope.builder.program(), len(case.left))


def _wishes(
    case: IntegerModel,
) -> tuple[tuple[Int64, ...], tuple[bool, ...], tuple[bool, ...]]:
    """Units of every requirement that the goals ask for, goal after goal; whether resources may be used for
    it as they are needed, and whether units are counted, and not their weight alone.
    """
    wanted, minimum, tier = case.needs
    some, opens = np.zeros((2, len(wanted)), np.bool_), True
    found, may, counted = [np.zeros_like(wanted)], [True], [True]
    for aim in case.aims:
        for part in aim.parts:
            mine = of_tier(tier, part)
            some[0] |= mine & (part.measure in ("minimum", "filled", "weight"))
            some[1] |= mine & (part.measure in ("filled", "weight"))
        wish = np.where(some[0], minimum, 0) + np.where(some[1], wanted - minimum, 0)
        if (wish > found[-1]).any():
            found.append(wish)
            may.append(opens)
            counted.append(
                any(part.measure in ("minimum", "filled") for part in aim.parts)
            )
        opens &= all(part.measure != "resources_used" for part in aim.parts)
    return tuple(found[1:]), tuple(may[1:]), tuple(counted[1:])


def costs(case: IntegerModel) -> Int64:
    """What using a resource costs, in some goal (int64 a resource)."""
    counted = any(
        part.measure == "resources_used" for aim in case.aims for part in aim.parts
    )
    return np.ones_like(case.activation) if counted else case.activation


def _before_costs(case: IntegerModel) -> int:
    """How many goals come before the first that counts what using a resource costs."""
    counting = (
        {"resources_used", "weight"} if case.activation.any() else {"resources_used"}
    )
    return next(
        (
            number
            for number, aim in enumerate(case.aims)
            if any(part.measure in counting for part in aim.parts)
        ),
        len(case.aims),
    )


def locked(case: IntegerModel) -> Int64:
    """What hard locks ask of each pair (int64); of a flexible demand at every start that it could have."""
    held = np.zeros(len(case.left), np.int64)
    for rule in case.rules:
        if isinstance(rule, Lock) and rule.soft is None:
            mine = np.flatnonzero(
                (case.left == case.lists.left[rule.resource])
                & np.isin(case.right, case.lists.places[rule.requirement])
            )
            held[mine] = np.maximum(held[mine], rule.quantity)
    return held


AMONG = 4
"""They are the best of so many times as many."""
TURN = 7_919
"""Slots that follow one another begin so many resources apart."""
NEAR, TIMES = 40, 10
"""So many pairs a slot, and so many more for each unit that is wanted there."""
ALL = 1_000_000
"""Where using a resource costs, all of so many pairs: who is used already is seldom among the few."""


def near_pairs(case: IntegerModel) -> Intp:
    """Numbers of pairs of a case (intp (chosen,)), ascending: of every slot the best by weight, ``NEAR +
    TIMES * wanted`` at most; and what is locked or in the reference plan.

    Of equal pairs each slot has others. Where using a resource costs, all pairs, up to ``ALL``.
    """
    if len(case.left) <= ALL and costs(case).any():
        return np.arange(len(case.left))
    most = NEAR + TIMES * case.needs[0][case.facts.requirement]
    # Of a slot with far more pairs one in so many is looked at, spread over the resources.
    every = np.maximum(
        1, np.bincount(case.right, minlength=len(most)) // (AMONG * most)
    )
    some = np.flatnonzero((case.left + case.right) % every[case.right] == 0)
    right, count = case.right[some], len(some)
    worse = int(case.weight.max(initial=0)) - case.weight[some]
    span = int(worse.max(initial=0)) + 1
    # Of equal pairs each slot begins with other resources, or all slots would have the same few.
    people = int(case.left.max(initial=0)) + 1
    turned = (case.left[some] + right * TURN) % people
    if len(most) * span * people < 2**62:  # one number a pair, which sorts much faster
        order = np.argsort((right * span + worse) * people + turned, kind="stable")
    else:
        order = np.lexsort((turned, worse, right))
    first = offsets(np.bincount(right, minlength=len(most)))
    ordered = np.repeat(np.arange(len(most)), np.diff(first))
    chosen = locked(case) > 0
    chosen[case.facts.kept.found(case.left, case.right)[0]] = True
    chosen[some[order[np.arange(count) - first[ordered] < most[ordered]]]] = True
    return np.flatnonzero(chosen)
