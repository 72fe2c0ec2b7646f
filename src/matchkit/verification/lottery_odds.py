"""The odds of a published lottery beside the records of its problem: what pairs may carry, and what they
count.
"""

from __future__ import annotations

from collections.abc import Mapping

from matchkit.answers.lottery import PublishedLottery
from matchkit.verification.case import Assigned
from matchkit.verification.certificate_network import CertificateNetwork
from matchkit.verification.goals import GoalOrder, Vector
from matchkit.verification.report import Fact
from matchkit.verification.trees import summed
from matchkit.verification.world import World

UNIT = 1024
"""A perturbation is a whole number of this part of 1."""
OddsFinding = tuple[tuple[str, ...], Fact]
"""Ids of the records concerned, and the fact."""
IdPair = tuple[str, str]


class LotteryOdds:
    """A lottery and its problem: goals, what locks leave, the parts that every pair has (``odds``) and those
    that locks give it (``locked``).
    """

    def __init__(self, world: World, lottery: PublishedLottery) -> None:
        self.world, self.lottery = world, lottery
        self.goals, self.network = GoalOrder(world), CertificateNetwork(world)
        self.odds = {(one.resource, one.requirement): one.odds for one in lottery.pairs}
        self.locked = {pair: n * lottery.parts for pair, n in world.locked.items()}
        self.assigned = Assigned(world, ())
        self._caps = {(one.resource, one.requirement): one.most for one in lottery.caps}

    def most(self, pair: IdPair) -> int:
        """The parts that a pair may carry."""
        world, parts = self.world, self.lottery.parts
        own = world.most(world.resources[pair[0]], world.roles[pair[1]].requirement)
        locked = self.locked.get(pair, 0)
        left = min(self.network.resources[pair[0]], sum(self.network.slots[pair[1]]))
        most = self._caps.get(pair, self.lottery.cap) * own - locked
        return locked + max(0, min(most, parts * own - locked, parts * left))

    def reached(self, odds: Mapping[IdPair, int]) -> Vector:
        """What odds reach in every goal: a slot counts by its place among those of its requirement."""
        parts = self.lottery.parts
        total = [0] * len(self.goals.names)
        loads = summed((pair[1], amount) for pair, amount in odds.items())
        for name, load in loads.items():
            role = self.world.roles[name]
            least = min(load, role.requirement.minimum * parts)
            for amount, minimum in ((least, True), (load - least, False)):
                unit = self.goals.unit(role.demand.tier, minimum=minimum)
                total = [
                    have + amount * gain for have, gain in zip(total, unit, strict=True)
                ]
        for pair, amount in odds.items():
            locked = min(amount, self.locked.get(pair, 0))
            total[-1] += self.worth(self.assigned.weight(*pair), amount, locked)
        return tuple(total)

    def worth(self, weight: int, parts: int, locked: int = 0) -> int:
        """What so many parts of a pair count in the weight, of which those that are locked count in full."""
        slope, free = self.lottery.perturbation, parts - locked
        if not slope:
            return weight * parts
        return weight * (UNIT * self.lottery.parts * parts - slope * free * free)

    def parts_worth(self, weight: int, price: Vector, most: int) -> int:
        """How many of so many parts of a pair gain more than its two prices, goal after goal: parts gain less
        and less, so these are the first ones.
        """
        nothing = (0,) * (len(price) - 1)
        if price[:-1] != nothing:
            return most if price[:-1] < nothing else 0
        slope, top = self.lottery.perturbation, UNIT * self.lottery.parts
        low, high = 0, max(0, most)
        while low < high:
            part = (low + high + 1) // 2
            if weight * (top - slope * (2 * part - 1)) > price[-1]:
                low = part
            else:
                high = part - 1
        return low
