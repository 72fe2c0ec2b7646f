"""Whether a certificate proves its bound, written again from docs/architecture.md (The certificate), on a
stated problem.
"""

from __future__ import annotations

from collections.abc import Mapping

from stated import Stated, Vector, is_below

import matchkit as mk
from matchkit.plan import Certificate, Plan


def plus(*vectors: Vector) -> Vector:
    return tuple(map(sum, zip(*vectors, strict=True)))


def minus(one: Vector, other: Vector) -> Vector:
    return tuple(a - b for a, b in zip(one, other, strict=True))


def left_after_locks(stated: Stated) -> tuple[dict[str, int], dict[str, int]]:
    """What each resource has left to give, and each requirement to take."""
    given = {
        r: entry.capacity - sum(n for pair, n in stated.locks.items() if pair[0] == r)
        for r, entry in stated.resources.items()
    }
    asked = {
        q: need.wanted - sum(n for pair, n in stated.locks.items() if pair[1] == q)
        for q, (_, need) in stated.roles.items()
    }
    return given, asked


class Dual:
    """A stated problem after its locks, with prices on its nodes."""

    def __init__(self, stated: Stated, plan: Plan, proof: Certificate) -> None:
        self.stated, self.plan = stated, plan
        self.zero = (0,) * len(stated.names)
        self.u = {entry.id: entry.price for entry in proof.resources}
        self.v = {entry.id: entry.price for entry in proof.requirements}
        self.units = {entry.id: entry.price for entry in proof.units}
        self.communities = {entry.id: entry.price for entry in proof.communities}

    def _above(
        self,
        prices: Mapping[str, Vector],
        over: Mapping[str, str | None],
        node: str | None,
    ) -> Vector:
        while node is not None and node not in prices:
            node = over[node]
        return self.zero if node is None else prices[node]

    def _gain(self, name: str) -> Vector:
        return tuple(int(name == goal) for goal in self.stated.names)

    def _worth(self, pair: tuple[str, str]) -> Vector:
        """What a chosen pair is worth above its two prices."""
        return minus(
            (*self.zero[:-1], self.stated.weight(pair)),
            plus(self.u[pair[0]], self.v[pair[1]]),
        )

    def bound(self) -> Vector:
        """What the prices say no plan can exceed."""
        stated = self.stated
        given, asked = left_after_locks(stated)
        parts: list[tuple[int, Vector]] = []
        for r, resource in stated.resources.items():
            parts.append(
                (
                    given[r],
                    minus(
                        self.u[r],
                        self._above(self.units, stated.unit_over, resource.unit),
                    ),
                )
            )
        for node, price in self.units.items():
            above = self._above(self.units, stated.unit_over, stated.unit_over[node])
            parts.append(
                (self._room(node, stated.unit_over, units=True), minus(price, above))
            )
        for node, price in self.communities.items():
            above = self._above(
                self.communities, stated.community_over, stated.community_over[node]
            )
            parts.append(
                (
                    self._room(node, stated.community_over, units=False),
                    minus(price, above),
                )
            )
        for q, (demand, need) in stated.roles.items():
            least = max(0, need.minimum - (need.wanted - asked[q]))
            climb = minus(
                self.v[q],
                self._above(self.communities, stated.community_over, demand.community),
            )
            parts.append(
                (least, plus(self._gain(f"tier {demand.tier} minimum"), climb))
            )
            parts.append(
                (asked[q] - least, plus(self._gain(f"tier {demand.tier}"), climb))
            )
        for pair, amount in self._chosen().items():
            if amount == stated.own[pair]:
                parts.append((amount - stated.locks.get(pair, 0), self._worth(pair)))
        total = stated.value(stated.locks)
        for capacity, vector in parts:
            if vector > self.zero:
                total = plus(total, tuple(capacity * number for number in vector))
        return total

    def _chosen(self) -> dict[tuple[str, str], int]:
        return {
            (entry.resource, entry.requirement): entry.quantity
            for entry in self.plan.assignments
        }

    def _room(self, node: str, over: Mapping[str, str | None], *, units: bool) -> int:
        stated = self.stated
        most = []
        for rule in stated.problem.rules:
            if units and isinstance(rule, mk.rules.UnitCap) and rule.unit == node:
                most.append(rule.most)
            elif (
                units and isinstance(rule, mk.rules.ReserveShare) and rule.unit == node
            ):
                whole = sum(
                    x.capacity
                    for x in stated.resources.values()
                    if is_below(over, x.unit, node)
                )
                most.append(whole * (100 - rule.percent) // 100)
            elif (
                not units
                and isinstance(rule, mk.rules.CommunityCap)
                and rule.community == node
            ):
                most.append(rule.most)
        if units:
            inside = {
                r for r, x in stated.resources.items() if is_below(over, x.unit, node)
            }
        else:
            inside = {
                q
                for q, (demand, _) in stated.roles.items()
                if is_below(over, demand.community, node)
            }
        return min(most) - sum(
            amount
            for pair, amount in stated.locks.items()
            if pair[0 if units else 1] in inside
        )

    def feasible(self) -> bool:
        """Whether no eligible pair below its own capacity is worth more than its two prices."""
        given, asked = left_after_locks(self.stated)
        chosen = self._chosen()
        return all(
            self._worth(pair) <= self.zero
            for pair, own in self.stated.own.items()
            if chosen.get(pair, 0) < own and given[pair[0]] and asked[pair[1]]
        )


def proves(stated: Stated, plan: Plan) -> bool:
    """Whether the plan's prices are feasible and give the bound that it states."""
    assert plan.certificate is not None
    dual = Dual(stated, plan, plan.certificate)
    return dual.feasible() and dual.bound() == plan.certificate.bound
