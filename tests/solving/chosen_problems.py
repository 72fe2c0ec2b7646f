"""Small problems whose plans ranks choose, drawn by a seed; and, from the words of docs/rules.md alone, which
pairs block a plan.

As a script it tries as many seeds as it is told: ``python tests/solving/chosen_problems.py FIRST LAST``.
"""

from __future__ import annotations

import itertools
import random
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import matchkit as mk
import matchkit.model as m

Plan = dict[tuple[str, str], int]
CHANNELS = ("self", "unit", "residents", "community")


def drawn(
    seed: int, *, ties: bool = True, channels: bool = True, minimums: bool = True
) -> m.Problem:
    """Few people and demands: ranks of several kinds of either side, nominations, locks and forbids."""
    rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
    people = [
        m.Resource(id=f"P{k}", unit=rng.choice("UV"), capacity=rng.choice((1, 1, 2)))
        for k in range(rng.randint(2, 4))
    ]
    demands = [
        m.Demand(
            id=f"D{k}",
            community=rng.choice("ABX"),
            weight=rng.randint(0, 300),
            requirements=[m.Requirement(id=f"Q{k}", wanted=rng.randint(1, 2))],
        )
        for k in range(rng.randint(2, 3))
    ]
    names = {
        "resources": [one.id for one in people],
        "units": ["U", "V"],
        "requirements": [one.requirements[0].id for one in demands],
        "demands": [one.id for one in demands],
        "communities": ["A", "B", "X"],
    }

    def ranking(by: str, name: str, of: str) -> m.Ranking:
        listed = [one for one in names[of] if rng.random() < 0.8]
        rng.shuffle(listed)
        ranks = (
            [rng.randint(1, 3) for _ in listed] if ties else range(1, 1 + len(listed))
        )
        others = rng.choice(("never", "last")) if ties else "never"
        return m.Ranking(
            by=by, id=name, of=of, ids=listed, ranks=list(ranks), others=others
        )  # type: ignore[arg-type]

    rankings = []
    sides = (("resources", "units"), ("requirements", "demands", "communities"))
    several = 1 if not ties else 2
    for mine, theirs in (sides, sides[::-1]):
        for plural in mine if ties else mine[:1]:
            singular = {"communities": "community"}.get(plural, plural[:-1])
            for name in names[plural]:
                if not ties or rng.random() < 0.6:
                    kinds = theirs if ties else theirs[:1]
                    kinds = rng.sample(kinds, rng.randint(1, several))
                    rankings += [ranking(singular, name, of) for of in kinds]
    nominations: dict[tuple[str, str, str, str | None], m.Nomination] = {}
    limits = []
    if channels and ties and rng.random() < 0.5:
        for demand in demands:
            if rng.random() < 0.5:
                continue
            for person in people:
                for channel in rng.sample(CHANNELS, rng.randint(0, 2)):
                    by = {"unit": "U", "community": "A"}.get(channel)
                    nominations[person.id, demand.id, channel, by] = m.Nomination(
                        person=person.id, demand=demand.id, channel=channel, by=by,  # type: ignore[arg-type]
                        rank=rng.choice((None, 1, 2)), endorsements=rng.randint(0, 2),
                    )  # fmt: skip
        for channel in rng.sample(CHANNELS, rng.randint(0, 2)):
            least = min(demand.requirements[0].wanted for demand in demands)
            places = rng.choice((0, least)) if not limits else 0
            limits.append(m.Channel(channel=channel, places=places))  # type: ignore[arg-type]
    rules: list[m.Rule] = []
    if rng.random() < 0.2:
        rules.append(m.Forbid(resource="P0", requirement="Q0"))
    elif rng.random() < 0.2 and not limits:
        rules.append(m.Lock(resource="P0", requirement="Q0"))
    if minimums and not nominations and rng.random() < 0.4:
        demands = [_with_minimum(demand, rng) for demand in demands]
    return m.Problem(
        units=[m.Unit(id="U"), m.Unit(id="V", parent="U")],
        communities=[
            m.Community(id="X"),
            m.Community(id="A", parent="X"),
            m.Community(id="B", parent="X"),
        ],
        resources=people,
        demands=demands,
        rankings=rankings,
        nominations=list(nominations.values()),
        channels=limits,
        rules=rules,
    )


