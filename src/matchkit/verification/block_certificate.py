"""A certificate of blocks, and the bounds it proves. docs/architecture.md (The certificate of blocks) states
the theorem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import mul
from typing import NamedTuple

from matchkit.model import Aim
from matchkit.plan import BlockCertificate, BlockCut
from matchkit.verification.blocks import EligibleBlocks
from matchkit.verification.case import Case, RuleFinding
from matchkit.verification.goals import Vector
from matchkit.verification.report import Fact, fact
from matchkit.verification.rules.pairs import limits
from matchkit.verification.stated_prices import length_fault, price_faults
from matchkit.verification.trees import summed
from matchkit.verification.world import World

LISTED = 100
"""After so many resources above their prices the search ends: one is enough to refuse a proof."""


class CutPrices(NamedTuple):
    """A cut with its prices by id."""

    cut: BlockCut
    resources: Mapping[str, int]
    requirements: Mapping[str, int]
    units: Mapping[str, int]
    communities: Mapping[str, int]

    @classmethod
    def of(cls, cut: BlockCut) -> CutPrices:
        """The prices of a cut by id."""
        groups = cut.resources, cut.requirements, cut.units, cut.communities
        return cls(
            cut, *({entry.id: entry.price for entry in group} for group in groups)
        )


class BlockProof:
    """A plan's certificate of blocks read against its problem, and the prices where they are whole."""

    def __init__(self, case: Case, stated: BlockCertificate) -> None:
        self.case, self.stated = case, stated
        self.caps = {side: limits(case.world, side) for side in ("unit", "community")}
        roles = case.world.roles.values()
        self._slots = {
            "minimum": summed(
                (role.demand.tier, role.requirement.minimum) for role in roles
            ),
            "filled": summed(
                (role.demand.tier, role.requirement.wanted - role.requirement.minimum)
                for role in roles
            ),
        }
        self._activation = {
            resource.id: resource.activation
            for resource in case.world.problem.resources
        }
        self.faults = list(self._faults())
        self.cuts = [CutPrices.of(cut) for cut in stated.cuts]

    def _faults(self) -> Iterator[RuleFinding]:
        stated, names, world = self.stated, self.case.goals.names, self.case.world
        if stated.goals != names:
            yield (), fact("certificate_goals", names=", ".join(names))
        if self.case.goals.in_order:
            yield (), fact("aims_given")
        vectors = [
            ("bound", stated.bound),
            ("lower_bounds", stated.lower_bounds),
            ("upper_bounds", stated.upper_bounds),
            *(("digits", cut.digits) for cut in stated.cuts),
        ]
        lengths = [
            wrong
            for what, vector in vectors
            for wrong in length_fault(what, vector, len(names))
        ]
        yield from lengths
        for cut in stated.cuts:
            yield from price_faults("a_resource", cut.resources, world.resources)
            yield from price_faults("a_requirement", cut.requirements, world.roles)
            for side, entries in (("unit", cut.units), ("community", cut.communities)):
                kind = f"a_capped_{side}"
                yield from price_faults(kind, entries, self.caps[side])
                for entry in entries:
                    if entry.price < 0:
                        yield (entry.id,), fact("price_below", what=fact(kind))
        if stated.goals != names or lengths:
            return
        for aim, lower, upper in zip(
            self.case.goals.aims, stated.lower_bounds, stated.upper_bounds, strict=True
        ):
            if lower > upper:
                yield (
                    (),
                    fact(
                        "lower_bound_above",
                        lower_bound=lower,
                        goal=aim.name,
                        upper_bound=upper,
                    ),
                )
        yield from self.outside(0, 0)

    def outside(self, least: int, most: int) -> Iterator[RuleFinding]:
        """Goals whose lower or upper bound a plan might lie beyond, where the assigned units weigh so much
        together.
        """
        for aim, lower, upper in zip(
            self.case.goals.aims,
            self.stated.lower_bounds,
            self.stated.upper_bounds,
            strict=True,
        ):
            low, high = self._reach(aim, least, most)
            if lower > low:
                yield (
                    (),
                    fact(
                        "lower_bound_wrong", goal=aim.name, lower_bound=lower, least=low
                    ),
                )
            if upper < high:
                yield (
                    (),
                    fact(
                        "upper_bound_wrong", goal=aim.name, upper_bound=upper, most=high
                    ),
                )

    def _reach(self, aim: Aim, least: int, most: int) -> tuple[int, int]:
        """Least and most of a goal, what soft rules take left out."""
        low = high = 0
        for part in aim.parts:
            if part.measure == "weight":
                costs = sum(self._activation.values())
                low += part.factor * (least - costs)
                high += part.factor * most
            if part.measure == "resources_used":
                low -= part.factor * len(self._activation)
            for tier, slots in self._slots.get(part.measure, {}).items():
                if part.tier in (None, tier):
                    high += part.factor * slots
        return low, high

    def weight_digit(self, cut: BlockCut) -> int:
        """What a point of weight counts in a cut."""
        parts = (
            (part, digit)
            for aim, digit in zip(self.case.goals.aims, cut.digits, strict=True)
            for part in aim.parts
        )
        return sum(
            digit * part.factor for part, digit in parts if part.measure == "weight"
        )

    def costs(self, cut: BlockCut) -> dict[str, int]:
        """What using a resource costs in a cut, in parts of a unit, by id."""
        used = sum(
            digit * part.factor
            for aim, digit in zip(self.case.goals.aims, cut.digits, strict=True)
            for part in aim.parts
            if part.measure == "resources_used"
        )
        weight = self.weight_digit(cut)
        return {
            name: cut.scale * (used + weight * activation)
            for name, activation in self._activation.items()
        }

    def most(self, prices: CutPrices) -> int:
        """What no plan counts more than if no block is worth more than its price."""
        goals, cut = self.case.goals, prices.cut
        total = sum(prices.resources.values())
        for side, priced in (
            ("unit", prices.units),
            ("community", prices.communities),
        ):
            total += sum(most * priced[node] for node, most in self.caps[side].items())
        gains = {
            (tier, part): sum(map(mul, cut.digits, goals.unit(tier, minimum=part)))
            for tier in self._slots["filled"]
            for part in (True, False)
        }
        for role in self.case.world.roles.values():
            need, tier = role.requirement, role.demand.tier
            price = prices.requirements[role.id]
            for count, part in (
                (need.minimum, True),
                (need.wanted - need.minimum, False),
            ):
                total += count * max(0, cut.scale * gains[tier, part] + price)
        return total // cut.scale

    def wrong(self) -> Iterator[Fact]:
        """Numbers of the certificate that do not follow from its prices."""
        for prices in self.cuts:
            right = self.most(prices)
            if prices.cut.most != right:
                yield fact(
                    "certificate_bound", stated=str(prices.cut.most), right=str(right)
                )
        bound = bounds_by_cuts(self.case, self.stated)
        if self.stated.bound != bound:
            yield fact("certificate_bound", stated=self.stated.bound, right=bound)


