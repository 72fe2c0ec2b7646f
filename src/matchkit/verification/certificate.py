"""A certificate's prices on the network after the locks, and the bound they prove. docs/architecture.md
states the theorem.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from matchkit.model import CommunityCap, Lock, ReserveShare, UnitCap
from matchkit.plan import Certificate, Price
from matchkit.verification.case import Case, RuleFinding
from matchkit.verification.goals import GoalAmounts, GoalOrder, Vector
from matchkit.verification.report import fact
from matchkit.verification.trees import Hierarchy
from matchkit.verification.world import World
from matchkit.verification.worth import weight


def _sums(tree: Hierarchy, own: Mapping[str, tuple[str, int]]) -> dict[str, int]:
    """Sums over a tree of amounts that hang below its nodes."""
    at: dict[str, int] = {}
    for node, amount in own.values():
        at[node] = at.get(node, 0) + amount
    return tree.totals(at)


class CertificateNetwork:
    """What is left after the hard locks, below hard caps; what soft rules take can only make a plan worth
    less.

    No capacity is negative: where locks ask too much, the checks of the rules say so.

    ``resources`` and ``units`` and ``communities`` hold capacities by id, the latter two of capped nodes
    only; ``slots`` holds for each requirement what is left up to its minimum and beyond. ``over_*`` give the
    nearest capped node above, None meaning the root.
    """

    def __init__(self, world: World, goals: GoalOrder) -> None:
        self.world, self.goals = world, goals
        self.locked: dict[tuple[str, str], int] = {}
        for rule in world.problem.rules:
            if isinstance(rule, Lock) and rule.soft is None:
                pair = (rule.resource, rule.requirement)
                self.locked[pair] = max(rule.quantity, self.locked.get(pair, 0))
        used: dict[str, int] = {}
        filled: dict[str, int] = {}
        for (resource, requirement), quantity in self.locked.items():
            used[resource] = used.get(resource, 0) + quantity
            filled[requirement] = filled.get(requirement, 0) + quantity

        self.resources = {
            resource.id: max(0, resource.capacity - used.get(resource.id, 0))
            for resource in world.problem.resources
        }
        self.slots: dict[str, tuple[int, int]] = {}
        for role in world.roles.values():
            least, taken = role.requirement.minimum, filled.get(role.id, 0)
            beyond = max(0, taken - least)
            self.slots[role.id] = (
                max(0, least - taken),
                max(0, role.requirement.wanted - least - beyond),
            )

        self.units = self._unit_caps(used)
        self.communities = self._community_caps(filled)
        nearest_unit, nearest_community = (
            world.units.nearest(self.units),
            world.communities.nearest(self.communities),
        )
        self.over_resource = {
            resource.id: nearest_unit[resource.unit] for resource in world.problem.resources
        }
        self.over_requirement = {
            role.id: nearest_community[role.demand.community] for role in world.roles.values()
        }
        self.over_unit = {
            node: self._above(world.units, nearest_unit, node) for node in self.units
        }
        self.over_community = {
            node: self._above(world.communities, nearest_community, node)
            for node in self.communities
        }
        earned = sum(
            quantity * weight(world, world.resources[r], world.roles[q])
            for (r, q), quantity in self.locked.items()
        )
        self.earned: Vector = goals.values(GoalAmounts(filled, earned))

    @staticmethod
    def _above(tree: Hierarchy, nearest: Mapping[str, str | None], node: str) -> str | None:
        parent = tree.parent[node]
        return None if parent is None else nearest[parent]

    def _unit_caps(self, used: Mapping[str, int]) -> dict[str, int]:
        world, caps = self.world, dict[str, int]()
        rules = [
            rule
            for rule in world.problem.rules
            if isinstance(rule, UnitCap | ReserveShare) and rule.soft is None
        ]
        if not rules:
            return {}
        taken = _sums(
            world.units,
            {name: (world.resources[name].unit, amount) for name, amount in used.items()},
        )
        total = _sums(
            world.units,
            {
                resource.id: (resource.unit, resource.capacity)
                for resource in world.problem.resources
            },
        )
        for rule in rules:
            most = (
                rule.most
                if isinstance(rule, UnitCap)
                else total[rule.unit] * (100 - rule.percent) // 100
            )
            left = max(0, most - taken[rule.unit])
            caps[rule.unit] = min(left, caps.get(rule.unit, left))
        return caps

    def _community_caps(self, filled: Mapping[str, int]) -> dict[str, int]:
        world, caps = self.world, dict[str, int]()
        rules = [
            rule
            for rule in world.problem.rules
            if isinstance(rule, CommunityCap) and rule.soft is None
        ]
        if not rules:
            return {}
        taken = _sums(
            world.communities,
            {
                name: (world.roles[name].demand.community, amount)
                for name, amount in filled.items()
            },
        )
        for rule in rules:
            left = max(0, rule.most - taken[rule.community])
            caps[rule.community] = min(left, caps.get(rule.community, left))
        return caps

    def own(self, resource: str, requirement: str) -> int:
        """A pair's own capacity before the locks."""
        return self.world.most(
            self.world.resources[resource], self.world.roles[requirement].requirement
        )

    def spent(self, *, resource: str | None = None, requirement: str | None = None) -> bool:
        """Whether locks have used up a resource or a requirement (or it had nothing), so that it needs no
        price.
        """
        if resource is not None:
            return self.resources[resource] == 0
        return requirement is not None and self.slots[requirement] == (0, 0)


