"""Rule ``count_budget``: a resource is assigned at most so many units in every period."""

from __future__ import annotations

import numpy as np

from matchkit.compile.ragged import joint
from matchkit.compile.rules.hours_budget import concerned, periods, within_limit
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.compile.times import start_day
from matchkit.model.rules import CountBudget


def rows(rule: CountBudget, scope: PairVariables, bend: Slack) -> None:
    """The units of every resource whose demand starts in a period are at most the budget."""
    facts = scope.facts
    mine = scope.single & concerned(rule, scope, bend)[scope.left]
    pairs = np.flatnonzero(mine if rule.per == "all" else mine & scope.timed)
    starting: dict[int, list[int]] = {}
    for slot in np.unique(scope.right[pairs]).tolist():
        starting[slot] = (
            [0]
            if rule.per == "all"
            else list(periods(rule, start_day(facts.spans[slot], rule.zone)))
        )
    slots = scope.right[pairs].tolist()
    pair = np.repeat(pairs, [len(starting[slot]) for slot in slots])
    period = np.array([period for slot in slots for period in starting[slot]], np.int64)
    groups, _, owner = joint(scope.left[pair], period)
    total = np.bincount(owner, weights=scope.most[pair], minlength=len(groups)).astype(np.int64)
    within_limit(bend, owner, pair, np.ones(len(pair), np.int64), total, rule.most, 1)
