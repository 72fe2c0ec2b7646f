"""The way back: assignments with the locks, an exact ledger, prices by id."""

from __future__ import annotations

import random

import numpy as np
import pytest
from by_hand import demand, need, problem, resource
from pairs_by_loop import eligible, locks
from random_problems import random_problem, seeded
from specified_worth import Worth

from matchkit.compile.compiler import Compiled, compile_problem
from matchkit.compile.decode import certificate, decode, goal_values, terms_of
from matchkit.compile.instance import Instance
from matchkit.model import CommunityCap, Lock, Unit, UnitCap
from matchkit.plan import Outcome, Plan, Price, Shortfall
from matchkit.verification.checks import verify


def some_flow(
    compiled: Compiled, rng: random.Random
) -> tuple[list[int], list[int], list[int]]:
    """A random flow within all capacities and caps, pair by pair."""
    network = compiled.network
    left, right = network.left_capacity.tolist(), network.right_capacity.tolist()
    caps = [
        (tree, tree.capacity.tolist())
        for tree in (network.left_tree, network.right_tree)
    ]
    block = network.pairs.block(0, network.pairs.left_count)
    amounts = (
        [1] * len(block.right) if block.capacity is None else block.capacity.tolist()
    )
    pairs = list(zip(block.rows().tolist(), block.right.tolist(), amounts, strict=True))
    rng.shuffle(pairs)
    chosen = []
    for one, other, most in pairs:
        above = []
        for (tree, rest), node in zip(caps, (one, other), strict=True):
            cap = int(tree.of[node])
            while cap >= 0:
                above.append((rest, cap))
                cap = int(tree.parent[cap])
        most = min([most, left[one], right[other], *(rest[cap] for rest, cap in above)])
        if most > 0:
            amount = rng.randint(1, most)
            chosen.append((one, other, amount))
            left[one] -= amount
            right[other] -= amount
            for rest, cap in above:
                rest[cap] -= amount
    return [c[0] for c in chosen], [c[1] for c in chosen], [c[2] for c in chosen]


def test_a_decoded_flow_is_a_plan_that_the_checker_finds_no_fault_with() -> None:
    """Whatever flow the network allows is a plan that keeps every rule: quantities, overlaps, caps, locks,
    terms, ledger, goals.
    """
    assigned = 0
    for seed in range(200):
        made = random_problem(seeded(seed))
        compiled = compile_problem(Instance(made))
        flow = some_flow(compiled, seeded(seed))
        assignments, shortfalls = decode(compiled, *flow)
        values = goal_values(compiled, *flow)
        names = compiled.goals.names
        outcome = Outcome(
            status="feasible",
            stopped="no_proof",
            goals=[
                {"name": name, "value": value, "bound": None}
                for name, value in zip(names, values, strict=True)
            ],
            value=values[-1],
            bound=None,
            gap=None,
            engine="random",
            reason="a test",
            seed=seed,
            versions=[],
            digest="0" * 64,
        )
        verify(
            made,
            Plan(
                assignments=assignments,
                shortfalls=shortfalls,
                outcome=outcome,
                certificate=None,
            ),
        ).raise_if_broken()
        assigned += len(assignments)
        assert [entry.resource for entry in assignments] == sorted(
            entry.resource for entry in assignments
        )
        assert [entry.requirement for entry in shortfalls] == sorted(
            entry.requirement for entry in shortfalls
        )
    assert assigned > 200


def test_shortfalls_count_and_judge_by_all_who_are_eligible() -> None:
    for seed in range(100):
        made = random_problem(seeded(seed))
        compiled, pairs = compile_problem(Instance(made)), eligible(made)
        resources = {entry.id: entry for entry in made.resources}
        _, shortfalls = decode(compiled, [], [], [])
        locked = locks(made)
        for lack in shortfalls:
            able = [resources[one] for one, other in pairs if other == lack.requirement]
            could = sum(
                min(one.capacity, lack.wanted) if one.is_divisible else 1
                for one in able
            )
            assert lack.eligible == len(able)
            assert lack.reason == (
                "contended"
                if could >= lack.wanted
                else "too_few_eligible"
                if able
                else "nobody_eligible"
            )
            assert lack.assigned == sum(
                amount
                for (_, other), amount in locked.items()
                if other == lack.requirement
            )


