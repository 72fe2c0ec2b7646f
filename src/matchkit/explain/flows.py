"""Whether capacities, locks and caps are all that ties the pairs of a problem together, so that a flow
expresses it.
"""

from __future__ import annotations

import numpy as np

from matchkit.compile.coupling import coupling_constraints
from matchkit.compile.rules.overlap import Spans
from matchkit.explain.plan_state import PlanState
from matchkit.graph.candidates import Whole


def is_flow(state: PlanState) -> bool:
    """Whether a flow expresses the problem, as compile_problem asks before it makes one; the plan and its
    engine say nothing of it.
    """
    if next(coupling_constraints(state.lists), None) is not None:
        return False
    given, taken = locked_units(state)
    several = (state.capacity >= 2) & ~state.divisible & (given < state.capacity)
    sides = state.eligible.sides
    if not several.any() or not any(sides.windows):
        return True
    at = np.flatnonzero(several[state.left] & ((taken < state.wanted)[state.right] | (state.locked > 0)))
    return next(Spans(sides).overlaps(state.left[at], state.right[at]), None) is None


def locked_units(state: PlanState) -> tuple[Whole, Whole]:
    """What hard locks hold of every resource, and of every requirement (int64)."""
    given: Whole = np.zeros(len(state.capacity), np.int64)
    taken: Whole = np.zeros(len(state.wanted), np.int64)
    for (left, right), quantity in state.locks.items():
        given[left] += quantity
        taken[right] += quantity
    return given, taken
