"""How much the previous plan breaks rules that may be broken no worse than that."""

from __future__ import annotations

import numpy as np

from matchkit.compile.general.amounts import amounts_of
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.model.rules import RuleRecord


def allowed_amounts(case: IntegerModel) -> dict[int, int]:
    """By place in the case's rules, the amount that the pairs of ``previous`` break it by, each pair carrying
    1.
    """
    return {
        place: _amount(case, rule)
        for place, rule in enumerate(case.rules)
        if rule.soft is not None and rule.soft.no_worse
    }


def _amount(case: IntegerModel, rule: RuleRecord) -> int:
    lists = case.lists
    pairs = sorted(
        {
            (lists.left[pair.resource], lists.right[pair.requirement])
            for pair in lists.problem.previous
        }
    )
    if rule.needs_times:
        pairs = [
            (left, right) for left, right in pairs if lists.slots[right].fixed
        ]  # no time, so nothing to count
    left, right = (np.array([pair[side] for pair in pairs], np.intp) for side in (0, 1))
    return amounts_of(case.facts, [rule], left, right, np.ones(len(pairs), np.int64))[0]
