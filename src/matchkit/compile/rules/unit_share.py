"""Rule ``unit_share``: at least and at most so much of one unit for one community."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matchkit.arrays import Mask
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.compile.rules.unit_cap import beyond
from matchkit.model.rules import UnitShare
from matchkit.plan.outcome import Closed

if TYPE_CHECKING:
    from matchkit.compile.general.integer_model import IntegerModel


def rows(rule: UnitShare, scope: PairVariables, bend: Slack) -> None:
    """What the unit gives the community is at least ``least`` where the community takes anything, and at most
    ``most``.
    """
    there = scope.facts.of_community(rule.community)[scope.right]
    mine = scope.within(there & scope.facts.of_unit(rule.unit)[scope.left])
    beyond(mine, rule.most, scope, bend)
    takes = scope.within(there)
    if rule.least and len(takes):
        columns = np.append(mine, scope.indicator(takes))
        coefficients = np.append(np.full(len(mine), -1), rule.least)
        bend.at_most(1, np.zeros(len(columns), np.intp), columns, coefficients, 0, rule.least)


def closed(case: IntegerModel) -> tuple[Closed, ...]:
    """Every hard rule of this kind whose least is beyond what its unit can give its community, by label
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
    return tuple(sorted(found, key=lambda one: (one.label, one.unit, one.community, one.least)))


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
        carried = np.zeros(len(limits), np.int64)
        np.add.at(carried, ends, own)
        sums.append(int(np.minimum(carried, limits).sum()))
    return min(sums)
