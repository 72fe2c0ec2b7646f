"""Tables that nobody would write: many rows, numbers of thousands of digits, and texts that a terminal would
obey.
"""

from __future__ import annotations

import json
import random

import pytest

import matchkit as mk
from matchkit.answers.audit_text import SHOWN
from matchkit.explain.audit.audit import audit
from matchkit.plan import Assignment, Plan, Terms

pytestmark = pytest.mark.timeout(120)

MANY = 100_000


def shop(people: int = 3) -> mk.Problem:
    return mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="C")],
        resources=[
            mk.Resource(id=f"R{n}", unit="U", capacity=2) for n in range(people)
        ],
        demands=[
            mk.Demand(
                id=f"D{n}",
                community="C",
                requirements=[mk.Requirement(id=f"Q{n}", wanted=2)],
            )
            for n in range(people)
        ],
    )


def test_tens_of_thousands_of_rows_of_every_kind_are_told_in_seconds() -> None:
    rng, problem = random.Random(1), shop(25)  # noqa: S311 - nothing secret
    kinds = (
        lambda _: (f"R{rng.randrange(25)}", f"Q{rng.randrange(25)}"),
        lambda n: (f"nobody {n}", "Q1"),
        lambda _: {"resource": "R1", "requirement": "Q1", "quantity": 10**4000},
        lambda n: (n, None, [], {}),
        lambda _: "\x1b[2J",
        lambda _: [],
    )
    found = audit(problem, [kinds[n % len(kinds)](n) for n in range(MANY // 2)])
    assert found.rows == MANY // 2 and not found.sound
    assert len(found.score.left_out) > MANY // 4
    text = found.text("zh")
    assert len(text.splitlines()) < SHOWN + 60
    assert "\x1b" not in text and "\x1b" not in found.to_json()


def test_one_row_a_hundred_thousand_times() -> None:
    found = audit(shop(), [("R1", "Q1")] * MANY)
    amounts = {fault.rule: fault.amount for fault in found.faults}
    assert amounts == {
        "duplicate": MANY - 1,
        "pair_quantity": MANY - 1,
        "resource_capacity": MANY - 2,
        "requirement_wanted": MANY - 2,
    }
    assert found.part is not None and (found.part.units, found.part.of) == (1, MANY)


def test_a_forged_plan_with_huge_numbers_and_control_characters_in_ids_is_told() -> (
    None
):
    """No record would take these; model_construct does not look."""
    problem = shop()
    plan = mk.solve(problem)
    wild = [
        ("R1\x1b[2J", "Q1", 1),
        ("R1", "Q1", 10**6000),
        ("R2", "Q2", -(10**6000)),
        ("R0", "Q\u202e0", 5),
    ]
    entries = tuple(
        Assignment.model_construct(
            resource=r,
            requirement=q,
            quantity=n,
            weight=10**6000,
            terms=Terms(),
            start=None,
        )
        for r, q, n in wild
    )
    forged: Plan = plan.model_copy(update={"assignments": entries})
    found = audit(problem, forged)
    assert [fault.rows for fault in found.faults if fault.rule == "row"] == [
        (1,),
        (2,),
        (3,),
        (4,),
    ]
    assert {
        fault.amount for fault in found.faults if fault.rule == "resource_capacity"
    } == {10**6000 - 2}
    for lang in ("en", "zh"):
        assert all(
            letter.isprintable() or letter == "\n" for letter in found.text(lang)
        )  # type: ignore[arg-type]
    assert (
        "\\u001b" not in found.to_json()
        and json.dumps(found.score.left_out) == "[1, 2, 3, 4]"
    )


def test_weights_too_large_for_arrays_are_added_up_all_the_same() -> None:
    """A thousand million units at a million and a hundred points each."""
    many = 1_000_000_000
    problem = mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="C")],
        resources=[
            mk.Resource(id="S", unit="U", kind="supplies", capacity=many),
            mk.Resource(id="T", unit="U", kind="supplies", capacity=many),
        ],
        demands=[
            mk.Demand(
                id="D",
                community="C",
                requirements=[mk.Requirement(id="Q", kind="supplies", wanted=many)],
            )
        ],
        scores=[mk.Scores(resource="S", requirements=["Q"], points=[1_000_000])],
        objective=mk.Objective(skill_fit=0, score=1000),
    )
    found = audit(problem, [("T", "Q", many)])
    assert found.score.goals[-1].value == 100 * many
    assert (
        found.distance is not None
        and found.distance.goals[-1].best == (1_000_000_000 + 100) * many
    )
    assert [
        (goal.after - goal.before)
        for better in found.improvements[:1]
        for goal in better.goals
    ] == [
        0,
        1_000_000_000 * many,
    ]


def test_the_largest_part_of_everybody_everywhere_is_what_all_can_give() -> None:
    """60 resources of capacity 2 and 60 requirements that want 2: 120 of 3,600 units."""
    problem = shop(60)
    found = audit(
        problem,
        [(f"R{r}", f"Q{q}") for r in range(60) for q in range(60)],
        improvements=0,
    )
    assert found.part is not None and (
        found.part.units,
        found.part.of,
        found.part.proved,
    ) == (
        120,
        3_600,
        True,
    )