@dataclass(frozen=True, slots=True)
class PriceVectors:
    """Price vectors by id, one number a goal."""

    resources: Mapping[str, Vector]
    requirements: Mapping[str, Vector]
    units: Mapping[str, Vector]
    communities: Mapping[str, Vector]


class PriceProof:
    """A plan's certificate read against its problem: the network, and the prices where they are whole."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.network = CertificateNetwork(case.world, case.goals)
        self.stated = (
            case.plan.certificate if isinstance(case.plan.certificate, Certificate) else None
        )
        self.faults = list(self._faults())
        stated = self.stated
        self.prices: PriceVectors | None = None
        if stated is not None and not self.faults:
            groups = (stated.resources, stated.requirements, stated.units, stated.communities)
            self.prices = PriceVectors(
                *({entry.id: entry.price for entry in group} for group in groups)
            )

    def _faults(self) -> Iterator[RuleFinding]:
        stated, network, names = self.stated, self.network, self.case.goals.names
        if stated is None:
            return
        if self.case.goals.given:
            yield (), fact("aims_given")
        if stated.goals != names:
            yield (), fact("certificate_goals", names=", ".join(names))
        if len(stated.bound) != len(names):
            yield (
                (),
                fact(
                    "certificate_length",
                    what=fact("the_bound"),
                    length=len(stated.bound),
                    goals=str(len(names)),
                ),
            )
        idle = {resource for resource in network.resources if network.spent(resource=resource)}
        full = {
            requirement
            for requirement in network.slots
            if network.spent(requirement=requirement)
        }
        yield from self._group("a_resource", stated.resources, network.resources, idle)
        yield from self._group("a_requirement", stated.requirements, network.slots, full)
        yield from self._group("a_capped_unit", stated.units, network.units, ())
        yield from self._group(
            "a_capped_community", stated.communities, network.communities, ()
        )

    def _group(
        self,
        what: str,
        entries: tuple[Price, ...],
        known: Collection[str],
        free: Collection[str],
    ) -> Iterator[RuleFinding]:
        kind, seen = fact(what), set[str]()
        length = len(self.case.goals.names)
        for entry in entries:
            if entry.id in seen:
                yield (entry.id,), fact("price_twice", what=kind)
            elif entry.id not in known:
                yield (entry.id,), fact("price_unknown", what=kind)
            elif len(entry.price) != length:
                yield (
                    (entry.id,),
                    fact("price_length", what=kind, length=len(entry.price), goals=str(length)),
                )
            seen.add(entry.id)
        for name in known:
            if name not in seen and name not in free:
                yield (name,), fact("price_missing", what=kind)

    def gain(self, resource: str, requirement: str) -> Vector:
        """A pair's gain in every goal: its weight in the last, 0 before."""
        world = self.case.world
        return (
            *((0,) * (len(self.case.goals.names) - 1)),
            self.case.weight(world.resources[resource], world.roles[requirement]),
        )

    def full_pairs(self) -> dict[tuple[str, str], int]:
        """Pairs of the plan at their own capacity, with that capacity before the locks."""
        own = {pair: self.network.own(*pair) for pair in self.case.pairs}
        return {
            pair: own[pair]
            for pair, quantity in self.case.pairs.items()
            if quantity >= own[pair]
        }


