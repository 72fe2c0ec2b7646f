"""Closer bounds for one goal where all goals before it are at theirs: the fewest resources that can fill what
is asked for, and prices on slots with every resource's best block.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from matchkit.arrays import Int64
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.general.relaxation import most_of_goal
from matchkit.compile.general.scheduling import (
    SchedulingRelaxation,
    SolvedScheduling,
    blocks_of,
    budgets,
    lower_bounds_of,
    priced_case,
)
from matchkit.compile.goals import COSTS
from matchkit.deadline import Deadline
from matchkit.engines import DEFAULT_MIP
from matchkit.engines.program import MipEngine
from matchkit.errors import BudgetError, StoppedError
from matchkit.model import Part
from matchkit.solvers.lagrangian.price_blocks import price_blocks
from matchkit.solvers.mip.formulation import GoalDigits

FILLING = ("minimum", "filled")


def with_fewest(case: IntegerModel, bounds: tuple[int, ...]) -> tuple[int, ...]:
    """Bounds by goal, true as a vector in order, with those on ``resources_used`` as close as ``fewest``
    knows.

    None after a goal with a tolerance: it is counted from the goal's best, of which a bound says only what it
    is at most.
    """
    found = list(bounds)
    for number, aim in enumerate(case.aims):
        if len(aim.parts) == 1 and aim.parts[0].measure == "resources_used":
            found[number] = min(
                found[number],
                -aim.parts[0].factor * fewest(case, tuple(found[:number])),
            )
        if aim.tolerance:
            break
    return tuple(found)


def fewest(case: IntegerModel, before: tuple[int, ...]) -> int:
    """How many resources every plan uses that reaches ``before`` in the goals before.

    Of the units that those goals count so many may be missing as they lie below all that can be filled. The
    others need, at every moment, a resource of its own each (times widened by the shortest rest), and in all
    so many resources as have the capacity and the hours for them.
    """
    asked, missing = _asked(case, before)
    if missing >= int(asked.sum()):
        return 0
    facts = case.facts
    need = facts.requirement[case.right]
    shared = np.zeros(len(asked), np.bool_)
    shared[need[facts.divisible[case.left]]] = True
    alone = np.where(shared, 0, asked)
    budget, uses = budgets(case)
    longest = int(uses[alone > 0].max(initial=0))
    return max(
        _busiest(case, alone) - missing,
        _enough(_most_units(case), int(asked.sum()) - missing),
        _enough(
            _most_hours(case, budget, uses),
            int((alone * uses).sum()) - missing * longest,
        ),
        0,
    )


def _asked(case: IntegerModel, before: tuple[int, ...]) -> tuple[Int64, int]:
    """Units of every requirement that goals of filling alone count, and how many of them may be missing."""
    wanted, minimum, tier = case.needs
    there = np.bincount(case.facts.requirement[case.right], minlength=len(wanted)) > 0
    counted = {
        "minimum": np.where(there, minimum, 0),
        "filled": np.where(there, wanted - minimum, 0),
    }
    asked = {measure: np.zeros(len(wanted), np.int64) for measure in FILLING}
    missing = 0
    for aim, value in zip(case.aims, before, strict=False):
        if any(part.measure not in FILLING for part in aim.parts):
            continue
        most = 0
        for part in aim.parts:
            mine = _of_tier(tier, part)
            asked[part.measure][mine] = counted[part.measure][mine]
            most += part.factor * int(counted[part.measure][mine].sum())
        missing += max(0, -((value - most) // min(part.factor for part in aim.parts)))
    return asked["minimum"] + asked["filled"], missing


def _of_tier(tier: Int64, part: Part) -> np.ndarray:
    return np.ones(len(tier), np.bool_) if part.tier is None else tier == part.tier


def _busiest(case: IntegerModel, asked: Int64) -> int:
    """The most units asked for at one moment, of demands with fixed times."""
    facts, lists = case.facts, case.lists
    people = case.left[~facts.divisible[case.left]]
    rest = int(case.rest[people].min()) if len(people) else 0
    changes: dict[int, int] = {}
    for number, name in enumerate(facts.requirement_ids):
        slot = lists.right[name]
        if asked[number] and not facts.flexible[slot]:
            merged: list[list[int]] = []
            for start, end in facts.spans[slot]:
                if merged and start <= merged[-1][1]:
                    merged[-1][1] = end + rest
                else:
                    merged.append([start, end + rest])
            for start, end in merged:
                changes[start] = changes.get(start, 0) + int(asked[number])
                changes[end] = changes.get(end, 0) - int(asked[number])
    busiest = busy = 0
    for moment in sorted(changes):
        busy += changes[moment]
        busiest = max(busiest, busy)
    return busiest


def _most_units(case: IntegerModel) -> Int64:
    able = np.zeros(len(case.facts.capacity), np.int64)
    np.add.at(able, case.left, case.most)
    return np.minimum(able, case.facts.capacity)


def _most_hours(case: IntegerModel, budget: Int64, uses: Int64) -> Int64:
    """Units of time that every resource that is not divisible can give."""
    able = np.zeros(len(case.facts.capacity), np.int64)
    single = ~case.facts.divisible[case.left]
    np.add.at(able, case.left[single], uses[case.facts.requirement[case.right[single]]])
    return np.where(budget < 0, able, np.minimum(able, budget))


def _enough(each: Int64, total: int) -> int:
    """How many of the greatest add up to a total, where all of them do; else all."""
    if total <= 0:
        return 0
    return min(
        len(each), int(np.searchsorted(np.cumsum(np.sort(each)[::-1]), total)) + 1
    )


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
    people, others = (
        case.part(np.flatnonzero(~by_stocks)),
        case.part(np.flatnonzero(by_stocks)),
    )
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

    held = HELD * (
        int(np.abs(case.weight).max()) if parts[number].measure == "weight" else 1
    )
    counts = [0 if part.measure in COSTS else held for part in parts[:number]] + [1]
    bound, spent = 0, 0.0
    try:
        for part, count, value in zip(
            parts, counts, (*goals[:number], 0), strict=False
        ):
            if count:
                look(spent)  # what the one before took
                began = time.monotonic()
                bound += count * (
                    part.factor * most_of_goal(others, part, deadline) - value
                )
                spent = time.monotonic() - began
        blocks, _ = blocks_of(people, parts, counts)
        priced = price_blocks(blocks, deadline=deadline, look=look, engine=engine)
    except (BudgetError, StoppedError):
        # Numbers are too large for blocks or flows, or there is too little time for them.
        return None
    if len(others.left) == 0:
        digits = (*counts, *(0 for _ in parts[number + 1 :]))
        lower_bounds = tuple(lower_bounds_of(case, parts))
        weeks = SchedulingRelaxation(
            blocks,
            np.zeros(0, np.intp),
            GoalDigits(digits, lower_bounds, case.upper_bounds),
        )
        proved(priced_case(case, weeks, priced, None))
    return bound + priced.bound
