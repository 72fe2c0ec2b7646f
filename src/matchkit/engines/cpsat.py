"""The engine for integer programs: OR-Tools' CP-SAT, one worker, its answer read only where there is one and
checked here.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from matchkit.arrays import Int64
from matchkit.arrow import no_allocator_thread
from matchkit.engines.program import FREE, MipResult, Program
from matchkit.errors import EngineError
from matchkit.messages.message import Message

POLL = 0.05
"""Seconds between two looks at whether to stop."""
LOOK = 1_000
"""Rows that are built between two looks at whether it is late: some milliseconds."""
LEVELS = (2, 1)
"""Levels of linearization: each proves what the other does not, and 1 is the cheaper one."""


class Model:
    """A program as CP-SAT's model, which is built at the first search and kept for the others."""

    def __init__(self, program: Program) -> None:
        """Raises BudgetError for numbers too large to be exact with."""
        self._program = program.exact()
        self._built: tuple[Any, list[Any]] | None = None

    def then(self, gain: Int64, least: int) -> None:
        """Raise another gain from now on, while the one so far reaches at least so much. Raises BudgetError
        as above.
        """
        before = self._program
        self._program = replace(before.held(before.gain, least), gain=gain).exact()
        if self._built is not None:
            model, variables = self._built
            model.add(_sum(variables, before.gain) >= least)
            model.maximize(_sum(variables, gain))

    def solve(
        self,
        *,
        seconds: float | None = None,
        work: float | None = None,
        hint: Int64 | None = None,
        stop: Callable[[], bool] | None = None,
        gap: float = 0.0,
        presolve: bool = True,
        level: int | None = None,
        seed: int = 0,
        enough: int | None = None,
    ) -> MipResult:
        """The best values of the program, as far as found in so many ``seconds`` (building counts) or so much
        ``work``.

        ``work`` is CP-SAT's deterministic time, under which one worker always ends at the same answer.
        ``hint`` are values to start from, negative where none is known; ``stop`` is polled and ends the
        search. ``gap`` (relative) is enough, or an objective of ``enough``. ``level`` is CP-SAT's
        linearization: how much of the rows its linear relaxation holds. A model that is not built when
        time is over is dropped.

        Raises EngineError where CP-SAT contradicts itself.
        """
        began, program = time.monotonic(), self._program
        if program.size == 0:
            fits = bool(((program.low <= 0) & (program.high >= 0)).all())
            return (
                MipResult("optimal", np.zeros(0, np.int64), 0, 0)
                if fits
                else MipResult("infeasible", None, None, None)
            )

        def late() -> bool:
            return (stop is not None and stop()) or (
                seconds is not None and time.monotonic() >= began + seconds
            )

        unknown = MipResult("unknown", None, None, None, interrupted=True)
        if late():
            return unknown
        with no_allocator_thread():
            from ortools.sat.python import cp_model

        self._built = self._built or _model(cp_model, program, late)
        if self._built is None:
            return unknown
        model, variables = self._built
        model.clear_hints()
        for variable, amount in zip(
            variables, () if hint is None else hint.tolist(), strict=hint is not None
        ):
            if amount >= 0:
                model.add_hint(variable, amount)
        solver = cp_model.CpSolver()
        options = solver.parameters
        options.num_workers = 1
        options.random_seed = seed % 2**31  # CP-SAT takes 31 bits
        options.catch_sigint_signal = False  # else the host's Ctrl-C is lost for good
        options.cp_model_presolve = presolve
        options.linearization_level = LEVELS[-1] if level is None else level
        options.relative_gap_limit = gap
        if work is not None:
            options.max_deterministic_time = work
        if seconds is not None:
            left = began + seconds - time.monotonic()
            if left <= 0:
                return unknown
            options.max_time_in_seconds = left
        return _found(
            cp_model,
            program,
            variables,
            solver,
            _solved(solver, model, stop, _reached(cp_model, enough)),
            gap,
        )


def _sum(variables: list[Any], gain: Int64) -> Any:
    from ortools.sat.python import cp_model

    earning = np.flatnonzero(gain)
    return cp_model.LinearExpr.weighted_sum(
        [variables[k] for k in earning.tolist()], gain[earning].tolist()
    )


