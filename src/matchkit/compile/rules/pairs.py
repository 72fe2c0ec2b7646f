"""Rows of rules on single pairs, and of caps over units and communities: one function a kind.

Hard forbid and max_distance leave pairs out of the problem (compile/eligibility), so rows are for soft ones.
"""

from __future__ import annotations

import numpy as np

from matchkit.compile.eligibility.distance import Distances, limit
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.model.rules import (
    CommunityCap,
    Forbid,
    Lock,
    MaxDistance,
    ReserveShare,
    UnitCap,
)


def forbid(rule: Forbid, scope: PairVariables, slack: Slack) -> None:
    """The pair carries nothing, or the amount is what it carries."""
    slack.cap(scope, scope.named(rule.resource, rule.requirement), 0)


def lock(rule: Lock, scope: PairVariables, slack: Slack) -> None:
    """The pair carries at least its quantity, or the amount is what it lacks."""
    pairs = scope.named(rule.resource, rule.requirement)
    slack.row(pairs, -1, -rule.quantity, rule.quantity)


def max_distance(rule: MaxDistance, scope: PairVariables, slack: Slack) -> None:
    """The amount is quantity times the kilometres beyond the limit, begun ones whole."""
    lists = scope.facts.lists
    concerned = np.ones(scope.count, np.bool_)
    if rule.resource is not None:
        concerned &= scope.left == lists.left[rule.resource]
    if rule.demand is not None:
        concerned &= scope.demand == scope.facts.demand_number[rule.demand]
    pairs = np.flatnonzero(concerned)
    beyond = np.maximum(
        Distances(lists).metres(scope.left[pairs], scope.right[pairs]) - limit(rule), 0
    )
    pairs, kilometres = pairs[beyond > 0], -(-beyond[beyond > 0] // 1000)
    if len(pairs):
        slack.row(pairs, kilometres, 0, int((kilometres * scope.most[pairs]).sum()))


def unit_cap(rule: UnitCap, scope: PairVariables, slack: Slack) -> None:
    """The quantity of the unit's pairs is at most the cap."""
    slack.cap(
        scope, scope.within(scope.facts.of_unit(rule.unit)[scope.left]), rule.most
    )


def community_cap(rule: CommunityCap, scope: PairVariables, slack: Slack) -> None:
    """The quantity of the community's pairs is at most the cap."""
    there = scope.facts.of_community(rule.community)[scope.right]
    slack.cap(scope, scope.within(there), rule.most)


def reserve_share(rule: ReserveShare, scope: PairVariables, slack: Slack) -> None:
    """The quantity of the unit's pairs is at most what the rule leaves of the unit's total capacity."""
    mine = scope.facts.of_unit(rule.unit)
    whole = sum(
        resource.capacity
        for resource, own in zip(
            scope.facts.lists.resources, mine.tolist(), strict=True
        )
        if own
    )
    slack.cap(scope, scope.within(mine[scope.left]), rule.limit(whole))
