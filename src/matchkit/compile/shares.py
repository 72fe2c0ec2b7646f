"""How units are shared between communities, demands, requirements, resources or units: what every unit of
theirs counts in a goal of coverage or loads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from matchkit.arrays import Int32, Int64, most_by, sums_by
from matchkit.compile.goals import SHARED
from matchkit.compile.history import ShareBefore, shares_before
from matchkit.compile.levels import Owners
from matchkit.compile.numbering import Numbering
from matchkit.errors import BudgetError
from matchkit.graph.network import UnitSteps
from matchkit.messages.message import Message
from matchkit.model import Aim, Part
from matchkit.model.objective import FairBetween
from matchkit.solvers.flow.fairness import even_steps, fair_steps
from matchkit.solvers.flow.past import steps_over_rounds

MOST_GAINS = 2**24
"""Units times goals are no more where levels are goals."""


@dataclass(frozen=True, slots=True)
class FlowShares:
    """Coverage or loads of some: one goal, or one for each level.

    Attributes:
        goals: their numbers among the goals of a flow.
        parts: their measures.
        ids: of those whose units count, ascending.
        of: int32 (requirements,) or (resources,): the number of the one that a leaf belongs to, -1: to none.
        steps: what every unit counts, before any lock.
    """

    goals: tuple[int, ...]
    parts: tuple[Part, ...]
    ids: tuple[str, ...]
    of: Int32
    steps: UnitSteps

    @property
    def is_right(self) -> bool:
        """Whether requirements are its leaves; else resources."""
        return self.parts[0].measure == "coverage"

    @property
    def alone(self) -> bool:
        """Whether every leaf stands for itself."""
        return self.parts[0].of in ("requirements", "resources")

    def sums(self, amounts: Int64) -> Int64:
        """What all leaves (int64) of each have together: int64 (ids,)."""
        found = np.zeros(len(self.ids), np.int64)
        mine = self.of >= 0
        np.add.at(found, self.of[mine], amounts[mine])
        return found

    def most(self, part: Part) -> int:
        """What no plan exceeds in one of the parts: of each the most that its first units count, however many
        these are.
        """
        gain = self.steps.gain[:, dict(zip(self.parts, self.goals, strict=True))[part]]
        node, total = self.steps.node, np.cumsum(gain)
        before = (total - gain)[np.searchsorted(node, node)]
        best = most_by(node, total - before, len(self.ids))
        return sum(best.tolist())

    def values(self, amounts: Int64) -> dict[Part, int]:
        """What leaves that carry so much (int64) reach in every goal."""
        taken = self.steps.taken(self.sums(amounts))
        return {
            part: sum((taken * self.steps.gain[:, goal]).tolist())
            for part, goal in zip(self.parts, self.goals, strict=True)
        }

    def change(self, amounts: Int64, more: Mapping[int, int]) -> dict[Part, int]:
        """What more (or less) of some leaves changes in every goal, where leaves carry so much (int64)."""
        owners = Counter[int]()
        for leaf, by in more.items():
            if self.of[leaf] >= 0:
                owners[int(self.of[leaf])] += by
        before = self.sums(amounts)
        after = before.copy()
        which = np.array(sorted(owners), np.intp)
        after[which] += np.array([owners[one] for one in which.tolist()], np.int64)
        steps = self.steps.of(which)
        step = steps.taken(after[which]) - steps.taken(before[which])
        return {
            part: sum((step * steps.gain[:, goal]).tolist())
            for part, goal in zip(self.parts, self.goals, strict=True)
        }


def values_of_shares(
    shares: Sequence[FlowShares], amounts: tuple[Int64, Int64]
) -> dict[Part, int]:
    """What resources that give and requirements that take so much (int64 each) reach in every goal."""
    return {
        part: value
        for one in shares
        for part, value in one.values(amounts[one.is_right]).items()
    }


def shares_of(
    aims: Sequence[Aim], names: Sequence[str], lists: Numbering
) -> tuple[FlowShares, ...]:
    """Coverage and loads among the goals of these names, each once, those that differ by level alone
    together; of requirements by id, and of all resources.
    """
    place = {name: number for number, name in enumerate(names)}
    together: dict[Part, dict[Part, int]] = {}
    for aim in aims:
        part = aim.parts[0]
        if part.measure in SHARED and aim.name in place:
            together.setdefault(part.whole, {}).setdefault(part, place[aim.name])
    return tuple(
        _shares(whole, levels, lists, len(names)) for whole, levels in together.items()
    )


def coverage_part(aims: Sequence[Aim], of: FairBetween, tier: int | None) -> Part:
    """The coverage that goals ask for between these, of a tier or (None) across all, without its level; where
    none does, that by leximin.
    """
    asked = (part for aim in aims for part in aim.parts if part.measure == "coverage")
    mine = (part.whole for part in asked if (part.of, part.tier) == (of, tier))
    return next(mine, Part(measure="coverage", of=of, tier=tier))


def coverage_of(lists: Numbering, part: Part) -> FlowShares:
    """A coverage as the only goal of a flow, without levels, whether or not the problem asks for it, with a
    leaf for every requirement, also of flexible demands. Raises BudgetError where it has too many units.
    """
    return _shares(part, {part: 0}, lists, 1)


def _shares(
    part: Part,
    levels: Mapping[Part, int],
    lists: Numbering,
    count: int,
) -> FlowShares:
    """Coverage or loads of so many goals; ``levels`` are their measures, each with its number."""
    owners: list[str | None]
    if part.measure == "coverage":
        sharing = Owners(lists.problem, part)
        slots = [lists.slots[lists.right[name]] for name in sorted(lists.places)]
        owners = [sharing.of(slot.demand, slot.requirement) for slot in slots]
        units = [slot.requirement.wanted for slot in slots]
    else:
        # Divisible stock is left out of loads.
        owners = [
            None
            if lists.lexicon.is_divisible(one)
            else one.unit
            if part.of == "units"
            else one.id
            for one in lists.resources
        ]
        units = [one.capacity for one in lists.resources]
    ids = tuple(sorted({owner for owner in owners if owner is not None}))
    number = {name: place for place, name in enumerate(ids)}
    of = np.array([-1 if one is None else number[one] for one in owners], np.int32)
    total = sums_by(of[of >= 0], np.array(units, np.int64)[of >= 0], len(ids))
    place = shares_before(
        lists.problem, part, dict(zip(ids, total.tolist(), strict=True))
    )
    stand = [place[name] for name in ids]
    parts, goals = tuple(levels), tuple(levels.values())
    if parts[0].level is not None:
        steps = _steps_by_level(total, stand, levels, count)
    elif any(one.is_past for one in stand):
        rule = part.rule if part.measure == "coverage" else "even"
        had, share = [one.had for one in stand], [one.share for one in stand]
        steps = steps_over_rounds(total, rule, count, goals[0], had, share)
    elif part.measure == "coverage":
        whole = np.array([one.share for one in stand], np.int64)
        steps = fair_steps(total, part.rule, count, goals[0], whole)
    else:
        steps = even_steps(total, count, goals[0], total if part.by == "rate" else None)
    if part.steps is not None and parts[0].level is None:
        most = int(steps.gain.max(initial=0))
        gain = np.maximum(steps.gain - max(0, most - part.steps), 0)
        steps = replace(steps, gain=gain)
    return FlowShares(goals, parts, ids, of, steps)


def _steps_by_level(
    total: Int64, stand: Sequence[ShareBefore], goals: Mapping[Part, int], count: int
) -> UnitSteps:
    """Every unit leaves a level for the next; a level counts against the plan. ``total``, int64 (ids,), is
    what each could have, ``stand`` where each stands before.
    """
    place = {str(part.level): goal for part, goal in goals.items()}
    pairs = list(zip(total.tolist(), stand, strict=True))
    at = {
        (most, one): np.array(
            [
                place.get(str(Fraction(one.had + k, one.share)), -1)
                for k in range(most + 1)
            ]
        )
        for most, one in set(pairs)
        if most
    }
    units = sum(total.tolist())
    if units * count > MOST_GAINS:
        most = MOST_GAINS // count
        raise BudgetError(Message.of("matching.fair_steps", units=units, most=most))
    node = np.repeat(np.arange(len(total), dtype=np.int32), total)
    gain = np.zeros((len(node), count + 1), np.int64)
    levels = [at[pair] for pair in pairs if pair[0]]
    every, none = np.arange(len(node)), np.zeros(0, np.int64)
    left = np.concatenate([none, *(one[:-1] for one in levels)])
    gained = np.concatenate([none, *(one[1:] for one in levels)])
    # The last column is of no goal.
    gain[every, left] += 1
    gain[every, gained] -= 1
    return UnitSteps(node, np.ones(len(node), np.int64), gain[:, :count])