def _with_minimum(demand: m.Demand, rng: random.Random) -> m.Demand:
    (need,) = demand.requirements
    least = need.model_copy(update={"minimum": rng.randint(0, need.wanted)})
    return demand.model_copy(update={"requirements": (least,)})


class Words:
    """A problem as the page says it: who takes whom, at which rank, on whose places."""

    def __init__(self, problem: m.Problem) -> None:
        self.problem = problem
        self.people = {one.id: one for one in problem.resources}
        self.needs = {
            need.id: (one, need) for one in problem.demands for need in one.requirements
        }
        self.locked = {
            (rule.resource, rule.requirement)
            for rule in problem.rules
            if isinstance(rule, m.Lock)
        }
        forbidden = {
            (rule.resource, rule.requirement)
            for rule in problem.rules
            if isinstance(rule, m.Forbid)
        }
        self.ranks: dict[tuple[str, str], tuple[int, int]] = {}
        self.able = [
            pair
            for pair in itertools.product(self.people, self.needs)
            if pair not in forbidden
        ]
        for pair in self.able:
            ranks = self._rank(*pair, giving=True), self._rank(*pair, giving=False)
            if None not in ranks:
                self.ranks[pair] = ranks  # type: ignore[assignment]

    def _chains(self, person: str, role: str) -> tuple[list[Any], list[Any]]:
        units = {one.id: one.parent for one in self.problem.units}
        places = {one.id: one.parent for one in self.problem.communities}
        unit: str | None = self.people[person].unit
        place: str | None = self.needs[role][0].community
        giving: list[Any] = [("resource", "resources", person)]
        asking: list[Any] = [
            ("requirement", "requirements", role),
            ("demand", "demands", self.needs[role][0].id),
        ]
        while unit:
            giving.append(("unit", "units", unit))
            unit = units[unit]
        while place:
            asking.append(("community", "communities", place))
            place = places[place]
        return giving, asking

    def _nominations(self, person: str, role: str) -> list[m.Nomination]:
        demand = self.needs[role][0].id
        return [
            one
            for one in self.problem.nominations
            if one.demand == demand and one.person == person
        ]

    def _rank(self, person: str, role: str, *, giving: bool) -> int | None:
        mine, theirs = self._chains(person, role)
        if not giving:
            mine, theirs = theirs, mine
        demand = self.needs[role][0].id
        nominees = {
            one.person for one in self.problem.nominations if one.demand == demand
        }
        if not giving and nominees and person not in nominees:
            return None
        for kind, _, name in mine:
            if not giving and kind == "community" and nominees:
                order = sorted({self._votes(one, role) for one in nominees})
                return 1 + order.index(self._votes(person, role))
            own = [
                one for one in self.problem.rankings if (one.by, one.id) == (kind, name)
            ]
            if own:
                for _, plural, other in theirs:
                    for one in own:
                        if one.of == plural and other in one.ids:
                            return one.ranks[one.ids.index(other)]
                return 10**10 if any(one.others == "last" for one in own) else None
        return 1

    def _votes(self, person: str, role: str) -> tuple[int, int]:
        mine = self._nominations(person, role)
        return (
            -sum(one.endorsements for one in mine),
            min(one.rank or 10**10 for one in mine),
        )

    def channel(self, person: str, role: str) -> str | None:
        """Whose own places the person would take."""
        mine = self._nominations(person, role)
        best: list[tuple[int, int, int]] = []
        for number, name in enumerate(CHANNELS):
            of = [one for one in mine if one.channel == name]
            if of:
                votes = -sum(one.endorsements for one in of)
                best.append((votes, min(one.rank or 10**10 for one in of), number))
        name = CHANNELS[min(best)[2]] if best else None
        return (
            name if any(one.channel == name for one in self.problem.channels) else None
        )

    def places(self, role: str) -> dict[str | None, int]:
        """Places of each channel and of all."""
        demand, need = self.needs[role]
        if all(one.demand != demand.id for one in self.problem.nominations):
            return {None: need.wanted}
        kept = {one.channel: one.places or 0 for one in self.problem.channels}
        return {None: need.wanted - sum(kept.values()), **kept}

    def every(self) -> Iterator[Plan]:
        """Every plan that takes nobody who is not wanted, locks apart."""
        able = [pair for pair in self.able if pair in self.ranks or pair in self.locked]
        for chosen in itertools.product((0, 1), repeat=len(able)):
            plan = {pair: 1 for pair, units in zip(able, chosen, strict=True) if units}
            given = Counter(person for person, _ in plan)
            taken = Counter((role, self.channel(person, role)) for person, role in plan)
            fits = self.locked <= plan.keys()
            fits &= all(given[one.id] <= one.capacity for one in self.problem.resources)
            fits &= all(
                taken[role, name] <= places
                for role in self.needs
                for name, places in self.places(role).items()
            )
            if fits:
                yield plan

    def blocking(self, plan: Plan, rule: str = "weak") -> set[tuple[str, str]]:
        """The pairs that block a plan."""
        found = set()
        for (person, role), (one, other) in self.ranks.items():
            if (person, role) in plan:
                continue
            mine = [pair for pair in plan if pair[0] == person]
            where = self.channel(person, role)
            there = [p for p in plan if p[1] == role and self.channel(*p) == where]
            full = len(mine) == self.people[person].capacity
            full_there = len(there) == self.places(role)[where]
            loose = [self.ranks[p] for p in mine if p not in self.locked]
            loose_there = [self.ranks[p] for p in there if p not in self.locked]
            gains = not full or any(one < own for own, _ in loose)
            fine = gains or any(one <= own for own, _ in loose)
            gains_there = not full_there or any(other < own for _, own in loose_there)
            fine_there = gains_there or any(other <= own for _, own in loose_there)
            blocks = {
                "weak": gains and gains_there,
                "strong": (gains and fine_there) or (fine and gains_there),
                "super": fine and fine_there,
            }
            if blocks[rule]:
                found.add((person, role))
        return found

    def missing(self, plan: Plan) -> int:
        """Units of all minimums that a plan lacks."""
        taken = Counter(role for _, role in plan)
        return sum(
            max(0, need.minimum - taken[role]) for role, (_, need) in self.needs.items()
        )

    def worth(self, plan: Plan) -> tuple[int, int]:
        """Slots filled, and the weight: 100 points a pair for its skills, and the demand's own."""
        weight = sum(100 + self.needs[role][0].weight for _, role in plan)
        return len(plan), weight


