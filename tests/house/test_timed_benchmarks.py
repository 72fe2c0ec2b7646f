"""The problems of the timed benchmarks are what their pages say, and a plan's worth is counted only where it
is a plan.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _benchmarks_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))


def _two_shifts() -> Any:
    """One person who can do both of two shifts, hours 0 to 12 and 10 to 20, for 1,000 and 1,100 points;
    another, the first only.
    """
    from benchmarks.suite.shifts import Week

    both = np.array([0, 1])
    return Week(
        level=np.ones((2, 1), np.int64), skill=np.zeros(2, np.int64), least=np.ones(2, np.int64),
        begin=np.array([0, 10]), end=np.array([12, 20]), wanted=np.array([1, 1]),
        who=(both, both[:1]), points=(np.array([1_000, 1_200]), np.array([1_100])),
    )  # fmt: skip


def test_shifts_are_worth_the_points_of_their_pairs() -> None:
    from benchmarks.suite.shifts import worth

    assert worth(_two_shifts(), np.array([1, 0]), np.array([0, 1])) == 1_200 + 1_100


@pytest.mark.parametrize(
    ("people", "shifts", "why"),
    [
        ([0, 0], [0, 1], "two places at a time"),
        ([0, 1], [0, 0], "more people than a shift wants"),
        ([0, 0], [1, 1], "a pair twice"),
        ([1], [1], "cannot do a shift"),
    ],
)
def test_what_is_no_plan_of_the_shifts_has_no_worth(
    people: list[int], shifts: list[int], why: str
) -> None:
    from benchmarks.suite.shifts import worth

    with pytest.raises(ValueError, match=why):
        worth(_two_shifts(), np.array(people), np.array(shifts))


def test_the_shifts_ask_for_about_1_3_times_the_hours_there_are() -> None:
    """Each head-count is rounded, by half a head at most: half the hours of its shift."""
    from benchmarks.suite.shifts import drawn

    week = drawn(100, 40)
    lasts = week.end - week.begin
    assert abs(int((week.wanted * lasts).sum()) - 1.3 * 100 * 20) <= 0.5 * lasts.sum()


def test_whoever_can_do_a_shift_has_its_skill_at_its_level_and_nobody_else() -> None:
    from benchmarks.suite.shifts import drawn

    week = drawn(50, 20)
    for skill, least, who in zip(week.skill, week.least, week.who, strict=True):
        assert who.tolist() == [
            person for person in range(50) if week.level[person, skill] >= least
        ]


def test_the_records_of_the_shifts_have_the_arrays_pairs_and_points() -> None:
    from benchmarks.suite.shifts import drawn, problem

    week = drawn(50, 20)
    scored = {
        (entry.resource, name): points
        for entry in problem(week).scores
        for name, points in zip(entry.requirements, entry.points, strict=True)
    }
    assert scored == {
        (f"person {person:04}", f"shift {shift:04}"): worth
        for shift, (who, points) in enumerate(zip(week.who, week.points, strict=True))
        for person, worth in zip(who.tolist(), points.tolist(), strict=True)
    }


def test_in_the_week_who_declined_still_serves_nobody_and_others_up_to_four() -> None:
    import matchkit as mk
    from benchmarks.city_week import city_week

    before = {
        resource.id: resource.capacity
        for resource in mk.datasets.city("street").resources
        if resource.kind == "person"
    }
    after = {
        resource.id: resource.capacity
        for resource in city_week("street").resources
        if resource.kind == "person"
    }
    assert {name for name, capacity in after.items() if capacity == 0} == {
        name for name, capacity in before.items() if capacity == 0
    }
    assert {capacity for capacity in after.values() if capacity} == {1, 2, 3, 4}


def test_the_week_leaves_everything_else_of_the_city_as_it_is() -> None:
    """Capacities of people, loads and uses apart; rules are the city's and four more."""
    import matchkit as mk
    from benchmarks.city_week import city_week

    city, week = mk.datasets.city("street", 1), city_week("street", 1)
    assert week.rules[:-4] == city.rules
    assert [
        resource.model_copy(update={"loads": (), "capacity": 0})
        for resource in week.resources
    ] == [resource.model_copy(update={"capacity": 0}) for resource in city.resources]
    stripped = tuple(
        demand.model_copy(
            update={
                "requirements": tuple(
                    need.model_copy(update={"uses": ()}) for need in demand.requirements
                )
            }
        )
        for demand in week.demands
    )
    assert stripped == city.demands


def test_the_week_is_the_same_for_the_same_seed() -> None:
    from benchmarks.city_week import city_week

    assert city_week("street", 2) == city_week("street", 2)
    assert city_week("street", 2) != city_week("street", 3)


def test_phases_last_from_the_first_word_of_one_to_the_first_of_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Began at 0; compile told at 1, search at 3 and 4, verify at 6; over at 10."""
    from benchmarks import phases
    from matchkit.solvers.flow.solution import Progress

    moments = iter([0.0, 1.0, 3.0, 4.0, 6.0, 10.0])
    monkeypatch.setattr(phases, "perf_counter", lambda: next(moments))
    plan = object()

    def solve(listen: Any) -> Any:
        for phase, pairs in (
            ("compile", 0),
            ("search", 0),
            ("search", 7),
            ("verify", 0),
        ):
            listen(Progress(phase, 0, pairs, None, None, 0.0))
        return plan

    found, told = phases.solved(solve)
    assert found is plan
    assert told == {
        "seconds": 10.0,
        "phases": {"compile": 2.0, "search": 3.0, "verify": 4.0},
        "pairs": 7,
    }
