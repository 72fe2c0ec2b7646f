"""Symmetry reduction: interchangeable unit-capacity resources as one of capacity n, where that is exact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.model import MaxDistance


@dataclass(frozen=True, slots=True)
class Grouped:
    """A case in which each group of like resources is one, with the way back."""

    case: IntegerModel
    pair: Intp
    """For every pair of the small case, that pair of the whole case that its first resource has."""
    members: tuple[Intp, ...]
    """The resources of each group of two or more, by id."""

    def apart(self, whole: IntegerModel, quantity: Int64) -> Int64:
        """Quantities of the whole case: what a group carries is shared out by id, one unit each."""
        found = np.zeros(len(whole.left), np.int64)
        found[self.pair] = quantity
        for members in self.members:
            mine = np.flatnonzero(whole.left == members[0])
            carried = found[mine].copy()
            found[mine] = 0
            served = np.repeat(np.arange(len(mine)), carried)
            for resource, place in zip(members.tolist(), served.tolist(), strict=False):
                found[int(np.searchsorted(whole.left, resource)) + place] = 1
        return found


def grouped(case: IntegerModel) -> Grouped | None:
    """The case with like resources as one; None where there are none, or a rule counts heads.

    Exact: a resource of capacity 1 serves one demand, so no rule ties its pairs together, and quantities are
    all that rules see of resources of one unit and the same groups with the same pairs of the same weights;
    but for a soft ``max_distance``, which sees how far each has to go (a hard one is in the pairs).
    """
    problem = case.lists.problem
    if (
        not all(rule.counts == "units" for rule in problem.rules)
        or case.loads.dimensions
    ):
        return None
    if any(
        isinstance(rule, MaxDistance) and rule.soft is not None
        for rule in problem.rules
    ):
        return None
    counted = {part.measure for aim in case.aims for part in aim.parts}
    if counted & {"resources_used", "loads", "kept"}:
        return None
    members = tuple(_alike(case))
    if not members:
        return None
    keep = np.ones(len(case.facts.divisible), np.bool_)
    sizes = np.ones(len(keep), np.int64)
    for group in members:
        keep[group[1:]] = False
        sizes[group[0]] = len(group)
    pair = np.flatnonzero(keep[case.left])
    left, right = case.left[pair], case.right[pair]
    wanted = np.array([slot.requirement.wanted for slot in case.lists.slots], np.int64)
    most = np.where(
        sizes[left] > 1, np.minimum(sizes[left], wanted[right]), case.most[pair]
    )
    small = IntegerModel(
        case.lists,
        case.candidates,
        left,
        right,
        case.weight[pair],
        most,
        case.facts.deadline,
        aims=case.aims,
    )
    small.facts.divisible = case.facts.divisible | (sizes > 1)
    small.facts.capacity = np.where(keep, case.facts.capacity * sizes, 0)
    small.allowed = case.allowed
    return Grouped(small, pair, members)


def _alike(case: IntegerModel) -> Iterator[Intp]:
    lists = case.lists
    named: set[str] = set()
    for rule in lists.problem.rules:
        named.update(name for field, name in rule.names() if field == "resource")
    able: Mask = np.array(
        [
            r.capacity == 1 and not r.activation and r.id not in named
            for r in lists.resources
        ],
        np.bool_,
    )
    able &= ~case.facts.divisible
    first = np.searchsorted(case.left, np.arange(len(lists.resources) + 1))
    found: dict[tuple[object, ...], list[int]] = {}
    for left in np.flatnonzero(able & (np.diff(first) > 0)).tolist():
        case.facts.deadline.check()
        mine = slice(int(first[left]), int(first[left + 1]))
        key = (
            lists.resources[left].unit,
            frozenset(map(lists.lexicon.key, lists.resources[left].groups)),
            case.right[mine].tobytes(),
            case.weight[mine].tobytes(),
        )
        found.setdefault(key, []).append(left)
    return (np.array(group, np.intp) for group in found.values() if len(group) > 1)