class _Sum:
    """A running sum of capacity times the positive part of a vector."""

    def __init__(self, start: Vector) -> None:
        self.total = list(start)

    def add(self, capacity: int, *signed: tuple[int, Vector | None]) -> None:
        """Add ``capacity * [signed sum]``; None stands for the root, whose price is 0."""
        if capacity == 0:
            return
        value = [0] * len(self.total)
        for sign, part in signed:
            if part is not None:
                for goal, amount in enumerate(part):
                    if amount:
                        value[goal] += sign * amount
        if next((amount for amount in value if amount), 0) > 0:
            for goal, amount in enumerate(value):
                if amount:
                    self.total[goal] += capacity * amount


def dual_bound(proof: PriceProof, prices: PriceVectors) -> Vector:
    """What no plan can exceed if the prices are feasible: the formula of docs/architecture.md, in exact
    integers.
    """
    network, goals = proof.network, proof.case.goals

    def over(group: Mapping[str, Vector], node: str | None) -> Vector | None:
        return None if node is None else group[node]

    found = _Sum(network.earned)
    for unit, capacity in network.units.items():
        found.add(
            capacity, (1, prices.units[unit]), (-1, over(prices.units, network.over_unit[unit]))
        )
    for resource, capacity in network.resources.items():
        if capacity:
            found.add(
                capacity,
                (1, prices.resources[resource]),
                (-1, over(prices.units, network.over_resource[resource])),
            )
    for community, capacity in network.communities.items():
        found.add(
            capacity,
            (1, prices.communities[community]),
            (-1, over(prices.communities, network.over_community[community])),
        )
    tiers = {demand.tier for demand in proof.case.world.demands.values()}
    earns = {
        (tier, part): goals.unit(tier, minimum=part) for tier in tiers for part in (True, False)
    }
    for requirement, (least, rest) in network.slots.items():
        if least or rest:
            tier = proof.case.world.roles[requirement].demand.tier
            price, above = (
                prices.requirements[requirement],
                over(prices.communities, network.over_requirement[requirement]),
            )
            found.add(least, (1, earns[tier, True]), (1, price), (-1, above))
            found.add(rest, (1, earns[tier, False]), (1, price), (-1, above))
    for (resource, requirement), own in proof.full_pairs().items():
        left = own - network.locked.get((resource, requirement), 0)
        first, second = prices.resources.get(resource), prices.requirements.get(requirement)
        if left > 0 and first is not None and second is not None:
            found.add(left, (1, proof.gain(resource, requirement)), (-1, first), (-1, second))
    return tuple(found.total)


def certificate(proof: PriceProof) -> Iterator[RuleFinding]:
    """Goals, ids and lengths are those of the problem, every price once."""
    yield from proof.faults


def certificate_bound(proof: PriceProof) -> Iterator[RuleFinding]:
    """The stated bound is the one its prices give."""
    stated = proof.stated
    if stated is None or proof.prices is None:
        return
    right = dual_bound(proof, proof.prices)
    if stated.bound != right:
        yield (), fact("certificate_bound", stated=stated.bound, right=right)
