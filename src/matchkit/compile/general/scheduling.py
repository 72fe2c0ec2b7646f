"""A case as blocks: what ties the pairs of one resource stays in its block, what ties resources is priced or
left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int32, Int64, Intp
from matchkit.compile.general.cuts import Cut, lower_bounds_of
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.general.network_parts import (
    RequirementPairs,
    cap_trees,
    carried,
)
from matchkit.compile.goals import COSTS, of_tier
from matchkit.compile.times import iso_week, local_day, united
from matchkit.deadline import Deadline
from matchkit.engines import DEFAULT_MIP
from matchkit.engines.program import MipEngine
from matchkit.errors import BudgetError, StoppedError
from matchkit.messages.message import Message
from matchkit.model import HoursBudget, Part
from matchkit.solvers.lagrangian.blocks import BlockProblem
from matchkit.solvers.lagrangian.price_blocks import price_blocks
from matchkit.solvers.mip.formulation import GoalDigits, width
from matchkit.solvers.mip.state import Relaxed

FILLING = ("minimum", "filled")
"""What of a part counts filled slots."""
MOST = 2**58
"""What one pair earns, and one of any goal counts, stays below this."""
LARGEST = 2**50
"""What blocks earn in all stays below this."""


@dataclass(frozen=True, slots=True)
class SchedulingRelaxation:
    """Blocks of a case, with the way back: for every pair of the blocks a pair of the case, and every goal's
    digit.
    """

    blocks: BlockProblem
    pair: Intp
    digits: GoalDigits
    """What one of every goal counts for in the blocks' value."""


def scheduling_of(case: IntegerModel) -> SchedulingRelaxation | None:
    """The blocks of a case; None where stocks, goals of other kinds or nothing timed make them the wrong
    tool.
    """
    if len(case.left) == 0 or int(case.most.max()) > 1 or not case.suits_blocks:
        return None
    # A stock may be at two places at one time, a block may not.
    if (case.facts.divisible & (case.facts.capacity > 1))[case.left].any():
        return None
    measures = [aim.parts[0] for aim in case.aims]
    lower_bounds = lower_bounds_of(case, measures)
    digits = _digits(
        case.upper_bounds, lower_bounds, [part.measure in COSTS for part in measures]
    )
    blocks, pair = blocks_of(case, measures, digits.digits)
    return SchedulingRelaxation(blocks, pair, digits)


def blocks_of(
    case: IntegerModel, parts: Sequence[Part], counts: Sequence[int]
) -> tuple[BlockProblem, Intp]:
    """The blocks of a case where one of every measure counts so much, and for every pair of theirs a pair of
    the case (intp (pairs of blocks,)).

    A requirement is one node whatever its starts; what nobody can fill is not wanted. Caps that hard rules
    set are among them; a resource that is divisible is a stock.
    """
    lists, facts = case.lists, case.facts
    lefts, needs, pair, _, weight, most = RequirementPairs.of(case)
    wanted, minimum, tier = case.needs
    there = np.bincount(needs, minlength=len(wanted)) > 0
    (minimum_gain, rest_gain), factor = np.zeros((2, len(wanted)), np.int64), 0
    if (
        max(
            (count * part.factor for part, count in zip(parts, counts, strict=False)),
            default=0,
        )
        >= MOST
    ):
        raise BudgetError(Message.of("matching.earnings_large", earns=MOST, count=1))
    for part, count in zip(parts, counts, strict=False):
        mine = of_tier(tier, part)
        minimum_gain[mine] += count * part.factor * (part.measure == "minimum")
        rest_gain[mine] += count * part.factor * (part.measure == "filled")
        factor += count * part.factor * (part.measure == "weight")
    costs = int(case.activation.max(initial=0)) + len(lists.resources)
    earns = factor * max(int(np.abs(case.weight).max(initial=0)), costs)
    if earns >= MOST:
        raise BudgetError(Message.of("matching.earnings_large", earns=earns, count=1))
    begin, end, again = steps(case, lefts, needs)
    budget, uses = budgets(case)
    units, communities = cap_trees(case)
    blocks = BlockProblem(
        left=lefts.astype(np.int32),
        right=needs.astype(np.int32),
        weight=weight * factor,
        left_count=len(lists.resources),
        right_count=len(wanted),
        count=np.where(facts.divisible, carried(case), facts.capacity),
        budget=budget,
        uses=uses,
        begin=begin,
        end=end,
        right_capacity=np.where(there, wanted, 0),
        right_minimum=np.where(there, minimum, 0),
        minimum_gain=minimum_gain,
        rest_gain=rest_gain,
        again=again,
        loads=_loads(case),
        stock=facts.divisible & (facts.capacity > 1),
        most=most,
        left_caps=units,
        right_caps=communities,
    )
    return blocks, pair


def costs_of(case: IntegerModel, parts: Sequence[Part], counts: Sequence[int]) -> Int64:
    """What every resource costs that is used, int64 (resources,), where one of every measure counts so
    much.
    """
    cost = np.zeros(len(case.lists.resources), np.int64)
    for part, count in zip(parts, counts, strict=False):
        if part.measure == "weight":
            cost += count * part.factor * case.activation
        elif part.measure == "resources_used":
            cost += count * part.factor
    return cost


