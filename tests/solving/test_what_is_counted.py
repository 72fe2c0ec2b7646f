"""What budgets, digests and groups are made of, each counted by hand."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pinned
import pytest

import matchkit as mk
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.grouping import grouped
from matchkit.compile.instance import Instance
from matchkit.errors import BudgetError
from matchkit.model import Scores
from matchkit.solving.digest import digest

PEOPLE = [mk.Resource(id="R1", unit="U"), mk.Resource(id="R2", unit="U")]
DEMAND = mk.Demand(
    id="D",
    community="C",
    requirements=[mk.Requirement(id="Q1"), mk.Requirement(id="Q2")],
)
LISTS = {
    "units": [mk.Unit(id="U")],
    "communities": [mk.Community(id="C")],
    "resources": PEOPLE,
    "demands": [DEMAND],
}


def test_a_budget_counts_scored_pairs_and_requirements_among_the_records() -> None:
    problem = mk.Problem(
        **LISTS,
        scores=[Scores(resource="R1", requirements=["Q1", "Q2"], points=[3, 5])],
    )
    # A unit, a community, two resources, a demand, two requirements, two scored pairs.
    assert mk.solve(problem, budget=mk.Budget(records=9)).assignments
    with pinned.raises(BudgetError, "budget.records", records=9, most=8):
        mk.solve(problem, budget=mk.Budget(records=8))


def test_a_budget_counts_what_is_ranked_nominated_and_handed_over_from_other_rounds() -> (
    None
):
    """A unit, a community, two resources, a demand, two requirements: 7. Two ranked ids, a nomination, a
    channel, three records of history: 7.
    """
    problem = mk.Problem(
        **LISTS,
        rankings=[
            mk.Ranking(
                by="resource",
                id="R1",
                of="requirements",
                ids=["Q1", "Q2"],
                ranks=[1, 2],
            )
        ],
        nominations=[mk.Nomination(person="R1", demand="D", channel="self")],
        channels=[mk.Channel(channel="self", nominations=2)],
        history=[
            mk.History(round=number, resource="R1", given=1) for number in (1, 2, 3)
        ],
    )
    assert mk.solve(problem, budget=mk.Budget(records=14)).assignments
    with pinned.raises(BudgetError, "budget.records", records=14, most=13):
        mk.solve(problem, budget=mk.Budget(records=13))


def test_the_digest_is_the_one_that_the_page_defines() -> None:
    """Built anew from its definition: lists sorted by the text of their entries, the rest as JSON with sorted
    keys.
    """
    problem = mk.Problem(
        **{**LISTS, "resources": PEOPLE[::-1]},
        scores=[Scores(resource="R1", requirements=["Q2"], points=[5])],
    )
    seal = hashlib.sha256()
    for name in (
        "units",
        "communities",
        "resources",
        "demands",
        "skills",
        "rules",
        "previous",
    ):
        seal.update(f"\n{name}\n".encode())
        for text in sorted(entry.model_dump_json() for entry in getattr(problem, name)):
            seal.update(text.encode() + b"\n")
    whole = json.loads(problem.model_dump_json())
    rest = {
        name: whole[name]
        for name in sorted(whole)
        if name in type(problem).model_fields
        and name
        not in (
            "units",
            "communities",
            "resources",
            "demands",
            "skills",
            "rules",
            "previous",
            "zone",
        )
    }
    rest["scores"] = [["R1", [["Q2", 5]]]]
    seal.update(json.dumps(rest, sort_keys=True).encode())
    assert digest(problem) == seal.hexdigest()


def test_like_resources_are_one_where_rules_count_quantity_only() -> None:
    cap = mk.rules.UnitCap(unit="U", most=2, soft=mk.rules.Soft(price=1))
    three = [mk.Resource(id=name, unit="U") for name in "ABC"]
    other = mk.Resource(id="X", unit="V")
    problem = mk.Problem(
        **{
            **LISTS,
            "units": [mk.Unit(id="U"), mk.Unit(id="V")],
            "resources": [*three, other],
        },
        rules=[cap],
    )
    found = grouped(compile_case(Instance(problem), 1000))
    assert found is not None
    assert [group.tolist() for group in found.members] == [[0, 1, 2]]
    counted = mk.Problem.model_validate(
        {**dict(problem), "rules": (cap, mk.rules.CountBudget(most=1, per="all"))}
    )
    assert grouped(compile_case(Instance(counted), 1000)) is None, (
        "a budget of assignments is one resource's own"
    )


@pytest.mark.parametrize("most", [(1, 2), (2, 1)])
def test_of_two_caps_on_one_unit_the_smaller_holds(most: tuple[int, int]) -> None:
    problem = mk.Problem(
        **LISTS, rules=[mk.rules.UnitCap(unit="U", most=number) for number in most]
    )
    plan = mk.solve(problem)
    assert len(plan.assignments) == 1
    assert plan.outcome.status == "optimal"


@pytest.mark.parametrize("time_limit", [None, 20.0])
def test_upper_bounds_of_more_than_64_bits_end_no_search(
    time_limit: float | None,
) -> None:
    """Ten requirements for 10^9 units, of which one could be worth 10^9: 10^19 in all, which is more than
    2^63.

    By hand: Z earns 10^9 once, A does the early and the late job (5,000 each), B the one between (2,000);
    each of the three costs 1.
    """
    start = datetime(2026, 5, 1, 8, tzinfo=UTC)
    goods = [f"goods {number}" for number in range(10)]
    jobs = {"early": 0, "mid": 1, "late": 2}
    terms = dict.fromkeys(
        (
            "importance",
            "skill_fit",
            "distance",
            "preference",
            "familiarity",
            "previous",
        ),
        0,
    )
    problem = mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="C")],
        resources=[
            mk.Resource(
                id="stock", unit="U", kind="goods", divisible=True, capacity=10**9
            ),
            mk.Resource(id="Z", unit="U", kind="goods"),
            mk.Resource(id="A", unit="U", capacity=3),
            mk.Resource(id="B", unit="U", capacity=3),
        ],
        demands=[
            *(
                mk.Demand(
                    id=name,
                    community="C",
                    requirements=[mk.Requirement(id=name, kind="goods", wanted=10**9)],
                )
                for name in goods
            ),
            *(
                mk.Demand(
                    id=name,
                    community="C",
                    windows=[
                        mk.Window(
                            start=start + timedelta(hours=hour),
                            end=start + timedelta(hours=hour + 2),
                        )
                    ],
                    requirements=[mk.Requirement(id=name)],
                )
                for name, hour in jobs.items()
            ),
        ],
        scores=[
            Scores(resource="Z", requirements=goods, points=[10**6] * 10),
            Scores(resource="A", requirements=list(jobs), points=[5, 9, 5]),
            Scores(resource="B", requirements=list(jobs), points=[-1, 2, -1]),
        ],
        objective=mk.Objective(
            **terms,
            score=1000,
            aims=[
                mk.Aim(
                    name="worth",
                    parts=[
                        mk.Part(measure="weight"),
                        mk.Part(measure="resources_used"),
                    ],
                )
            ],
        ),
    )
    plan = mk.solve(problem, time_limit=time_limit)
    assert [(goal.value, goal.bound) for goal in plan.outcome.goals] == [
        (10**9 + 12_000 - 3,) * 2
    ]
    assert plan.outcome.status == "optimal"
