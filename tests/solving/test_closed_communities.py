"""A unit_share whose least nobody can reach closes its community, and that is said before the search with the
rule and both numbers.
"""

from __future__ import annotations

from typing import Any

import pytest

import matchkit as mk
from matchkit.plan.outcome import Closed
from matchkit.solvers.flow.solution import Progress

NURSE = [mk.SkillLevel(skill="nursing")]


def town(*rules: Any, wanted: int = 4, capacity: int = 1) -> mk.Problem:
    """U below A has three nurses and a cook, V a nurse; K below C asks for nurses."""
    resources = [
        mk.Resource(id=f"N{k}", unit="U", skills=NURSE, capacity=capacity)
        for k in range(3)
    ]
    return mk.Problem(
        units=[mk.Unit(id="A"), mk.Unit(id="U", parent="A"), mk.Unit(id="V")],
        communities=[
            mk.Community(id="C"),
            mk.Community(id="K", parent="C"),
            mk.Community(id="empty"),
        ],
        resources=[
            *resources,
            mk.Resource(id="cook", unit="U"),
            mk.Resource(id="other", unit="V", skills=NURSE),
        ],
        demands=[
            mk.Demand(
                id="D",
                community="K",
                requirements=[mk.Requirement(id="Q", wanted=wanted, skills=NURSE)],
            )
        ],
        rules=rules,
    )


def share(
    least: int, unit: str = "A", community: str = "C", **more: Any
) -> mk.rules.UnitShare:
    return mk.rules.UnitShare(unit=unit, community=community, least=least, **more)


@pytest.mark.parametrize(
    ("problem", "least", "most"),
    [
        (
            town(share(4)),
            4,
            3,
        ),  # the cook is no nurse: three of the unit's four are eligible
        (town(share(10**9)), 10**9, 3),
        (town(share(2), wanted=1), 2, 1),  # one is wanted
        (
            town(share(4), capacity=5),
            4,
            3,
        ),  # a person gives one requirement 1, whatever the capacity
        (
            town(
                share(1, unit="V"), mk.rules.Forbid(resource="other", requirement="Q")
            ),
            1,
            0,
        ),
    ],
)
def test_a_least_beyond_what_can_come_is_told_before_the_search_and_stated(
    problem: mk.Problem, least: int, most: int
) -> None:
    events: list[Progress] = []
    plan = mk.solve(problem, progress=events.append)
    phases = [event.phase for event in events]
    [told] = plan.outcome.closed
    assert (told.label, told.least, told.most) == (problem.rules[0].label, least, most)
    assert (plan.assignments, plan.outcome.status) == ((), "optimal")
    assert phases.index(told.line()) < phases.index("search")
    assert [event.message for event in events if event.message] == [told.message()]
    numbers = f"asks for at least {least:,} of {told.unit}, of which at most {most:,} can come: C takes nothing."
    assert f"{told.label} {numbers}" in plan.summary()
    assert f"至少 {least:,} 份" in told.line(
        "zh"
    ) and f"最多只能提供 {most:,} 份" in told.line("zh")
    assert mk.verify(problem, plan).ok


@pytest.mark.parametrize(
    "rule",
    [
        share(3),
        share(0),
        share(4, soft=mk.rules.Soft(price=1)),
        share(4, community="empty"),
    ],
    ids=["just", "none", "soft", "nobody asks"],
)
def test_a_least_that_can_be_reached_or_bends_closes_nothing(
    rule: mk.rules.UnitShare,
) -> None:
    plan = mk.solve(town(rule, share(0, most=9)))
    assert plan.outcome.closed == ()
    assert len(plan.assignments) == 4


def test_the_checker_counts_both_numbers_again() -> None:
    problem = town(share(4))
    plan = mk.solve(problem)
    [told] = plan.outcome.closed
    wrong: list[tuple[Closed, ...]] = [
        (),
        (told, told),
        *((told.model_copy(update={name: 2}),) for name in ("least", "most")),
    ]
    wrong += [
        (told.model_copy(update={name: "other"}),)
        for name in ("label", "unit", "community")
    ]
    for stated in wrong:
        spoilt = plan.model_copy(
            update={"outcome": plan.outcome.model_copy(update={"closed": stated})}
        )
        assert [
            violation.rule for violation in mk.verify(problem, spoilt).violations
        ] == ["closed"]
    open_town = town(share(3))
    spoilt = mk.solve(open_town)
    spoilt = spoilt.model_copy(
        update={"outcome": spoilt.outcome.model_copy(update={"closed": (told,)})}
    )
    assert [
        violation.rule for violation in mk.verify(open_town, spoilt).violations
    ] == ["closed"]


@pytest.mark.parametrize("ids", [("a", "b"), (None, None), ("a", None)])
def test_a_rule_given_twice_is_listed_under_each_of_its_labels(
    ids: tuple[str | None, ...],
) -> None:
    problem = town(
        *(share(4, **({} if name is None else {"id": name})) for name in ids)
    )
    plan = mk.solve(problem)
    assert mk.verify(problem, plan).ok
    assert len(plan.outcome.closed) == len(set(ids))