def bounds_by_cuts(
    case: Case, stated: BlockCertificate, values: Vector | None = None
) -> Vector:
    """What follows from the cuts, goal by goal: no plan has more of it that has at least as much of all goals
    before as their bounds ask for less the tolerance, or as ``values`` where that is less.
    """
    lowers, found, least = stated.lower_bounds, list[int](), list[int]()
    for goal, (lower, upper, slack) in enumerate(
        zip(lowers, stated.upper_bounds, case.goals.slack, strict=True)
    ):
        most = upper
        for cut in stated.cuts:
            if cut.digits[goal]:
                others = [*least, 0, *lowers[goal + 1 :]]
                left = cut.most - sum(map(mul, cut.digits, others))
                most = min(most, left // cut.digits[goal])
        held = most - slack
        if values is not None:
            held = min(held, values[goal])
        found.append(most)
        least.append(max(min(most, lower), held))
    return tuple(found)


def blocks_feasible(proof: BlockProof) -> Iterator[RuleFinding]:
    """No resource's best block, over all its eligible pairs, is worth more than its price in any cut; weights
    lie within the stated bounds.
    """
    world = proof.case.world
    blocks, listed = EligibleBlocks(world), 0
    least: dict[str, int] = {}
    most: dict[str, int] = {}
    priced = [
        (
            prices,
            proof.weight_digit(prices.cut) * prices.cut.scale,
            world.units.above(prices.units),
            _at_roles(prices, world),
            proof.costs(prices.cut),
        )
        for prices in proof.cuts
    ]
    for resource in world.problem.resources:
        pairs = list(blocks.pairs(resource))
        for role, _, weight in pairs:
            if weight < least.get(role.id, 0):
                least[role.id] = weight
            if weight > most.get(role.id, 0):
                most[role.id] = weight
        month = blocks.month(resource, (moment for _, moment, _ in pairs))
        for prices, factor, units, at_roles, costs in priced:
            above, cost = units[resource.unit], costs[resource.id]
            price = prices.resources[resource.id]
            profits = [
                (profit, role, moment)
                for role, moment, weight in pairs
                if (profit := factor * weight - at_roles[role.id] - above) > 0 or month
            ]
            enough = max(0, price) + cost
            worth = (
                blocks.best(resource, profits, enough)
                if month is None
                else blocks.best_month(resource, *month, profits, enough)
            )
            worth = max(0, worth - cost)
            if worth > price:
                listed += 1
                if listed > LISTED:
                    yield (), fact("more_blocks", listed=LISTED)
                    return
                yield (resource.id,), fact("block_worth", worth=worth, price=price)
    wanted = {role.id: role.requirement.wanted for role in world.roles.values()}
    low, high = (
        sum(wanted[name] * weight for name, weight in weights.items())
        for weights in (least, most)
    )
    yield from proof.outside(low, high)


def _at_roles(prices: CutPrices, world: World) -> dict[str, int]:
    """What a unit costs at every requirement, with all capped communities above it."""
    above = world.communities.above(prices.communities)
    return {
        name: price + above[world.roles[name].demand.community]
        for name, price in prices.requirements.items()
    }
