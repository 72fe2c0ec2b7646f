"""Caps and goals of the network, by hand."""

from __future__ import annotations

from by_hand import demand, need, problem, resource

from matchkit.compile.compiler import compile_problem
from matchkit.compile.decode import goal_values
from matchkit.compile.instance import Instance
from matchkit.model import Community, CommunityCap, Lock, ReserveShare, Unit, UnitCap


def test_only_capped_nodes_are_in_the_tree_each_below_the_nearest_capped_one() -> None:
    # top > (middle, uncapped) > a, and top > b; z stands alone. Capped: top, a, z. A leaf of b hangs at top.
    made = problem(
        [
            resource(f"r{number}", unit=unit)
            for number, unit in enumerate(("a", "b", "y", "z", "middle"), 1)
        ],
        [demand("D1", need("Q1"))],
        UnitCap(unit="a", most=7),
        UnitCap(unit="top", most=4),
        UnitCap(unit="top", most=6),
        UnitCap(unit="z", most=0),
        units=[
            Unit(id="a", parent="middle"),
            Unit(id="middle", parent="top"),
            Unit(id="b", parent="top"),
            *map(_unit, ("top", "y", "z")),
        ],
    )
    compiled = compile_problem(Instance(made))
    tree = compiled.network.left_tree
    assert compiled.unit_ids == ("top", "z", "a")
    assert (tree.of.tolist(), tree.parent.tolist(), tree.capacity.tolist()) == (
        [2, 0, -1, 1, 0],
        [-1, -1, 0],
        [4, 0, 7],
    )
    assert compiled.network.right_tree.size == 0


def _unit(name: str) -> Unit:
    return Unit(id=name)


def test_a_reserve_counts_the_capacity_of_all_below_and_the_smallest_rule_binds() -> (
    None
):
    made = problem(
        [
            resource("r1", unit="top", capacity=3),
            resource("r2", unit="low", capacity=4),
        ],
        [demand("D1", need("Q1"))],
        ReserveShare(unit="top", percent=33),  # floor(7 * 0.67) = 4
        ReserveShare(unit="low", percent=0),  # 4
        UnitCap(unit="low", most=3),
        units=[Unit(id="low", parent="top"), Unit(id="top")],
    )
    compiled = compile_problem(Instance(made))
    assert (compiled.unit_ids, compiled.network.left_tree.capacity.tolist()) == (
        ("top", "low"),
        [4, 3],
    )


def test_locks_are_taken_from_every_cap_above() -> None:
    made = problem(
        [
            resource("r1", kind="fund", capacity=5),
            resource("r2", kind="fund", capacity=5),
        ],
        [
            demand("D1", need("Q1", kind="fund", wanted=4), community="in"),
            demand("D2", need("Q2", kind="fund", wanted=4), community="out"),
        ],
        Lock(resource="r1", requirement="Q1", quantity=2),
        Lock(resource="r2", requirement="Q2"),
        UnitCap(unit="U1", most=9),
        CommunityCap(community="in", most=3),
        CommunityCap(community="out", most=8),
        communities=[Community(id="in", parent="out"), Community(id="out")],
    )
    compiled = compile_problem(Instance(made))
    assert compiled.network.left_tree.capacity.tolist() == [6]
    assert (compiled.community_ids, compiled.network.right_tree.capacity.tolist()) == (
        ("out", "in"),
        [5, 1],
    )


def test_goals_exist_only_where_a_tier_has_such_units() -> None:
    made = problem(
        [resource("r1", capacity=0)],
        [
            demand("D1", need("Q1", wanted=2, minimum=2), tier=2),
            demand("D2", need("Q2", wanted=3, minimum=1), need("Q3"), tier=5),
            demand("D3", need("Q4", wanted=2), tier=7),
        ],
    )
    goals = compile_problem(Instance(made)).goals
    assert goals.names == (
        "tier 2 minimum",
        "tier 5 minimum",
        "tier 5",
        "tier 7",
        "weight",
    )
    steps = goals.right
    counted = [
        (node, gain.index(1))
        for node, units, gain in zip(
            steps.node.tolist(), steps.units.tolist(), steps.gain.tolist(), strict=True
        )
        if units
    ]
    # Minimums first, then what is beyond them.
    assert counted == [(0, 0), (1, 1), (1, 2), (2, 2), (3, 3)]
    assert (len(goals.left.node), goals.weight) == (0, True)


def test_goal_values_of_nothing_are_what_the_locks_earn() -> None:
    made = problem(
        [resource("r1", kind="fund", capacity=9)],
        [
            demand("D1", need("Q1", kind="fund", wanted=5, minimum=2), weight=40),
            demand("D2", need("Q2", kind="fund", wanted=3), weight=7),
        ],
        Lock(resource="r1", requirement="Q1", quantity=3),
    )
    compiled = compile_problem(Instance(made))
    # A pair is worth its importance and 100 for skills: 140 and 107. Three locked: two for the minimum, one
    # beyond.
    assert goal_values(compiled, [], [], []) == (2, 1, 3 * 140)
    assert goal_values(compiled, [0, 0], [0, 1], [1, 2]) == (
        2,
        1 + 1 + 2,
        4 * 140 + 2 * 107,
    )
    assert all(type(value) is int for value in goal_values(compiled, [], [], []))
