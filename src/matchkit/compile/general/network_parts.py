"""What of a case a flow or blocks are made of: its pairs with a requirement as one node whatever its starts,
the most that resources carry, and the caps of hard rules.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Intp, most_by
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.ragged import joint
from matchkit.compile.trees import capped_nodes
from matchkit.graph.network import CapTree


class RequirementPairs(NamedTuple):
    """Pairs of resources and requirements, ascending by both: ``left`` and ``need`` by number, and ``first``,
    the first pair of the case that each is (intp (pairs,) each). ``which`` is what every pair of the case is
    part of, intp (pairs of the case,). ``weight`` and ``most``, int64 (pairs,), are the greatest of these.
    """

    left: Intp
    need: Intp
    first: Intp
    which: Intp
    weight: Int64
    most: Int64

    @classmethod
    def of(cls, case: IntegerModel) -> RequirementPairs:
        """Of all pairs of the case."""
        left, need, which = joint(case.left, case.facts.requirement[case.right])
        first = np.zeros(len(left), np.intp)
        first[which[::-1]] = np.arange(len(which))[::-1]
        weight = np.full(len(left), np.iinfo(np.int64).min)
        np.maximum.at(weight, which, case.weight)
        most = most_by(which, case.most, len(left))
        return cls(left, need, first, which, weight, most)


def cap_trees(case: IntegerModel) -> tuple[CapTree, CapTree]:
    """The caps that hard rules set on units, over resources, and on communities, over requirements."""
    lists = case.lists
    units, communities = capped_nodes(lists, "unit"), capped_nodes(lists, "community")
    slots = [lists.slots[lists.right[name]] for name in case.facts.requirement_ids]
    return units.tree(
        [resource.unit for resource in lists.resources], [0] * len(units.ids)
    ), communities.tree(
        [slot.demand.community for slot in slots], [0] * len(communities.ids)
    )


def carried(case: IntegerModel) -> Int64:
    """The most units that every resource can give, int64 (resources,): its capacity, and of each dimension
    its load by the least that one of its pairs uses.
    """
    found = case.facts.capacity
    for has, uses in zip(case.loads.has, case.loads.uses, strict=True):
        least = np.full(len(found), np.iinfo(np.int64).max)
        np.minimum.at(least, case.left, uses[case.right])
        found = np.where(
            least > 0, np.minimum(found, has // np.maximum(least, 1)), found
        )
    return found
