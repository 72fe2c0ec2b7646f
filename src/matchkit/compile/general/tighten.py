"""A better bound for one goal where all goals before it are at theirs: by prices on slots and everybody's
best week.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from matchkit.compile.general.fewest import fewest
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.general.relaxation import most_of_goal
from matchkit.compile.general.scheduling import (
    COSTS,
    SchedulingRelaxation,
    SolvedScheduling,
    blocks_of,
    floors_of,
    priced_case,
)
from matchkit.deadline import Deadline
from matchkit.engines import DEFAULT_MIP
from matchkit.engines.program import MipEngine
from matchkit.errors import BudgetError, StoppedError
from matchkit.solvers.lagrangian.price_blocks import price_blocks

LITTLE = 0.2
"""Seconds that are spent on a bound whatever time is left."""
HELD = 4
"""What a unit of an earlier goal counts for beside the goal itself, which makes giving one up for the other
not worth it.
"""


def goal_bound(
    case: IntegerModel,
    goals: tuple[int, ...],
    number: int,
    deadline: Deadline,
    proved: Callable[[SolvedScheduling], None] = lambda _: None,
    engine: MipEngine = DEFAULT_MIP,
) -> int | None:
    """What no plan that reaches ``goals[:number]`` exactly exceeds in goal ``number``; None where blocks
    cannot say.

    Earlier goals are held by a price each (Lagrangian relaxation; Geoffrion 1974): for any prices, the most
    of the goal plus what earlier goals count for, less what these plans have of them, is a bound.
    Requirements that stocks can serve go by a flow of their own, one goal at a time. ``proved`` is told the
    prices where there are no stocks: then they are a certificate.
    """
    parts = [aim.parts[0] for aim in case.aims]
    if len(case.aims[number].parts) == 1 and parts[number].measure == "resources_used":
        return -parts[number].factor * fewest(case, goals[:number])
    if any(len(aim.parts) > 1 for aim in case.aims) or any(
        aim.tolerance for aim in case.aims[:-1]
    ):
        return None
    if parts[number].measure == "broken" or not case.facts.timed.any():
        return None
    stocks = np.zeros(len(case.facts.requirement_ids), np.bool_)
    stocks[case.facts.requirement[case.right[case.facts.divisible[case.left]]]] = True
    by_stocks = stocks[case.facts.requirement[case.right]]
    people, others = case.part(np.flatnonzero(~by_stocks)), case.part(np.flatnonzero(by_stocks))
    if len(people.left) == 0:
        return None
    longest = deadline.share(2.0)

    def look(seconds: float) -> None:
        """Nothing is proved before all pairs were looked at, which may take twice the time there is for it,
        but no longer.
        """
        case.facts.deadline.check(seconds)
        if seconds > LITTLE:
            longest.check(seconds)

    held = HELD * (int(np.abs(case.weight).max()) if parts[number].measure == "weight" else 1)
    counts = [0 if part.measure in COSTS else held for part in parts[:number]] + [1]
    bound, spent = 0, 0.0
    try:
        for part, count, value in zip(parts, counts, (*goals[:number], 0), strict=False):
            if count:
                look(spent)  # what the one before took
                began = time.monotonic()
                bound += count * (part.factor * most_of_goal(others, part, deadline) - value)
                spent = time.monotonic() - began
        blocks, _ = blocks_of(people, parts, counts)
        priced = price_blocks(blocks, deadline=deadline, look=look, engine=engine)
    except (
        BudgetError,
        StoppedError,
    ):  # numbers too large for blocks or flows, or too little time for them
        return None
    if len(others.left) == 0:
        digits = (*counts, *(0 for _ in parts[number + 1 :]))
        weeks = SchedulingRelaxation(
            blocks, np.zeros(0, np.intp), digits, case.ceilings, tuple(floors_of(case, parts))
        )
        proved(priced_case(case, weeks, priced, None))
    return bound + priced.bound
