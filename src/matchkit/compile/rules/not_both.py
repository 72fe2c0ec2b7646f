"""Rule ``not_both``: of these demands a resource serves at most one."""

from __future__ import annotations

import numpy as np

from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.model.rules import NotBoth


def rows(rule: NotBoth, scope: PairVariables, bend: Slack) -> None:
    """A row for each resource that may serve several of them; the amount is how many it serves beyond one."""
    numbers = sorted({scope.facts.demand_number[demand] for demand in rule.demands})
    members = [scope.members(number) for number in numbers]
    lefts, sizes = np.unique(
        np.concatenate([each.left for each in members]), return_counts=True
    )
    several = sizes > 1
    if bend.hard:
        several &= scope.open_left[lefts]
    row = np.full(len(scope.facts.divisible), -1, np.intp)
    row[lefts[several]] = np.arange(int(several.sum()))
    owner = row[np.concatenate([each.left[each.owner] for each in members])]
    column = np.concatenate([each.column for each in members])[owner >= 0]
    bend.at_most(int(several.sum()), owner[owner >= 0], column, 1, 1, sizes[several] - 1)
