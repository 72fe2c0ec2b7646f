"""A certificate of blocks, and the bound it proves. docs/architecture.md (The certificate of blocks) states
the theorem.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from matchkit.model import Aim
from matchkit.plan import BlockCertificate, BlockPrice
from matchkit.verification.blocks import EligibleBlocks, RolesAtTime
from matchkit.verification.case import Case, RuleFinding
from matchkit.verification.goals import Vector
from matchkit.verification.report import fact
from matchkit.verification.world import RequirementFacts

LISTED = 100
"""After so many resources above their prices the search ends: one is enough to refuse a proof."""


class BlockProof:
    """A plan's certificate of blocks read against its problem, and the prices where they are whole."""

    def __init__(self, case: Case, stated: BlockCertificate) -> None:
        self.case, self.stated = case, stated
        self._slots = _slots_by_tier(case)
        self.faults = list(self._faults())
        self.whole = not self.faults
        self.resources = {entry.id: entry.price for entry in stated.resources}
        self.requirements = {entry.id: entry.price for entry in stated.requirements}

    def _faults(self) -> Iterator[RuleFinding]:
        stated, names, world = self.stated, self.case.goals.names, self.case.world
        if stated.goals != names:
            yield (), fact("certificate_goals", names=", ".join(names))
        vectors = {
            "bound": stated.bound,
            "digits": stated.digits,
            "floors": stated.floors,
            "ceilings": stated.ceilings,
        }
        lengths = [
            (what, len(entries))
            for what, entries in vectors.items()
            if len(entries) != len(names)
        ]
        for what, length in lengths:
            yield (
                (),
                fact(
                    "certificate_length",
                    what=fact(f"the_{what}"),
                    length=length,
                    goals=str(len(names)),
                ),
            )
        yield from _group("a_resource", stated.resources, world.resources)
        yield from _group("a_requirement", stated.requirements, world.roles)
        if stated.goals != names or lengths:
            return
        for aim, floor, ceiling in zip(
            self.case.goals.aims, stated.floors, stated.ceilings, strict=True
        ):
            if floor > ceiling:
                yield (), fact("floor_above", floor=floor, goal=aim.name, ceiling=ceiling)
        yield from self.outside(0, 0)

    def outside(self, least: int, most: int) -> Iterator[RuleFinding]:
        """Goals whose floor or ceiling a plan might lie beyond, where the assigned units weigh so much
        together (without costs).
        """
        for aim, floor, ceiling in zip(
            self.case.goals.aims, self.stated.floors, self.stated.ceilings, strict=True
        ):
            low, high = self._reach(aim, least, most)
            if floor > low:
                yield (), fact("floor_wrong", goal=aim.name, floor=floor, least=low)
            if ceiling < high:
                yield (), fact("ceiling_wrong", goal=aim.name, ceiling=ceiling, most=high)

    def _reach(self, aim: Aim, least: int, most: int) -> tuple[int, int]:
        """Least and most of a goal, costs left out."""
        low = high = 0
        for part in aim.parts:
            if part.measure == "weight":
                low, high = low + part.factor * least, high + part.factor * most
            for tier, (minimum, rest) in self._slots.items():
                if part.tier in (None, tier):
                    high += part.factor * {"minimum": minimum, "filled": rest}.get(
                        part.measure, 0
                    )
        return low, high

    def weight_digit(self) -> int:
        """What a point of weight counts in the blocks' number."""
        parts = (
            (part, digit)
            for aim, digit in zip(self.case.goals.aims, self.stated.digits, strict=True)
            for part in aim.parts
        )
        return sum(digit * part.factor for part, digit in parts if part.measure == "weight")

    def slots(self) -> int:
        """What the slots earn at most at these prices, in parts of a unit."""
        stated, goals, total = self.stated, self.case.goals, 0
        tiers = {demand.tier for demand in self.case.world.demands.values()}
        gains = {
            (tier, part): self._gain(goals.unit(tier, minimum=part))
            for tier in tiers
            for part in (True, False)
        }
        for role in self.case.world.roles.values():
            need, tier, price = role.requirement, role.demand.tier, self.requirements[role.id]
            total += need.minimum * max(0, stated.scale * gains[tier, True] + price)
            total += (need.wanted - need.minimum) * max(
                0, stated.scale * gains[tier, False] + price
            )
        return total

    def _gain(self, unit: Vector) -> int:
        return sum(
            digit * amount for digit, amount in zip(self.stated.digits, unit, strict=True)
        )

    def bound(self) -> Vector:
        """What no plan can exceed if no block is worth more than its price."""
        stated = self.stated
        left = (sum(self.resources.values()) + self.slots()) // stated.scale
        left -= sum(
            digit * floor for digit, floor in zip(stated.digits, stated.floors, strict=True)
        )
        found = []
        for digit, floor, ceiling, slack in zip(
            stated.digits, stated.floors, stated.ceilings, self.case.goals.slack, strict=True
        ):
            if digit == 0:
                found.append(ceiling)
                continue
            here = min(left // digit, ceiling - floor)
            found.append(floor + here)
            left -= digit * max(min(here, 0), here - slack)
        return tuple(found)


def _slots_by_tier(case: Case) -> dict[int, tuple[int, int]]:
    """Slots up to the minimums and beyond them."""
    found: dict[int, tuple[int, int]] = {}
    for role in case.world.roles.values():
        minimum, rest = found.get(role.demand.tier, (0, 0))
        need = role.requirement
        found[role.demand.tier] = minimum + need.minimum, rest + need.wanted - need.minimum
    return found


def _group(
    what: str, entries: tuple[BlockPrice, ...], known: Collection[str]
) -> Iterator[RuleFinding]:
    kind, seen = fact(what), set[str]()
    for entry in entries:
        if entry.id in seen:
            yield (entry.id,), fact("price_twice", what=kind)
        elif entry.id not in known:
            yield (entry.id,), fact("price_unknown", what=kind)
        seen.add(entry.id)
    for name in known:
        if name not in seen:
            yield (name,), fact("price_missing", what=kind)


def block_bound(proof: BlockProof) -> Iterator[RuleFinding]:
    """The stated bound is the one its prices give."""
    if proof.whole:
        right = proof.bound()
        if proof.stated.bound != right:
            yield (), fact("certificate_bound", stated=proof.stated.bound, right=right)


def blocks_feasible(proof: BlockProof) -> Iterator[RuleFinding]:
    """No resource's best block, over all its eligible pairs, is worth more than its price; weights lie within
    the stated bounds.
    """
    if not proof.whole:
        return
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
    together = (
        sum(wanted[name] * weight for name, weight in weights.items())
        for weights in (least, most)
    )
    yield from proof.outside(*together)