def _loads(case: IntegerModel) -> tuple[tuple[Int64, Int64], ...]:
    """By dimension what every resource has and every requirement uses, whatever its start."""
    facts, found = case.facts, []
    for has, used in zip(case.loads.has, case.loads.uses, strict=True):
        uses = np.zeros(len(facts.requirement_ids), np.int64)
        uses[facts.requirement] = used
        found.append((has, uses))
    return tuple(found)


def _digits(
    upper_bounds: Sequence[int], lower_bounds: Sequence[int], skipped: list[bool]
) -> GoalDigits:
    """Digits of the goals from the first on, as many as fit."""
    kept: list[int] = []
    filled = 1
    for number, (upper, lower) in enumerate(
        zip(upper_bounds, lower_bounds, strict=True)
    ):
        if skipped[number]:
            continue
        filled *= width(lower, upper)
        if filled >= LARGEST:
            break
        kept.append(number)
    return GoalDigits.of(lower_bounds, upper_bounds, kept)


class TimeSteps(NamedTuple):
    """Times as steps of one axis, a step for every moment at which something begins.

    Attributes:
        begin: int32 (requirements,), the first of its longest time; 0 where it has none or is flexible.
        end: int32 (pairs,), the step after the last, with the rest of the pair's resource; 0 where ``begin``
            stands for no time.
        again: int32 (3, times), other times: requirement, first step, and the step after the last with the
            shortest rest of all resources.
    """

    begin: Int32
    end: Int32
    again: Int32


def steps(case: IntegerModel, left: Intp, need: Intp) -> TimeSteps:
    """The steps that pairs of these resources and requirements (intp (pairs,) each) take."""
    facts, lists = case.facts, case.lists
    shortest = int(case.rest[left].min(initial=np.iinfo(np.int64).max))
    longest, others = [], []
    for number, name in enumerate(facts.requirement_ids):
        place = lists.right[name]
        spans = facts.spans[place]
        if not spans or facts.flexible[place]:
            longest.append((0, 0))
            continue
        first = max(spans, key=lambda span: (span[1] - span[0], -span[0]))
        longest.append((first[0], first[1]))
        others += [
            (number, start, until + shortest)
            for start, until in spans
            if (start, until) != first
        ]
    start, until = np.array(longest, np.int64).reshape(-1, 2).T
    again = np.array(others, np.int64).reshape(-1, 3).T
    timed = start < until
    moments = np.unique(np.concatenate([start[timed], again[1]]))
    begin = np.where(timed, np.searchsorted(moments, start), 0)
    end = np.searchsorted(moments, until[need] + case.rest[left])
    again[1:] = np.searchsorted(moments, again[1:])
    return TimeSteps(
        begin.astype(np.int32),
        np.where(timed[need], end, 0).astype(np.int32),
        again.astype(np.int32),
    )


def budgets(case: IntegerModel) -> tuple[Int64, Int64]:
    """The least budget of seconds of every resource over all time (int64 (resources,), -1: none), and what
    requirements use (int64 (requirements,)), both by the latter's gcd.
    """
    facts, lists = case.facts, case.lists
    uses = np.array(
        [int(facts.duration[lists.right[name]]) for name in facts.requirement_ids],
        np.int64,
    )
    budget = np.full(len(lists.resources), -1, np.int64)
    for rule in lists.problem.rules:
        if (
            isinstance(rule, HoursBudget)
            and rule.soft is None
            and rule.per in ("all", "week", "day")
        ):
            most = 60 * rule.minutes * _periods(case, rule)
            mine = facts.in_scope(rule)
            budget[mine] = np.where(
                budget[mine] < 0, most, np.minimum(budget[mine], most)
            )
    unit = max(1, gcd(*uses.tolist()))
    return np.where(budget < 0, -1, budget // unit), uses // unit


def _periods(case: IntegerModel, rule: HoursBudget) -> int:
    """How many periods of the rule the windows of all demands touch."""
    if rule.per == "all":
        return 1
    spans = {
        span for demand in case.lists.problem.demands for span in united(demand.times)
    }
    number = iso_week if rule.per == "week" else int
    step = 7 if rule.per == "week" else 1
    count, free = 0, 0
    for first, last in sorted(
        (number(local_day(start, rule.zone)), number(local_day(end - 1, rule.zone)))
        for start, end in spans
    ):
        count += max(0, last + step - max(first, free)) // step
        free = max(free, last + step)
    return count


@dataclass(frozen=True, slots=True, kw_only=True)
class SolvedScheduling(Relaxed):
    """What the block engine found for a case: bounds by goal, quantities to begin with, and the cut that
    proves the bounds.
    """

    cut: Cut


def solve_scheduling(
    case: IntegerModel, deadline: Deadline, gap: float, engine: MipEngine = DEFAULT_MIP
) -> SolvedScheduling | None:
    """What the block engine finds for a case in the time there is: a bound by goal, quantities and prices;
    None where it does not suit.
    """
    try:
        weeks = scheduling_of(case)
        if weeks is None:
            return None
        priced = price_blocks(
            weeks.blocks,
            deadline=deadline,
            gap=gap,
            look=case.facts.deadline.check,
            engine=engine,
        )
    # Goals in one number are too large for blocks, or time is too short: the search has its own bound.
    except (BudgetError, StoppedError):
        return None
    quantity = np.zeros(len(case.left), np.int64)
    quantity[weeks.pair[priced.chosen]] = 1
    digits = weeks.digits
    return SolvedScheduling(
        digits.bounds(priced.bound),
        quantity,
        cut=Cut.of(digits.digits, weeks.blocks, priced),
    )
