"""Rule ``reserve_share``: a unit keeps back a share of its and its descendants' total capacity."""

from __future__ import annotations

from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.compile.rules.unit_cap import beyond
from matchkit.model import ReserveShare


def rows(rule: ReserveShare, scope: PairVariables, bend: Slack) -> None:
    """The quantity of the unit's pairs is at most what the rule leaves."""
    mine = scope.facts.of_unit(rule.unit)
    whole = sum(
        resource.capacity
        for resource, own in zip(scope.facts.lists.resources, mine.tolist(), strict=True)
        if own
    )
    beyond(scope.within(mine[scope.left]), rule.limit(whole), scope, bend)
