"""Rule ``community_cap``: at most so many units in all for a community and those below it."""

from __future__ import annotations

from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.compile.rules.unit_cap import beyond
from matchkit.model import CommunityCap


def rows(rule: CommunityCap, scope: PairVariables, bend: Slack) -> None:
    """The quantity of the community's pairs is at most the cap."""
    beyond(
        scope.within(scope.facts.of_community(rule.community)[scope.right]),
        rule.most,
        scope,
        bend,
    )
