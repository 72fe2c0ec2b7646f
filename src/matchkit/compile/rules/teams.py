"""Rows of rules on who serves one demand together: one function a kind."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Intp
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.model.rules import (
    AllOrNothing,
    Cover,
    LocalMember,
    Team,
    Trainees,
    UnitsRepresented,
)


def team(rule: Team, scope: PairVariables, slack: Slack) -> None:
    """Quantity is at least ``least`` where the demand is served, and at most ``most``."""
    demand = scope.facts.demand_number[rule.demand]
    pairs = scope.of_demand(demand)
    if len(pairs):
        if rule.least > 1:  # one unit is what serving it means
            slack.at_least_where(scope.served(demand), pairs, rule.least)
        slack.cap(scope, pairs, rule.most)


def cover(rule: Cover, scope: PairVariables, slack: Slack) -> None:
    """For every skill enough members where the demand is served; counting ``one``, each member is given to
    one skill.
    """
    demand = scope.facts.demand_number[rule.demand]
    members = scope.members(demand)
    if len(members.left) == 0:
        return
    skilled: list[tuple[Intp, Intp, int]] = []
    for skill in rule.skills:
        able = scope.facts.has_skill(skill.skill, skill.level)
        if rule.counting == "several":
            given = members.among(able)
        else:
            owner = np.flatnonzero(able[members.left])
            given = scope.builder.variables(len(owner), 1)
            skilled.append((owner, given, 1))
        slack.at_least_where(scope.served(demand), given, skill.count)
    if rule.counting == "one":
        serving = members.owner, members.column, -1
        scope.builder.sums(len(members.left), *skilled, serving, high=0)


def trainees(rule: Trainees, scope: PairVariables, slack: Slack) -> None:
    """Members without the skill are at most ``most`` times those with it."""
    members = scope.members(scope.facts.demand_number[rule.demand])
    senior = scope.facts.has_skill(rule.senior.skill, rule.senior.level)
    juniors, seniors = members.among(~senior), members.among(senior)
    if len(juniors):
        coefficients = np.repeat([1, -rule.most], [len(juniors), len(seniors)])
        columns = np.concatenate([juniors, seniors])
        slack.row(columns, coefficients, 0, len(members.left))


def units_represented(
    rule: UnitsRepresented, scope: PairVariables, slack: Slack
) -> None:
    """A variable a unit says that one of its members serves; there are enough of them where the demand is
    served.
    """
    demand = scope.facts.demand_number[rule.demand]
    members = scope.members(demand)
    if len(members.left) == 0:
        return
    units, of = np.unique(scope.facts.unit_number[members.left], return_inverse=True)
    present = scope.builder.variables(len(units), 1)
    serving = of[members.owner], members.column, -1
    scope.builder.sums(len(units), (None, present, 1), serving, high=0)
    slack.at_least_where(scope.served(demand), present, rule.least)


def local_member(rule: LocalMember, scope: PairVariables, slack: Slack) -> None:
    """Members at home are enough where the demand is served."""
    demand = scope.facts.demand_number[rule.demand]
    members = scope.members(demand)
    if len(members.left):
        local = members.among(scope.facts.at_home(demand))
        slack.at_least_where(scope.served(demand), local, rule.least)


def all_or_nothing(rule: AllOrNothing, scope: PairVariables, slack: Slack) -> None:
    """Each requirement has its minimum where the demand is served; the amount is what they lack."""
    facts, demand = scope.facts, scope.facts.demand_number[rule.demand]
    pairs = scope.of_demand(demand)
    if len(pairs) == 0:
        return
    for number, name in enumerate(facts.requirement_ids):
        place = facts.lists.right[name]
        least = facts.lists.slots[place].requirement.minimum
        if facts.demand[place] == demand and least:
            mine = pairs[facts.requirement[scope.right[pairs]] == number]
            slack.at_least_where(scope.served(demand), mine, least)
