"""Every engine for integer programs: the best of all values by brute force, one answer however often it is
asked, and no more said than its numbers can prove.
"""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product
from typing import Any

import numpy as np
import pinned
import pytest

import matchkit as mk
from matchkit.engines import MIP_ENGINES
from matchkit.engines.mathopt import MathOptEngine, MathOptModel
from matchkit.engines.program import FREE, LARGEST, MipEngine, Program
from matchkit.errors import BudgetError, EngineError, InputError

EVERY = pytest.mark.parametrize("engine", MIP_ENGINES.values(), ids=list(MIP_ENGINES))
FLOATING = pytest.mark.parametrize(
    "engine",
    [engine for engine in MIP_ENGINES.values() if isinstance(engine, MathOptEngine)],
    ids=lambda e: e.name,
)


def drawn(seed: int) -> Program:
    """Three to six variables, up to five rows with small numbers of either sign."""
    random = np.random.default_rng(seed)
    size, rows = int(random.integers(3, 7)), int(random.integers(0, 6))
    lower = random.integers(-2, 1, size)
    inside = random.random((rows, size)) < 0.6
    column = np.nonzero(inside)[1].astype(np.int32)
    low = np.where(random.random(rows) < 0.5, random.integers(-6, 4, rows), -FREE)
    high = np.where(
        random.random(rows) < 0.8, np.maximum(low, random.integers(-3, 7, rows)), FREE
    )
    return Program(
        lower, lower + random.integers(0, 3, size), random.integers(-9, 10, size),
        np.concatenate([np.zeros(1, np.int64), np.cumsum(inside.sum(1))]),
        column, random.integers(-4, 5, len(column)), low, high,
    )  # fmt: skip


def best_of(program: Program) -> int | None:
    """The greatest gain of all values that keep the program; None where none do."""
    ranges = [
        range(low, high + 1)
        for low, high in zip(program.lower, program.upper, strict=True)
    ]
    values = (np.array(value, np.int64) for value in product(*ranges))
    return max(
        (program.objective(value) for value in values if program.keeps(value)),
        default=None,
    )


def knapsack(gain: int, size: int = 8) -> Program:
    """At most three of so many, each of this gain or a little more."""
    return Program(
        np.zeros(size, np.int64), np.ones(size, np.int64), gain + np.arange(size),
        np.array([0, size]), np.arange(size, dtype=np.int32), np.ones(size, np.int64),
        np.array([-FREE]), np.array([3]),
    )  # fmt: skip


@EVERY
def test_values_bounds_and_refusals_are_those_of_the_best_of_all_values(
    engine: MipEngine,
) -> None:
    impossible = 0
    for seed in range(80):
        program = drawn(seed)
        best = best_of(program)
        for presolve in (True, False):
            found = engine.model(program).solve(presolve=presolve)
            if best is None:
                assert found.status == "infeasible", seed
            else:
                assert (found.status, found.objective, found.bound) == (
                    "optimal",
                    best,
                    best,
                ), seed
                assert found.value is not None and program.keeps(found.value)
        impossible += best is None
    assert impossible > 5


@EVERY
def test_a_gain_that_was_reached_is_held_while_the_next_is_raised(
    engine: MipEngine,
) -> None:
    """Of two things one may be taken: both are worth 1 at first, then the second is worth 5 and the first 7."""
    program = knapsack(1, 2)
    program.high[:], program.gain[:] = 1, 1
    model = engine.model(program)
    assert model.solve().objective == 1
    model.then(np.array([7, 5]), 1)
    found = model.solve()
    assert found.value is not None
    assert (found.objective, found.value.tolist()) == (7, [1, 0])
    model.then(np.array([-1, -1]), 5)
    assert model.solve().objective == -1


@EVERY
def test_the_same_program_seed_and_work_end_at_the_same_values(
    engine: MipEngine,
) -> None:
    random = np.random.default_rng(7)
    size, rows = 40, 20
    weight = random.integers(5, 60, (rows, size))
    program = Program(
        np.zeros(size, np.int64), np.full(size, 3), random.integers(10, 70, size),
        np.arange(0, rows * size + 1, size), np.tile(np.arange(size, dtype=np.int32), rows), weight.ravel(),
        np.full(rows, -FREE), weight.sum(1) // 2,
    )  # fmt: skip
    answers = [engine.model(program).solve(work=0.02, seed=3) for _ in range(3)]
    first = answers[0]
    assert (
        first.value is not None
        and first.bound is not None
        and first.objective is not None
    )
    assert program.keeps(first.value) and first.objective <= first.bound
    for other in answers[1:]:
        assert other.value is not None and other.value.tolist() == first.value.tolist()
        assert other.bound == first.bound


