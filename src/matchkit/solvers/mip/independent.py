"""A program whose parts no row joins, part by part: goals in order add up over parts, and so do their
bounds.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matchkit.arrays import Int64, Intp, places_of
from matchkit.deadline import Deadline
from matchkit.engines.program import Program
from matchkit.solvers.flow.stages import component_labels
from matchkit.solvers.mip.formulation import Formulation, GoalRow
from matchkit.solvers.mip.lexicographic import (
    Effort,
    LexicographicResult,
    bounds_in_order,
    lexicographic_solve,
)

BATCH = 2_000
"""Small parts are taken together up to so many variables: a call of the engine costs more than they do."""

LATE = 2.0
"""Seconds to see what a part's quantities are worth, after the time for it is over."""


def components_of(program: Program) -> list[Intp]:
    """The variables of each part (positions, one intp array a part), ascending; small parts taken together,
    in the order of their least variable.
    """
    # A row joins its variables: each of them with the first.
    sizes = np.diff(program.first)
    first = np.repeat(program.column[program.first[:-1][sizes > 0]], sizes[sizes > 0])
    label = component_labels(program.size, [(program.column, first)])
    roots, part, sizes = np.unique(label, return_inverse=True, return_counts=True)
    # Consecutive parts fill a batch until it is full.
    batch = (
        np.concatenate([[0], np.cumsum(sizes)[:-1]]) // BATCH
        if len(roots)
        else np.zeros(0, np.int64)
    )
    large = sizes >= BATCH
    key = np.where(large, len(sizes) + np.arange(len(sizes)), batch)
    _, of = np.unique(key, return_inverse=True)
    owner = of[part]
    order = np.argsort(owner, kind="stable")
    cuts = np.flatnonzero(np.diff(owner[order])) + 1
    found = (
        [np.sort(variables) for variables in np.split(order, cuts)]
        if len(order)
        else []
    )
    return sorted(found, key=lambda variables: int(variables[0]))


def solve_components(
    formulation: Formulation,
    deadline: Deadline,
    effort: Effort,
    *,
    start: Int64 | None = None,
) -> LexicographicResult | None:
    """As ``lexicographic_solve``, part by part, from ``start``, int64 (pairs,); None where all is one part.
    Every goal but the last must have tolerance 0.
    """
    parts = components_of(formulation.program)
    if len(parts) < 2:
        return None
    quantity = np.zeros(formulation.pairs, np.int64)
    goals, bounds = np.zeros((2, len(formulation.goals)), np.int64)
    left = sum(map(len, parts))
    # Small parts first: what they leave of their time is for the large ones.
    for variables in sorted(parts, key=len):
        part = _part(formulation, variables)
        mine = variables[variables < formulation.pairs]
        share = deadline.share(len(variables) / left)
        left -= len(variables)
        result = lexicographic_solve(
            part, share, effort, start=None if start is None else start[mine]
        )
        if result.quantity is None and not result.infeasible and start is not None:
            result = _as_it_was(
                part, start[mine], deadline, Effort(engine=effort.engine)
            )
        if result.infeasible or result.quantity is None or result.goals is None:
            return replace(result, quantity=None, goals=None, bounds=())
        quantity[mine] = result.quantity
        goals += np.array(result.goals, np.int64)
        bounds += np.array(
            bounds_in_order(result.goals, result.bounds, part.goals), np.int64
        )
    return LexicographicResult(quantity, tuple(goals.tolist()), tuple(bounds.tolist()))


def _as_it_was(
    part: Formulation, start: Int64, deadline: Deadline, effort: Effort
) -> LexicographicResult:
    """A part that time was too short for: its quantities stay, and its goals have no better bounds
    than the upper bounds.
    """
    result = lexicographic_solve(
        replace(part, program=part.program.with_first(start)),
        Deadline(None, deadline.stop).at_most(LATE),
        effort,
    )
    return (
        replace(result, bounds=tuple(goal.most for goal in part.goals))
        if result.quantity is not None
        else result
    )


def _part(formulation: Formulation, variables: Intp) -> Formulation:
    program = formulation.program
    number = places_of(variables, program.size)
    sizes = np.diff(program.first)
    inside = np.zeros(program.rows, np.bool_)
    filled = sizes > 0
    inside[filled] = number[program.column[program.first[:-1][filled]]] >= 0
    if len(variables) and variables[0] == 0:
        inside |= ~filled  # rows without variables go with the first part
    entries = np.repeat(inside, sizes)
    part = Program(
        program.lower[variables],
        program.upper[variables],
        program.gain[variables],
        np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes[inside])]),
        number[program.column[entries]].astype(np.int32),
        program.coefficient[entries],
        program.low[inside],
        program.high[inside],
    )
    goals = []
    for goal in formulation.goals:
        gain = goal.gain[variables]
        ways = int(np.maximum(gain * part.lower, gain * part.upper).sum())
        goals.append(
            GoalRow(
                goal.name,
                gain,
                goal.tolerance,
                min(goal.most, ways) if ways >= 0 else ways,
            )
        )
    return Formulation(part, tuple(goals), int((variables < formulation.pairs).sum()))
