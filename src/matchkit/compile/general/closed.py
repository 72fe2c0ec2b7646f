"""Rules with a least that nobody can reach: what they are about takes nothing, which is said before the
search begins.
"""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Mask
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.model import UnitShare
from matchkit.plan.outcome import Closed


def closed(case: IntegerModel) -> tuple[Closed, ...]:
    """Every hard unit_share whose least is beyond what its unit can give its community, by label
    (docs/rules.md, Teams).
    """
    facts, found = case.facts, []
    shares = [rule for rule in case.lists.problem.rules if isinstance(rule, UnitShare)]
    for rule in {
        (rule.label, rule.unit, rule.community, rule.least): rule for rule in shares
    }.values():
        if rule.soft is not None or not rule.least:
            continue
        there = facts.of_community(rule.community)
        most = _most(case, there[case.right] & facts.of_unit(rule.unit)[case.left])
        if most < rule.least and there.any():
            found.append(
                Closed(
                    label=rule.label,
                    unit=rule.unit,
                    community=rule.community,
                    least=rule.least,
                    most=most,
                )
            )
    return tuple(sorted(found, key=lambda one: (one.label, one.unit, one.community, one.least)))


def _most(case: IntegerModel, pairs: Mask) -> int:
    """No more than the resources of these pairs can give, nor than their requirements can take (a pair at
    several starts is one).
    """
    facts = case.facts
    left, need = case.left[pairs], facts.requirement[case.right[pairs]]
    _, first = np.unique(left * len(facts.requirement_ids) + need, return_index=True)
    left, need, own = left[first], need[first], case.most[pairs][first]
    sums = []
    for ends, limits in ((left, facts.capacity), (need, facts.needs[0])):
        carried = np.zeros(len(limits), np.int64)
        np.add.at(carried, ends, own)
        sums.append(int(np.minimum(carried, limits).sum()))
    return min(sums)
