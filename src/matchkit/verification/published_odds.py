"""Whether a published lottery is one of its problem: entries, pairs, what they reach, and the bound.

Written from docs/draws.md and docs/rules.md: it shares nothing with the code that makes lotteries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from operator import add, sub

from matchkit.answers.lottery import OddsEntry, PublishedLottery
from matchkit.model import Problem
from matchkit.verification.case import Assigned
from matchkit.verification.certificate import PriceVectors
from matchkit.verification.certificate_network import CapsLeft, CertificateNetwork
from matchkit.verification.eligibility import EligibleIds
from matchkit.verification.feasible import above_their_prices
from matchkit.verification.goals import GoalOrder, Vector
from matchkit.verification.report import Fact, fact
from matchkit.verification.rules.pairs import limits
from matchkit.verification.trees import summed
from matchkit.verification.world import World

UNIT = 1024
"""A perturbation is a whole number of this part of 1."""
OddsFinding = tuple[tuple[str, ...], Fact]
"""Ids of the records concerned, and the fact."""
IdPair = tuple[str, str]


class OddsOfProblem:
    """A published lottery against its problem: what each record may carry, which pairs may have odds, what is
    locked, what the odds reach, and whether their prices give the bound.
    """

    def __init__(self, problem: Problem, lottery: PublishedLottery) -> None:
        self.world, self.lottery = World(problem), lottery
        self.goals, self.network = GoalOrder(self.world), CertificateNetwork(self.world)
        self.eligible = EligibleIds(self.world)
        self.odds = {(one.resource, one.requirement): one.odds for one in lottery.pairs}
        self.cap = {(one.resource, one.requirement): one.most for one in lottery.caps}
        self.assigned = Assigned(self.world, ())

    def wrong(self) -> Iterator[OddsFinding]:
        """Everything that is wrong."""
        found = list(
            chain(
                self._order(),
                self._entries(),
                self._groups(),
                self._pairs(),
                self._values(),
            )
        )
        yield from found
        if not found:
            yield from self._bound()

    def _order(self) -> Iterator[OddsFinding]:
        """Pairs, records and groups stand by ids, after the capped nodes: their order has a say in a draw."""
        record = self.lottery
        pairs = [(one.resource, one.requirement) for one in record.pairs]
        sides = [
            [
                (one.partners is not None, one.id, one.partners or "")
                for one in entries
                if one.is_record or one.partners is not None
            ]
            for entries in (record.left, record.right)
        ]
        caps = (
            not one.is_record and one.partners is None
            for entries, side in zip((record.left, record.right), sides, strict=True)
            for one in entries[len(entries) - len(side) :]
        )
        if pairs != sorted(pairs) or any(caps) or any(s != sorted(s) for s in sides):
            yield (), fact("odds_order")

    def _entries(self) -> Iterator[OddsFinding]:
        """Capped nodes and records are there once each, with the capacities of the problem."""
        world, parts = self.world, self.lottery.parts
        for entries, kinds, trees, nodes in (
            (
                self.lottery.left,
                ("unit", "resource"),
                (self.network.units, {one.id: one.unit for one in world.problem.resources}),
                {one.id: one.capacity for one in world.problem.resources},
            ),
            (
                self.lottery.right,
                ("community", "requirement"),
                (self.network.communities, {role.id: role.demand.community for role in world.roles.values()}),
                {role.id: role.requirement.wanted for role in world.roles.values()},
            ),
        ):  # fmt: skip
            yield from _entries_wrong(
                entries, kinds, trees[0], trees[1], self._caps(kinds[0]), nodes, parts
            )

    def _groups(self) -> Iterator[OddsFinding]:
        """Where partners have entries for groups, and only there, records count in one of these: resources
        all by unit, or all by the groups they are in ("": in none that has entries), requirements by
        community.
        """
        left, right, world = self.lottery.left, self.lottery.right, self.world
        unit = {one.id: one.unit for one in world.problem.resources}
        community = {role.id: role.demand.community for role in world.roles.values()}
        within = {one.id: one.groups for one in world.problem.resources}
        for entries, others, above in ((left, right, unit), (right, left, community)):
            named = {one.partners: one.id for one in others if one.partners is not None}
            records = [one for one in entries if one.is_record]
            if not named:
                wrong = [one.id for one in records if one.group is not None]
            else:
                wrong = [one.id for one in records if one.group != above.get(one.id)]
            if named and above is unit:
                by_group = [
                    one.id
                    for one in records
                    if one.group
                    not in ({*within.get(one.id, ())} & named.keys() or {""})
                ]
                wrong = min(wrong, by_group, key=len)
            unused = named.keys() - {one.group for one in records}
            for name in (*wrong, *sorted(named[group] for group in unused)):
                yield (name,), fact("odds_group")

    def _caps(self, kind: str) -> dict[str, int]:
        return limits(self.world, kind)

    def most(self, pair: IdPair) -> int:
        """The parts that a pair may carry."""
        world = self.world
        own = world.most(world.resources[pair[0]], world.roles[pair[1]].requirement)
        parts, locked = self.lottery.parts, world.locked.get(pair, 0)
        left = min(self.network.resources[pair[0]], sum(self.network.slots[pair[1]]))
        most = self.cap.get(pair, self.lottery.cap) * own - parts * locked
        return parts * locked + max(0, min(most, parts * min(own - locked, left)))

    def _pairs(self) -> Iterator[OddsFinding]:
        """Odds are those of eligible pairs, at most their cap, and all of what is locked."""
        world, parts = self.world, self.lottery.parts
        for one in self.lottery.pairs:
            pair = one.resource, one.requirement
            if (
                one.resource not in world.resources
                or one.requirement not in world.roles
            ):
                yield pair, fact("odds_unknown")
            elif one.resource not in self.eligible[one.requirement]:
                yield pair, fact("odds_not_eligible")
            elif one.most != self.most(pair):
                yield pair, fact("odds_cap", stated=one.most, right=self.most(pair))
        for pair, quantity in world.locked.items():
            if self.odds.get(pair, 0) < quantity * parts:
                yield (
                    pair,
                    fact(
                        "odds_locked",
                        odds=self.odds.get(pair, 0),
                        least=quantity * parts,
                    ),
                )

    def _values(self) -> Iterator[OddsFinding]:
        """Goals by name with what the odds reach on average, in parts."""
        stated = self.lottery.goals
        if tuple(goal.name for goal in stated) != self.goals.names:
            yield (), fact("certificate_goals", names=", ".join(self.goals.names))
            return
        known = all(
            one in self.world.resources and other in self.world.roles
            for one, other in self.odds
        )
        if not known:
            return
        for goal, right in zip(stated, self._reached(self.odds), strict=True):
            if goal.value != right:
                yield (
                    (),
                    fact("goal_value", name=goal.name, stated=goal.value, right=right),
                )

    def _reached(self, odds: Mapping[IdPair, int]) -> Vector:
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
            locked = min(amount, self.world.locked.get(pair, 0) * parts)
            total[-1] += self._worth(self.assigned.weight(*pair), locked, amount)
        return tuple(total)

    def _worth(self, weight: int, locked: int, parts: int) -> int:
        """What so many parts of a pair count in the weight, of which those that are locked count in full."""
        slope, free = self.lottery.perturbation, parts - locked
        if not slope:
            return weight * parts
        return weight * (UNIT * self.lottery.parts * parts - slope * free * free)

    def _bound(self) -> Iterator[OddsFinding]:
        """The bounds that are stated follow from the prices, over all eligible pairs."""
        stated = [goal.bound for goal in self.lottery.goals]
        if all(bound is None for bound in stated):
            return
        goals = len(stated)
        entries = (*self.lottery.left, *self.lottery.right)
        if any(len(one.price) != goals for one in entries):
            yield (), fact("odds_price")
            return
        right = self.bound()
        reached = True
        for goal, most in zip(self.lottery.goals, right, strict=True):
            expected = most if reached else None
            if goal.bound != expected:
                yield (
                    (),
                    fact(
                        "odds_bound", name=goal.name, stated=goal.bound, right=expected
                    ),
                )
                return
            reached = reached and goal.value == most

    def bound(self) -> Vector:
        """What no odds exceed: what is locked, what entries may carry at their prices, and of every eligible
        pair what it is worth beyond its two prices, as often as its cap allows.
        """
        world, parts = self.world, self.lottery.parts
        locked = {pair: n * parts for pair, n in world.locked.items()}
        total = list(self._reached(locked))
        nothing = (0,) * len(total)

        def counts(capacity: int, value: Vector) -> None:
            if capacity > 0 and value > nothing:
                for goal, amount in enumerate(value):
                    total[goal] += capacity * amount

        ends: list[dict[tuple[str, str | None], Vector]] = [{}, {}]
        groups: list[dict[str, str | None]] = [{}, {}]
        for side, entries in enumerate((self.lottery.left, self.lottery.right)):
            node = ("resource", "requirement")[side]
            for one in entries:
                if one.kind == node:
                    ends[side][one.id, one.partners] = one.price
                    if one.partners is None:
                        groups[side][one.id] = one.group
        used = self._used(locked, groups)
        closed = self._closed(used)
        for side, entries in enumerate((self.lottery.left, self.lottery.right)):
            for place, one in enumerate(entries):
                above = nothing if one.above < 0 else entries[one.above].price
                price = tuple(map(sub, one.price, above))
                left = one.most - used[side].get(place, 0)
                if one.kind != "requirement" or one.partners is not None:
                    counts(left, price)
                    continue
                role = world.roles[one.id]
                taken = self.network.filled.get(one.id, 0)
                least = max(0, role.requirement.minimum - taken) * parts
                for amount, minimum in ((least, True), (left - least, False)):
                    unit = self.goals.unit(role.demand.tier, minimum=minimum)
                    counts(amount, tuple(map(add, unit, price)))
        zeros = nothing[:-1]
        for resource, role, worth, _ in above_their_prices(_LeastPrices(self, ends)):
            pair = resource.id, role.id
            groups_of = groups[1][role.id], groups[0][resource.id]
            if (pair[0], groups_of[0]) in closed[0] or (
                pair[1],
                groups_of[1],
            ) in closed[1]:
                continue
            left = self.most(pair) - locked.get(pair, 0)
            price = tuple(
                map(
                    add,
                    ends[0].get((pair[0], groups_of[0])) or ends[0][pair[0], None],
                    ends[1].get((pair[1], groups_of[1])) or ends[1][pair[1], None],
                )
            )
            weight = worth[-1]
            if not self.lottery.perturbation:
                counts(left, tuple(map(sub, (*zeros, weight), price)))
                continue
            # Parts gain less and less, so the first ones are those that are worth more than the prices.
            taken = self._parts_worth(weight, price, left)
            for goal, amount in enumerate(price):
                total[goal] -= taken * amount
            total[-1] += self._worth(weight, 0, taken)
        return tuple(total)

    def _parts_worth(self, weight: int, price: Vector, most: int) -> int:
        """How many parts of a pair gain more than its two prices, goal after goal."""
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

    def _closed(self, used: list[dict[int, int]]) -> list[set[tuple[str, str | None]]]:
        """The entries of either side at which nothing is left, or above which nothing is, by id and group."""
        found: list[set[tuple[str, str | None]]] = []
        for side, entries in enumerate((self.lottery.left, self.lottery.right)):
            shut: list[bool] = []
            for place, one in enumerate(entries):
                nothing = one.most <= used[side].get(place, 0)
                shut.append(nothing or (one.above >= 0 and shut[one.above]))
            found.append(
                {
                    (one.id, one.partners)
                    for one, closed in zip(entries, shut, strict=True)
                    if closed and (one.is_record or one.partners is not None)
                }
            )
        return found

    def _used(
        self, locked: Mapping[IdPair, int], groups: list[dict[str, str | None]]
    ) -> list[dict[int, int]]:
        """What locks use of every entry of either side, by its place."""
        found = []
        for side, entries in enumerate((self.lottery.left, self.lottery.right)):
            place = {
                (one.id, one.partners): k
                for k, one in enumerate(entries)
                if one.is_record or one.partners is not None
            }
            sums: dict[int, int] = {}
            for pair, amount in locked.items():
                end = place.get((pair[side], groups[1 - side][pair[1 - side]]))
                here = place[pair[side], None] if end is None else end
                while here >= 0:
                    sums[here] = sums.get(here, 0) + amount
                    here = entries[here].above
            found.append(sums)
        return found


class _LeastPrices:
    """The least prices of every resource and requirement, over all groups of their partners, in units of
    weight: no pair that is not worth more than its two least prices counts anything in the bound.
    """

    def __init__(
        self, odds: OddsOfProblem, ends: list[dict[tuple[str, str | None], Vector]]
    ) -> None:
        self.case, self.network = odds.assigned, odds.network
        unit = 1
        if odds.lottery.perturbation:  # what the first part gains, in units of weight
            unit = UNIT * odds.lottery.parts - odds.lottery.perturbation
        least: list[dict[str, Vector]] = [{}, {}]
        for side, prices in enumerate(ends):
            for (name, _), price in prices.items():
                own = (*price[:-1], price[-1] // unit)
                least[side][name] = min(own, least[side].get(name, own))
        self.prices = PriceVectors(least[0], least[1], {}, {}, {})
        self._zeros = (0,) * (len(odds.goals.names) - 1)

    def full_pairs(self) -> dict[tuple[str, str], int]:
        """None is left out."""
        return {}

    def gain(self, resource: str, requirement: str) -> Vector:
        """The weight of a pair, in the last goal."""
        return (*self._zeros, self.case.weight(resource, requirement))


def _entries_wrong(
    entries: tuple[OddsEntry, ...],
    kinds: tuple[str, str],
    tree: CapsLeft,
    at: Mapping[str, str],
    caps: Mapping[str, int],
    nodes: Mapping[str, int],
    parts: int,
) -> Iterator[OddsFinding]:
    """Entries of one side that are not those of the problem."""
    place: dict[tuple[str, str], int] = {
        (one.kind, one.id): k for k, one in enumerate(entries) if one.partners is None
    }
    expected: dict[tuple[str, str], tuple[int, str | None]] = {
        (kinds[0], name): (most * parts, tree.above[name])
        for name, most in caps.items()
    }
    expected |= {
        (kinds[1], name): (most * parts, tree.over[at[name]])
        for name, most in nodes.items()
    }
    for key in expected.keys() - place.keys():
        yield (key[1],), fact("odds_entry")
    for one in entries:
        if one.partners is not None:
            own = place.get((kinds[1], one.id), -2)
            if one.kind != kinds[1] or one.above != own:
                yield (one.id,), fact("odds_entry")
            continue
        right = expected.get((one.kind, one.id))
        if right is None:
            yield (one.id,), fact("odds_entry")
            continue
        most, above = right
        if one.most != most:
            yield (one.id,), fact("odds_most", stated=one.most, right=most)
        if one.above != (-1 if above is None else place.get((kinds[0], above), -2)):
            yield (one.id,), fact("odds_entry")
