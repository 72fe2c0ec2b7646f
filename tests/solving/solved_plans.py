"""1,000 random problems that a flow expresses and that have a plan with at least one assignment, solved with
a proof by prices.
"""

from __future__ import annotations

from functools import cache

from problem_campaign import case
from stated import Stated

import matchkit as mk
from matchkit.errors import ContradictionError, UnsupportedError
from matchkit.plan import Plan

FIRST_SEED = 100_000
PLANS = 1_000


@cache
def solved_plans(count: int = PLANS) -> tuple[tuple[Stated, Plan], ...]:
    """The first so many, from one seed on."""
    found: list[tuple[Stated, Plan]] = []
    seed = FIRST_SEED
    while len(found) < count:
        seed += 1
        problem = case(seed)
        try:
            plan = mk.solve(problem, engine="flow")
        except (ContradictionError, UnsupportedError):
            continue
        if plan.assignments:
            found.append((Stated(problem), plan))
    return tuple(found)
