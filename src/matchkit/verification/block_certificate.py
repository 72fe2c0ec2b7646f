"""A certificate of blocks, and the bound it proves. docs/architecture.md (The certificate of blocks) states
the theorem.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import mul

from matchkit.model import Aim
from matchkit.plan import BlockCertificate
from matchkit.verification.blocks import EligibleBlocks, RolesAtTime
from matchkit.verification.case import Case, RuleFinding
from matchkit.verification.certificate import length_fault, price_faults
from matchkit.verification.goals import Vector
from matchkit.verification.report import fact
from matchkit.verification.trees import summed
from matchkit.verification.world import RequirementFacts

LISTED = 100
"""After so many resources above their prices the search ends: one is enough to refuse a proof."""


class BlockProof:
    """A plan's certificate of blocks read against its problem, and the prices where they are whole."""

    def __init__(self, case: Case, stated: BlockCertificate) -> None:
        self.case, self.stated = case, stated
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
        self.faults = list(self._faults())
        self.resources = {entry.id: entry.price for entry in stated.resources}
        self.requirements = {entry.id: entry.price for entry in stated.requirements}

    def _faults(self) -> Iterator[RuleFinding]:
        stated, names, world = self.stated, self.case.goals.names, self.case.world
        if stated.goals != names:
            yield (), fact("certificate_goals", names=", ".join(names))
        vectors = {
            "bound": stated.bound,
            "digits": stated.digits,
            "lower_bounds": stated.lower_bounds,
            "upper_bounds": stated.upper_bounds,
        }
        lengths = [
            wrong
            for what, vector in vectors.items()
            for wrong in length_fault(what, vector, len(names))
        ]
        yield from lengths
        yield from price_faults("a_resource", stated.resources, world.resources)
        yield from price_faults("a_requirement", stated.requirements, world.roles)
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
        together (without costs).
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
        """Least and most of a goal, costs left out."""
        low = high = 0
        for part in aim.parts:
            if part.measure == "weight":
                low, high = low + part.factor * least, high + part.factor * most
            for tier, slots in self._slots.get(part.measure, {}).items():
                if part.tier in (None, tier):
                    high += part.factor * slots
        return low, high

    def weight_digit(self) -> int:
        """What a point of weight counts in the blocks' number."""
        parts = (
            (part, digit)
            for aim, digit in zip(self.case.goals.aims, self.stated.digits, strict=True)
            for part in aim.parts
        )
        return sum(
            digit * part.factor for part, digit in parts if part.measure == "weight"
        )

    def slots(self) -> int:
        """What the slots earn at most at these prices, in parts of a unit."""
        stated, goals, total = self.stated, self.case.goals, 0
        gains = {
            (tier, part): sum(map(mul, stated.digits, goals.unit(tier, minimum=part)))
            for tier in self._slots["filled"]
            for part in (True, False)
        }
        for role in self.case.world.roles.values():
            need, tier, price = (
                role.requirement,
                role.demand.tier,
                self.requirements[role.id],
            )
            for count, part in (
                (need.minimum, True),
                (need.wanted - need.minimum, False),
            ):
                total += count * max(0, stated.scale * gains[tier, part] + price)
        return total

    def bound(self) -> Vector:
        """What no plan can exceed if no block is worth more than its price."""
        stated = self.stated
        left = (sum(self.resources.values()) + self.slots()) // stated.scale
        left -= sum(map(mul, stated.digits, stated.lower_bounds))
        found = []
        for digit, lower, upper, slack in zip(
            stated.digits,
            stated.lower_bounds,
            stated.upper_bounds,
            self.case.goals.slack,
            strict=True,
        ):
            if digit == 0:
                found.append(upper)
                continue
            here = min(left // digit, upper - lower)
            found.append(lower + here)
            left -= digit * max(min(here, 0), here - slack)
        return tuple(found)


def blocks_feasible(proof: BlockProof) -> Iterator[RuleFinding]:
    """No resource's best block, over all its eligible pairs, is worth more than its price; weights lie within
    the stated bounds.
    """
    world, factor = proof.case.world, proof.weight_digit() * proof.stated.scale
    blocks, listed = EligibleBlocks(world), 0
    least: dict[str, int] = {}
    most: dict[str, int] = {}
    for resource in world.problem.resources:
        profits: list[tuple[int, RequirementFacts, RolesAtTime]] = []
        for role, moment, weight in blocks.pairs(resource):
            if weight < least.get(role.id, 0):
                least[role.id] = weight
            if weight > most.get(role.id, 0):
                most[role.id] = weight
            profit = factor * weight - proof.requirements[role.id]
            if profit > 0:
                profits.append((profit, role, moment))
        price = proof.resources[resource.id]
        worth = blocks.best(resource, profits, price)
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
