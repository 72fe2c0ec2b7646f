"""Rule ``cover``: those who serve a demand have these skills together."""

from __future__ import annotations

import numpy as np

from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.compile.rules.team import at_least_if_served
from matchkit.model.rules import Cover


def rows(rule: Cover, scope: PairVariables, bend: Slack) -> None:
    """For every skill enough members where the demand is served; counting ``one``, each member is given to
    one skill.
    """
    demand = scope.facts.demand_number[rule.demand]
    members = scope.members(demand)
    if len(members.left) == 0:
        return
    able = [scope.facts.has_skill(skill.skill, skill.level) for skill in rule.skills]
    if rule.counting == "several":
        for skill, mask in zip(rule.skills, able, strict=True):
            columns = members.among(mask)
            at_least_if_served(
                scope, bend, demand, columns, np.ones(len(columns), np.int64), skill.count
            )
        return
    owner: list[int] = []
    column: list[int] = []
    for skill, mask in zip(rule.skills, able, strict=True):
        who = np.flatnonzero(mask[members.left])
        given = scope.builder.variables(len(who), 1)
        owner.extend(who.tolist())
        column.extend(given.tolist())
        at_least_if_served(
            scope, bend, demand, given, np.ones(len(given), np.int64), skill.count
        )
    owners, columns = (
        np.concatenate([np.array(owner, np.intp), members.owner]),
        np.concatenate([np.array(column, np.intp), members.column]),
    )
    coefficients = np.concatenate(
        [np.ones(len(owner), np.int64), np.full(len(members.owner), -1)]
    )
    scope.builder.rows(len(members.left), owners, columns, coefficients, high=0)