@EVERY
def test_numbers_beyond_what_sums_of_doubles_hold_are_refused(
    engine: MipEngine,
) -> None:
    with pytest.raises(BudgetError):
        engine.model(knapsack(LARGEST // 4))
    model = engine.model(knapsack(1))
    with pytest.raises(BudgetError):
        model.then(np.full(8, LARGEST), 0)


@EVERY
def test_nothing_is_searched_when_time_is_over_or_somebody_says_stop(
    engine: MipEngine,
) -> None:
    for found in (
        engine.model(knapsack(1)).solve(seconds=0.0),
        engine.model(knapsack(1)).solve(stop=lambda: True),
    ):
        assert (found.status, found.value, found.bound, found.interrupted) == (
            "unknown",
            None,
            None,
            True,
        )


@FLOATING
@pytest.mark.parametrize(
    ("gain", "status"), [(10**3, "optimal"), (10**6, "optimal"), (2**45, "feasible")]
)
def test_an_optimum_is_stated_only_where_tolerances_leave_less_than_a_unit(
    engine: MipEngine, gain: int, status: str
) -> None:
    """The best three of 8 gain 3 g + 5 + 6 + 7. With gains of 2^45, tolerances of 1e-9 hide far more than 1."""
    found = engine.model(knapsack(gain)).solve()
    assert found.bound is not None and found.objective is not None
    assert (found.status, found.objective <= 3 * gain + 18 <= found.bound) == (
        status,
        True,
    )
    assert (found.bound == 3 * gain + 18) is (status == "optimal")


@FLOATING
def test_values_that_break_a_row_once_they_are_rounded_are_no_answer(
    engine: MathOptEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Program, "keeps", lambda *_: False)
    found = engine.model(knapsack(1)).solve()
    assert (found.status, found.value, found.objective) == ("unknown", None, None)
    assert found.bound == 1 * 3 + 18  # what was proved of the program stays true


@FLOATING
def test_a_bound_below_the_values_or_an_error_of_the_solver_is_no_answer(
    engine: MathOptEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as changed:
        changed.setattr("matchkit.engines.mathopt._bound", lambda *_: 2)
        with pytest.raises(
            EngineError, match=f"The answer of engine {engine.name} is worth 21"
        ):
            engine.model(knapsack(1)).solve()
    changed_name = MathOptEngine(engine.name, engine.solver)
    monkeypatch.setattr(
        changed_name,
        "configure",
        lambda parameters: setattr(parameters, "iteration_limit", 5),
    )
    with pytest.raises(
        EngineError, match=f"The engine {engine.name} ended with an error of its own"
    ):
        MathOptModel(changed_name, knapsack(1)).solve()


@FLOATING
def test_a_solver_leaves_signals_threads_and_streams_as_they_were(
    engine: MathOptEngine,
) -> None:
    program = f"""
import os, signal, threading, time
import numpy as np
from matchkit.engines import MIP_ENGINES
from matchkit.engines.program import FREE, Program
random = np.random.default_rng(1)
size, rows = 60, 40
weight = random.integers(5, 60, (rows, size))
program = Program(np.zeros(size, np.int64), np.full(size, 3), random.integers(10, 70, size),
    np.arange(0, rows * size + 1, size), np.tile(np.arange(size, dtype=np.int32), rows), weight.ravel(),
    np.full(rows, -FREE), weight.sum(1) // 2)
model = MIP_ENGINES[{engine.name!r}].model(program)
before = len(os.listdir("/proc/self/task"))
model.solve(work=0.001)
for _ in range(200):  # a thread that has ended is listed for another moment
    tasks = len(os.listdir("/proc/self/task"))
    if tasks == before:
        break
    time.sleep(0.01)
threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
try:
    model.solve(seconds=1.0)
    time.sleep(0.2)
except KeyboardInterrupt:
    print("heard", signal.getsignal(signal.SIGINT) is signal.default_int_handler, tasks == before)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ},
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "heard True True\n", "")


def graph() -> mk.BipartiteGraph:
    """Three left nodes with capacity 10 and three right ones, pairs of different consumption and weight."""
    pairs = [(left, right) for left in range(3) for right in range(3)]
    left, right = (np.array(side) for side in zip(*pairs, strict=True))
    return mk.BipartiteGraph.from_arrays(
        left, right, np.array([7, 4, 6, 5, 8, 3, 9, 2, 5]), consumption=np.array([6, 5, 4, 7, 5, 6, 8, 3, 6]),
        left_capacity=np.array([10, 10, 10]), right_capacity=np.array([2, 2, 2]),
    )  # fmt: skip


@EVERY
def test_match_takes_an_engine_for_a_graph_with_consumption(engine: MipEngine) -> None:
    by_name, by_object, auto = (
        mk.match(graph(), engine=given) for given in (engine.name, engine, "auto")
    )
    assert by_name.value == by_object.value == auto.value


@pytest.mark.parametrize("wrong", [3, None, MathOptEngine, object()])
def test_what_is_no_engine_is_refused(wrong: Any) -> None:
    with pinned.raises(
        InputError,
        "matching.option.do",
        names="auto, brute, flow, greedy, lap, cpsat, highs, scip",
    ):
        mk.solve(mk.datasets.city("street", 1), engine=wrong)
    with pinned.raises(
        InputError, "matching.option.do", names="auto, brute, flow, greedy, lap"
    ):
        mk.match(mk.BipartiteGraph.from_arrays([0], [0]), engine=wrong)
