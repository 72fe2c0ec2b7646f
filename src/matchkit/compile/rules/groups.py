"""Rows of rules on several resources or demands, or on a unit and a community: one function a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matchkit.arrays import Mask, sums_by
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.model.rules import (
    ChooseAtMost,
    KeepApart,
    KeepTogether,
    MostMoves,
    NotBoth,
    UnitShare,
)
from matchkit.plan.outcome import Closed

if TYPE_CHECKING:
    from matchkit.compile.general.integer_model import IntegerModel


def keep_together(rule: KeepTogether, scope: PairVariables, slack: Slack) -> None:
    """For every demand that one of them may serve: each serves where any does, or counts as absent."""
    lists = scope.facts.lists
    named = sorted({lists.left[resource] for resource in rule.resources})
    for demand in np.unique(scope.demand[np.isin(scope.left, named)]).tolist():
        members = scope.members(demand)
        together = int(scope.builder.variables(1, 1)[0])
        for resource in named:
            serves = members.column[members.left[members.owner] == resource]
            if len(serves):  # it serves only where the group does
                coefficients = np.append(np.ones(len(serves), np.int64), -1)
                scope.builder.row(np.append(serves, together), coefficients, high=0)
            slack.at_least_where(together, serves, 1)


def keep_apart(rule: KeepApart, scope: PairVariables, slack: Slack) -> None:
    """For every demand that two of them may serve: one does, or the others count."""
    lists = scope.facts.lists
    mask = np.zeros(len(lists.resources), np.bool_)
    mask[[lists.left[resource] for resource in rule.resources]] = True
    for demand in np.unique(scope.demand[mask[scope.left]]).tolist():
        members = scope.members(demand)
        many = int(mask[members.left].sum())
        if many > 1:
            slack.row(members.among(mask), 1, 1, many - 1)


def not_both(rule: NotBoth, scope: PairVariables, slack: Slack) -> None:
    """A row for each resource that may serve several of them; the amount is how many it serves beyond one."""
    numbers = sorted({scope.facts.demand_number[demand] for demand in rule.demands})
    members = [scope.members(number) for number in numbers]
    lefts, sizes = np.unique(
        np.concatenate([each.left for each in members]), return_counts=True
    )
    several = sizes > 1
    if slack.hard:
        several &= scope.open_left[lefts]
    row = np.full(len(scope.facts.divisible), -1, np.intp)
    row[lefts[several]] = np.arange(int(several.sum()))
    owner = row[np.concatenate([each.left[each.owner] for each in members])]
    column = np.concatenate([each.column for each in members])[owner >= 0]
    slack.at_most(
        int(several.sum()), owner[owner >= 0], column, 1, 1, sizes[several] - 1
    )


def choose_at_most(rule: ChooseAtMost, scope: PairVariables, slack: Slack) -> None:
    """The amount is how many are used beyond ``most``."""
    used = scope.used()[
        sorted({scope.facts.lists.left[resource] for resource in rule.resources})
    ]
    used = used[used >= 0]
    if len(used) > rule.most:
        slack.row(used, 1, rule.most, len(used) - rule.most)


def most_moves(rule: MostMoves, scope: PairVariables, slack: Slack) -> None:
    """Units that are not kept are at most ``most``; the amount is what is beyond it, of each by itself."""
    facts, (kept, column) = scope.facts, scope.kept()
    among = np.ones(len(facts.divisible), np.bool_)
    if rule.resource is not None:
        among = np.arange(len(among)) == facts.lists.left[rule.resource]
    elif rule.unit is not None:
        among = facts.of_unit(rule.unit)
    # A pair that can carry no more than is kept is no move; of others what is kept is taken off.
    moving = among[scope.left]
    moving[kept[column == kept]] = False
    pairs = scope.within(moving)
    less = np.flatnonzero((column != kept) & among[scope.left[kept]])
    owner = np.concatenate([scope.left[pairs], scope.left[kept[less]]])
    if not len(pairs):
        return
    lefts, row = np.unique(
        owner if rule.each else np.zeros_like(owner), return_inverse=True
    )
    room = np.bincount(row[: len(pairs)], weights=scope.most[pairs]).astype(np.int64)
    slack.at_most(
        len(lefts),
        row,
        np.concatenate([pairs, column[less]]),
        np.repeat(np.array([1, -1], np.int64), [len(pairs), len(less)]),
        rule.most,
        room,
    )


def unit_share(rule: UnitShare, scope: PairVariables, slack: Slack) -> None:
    """What the unit gives the community is at least ``least`` where the community takes anything, and at most
    ``most``.
    """
    there = scope.facts.of_community(rule.community)[scope.right]
    mine = scope.within(there & scope.facts.of_unit(rule.unit)[scope.left])
    slack.cap(scope, mine, rule.most)
    takes = scope.within(there)
    if rule.least and len(takes):
        slack.at_least_where(scope.indicator(takes), mine, rule.least)


def closed_shares(case: IntegerModel) -> tuple[Closed, ...]:
    """Every hard ``unit_share`` whose least is beyond what its unit can give its community, by label
    (docs/rules.md, Teams).
    """
    facts, found = case.facts, []
    shares = [rule for rule in case.lists.problem.rules if isinstance(rule, UnitShare)]
    for rule in {
        (rule.label, rule.unit, rule.community, rule.least): rule for rule in shares
    }.values():
        if rule.soft is not None or not rule.least:
            continue
        there = facts.of_community(rule.community)
        most = _most(case, there[case.right] & facts.of_unit(rule.unit)[case.left])
        if most < rule.least and there.any():
            found.append(
                Closed(
                    label=rule.label,
                    unit=rule.unit,
                    community=rule.community,
                    least=rule.least,
                    most=most,
                )
            )
    return tuple(
        sorted(found, key=lambda one: (one.label, one.unit, one.community, one.least))
    )


def _most(case: IntegerModel, pairs: Mask) -> int:
    """No more than the resources of these pairs can give, nor than their requirements can take (a pair at
    several starts is one).
    """
    facts = case.facts
    left, need = case.left[pairs], facts.requirement[case.right[pairs]]
    _, first = np.unique(left * len(facts.requirement_ids) + need, return_index=True)
    left, need, own = left[first], need[first], case.most[pairs][first]
    sums = []
    for ends, limits in ((left, facts.capacity), (need, facts.needs[0])):
        carried = sums_by(ends, own, len(limits))
        sums.append(int(np.minimum(carried, limits).sum()))
    return min(sums)
