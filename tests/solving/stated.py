"""A problem as rows and goals, in plain Python from the records: what every oracle of these tests is built
from.

Which pairs are eligible is asked of the checker, weights are those of tests/compile/specified_worth.py, and
the rules are written out here: nothing is taken from compile, whose work is what the tests are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from specified_worth import Worth

import matchkit as mk
from matchkit.verification.eligibility import broken
from matchkit.verification.world import World

Pair = tuple[str, str]
Quantities = Mapping[Pair, int]
Vector = tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """At most so many units on these pairs together; ``rule`` names what says so."""

    rule: str
    pairs: tuple[Pair, ...]
    most: int


@dataclass
class Stated:
    """A problem without hours budgets and teams, written out."""

    problem: mk.Problem
    own: dict[Pair, int] = field(init=False)
    """Eligible pairs and what each can carry at most."""
    barred: dict[Pair, set[str]] = field(init=False)
    """The rules that each pair breaks by itself."""
    terms: dict[Pair, dict[str, int]] = field(init=False)
    """Of all pairs. One that lacks a skill has no skill fit: it gets some number."""
    locks: dict[Pair, int] = field(init=False)
    rows: list[Row] = field(init=False)
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        world, worth = World(self.problem), Worth(self.problem)
        for slow in (
            "word",
            "up",
            "rarity",
        ):  # answers by name alone, asked for again and again
            setattr(worth, slow, cache(getattr(worth, slow)))
        self.resources = {resource.id: resource for resource in self.problem.resources}
        self.roles = {
            need.id: (demand, need)
            for demand in self.problem.demands
            for need in demand.requirements
        }
        self.unit_over = {unit.id: unit.parent for unit in self.problem.units}
        self.community_over = {
            community.id: community.parent for community in self.problem.communities
        }
        self.own, self.barred, self.terms = {}, {}, {}
        for r, resource in self.resources.items():
            for q, (demand, need) in self.roles.items():
                self.barred[r, q] = {
                    rule for rule, _ in broken(world, resource, world.roles[q])
                }
                if not self.barred[r, q]:
                    self.own[r, q] = self.most((r, q))
                self.terms[r, q] = (
                    worth.terms(resource, demand, need)
                    if "skill" not in self.barred[r, q]
                    else {"importance": 100}
                )
        self.locks = {}
        for rule in self.problem.rules:
            if isinstance(rule, mk.rules.Lock):
                pair = rule.resource, rule.requirement
                self.locks[pair] = max(rule.quantity, self.locks.get(pair, 0))
        self.rows = list(self._rows())
        self.names = tuple(self._names())

    def most(self, pair: Pair) -> int:
        """What the pair can carry, if it is eligible."""
        resource, (_, need) = self.resources[pair[0]], self.roles[pair[1]]
        return min(resource.capacity, need.wanted if resource.is_divisible else 1)

    def weight(self, pair: Pair) -> int:
        """The pair's weight: the sum of its terms."""
        return sum(self.terms[pair].values())

    def _of(
        self,
        rule: str,
        resources: Iterable[str],
        requirements: Iterable[str],
        most: int,
    ) -> Row:
        lefts, rights = set(resources), set(requirements)
        return Row(
            rule,
            tuple(
                pair for pair in self.barred if pair[0] in lefts and pair[1] in rights
            ),
            most,
        )

    def _rows(self) -> Iterator[Row]:
        for r, resource in self.resources.items():
            yield self._of("resource_capacity", [r], self.roles, resource.capacity)
            if not resource.is_divisible:
                for one, other in self._meetings():
                    yield self._of("overlap", [r], [one, other], 1)
        for q, (_, need) in self.roles.items():
            yield self._of("requirement_wanted", self.resources, [q], need.wanted)
        for rule in self.problem.rules:
            if isinstance(rule, mk.rules.UnitCap | mk.rules.ReserveShare):
                below = [
                    r
                    for r, resource in self.resources.items()
                    if is_below(self.unit_over, resource.unit, rule.unit)
                ]
                whole = sum(self.resources[r].capacity for r in below)
                most = (
                    rule.most
                    if isinstance(rule, mk.rules.UnitCap)
                    else whole * (100 - rule.percent) // 100
                )
                yield self._of(rule.rule, below, self.roles, most)
            elif isinstance(rule, mk.rules.CommunityCap):
                needs = [
                    q
                    for q, (demand, _) in self.roles.items()
                    if is_below(self.community_over, demand.community, rule.community)
                ]
                yield self._of("community_cap", self.resources, needs, rule.most)

    def _meetings(self) -> Iterator[Pair]:
        """Requirements of which one resource that is not divisible can serve only one."""
        entries = list(self.roles.items())
        for place, (one, (demand, _)) in enumerate(entries):
            for other, (later, _) in entries[place + 1 :]:
                if any(
                    a.start < b.end and b.start < a.end
                    for a in demand.windows
                    for b in later.windows
                ):
                    yield one, other

    def _names(self) -> Iterator[str]:
        for tier in sorted({demand.tier for demand, _ in self.roles.values()}):
            needs = [
                need for demand, need in self.roles.values() if demand.tier == tier
            ]
            if any(need.minimum for need in needs):
                yield f"tier {tier} minimum"
            if any(need.wanted > need.minimum for need in needs):
                yield f"tier {tier}"
        yield "weight"

    def breaks(self, quantities: Quantities) -> set[str]:
        """The hard rules that these quantities break, by name."""
        found = {rule for pair in quantities for rule in self.barred[pair]}
        found |= {
            "pair_quantity"
            for pair, amount in quantities.items()
            if amount > self.most(pair)
        }
        found |= {
            "lock"
            for pair, amount in self.locks.items()
            if quantities.get(pair, 0) < amount
        }
        for row in self.rows:
            amounts = [quantities.get(pair, 0) for pair in row.pairs]
            if (
                row.rule == "overlap"
            ):  # counts places to be at; a quantity above 1 at one place is another rule's
                amounts = [min(1, amount) for amount in amounts]
            if sum(amounts) > row.most:
                found.add(row.rule)
        return found

    def value(self, quantities: Quantities) -> Vector:
        """What quantities reach, goal by goal; what is beyond what is wanted, in a tier that has no goal for
        it, counts nothing.
        """
        total = dict.fromkeys(self.names, 0)
        for q, (demand, need) in self.roles.items():
            taken = sum(amount for pair, amount in quantities.items() if pair[1] == q)
            if need.minimum:
                total[f"tier {demand.tier} minimum"] += min(taken, need.minimum)
            if taken > need.minimum and f"tier {demand.tier}" in total:
                total[f"tier {demand.tier}"] += taken - need.minimum
        total["weight"] = sum(
            amount * self.weight(pair) for pair, amount in quantities.items()
        )
        return tuple(total.values())


def is_below(over: Mapping[str, str | None], node: str | None, top: str) -> bool:
    """Whether the node is ``top`` or lies below it."""
    while node is not None and node != top:
        node = over[node]
    return node == top
