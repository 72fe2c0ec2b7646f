"""When a general search begins, what it is given time for, and when plans on the way are handed out: by a
clock that stands still while compiling takes ten seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from standing_clock import BEGAN, LIMIT, Clock, in_place_of_time

import matchkit as mk
from matchkit import deadline as deadlines
from matchkit.compile.instance import Instance
from matchkit.deadline import Deadline
from matchkit.errors import ContradictionError, StoppedError
from matchkit.solvers.mip.state import SearchResult, SearchTask
from matchkit.solving import general
from matchkit.solving import request as requests
from matchkit.solving.request import Request, SolveContext

NOTHING = SearchResult(None, None, None, "cpsat")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found, compile_case = (
        in_place_of_time(monkeypatch, deadlines, general, requests),
        general.compile_case,
    )

    def slowly(*given: Any) -> Any:
        found.now += 10.0
        return compile_case(*given)

    monkeypatch.setattr(general, "compile_case", slowly)
    return found


def problem() -> mk.Problem:
    """Of one person who may work four hours a week."""
    return mk.Problem(
        units=[mk.Unit(id="u")],
        communities=[mk.Community(id="c")],
        resources=[mk.Resource(id="r", unit="u")],
        demands=[
            mk.Demand(id="d", community="c", requirements=[mk.Requirement(id="q")])
        ],
        rules=[mk.rules.HoursBudget(minutes=240)],
    )


def solved(
    monkeypatch: pytest.MonkeyPatch,
    search: Callable[[SearchTask], SearchResult],
    *,
    gap: float = 0.0,
    tell: Callable[..., None] = lambda *_: None,
    **context: Any,
) -> mk.Plan:
    """The plan of the problem, of this search."""
    monkeypatch.setattr(general, "search", search)
    request = Request("auto", 0, gap, mk.Budget(), 100.0, limited=True)
    return general.solve_general(
        Instance(problem()),
        BEGAN,
        None,
        request,
        SolveContext(BEGAN, LIMIT, **context),
        tell,
        None,
    )


def no_one(task: SearchTask) -> Any:
    return np.zeros(len(task.formulator.left), np.int64)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("hard", "end"), [(False, 1_085.0), (True, 1_080.0)])
def test_a_search_ends_one_and_a_half_times_or_twice_as_early_as_compiling_took(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, hard: bool, end: float
) -> None:
    tasks: list[SearchTask] = []

    def search(task: SearchTask) -> SearchResult:
        tasks.append(task)
        return NOTHING

    with pytest.raises(StoppedError):
        solved(monkeypatch, search, hard=hard)
    assert [task.deadline.moment for task in tasks] == [end]


def test_nothing_is_made_ready_once_nobody_waits_any_longer(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.now = LIMIT - 10.0 + 1.6
    for step in ("grouped", "near_pairs", "flow_relaxation"):
        monkeypatch.setattr(general, step, lambda *_: pytest.fail("a step was begun"))
    with pytest.raises(StoppedError):
        solved(monkeypatch, lambda _: pytest.fail("a search was begun"))


def test_rules_that_contradict_each_other_are_an_error(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ContradictionError):
        solved(
            monkeypatch,
            lambda _: SearchResult(None, None, None, "cpsat", infeasible=True),
        )


@pytest.mark.parametrize(
    ("at", "gap", "asked", "stopped"),
    [
        (1_000.0, 0.0, False, "no_proof"),
        (1_000.0, 0.1, False, "gap"),
        (1_090.0, 0.1, False, "time_limit"),
        (1_090.0, 0.1, True, "interrupted"),
    ],
)
def test_why_a_search_ended_is_said(
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    at: float,
    gap: float,
    asked: bool,
    stopped: str,
) -> None:
    stop: list[bool] = []

    def search(task: SearchTask) -> SearchResult:
        clock.now = at
        stop.append(asked)
        return SearchResult(no_one(task), (0, 0), None, "cpsat")

    plan = solved(monkeypatch, search, gap=gap, stop=lambda: any(stop))
    assert (plan.outcome.status, plan.outcome.stopped) == ("feasible", stopped)


@pytest.mark.parametrize("hard", [False, True])
def test_plans_on_the_way_are_handed_out_for_a_tenth_of_the_time_where_nobody_waits(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, hard: bool
) -> None:
    """Each takes two seconds to verify, so that the next may come twenty seconds after it."""
    handed: list[float] = []

    def verified(*given: Any) -> Any:
        clock.now += 2.0
        return mk.verify(*given)

    def search(task: SearchTask) -> SearchResult:
        assert task.found is not None
        for clock.now in (1_011.0, 1_032.9, 1_033.0, 1_054.9, 1_055.0):
            task.found(no_one(task), (0, 0), None)
        return NOTHING

    monkeypatch.setattr(general, "verify", verified)
    with pytest.raises(StoppedError):
        solved(monkeypatch, search, hard=hard, found=lambda _: handed.append(clock.now))
    assert handed == ([1_013.0, 1_035.0, 1_057.0] if hard else [])


@pytest.mark.parametrize(("at", "relaxed"), [(1_056.5, 1), (1_056.6, 0)])
def test_a_relaxation_is_begun_with_three_times_what_compiling_took_left(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, at: float, relaxed: int
) -> None:
    """What follows the search has to end by 1,101.5 and takes fifteen seconds."""
    begun: list[Any] = []
    monkeypatch.setattr(general, "flow_relaxation", lambda *given: begun.append(given))

    def tell(phase: str, *_: object) -> None:
        if phase == "relax":
            clock.now = at

    with pytest.raises(StoppedError):
        solved(monkeypatch, lambda _: NOTHING, tell=tell)
    assert len(begun) == relaxed


@pytest.mark.parametrize(("left", "bound"), [(30.0, 7), (29.9, None)])
def test_a_closer_bound_is_tried_with_three_times_what_compiling_took_left(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, left: float, bound: int | None
) -> None:
    monkeypatch.setattr(general.HeldBounds, "of", lambda *_: 7)
    found: list[int | None] = []

    def search(task: SearchTask) -> SearchResult:
        assert task.tighten is not None
        found.append(task.tighten((0, 0), [0], Deadline(clock.now + left)))
        return NOTHING

    with pytest.raises(StoppedError):
        solved(monkeypatch, search)
    assert found == [bound]
