"""How units are shared between communities, demands, requirements, resources or units: what every unit of
theirs counts in a goal of coverage or loads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from matchkit.arrays import Int32, Int64, Intp
from matchkit.compile.goals import SHARED
from matchkit.compile.history import ShareBefore, shares_before
from matchkit.compile.levels import Owners
from matchkit.compile.numbering import Numbering
from matchkit.compile.trees import CappedNodes
from matchkit.errors import BudgetError
from matchkit.graph.network import CapTree, Goals, UnitSteps
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
        best = np.zeros(len(self.ids), np.int64)
        np.maximum.at(best, node, total - before)
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
    """Coverage and loads among the goals of these names, those that differ by level alone together; of
    requirements by id, and of all resources.
    """
    place = {name: number for number, name in enumerate(names)}
    together: dict[Part, list[tuple[int, Part]]] = {}
    for aim in aims:
        part = aim.parts[0]
        if part.measure in SHARED and aim.name in place:
            whole = part.model_copy(update={"level": None})
            together.setdefault(whole, []).append((place[aim.name], part))
    return tuple(
        _shares(whole, levels, lists, len(names)) for whole, levels in together.items()
    )


def coverage_part(aims: Sequence[Aim], of: FairBetween, tier: int | None) -> Part:
    """The coverage that goals ask for between these, of a tier or (None) across all, without its level; where
    none does, that by leximin.
    """
    asked = (part for aim in aims for part in aim.parts if part.measure == "coverage")
    whole = (part.model_copy(update={"level": None}) for part in asked)
    mine = (part for part in whole if (part.of, part.tier) == (of, tier))
    return next(mine, Part(measure="coverage", of=of, tier=tier))


def coverage_of(lists: Numbering, part: Part) -> FlowShares:
    """A coverage as the only goal of a flow, without levels, whether or not the problem asks for it, with a
    leaf for every requirement, also of flexible demands. Raises BudgetError where it has too many units.
    """
    return _shares(part, [(0, part)], lists, 1)


def _shares(
    part: Part,
    levels: Sequence[tuple[int, Part]],
    lists: Numbering,
    count: int,
) -> FlowShares:
    """Coverage or loads of so many goals; ``levels`` are their numbers and measures."""
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
    total = np.zeros(len(ids), np.int64)
    np.add.at(total, of[of >= 0], np.array(units, np.int64)[of >= 0])
    place = shares_before(
        lists.problem, part, dict(zip(ids, total.tolist(), strict=True))
    )
    stand = [place[name] for name in ids]
    goals, parts = zip(*levels, strict=True)
    if parts[0].level is not None:
        named = dict(zip(parts, goals, strict=True))
        steps = _steps_by_level(total, stand, named, count)
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


def with_shares(
    trees: tuple[CapTree, CapTree],
    goals: Goals,
    shares: Sequence[FlowShares],
    locked: tuple[Int64, Int64],
    capped: CappedNodes,
) -> tuple[CapTree, CapTree, Goals]:
    """Trees and goals of a flow in which coverage and loads count. Those with several leaves become nodes of
    the trees, where ``placed`` says; ``locked`` is what locks use of every leaf, int64 (resources,) and
    (requirements,): it uses up the first units. ``capped`` are the communities of the second tree.
    """
    both = list(trees)
    own, above = [goals.left, goals.right], [goals.left_caps, goals.right_caps]
    for side in (0, 1):
        mine = [one for one in shares if one.is_right == bool(side)]
        first = both[side].size
        both[side], places = placed(both[side], mine, capped, locked[side])
        for one in mine:
            steps = one.steps
            if one.alone:
                leaf = np.zeros(len(one.ids), np.int32)
                leaves = np.flatnonzero(one.of >= 0)
                leaf[one.of[leaves]] = leaves
                own[side] = own[side].also(replace(steps, node=leaf[steps.node]))
                continue
            node = places[first + steps.node].astype(np.int32)
            rest = replace(steps.without(one.sums(locked[side])), node=node)
            above[side] = UnitSteps.joined([above[side], rest])
            first += len(one.ids)
    left, right = (steps.without(used) for steps, used in zip(own, locked, strict=True))
    whole = replace(
        goals,
        left=left,
        right=right,
        left_caps=above[0],
        right_caps=above[1],
        shared=tuple(goal for one in shares for goal in one.goals),
    )
    return both[0], both[1], whole


def placed(
    tree: CapTree, shares: Sequence[FlowShares], capped: CappedNodes, locked: Int64
) -> tuple[CapTree, Intp]:
    """A tree with a node more for each of those whose units count together, never full; and where every cap,
    and after these every such node, stands in it (intp (nodes,)).

    The node stands above its leaves and below all caps on them, but of communities so many steps below the
    root, above the caps that lie deeper. ``locked``, int64 (leaves,), is what locks use.
    """
    caps = tree.size
    of, parent, capacity = tree.of.copy(), [tree.parent], [tree.capacity]
    inside = np.full(caps, -1, np.int32)
    first = caps
    for one in shares:
        if one.alone:
            continue
        mine = np.flatnonzero(one.of >= 0)
        above = np.full(len(one.ids), -1, np.int32)
        above[one.of[mine]] = tree.of[mine]
        if one.parts[0].depth is not None:
            above = np.array([capped.of(name) for name in one.ids], np.int32)
        # From every leaf upwards: caps below the one it counts for hang below that one's node.
        top, here = above[one.of[mine]], tree.of[mine].copy()
        node = (one.of[mine] + first).astype(np.int32)
        of[mine[here == top]] = node[here == top]
        while (here != top).any():
            lower = here != top
            here, top, node = here[lower], top[lower], node[lower]
            last = tree.parent[here] == top
            inside[here[last]] = node[last]
            here = tree.parent[here]
        total = np.zeros(len(one.ids), np.int64)
        np.add.at(total, one.steps.node, one.steps.units)
        parent.append(above)
        capacity.append(total - one.sums(locked))
        first += len(one.ids)
    parent[0] = np.where(inside >= 0, inside, tree.parent).astype(np.int32)
    whole = CapTree(of, np.concatenate(parent), np.concatenate(capacity))
    return (whole, np.arange(whole.size)) if (inside < 0).all() else _in_order(whole)


def _in_order(tree: CapTree) -> tuple[CapTree, Intp]:
    """The tree numbered anew, every parent before its children; and the new number of every node."""
    below, here = np.zeros(tree.size, np.int64), tree.parent.copy()
    while (here >= 0).any():
        below += here >= 0
        here = np.where(here >= 0, tree.parent[here], -1)
    order = np.argsort(below, kind="stable")
    places = np.empty(tree.size, np.intp)
    places[order] = np.arange(tree.size)
    # The last entry is that of no node.
    number = np.append(places, -1).astype(np.int32)
    return CapTree(
        number[tree.of], number[tree.parent[order]], tree.capacity[order]
    ), places
