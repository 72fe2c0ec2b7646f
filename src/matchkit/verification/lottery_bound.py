"""What the prices of a published lottery prove: that no odds under its caps exceed a bound."""

from __future__ import annotations

from operator import add, sub

from matchkit.answers.lottery import OddsEntry
from matchkit.verification.certificate import PriceVectors
from matchkit.verification.feasible import above_their_prices
from matchkit.verification.goals import Vector
from matchkit.verification.lottery_odds import UNIT, LotteryOdds


class _PricedSide:
    """The entries of one side: where pairs end, and what locks use of each."""

    def __init__(self, entries: tuple[OddsEntry, ...]) -> None:
        self.entries, self.used = entries, [0] * len(entries)
        self.place = {
            (one.id, one.partners): place
            for place, one in enumerate(entries)
            if one.is_record or one.partners is not None
        }
        self.group = {one.id: one.group for one in entries if one.is_record}

    def end(self, name: str, partner: str | None) -> int:
        """The place of the entry at which a pair ends, its partner being of this group."""
        own = self.place[name, None]
        return self.place.get((name, partner), own)

    def above(self, place: int) -> list[int]:
        """The places of an entry and of all that it is part of."""
        found = []
        while place >= 0:
            found.append(place)
            place = self.entries[place].above
        return found

    def left(self, place: int) -> int:
        """The parts that locks leave of an entry."""
        return self.entries[place].most - self.used[place]


def lottery_bound(odds: LotteryOdds) -> Vector:
    """What no odds exceed: what is locked, what entries may carry at their prices, and of every eligible pair
    what it is worth beyond its two prices, as often as its cap allows.
    """
    world, parts = odds.world, odds.lottery.parts
    total = list(odds.reached(odds.locked))
    nothing = (0,) * len(total)

    def counts(capacity: int, value: Vector) -> None:
        if capacity > 0 and value > nothing:
            for goal, amount in enumerate(value):
                total[goal] += capacity * amount

    sides = _PricedSide(odds.lottery.left), _PricedSide(odds.lottery.right)

    def ends(pair: tuple[str, str]) -> list[int]:
        return [
            side.end(name, other.group[partner])
            for side, other, name, partner in zip(
                sides, sides[::-1], pair, pair[::-1], strict=True
            )
        ]

    for pair, amount in odds.locked.items():
        for side, end in zip(sides, ends(pair), strict=True):
            for place in side.above(end):
                side.used[place] += amount
    for side in sides:
        for place, one in enumerate(side.entries):
            above = nothing if one.above < 0 else side.entries[one.above].price
            price, left = tuple(map(sub, one.price, above)), side.left(place)
            if one.kind != "requirement" or one.partners is not None:
                counts(left, price)
                continue
            role, taken = world.roles[one.id], odds.network.filled.get(one.id, 0)
            least = max(0, role.requirement.minimum - taken) * parts
            for amount, minimum in ((least, True), (left - least, False)):
                unit = odds.goals.unit(role.demand.tier, minimum=minimum)
                counts(amount, tuple(map(add, unit, price)))
    for resource, role, worth, _ in above_their_prices(_LeastPrices(odds, sides)):
        pair = resource.id, role.id
        both = [*zip(sides, ends(pair), strict=True)]
        if any(side.left(at) <= 0 for side, end in both for at in side.above(end)):
            continue
        left = odds.most(pair) - odds.locked.get(pair, 0)
        price = tuple(map(add, *(side.entries[end].price for side, end in both)))
        if not odds.lottery.perturbation:
            counts(left, tuple(map(sub, worth, price)))
            continue
        taken = odds.parts_worth(worth[-1], price, left)
        for goal, amount in enumerate(price):
            total[goal] -= taken * amount
        total[-1] += odds.worth(worth[-1], taken)
    return tuple(total)


class _LeastPrices:
    """The least prices of every resource and requirement, over all groups of their partners, in units of
    weight: no pair that is not worth more than its two least prices counts anything in the bound.
    """

    def __init__(
        self, odds: LotteryOdds, sides: tuple[_PricedSide, _PricedSide]
    ) -> None:
        self.case, self.network = odds.assigned, odds.network
        unit = 1
        if odds.lottery.perturbation:  # what the first part gains, in units of weight
            unit = UNIT * odds.lottery.parts - odds.lottery.perturbation
        least: list[dict[str, Vector]] = [{}, {}]
        for found, side in zip(least, sides, strict=True):
            for (name, _), place in side.place.items():
                price = side.entries[place].price
                own = (*price[:-1], price[-1] // unit)
                found[name] = min(own, found.get(name, own))
        self.prices = PriceVectors(least[0], least[1], {}, {}, {})
        self._zeros = (0,) * (len(odds.goals.names) - 1)

    def full_pairs(self) -> dict[tuple[str, str], int]:
        """None is left out."""
        return {}

    def gain(self, resource: str, requirement: str) -> Vector:
        """The weight of a pair, in the last goal."""
        return (*self._zeros, self.case.weight(resource, requirement))
