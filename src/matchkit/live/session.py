"""Changes of records as changes of arcs: after an event the arrays are made what the lists say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    RemoveDemand,
    RemoveRule,
    SetWanted,
)
from matchkit.arrays import Int64
from matchkit.compile.compiler import flow_obstacles
from matchkit.compile.goals import flow_goals
from matchkit.compile.instance import Instance
from matchkit.compile.numbering import Lexicon, alternatives
from matchkit.compile.trees import capacities
from matchkit.errors import InputError, UnsupportedError
from matchkit.live.arrays import ENDLESS, LiveArrays
from matchkit.model import Demand, Problem, ReferencePair, Requirement, Resource
from matchkit.model.rules import Cap, Forbid, Lock, MaxDistance
from matchkit.plan import Certificate, Plan
from matchkit.solvers.live.search import FlowMending, NoPathError, perform


class AnewError(Exception):
    """A change that alters goals, what units of others count, or all pairs: the plan is solved anew."""


class Session:
    """The records of a live plan and its arrays, between two solves."""

    def __init__(self, problem: Problem, plan: Plan, certificate: Certificate) -> None:
        instance = Instance(problem)
        self.arrays = LiveArrays(problem, plan, certificate)
        self._net, self._node = self.arrays.net, self.arrays.node
        self._aims, self._shares = instance.aims, instance.shares
        self._plain_goals = not problem.objective.aims
        self._lexicon = Lexicon(problem)
        self._divisible = self._lexicon.is_divisible
        self._held: dict[str, tuple[Resource, str, frozenset[str]]] = {}
        self._asked: dict[str, tuple[Demand, list[tuple[str, list[set[str]]]]]] = {}
        """Kinds and words of skills that people hold and demands ask for, as long as records are the same."""
        self._parents: dict[str, dict[str, str | None]] = {
            "unit": {one.id: one.parent for one in problem.units},
            "community": {one.id: one.parent for one in problem.communities},
        }
        self._unit_capacity = dict(capacities(instance.lists))
        self._kinds: dict[tuple[int, str], int] = {}
        for demand in problem.demands:
            for kind in _kinds(demand):
                self._kinds[kind] = self._kinds.get(kind, 0) + 1
        self._goal_kinds = set(self._kinds)
        self._pairs_of: dict[str, int] = {"": 0}
        """The version of what is eligible; of resources without capacity, that of their pairs."""
        kept, counts = (
            instance.kept,
            instance.kept.gaining(instance.aims, self.arrays.goals),
        )
        self._counts = dict(
            zip(kept.weight.tolist(), map(tuple, counts.tolist()), strict=True)
        )
        """What a unit of the reference plan of each weight counts, by goal."""
        self._reference = dict[str, list[ReferencePair]]()
        for one in problem.reference:
            for name in (f"resource {one.resource}", f"requirement {one.requirement}"):
                self._reference.setdefault(name, []).append(one)
        self.restore(problem, ())

    def restore(self, start: Problem, changes: Iterable[Change]) -> None:
        """The records after these changes of the problem at the start."""
        self._lists = RecordLists(start)
        for change in changes:
            self._lists.make(change, "")

    def make(self, changes: Sequence[Change]) -> None:
        """Make changes, all or none (but for the records: see ``restore``).

        Raises AnewError, NoPathError where locks ask for what is not there, UnsupportedError where somebody
        could be sent to two places at one time, and InputError for unknown ids and the like.
        """
        lists = self._lists
        resources, demands = dict[str, Resource | None](), dict[str, Demand | None]()
        rules = list[Any]()
        for number, change in enumerate(changes):
            match change:
                case AddResource() | ChangeResource():
                    name = change.resource.id
                    resources.setdefault(name, lists.resources.get(name))
                case AddDemand() | ChangeDemand():
                    name = change.demand.id
                    demands.setdefault(name, lists.demands.get(name))
                case RemoveDemand():
                    demands.setdefault(change.demand, lists.demands.get(change.demand))
                case SetWanted():
                    name = lists.owner.get(change.requirement, "")
                    demands.setdefault(name, lists.demands.get(name))
                case AddRule():
                    rules.append(change.rule)
                case RemoveRule() | ChangeRule():
                    rules += lists.rules("label", change.label)
                    rules += [change.rule] if isinstance(change, ChangeRule) else []
                case ChangeObjective():
                    raise AnewError
                case _:
                    name = change.resource
                    resources.setdefault(name, lists.resources.get(name))
            lists.make(change, f"changes[{number}]")
        if lists.faults.found:
            raise InputError(lists.faults.found)

        def sync(repair: FlowMending) -> None:
            for name, before in resources.items():
                self._resource(before, lists.resources.get(name), repair)
            for name, old in demands.items():
                self._demand(old, lists.demands.get(name), repair)
            for rule in rules:
                self._rule(rule, repair)

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
        if had != has or before is None or after is None:
            self._load_changes(has, new=before is None)
        if before is None:
            self._parents["unit"].update(
                {one.id: one.parent for one in self._lists.units.values()}
            )
            hub = self._hub("unit", record.unit)
            self.arrays.name(key, self._net.add_node(hub, left=True, capacity=0))
        node = self._node[key]
        self._capacity(node, record.unit, has - had, repair)
        version = self._pairs_of[""]
        same = before is not None and after is not None and _alike(before, after)
        if after is None:
            self._unlock(node, repair)
            self._pairs(node, _NONE, _NONE, (), None, repair)
            self._net.put(self._node, key, None)
        elif not has:
            self._net.put(self._pairs_of, record.id, version if same else -1)
        elif not same or (not had and self._pairs_of.get(record.id) != version):
            self._fit([after], self._lists.demands.values(), repair)
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

    def _load_changes(self, capacity: int, *, new: bool) -> None:
        """Whether it is nothing to others' loads that somebody gives no more than this."""
        parts = [part for one in self._shares if not one.is_right for part in one.parts]
        plain = all(part.by == "count" and part.level is None for part in parts)
        capped = any(key[0] == "unit" for key in self._node)
        if parts and (new or capacity or capped or not plain):
            raise AnewError

    # Demands

    def _demand(
        self, before: Demand | None, after: Demand | None, repair: FlowMending
    ) -> None:
        if any(one.is_right for one in self._shares):
            raise AnewError
        old = {} if before is None else {need.id: need for need in before.requirements}
        new = {} if after is None else {need.id: need for need in after.requirements}
        if after is not None and (
            after.minutes is not None
            or any(need.uses for need in new.values())
            or after.community not in self._parents["community"]
            or (before is not None and before.community != after.community)
        ):
            raise AnewError
        self._goals_stay(before, after)
        for name in sorted(old.keys() - new.keys()):
            node = self._node["requirement", name]
            self._unlock(node, repair)
            self._net.set_link(node, capacity=0)
            self._pairs(node, _NONE, _NONE, (), None, repair)
            repair.link(node)
            self._net.put(self._node, ("requirement", name), None)
        if after is None:
            return
        for name, need in sorted(new.items()):
            if name not in old:
                hub = self._hub("community", after.community)
                node = self._net.add_node(hub, left=False, capacity=0)
                self.arrays.name(("requirement", name), node)
            self._steps(after, need)
        if before is None or _matching(before) != _matching(after):
            self._fit(list(self._lists.resources.values()), [after], repair)
            self._net.put(self._pairs_of, "", self._pairs_of[""] + 1)
        for name in sorted(new):
            node = self._node["requirement", name]
            self._lock_again(node, repair)
            repair.link(node)

    def _goals_stay(self, before: Demand | None, after: Demand | None) -> None:
        """Without aims, tiers and minimums that occur say which goals there are: AnewError for others."""
        for demand, by in ((before, -1), (after, 1)):
            for kind in () if demand is None else _kinds(demand):
                self._net.put(self._kinds, kind, self._kinds.get(kind, 0) + by)
        kinds = {kind for kind, many in self._kinds.items() if many}
        if self._plain_goals and kinds != self._goal_kinds:
            raise AnewError

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

    # Pairs

    def _fit(
        self,
        resources: Sequence[Resource],
        demands: Iterable[Demand],
        repair: FlowMending,
    ) -> None:
        """Of one resource and some demands, or all resources and one demand: the pairs that are eligible."""
        demands = tuple(demands)
        node_of, places = self._node, [one.requirements for one in demands]
        among = np.array(
            [node_of["requirement", need.id] for needs in places for need in needs],
            np.int64,
        )
        if len(resources) == 1:
            near = [one for one in demands if self._could(resources[0], one)]
            self._check(resources)
            node = node_of["resource", resources[0].id]
            part = Instance(self._lists.part(resources, near)) if near else None
            rights, weight = _NONE, _NONE
            if part is not None:
                ids = part.requirement_ids
                rights = np.array([node_of["requirement", name] for name in ids])
                rights, weight = rights[part.right], part.weight
            many = list(resources) * len(rights)
            self._pairs(node, rights, weight, many, among, repair)
            return
        able = [one for one in resources if self._could(one, demands[0])]
        part = Instance(self._lists.part(able, demands))
        names, records = part.resource_ids, part.lists.resources
        lefts = np.array([node_of["resource", name] for name in names], np.int64)
        for number, name in enumerate(part.requirement_ids):
            at = part.by_right[part.rfirst[number] : part.rfirst[number + 1]]
            mine = [records[left] for left in part.left[at].tolist()]
            self._check(mine)
            node, left = node_of["requirement", name], lefts[part.left[at]]
            self._pairs(node, left, part.weight[at], mine, None, repair)

    def _could(self, resource: Resource, demand: Demand) -> bool:
        """Whether kind and skills, levels aside, are those that a requirement of the demand asks for."""
        lexicon, known = self._lexicon, self._held.get(resource.id)
        if known is None or known[0] is not resource:
            words = frozenset(lexicon.held(lexicon.declared(resource)))
            known = resource, lexicon.key(resource.kind), words
            self._held[resource.id] = known
        asked = self._asked.get(demand.id)
        if asked is None or asked[0] is not demand:
            needs = [
                (
                    lexicon.key(need.kind),
                    [
                        {lexicon.word(one.skill) for one in alternatives(entry)}
                        for entry in need.skills
                    ],
                )
                for need in demand.requirements
            ]
            asked = self._asked[demand.id] = demand, needs
        _, kind, held = known
        return any(
            kind == wanted and not any(held.isdisjoint(entry) for entry in entries)
            for wanted, entries in asked[1]
        )

    def _pairs(
        self,
        node: int,
        others: Int64,
        weight: Int64,
        records: Sequence[Resource],
        among: Int64 | None,
        repair: FlowMending,
    ) -> None:
        """Let a node have exactly these pairs, with other nodes (int64 (pairs,), of ``among`` where some are
        given) and weights; ``records`` are the resources of the pairs.
        """
        net = self._net
        is_left = bool(net.left[node])
        ends = net.head if is_left else net.tail
        places = self.arrays.open_pairs(node)
        if among is not None:
            places = places[np.isin(ends[places], among)]
        order = np.argsort(others, kind="stable")
        others, weight = others[order], weight[order]
        stays = np.isin(ends[places], others)
        kept, gone = places[stays], places[~stays]
        net.set_gain(kept, weight[np.searchsorted(others, ends[kept])])
        if (net.least[gone] > 0).any():
            raise NoPathError
        net.set_pairs("most", gone, 0)
        new = np.flatnonzero(~np.isin(others, ends[kept]))
        one, other = (np.full(len(new), node), others[new])
        left, right = (one, other) if is_left else (other, one)
        mine = [records[place] for place in order[new].tolist()]
        most = [ENDLESS if self._divisible(record) else 1 for record in mine]
        places = net.add_pairs(left, right, weight[new], np.array(most, np.int64))
        self._keep(
            node, {int(end): place for end, place in zip(other, places, strict=True)}
        )
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
            counts = self._counts.get(one.weight)
            if place is None or counts is None or not any(counts):
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
        caps_count = any(
            one.is_right == (getattr(rule, "side", "") == "community")
            for one in self._shares
        )
        if rule.soft is not None or (isinstance(rule, Cap) and caps_count):
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
            if resource is None:
                raise AnewError
            whom = lists.demands.values() if demand is None else [demand]
            self._fit([resource], whom, repair)
            self._net.put(self._pairs_of, "", self._pairs_of[""] + 1)
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
        record = lists.resources[resource]
        demand = lists.demands[lists.owner[requirement]]
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


_NONE: Int64 = np.zeros(0, np.int64)


def _kinds(demand: Demand) -> Iterator[tuple[int, str]]:
    """The goals without aims that the units of a demand count in."""
    for need in demand.requirements:
        if need.minimum > 0:
            yield demand.tier, "minimum"
        if need.wanted > need.minimum:
            yield demand.tier, "filled"


def _alike(one: Resource, other: Resource) -> bool:
    """Whether two records of a resource differ by capacity and name at most."""
    same = {"capacity": 0, "name": None}
    return one.model_copy(update=same) == other.model_copy(update=same)


def _matching(demand: Demand) -> Any:
    """What of a demand says who is eligible, and what pairs are worth."""
    needs = tuple(
        need.model_copy(update={"wanted": 1, "minimum": 0})
        for need in demand.requirements
    )
    return demand.model_copy(update={"tier": 1, "requirements": needs})
