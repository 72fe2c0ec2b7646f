"""What an aim's tolerance allows: a later goal may cost an earlier one so much, and the plan is optimal all
the same.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pinned
import pytest

import matchkit as mk
import matchkit.model as m
from matchkit.compile.general.bounds import HeldBounds
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.relaxation import relaxed
from matchkit.compile.instance import Instance
from matchkit.deadline import Deadline
from matchkit.errors import EngineError
from matchkit.solvers.mip import search
from matchkit.solvers.mip.improve import improve
from matchkit.solving.outcome import plan_of_case
from matchkit.solving.relaxations import flow_relaxation
from matchkit.solving.request import Request


def problem(tolerance: int, *, last: int = 0, timed: bool = False) -> m.Problem:
    """Three slots, one of which is worth 100 points, one 40 and one -300."""
    days = [datetime(2026, 5, day, 8, tzinfo=UTC) for day in (1, 2, 3)]
    windows = [
        [m.Window(start=start, end=start + timedelta(hours=2))] if timed else []
        for start in days
    ]
    slots = [
        m.Demand(
            id=f"D{n}",
            community="C",
            windows=when,
            requirements=[m.Requirement(id=f"Q{n}")],
        )
        for n, when in enumerate(windows, 1)
    ]
    aims = [
        m.Aim(name="filled", parts=[m.Part(measure="filled")], tolerance=tolerance),
        m.Aim(name="weight", parts=[m.Part(measure="weight")], tolerance=last),
    ]
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
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[m.Resource(id="A", unit="U", capacity=3)],
        demands=slots,
        scores=[
            m.Scores(
                resource="A", requirements=["Q1", "Q2", "Q3"], points=[100, 40, -300]
            )
        ],
        objective=m.Objective(**terms, aims=aims),
    )


@pytest.mark.parametrize("limit", [None, 20.0])
@pytest.mark.parametrize(
    ("tolerance", "values", "bounds"),
    [
        (0, (3, -160), (3, -160)),
        (1, (2, 140), (3, 140)),
        (2, (2, 140), (3, 140)),
        (9, (2, 140), (3, 140)),
    ],
)
def test_later_goals_may_cost_an_earlier_one_its_tolerance(
    tolerance: int,
    values: tuple[int, int],
    bounds: tuple[int, int],
    limit: float | None,
) -> None:
    """With a time limit too, in which nothing is taken back: a goal within its tolerance is reached."""
    plan = mk.solve(problem(tolerance), time_limit=limit)
    assert tuple(goal.value for goal in plan.outcome.goals) == values
    assert tuple(goal.bound for goal in plan.outcome.goals) == bounds
    assert (plan.outcome.status, plan.outcome.gap) == ("optimal", 0.0)


def test_a_relaxation_bounds_no_goal_that_an_earlier_one_gives_something_up_for() -> (
    None
):
    """Demands with times are relaxed to blocks, whose bound is (3, -160): true in order, and nothing for 2
    slots filled.
    """
    plan = mk.solve(problem(1, timed=True))
    assert [(goal.value, goal.bound) for goal in plan.outcome.goals] == [
        (2, 3),
        (140, 140),
    ]


def test_it_bounds_the_goals_up_to_the_one_that_gives_something_up() -> None:
    """Of tier 1 nothing is wanted; of tier 2 three slots, of which two need not be filled for the weight."""
    made = problem(2)
    nothing = m.Aim(name="minimum", parts=[m.Part(measure="minimum")])
    aims = (nothing, *made.objective.aims)
    made = made.model_copy(
        update={"objective": made.objective.model_copy(update={"aims": aims})}
    )
    case = compile_case(Instance(made), 100)
    found = flow_relaxation(case, Deadline())
    assert found is not None
    assert found.bounds == (0, 3, case.upper_bounds[2])
    assert relaxed(case, Deadline()).bounds == (0, 3, -160)  # type: ignore[union-attr]


def test_the_tolerance_of_the_last_goal_allows_nothing() -> None:
    plan = mk.solve(problem(0, last=500))
    assert tuple(goal.value for goal in plan.outcome.goals) == (3, -160)


def test_neighbourhoods_take_back_nothing_that_a_tolerance_gave() -> None:
    """From one slot filled, with two of three to be kept: weight is what is left to raise, and 140 is its
    best.
    """
    case = compile_case(Instance(problem(1)), 10)
    start = np.array([1, 0, 1], np.int64)
    goals = tuple(
        case.formulation(np.arange(3), np.full(3, -1, np.int64)).values(start)
    )
    assert goals == (2, -200)
    quantity, reached = improve(
        case, start, goals, Deadline(), kept=lambda _: (2,), most_rounds=3
    )
    assert (quantity.tolist(), reached) == ([1, 1, 0], (2, 140))


def test_neighbourhoods_raise_a_goal_that_is_not_reached_before_any_other() -> None:
    case = compile_case(Instance(problem(1)), 10)
    start = np.array([1, 0, 0], np.int64)
    quantity, reached = improve(case, start, (1, 100), Deadline(), most_rounds=3)
    assert (quantity.tolist(), reached) == ([1, 1, 1], (3, -160))


def test_begun_from_few_pairs_and_with_neighbourhoods_the_answer_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "SMALL", -1)
    plan = mk.solve(problem(1), engine="cpsat", time_limit=2.0)
    assert tuple(goal.value for goal in plan.outcome.goals) == (2, 140)


@pytest.mark.parametrize(
    ("tolerances", "refused"),
    [((0, 0, 0), True), ((0, 0, 5), True), ((1, 0, 0), False), ((0, 1, 0), False)],
)
def test_values_beyond_their_bounds_are_a_defect_unless_an_earlier_goal_has_a_tolerance(
    tolerances: tuple[int, int, int], refused: bool
) -> None:
    given = problem(0)
    aims = [
        m.Aim(name=str(number), parts=[m.Part(measure=measure)], tolerance=tolerance)
        for number, (measure, tolerance) in enumerate(
            zip(("minimum", "filled", "weight"), tolerances, strict=True)
        )
    ]
    objective = given.objective.model_copy(update={"aims": tuple(aims)})
    case = compile_case(
        Instance(given.model_copy(update={"objective": objective})), 100
    )
    none = np.zeros(len(case.left), np.int64)
    request = Request("auto", 0, 0.0, mk.Budget(), 60.0, limited=False)

    def plan_within(bounds: tuple[int, int, int]) -> mk.Plan:
        return plan_of_case(
            "",
            case,
            none,
            bounds,
            None,
            "cpsat",
            request,
            HeldBounds(case),
            shown=True,
            stopped="no_proof",
        )

    assert not plan_within((0, 0, 0)).assignments
    if refused:
        with pinned.raises(
            EngineError, "defect.beyond_bound", value="(0, 0, 0)", bound="(0, -1, 0)"
        ):
            plan_within((0, -1, 0))
    else:
        assert not plan_within((0, -1, 0)).assignments
