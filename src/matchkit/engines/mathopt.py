"""Integer programs by branch and bound in floating point: HiGHS and SCIP through OR-Tools' MathOpt.

Their values are rounded to whole numbers and put into the rows once more. A bound in floating point is only
taken as far as tolerances allow, and an optimum only where that bound is less than one unit above the values.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np

from matchkit.arrays import Int64
from matchkit.arrow import no_allocator_thread
from matchkit.engines.program import FREE, MipResult, Program
from matchkit.errors import EngineError
from matchkit.messages.message import Message

TOLERANCE = 1e-9
"""By how much the solvers may break a row, a whole number or a reduced cost."""
NODES = 500
"""Nodes of the search tree in a unit of work: about what these programs take in a second."""
MOST_NODES = 2**31 - 1


MATHOPT_ERRORS = (AttributeError, RuntimeError, ValueError)
"""As which MathOpt's own errors arrive."""


class MathOptModel:
    """A program for one of MathOpt's solvers, which build it anew at every search."""

    def __init__(self, engine: MathOptEngine, program: Program) -> None:
        """Raises BudgetError for numbers too large to be exact with."""
        self._engine, self._program = engine, program.exact()

    def then(self, gain: Int64, least: int) -> None:
        """Raise another gain from now on, while the one so far reaches at least so much. Raises BudgetError
        as above.
        """
        before = self._program
        self._program = replace(before.held(before.gain, least), gain=gain).exact()

    def solve(
        self,
        *,
        seconds: float | None = None,
        work: float | None = None,
        hint: Int64 | None = None,
        stop: Callable[[], bool] | None = None,
        gap: float = 0.0,
        presolve: bool = True,
        level: int | None = None,  # noqa: ARG002 - there is one
        seed: int = 0,
        enough: int | None = None,  # noqa: ARG002 - it ends where it proves an optimum
    ) -> MipResult:
        """As ``MipModel`` says; there is one level. ``work`` limits the nodes of the tree, so that one search
        always ends at the same answer. ``stop`` is asked before the search only: HiGHS cannot be
        interrupted, and SCIP writes to stderr where it can.

        Raises EngineError where the solver fails or contradicts itself.
        """
        program, unknown = (
            self._program,
            MipResult("unknown", None, None, None, interrupted=True),
        )
        if (stop is not None and stop()) or (seconds is not None and seconds <= 0):
            return unknown
        began = time.monotonic()
        with no_allocator_thread():
            from ortools.math_opt.python import mathopt
        model = mathopt.Model.from_model_proto(proto_of(program))
        given = mathopt.ModelSolveParameters()
        if hint is not None and (hint >= 0).all():
            values = dict(zip(model.variables(), hint.tolist(), strict=True))
            given.solution_hints.append(mathopt.SolutionHint(variable_values=values))
        parameters = mathopt.SolveParameters(
            random_seed=seed % 2**31,
            relative_gap_tolerance=gap,
            absolute_gap_tolerance=0.0,
        )
        if not presolve:
            parameters.presolve = mathopt.Emphasis.OFF
        if work is not None:
            parameters.node_limit = min(MOST_NODES, max(1, round(NODES * work)))
        self._engine.configure(parameters)
        solver = mathopt.SolverType[self._engine.solver]
        while True:
            if seconds is not None:
                left = began + seconds - time.monotonic()
                if left <= 0:
                    return unknown
                parameters.time_limit = timedelta(seconds=left)
            try:
                result = apart(
                    lambda: mathopt.solve(
                        model, solver, params=parameters, model_params=given
                    )
                )
                break
            except MATHOPT_ERRORS as error:
                # HiGHS fails now and then on the way back from a program that it presolved.
                if parameters.presolve == mathopt.Emphasis.OFF:
                    raise EngineError(
                        Message.of("engine.failed", engine=self._engine.name)
                    ) from error
                parameters.presolve = mathopt.Emphasis.OFF
        return self._read(mathopt, model, result)

    def _read(self, mathopt: Any, model: Any, result: Any) -> MipResult:
        """What the solver ended with, as far as it can be trusted."""
        program, reason, ends = (
            self._program,
            result.termination.reason,
            mathopt.TerminationReason,
        )
        if reason in (
            ends.INFEASIBLE,
            ends.INFEASIBLE_OR_UNBOUNDED,
        ):  # no variable is without bounds
            return MipResult("infeasible", None, None, None)
        limited = reason in (ends.FEASIBLE, ends.NO_SOLUTION_FOUND)
        bound = _bound(program, result.termination.objective_bounds.dual_bound)
        if reason not in (ends.OPTIMAL, ends.FEASIBLE):
            return MipResult(
                "unknown",
                None,
                None,
                bound if limited else _most(program),
                interrupted=limited,
            )
        values = result.variable_values()
        value = np.rint([values[variable] for variable in model.variables()]).astype(
            np.int64
        )
        if not program.keeps(value):  # it did within tolerances
            return MipResult("unknown", None, None, bound, interrupted=limited)
        objective = program.objective(value)
        if objective > bound:
            raise EngineError(
                Message.of(
                    "engine.beyond_bound",
                    engine=self._engine.name,
                    value=objective,
                    bound=bound,
                )
            )
        met = objective == bound
        return MipResult(
            "optimal" if met else "feasible",
            value,
            objective,
            bound,
            limited and not met,
        )


