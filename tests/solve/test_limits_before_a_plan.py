"""What time there is decides whether a step is begun at all; what was found before it ran out is the answer."""

from __future__ import annotations

import importlib
import time
from typing import Any

import numpy as np
import pytest
from rule_problems import rule_problem

from matchkit import verify
from matchkit.compile.general.compiler import compile_case
from matchkit.errors import StoppedError
from matchkit.matching.search.clock import Clock
from matchkit.solve.budget import Budget
from matchkit.solve.conductor import conduct
from matchkit.solve.request import LATE, Course, Request

general = importlib.import_module("matchkit.solve.general")
REQUEST = Request("cpsat", 0, 0.0, Budget(), 0.0, limited=True)
PAIRS = 10**6


def test_a_clock_knows_whether_so_many_seconds_are_left() -> None:
    now = time.monotonic()
    assert Clock().has(1e9)
    assert Clock(now + 3600).has(3000)
    assert not Clock(now + 3600).has(4000)
    Clock(now + 3600).look(3000)
    with pytest.raises(StoppedError):
        Clock(now + 3600).look(4000)


@pytest.mark.parametrize("hard", [True, False])
def test_long_after_the_deadline_nothing_is_begun(hard: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(general, "search", lambda *_, **__: pytest.fail("a search was begun"))
    now = time.monotonic()
    with pytest.raises(StoppedError):
        conduct(rule_problem(70020, large=True), REQUEST, Course(now - 2 * LATE, now - 2 * LATE, hard=hard))


def test_where_the_caller_waits_a_first_plan_may_come_a_little_late() -> None:
    course = Course(0.0, 100.0)
    assert (course.latest, Course(0.0, 100.0, hard=True).latest) == (100.0 + LATE, 100.0)


def test_the_best_plan_so_far_is_the_answer_where_time_is_too_short_for_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_short(case: Any, *_: object, found: Any, **__: object) -> None:
        found(np.zeros(len(case.left), np.int64), tuple(0 for _ in case.aims), None)
        Clock(0.0).look()

    problem = rule_problem(70020, large=True)
    problem = problem.model_copy(update={"rules": ()})
    monkeypatch.setattr(general, "search", cut_short)
    now = time.monotonic()
    plan = conduct(problem, REQUEST, Course(now, now + 3600))
    assert plan.assignments == ()
    assert verify(problem, plan).ok


def test_rows_are_not_written_when_time_is_over() -> None:
    case = compile_case(rule_problem(70020, large=True), PAIRS)
    every = np.arange(len(case.left))
    assert case.formulation(every, np.full(len(every), -1)).pairs == len(every)
    case.facts.clock = Clock(0.0)
    with pytest.raises(StoppedError):
        case.formulation(every, np.full(len(every), -1))


def test_pairs_are_not_listed_when_time_is_over() -> None:
    with pytest.raises(StoppedError):
        compile_case(rule_problem(70020, large=True), PAIRS, Clock(0.0))
