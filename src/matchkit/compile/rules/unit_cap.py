"""Rule ``unit_cap``: at most so many units in all from a unit and those below it."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Intp
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.model import UnitCap


def rows(rule: UnitCap, scope: PairVariables, bend: Slack) -> None:
    """The quantity of the unit's pairs is at most the cap."""
    beyond(scope.within(scope.facts.of_unit(rule.unit)[scope.left]), rule.most, scope, bend)


def beyond(pairs: Intp, most: int, scope: PairVariables, bend: Slack) -> None:
    """One row: these pairs (intp (pairs,)) carry at most so much, and the amount is what they carry beyond
    it.
    """
    total = int(scope.most[pairs].sum())
    if total > most:
        bend.at_most(1, np.zeros(len(pairs), np.intp), pairs, 1, most, total - most)
