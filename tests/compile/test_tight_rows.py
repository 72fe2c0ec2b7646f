"""Linear programs of rows on a person's days: what these rows leave to fractions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby, product

import numpy as np
import pytest

import matchkit as mk
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.instance import Instance
from matchkit.engines.linear import solve_linear
from matchkit.model import Aim, Part, Rule

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)


def ward(points: Sequence[Sequence[int]], *rules: Rule) -> mk.Problem:
    """One person, and on every day shifts worth so many points each, all of which begin at midnight."""
    shifts = {
        f"{day}.{shift}": (day, worth)
        for day, all_of_day in enumerate(points)
        for shift, worth in enumerate(all_of_day)
    }
    return mk.Problem(
        units=[mk.Unit(id="u")],
        communities=[mk.Community(id="c")],
        resources=[mk.Resource(id="p", unit="u", capacity=len(points))],
        demands=[
            mk.Demand(
                id=name,
                community="c",
                windows=[
                    mk.Window(
                        start=MONDAY + timedelta(days=day),
                        end=MONDAY + timedelta(days=day, hours=8),
                    )
                ],
                requirements=[mk.Requirement(id=name)],
            )
            for name, (day, _) in shifts.items()
        ],
        rules=rules,
        scores=[
            mk.Scores(
                resource="p",
                requirements=list(shifts),
                points=[worth for _, worth in shifts.values()],
            )
        ],
        objective=mk.Objective(
            importance=0,
            skill_fit=0,
            aims=[Aim(name="worth", parts=[Part(measure="weight")])],
        ),
    )


def linear_optimum(made: mk.Problem) -> float:
    """What no plan is worth more than, by the linear program of all its rows."""
    case = compile_case(Instance(made), 1_000)
    count = len(case.left)
    found = case.formulation(np.arange(count), np.full(count, -1, np.int64))
    solved = solve_linear(replace(found.program, gain=found.goals[0].gain))
    assert solved is not None
    return solved.gain


def test_shifts_of_which_one_can_be_worked_share_the_day() -> None:
    """Halves of both shifts of both days, 400 points, would leave half of each day free."""
    run = mk.rules.LongestRun(days=1)
    assert linear_optimum(ward([[200, 200], [200, 200]], run)) == pytest.approx(200)


def best(worth: Sequence[int], longest: int, run: int, pause: int) -> int:
    """The most points of days with work whose runs are not too long, nor they or the breaks between too
    short.
    """

    def keeps(work: Iterable[int]) -> bool:
        runs = [(on, len(list(days))) for on, days in groupby(work)]
        inside = runs[1:-1]
        return all(long <= longest for on, long in runs if on) and all(
            long >= (run if on else pause) for on, long in inside
        )

    plans = product((0, 1), repeat=len(worth))
    return max(
        sum(worth[day] for day, on in enumerate(plan) if on)
        for plan in plans
        if keeps(plan)
    )


@pytest.mark.parametrize("seed", range(40))
def test_runs_of_one_person_alone_leave_nothing_to_fractions(seed: int) -> None:
    """The linear optimum is the best of all plans, whatever the days are worth."""
    draw = np.random.default_rng(seed)
    run, pause = draw.integers(2, 4, 2).tolist()
    longest = int(draw.integers(run, 5))
    worth = draw.integers(-100, 101, 10).tolist()
    made = ward(
        [[points] for points in worth],
        mk.rules.LongestRun(days=longest),
        mk.rules.ShortestRun(days=run),
        mk.rules.ShortestBreak(days=pause),
    )
    assert linear_optimum(made) == pytest.approx(best(worth, longest, run, pause))
