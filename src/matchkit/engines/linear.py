"""Linear programs by the simplex method, OR-Tools' GLOP through MathOpt: values and prices in floating point,
which prove nothing by themselves.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Bits, Float64
from matchkit.arrow import no_allocator_thread
from matchkit.engines.mathopt import apart, proto_of
from matchkit.engines.program import Program

BELOW, BASIC = 2, 5
"""MathOpt's numbers for a variable at its lower bound, and for a variable or row in the basis."""


class Basis(NamedTuple):
    """Where the simplex method ended: MathOpt's number for every variable, uint8 (variables,), and row, uint8
    (rows,).
    """

    variables: Bits
    rows: Bits


class LinearSolution(NamedTuple):
    """Values of greatest gain, float64 (variables,), what one unit more of every row's limit would gain,
    float64 (rows,), and the basis.
    """

    value: Float64
    price: Float64
    gain: float
    basis: Basis


def solve_linear(
    program: Program, *, seconds: float | None = None, basis: Basis | None = None
) -> LinearSolution | None:
    """The program with fractions allowed, from ``basis`` on where one is given (then without presolve, which
    would forget it); None where it has not ended in so many ``seconds``, or not at an optimum.
    """
    began = time.monotonic()
    with no_allocator_thread():
        from ortools.math_opt.python import mathopt
    model = mathopt.Model.from_model_proto(proto_of(program, whole=False))
    variables, rows = list(model.variables()), list(model.linear_constraints())
    given, parameters = (
        mathopt.ModelSolveParameters(),
        mathopt.SolveParameters(threads=1),
    )
    if basis is not None:
        status = [None, *mathopt.BasisStatus]
        given.initial_basis = mathopt.Basis(
            variable_status=dict(
                zip(variables, [status[k] for k in basis.variables], strict=True)
            ),
            constraint_status=dict(
                zip(rows, [status[k] for k in basis.rows], strict=True)
            ),
        )
        parameters.presolve = mathopt.Emphasis.OFF
        parameters.lp_algorithm = mathopt.LPAlgorithm.PRIMAL_SIMPLEX
    if seconds is not None:
        left = began + seconds - time.monotonic()
        if left <= 0:
            return None
        parameters.time_limit = timedelta(seconds=left)
    glop = mathopt.SolverType.GLOP
    result = apart(
        lambda: mathopt.solve(model, glop, params=parameters, model_params=given)
    )
    if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
        return None
    value, price = result.variable_values(), result.dual_values()
    ended = result.solutions[0].basis
    return LinearSolution(
        np.array([value[variable] for variable in variables], np.float64),
        np.array([price[row] for row in rows], np.float64),
        result.objective_value(),
        Basis(
            np.array([ended.variable_status[k].value for k in variables], np.uint8),
            np.array([ended.constraint_status[k].value for k in rows], np.uint8),
        ),
    )
