"""Variables of those who share in coverage or loads: one for each unit that they could have, which says that
they have so many, in place of the steps that a flow has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from matchkit.arrays import Int64, Intp, sums_by
from matchkit.compile.general.measures import Entries
from matchkit.compile.rules.pair_variables import PairVariables
from matchkit.compile.shares import FlowShares
from matchkit.model import Part


def share_measures(
    scope: PairVariables, shares: Iterable[FlowShares]
) -> Mapping[Part, tuple[Entries, int]]:
    """What every part of coverage and loads counts, in variables (numbers and amounts, intp and int64
    (variables,)), and what no plan exceeds in it: unit k of one who shares is 1 where that one has k or more.
    """
    found: dict[Part, tuple[Entries, int]] = {}
    requirement = scope.facts.requirement[scope.right]
    for one in shares:
        leaf = requirement if one.is_right else scope.left
        owner = one.of[leaf].astype(np.intp)
        units = np.flatnonzero(owner >= 0)
        could = sums_by(owner[units], scope.most[units], len(one.ids))
        node = one.steps.node
        unit = np.arange(len(node)) - np.searchsorted(node, node)
        # Units that these pairs cannot bring are left out.
        kept = np.flatnonzero(unit < could[node])
        made = scope.builder.variables(len(kept), 1)
        present = np.unique(np.concatenate([owner[units], node[kept]]))
        mine, whose = (
            np.searchsorted(present, of) for of in (owner[units], node[kept])
        )
        scope.builder.sums(
            len(present), (mine, units, 1), (whose, made, -1), low=0, high=0
        )
        # Unit k + 1 comes after unit k.
        later = np.flatnonzero(np.diff(whose) == 0) + 1
        scope.builder.sums(
            len(later), (None, made[later - 1], 1), (None, made[later], -1), low=0
        )
        for part, goal in zip(one.parts, one.goals, strict=True):
            counted = _counted(made, one.steps.gain[kept, goal])
            found[part] = counted, one.most(part)
    return found


def _counted(column: Intp, amount: Int64) -> Entries:
    counts = np.flatnonzero(amount)
    return column[counts], amount[counts]
