"""Whether capacities, locks and caps are all that ties the pairs of a problem together, so that a flow
expresses it.
"""

from __future__ import annotations

import numpy as np

from matchkit.compile.coupling import coupling_constraints
from matchkit.compile.rules.overlap import Spans
from matchkit.explain.standing import Standing
from matchkit.graph.candidates import Whole


def is_flow(standing: Standing) -> bool:
    """Whether a flow expresses the problem, as compile_problem asks before it makes one; the plan and its
    engine say nothing of it.
    """
    if next(coupling_constraints(standing.lists), None) is not None:
        return False
    given, taken = locked_units(standing)
    several = (standing.capacity >= 2) & ~standing.divisible & (given < standing.capacity)
    sides = standing.eligible.sides
    if not several.any() or not any(sides.windows):
        return True
    at = np.flatnonzero(
        several[standing.left] & ((taken < standing.wanted)[standing.right] | (standing.locked > 0))
    )
    return next(Spans(sides).overlaps(standing.left[at], standing.right[at]), None) is None


def locked_units(standing: Standing) -> tuple[Whole, Whole]:
    """What hard locks hold of every resource, and of every requirement (int64)."""
    given: Whole = np.zeros(len(standing.capacity), np.int64)
    taken: Whole = np.zeros(len(standing.wanted), np.int64)
    for (left, right), quantity in standing.locks.items():
        given[left] += quantity
        taken[right] += quantity
    return given, taken
