"""The flow of a case in which requirements are split into their open and their kept places, and whoever is of
no group that all places are kept for is capped.

Every plan that keeps the hard set-asides is a flow of it, in which each unit stands at a place; what is
earned at the places processed first counts more than all that comes later. Places of several requirements
that are not all that those serve who serve there are left out: groups and requirements are no nested sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int32, Int64, Intp, most_by
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.general.network_parts import (
    RequirementPairs,
    cap_trees,
    carried,
)
from matchkit.compile.goals import SHARED, flow_goals
from matchkit.compile.rules.set_asides import hard_at, places_of, places_wanted
from matchkit.graph.candidates import PairList
from matchkit.graph.network import CapTree, Goals, GoalValues, Network, UnitSteps
from matchkit.model import Aim, Part
from matchkit.model.rules import SetAside
from matchkit.model.rules.set_asides import Places
from matchkit.solvers.mip.formulation import GoalDigits

Who = tuple[str, bool] | None
"""A group, and whether those in it or all others may stand at a node; None: all may."""
LARGEST = 2**50
"""What a pair counts stays below this."""


@dataclass(frozen=True, slots=True)
class SplitFlow:
    """The network and its goals. ``left``, ``node`` and ``pair`` (intp (pairs,)) are of every pair of the
    network, ascending by both nodes: these, and the first pair of the case that it is part of.
    """

    network: Network
    goals: Goals
    left: Intp
    node: Intp
    pair: Intp
    digits: GoalDigits
    last: tuple[str, ...]
    """The goals that the flow counts in one number, with the digit of each."""

    def bounds(self, bound: GoalValues) -> dict[str, int]:
        """A bound of the flow by goal of the case."""
        found = dict(zip(self.goals.names[:-1], bound, strict=False))
        return found | dict(zip(self.last, self.digits.bounds(bound[-1]), strict=True))


def split_flow(case: IntegerModel) -> SplitFlow | None:
    """The flow; None where no requirement has places of its own that are kept, or the goals are none that a
    flow counts.
    """
    places, (units, communities) = _Places.of(case), cap_trees(case)
    people = units if units.size else _capped_people(case)
    whole = len(places.need) == len(case.needs[0])
    if len(case.left) == 0 or (whole and (units.size or not people.size)):
        return None
    aims = case.aims
    first = next(
        (at for at, aim in enumerate(aims) if aim.parts[0].order is not None),
        len(aims) - 1,
    )
    last = aims[first:]
    orders = [aim.parts[0].order for aim in last[:-1]]
    plain = all(
        len(aim.parts) == 1 and aim.parts[0].factor == 1 and not aim.tolerance
        for aim in aims
    )
    if (
        not plain
        or case.keeps
        or any(part.measure in SHARED for aim in aims for part in aim.parts)
        or last[-1].parts[0].measure != "weight"
        or any(order is None for order in orders)
        or not places.all_ordered(orders)
    ):
        return None
    wanted, minimum, tier = case.needs
    weight = Aim(name=last[-1].name, parts=(Part(measure="weight"),))
    fills = flow_goals((*aims[:first], weight), tier, minimum, wanted)
    if not fills.weight:
        return None
    # A pair of the network is a pair of the case at a place.
    lefts, needs, begins, _, worth, most = RequirementPairs.of(case)
    at, node = places.pairs(lefts, needs)
    by = np.lexsort((node, lefts[at]))
    at, node = at[by], node[by]
    reach = most_by(needs, np.abs(worth), len(wanted))
    span = sum((reach * wanted).tolist())
    count = len(last)
    digits = GoalDigits.of([-span] * count, [span] * count, range(count))
    if digits.digits[0] * max(1, int(reach.max())) * 2 >= LARGEST:
        return None
    each = np.ones(len(places.order), np.int64)
    for order, digit in zip(orders, digits.digits, strict=False):
        each[places.order == order] += digit
    counted = worth[at] * each[node]
    tree, right, caps = places.tree(communities, fills.right)
    sizes = len(case.lists.resources), len(places.order)
    pairs = PairList.of(*sizes, lefts[at], node, counted, most[at])
    network = Network(pairs, carried(case), places.capacity, people, tree)
    goals = Goals(
        names=fills.names,
        weight=True,
        left=fills.left,
        right=right,
        left_caps=fills.left_caps,
        right_caps=caps,
    )
    names = tuple(aim.name for aim in last)
    return SplitFlow(network, goals, lefts[at], node, begins[at], digits, names)


@dataclass(frozen=True, slots=True)
class _Places:
    """Nodes of the right side: one a requirement or, where places of its own are kept, one for its open ones
    and one for each rule; for one group without an order, one for it and one for all others.

    ``need`` is intp, ``capacity`` and ``order`` int64, each (nodes,); ``group`` says who may stand there.
    """

    case: IntegerModel
    need: Intp
    capacity: Int64
    order: Int64
    group: tuple[Who, ...]

    @classmethod
    def of(cls, case: IntegerModel) -> _Places:
        """The nodes of a case."""
        facts, wanted = case.facts, case.needs[0]
        nodes: list[tuple[int, int, int, Who]] = []
        split: set[int] = set()
        for rules in sorted(
            _by_places(case).values(),
            key=lambda rules: not any(rule.order for rule in rules),
        ):
            some = rules[0]
            mine = np.unique(facts.requirement[places_of(some, facts)])
            if len(mine) != 1 or int(mine[0]) in split:
                continue
            need, whole = int(mine[0]), int(wanted[mine[0]])
            kept = hard_at(some, facts).values()
            left = max(0, whole - sum(rule.least for rule in kept))
            groups = {case.lists.lexicon.key(rule.group) for rule in rules}
            if len(groups) == 1 and not any(rule.order for rule in rules):
                # One node for the group, one for all others: what each may have.
                most = min(whole, *(rule.most for rule in rules))
                nodes.append((need, most, 0, (some.group, True)))
                nodes.append((need, left, 0, (some.group, False)))
            elif kept:
                nodes.append((need, left, 0, None))
                nodes += [
                    (need, min(rule.least, whole), rule.order, (rule.group, True))
                    for rule in kept
                ]
            else:
                continue
            split.add(need)
        nodes += [
            (need, int(wanted[need]), 0, None)
            for need in range(len(wanted))
            if need not in split
        ]
        nodes.sort(key=lambda node: node[0])
        return cls(
            case,
            np.array([node[0] for node in nodes], np.intp),
            np.array([node[1] for node in nodes], np.int64),
            np.array([node[2] for node in nodes], np.int64),
            tuple(node[3] for node in nodes),
        )

    def all_ordered(self, orders: Sequence[int | None]) -> bool:
        """Whether all places that are processed at these orders have nodes, or there is one order only."""
        ordered = sum(
            rule.order != 0
            for rules in self.case.facts.kept_places.values()
            for rule in rules.values()
        )
        return not orders or ordered == int((self.order != 0).sum())

    def pairs(self, lefts: Intp, needs: Intp) -> tuple[Intp, Intp]:
        """Pair and node of every way for a pair (intp (pairs,) both) to stand at a place."""
        at, node = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
        by_need = np.argsort(needs, kind="stable")
        first = np.searchsorted(needs[by_need], self.need)
        end = np.searchsorted(needs[by_need], self.need, "right")
        for number, group in enumerate(self.group):
            mine = by_need[first[number] : end[number]]
            if group is not None:
                name, inside = group
                mine = mine[self.case.facts.of_group(name)[lefts[mine]] == inside]
            at.append(mine)
            node.append(np.full(len(mine), number))
        return np.concatenate(at), np.concatenate(node)

    def tree(
        self, communities: CapTree, steps: UnitSteps
    ) -> tuple[CapTree, UnitSteps, UnitSteps]:
        """The caps of communities with one more for each requirement that is split, above its nodes; and what
        units count, of the nodes and of the caps, where ``steps`` are those of requirements.
        """
        wanted = self.case.needs[0]
        many = np.bincount(self.need, minlength=len(wanted))
        split = np.flatnonzero(many > 1)
        cap = np.full(len(wanted), -1, np.int32)
        cap[split] = communities.size + np.arange(len(split), dtype=np.int32)
        of: Int32 = np.where(cap >= 0, cap, communities.of)[self.need].astype(np.int32)
        tree = CapTree(
            of,
            np.concatenate([communities.parent, communities.of[split]]),
            np.concatenate([communities.capacity, wanted[split]]),
        )
        leaf = np.searchsorted(self.need, np.arange(len(wanted))).astype(np.int32)
        inside = cap[steps.node] >= 0
        own = UnitSteps(
            leaf[steps.node[~inside]], steps.units[~inside], steps.gain[~inside]
        )
        above = UnitSteps(
            cap[steps.node[inside]], steps.units[inside], steps.gain[inside]
        )
        return tree, own, above


def _by_places(case: IntegerModel) -> dict[Places, list[SetAside]]:
    """The hard set-asides by what they name their places by."""
    found: dict[Places, list[SetAside]] = {}
    for rule in case.lists.problem.rules:
        if isinstance(rule, SetAside) and rule.soft is None:
            found.setdefault(rule.places, []).append(rule)
    return found


def _capped_people(case: IntegerModel) -> CapTree:
    """Caps on resources by hard set-asides of all places that those who stand there serve anywhere: on the
    group, and on all others; of several groups on those in none, in none but the first, and so on, as nested
    caps can say.
    """
    facts, resources = case.facts, len(case.lists.resources)
    of = np.full(resources, -1, np.int32)
    parent, capacity = list[int](), list[int]()
    for mine in _by_places(case).values():
        some = mine[0]
        mask = places_of(some, facts)
        if len(np.unique(facts.requirement[mask])) == 1:  # these have nodes
            continue
        there = mask[case.right]
        inside = np.zeros(resources, np.bool_)
        inside[case.left[there]] = True
        if inside[case.left[~there]].any() or (of[inside] >= 0).any():
            continue
        kept = {rule.group: rule.least for rule in hard_at(some, facts).values()}
        left = max(0, places_wanted(some, facts) - sum(kept.values()))
        groups = {case.lists.lexicon.key(rule.group) for rule in mine}
        if len(groups) == 1:
            members = inside & facts.of_group(some.group)
            of[members], of[inside & ~members] = len(parent), len(parent) + 1
            parent += [-1, -1]
            capacity += [min(rule.most for rule in mine), left]
            continue
        # From the outermost cap to the innermost, each with the members of one group less.
        chain = list(kept.items())
        open_to = inside.copy()
        for number in range(len(chain)):
            open_to &= ~facts.of_group(chain[number][0])
            of[open_to] = len(parent)
            parent.append(len(parent) - 1 if number else -1)
            missing = sum(least for _, least in chain[number + 1 :])
            capacity.append(left + missing)
    return CapTree(of, np.array(parent, np.int32), np.array(capacity, np.int64))
