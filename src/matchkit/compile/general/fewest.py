"""The fewest resources that can fill what is asked for: a bound of ``resources_used`` where all goals before
it are at theirs.
"""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, sums_by
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.general.scheduling import FILLING, budgets
from matchkit.compile.goals import of_tier


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
            mine = of_tier(tier, part)
            asked[part.measure][mine] = counted[part.measure][mine]
            most += part.factor * int(counted[part.measure][mine].sum())
        missing += max(0, -((value - most) // min(part.factor for part in aim.parts)))
    return asked["minimum"] + asked["filled"], missing


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
    able = sums_by(case.left, case.most, len(case.facts.capacity))
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
