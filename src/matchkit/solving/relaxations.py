"""What is known of a case before and beside its search, in the time there is: bounds by goal and quantities
of the flow and of the block relaxation, and its packing.
"""

from __future__ import annotations

from dataclasses import replace

from matchkit.compile.general.fewest import with_fewest
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.general.packing import packing_of
from matchkit.compile.general.relaxation import relaxed
from matchkit.compile.general.scheduling import SolvedScheduling, solve_scheduling
from matchkit.compile.goals import COSTS
from matchkit.deadline import Deadline
from matchkit.errors import StoppedError
from matchkit.graph.network import GoalValues
from matchkit.solvers.mip.packing import Packing
from matchkit.solvers.mip.search import SMALL, WHOLE
from matchkit.solvers.mip.state import Relaxed
from matchkit.solving.request import Request


def _as_far_as_it_holds(loose: Relaxed | None, case: IntegerModel) -> Relaxed | None:
    """A relaxation's bounds without those of goals that an earlier one may give something up for: in order,
    they say nothing of those.
    """
    first = next(
        (number for number, aim in enumerate(case.aims[:-1]) if aim.tolerance),
        len(case.aims),
    )
    if loose is None or first == len(case.aims):
        return loose
    return Relaxed(
        (*loose.bounds[: first + 1], *case.upper_bounds[first + 1 :]), loose.quantity
    )


def flow_relaxation(case: IntegerModel, deadline: Deadline) -> Relaxed | None:
    """What is known of the bounds before the search; and the flow relaxation's plan."""
    loose = _as_far_as_it_holds(relaxed(case, deadline.share(0.3)), case)
    if loose is not None:
        # What a pair loses is taken off the flow's own bound: the other one holds only for plans that fill as
        # much as any.
        return replace(
            loose, bounds=with_fewest(case, loose.bounds), losses_from=loose.bounds
        )
    bounds = with_fewest(case, case.upper_bounds)
    return None if bounds == case.upper_bounds else Relaxed(bounds, None)


def block_relaxation(
    case: IntegerModel,
    goals: GoalValues | None,
    bounds: GoalValues | None,
    deadline: Deadline,
    request: Request,
) -> SolvedScheduling | None:
    """The block engine's answer, where it counts the first goal that is open or, where none is, every
    goal.
    """
    if len(case.left) <= SMALL:
        return None
    number = next(
        (
            n
            for n, (value, bound) in enumerate(
                zip(goals or (), bounds or (), strict=False)
            )
            if value < bound
        ),
        None,
    )
    if number is None and goals is not None:
        # All is proven: prices can be the certificate, but not of how many are used.
        costs = any(
            part.measure == "resources_used" for aim in case.aims for part in aim.parts
        )
    else:
        costs = all(part.measure in COSTS for part in case.aims[number or 0].parts)
    if costs:
        return None
    return solve_scheduling(
        case,
        deadline.share(0.9 if len(case.left) > WHOLE else 0.4),
        request.gap,
        request.search_engine,
    )


def packing_in_time(case: IntegerModel, loose: Relaxed | None) -> Packing | None:
    """The packing of a case; None where writing it would take the time for the plan that the relaxation
    has.
    """
    deadline = case.facts.deadline
    if loose is None or loose.quantity is None:
        return packing_of(case)
    case.facts.deadline = deadline.share(0.5)
    try:
        return packing_of(case)
    except StoppedError:
        return None
    finally:
        case.facts.deadline = deadline
