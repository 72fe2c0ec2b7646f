"""Solving in a worker process gives the answers, errors and progress that solving at home gives."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pinned
import pytest

import matchkit as mk
from matchkit.errors import (
    BudgetError,
    ContradictionError,
    EngineError,
    InputError,
    OutOfMemoryError,
    WorkerError,
)
from matchkit.solvers.flow.solution import Progress
from matchkit.solving import process, supervisor
from matchkit.solving.memory import keep_within
from matchkit.solving.process import Process
from matchkit.solving.request import Request


@pytest.fixture(scope="module")
def street() -> mk.Problem:
    return mk.datasets.city("street", 3)


def test_the_plan_is_the_same_to_the_byte(street: mk.Problem) -> None:
    assert mk.solve(street, isolated=True).to_json() == mk.solve(street).to_json()


def test_what_an_engine_prints_in_the_worker_is_no_part_of_its_answer(
    street: mk.Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it comes from native code, which writes to the file of standard output."""
    talks = """
import os
from matchkit.solving import child
conduct = child.conduct
def talking(*given):
    os.write(1, b"presolve: 12 rows " * 100)
    return conduct(*given)
child.conduct = talking
main()
"""
    monkeypatch.setattr(process, "PROGRAM", process.PROGRAM.replace("main()\n", talks))
    assert mk.solve(street, isolated=True, time_limit=20) == mk.solve(
        street, time_limit=20
    )


def test_a_worker_hears_that_it_is_to_stop_and_knows_since_when_it_runs(
    street: mk.Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its solve waits for the word, at most for a minute, and makes its plan by the greedy engine."""
    waits = """
import time
from dataclasses import replace
from matchkit.solvers.flow.solution import Progress
from matchkit.solving import child
conduct = child.conduct
def waiting(problem, request, context, progress):
    lasts = context.deadline - context.began
    progress(Progress("waits", 1, 1, None, None, lasts))
    until = time.monotonic() + 60
    while not context.stop():
        if time.monotonic() > until:
            raise ValueError("the word did not come")
        time.sleep(0.01)
    return conduct(problem, replace(request, engine="greedy"), replace(context, stop=lambda: False))
child.conduct = waiting
main()
"""
    monkeypatch.setattr(process, "PROGRAM", process.PROGRAM.replace("main()\n", waits))
    monkeypatch.setitem(supervisor.GRACE, "interrupted", 250.0)
    lasts: list[float] = []

    def press(event: Progress) -> None:
        if event.phase == "waits":
            lasts.append(event.seconds)
            signal.raise_signal(signal.SIGINT)

    plan = mk.solve(street, isolated=True, time_limit=500, progress=press)
    assert mk.verify(street, plan).ok
    assert lasts == [pytest.approx(500.0)]


def test_progress_is_told_in_the_thread_of_the_caller_and_in_order(
    street: mk.Problem,
) -> None:
    told: list[tuple[str, int]] = []
    mk.solve(
        street,
        isolated=True,
        progress=lambda event: told.append((event.phase, threading.get_ident())),
    )
    phases = [phase for phase, _ in told]
    assert (
        phases[0] == "compile"
        and "match" in phases
        and phases[-2:] == ["decode", "verify"]
    )
    assert {thread for _, thread in told} == {threading.get_ident()}


def test_an_error_in_the_listener_reaches_the_caller_and_leaves_no_thread(
    street: mk.Problem,
) -> None:
    class HaltError(Exception):
        pass

    def halt(event: Progress) -> None:
        raise HaltError

    before = threading.active_count()
    with pytest.raises(HaltError):
        mk.solve(street, isolated=True, progress=halt)
    assert threading.active_count() == before


def test_an_error_in_the_listener_ends_a_worker_at_work(
    street: mk.Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would go on for an hour."""
    works = """
import os, time
from matchkit.solvers.flow.solution import Progress
from matchkit.solving import child
def working(problem, request, context, progress):
    progress(Progress("works", os.getpid(), 1, None, None, 0.0))
    time.sleep(3600)
child.conduct = working
main()
"""
    monkeypatch.setattr(process, "PROGRAM", process.PROGRAM.replace("main()\n", works))

    ids: list[int] = []

    def halt(event: Progress) -> None:
        ids.append(event.round)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        mk.solve(street, isolated=True, progress=halt)
    with pytest.raises(ProcessLookupError):
        os.kill(ids[0], 0)


def test_a_host_that_can_start_no_thread_is_told_so(
    street: mk.Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", start)
    with pytest.raises(RuntimeError, match="can't start new thread"):
        mk.solve(street, isolated=True)


def test_errors_of_the_worker_arrive_as_they_are_raised_at_home() -> None:
    """The resource is locked to two requirements and has capacity for one."""
    demand = mk.Demand(
        id="D",
        community="C",
        requirements=[mk.Requirement(id="Q1"), mk.Requirement(id="Q2")],
    )
    problem = mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="C")],
        resources=[mk.Resource(id="R", unit="U")],
        demands=[demand],
        rules=[
            mk.rules.Lock(resource="R", requirement="Q1"),
            mk.rules.Lock(resource="R", requirement="Q2"),
        ],
    )
    found = []
    for isolated in (False, True):
        with pytest.raises(ContradictionError) as caught:
            mk.solve(problem, isolated=isolated)
        found.append((str(caught.value), caught.value.complaints))
    assert found[0] == found[1]