def solved(problem: m.Problem, **asked: Any) -> mk.Plan:
    """The plan of a problem with this objective."""
    objective = m.Objective(**asked)
    return mk.solve(problem.model_copy(update={"objective": objective}))


def pairs_of(plan: mk.Plan) -> Plan:
    """What a plan assigns."""
    return {(one.resource, one.requirement): one.quantity for one in plan.assignments}


def check(seed: int) -> None:
    """One case: stable plans of every kind against all plans. Raises AssertionError where they differ."""
    problem = drawn(seed)
    words = Words(problem)
    plans = list(words.every())
    least = min(map(words.missing, plans))
    plans = [plan for plan in plans if words.missing(plan) == least]
    for rule in ("weak", "strong", "super"):
        fewest = min(len(words.blocking(plan, rule)) for plan in plans)
        best = [plan for plan in plans if len(words.blocking(plan, rule)) == fewest]
        side = "resources" if seed % 2 else "requirements"
        found = solved(problem, stable=rule, proposing=side)
        stated = found.outcome.chosen
        assert stated is not None
        mine = words.blocking(pairs_of(found), rule)
        assert (stated.blocking, stated.fewest) == (len(mine), fewest), seed
        assert [(one.resource, one.requirement) for one in stated.pairs] == sorted(mine)
        assert pairs_of(found) in best, seed
        greatest = solved(problem, stable=rule, among="goals")
        assert pairs_of(greatest) in best, seed
        # Where minimums stay open, how they compare tier by tier is not proved.
        assert greatest.outcome.status == ("feasible" if least else "optimal"), seed
        assert words.worth(pairs_of(greatest)) == max(map(words.worth, best)), seed


if __name__ == "__main__":
    for number in range(int(sys.argv[1]), int(sys.argv[2])):
        check(number)
    sys.stdout.write(f"as every plan says, seeds {sys.argv[1:]}\n")
