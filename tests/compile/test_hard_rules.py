"""Contradictory locks, and what the network of a flow cannot express, are told by record; sound locks and
caps are taken first.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pinned
import pytest
from by_hand import demand, need, problem, resource, skill, window
from pairs_by_loop import eligible, locks
from random_problems import random_problem, seeded, shuffled

from matchkit.compile.compiler import compile_problem
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.instance import Instance
from matchkit.errors import ContradictionError, UnsupportedError
from matchkit.model import (
    Aim,
    Community,
    CommunityCap,
    Forbid,
    HoursBudget,
    KeepApart,
    Load,
    Lock,
    Objective,
    Part,
    Problem,
    ReserveShare,
    Soft,
    Team,
    Unit,
    UnitCap,
)

MORNING, NOON = [window(5, 8, 12)], [window(5, 11, 13)]


def complaints_of(
    made: Problem,
    kind: type[ContradictionError | UnsupportedError],
    compiled: Callable[[Instance], object] = compile_problem,
) -> list[str]:
    with pytest.raises(kind) as caught:
        compiled(Instance(made))
    return [str(complaint) for complaint in caught.value.complaints]


def test_a_locked_pair_that_is_not_eligible_is_told_with_its_reasons() -> None:
    made = problem(
        [resource("R1", kind="team")],
        [demand("D1", need("Q1", skills=[skill("law")]))],
        Lock(resource="R1", requirement="Q1"),
        Forbid(resource="R1", requirement="Q1"),
    )
    assert complaints_of(made, ContradictionError) == [
        pinned.line(
            pinned.message("lock.of", resource="R1", requirement="Q1"),
            "lock.not_eligible",
            "lock.not_eligible.do",
            reasons="kind: kind team, needed person; skill: skill law 0 < 1; forbid: "
            + pinned.text("reason.forbid", resource="R1", requirement="Q1"),
        )
    ]


def test_every_contradiction_of_quantities_and_caps_is_told() -> None:
    made = problem(
        [
            resource("R1", kind="supplies", capacity=5),
            resource("R2", kind="venue", capacity=1, unit="U2"),
        ],
        [
            demand(
                "D1",
                need("Q1", kind="supplies", wanted=4),
                need("Q2", kind="supplies", wanted=9),
            ),
            demand(
                "D2",
                need("Q3", kind="venue", wanted=3),
                need("Q4", kind="venue"),
                community="C2",
            ),
        ],
        Lock(resource="R1", requirement="Q1", quantity=5),
        Lock(resource="R1", requirement="Q2", quantity=2),
        Lock(resource="R2", requirement="Q3", quantity=2),
        Lock(resource="R2", requirement="Q4"),
        UnitCap(unit="U1", most=9),
        ReserveShare(unit="U1", percent=10),
        CommunityCap(community="C1", most=8),
        units=[Unit(id="U1"), Unit(id="U2", parent="U1")],
        communities=[Community(id="C1"), Community(id="C2", parent="C1")],
    )
    # In all 5 + 2 + 2 + 1 = 10 are locked; of the 6 there are, 10 percent reserved leave 5.
    assert complaints_of(made, ContradictionError) == [
        pinned.line(
            pinned.text("lock.of", resource="R1", requirement="Q1"),
            "lock.quantity",
            "lock.quantity.do",
            quantity=5,
            most=4,
        ),
        pinned.line(
            pinned.text("lock.of", resource="R2", requirement="Q3"),
            "lock.quantity",
            "lock.quantity.do",
            quantity=2,
            most=1,
        ),
        pinned.line(
            pinned.text("lock.all_of", resource="R1"),
            "lock.capacity",
            "lock.capacity.do",
            amount=7,
            capacity=5,
        ),
        pinned.line(
            pinned.text("lock.all_of", resource="R2"),
            "lock.capacity",
            "lock.capacity.do",
            amount=3,
            capacity=1,
        ),
        pinned.line(
            pinned.text("lock.all_on", requirement="Q1"),
            "lock.wanted",
            "lock.wanted.do",
            amount=5,
            wanted=4,
        ),
        pinned.line(
            pinned.text("lock.under_community", id="C1"),
            "lock.beyond_community",
            "lock.beyond.do",
            amount=10,
            most=8,
        ),
        pinned.line(
            pinned.text("lock.under_unit", id="U1"),
            "lock.beyond_unit",
            "lock.beyond.do",
            amount=10,
            most=5,
        ),
    ]


def test_locks_may_not_send_one_person_to_two_places_at_one_time() -> None:
    made = problem(
        [resource("R1", capacity=2)],
        [
            demand("D1", need("Q1"), windows=MORNING),
            demand("D2", need("Q2"), windows=NOON),
        ],
        Lock(resource="R1", requirement="Q1"),
        Lock(resource="R1", requirement="Q2"),
    )
    assert complaints_of(made, ContradictionError) == [
        pinned.line(
            pinned.text("lock.all_of", resource="R1"),
            "lock.overlap",
            "lock.overlap.do",
            one="Q1",
            other="Q2",
            at="2026-05-05 11:00 UTC",
        )
    ]


def test_contradictions_of_quantities_are_told_where_rules_tie_pairs_together_too() -> (
    None
):
    """The problem is an integer program and no flow."""
    made = problem(
        [resource("R1", capacity=1), resource("R2")],
        [demand("D1", need("Q1"), need("Q2"))],
        Lock(resource="R1", requirement="Q1"),
        Lock(resource="R1", requirement="Q2"),
        KeepApart(resources=["R1", "R2"]),
    )
    compiled = partial(compile_case, most_pairs=100)
    assert complaints_of(made, ContradictionError, compiled) == [
        pinned.line(
            pinned.text("lock.all_of", resource="R1"),
            "lock.capacity",
            "lock.capacity.do",
            amount=2,
            capacity=1,
        )
    ]


TIED = pinned.sentences("coupling.rule", "coupling.do")


def test_rules_that_tie_pairs_together_are_told_by_label_all_at_once() -> None:
    made = problem(
        [resource("R1"), resource("R2")],
        [demand("D1", need("Q1"))],
        HoursBudget(resource="R1", minutes=60),
        Team(demand="D1", least=2, most=3),
        KeepApart(id="rivals", resources=["R1", "R2"]),
        UnitCap(unit="U1", most=1),
    )
    assert complaints_of(made, UnsupportedError) == [
        f"rule hours_budget R1: {TIED}",
        f"rule rivals: {TIED}",
        f"rule team D1: {TIED}",
    ]


def test_a_soft_rule_is_told_even_where_a_flow_keeps_its_hard_form() -> None:
    made = problem(
        [resource("R1")],
        [demand("D1", need("Q1"))],
        UnitCap(unit="U1", most=1, soft=Soft(price=5)),
    )
    assert complaints_of(made, UnsupportedError) == [
        pinned.line("rule unit_cap U1", "coupling.soft", "coupling.do")
    ]


@pytest.mark.parametrize(
    ("offered", "asked", "role", "more", "fact"),
    [
        (
            {},
            {"windows": MORNING, "minutes": 60},
            {},
            {},
            f"demand D1: {pinned.text('coupling.flexible')}",
        ),
        (
            {},
            {},
            {"uses": [Load(dimension="kg", amount=1)]},
            {},
            f"requirement Q1: {pinned.text('coupling.loads')}",
        ),
        (
            {"activation": 1},
            {},
            {},
            {},
            f"resource R1: {pinned.text('coupling.activation')}",
        ),
        (
            {},
            {},
            {},
            {
                "objective": Objective(
                    aims=[Aim(name="worth", parts=[Part(measure="weight")])]
                )
            },
            f"objective.aims: {pinned.text('coupling.aims')}",
        ),
    ],
    ids=["flexible", "loads", "activation", "aims"],
)
def test_records_that_a_flow_cannot_express_are_told_by_id(
    offered: dict[str, Any],
    asked: dict[str, Any],
    role: dict[str, Any],
    more: dict[str, Any],
    fact: str,
) -> None:
    made = problem(
        [resource("R1", **offered)], [demand("D1", need("Q1", **role), **asked)], **more
    )
    assert complaints_of(made, UnsupportedError) == [
        f"{fact}. {pinned.text('coupling.do')}."
    ]


def test_a_person_with_capacity_for_two_overlapping_demands_is_told_with_both() -> None:
    made = problem(
        [resource("R1", capacity=2)],
        [
            demand("D1", need("Q1"), windows=MORNING),
            demand("D2", need("Q2"), windows=NOON),
        ],
    )
    assert complaints_of(made, UnsupportedError) == [
        pinned.line(
            "resource R1",
            "coupling.overlap",
            "coupling.overlap.do",
            capacity=2,
            one="Q1",
            other="Q2",
            at="2026-05-05 11:00 UTC",
        )
    ]


@pytest.mark.parametrize(
    ("offered", "second", "rules", "supported"),
    [
        ({"capacity": 2}, NOON, [], False),
        ({"capacity": 1}, NOON, [], True),
        ({"capacity": 2, "divisible": True}, NOON, [], True),
        ({"capacity": 2}, [window(5, 12, 13)], [], True),
        ({"capacity": 2}, [], [], True),
        ({"capacity": 2}, NOON, [Forbid(resource="R1", requirement="Q2")], True),
        ({"capacity": 2, "available": [window(5, 8, 12)]}, NOON, [], True),
        ({"capacity": 2}, NOON, [Lock(resource="R1", requirement="Q1")], False),
        (
            {"capacity": 2},
            NOON,
            [
                Lock(resource="R2", requirement="Q2"),
                Lock(resource="R1", requirement="Q1"),
            ],
            True,
        ),
    ],
)
def test_overlaps_matter_only_where_the_flow_could_use_both_pairs(
    offered: dict[str, Any], second: list[Any], rules: list[Any], supported: bool
) -> None:
    first = demand("D1", need("Q1"), windows=MORNING)
    made = problem(
        [resource("R1", **offered), resource("R2")],
        [first, demand("D2", need("Q2"), windows=second)],
        *rules,
    )
    if supported:
        compile_problem(Instance(made))
    else:
        assert len(complaints_of(made, UnsupportedError)) == 1


def test_a_person_whose_capacity_locks_use_up_overlaps_with_nothing() -> None:
    demands = [
        demand("D1", need("Q1"), windows=MORNING),
        demand("D2", need("Q2"), windows=NOON),
        demand("D3", need("Q3"), windows=[window(5, 18, 20)]),
    ]
    locks = [Lock(resource="R1", requirement=name) for name in ("Q1", "Q3")]
    compile_problem(Instance(problem([resource("R1", capacity=2)], demands, *locks)))
    assert (
        len(
            complaints_of(
                problem([resource("R1", capacity=3)], demands, *locks), UnsupportedError
            )
        )
        == 1
    )


def test_two_requirements_of_one_demand_overlap_only_if_it_has_windows() -> None:
    roles = [need("Q1"), need("Q2")]
    compile_problem(
        Instance(problem([resource("R1", capacity=2)], [demand("D1", *roles)]))
    )
    assert (
        len(
            complaints_of(
                problem(
                    [resource("R1", capacity=2)],
                    [demand("D1", *roles, windows=MORNING)],
                ),
                UnsupportedError,
            )
        )
        == 1
    )


def _overlap(one: Any, other: Any) -> bool:
    return any(
        a.start < b.end and b.start < a.end for a in one.windows for b in other.windows
    )


def test_on_random_problems_exactly_what_a_flow_cannot_express_is_told() -> None:
    counted = {True: 0, False: 0}
    for seed in range(200):
        made = random_problem(seeded(seed), flow_only=False)
        locked, pairs = locks(made), eligible(made)
        given = {
            entry.id: sum(
                amount for (one, _), amount in locked.items() if one == entry.id
            )
            for entry in made.resources
        }
        slots = {
            role.id: (entry, role)
            for entry in made.demands
            for role in entry.requirements
        }
        full = {
            name
            for name, (_, role) in slots.items()
            if sum(q for (_, other), q in locked.items() if other == name)
            >= role.wanted
        }
        tied = {
            f"rule {rule.label}"
            for rule in made.rules
            if isinstance(rule, HoursBudget | Team)
        }
        named = set(tied)
        for entry in (
            made.resources if not tied else ()
        ):  # overlaps are looked for where nothing else stands in the way
            usable = [
                other
                for one, other in pairs
                if one == entry.id and (other not in full or (one, other) in locked)
            ]
            overlapping = any(
                a < b and _overlap(slots[a][0], slots[b][0])
                for a in usable
                for b in usable
            )
            if (
                entry.capacity >= 2
                and not entry.is_divisible
                and given[entry.id] < entry.capacity
                and overlapping
            ):
                named.add(f"resource {entry.id}")
        try:
            compile_problem(Instance(made))
            found, complaints = set[str](), list[str]()
        except UnsupportedError as error:
            complaints = [str(complaint) for complaint in error.complaints]
            found = {complaint.where for complaint in error.complaints}
        if found:
            assert (
                complaints_of(shuffled(made, seeded(seed)), UnsupportedError)
                == complaints
            )
        assert found == named
        counted[bool(named)] += 1
    assert min(counted.values()) > 20


def test_of_several_locks_on_one_pair_the_largest_counts() -> None:
    made = problem(
        [resource("R1", kind="fund", capacity=9)],
        [demand("D1", need("Q1", kind="fund", wanted=8, minimum=2))],
        *(
            Lock(resource="R1", requirement="Q1", quantity=amount)
            for amount in (1, 3, 2)
        ),
    )
    compiled = compile_problem(Instance(made))
    assert compiled.locked.quantity.tolist() == [3]
    assert (
        compiled.network.left_capacity.tolist(),
        compiled.network.right_capacity.tolist(),
    ) == ([6], [5])
    assert compiled.goals.right.units.tolist() == [0, 5]  # the minimum is used up
    block = compiled.network.pairs.block(0, 1)
    assert block.capacity is not None and block.capacity.tolist() == [5]
