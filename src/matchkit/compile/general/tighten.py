"""A better bound for one goal where all goals before it are at theirs: by prices on slots and everybody's best week."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matchkit.compile.general.case import Case
from matchkit.compile.general.relaxation import most_of_goal
from matchkit.compile.general.weeks import RelaxedWeeks, Weeks, budgets, priced_case, reach, steps
from matchkit.compile.ragged import joint
from matchkit.errors import BudgetError
from matchkit.graph.candidates import Mask, Whole
from matchkit.matching.blocks import Blocks, Priced, price_blocks
from matchkit.matching.search.clock import Clock
from matchkit.model import Part

HELD = 4
"""What a unit of an earlier goal counts for beside the goal itself, which makes giving one up for the other not worth it."""


def goal_bound(
    case: Case, goals: tuple[int, ...], number: int, clock: Clock, proved: Callable[[RelaxedWeeks], None] = lambda _: None
) -> int | None:
    """What no plan that reaches ``goals[:number]`` exactly exceeds in goal ``number``; None where blocks cannot say.

    Earlier goals are held by a price each (Lagrangian relaxation; Geoffrion 1974): for any prices, the most of the goal plus
    what earlier goals count for, less what these plans have of them, is a bound. Requirements that stocks can serve go by
    a flow of their own, one goal at a time. ``proved`` is told the prices where there are no stocks: then they are a certificate.
    """
    parts = [aim.parts[0] for aim in case.aims]
    if any(len(aim.parts) > 1 or aim.parts[0].factor > 1 for aim in case.aims) or any(aim.tolerance for aim in case.aims[:-1]):
        return None
    if any(part.measure == "resources_used" for part in parts) or parts[number].measure == "broken" or not case.facts.timed.any():
        return None
    stocks = np.zeros(len(case.facts.requirement_ids), np.bool_)
    stocks[case.facts.requirement[case.right[case.facts.divisible[case.left]]]] = True
    by_stocks = stocks[case.facts.requirement[case.right]]
    people, others = case.part(np.flatnonzero(~by_stocks)), case.part(np.flatnonzero(by_stocks))
    if len(people.left) == 0:
        return None
    held = HELD * (int(np.abs(case.weight).max()) if parts[number].measure == "weight" else 1)
    counts = [0 if part.measure == "broken" else held for part in parts[:number]] + [1]
    try:
        blocks, priced = _people(people, parts, counts, clock)
    except BudgetError:  # numbers too large for blocks
        return None
    bound = priced.bound
    if len(others.left) == 0:
        ceilings, floors = reach(case, parts)
        digits = (*counts, *(0 for _ in parts[number + 1 :]))
        weeks = Weeks(blocks, np.zeros(0, np.intp), digits, tuple(ceilings), tuple(floors))
        # Slots that nobody can fill are left out of the blocks; in the certificate they earn nothing at this price.
        unearned = -priced.scale * np.maximum(blocks.minimum_gain, blocks.rest_gain)
        price = np.where(blocks.right_capacity > 0, priced.price, unearned)
        proved(priced_case(case, weeks, priced._replace(price=price), None))
    for part, count, value in zip(parts, counts, (*goals[:number], 0), strict=False):
        if count:
            bound += count * (most_of_goal(others, part) - value)
    return bound


def _people(case: Case, parts: list[Part], counts: list[int], clock: Clock) -> tuple[Blocks, Priced]:
    """The most of the goals together, each counting so much, that people who are at one place at a time can do."""
    lists, facts = case.lists, case.facts
    lefts, needs, which = joint(case.left, facts.requirement[case.right])
    weight = np.full(len(lefts), np.iinfo(np.int64).min)
    np.maximum.at(weight, which, case.weight)
    slots = [lists.slots[lists.right[name]] for name in facts.requirement_ids]
    there: Mask = np.zeros(len(slots), np.bool_)
    there[needs] = True
    rows = np.array([(slot.requirement.wanted, slot.requirement.minimum, slot.demand.tier) for slot in slots], np.int64)
    wanted, minimum, tier = np.where(there, rows[:, 0], 0), np.where(there, rows[:, 1], 0), rows[:, 2]
    minimum_gain, rest_gain, factor = np.zeros(len(slots), np.int64), np.zeros(len(slots), np.int64), 0
    for part, count in zip(parts, counts, strict=False):
        mine = np.ones(len(slots), np.bool_) if part.tier is None else tier == part.tier
        minimum_gain[mine] += count * (part.measure == "minimum")
        rest_gain[mine] += count * (part.measure == "filled")
        factor += count * (part.measure == "weight")
    begin, end = steps(case)
    budget, uses = budgets(case)
    worth: Whole = weight * factor
    blocks = Blocks(
        left=lefts.astype(np.int32), right=needs.astype(np.int32), weight=worth, left_count=len(lists.resources), right_count=len(slots),
        count=facts.capacity, budget=budget, uses=uses, begin=begin, end=end, right_capacity=wanted, right_minimum=minimum,
        minimum_gain=minimum_gain, rest_gain=rest_gain,
    )  # fmt: skip
    return blocks, price_blocks(blocks, seconds=clock.left(), stop=clock.stop)
