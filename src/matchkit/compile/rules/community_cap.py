"""Rule ``community_cap``: at most so many units in all for a community and those below it."""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.compile.general.builder import Slack
from matchkit.compile.general.pair_variables import PairVariables
from matchkit.compile.numbering import Numbering
from matchkit.compile.rules.unit_cap import beyond
from matchkit.model import CommunityCap


def caps(lists: Numbering) -> Iterator[tuple[str, int]]:
    """Community and most of every such rule."""
    for rule in lists.problem.rules:
        if isinstance(rule, CommunityCap) and rule.soft is None:
            yield rule.community, rule.most


def rows(rule: CommunityCap, scope: PairVariables, bend: Slack) -> None:
    """The quantity of the community's pairs is at most the cap."""
    beyond(scope.within(scope.facts.of_community(rule.community)[scope.right]), rule.most, scope, bend)
