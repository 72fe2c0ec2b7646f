"""Random tiny problems with their best plans by brute force, and prices from longest paths in the residual
graph.

Nothing here uses the checker: eligibility, weights, caps and locks of these problems are simple enough to
write again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from random import Random

from handmade import Pair, certificate, plan

import matchkit.model as m
from matchkit.plan import Certificate, Plan, Terms

Vector = tuple[int, ...]
UNIT_OVER = {"U": None, "U1": "U", "U2": "U"}
COMMUNITY_OVER = {"C": None, "C1": "C", "C2": "C"}
ONLY = m.Objective(
    skill_fit=0, distance=0, familiarity=0, previous=0
)  # importance and preference: easy to add up


@dataclass
class Tiny:
    """A problem of this family with what the tests need to know about it."""

    problem: m.Problem
    pairs: dict[Pair, int]  # eligible pairs and their own capacity
    terms: dict[Pair, Terms]
    names: tuple[str, ...]
    locks: dict[Pair, int]
    unit_caps: dict[str, int]
    community_caps: dict[str, int]

    def __post_init__(self) -> None:
        self.resources = {r.id: r for r in self.problem.resources}
        self.roles = {
            q.id: (q, d) for d in self.problem.demands for q in d.requirements
        }

    def weight(self, pair: Pair) -> int:
        return self.terms[pair].importance + self.terms[pair].preference

    def part(self, requirement: str, which: str) -> Vector:
        name = f"tier {self.roles[requirement][1].tier}{which}"
        return tuple(int(goal == name) for goal in self.names)

    def value(self, quantities: Mapping[Pair, int]) -> Vector:
        total = [0] * len(self.names)
        for q, (role, demand) in self.roles.items():
            taken = sum(amount for pair, amount in quantities.items() if pair[1] == q)
            for name, amount in (
                (f"tier {demand.tier} minimum", min(taken, role.minimum)),
                (f"tier {demand.tier}", max(0, taken - role.minimum)),
            ):
                if amount:
                    total[self.names.index(name)] += amount
        total[-1] = sum(
            amount * self.weight(pair) for pair, amount in quantities.items()
        )
        return tuple(total)

    def keeps_rules(self, quantities: Mapping[Pair, int]) -> bool:
        given = {
            r: sum(a for p, a in quantities.items() if p[0] == r)
            for r in self.resources
        }
        taken = {
            q: sum(a for p, a in quantities.items() if p[1] == q) for q in self.roles
        }
        below = lambda node, top, over: (  # noqa: E731
            node == top or (over[node] is not None and over[node] == top)
        )
        return (
            all(given[r] <= record.capacity for r, record in self.resources.items())
            and all(taken[q] <= role.wanted for q, (role, _) in self.roles.items())
            and all(
                quantities.get(pair, 0) >= amount for pair, amount in self.locks.items()
            )
            and all(
                sum(
                    given[r]
                    for r, x in self.resources.items()
                    if below(x.unit, u, UNIT_OVER)
                )
                <= most
                for u, most in self.unit_caps.items()
            )
            and all(
                sum(
                    taken[q]
                    for q, (_, d) in self.roles.items()
                    if below(d.community, c, COMMUNITY_OVER)
                )
                <= most
                for c, most in self.community_caps.items()
            )
        )

    def best(self) -> tuple[Vector, dict[Pair, int]] | None:
        """The best value and a plan that reaches it, by trying every plan; None where locks contradict the
        rules.
        """
        found: tuple[Vector, dict[Pair, int]] | None = None
        for amounts in product(*(range(own + 1) for own in self.pairs.values())):
            quantities = {
                pair: amount
                for pair, amount in zip(self.pairs, amounts, strict=True)
                if amount
            }
            if self.keeps_rules(quantities) and (
                found is None or self.value(quantities) > found[0]
            ):
                found = self.value(quantities), quantities
        return found

    def proof(self, quantities: Mapping[Pair, int], bound: Vector) -> Certificate:
        """Prices of a best plan: longest paths in its residual graph, with vectors for lengths."""
        zero = (0,) * len(self.names)
        arcs: list[
            tuple[str, str, Vector, int, int]
        ] = []  # from, to, gain, capacity and flow, both after the locks
        locked, flow = (
            dict(self.locks),
            {
                pair: quantities.get(pair, 0) - self.locks.get(pair, 0)
                for pair in self.pairs
            },
        )

        def total(of: Mapping[Pair, int], side: int, holds: set[str]) -> int:
            return sum(amount for pair, amount in of.items() if pair[side] in holds)

        def over(
            caps: Mapping[str, int],
            tree: Mapping[str, str | None],
            node: str | None,
            letter: str,
        ) -> str:
            while node is not None and node not in caps:
                node = tree[node]
            return "root" if node is None else f"{letter}:{node}"

        for u, most in self.unit_caps.items():
            holds = {
                r for r, x in self.resources.items() if u in (x.unit, UNIT_OVER[x.unit])
            }
            arcs.append(
                (
                    over(self.unit_caps, UNIT_OVER, UNIT_OVER[u], "u"),
                    f"u:{u}",
                    zero,
                    most - total(locked, 0, holds),
                    total(flow, 0, holds),
                )
            )
        for r, x in self.resources.items():
            arcs.append(
                (
                    over(self.unit_caps, UNIT_OVER, x.unit, "u"),
                    f"r:{r}",
                    zero,
                    x.capacity - total(locked, 0, {r}),
                    total(flow, 0, {r}),
                )
            )
        for pair, own in self.pairs.items():
            arcs.append(
                (
                    f"r:{pair[0]}",
                    f"q:{pair[1]}",
                    (*zero[1:], self.weight(pair)),
                    own - locked.get(pair, 0),
                    flow[pair],
                )
            )
        for q, (role, d) in self.roles.items():
            above, before, now = (
                over(self.community_caps, COMMUNITY_OVER, d.community, "c"),
                total(locked, 1, {q}),
                total(flow, 1, {q}),
            )
            least = max(0, role.minimum - before)
            rest = role.wanted - before - least
            arcs.append(
                (f"q:{q}", above, self.part(q, " minimum"), least, min(now, least))
            )
            arcs.append(
                (f"q:{q}", above, self.part(q, ""), rest, now - min(now, least))
            )
        for c, most in self.community_caps.items():
            holds = {
                q
                for q, (_, d) in self.roles.items()
                if c in (d.community, COMMUNITY_OVER[d.community])
            }
            arcs.append(
                (
                    f"c:{c}",
                    over(self.community_caps, COMMUNITY_OVER, COMMUNITY_OVER[c], "c"),
                    zero,
                    most - total(locked, 1, holds),
                    total(flow, 1, holds),
                )
            )

        longest: dict[str, Vector] = {node: zero for arc in arcs for node in arc[:2]}
        for _ in range(len(longest) + 1):
            for tail, head, gain, capacity, amount in arcs:
                if amount < capacity:
                    longest[tail] = max(
                        longest[tail],
                        tuple(g + p for g, p in zip(gain, longest[head], strict=True)),
                    )
                if amount > 0:
                    longest[head] = max(
                        longest[head],
                        tuple(p - g for g, p in zip(gain, longest[tail], strict=True)),
                    )
        root = longest.get("root", zero)
        price = {
            node: tuple(a - b for a, b in zip(value, root, strict=True))
            for node, value in longest.items()
        }
        down = {
            node: tuple(-a for a in value) for node, value in price.items()
        }  # V is minus the potential
        return certificate(
            self.names,
            bound,
            {r: price[f"r:{r}"] for r in self.resources},
            {q: down[f"q:{q}"] for q in self.roles},
            {u: price[f"u:{u}"] for u in self.unit_caps},
            {c: down[f"c:{c}"] for c in self.community_caps},
        )

    def plan(
        self, quantities: Mapping[Pair, int], proof: Certificate, gap: float
    ) -> Plan:
        return plan(
            self.problem,
            quantities,
            self.terms,
            self.names,
            self.value(quantities),
            proof,
            gap,
        )


def tiny(seed: int) -> Tiny | None:
    """A random problem of this family; None where it would take long by brute force."""
    random = Random(seed)  # noqa: S311 - a seeded test, no secret
    resources, points = [], {}
    for r in range(random.randint(1, 4)):
        shared = random.random() < 0.3
        wishes = [
            (f"D{d}", random.randint(-4, 9)) for d in range(3) if random.random() < 0.5
        ]
        resources.append(
            m.Resource(
                id=f"R{r}",
                unit=random.choice(list(UNIT_OVER)),
                capacity=random.choice([0, 1, 1, 2, 3]),
                divisible=shared,
                skills=[m.SkillLevel(skill="a", level=level)]
                if (level := random.randint(0, 2))
                else [],
                preferences=[m.Preference(category=d, points=p) for d, p in wishes],
            )
        )
        points.update({(f"R{r}", d): p for d, p in wishes})
    demands = [
        m.Demand(
            id=f"D{d}",
            community=random.choice(list(COMMUNITY_OVER)),
            category=f"D{d}",
            tier=random.randint(1, 2),
            weight=random.randint(0, 6),
            requirements=[
                m.Requirement(
                    id=f"Q{d}{q}",
                    wanted=(wanted := random.randint(1, 3)),
                    minimum=random.randint(0, wanted),
                    skills=[m.SkillLevel(skill="a", level=level)]
                    if (level := random.randint(0, 2))
                    else [],
                )
                for q in range(random.randint(1, 2))
            ],
        )
        for d in range(random.randint(1, 3))
    ]
    roles = {q.id: (q, d) for d in demands for q in d.requirements}
    forbidden = {(r.id, q) for r in resources for q in roles if random.random() < 0.15}
    pairs: dict[Pair, int] = {}
    for r in resources:
        for q, (role, _) in roles.items():
            level, asked = (
                record.skills[0].level if record.skills else 0 for record in (r, role)
            )
            own = min(r.capacity, role.wanted) if r.divisible else min(r.capacity, 1)
            if own and level >= asked and (r.id, q) not in forbidden:
                pairs[r.id, q] = own
    size = 1
    for own in pairs.values():
        size *= own + 1
    if size > 3000:
        return None
    terms = {
        (r, q): Terms(
            importance=roles[q][1].weight, preference=points.get((r, roles[q][1].id), 0)
        )
        for r, q in pairs
    }
    locks = {
        pair: random.randint(1, own)
        for pair, own in pairs.items()
        if random.random() < 0.12
    }
    rules: list[m.Rule] = [
        m.Forbid(resource=r, requirement=q) for r, q in sorted(forbidden)
    ]
    rules += [
        m.Lock(resource=r, requirement=q, quantity=amount)
        for (r, q), amount in locks.items()
    ]
    unit_caps: dict[str, int] = {}
    for u in UNIT_OVER:
        whole = sum(r.capacity for r in resources if u in (r.unit, UNIT_OVER[r.unit]))
        if random.random() < 0.3:
            rules.append(m.UnitCap(unit=u, most=(most := random.randint(0, 4))))
            unit_caps[u] = most
        if random.random() < 0.2:
            rules.append(
                m.ReserveShare(
                    unit=u, percent=(percent := random.choice([0, 10, 50, 100]))
                )
            )
            unit_caps[u] = min(
                unit_caps.get(u, whole), int(whole * (100 - percent) / 100)
            )
    community_caps = {
        c: random.randint(0, 4) for c in COMMUNITY_OVER if random.random() < 0.3
    }
    rules += [
        m.CommunityCap(community=c, most=most) for c, most in community_caps.items()
    ]
    names: list[str] = []
    for tier in (1, 2):
        mine = [q for q, d in roles.values() if d.tier == tier]
        names += [f"tier {tier} minimum"] if any(q.minimum for q in mine) else []
        names += [f"tier {tier}"] if any(q.wanted > q.minimum for q in mine) else []
    problem = m.Problem(
        units=[m.Unit(id=u, parent=over) for u, over in UNIT_OVER.items()],
        communities=[
            m.Community(id=c, parent=over) for c, over in COMMUNITY_OVER.items()
        ],
        resources=resources,
        demands=demands,
        rules=rules,
        objective=ONLY,
    )
    return Tiny(
        problem, pairs, terms, (*names, "weight"), locks, unit_caps, community_caps
    )
