"""Changes of records as changes of arcs: after an event the arrays are made what the lists say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from matchkit.answers.apply import RecordLists
from matchkit.answers.changes import (
    AddDemand,
    AddResource,
    AddRule,
    Change,
    ChangeDemand,
    ChangeObjective,
    ChangeResource,
    ChangeRule,
    FreeAt,
    RemoveDemand,
    RemoveResource,
    RemoveRule,
    SetCapacity,
    SetWanted,
    Train,
)
from matchkit.compile.compiler import flow_obstacles
from matchkit.compile.goals import aims_of, flow_goals
from matchkit.compile.instance import Instance
from matchkit.compile.kept import kept_counts
from matchkit.compile.levels import Owners
from matchkit.compile.trees import capacities
from matchkit.errors import InputError, UnsupportedError
from matchkit.live.arrays import ENDLESS, LiveArrays, share_steps
from matchkit.live.eligible import (
    LiveEligibility,
    NodePairs,
    RecordSide,
    same_pairs,
)
from matchkit.model import Demand, Problem, ReferencePair, Requirement, Resource
from matchkit.model.rules import Cap, Forbid, Lock, MaxDistance
from matchkit.plan import Certificate, Plan
from matchkit.solvers.live.search import FlowMending, NoPathError, perform


class AnewError(Exception):
    """A change that alters goals, or all pairs: the plan is solved anew."""


class Session:
    """The records of a live plan and its arrays, between two solves."""

    def __init__(self, problem: Problem, plan: Plan, certificate: Certificate) -> None:
        instance = Instance(problem)
        self.arrays = LiveArrays(problem, plan, certificate)
        self._net, self._node = self.arrays.net, self.arrays.node
        self._eligible = LiveEligibility(problem, self.arrays)
        self._aims, self._shares = instance.aims, instance.shares
        apart = [one for one in self._shares if not one.alone]
        goals = [self.arrays.goals[one.goals[0]] for one in apart]
        self._unit_goals = [
            goal for goal, one in zip(goals, apart, strict=True) if not one.is_right
        ]
        self._owners = [
            (goal, Owners(problem, one.parts[0]))
            for goal, one in zip(goals, apart, strict=True)
            if one.is_right
        ]
        """The goals of those who share as nodes of their own: loads of units, and coverage."""
        self._divisible = self.arrays.lists.lexicon.is_divisible
        self._parents: dict[str, dict[str, str | None]] = {
            "unit": {one.id: one.parent for one in problem.units},
            "community": {one.id: one.parent for one in problem.communities},
        }
        self._unit_capacity = dict(capacities(self.arrays.lists))
        self._kept = kept_counts(instance.aims, self.arrays.goals)
        self._reference = dict[str, list[ReferencePair]]()
        for one in problem.reference:
            for name in (f"resource {one.resource}", f"requirement {one.requirement}"):
                self._reference.setdefault(name, []).append(one)
        self.restore(problem, ())

    def restore(self, start: Problem, changes: Iterable[Change]) -> None:
        """The records after these changes of the problem at the start."""
        self._lists = RecordLists(start)
        self._eligible.begin(self._lists)
        touched = set[tuple[RecordSide, str]]()
        for change in changes:
            touched.update(_touched(change, self._lists))
            self._lists.make(change, "")
        for side, name in touched:
            self._eligible.changed(side, name)

    def make(self, changes: Sequence[Change]) -> None:
        """Make changes, all or none (but for the records: see ``restore``).

        Raises AnewError, NoPathError where locks ask for what is not there, UnsupportedError where somebody
        could be sent to two places at one time, and InputError for unknown ids and the like.
        """
        lists = self._lists
        before = dict[tuple[RecordSide, str], Any]()
        rules = list[Any]()
        for number, change in enumerate(changes):
            match change:
                case AddRule():
                    rules.append(change.rule)
                case RemoveRule() | ChangeRule():
                    rules += lists.rules("label", change.label)
                    rules += [change.rule] if isinstance(change, ChangeRule) else []
                case ChangeObjective():
                    raise AnewError
            for side, name in _touched(change, lists):
                before.setdefault((side, name), getattr(lists, side).get(name))
            lists.make(change, f"changes[{number}]")
        if lists.faults.found:
            raise InputError(lists.faults.found)
        for side, name in before:
            self._eligible.changed(side, name)

        def sync(repair: FlowMending) -> None:
            for mend, of in ((self._resource, "resources"), (self._demand, "demands")):
                for (side, name), record in before.items():
                    if side == of:
                        mend(record, getattr(lists, side).get(name), repair)
            for rule in rules:
                self._rule(rule, repair)
            self._goals(before, rules, repair)

        perform(self._net, sync)

    # Resources

    def _resource(
        self, before: Resource | None, after: Resource | None, repair: FlowMending
    ) -> None:
        record = after or before
        if record is None:
            return
        if after is not None and (
            after.activation
            or after.unit not in self._lists.units
            or (before is not None and before.unit != after.unit)
            or (
                before is not None and self._divisible(before) != self._divisible(after)
            )
        ):
            raise AnewError
        key = "resource", record.id
        had, has = (0 if one is None else one.capacity for one in (before, after))
        if before is None:
            self._parents["unit"].update(
                {one.id: one.parent for one in self._lists.units.values()}
            )
            hub = self._hub("unit", record.unit)
            if not self._divisible(record):
                owners = [(goal, record.unit) for goal in self._unit_goals]
                hub = self._below(hub, owners, left=True)
            self.arrays.name(key, self._net.add_node(hub, left=True, capacity=0))
        node = self._node[key]
        self._capacity(node, record.unit, has - had, repair)
        if after is None:
            self._unlock(node, repair)
            self._pairs(node, _NO_PAIRS, None, repair)
            self._net.put(self._node, key, None)
        elif not same_pairs(before, after) or (
            not had and record.id in self._eligible.unpaired
        ):
            self._fit(after, None, repair)
        elif has > had:
            self._check([after])
        self._lock_again(node, repair)
        repair.link(node)

    def _capacity(self, node: int, unit: str, more: int, repair: FlowMending) -> None:
        """Another capacity, and what reserves leave of the units above."""
        if not more:
            return
        net, above = self._net, self._parents["unit"]
        net.set_link(node, capacity=int(net.capacity[node]) + more)
        here: str | None = unit
        while here is not None:
            whole = self._unit_capacity.get(here, 0) + more
            net.put(self._unit_capacity, here, whole)
            if ("unit", here) in self._node:
                self._cap("unit", here, repair)
            here = above[here]

    # Demands

    def _demand(
        self, before: Demand | None, after: Demand | None, repair: FlowMending
    ) -> None:
        old = {} if before is None else {need.id: need for need in before.requirements}
        new = {} if after is None else {need.id: need for need in after.requirements}
        if after is not None and (
            after.minutes is not None
            or any(need.uses for need in new.values())
            or after.community not in self._parents["community"]
            or (before is not None and before.community != after.community)
        ):
            raise AnewError
        for name in sorted(old.keys() - new.keys()):
            node = self._node["requirement", name]
            self._unlock(node, repair)
            self._net.set_link(node, capacity=0)
            self._pairs(node, _NO_PAIRS, None, repair)
            repair.link(node)
            self._net.put(self._node, ("requirement", name), None)
        if after is None:
            return
        for name, need in sorted(new.items()):
            if name not in old:
                owners = [
                    (goal, owner)
                    for goal, one in self._owners
                    if (owner := one.of(after, need)) is not None
                ]
                hub = self._hub("community", after.community)
                hub = self._below(hub, owners, left=False)
                node = self._net.add_node(hub, left=False, capacity=0)
                self.arrays.name(("requirement", name), node)
            self._steps(after, need)
        if not same_pairs(before, after):
            self._fit(after, None, repair)
        for name in sorted(new):
            node = self._node["requirement", name]
            self._lock_again(node, repair)
            repair.link(node)

    def _steps(self, demand: Demand, need: Requirement) -> None:
        """What the units of a requirement gain, and how many it wants."""
        columns = (demand.tier, need.minimum, need.wanted)
        goals = flow_goals(
            self._aims, *(np.array([one]) for one in columns), shared=True
        )
        if goals.names != self.arrays.goals:
            raise AnewError
        steps = zip(goals.right.units.tolist(), goals.right.gain.tolist(), strict=True)
        some = [(units, tuple(gain)) for units, gain in steps if units]
        node = self._node["requirement", need.id]
        ends = np.cumsum([units for units, _ in some]).tolist()
        self._net.set_steps(node, ends, [gain for _, gain in some])
        self._net.set_link(node, capacity=need.wanted)

    # Goals

    def _below(self, hub: int, owners: list[tuple[str, str]], *, left: bool) -> int:
        """The node at which a leaf of a hub hangs whose units count for these (goal and id)."""
        if not owners:
            return hub
        if len(owners) > 1:
            raise AnewError
        key = ("share", *owners[0])
        if key not in self._node:
            self.arrays.name(key, self._net.add_node(hub, left=left, capacity=0))
        return self._node[key]

    def _goals(
        self,
        before: Mapping[tuple[RecordSide, str], Any],
        rules: Sequence[Any],
        repair: FlowMending,
    ) -> None:
        """Let the units of those who share count by all that is wanted and offered now, after these records
        were others. AnewError where the goals are others than at the start.
        """
        wanted = any(side == "demands" for side, _ in before)
        offered = any(
            side == "resources"
            and getattr(one, "capacity", None)
            != getattr(self._lists.resources.get(name), "capacity", None)
            for (side, name), one in before.items()
        )
        mine = [one for one in self._shares if (wanted if one.is_right else offered)]
        capped = self._shares and any(isinstance(rule, Cap) for rule in rules)
        if not (wanted or mine or capped):
            return
        problem = self._lists.unchecked()
        if aims_of(problem) != self._aims:
            raise AnewError
        if not mine:
            return
        if any(part.depth is not None for one in mine for part in one.parts):
            raise AnewError
        for key, ends, gain in share_steps(Instance(problem), self._aims):
            node = self._node[key]
            known = self._net.steps.get(node)
            if known is None or known[:2] != (ends, gain):
                self._net.set_steps(node, ends, gain)
                if key[0] == "share":
                    self._net.set_link(node, capacity=ends[-1])
                repair.link(node)

    # Pairs

    def _fit(
        self,
        record: Resource | Demand,
        whom: Demand | None,
        repair: FlowMending,
    ) -> None:
        """Of a resource or demand, or of a resource and one demand: the pairs that are eligible."""
        node, pairs = self._node, self._eligible.of(record, whom)
        several = pairs.left[(pairs.most == 1) & (self._net.capacity[pairs.left] > 1)]
        names = sorted({self.arrays.ids[left] for left in several.tolist()})
        self._check([self._lists.resources[name] for name in names])
        if isinstance(record, Resource):
            needs = () if whom is None else whom.requirements
            among = [node["requirement", need.id] for need in needs]
            self._pairs(node["resource", record.id], pairs, among or None, repair)
            return
        for need in record.requirements:
            place = node["requirement", need.id]
            self._pairs(place, pairs.among(pairs.right == place), None, repair)

    def _pairs(
        self,
        node: int,
        pairs: NodePairs,
        among: list[int] | None,
        repair: FlowMending,
    ) -> None:
        """Let a node have exactly these pairs, with other nodes (``among`` some of them where these are
        given).
        """
        net = self._net
        is_left = bool(net.left[node])
        ends = net.head if is_left else net.tail
        places = self.arrays.open_pairs(node)
        if among is not None:
            places = places[np.isin(ends[places], among)]
        pairs = pairs.among(np.argsort(pairs[is_left], kind="stable"))
        others = pairs[is_left]
        stays = np.isin(ends[places], others)
        kept, gone = places[stays], places[~stays]
        net.set_gain(kept, pairs.weight[np.searchsorted(others, ends[kept])])
        if (net.least[gone] > 0).any():
            raise NoPathError
        net.set_pairs("most", gone, 0)
        new = pairs.among(~np.isin(others, ends[kept]))
        places = net.add_pairs(*new)
        self._keep(node, dict(zip(new[is_left].tolist(), places.tolist(), strict=True)))
        repair.node(node)
        for place in gone.tolist():
            repair.pair(place)

    def _keep(self, node: int, new: dict[int, int]) -> None:
        """Let units of the reference plan count among pairs of a node that are new, by their other end."""
        net, kind = self._net, "resource" if self._net.left[node] else "requirement"
        for one in (
            self._reference.get(f"{kind} {self.arrays.ids[node]}", ()) if new else ()
        ):
            ends = ("resource", one.resource), ("requirement", one.requirement)
            place = new.get(self._node.get(ends[kind == "resource"], -1))
            counts = tuple(one.weight * kept for kept in self._kept)
            if place is None or not any(counts):
                continue
            if net.most[place] > 1:
                tail, head, gain = (
                    np.array([part[place]]) for part in (net.tail, net.head, net.gain)
                )
                units = np.array([one.quantity])
                place = int(net.add_pairs(tail, head, gain, units)[0])
                net.parallel = True
            net.set_bonus(place, counts)

    def _check(self, records: Iterable[Resource]) -> None:
        """Raises UnsupportedError where one of these could be sent to two places at one time, and what locks
        contradict.
        """
        several = [
            one for one in records if one.capacity > 1 and not self._divisible(one)
        ]
        if several:
            part = self._lists.part(several, self._lists.demands.values())
            obstacles = flow_obstacles(Instance(part))
            if obstacles:
                raise UnsupportedError(obstacles)

    # Rules

    def _rule(self, rule: Any, repair: FlowMending) -> None:
        """What rules on a pair or node say together, after one of them came or went."""
        lists = self._lists
        shared = any(
            one.is_right == (getattr(rule, "side", "") == "community")
            for one in self._shares
        )
        if isinstance(rule, Cap) and (rule.side, rule.node) in self._node:
            shared = False
        if rule.soft is not None or (isinstance(rule, Cap) and shared):
            raise AnewError
        if isinstance(rule, Cap):
            self._cap(rule.side, rule.node, repair)
        elif isinstance(rule, Lock):
            self._lock(rule.resource, rule.requirement, repair)
        elif isinstance(rule, Forbid | MaxDistance):
            resource = lists.resources.get(rule.resource or "")
            name = (
                lists.owner.get(rule.requirement)
                if isinstance(rule, Forbid)
                else rule.demand
            )
            demand = lists.demands.get(name or "")
            if resource is not None:
                self._fit(resource, demand, repair)
            elif demand is not None:
                self._fit(demand, None, repair)
            else:
                raise AnewError
        else:
            raise AnewError

    def _lock(self, resource: str, requirement: str, repair: FlowMending) -> None:
        """Let the pair carry at least what the greatest of its locks asks for."""
        lists, places = self._lists, self.arrays.pair(resource, requirement)
        units = max(
            (
                rule.quantity
                for rule in lists.rules("resource", resource)
                if isinstance(rule, Lock) and rule.requirement == requirement
            ),
            default=0,
        )
        record = lists.resources.get(resource)
        demand = lists.demands.get(lists.owner.get(requirement, ""))
        if record is None or demand is None:
            return  # gone with its locks by the same event
        need = next(one for one in demand.requirements if one.id == requirement)
        most = need.wanted if self._divisible(record) else 1
        if units > (min(record.capacity, most) if places else 0):
            raise NoPathError
        self._check([record] if units else [])
        for place in places:
            mine = min(units, int(self._net.most[place]))
            self._hold(place, mine, repair)
            units -= mine

    def _hold(self, place: int, units: int, repair: FlowMending) -> None:
        """Let a lock hold so many units of a pair."""
        net = self._net
        by = units - int(net.least[place])
        net.set_pairs("least", np.array([place]), units)
        repair.pair(place)
        for end in (int(net.tail[place]), int(net.head[place])):
            here = end
            while here != net.root:
                net.set_link(here, base=int(net.base[here]) + by)
                repair.link(here)
                here = int(net.up[here])

    def _locked(self, node: int) -> list[int]:
        places = self._net.at[node]
        found: list[int] = places[self._net.least[places] > 0].tolist()
        return found

    def _unlock(self, node: int, repair: FlowMending) -> None:
        for place in self._locked(node):
            self._hold(place, 0, repair)

    def _lock_again(self, node: int, repair: FlowMending) -> None:
        """The locks of a node whose record is another, or is gone from them."""
        net, ids = self._net, self.arrays.ids
        for place in self._locked(node):
            self._lock(ids[int(net.tail[place])], ids[int(net.head[place])], repair)

    def _cap(self, side: str, name: str, repair: FlowMending) -> None:
        """The smallest cap on a unit or community; its hub is made where there is none."""
        net, left = self._net, side == "unit"
        limits = (
            rule.limit(self._unit_capacity.get(name, 0))
            for rule in self._lists.rules(side, name)
            if isinstance(rule, Cap)
        )
        node = self._node.get((side, name))
        if node is None:
            hub = self._hub(side, name)
            under = [
                one
                for one in net.children(hub).tolist()
                if net.left[one] == left and self._is_below(side, one, name)
            ]
            node = net.add_node(hub, left=left, capacity=ENDLESS)
            carried, base = (int(one[under].sum()) for one in (net.carried, net.base))
            net.set_link(node, carried=carried, base=base)
            net.set_hub(np.array(under, np.intp), node)
            self.arrays.name((side, name), node)
        net.set_link(node, capacity=min(limits, default=ENDLESS))
        repair.link(node)

    def _is_below(self, side: str, node: int, name: str) -> bool:
        """Whether a node belongs to a unit or community, or to one below it."""
        lists, own = self._lists, self.arrays.ids[node]
        here: str | None = None
        if self._node.get((side, own)) == node:
            here = own
        elif side == "unit" and self._node.get(("resource", own)) == node:
            here = lists.resources[own].unit
        elif side == "community" and self._node.get(("requirement", own)) == node:
            here = lists.demands[lists.owner[own]].community
        while here is not None and here != name:
            here = self._parents[side][here]
        return here is not None

    def _hub(self, side: str, name: str) -> int:
        """The nearest hub at or above a unit or community."""
        here: str | None = name
        while here is not None and (side, here) not in self._node:
            here = self._parents[side][here]
        return self._net.root if here is None else self._node[side, here]


_NO_PAIRS = NodePairs(*(np.zeros(0, np.int64) for _ in NodePairs._fields))


def _touched(change: Change, lists: RecordLists) -> Iterator[tuple[RecordSide, str]]:
    """The resource or demand that a change makes anew or takes out."""
    match change:
        case AddResource() | ChangeResource():
            yield "resources", change.resource.id
        case AddDemand() | ChangeDemand():
            yield "demands", change.demand.id
        case RemoveDemand():
            yield "demands", change.demand
        case SetWanted():
            yield "demands", lists.owner.get(change.requirement, "")
        case RemoveResource() | SetCapacity() | Train() | FreeAt():
            yield "resources", change.resource
