"""What time there is decides whether a step is begun at all; what was found before it ran out is the
answer.
"""

from __future__ import annotations

import importlib
import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from rule_problems import rule_problem

from matchkit import verify
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.instance import Instance
from matchkit.deadline import NO_END, Deadline
from matchkit.errors import StoppedError
from matchkit.solving.conductor import conduct
from matchkit.solving.request import LATE, Budget, Request, SolveContext

general = importlib.import_module("matchkit.solving.general")
relaxations = importlib.import_module("matchkit.solving.relaxations")
REQUEST = Request("cpsat", 0, 0.0, Budget(), 0.0, limited=True)
PAIRS = 10**6


def test_a_deadline_knows_whether_so_many_seconds_are_left() -> None:
    now = time.monotonic()
    assert Deadline().has(1e9)
    assert Deadline(now + 3600).has(3000)
    assert not Deadline(now + 3600).has(4000)
    Deadline(now + 3600).check(3000)
    with pytest.raises(StoppedError):
        Deadline(now + 3600).check(4000)


def test_a_part_of_a_deadline_ends_earlier_and_hears_the_same_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 100.0)
    assert Deadline.within(None) == NO_END
    assert Deadline.within(0.0).over()
    assert Deadline.within(8.0).share(0.25) == Deadline(102.0)
    assert (Deadline.within(8.0).at_most(3.0), NO_END.at_most(3.0)) == (
        Deadline(103.0),
        Deadline(103.0),
    )
    assert (Deadline(90.0).left(), NO_END.left(), NO_END.over()) == (0.0, None, False)
    asked = Deadline(108.0, lambda: True)
    assert all(
        each.over()
        for each in (asked, asked.share(0.5), asked.at_most(3.0), asked.first())
    )
    assert Deadline(108.0, patience=2.0).first() == Deadline(110.0)


@pytest.mark.parametrize("hard", [True, False])
def test_long_after_the_deadline_nothing_is_begun(
    hard: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        general, "search", lambda *_, **__: pytest.fail("a search was begun")
    )
    now = time.monotonic()
    with pytest.raises(StoppedError):
        conduct(
            rule_problem(70020, large=True),
            REQUEST,
            SolveContext(now - 2 * LATE, now - 2 * LATE, hard=hard),
        )


def test_where_the_caller_waits_a_first_plan_may_come_a_little_late() -> None:
    context = SolveContext(0.0, 100.0)
    assert (context.latest, SolveContext(0.0, 100.0, hard=True).latest) == (
        100.0 + LATE,
        100.0,
    )


def test_the_best_plan_so_far_is_the_answer_where_time_is_too_short_for_the_next_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def cut_short(task: Any) -> None:
        case = task.formulator
        task.found(
            np.zeros(len(case.left), np.int64), tuple(0 for _ in case.aims), None
        )
        Deadline(0.0).check()

    problem = rule_problem(70020, large=True)
    problem = problem.model_copy(update={"rules": ()})
    monkeypatch.setattr(general, "search", cut_short)
    now = time.monotonic()
    plan = conduct(problem, REQUEST, SolveContext(now, now + 3600))
    assert plan.assignments == ()
    assert verify(problem, plan).ok


def test_a_worker_looks_for_a_first_plan_as_long_as_it_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever is to be done after the search: in the caller's process there would be no time to begin."""
    monkeypatch.setattr(general, "RESERVE", 1e9)
    problem, now, sent = rule_problem(70020, large=True), time.monotonic(), []
    plan = conduct(
        problem, REQUEST, SolveContext(now, now + 3600, found=sent.append, hard=True)
    )
    assert verify(problem, plan).ok
    assert sent[0].assignments == plan.assignments != ()
    with pytest.raises(StoppedError):
        conduct(problem, REQUEST, SolveContext(now, now + 3600))


def test_a_packing_that_time_is_too_short_for_leaves_the_plan_of_the_relaxation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def too_long(case: Any) -> None:
        case.facts.deadline.check(
            2000
        )  # of 3600 seconds; half of them are for the relaxation's plan

    monkeypatch.setattr(relaxations, "packing_of", too_long)
    monkeypatch.setattr(general, "RELAXATION", 0.0)
    problem, now = rule_problem(70020, large=True), time.monotonic()
    plan = conduct(problem, REQUEST, SolveContext(now, now + 3600))
    assert verify(problem, plan).ok
    assert plan.assignments


def test_without_a_limit_of_time_no_step_depends_on_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A step that would take far longer than the budget is begun all the same, and all that follows is the
    same.
    """
    problem, now = rule_problem(70020, large=True), time.monotonic()
    unlimited = replace(REQUEST, limited=False)
    plans = []
    for each in (0.0, 1e9):
        monkeypatch.setattr(general, "RELAXATION", each)
        monkeypatch.setattr(general, "BLOCKS", each)
        monkeypatch.setattr(general, "RESERVE", each)
        plans.append(conduct(problem, unlimited, SolveContext(now, now + 3600)))
    assert plans[0] == plans[1]


def test_a_clock_that_is_asked_to_stop_lets_nothing_begin() -> None:
    with pytest.raises(StoppedError):
        Deadline(None, lambda: True).check()


def test_rows_are_not_written_when_time_is_over() -> None:
    case = compile_case(Instance(rule_problem(70020, large=True)), PAIRS)
    every = np.arange(len(case.left))
    assert case.formulation(every, np.full(len(every), -1)).pairs == len(every)
    case.facts.deadline = Deadline(0.0)
    with pytest.raises(StoppedError):
        case.formulation(every, np.full(len(every), -1))


def test_pairs_are_not_listed_when_time_is_over() -> None:
    with pytest.raises(StoppedError):
        compile_case(Instance(rule_problem(70020, large=True)), PAIRS, Deadline(0.0))
