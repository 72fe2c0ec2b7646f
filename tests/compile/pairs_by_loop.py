"""Every eligible pair by a loop over all reasons, and what compile lists, in one form."""

from __future__ import annotations

from collections import Counter

from specified_worth import Worth

from matchkit.compile.compiler import Compiled
from matchkit.compile.eligibility import broken
from matchkit.compile.numbering import Numbering
from matchkit.model import Lock, Problem, Requirement, Resource

Listed = dict[tuple[str, str], tuple[int, int]]
"""Weight and capacity by pair of ids."""


def locks(problem: Problem) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for rule in problem.rules:
        if isinstance(rule, Lock):
            found[rule.resource, rule.requirement] = max(
                rule.quantity, found.get((rule.resource, rule.requirement), 0)
            )
    return found


def own_capacity(resource: Resource, requirement: Requirement) -> int:
    return min(resource.capacity, requirement.wanted) if resource.is_divisible else 1


def eligible(problem: Problem) -> set[tuple[str, str]]:
    lists = Numbering(problem)
    return {
        (resource.id, slot.requirement.id)
        for resource in lists.resources
        for slot in lists.slots
        if not broken(lists, resource, slot)
    }


def expected(problem: Problem) -> Listed:
    """What the locks leave: capacities of pairs whose resource and requirement have something left."""
    locked, worth = locks(problem), Worth(problem)
    given, received = Counter[str](), Counter[str]()
    for (one, other), amount in locked.items():
        given[one] += amount
        received[other] += amount
    resources = {resource.id: resource for resource in problem.resources}
    slots = {
        need.id: (demand, need)
        for demand in problem.demands
        for need in demand.requirements
    }
    found: Listed = {}
    for one, other in eligible(problem):
        demand, need = slots[other]
        left = own_capacity(resources[one], need) - locked.get((one, other), 0)
        if (
            left > 0
            and given[one] < resources[one].capacity
            and received[other] < need.wanted
        ):
            found[one, other] = (
                sum(worth.terms(resources[one], demand, need).values()),
                left,
            )
    return found


def listed(compiled: Compiled, rows: int) -> Listed:
    """What the blocks of so many rows hold, each checked to be in order."""
    pairs, found = compiled.network.pairs, {}
    for start in range(0, pairs.left_count, rows):
        block = pairs.block(start, min(start + rows, pairs.left_count))
        lefts, rights = block.rows().tolist(), block.right.tolist()
        assert list(zip(lefts, rights, strict=True)) == sorted(
            set(zip(lefts, rights, strict=True))
        )
        amounts = (
            [1] * len(rights) if block.capacity is None else block.capacity.tolist()
        )
        for left, right, weight, amount in zip(
            lefts, rights, block.weight.tolist(), amounts, strict=True
        ):
            found[compiled.resource_ids[left], compiled.requirement_ids[right]] = (
                weight,
                amount,
            )
    return found
