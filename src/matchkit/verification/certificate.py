"""A certificate's prices on the network after the locks, and the bound they prove. docs/architecture.md
states the theorem.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import add, sub
from typing import NamedTuple

from matchkit.plan import BlockPrice, Certificate, Price
from matchkit.verification.case import Case, RuleFinding
from matchkit.verification.goals import GoalAmounts, Vector
from matchkit.verification.report import Fact, fact
from matchkit.verification.rules.pairs import limits
from matchkit.verification.trees import Hierarchy, summed
from matchkit.verification.world import World


class CapsLeft:
    """The nodes of a tree that hard caps bind: what is left of each after the locks, and the nearest one
    above every node (None: the root).

    No capacity is negative: where locks ask too much, the checks of the rules say so.
    """

    def __init__(
        self,
        tree: Hierarchy,
        caps: Mapping[str, int],
        locked: Iterable[tuple[str, int]],
    ) -> None:
        taken = tree.totals(summed(locked))
        self.left = {node: max(0, most - taken[node]) for node, most in caps.items()}
        self.over = tree.nearest(self.left)
        self.above = {
            node: None if (parent := tree.parent[node]) is None else self.over[parent]
            for node in self.left
        }


class CertificateNetwork:
    """What is left after the hard locks, below hard caps; what soft rules take can only make a plan worth
    less.

    ``resources`` holds capacities by id, ``slots`` for each requirement what is left up to its minimum and
    beyond; those with nothing left are ``idle`` and ``full`` and need no price.
    """

    def __init__(self, world: World) -> None:
        self.locked = world.locked
        used = summed((resource, bound) for (resource, _), bound in self.locked.items())
        self.filled = filled = summed(
            (role, bound) for (_, role), bound in self.locked.items()
        )
        self.resources = {
            resource.id: max(0, resource.capacity - used.get(resource.id, 0))
            for resource in world.problem.resources
        }
        self.slots: dict[str, tuple[int, int]] = {}
        for role in world.roles.values():
            least, taken = role.requirement.minimum, filled.get(role.id, 0)
            rest = role.requirement.wanted - least - max(0, taken - least)
            self.slots[role.id] = max(0, least - taken), max(0, rest)
        self.idle = {name for name, capacity in self.resources.items() if not capacity}
        self.full = {name for name, slots in self.slots.items() if slots == (0, 0)}
        self.units = CapsLeft(
            world.units,
            limits(world, "unit"),
            ((world.resources[name].unit, bound) for name, bound in used.items()),
        )
        self.communities = CapsLeft(
            world.communities,
            limits(world, "community"),
            (
                (world.roles[name].demand.community, bound)
                for name, bound in filled.items()
            ),
        )


class PriceVectors(NamedTuple):
    """Price vectors by id, one number a goal."""

    resources: Mapping[str, Vector]
    requirements: Mapping[str, Vector]
    units: Mapping[str, Vector]
    communities: Mapping[str, Vector]


def length_fault(
    what: str, vector: Sequence[object], goals: int
) -> Iterator[RuleFinding]:
    """A vector of the certificate has one number a goal."""
    if len(vector) != goals:
        named = fact(f"the_{what}")
        yield (
            (),
            fact(
                "certificate_length", what=named, length=len(vector), goals=str(goals)
            ),
        )


def price_faults(
    what: str,
    entries: Sequence[Price] | Sequence[BlockPrice],
    known: Collection[str],
    free: Collection[str] = (),
    goals: int = 0,
) -> Iterator[RuleFinding]:
    """Each known id has one price, which those that are ``free`` need not have, and nothing else has one; a
    vector has one number a goal.
    """
    kind, seen = fact(what), set[str]()
    for entry in entries:
        if entry.id in seen:
            yield (entry.id,), fact("price_twice", what=kind)
        elif entry.id not in known:
            yield (entry.id,), fact("price_unknown", what=kind)
        elif isinstance(entry, Price) and len(entry.price) != goals:
            length = len(entry.price)
            yield (
                (entry.id,),
                fact("price_length", what=kind, length=length, goals=str(goals)),
            )
        seen.add(entry.id)
    for name in known:
        if name not in seen and name not in free:
            yield (name,), fact("price_missing", what=kind)


class PriceProof:
    """A plan's certificate read against its problem: the network, what is wrong with goals, ids and lengths,
    and the prices, each the first of its id.
    """

    def __init__(self, case: Case, stated: Certificate) -> None:
        self.case, self.stated = case, stated
        self.network = CertificateNetwork(case.world)
        self.faults = list(self._faults())
        groups = (
            stated.resources,
            stated.requirements,
            stated.units,
            stated.communities,
        )
        self.prices = PriceVectors(
            *({entry.id: entry.price for entry in group} for group in groups)
        )

    def _faults(self) -> Iterator[RuleFinding]:
        stated, network, names = self.stated, self.network, self.case.goals.names
        if self.case.goals.given:
            yield (), fact("aims_given")
        if stated.goals != names:
            yield (), fact("certificate_goals", names=", ".join(names))
        goals, units, communities = (
            len(names),
            network.units.left,
            network.communities.left,
        )
        yield from length_fault("bound", stated.bound, goals)
        yield from price_faults(
            "a_resource", stated.resources, network.resources, network.idle, goals
        )
        yield from price_faults(
            "a_requirement", stated.requirements, network.slots, network.full, goals
        )
        yield from price_faults("a_capped_unit", stated.units, units, (), goals)
        yield from price_faults(
            "a_capped_community", stated.communities, communities, (), goals
        )

    def gain(self, resource: str, requirement: str) -> Vector:
        """A pair's gain in every goal: its weight in the last, 0 before."""
        zeros = (0,) * (len(self.case.goals.names) - 1)
        return (*zeros, self.case.weight(resource, requirement))

    def full_pairs(self) -> dict[tuple[str, str], int]:
        """Pairs of the plan at their own capacity, with that capacity before the locks."""
        most = self.case.world.most
        own = {
            (resource.id, role.id): most(resource, role.requirement)
            for resource, role, _ in self.case.chosen()
        }
        pairs = self.case.pairs
        return {pair: most for pair, most in own.items() if pairs[pair] >= most}

    def wrong(self) -> Iterator[Fact]:
        """The bound, where the prices do not give it."""
        right = self.bound()
        if self.stated.bound != right:
            yield fact("certificate_bound", stated=self.stated.bound, right=right)

    def bound(self) -> Vector:
        """What no plan can exceed if the prices are feasible: the formula of docs/architecture.md, in exact
        integers.
        """
        case, network, prices = self.case, self.network, self.prices
        locked = sum(
            bound * case.weight(*pair) for pair, bound in network.locked.items()
        )
        total = list(case.goals.values(GoalAmounts(network.filled, locked)))
        nothing = (0,) * len(total)

        def count(capacity: int, value: Vector) -> None:
            """Add ``capacity * [value]``."""
            if value > nothing:
                for goal, amount in enumerate(value):
                    total[goal] += capacity * amount

        for tree, nodes in (
            (network.units, prices.units),
            (network.communities, prices.communities),
        ):
            for node, capacity in tree.left.items():
                count(capacity, _less(nodes[node], _price(nodes, tree.above[node])))
        for resource in case.world.problem.resources:
            capacity = network.resources[resource.id]
            if capacity:
                above = _price(prices.units, network.units.over[resource.unit])
                count(capacity, _less(prices.resources[resource.id], above))
        tiers = {demand.tier for demand in case.world.demands.values()}
        earns = {
            (tier, part): case.goals.unit(tier, minimum=part)
            for tier in tiers
            for part in (True, False)
        }
        for role in case.world.roles.values():
            if role.id in network.full:
                continue
            tier, top = (
                role.demand.tier,
                network.communities.over[role.demand.community],
            )
            price = _less(prices.requirements[role.id], _price(prices.communities, top))
            for capacity, part in zip(
                network.slots[role.id], (True, False), strict=True
            ):
                if capacity:
                    count(capacity, tuple(map(add, earns[tier, part], price)))
        for (one, other), own in self.full_pairs().items():
            left = own - network.locked.get((one, other), 0)
            first, second = prices.resources.get(one), prices.requirements.get(other)
            if left > 0 and first is not None and second is not None:
                count(left, _less(_less(self.gain(one, other), first), second))
        return tuple(total)


def _price(prices: Mapping[str, Vector], node: str | None) -> Vector | None:
    """The price of a capped node; None for the root, whose price is 0."""
    return None if node is None else prices[node]


def _less(vector: Vector, other: Vector | None) -> Vector:
    return vector if other is None else tuple(map(sub, vector, other))
