"""Prices of floors, which prove the greatest worst score and the greatest weight there: docs/mathematics.md
(Floors) has the theorem that is checked here, from the records.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from operator import add

from matchkit.model import Part
from matchkit.plan import FloorCertificate, FloorProof
from matchkit.verification.case import Case, RuleFinding
from matchkit.verification.eligibility import EligibleIds
from matchkit.verification.goals import Vector
from matchkit.verification.report import Fact, fact
from matchkit.verification.sharers import owners_of
from matchkit.verification.stated_prices import length_fault, price_faults

LISTED = 100
"""After so many pairs above their prices the search ends."""


class FloorPriceProof:
    """A plan's prices of floors read against its problem: faults of form, the bounds they give, and whether
    they hold at every eligible pair.
    """

    def __init__(self, case: Case, stated: FloorCertificate) -> None:
        self.case, self.stated = case, stated
        self.proofs = [one for one in (stated.worst, stated.total) if one is not None]
        parts = [part for aim in case.goals.aims for part in aim.parts]
        self._measures = [part.measure for part in parts]
        found = [part for part in parts if part.measure == "worst_score"]
        self.part: Part | None = found[0] if found else None
        self.faults = list(self._faults())

    @property
    def place(self) -> int:
        """The number of the goal of the worst score, after which only the weight comes."""
        return len(self._measures) - 2

    @cached_property
    def owner(self) -> dict[str, str]:
        """Whose score the units of a requirement count for, of those that want any."""
        return {} if self.part is None else owners_of(self.case.world, self.part).of

    def _faults(self) -> Iterator[RuleFinding]:
        stated, case = self.stated, self.case
        names = case.goals.names
        if not case.goals.by_floors or case.world.locked:
            yield (), fact("floors_not_asked")
            return
        if stated.goals != names:
            yield (), fact("certificate_goals", names=", ".join(names))
        yield from length_fault("bound", stated.bound, len(names))
        world = case.world
        capacity = {one.id: one.capacity for one in world.problem.resources}
        wanted = {role.id: role.requirement.wanted for role in world.roles.values()}
        idle = {name for name, units in capacity.items() if not units}
        full = {name for name, units in wanted.items() if not units}
        goals = len(names) - 1
        counted = set(self.owner.values())
        for proof in self.proofs:
            yield from price_faults(
                "a_resource", proof.resources, capacity, idle, goals
            )
            yield from price_faults(
                "a_requirement", proof.requirements, wanted, full, goals
            )
            yield from price_faults("a_floor", proof.floors, counted, counted)
            pairs = [(one.resource, one.requirement) for one in proof.pairs]
            for pair in pairs:
                if pair[0] not in capacity or pair[1] not in wanted:
                    yield pair, fact("price_unknown", what=fact("a_pair"))
            if len(set(pairs)) < len(pairs):
                yield (), fact("price_twice", what=fact("a_pair"))
            if any(one.price < 0 for one in proof.floors):
                yield (), fact("floor_negative")
        if (stated.worst is None) != (not counted):
            yield (), fact("floors_lacking")
        if stated.worst is not None and (
            stated.worst.scale or not any(one.price for one in stated.worst.floors)
        ):
            yield (), fact("floors_lacking")
        if not stated.total.scale:
            yield (), fact("floors_lacking")

    def wrong(self) -> Iterator[Fact]:
        """The bounds, where the prices do not give them for this plan."""
        values, place = self.case.values, self.place
        right: list[int] = list(values[:place])
        for proof, number in (
            (self.stated.worst, place),
            (self.stated.total, place + 1),
        ):
            if proof is None:
                right.append(0)
                continue
            earlier, most = self.bound(proof)
            if earlier != values[:place]:
                yield fact("floor_goals", reached=values[:place], bound=earlier)
                return
            if most != proof.most:
                yield fact("floor_most", stated=proof.most, right=most)
            if number > place and proof.floors and values[place] < proof.least:
                yield fact("floor_below", reached=values[place], least=proof.least)
            right.append(most)
        if self.stated.bound != tuple(right):
            yield fact(
                "certificate_bound", stated=self.stated.bound, right=tuple(right)
            )

    def bound(self, proof: FloorProof) -> tuple[Vector, int]:
        """What the prices allow in the goals before, and what they bound."""
        world, total = self.case.world, [0] * (len(self.case.goals.names) - 1)
        nothing = (0,) * len(total)
        floors = {one.id: one.price for one in proof.floors}

        def counts(units: int, value: Vector) -> None:
            if units > 0 and value > nothing:
                for goal, amount in enumerate(value):
                    total[goal] += units * amount

        left = {one.id: one.price for one in proof.resources}
        right = {one.id: one.price for one in proof.requirements}
        for one in world.problem.resources:
            if one.capacity:
                counts(one.capacity, left[one.id])
        for role in world.roles.values():
            need = role.requirement
            for units, minimum in (
                (need.minimum, True),
                (need.wanted - need.minimum, False),
            ):
                if units:
                    unit = self._unit(role.demand.tier, minimum=minimum)
                    counts(units, tuple(map(add, unit, right[role.id])))
        for pair in proof.pairs:
            resource = world.resources[pair.resource]
            role = world.roles[pair.requirement]
            own = world.most(resource, role.requirement)
            if own and pair.resource in left and pair.requirement in right:
                counts(
                    own,
                    self._beyond(proof, floors, left, right, (resource.id, role.id)),
                )
        least = sum(floors.values())
        earlier, last = tuple(total[:-1]), total[-1]
        if proof.scale:
            return earlier, (last - least * proof.least) // proof.scale
        return earlier, last // least

    def _unit(self, tier: int, *, minimum: bool) -> Vector:
        """What a slot counts in all goals but the worst score."""
        unit = self.case.goals.unit(tier, minimum=minimum)
        return (*unit[: self.place], unit[-1])

    def _beyond(
        self,
        proof: FloorProof,
        floors: dict[str, int],
        left: dict[str, Vector],
        right: dict[str, Vector],
        pair: tuple[str, str],
    ) -> Vector:
        """What a unit of a pair is worth beyond its two prices."""
        factor = proof.scale + floors.get(self.owner.get(pair[1], ""), 0)
        both = tuple(map(add, left[pair[0]], right[pair[1]]))
        worth = self.case.weight(*pair) * factor
        return (*(-one for one in both[:-1]), worth - both[-1])

    def feasible(self) -> Iterator[RuleFinding]:
        """No eligible pair that is not listed is worth more than its two prices."""
        world, found = self.case.world, 0
        eligible = EligibleIds(world)
        for proof in self.proofs:
            listed = {(one.resource, one.requirement) for one in proof.pairs}
            floors = {one.id: one.price for one in proof.floors}
            left = {one.id: one.price for one in proof.resources}
            right = {one.id: one.price for one in proof.requirements}
            nothing = (0,) * (len(self.case.goals.names) - 1)
            for role in world.roles.values():
                if not role.requirement.wanted:
                    continue
                for name in sorted(eligible[role.id]):
                    pair = name, role.id
                    if pair in listed or not world.resources[name].capacity:
                        continue
                    over = self._beyond(proof, floors, left, right, pair)
                    if over > nothing:
                        found += 1
                        if found > LISTED:
                            yield (), fact("more_pairs", listed=LISTED)
                            return
                        yield pair, fact("pair_beyond", beyond=over)
