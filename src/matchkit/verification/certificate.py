"""A certificate's prices on the network after the locks, and the bound they prove. docs/architecture.md
states the theorem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from operator import add
from typing import NamedTuple

from matchkit.model import Part
from matchkit.plan import Certificate
from matchkit.verification.case import Case, RuleFinding
from matchkit.verification.certificate_network import CertificateNetwork
from matchkit.verification.eligibility import eligible
from matchkit.verification.goals import GoalAmounts, Vector
from matchkit.verification.reference import could_keep
from matchkit.verification.report import Fact, fact
from matchkit.verification.sharers import places
from matchkit.verification.shares import Shares
from matchkit.verification.stated_prices import length_fault, price_faults
from matchkit.verification.trees import summed

Worth = tuple[int, tuple[Vector, ...], tuple[Vector, ...]]
"""A capacity, and what a unit of it is worth beyond prices: the sum of some vectors less that of others."""


class PriceVectors(NamedTuple):
    """Price vectors by id (of shares by goal and id), one number a goal."""

    resources: Mapping[str, Vector]
    requirements: Mapping[str, Vector]
    units: Mapping[str, Vector]
    communities: Mapping[str, Vector]
    shares: Mapping[tuple[str, str], Vector]


class PriceProof:
    """A plan's certificate read against its problem: the network, what is wrong with goals, ids and lengths,
    and the prices, each the first of its id.
    """

    def __init__(self, case: Case, stated: Certificate) -> None:
        self.case, self.stated = case, stated
        self._counted = dict[tuple[str, Vector], Vector]()
        self.network = CertificateNetwork(case.world)
        self.faults = list(self._faults())
        groups = (
            stated.resources,
            stated.requirements,
            stated.units,
            stated.communities,
        )
        # Equal vectors are one object.
        one = dict[Vector, Vector]()
        resources, requirements, units, communities = (
            {entry.id: one.setdefault(entry.price, entry.price) for entry in group}
            for group in groups
        )
        shares = {
            (entry.goal, entry.id): one.setdefault(entry.price, entry.price)
            for entry in stated.shares
        }
        self.prices = PriceVectors(resources, requirements, units, communities, shares)

    def _faults(self) -> Iterator[RuleFinding]:
        stated, network, names = self.stated, self.network, self.case.goals.names
        if not self.case.goals.by_flow:
            yield (), fact("aims_given")
        for node in self._across()[1]:
            yield (node,), fact("cap_across")
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
        apart = {name: one for name, one in self.shares.items() if not one.alone}
        for entry in stated.shares:
            if entry.goal not in apart:
                yield (entry.id,), fact("price_unknown", what=fact("a_share"))
        for name, one in apart.items():
            mine = [entry for entry in stated.shares if entry.goal == name]
            yield from price_faults("a_share", mine, one.gains, (), goals)

    @cached_property
    def places(self) -> dict[Part, int]:
        """The number of the goal of every part."""
        aims = self.case.goals.aims
        return {part: place for place, aim in enumerate(aims) for part in aim.parts}

    @cached_property
    def shares(self) -> dict[str, Shares]:
        """Who share, by the first of their goals, by which their prices are stated."""
        goals = self.case.goals
        return {goals.names[self.places[one.parts[0]]]: one for one in goals.shares}

    def gain(self, resource: str, requirement: str) -> Vector:
        """A pair's gain in every goal: its weight in the last, 0 before."""
        return self._weighing(self.case.weight(resource, requirement))

    def _weighing(self, weight: int) -> Vector:
        return (0,) * (len(self.case.goals.names) - 1) + (weight,)

    @cached_property
    def _could_keep(self) -> dict[tuple[str, str], tuple[int, int]]:
        return could_keep(self.case.world)

    @cached_property
    def keeping(self) -> dict[tuple[str, str], tuple[int, Vector]]:
        """Eligible pairs of the reference plan: how many units beyond the locks count in goals before the
        last, and what each of them counts there.
        """
        world, aims = self.case.world, self.case.goals.aims
        found = dict[tuple[str, str], tuple[int, Vector]]()
        asked = [any(part.measure == "kept" for part in aim.parts) for aim in aims]
        for (one, other), (units, weight) in self._could_keep.items():
            resource, role = world.resources[one], world.roles[other]
            room = min(units, world.most(resource, role.requirement))
            room -= self.network.locked.get((one, other), 0)
            counts = tuple(weight if kept else 0 for kept in asked)
            if room > 0 and any(counts) and eligible(world, resource, role):
                found[one, other] = room, counts
        return found

    def full_pairs(self) -> dict[tuple[str, str], int]:
        """Pairs of the plan at their own capacity, and pairs of the reference plan of which every unit
        counts as kept; with that capacity before the locks.
        """
        most = self.case.world.most
        own = {
            (resource.id, role.id): most(resource, role.requirement)
            for resource, role, _ in self.case.chosen()
        }
        pairs, world = self.case.pairs, self.case.world
        found = {pair: most for pair, most in own.items() if pairs[pair] >= most}
        for (one, other), (units, _) in self.keeping.items():
            room = most(world.resources[one], world.roles[other].requirement)
            if units + self.network.locked.get((one, other), 0) >= room:
                found[one, other] = room
        return found

    def wrong(self) -> Iterator[Fact]:
        """The bound, where the prices do not give it."""
        right = self.bound()
        if self.stated.bound != right:
            yield fact("certificate_bound", stated=self.stated.bound, right=right)

    def bound(self) -> Vector:
        """What no plan can exceed if the prices are feasible: the formula of docs/architecture.md, in exact
        integers.
        """
        case, network = self.case, self.network
        locked = sum(
            bound * case.weight(*pair) for pair, bound in network.locked.items()
        )
        kept = sum(
            weight * min(units, network.locked.get(pair, 0))
            for pair, (units, weight) in self._could_keep.items()
        )
        amounts = GoalAmounts(network.filled, network.used, locked, kept=kept)
        total = list(case.goals.values(amounts))
        # Few vectors differ: what has the same ones is counted together.
        units, differ = Counter[tuple[int, ...]](), dict[tuple[int, ...], Worth]()
        for worth in chain(
            self._at_caps(),
            self._at_shares(),
            self._at_resources(),
            self._at_requirements(),
            self._at_full_pairs(),
            self._at_kept_units(),
        ):
            capacity, gains, prices = worth
            if capacity:
                key = (len(gains), *map(id, gains), *map(id, prices))
                units[key] += capacity
                differ.setdefault(key, worth)
        known = dict[int, list[tuple[int, int]]]()
        for key, (_, gains, prices) in differ.items():
            value = Counter[int]()
            for sign, vectors in ((1, gains), (-1, prices)):
                for vector in vectors:
                    parts = known.get(id(vector))
                    if parts is None:
                        parts = known[id(vector)] = _parts(vector)
                    for goal, amount in parts:
                        value[goal] += sign * amount
            if _above_zero(value):
                for goal, amount in value.items():
                    total[goal] += units[key] * amount
        return tuple(total)

    def _at_caps(self) -> Iterator[Worth]:
        network, prices = self.network, self.prices
        for tree, nodes in (
            (network.units, prices.units),
            (network.communities, prices.communities),
        ):
            for node, capacity in tree.left.items():
                above = _price(nodes, tree.above[node])
                if tree is network.communities:
                    above = self._around(node, tree.above[node], above)
                yield capacity, (nodes[node],), above

    def _at_shares(self) -> Iterator[Worth]:
        """Every unit of those who share together, each with what it counts."""
        network, world = self.network, self.case.world
        for name, shares in self.shares.items():
            if shares.alone:
                continue
            if shares.is_coverage:
                tree, nodes, locked = (
                    network.communities,
                    self.prices.communities,
                    network.filled,
                )
            else:
                tree, nodes, locked = network.units, self.prices.units, network.used
            at = places(world, shares.parts[0], shares.owner)
            taken = shares.filled(locked)
            for owner, gains in shares.gains.items():
                own = self.prices.shares[name, owner]
                above = _price(nodes, tree.over[at[owner]])
                for gain in gains[taken.get(owner, 0) :]:
                    yield 1, (self._counts(name, gain), own), above

    def _at_resources(self) -> Iterator[Worth]:
        network, prices = self.network, self.prices
        for resource in self.case.world.problem.resources:
            capacity = network.resources[resource.id]
            if not capacity:
                continue
            node = network.units.over[resource.unit]
            above = self._shared(resource.id, _price(prices.units, node), "loads")
            price, own = prices.resources[resource.id], self._own(resource.id)
            if own is None:
                yield capacity, (price,), above
            else:
                for gain in own[resource.capacity - capacity :]:
                    yield 1, (gain, price), above

    def _at_requirements(self) -> Iterator[Worth]:
        case, network, prices = self.case, self.network, self.prices
        tiers = {demand.tier for demand in case.world.demands.values()}
        earns = {
            (tier, part): case.goals.unit(tier, minimum=part)
            for tier in tiers
            for part in (True, False)
        }
        for role in case.world.roles.values():
            if role.id in network.full:
                continue
            tier, node = (
                role.demand.tier,
                network.communities.over[role.demand.community],
            )
            above = self._shared(role.id, _price(prices.communities, node), "coverage")
            if node is not None and node in self.around:
                above = (prices.communities[node],)
            price = prices.requirements[role.id]
            first, then = (earns[tier, part] for part in (True, False))
            least, rest = network.slots[role.id]
            own = self._own(role.id)
            if own is None:
                yield least, (first, price), above
                yield rest, (then, price), above
                continue
            left = own[role.requirement.wanted - least - rest :]
            for number, gain in enumerate(left):
                yield 1, (first if number < least else then, gain, price), above

    def _at_full_pairs(self) -> Iterator[Worth]:
        known = dict[int, Vector]()
        for (one, other), own in self.full_pairs().items():
            left = own - self.network.locked.get((one, other), 0)
            left -= self.keeping.get((one, other), (0, ()))[0]
            first, second = (
                self.prices.resources.get(one),
                self.prices.requirements.get(other),
            )
            if left > 0 and first is not None and second is not None:
                weight = self.case.weight(one, other)
                gain = known.setdefault(weight, self._weighing(weight))
                yield left, (gain,), (first, second)

    def _at_kept_units(self) -> Iterator[Worth]:
        """The units of the reference plan, with what they count as kept and by weight."""
        prices = self.prices
        known = dict[Vector, Vector]()
        for (one, other), (units, counts) in self.keeping.items():
            first, second = prices.resources.get(one), prices.requirements.get(other)
            if first is not None and second is not None:
                gain = tuple(map(add, self.gain(one, other), counts))
                yield units, (known.setdefault(gain, gain),), (first, second)

    def _counts(self, name: str, gain: Vector) -> Vector:
        """What a unit of those who share counts in every goal."""
        known = self._counted.get((name, gain))
        if known is None:
            found = [0] * len(self.case.goals.names)
            for part, amount in zip(self.shares[name].parts, gain, strict=True):
                found[self.places[part]] += amount
            known = self._counted[name, gain] = tuple(found)
        return known

    def _shared(
        self, leaf: str, otherwise: tuple[Vector, ...], measure: str
    ) -> tuple[Vector, ...]:
        """The price of whom a requirement or a resource shares with in a goal of this measure, else that of
        the node above.
        """
        for name, shares in self.shares.items():
            is_of = shares.parts[0].measure == measure and not shares.alone
            if is_of and leaf in shares.owner:
                return (self.prices.shares[name, shares.owner[leaf]],)
        return otherwise

    @cached_property
    def around(self) -> dict[str | None, tuple[str, str]]:
        """The capped communities that lie deeper than one above them that shares, with the first goal of that
        and who it is: all that is wanted below such a cap has to be its own.
        """
        return self._across()[0]

    def _across(self) -> tuple[dict[str | None, tuple[str, str]], list[str]]:
        """Those, and the caps below which not all is."""
        tree, world = self.case.world.communities, self.case.world
        found, wrong = dict[str | None, tuple[str, str]](), list[str]()
        wanted = [role for role in world.roles.values() if role.requirement.wanted]
        for name, shares in self.shares.items():
            depth = shares.parts[0].depth
            if depth is None or not shares.is_coverage:
                continue
            top = tree.at_depth(depth)
            own, all_of_it = (
                tree.totals(summed((role.demand.community, 1) for role in roles))
                for roles in (
                    [role for role in wanted if role.id in shares.owner],
                    wanted,
                )
            )
            for node in self.network.communities.left:
                if top[node] != node and own[node]:
                    found[node] = name, top[node]
                    wrong += [node] if own[node] < all_of_it[node] else []
        return found, wrong

    def _around(
        self, node: str, above: str | None, otherwise: tuple[Vector, ...]
    ) -> tuple[Vector, ...]:
        """The price of what is next above a capped community."""
        if node not in self.around or above in self.around:
            return otherwise
        return (self.prices.shares[self.around[node]],)

    def _own(self, leaf: str) -> list[Vector] | None:
        """What every unit of a requirement or resource counts where it shares for itself; None where it does
        not.
        """
        for name, shares in self.shares.items():
            if shares.alone and leaf in shares.owner:
                own = shares.gains[shares.owner[leaf]]
                return [self._counts(name, gain) for gain in own]
        return None


def _price(prices: Mapping[str, Vector], node: str | None) -> tuple[Vector, ...]:
    """The price of a capped node; none for the root, whose price is 0."""
    return () if node is None else (prices[node],)


def _parts(vector: Vector) -> list[tuple[int, int]]:
    """The goals in which a vector is not 0, and what it is there."""
    return [(goal, amount) for goal, amount in enumerate(vector) if amount]


def _above_zero(value: Mapping[int, int]) -> bool:
    """Whether a vector, by goal, is above 0 in the order of goals."""
    first = min((goal for goal, amount in value.items() if amount), default=None)
    return first is not None and value[first] > 0
