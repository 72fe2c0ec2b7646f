"""The pairs that compile lists are those that a loop over all reasons lists, with the weights of the
specification.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import by_hand
import numpy as np
import pytest
from pairs_by_loop import eligible, expected, listed
from random_problems import random_problem, seeded, shuffled, with_wishes
from specified_worth import Worth

from matchkit.compile import candidates, compatibility
from matchkit.compile import eligible as eligible_pairs
from matchkit.compile.compiler import compile_problem
from matchkit.compile.decode import count_eligible, terms_of
from matchkit.compile.instance import Instance
from matchkit.errors import MatchkitError
from matchkit.graph.candidates import Candidates
from matchkit.model import FACTORS, Objective, Problem
from matchkit.verification.eligibility import broken as verifier_broken
from matchkit.verification.world import World
from matchkit.verification.worth import terms as verifier_terms

SMALL = range(150)


def problems(seeds: range = SMALL) -> Iterator[Problem]:
    return (with_wishes(random_problem(seeded(seed)), seed) for seed in seeds)


WAYS: dict[str, dict[tuple[Any, str], int]] = {
    "boards kept": {(eligible_pairs, "ANSWERS_KEPT"): 10**9},
    "boards worked out": {
        (eligible_pairs, "ANSWERS"): 10**9,
        (compatibility, "BITS_KEPT"): 0,
        (compatibility, "KEPT"): 0,
    },
    "pairs listed": {(eligible_pairs, "ANSWERS_KEPT"): 0},
    "pairs listed, nothing kept": {
        (eligible_pairs, "ANSWERS"): 0,
        (compatibility, "BITS_KEPT"): 0,
        (compatibility, "KEPT"): 0,
        (candidates, "KEPT"): -1,
    },
    "piece by piece": {
        (eligible_pairs, "CELLS"): 1,
        (eligible_pairs, "PIECE"): 1,
        (compatibility, "BITS_AT_ONCE"): 1,
        (compatibility, "AT_ONCE"): 1,
    },
    "listed piece by piece": {
        (eligible_pairs, "ANSWERS_KEPT"): 0,
        (eligible_pairs, "PIECE"): 1,
        (compatibility, "PROFILES"): 1,
    },
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_listing_gives_the_pairs_of_a_loop_over_all_reasons(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for (module, name), value in WAYS[way].items():
        monkeypatch.setattr(module, name, value)
    seen = 0
    for problem in problems():
        compiled = compile_problem(Instance(problem))
        right = expected(problem)
        for _ in range(2):  # the second time blocks may be kept
            assert listed(compiled, compiled.network.pairs.rows_per_block) == right
        seen += len(right)
    assert seen > 300


def test_block_boundaries_change_nothing() -> None:
    for problem in problems(range(60)):
        compiled = compile_problem(Instance(problem))
        whole = listed(compiled, 100)
        assert all(listed(compiled, rows) == whole for rows in (1, 2, 3))


def test_the_order_of_records_changes_no_array() -> None:
    for seed, problem in enumerate(problems(range(60))):
        one, other = (
            compile_problem(Instance(problem)),
            compile_problem(Instance(shuffled(problem, seeded(seed)))),
        )
        count = one.network.pairs.left_count
        first, second = (
            one.network.pairs.block(0, count),
            other.network.pairs.block(0, count),
        )
        arrays = (
            (first.first, second.first),
            (first.right, second.right),
            (first.weight, second.weight),
        )
        assert all(a.dtype == b.dtype and a.tobytes() == b.tobytes() for a, b in arrays)
        assert (first.capacity is None) == (second.capacity is None)
        assert (
            first.capacity is None
            or first.capacity.tobytes() == second.capacity.tobytes()
        )
        for a, b in zip(_arrays(one), _arrays(other), strict=True):
            assert a.dtype == b.dtype and a.tobytes() == b.tobytes()
        for name in ("resource_ids", "requirement_ids", "unit_ids", "community_ids"):
            assert getattr(one, name) == getattr(other, name)
        assert one.network.pairs.weight_range == other.network.pairs.weight_range


def _arrays(compiled: Any) -> list[np.ndarray[Any, Any]]:
    network, goals, locked = compiled.network, compiled.goals, compiled.locked
    nodes = [
        network.left_capacity,
        network.right_capacity,
    ]
    trees = [
        array
        for tree in (network.left_tree, network.right_tree)
        for array in (tree.of, tree.parent, tree.capacity)
    ]
    taken = [locked.left, locked.right, locked.quantity, locked.weight]
    return [
        *nodes,
        *trees,
        *(
            array
            for steps in (goals.left, goals.right)
            for array in (steps.node, steps.units, steps.gain)
        ),
        *taken,
    ]


def test_every_term_is_the_specifications() -> None:
    compared = 0
    for problem in problems():
        compiled, worth = compile_problem(Instance(problem)), Worth(problem)
        resources = {resource.id: resource for resource in problem.resources}
        slots = {
            need.id: (demand, need)
            for demand in problem.demands
            for need in demand.requirements
        }
        pairs = seeded(1).sample(found := sorted(eligible(problem)), len(found))
        left = [compiled.resource_ids.index(one) for one, _ in pairs]
        right = [compiled.requirement_ids.index(other) for _, other in pairs]
        terms = terms_of(compiled, left, right)
        for place, (one, other) in enumerate(pairs):
            assert {
                name: int(values[place]) for name, values in terms.items()
            } == worth.terms(resources[one], *slots[other])
            compared += 1
    assert compared > 300


def test_the_checker_agrees_on_eligibility_and_on_every_term() -> None:
    for problem in problems():
        world, worth, right = World(problem), Worth(problem), eligible(problem)
        for resource in problem.resources:
            for role in world.roles.values():
                fits = not list(verifier_broken(world, resource, role))
                assert fits == ((resource.id, role.id) in right)
                if fits:
                    assert dict(verifier_terms(world, resource, role)) == worth.terms(
                        resource, role.demand, role.requirement
                    )


def test_weights_lie_within_the_stated_range() -> None:
    for problem in problems():
        compiled = compile_problem(Instance(problem))
        least, greatest = compiled.network.pairs.weight_range
        assert all(
            least <= weight <= greatest for weight, _ in listed(compiled, 100).values()
        )


def test_candidates_keep_the_protocol() -> None:
    pairs = compile_problem(Instance(random_problem(seeded(3)))).network.pairs
    block = pairs.block(0, pairs.left_count)
    assert isinstance(pairs, Candidates)
    assert (block.first.dtype, block.right.dtype, block.weight.dtype) == (
        np.int64,
        np.int32,
        np.int32,
    )
    assert len(block.first) == pairs.left_count + 1


def test_blocks_may_be_asked_for_from_several_threads() -> None:
    problem = random_problem(seeded(11), resources=60, demands=40)
    pairs = compile_problem(Instance(problem)).network.pairs
    alone = [pairs.block(row, row + 1) for row in range(pairs.left_count)]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(5):
            for one, other in zip(
                alone,
                pool.map(
                    lambda row: pairs.block(row, row + 1), range(pairs.left_count)
                ),
                strict=True,
            ):
                assert (
                    one.right.tobytes() == other.right.tobytes()
                    and one.weight.tobytes() == other.weight.tobytes()
                )


def test_counting_who_is_eligible_does_not_look_at_locks() -> None:
    for problem in problems():
        counted, pairs = (
            count_eligible(compiled := compile_problem(Instance(problem))),
            eligible(problem),
        )
        resources = {resource.id: resource for resource in problem.resources}
        for place, slot in enumerate(compiled.slots):
            able = [
                resources[one] for one, other in pairs if other == slot.requirement.id
            ]
            wanted = slot.requirement.wanted
            assert counted.resources[place] == len(able)
            assert counted.capacity[place] == sum(
                min(one.capacity, wanted) if one.is_divisible else 1 for one in able
            )


def test_the_generator_reaches_every_feature() -> None:
    """What the other tests of this folder claim over random problems is empty for a feature that never
    occurs.
    """
    seen: set[str] = set()
    for problem in problems():
        compiled = compile_problem(Instance(problem))
        seen |= {rule.rule for rule in problem.rules}
        seen |= {"left tree" for _ in compiled.unit_ids} | {
            "right tree" for _ in compiled.community_ids
        }
        seen |= {
            "nested"
            for tree in (compiled.network.left_tree, compiled.network.right_tree)
            if (tree.parent >= 0).any()
        }
        if problem.previous:
            seen.add("previous")
        weights = list(listed(compiled, 100).values())
        seen |= {"ties"} if len(set(weights)) < len(weights) else set()
        seen |= {"stock"} if any(amount > 1 for _, amount in weights) else set()
    rules = {
        "forbid",
        "lock",
        "max_distance",
        "unit_cap",
        "community_cap",
        "reserve_share",
    }
    assert seen == rules | {
        "left tree",
        "right tree",
        "nested",
        "previous",
        "ties",
        "stock",
    }


TERMS = sorted(FACTORS)


def alone(term: str) -> Objective:
    return Objective(**{name: int(name == term) for name in TERMS})


def in_range(problem: Problem) -> int:
    """How many pairs there are, all of a weight between the bounds that the terms state."""
    pairs = compile_problem(Instance(problem)).network.pairs
    low, high = pairs.weight_range
    weight = pairs.block(0, pairs.left_count).weight
    assert ((low <= weight) & (weight <= high)).all()
    return int(weight.size)


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("kept", [True, False])
def test_every_weight_lies_in_the_range_that_its_term_states(
    kept: bool, term: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a term alone; goals are packed by these ranges."""
    if not kept:
        monkeypatch.setattr(compatibility, "KEPT", 0)
    seen = 0
    for problem in problems():
        try:
            seen += in_range(problem.model_copy(update={"objective": alone(term)}))
        except MatchkitError:
            continue
    assert seen > 100, seen


@pytest.mark.parametrize("kept", [True, False])
def test_a_rare_skill_left_idle_lies_in_the_range_too(
    kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten nurses and a driver are asked; the one who is both costs 20 of 100 points where she drives, and 10
    where she nurses.
    """
    if not kept:
        monkeypatch.setattr(compatibility, "KEPT", 0)
    driver, nurse = by_hand.skill("driving"), by_hand.skill("nursing")
    asked = [
        by_hand.demand("D1", by_hand.need("Q1", skills=[driver])),
        by_hand.demand("D2", by_hand.need("Q2", skills=[nurse], wanted=10)),
    ]
    nurses = [by_hand.resource(skills=[driver, nurse])]
    given = by_hand.problem(nurses, asked, objective=alone("skill_fit"))
    assert in_range(given) == 2
    pairs = compile_problem(Instance(given)).network.pairs
    assert sorted(pairs.block(0, 1).weight.tolist()) == [80, 90]