def test_an_engine_that_cannot_take_the_problem_says_so_from_the_worker(
    street: mk.Problem,
) -> None:
    with pytest.raises(EngineError, match="Use engine='flow'"):
        mk.solve(street, engine="brute", isolated=True)


def test_a_problem_of_a_class_that_the_worker_cannot_import_is_solved(
    street: mk.Problem,
) -> None:
    class Ours(mk.Problem):
        pass

    ours = Ours(**dict(street))
    assert mk.solve(ours, isolated=True).outcome.value == mk.solve(street).outcome.value


def test_megabytes_mean_a_process_of_its_own(street: mk.Problem) -> None:
    """A limit on the memory of the host itself would be one that the host cannot take back."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    plan = mk.solve(street, budget=mk.Budget(megabytes=1_500))
    assert plan.outcome.status == "optimal"
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_worker_gets_no_more_memory_than_megabytes_say(street: mk.Problem) -> None:
    """200 are too few to load the engines."""
    with pytest.raises(OutOfMemoryError) as caught:
        mk.solve(street, budget=mk.Budget(megabytes=200))
    assert str(caught.value) == pinned.text("worker.megabytes", megabytes=200)


def test_where_processes_have_no_limit_of_memory_none_is_promised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on Windows; without a number nothing is asked for."""
    monkeypatch.setitem(sys.modules, "resource", None)
    keep_within(None)
    with pinned.raises(WorkerError, "worker.no_limit", platform=sys.platform):
        keep_within(100)


def test_the_limits_of_a_budget_unless_others_are_given() -> None:
    assert dict(mk.Budget()) == {
        "records": 2_000_000,
        "pairs": 20_000_000,
        "seconds": 86_400.0,
        "megabytes": None,
    }


def test_more_records_than_the_budget_allows_are_refused_before_anything_is_built() -> (
    None
):
    """By hand: a unit, a community, a resource, a demand and its two requirements are six."""
    demand = mk.Demand(
        id="D",
        community="C",
        requirements=[mk.Requirement(id="Q1"), mk.Requirement(id="Q2")],
    )
    lists: dict[str, Any] = {
        "units": [mk.Unit(id="U")],
        "communities": [mk.Community(id="C")],
    }
    problem = mk.Problem(
        **lists, resources=[mk.Resource(id="R", unit="U")], demands=[demand]
    )
    told: list[Progress] = []
    with pinned.raises(BudgetError, "budget.records", records=6, most=5):
        mk.solve(problem, budget=mk.Budget(records=5), progress=told.append)
    assert told == []
    assert mk.solve(problem, budget=mk.Budget(records=6)).outcome.status == "optimal"


def test_the_seconds_of_a_budget_are_the_limit_where_none_is_given(
    street: mk.Problem,
) -> None:
    plan = mk.solve(street, budget=mk.Budget(seconds=1e-9))
    assert plan.outcome.stopped == "time_limit"
    assert mk.verify(street, plan).ok


def test_the_seconds_of_a_budget_bound_a_longer_limit(street: mk.Problem) -> None:
    assert (
        mk.solve(street, time_limit=1e6, budget=mk.Budget(seconds=1e-9)).outcome.stopped
        == "time_limit"
    )


WRONG: dict[str, tuple[Callable[[mk.Problem], Any], str]] = {
    "a budget that is a dict": (
        lambda p: mk.solve(p, budget={"seconds": 1}),
        "budget: is of type dict. Give a Budget",
    ),  # type: ignore[arg-type]
    "isolated that is a word": (
        lambda p: mk.solve(p, isolated="yes"),
        pinned.line("isolated", "record.truth", "option.truth.do"),
    ),  # type: ignore[arg-type]
    "no seconds": (lambda _: mk.Budget(seconds=0), "seconds: "),
    "seconds without end": (
        lambda _: mk.Budget(seconds=float("inf")),
        "seconds: is not a finite number",
    ),
    "half a record": (
        lambda _: mk.Budget(records=0.5),
        f"records: {pinned.text('record.whole')}",
    ),  # type: ignore[arg-type]
    "no pairs": (lambda _: mk.Budget(pairs=0), "pairs: 0 is below 1. Give at least 1."),
    "less memory than Python takes": (
        lambda _: mk.Budget(megabytes=100),
        "megabytes: 100 is below 200. Give at least 200.",
    ),
    "an unknown field": (
        lambda _: mk.Budget(minutes=1),
        pinned.text("record.field", field="minutes"),
    ),  # type: ignore[call-arg]
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_budget_is_refused_in_words(name: str, street: mk.Problem) -> None:
    act, told = WRONG[name]
    with pytest.raises(InputError) as caught:
        act(street)
    assert told in str(caught.value)


def test_a_worker_has_ended_when_the_last_word_about_it_has_been_heard(
    street: mk.Problem,
) -> None:
    """Whoever hears it takes his time."""
    heard: list[object] = []

    def hear(frame: object) -> None:
        time.sleep(0.2)
        heard.append(frame)

    request = Request("auto", 0, 0.0, mk.Budget(), 60.0, limited=True)
    process = Process(street, request, time.monotonic() + 60, hear)
    process.start()
    process.end()
    assert heard[-1:] == [None]
    assert "matchkit worker" not in {thread.name for thread in threading.enumerate()}