def test_locks_and_chosen_pairs_join_in_one_assignment() -> None:
    made = problem(
        [
            resource("r1", kind="fund", capacity=9),
            resource("r0", kind="fund", capacity=1),
        ],
        [demand("D1", need("Q1", kind="fund", wanted=5, minimum=4), weight=40, tier=3)],
        Lock(resource="r1", requirement="Q1", quantity=2),
    )
    compiled = compile_problem(Instance(made))
    assignments, shortfalls = decode(
        compiled, np.array([1]), np.array([0]), np.array([1])
    )
    assert [
        (a.resource, a.requirement, a.quantity, a.weight, a.terms.importance)
        for a in assignments
    ] == [("r1", "Q1", 3, 140, 40)]
    assert shortfalls == (
        Shortfall(
            requirement="Q1",
            demand="D1",
            tier=3,
            wanted=5,
            minimum=4,
            assigned=3,
            missing=2,
            below_minimum=1,
            eligible=2,
            reason="contended",
        ),
    )


def test_the_weight_of_locked_pairs_is_the_specifications() -> None:
    seen = 0
    for seed in range(100):
        made = random_problem(seeded(seed))
        compiled, worth = compile_problem(Instance(made)), Worth(made)
        resources = {entry.id: entry for entry in made.resources}
        slots = {
            role.id: (entry, role)
            for entry in made.demands
            for role in entry.requirements
        }
        rows = zip(
            *(
                getattr(compiled.locked, name).tolist()
                for name in ("left", "right", "quantity", "weight")
            ),
            strict=True,
        )
        found = {
            (compiled.resource_ids[one], compiled.requirement_ids[other]): (
                amount,
                weight,
            )
            for one, other, amount, weight in rows
        }
        right = {
            pair: (
                amount,
                sum(worth.terms(resources[pair[0]], *slots[pair[1]]).values()),
            )
            for pair, amount in locks(made).items()
        }
        assert found == right
        seen += len(right)
    assert seen > 20


def test_terms_of_a_pair_that_meets_no_need_are_refused() -> None:
    compiled = compile_problem(
        Instance(
            problem(
                [resource("r1", kind="team"), resource("r2")],
                [demand("D1", need("Q1"))],
            )
        )
    )
    with pytest.raises(ValueError, match="a pair that is not eligible has no weight"):
        terms_of(compiled, [0], [0])


def test_prices_are_told_by_id_in_the_order_of_ids() -> None:
    made = problem(
        [resource("r1"), resource("r2", unit="A")],
        [demand("D1", need("Q1"))],
        UnitCap(unit="U1", most=1),
        UnitCap(unit="A", most=1),
        CommunityCap(community="C1", most=1),
        units=[Unit(id="U1"), Unit(id="A", parent="U1")],
    )
    compiled = compile_problem(Instance(made))
    assert compiled.unit_ids == ("U1", "A")
    large = np.array([[2**70, -1]], object)
    proof = certificate(
        compiled,
        [1, 200],
        np.array([[1, 2], [3, 4]]),
        large,
        np.array([[5, 6], [7, 8]]),
        np.array([[9, 0]]),
    )
    assert proof.goals == ("tier 1", "weight") and proof.bound == (1, 200)
    assert proof.resources == (
        Price(id="r1", price=(1, 2)),
        Price(id="r2", price=(3, 4)),
    )
    assert proof.requirements == (Price(id="Q1", price=(2**70, -1)),)
    assert proof.units == (Price(id="A", price=(7, 8)), Price(id="U1", price=(5, 6)))
    assert proof.communities == (Price(id="C1", price=(9, 0)),)
