"""A certificate's prices, and the bound they prove. docs/architecture.md states the theorem."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from matchkit.plan import Certificate, Price
from matchkit.verification.case import Case, RuleFinding
from matchkit.verification.goals import Vector
from matchkit.verification.network import CertificateNetwork
from matchkit.verification.report import fact


@dataclass(frozen=True, slots=True)
class PriceVectors:
    """Price vectors by id, one number a goal."""

    resources: Mapping[str, Vector]
    requirements: Mapping[str, Vector]
    units: Mapping[str, Vector]
    communities: Mapping[str, Vector]


class Proof:
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


def dual_bound(proof: Proof, prices: PriceVectors) -> Vector:
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


def certificate(proof: Proof) -> Iterator[RuleFinding]:
    """Goals, ids and lengths are those of the problem, every price once."""
    yield from proof.faults


def certificate_bound(proof: Proof) -> Iterator[RuleFinding]:
    """The stated bound is the one its prices give."""
    stated = proof.stated
    if stated is None or proof.prices is None:
        return
    right = dual_bound(proof, proof.prices)
    if stated.bound != right:
        yield (), fact("certificate_bound", stated=stated.bound, right=right)
