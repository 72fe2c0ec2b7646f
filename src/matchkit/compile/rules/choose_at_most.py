"""Rule ``choose_at_most``: at most so many of these resources are used at all."""

from __future__ import annotations

import numpy as np

from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.model.rules import ChooseAtMost


def rows(rule: ChooseAtMost, scope: PairVariables, bend: Slack) -> None:
    """The amount is how many are used beyond that."""
    used = scope.used()[
        sorted({scope.facts.lists.left[resource] for resource in rule.resources})
    ]
    used = used[used >= 0]
    if len(used) > rule.most:
        bend.at_most(1, np.zeros(len(used), np.intp), used, 1, rule.most, len(used) - rule.most)