def apart(call: Callable[[], Any]) -> Any:
    """What the call returns, made in a thread of its own.

    MathOpt's bindings drop an exception that a signal handler raises while they convert an answer. In this
    thread handlers run at once, and what they raise is raised when the call has ended.
    """
    ended: Future[Any] = Future()

    def run() -> None:
        try:
            ended.set_result(call())
        except BaseException as error:  # noqa: BLE001 - it is the caller's
            ended.set_exception(error)

    thread = threading.Thread(target=run)
    thread.start()
    heard: BaseException | None = None
    while not ended.done():
        try:
            wait(
                (ended,)
            )  # not join: interrupted, Python 3.11 takes a thread for ended that is not
        except BaseException as error:  # noqa: BLE001 - as soon as nothing runs any longer
            heard = heard or error
    thread.join()
    if heard is not None:
        raise heard
    return ended.result()


def proto_of(program: Program, *, whole: bool = True) -> Any:
    """The program as MathOpt's protocol buffer, its variables ``whole`` numbers or any. Numbers below 2^52
    are exact as doubles.
    """
    from ortools.math_opt.model_pb2 import ModelProto

    proto = ModelProto()
    variables, rows, matrix = (
        proto.variables,
        proto.linear_constraints,
        proto.linear_constraint_matrix,
    )
    variables.ids.extend(range(program.size))
    variables.lower_bounds.extend(program.lower.astype(np.float64).tolist())
    variables.upper_bounds.extend(program.upper.astype(np.float64).tolist())
    variables.integers.extend([whole] * program.size)
    proto.objective.maximize = True
    earning = np.flatnonzero(program.gain)
    proto.objective.linear_coefficients.ids.extend(earning.tolist())
    proto.objective.linear_coefficients.values.extend(
        program.gain[earning].astype(np.float64).tolist()
    )
    rows.ids.extend(range(program.rows))
    rows.lower_bounds.extend(
        np.where(program.low <= -FREE, -np.inf, program.low.astype(np.float64)).tolist()
    )
    rows.upper_bounds.extend(
        np.where(program.high >= FREE, np.inf, program.high.astype(np.float64)).tolist()
    )
    row = np.repeat(np.arange(program.rows), np.diff(program.first))
    order = np.lexsort((program.column, row))
    order = order[program.coefficient[order] != 0]
    matrix.row_ids.extend(row[order].tolist())
    matrix.column_ids.extend(program.column[order].tolist())
    matrix.coefficients.extend(program.coefficient[order].astype(np.float64).tolist())
    return proto


def _most(program: Program) -> int:
    """What no values between the bounds of the variables exceed."""
    return int(
        (program.gain * np.where(program.gain > 0, program.upper, program.lower)).sum()
    )


def _bound(program: Program, stated: float) -> int:
    """The stated bound as a whole number, never below the bound meant: tolerances and rounding are added."""
    if not math.isfinite(stated):
        return _most(program)
    gain = np.abs(program.gain).astype(np.float64)
    reach = np.maximum(np.abs(program.lower), np.abs(program.upper)).astype(np.float64)
    unsure = TOLERANCE * float(gain.sum() + reach.sum()) + 4 * math.ulp(
        float((gain * reach).sum())
    )
    return min(_most(program), math.floor(stated + max(1e-6, 2 * unsure)))


class MathOptEngine:
    """Integer programs by one of MathOpt's solvers, on one thread."""

    levels = (0,)

    def __init__(self, name: str, solver: str) -> None:
        """``solver`` is the name of MathOpt's SolverType."""
        self.name, self.solver = name, solver

    def model(self, program: Program) -> MathOptModel:
        """The program for this solver. Raises BudgetError for numbers too large to be exact with."""
        return MathOptModel(self, program)

    def configure(self, parameters: Any) -> None:
        """One thread, tolerances, and no signal handler: each solver has names of its own for them."""
        if self.solver == "HIGHS":
            options = parameters.highs
            options.int_options["threads"] = 1
            options.string_options["parallel"] = "off"
            for name in ("mip", "primal", "dual"):
                options.double_options[f"{name}_feasibility_tolerance"] = TOLERANCE
        else:
            parameters.threads = 1
            options = parameters.gscip
            options.bool_params["misc/catchctrlc"] = (
                False  # else the host's Ctrl-C is lost
            )
            options.real_params["numerics/feastol"] = options.real_params[
                "numerics/dualfeastol"
            ] = TOLERANCE


ENGINES = (MathOptEngine("highs", "HIGHS"), MathOptEngine("scip", "GSCIP"))