def _found(
    cp_model: Any,
    program: Program,
    variables: list[Any],
    solver: Any,
    status: Any,
    gap: float,
) -> MipResult:
    if status == cp_model.MODEL_INVALID:
        raise EngineError(
            Message.of(
                "engine.model_invalid", engine=CpSatEngine.name, variables=program.size
            )
        )
    if status == cp_model.INFEASIBLE:
        return MipResult("infeasible", None, None, None)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        # Values may only be read then: otherwise they are stray memory. The bound may still be its default,
        # 0.
        return MipResult(
            "unknown", None, None, _bound(program, math.inf), interrupted=True
        )
    bound = _bound(program, solver.best_objective_bound)
    value = np.array([solver.value(variable) for variable in variables], np.int64)
    if not program.keeps(value):
        raise EngineError(Message.of("engine.model_broken", engine=CpSatEngine.name))
    objective = program.objective(value)
    if objective > bound:
        raise EngineError(
            Message.of(
                "engine.beyond_bound",
                engine=CpSatEngine.name,
                value=objective,
                bound=bound,
            )
        )
    if (
        status == cp_model.OPTIMAL
        and gap == 0
        and bound - objective <= 2 * _unsure(program)
    ):
        bound = objective
    interrupted = status == cp_model.FEASIBLE and objective < bound
    return MipResult(
        "optimal" if objective == bound else "feasible",
        value,
        objective,
        bound,
        interrupted,
    )


def _model(
    cp_model: Any, program: Program, late: Callable[[], bool]
) -> tuple[Any, list[Any]] | None:
    """The model and its variables; None where it was too ``late`` before it was built."""
    model = cp_model.CpModel()
    variables = [
        model.new_int_var(low, high, "")
        for low, high in zip(
            program.lower.tolist(), program.upper.tolist(), strict=True
        )
    ]  # a domain of 0 and 1 is a Boolean to CP-SAT
    first, column, coefficient = (
        program.first.tolist(),
        program.column.tolist(),
        program.coefficient.tolist(),
    )
    for row, (low, high) in enumerate(
        zip(program.low.tolist(), program.high.tolist(), strict=True)
    ):
        if row % LOOK == 0 and late():
            return None
        begin, end = first[row], first[row + 1]
        if begin == end:
            if low > 0 or high < 0:
                model.add_bool_or([])
            continue
        total = cp_model.LinearExpr.weighted_sum(
            [variables[k] for k in column[begin:end]], coefficient[begin:end]
        )
        if low == high:
            model.add(total == low)
        else:
            if high < FREE:
                model.add(total <= high)
            if low > -FREE:
                model.add(total >= low)
    model.maximize(_sum(variables, program.gain))
    return model, variables


def _reached(cp_model: Any, enough: int | None) -> Any:
    """What ends a search at a solution whose objective is enough."""
    if enough is None:
        return None

    class Reached(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
        def on_solution_callback(self) -> None:
            if round(self.objective_value) >= enough:
                self.stop_search()

    return Reached()


def _solved(
    solver: Any, model: Any, stop: Callable[[], bool] | None, reached: Any
) -> Any:
    if stop is None:
        return solver.solve(model, reached)
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(POLL):
            if stop():
                solver.stop_search()  # a stop before the search began is lost: so it is said until it ended

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        return solver.solve(model, reached)
    finally:
        ended.set()
        watcher.join()


def _bound(program: Program, stated: float) -> int:
    """The stated bound as a whole number, never below the bound meant.

    CP-SAT takes it from a scaled objective in doubles: what it states may lie some units in the last place of
    the largest sum beside it.
    """
    ways = program.gain * np.where(program.gain > 0, program.upper, program.lower)
    most = int(ways.sum())
    if not math.isfinite(stated):
        return most
    return min(most, math.floor(stated + _unsure(program)))


def _unsure(program: Program) -> float:
    """By how much a stated bound may miss the bound meant."""
    largest = np.maximum(np.abs(program.lower), np.abs(program.upper)).astype(
        np.float64
    )
    return max(1e-6, 4 * math.ulp(float((np.abs(program.gain) * largest).sum())))


class CpSatEngine:
    """Integer programs by CP-SAT."""

    name = "cpsat"
    levels = LEVELS
    by_default = True

    def model(self, program: Program) -> Model:
        """The program as CP-SAT's model. Raises BudgetError for numbers too large to be exact with."""
        return Model(program)


ENGINES = (CpSatEngine(),)
