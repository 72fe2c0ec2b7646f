"""Rule ``reserve_share``: a unit keeps back a share of its and its descendants' total capacity."""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.compile.general.builder import Slack
from matchkit.compile.general.pair_variables import PairVariables
from matchkit.compile.numbering import Numbering
from matchkit.compile.rules.trees import totals
from matchkit.compile.rules.unit_cap import beyond
from matchkit.model import ReserveShare


def caps(lists: Numbering) -> Iterator[tuple[str, int]]:
    """Unit and what it may give by every such rule: ``floor(total * (100 - percent) / 100)``."""
    rules = [rule for rule in lists.problem.rules if isinstance(rule, ReserveShare) and rule.soft is None]
    if not rules:
        return
    own: dict[str, int] = {}
    for resource in lists.resources:
        own[resource.unit] = own.get(resource.unit, 0) + resource.capacity
    total = totals({unit.id: unit.parent for unit in lists.problem.units}, own)
    for rule in rules:
        yield rule.unit, total[rule.unit] * (100 - rule.percent) // 100


def rows(rule: ReserveShare, scope: PairVariables, bend: Slack) -> None:
    """The quantity of the unit's pairs is at most what the rule leaves."""
    mine = scope.facts.of_unit(rule.unit)
    whole = sum(
        resource.capacity
        for resource, own in zip(scope.facts.lists.resources, mine.tolist(), strict=True)
        if own
    )
    beyond(scope.within(mine[scope.left]), whole * (100 - rule.percent) // 100, scope, bend)
