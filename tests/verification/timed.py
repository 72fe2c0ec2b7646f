"""Small problems of timed work with certificates of blocks made by hand, or from every set of pairs
there is.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any

from handmade import Pair, window
from ruled import demand, kept, person, valley

import matchkit.model as m
from matchkit.plan import BlockCertificate, BlockCut, BlockPrice, Goal, Plan

Block = tuple[str, ...]


def work(
    number: int,
    start: int,
    end: int,
    weight: int = 100,
    day: int = 1,
    more: tuple[tuple[int, int], ...] = (),
    **role: Any,
) -> m.Demand:
    """Demand D<number> at these hours of a day of May, and ``more``, whose requirement Q<number> wants one
    person unless the role says more.
    """
    times = [window(*hours, day) for hours in ((start, end), *more)]
    return demand(f"D{number}", *times, weight=weight, role={"wanted": 1, **role})


def shift_work(
    *rules: m.Rule,
    demands: list[m.Demand] | None = None,
    people: tuple[str, ...] = ("A",),
    **more: Any,
) -> m.Problem:
    """A (and others) for 8 to 10 o'clock (100 points), 9 to 11 (150) and 11 to 13 (120), unless there are
    other demands.
    """
    usual = [work(1, 8, 10), work(2, 9, 11, 150), work(3, 11, 13, 120)]
    return valley(
        *rules,
        resources=[person(name, "U1") for name in people],
        demands=demands or usual,
        **more,
    )


def certificate(
    problem: m.Problem,
    bound: tuple[int, ...],
    worth: Mapping[str, int],
    price: Mapping[str, int] | int,
    *,
    digits: tuple[int, ...],
    upper_bounds: tuple[int, ...],
    **more: Any,
) -> BlockCertificate:
    """One number is the price of every requirement; lower bounds are 0 and the scale is 1 unless given."""
    names = (
        ["tier 1", "weight"]
        if len(bound) == 2
        else ["tier 1 minimum", "tier 1", "weight"]
    )
    roles = sorted(role.id for entry in problem.demands for role in entry.requirements)
    each = dict.fromkeys(roles, price) if isinstance(price, int) else price
    cut: dict[str, Any] = {
        "digits": digits,
        "scale": 1,
        "resources": tuple(
            BlockPrice(id=name, price=amount) for name, amount in sorted(worth.items())
        ),
        "requirements": tuple(
            BlockPrice(id=name, price=amount) for name, amount in sorted(each.items())
        ),
        "most": 0,
    }
    fields: dict[str, Any] = {
        "goals": tuple(names),
        "bound": bound,
        "lower_bounds": (0,) * len(bound),
        "upper_bounds": upper_bounds,
        "cuts": (BlockCut(**cut),),
    }
    proof = changed(BlockCertificate(**fields), **more)
    return proof if "most" in more else changed(proof, most=count(problem, proof))


def changed(proof: BlockCertificate, **fields: Any) -> BlockCertificate:
    """The certificate with other fields, of its own or of its one cut."""
    of_cut = {
        name: fields.pop(name) for name in BlockCut.model_fields if name in fields
    }
    cuts = tuple(cut.model_copy(update=of_cut) for cut in proof.cuts)
    return proof.model_copy(update={"cuts": cuts, **fields})


def count(problem: m.Problem, proof: BlockCertificate) -> int:
    """What the one cut's prices say that no plan counts more than."""
    (cut,) = proof.cuts
    price = {entry.id: entry.price for entry in cut.requirements}
    gain = dict(zip(proof.goals, cut.digits, strict=True))
    total = sum(entry.price for entry in cut.resources)
    for entry in problem.demands:
        for role in entry.requirements:
            for many, goal in (
                (role.minimum, "tier 1 minimum"),
                (role.wanted - role.minimum, "tier 1"),
            ):
                earned = cut.scale * gain.get(goal, 0) + price[role.id]
                total += many * max(0, earned)
    return total // cut.scale


def with_proof(
    problem: m.Problem,
    quantities: Mapping[Pair, int],
    prices: BlockCertificate,
    stated: tuple[int | None, ...],
    **said: Any,
) -> Plan:
    """The plan of these quantities, its weights those of the demands, with the certificate and these bounds
    of its goals.
    """
    plan = kept(problem, quantities)
    weights = {
        role.id: entry.weight
        for entry in problem.demands
        for role in entry.requirements
    }
    entries = tuple(
        entry.model_copy(
            update={
                "weight": weights[entry.requirement],
                "terms": entry.terms.model_copy(
                    update={"importance": weights[entry.requirement]}
                ),
            }
        )
        for entry in plan.assignments
    )
    value = sum(entry.weight * entry.quantity for entry in entries)
    goals = tuple(
        Goal(
            name=goal.name,
            value=value if goal.name == "weight" else goal.value,
            bound=bound,
        )
        for goal, bound in zip(plan.outcome.goals, stated, strict=True)
    )
    fields = {
        "goals": goals,
        "value": value,
        "bound": stated[-1],
        "proof": "prices",
        **said,
    }
    return plan.model_copy(
        update={
            "assignments": entries,
            "outcome": plan.outcome.model_copy(update=fields),
            "certificate": prices,
        }
    )


def proved_by(problem: m.Problem, proof: BlockCertificate) -> Plan:
    """A plan without assignments that carries the certificate: all that ``check_certificate`` looks at."""
    return kept(problem, {}).model_copy(update={"certificate": proof})


REST, HOURS = 60, 6
"""Minutes between two demands, and hours in all, in the random problems."""


def seeded(seed: int) -> random.Random:
    """A generator of its own."""
    return random.Random(seed)  # noqa: S311 - seeded tests, no secret


def random_work(seed: int) -> m.Problem:
    """Up to three people and four demands on one day, with rest and a budget of hours."""
    rng = seeded(seed)
    demands = []
    for number in range(1, rng.randint(1, 4) + 1):
        start = rng.randint(0, 18)
        wanted = rng.randint(1, 2)
        role = {
            "wanted": wanted,
            "minimum": rng.randint(0, wanted),
            "skills": rng.choice(([], [m.SkillLevel(skill="cook", level=1)])),
        }
        end, again = start + rng.randint(1, 5), ()
        if end < 22 and rng.random() < 0.4:
            begin = rng.randint(end + 1, 22)
            again = ((begin, begin + 1),)
        demands.append(
            work(number, start, end, rng.randint(0, 300), more=again, **role)
        )
    demands[0] = work(1, 8, 10, 100, wanted=2, minimum=1)  # so that every goal is there
    people = [
        person(
            name,
            "U1",
            capacity=rng.randint(1, 3),
            skills=rng.choice(([], [m.SkillLevel(skill="cook", level=1)])),
        )
        for name in "ABC"[: rng.randint(1, 3)]
    ]
    return valley(
        m.Rest(minutes=REST),
        m.HoursBudget(minutes=60 * HOURS),
        resources=people,
        demands=demands,
    )


def blocks_of(problem: m.Problem, resource: m.Resource) -> Iterator[Block]:
    """Every set of requirements that the resource can serve together."""
    able = {entry.skill for entry in resource.skills}
    times = {}
    for entry in problem.demands:
        for role in entry.requirements:
            if all(
                isinstance(need, m.SkillLevel) and need.skill in able
                for need in role.skills
            ):
                times[role.id] = [
                    (span.start.timestamp() / 3600, span.end.timestamp() / 3600)
                    for span in entry.times
                ]
    for size in range(min(len(times), resource.capacity) + 1):
        for names in combinations(sorted(times), size):
            near = any(
                one[0] < other[1] + REST / 60 and other[0] < one[1] + REST / 60
                for mine, theirs in combinations([times[name] for name in names], 2)
                for one, other in product(mine, theirs)
            )
            spans = [span for name in names for span in times[name]]
            if not near and sum(end - start for start, end in spans) <= HOURS:
                yield names


def best_goals(problem: m.Problem) -> tuple[int, ...]:
    """The best goals of all plans: every choice of a block each that takes no requirement too often."""
    roles = {
        role.id: (role, entry)
        for entry in problem.demands
        for role in entry.requirements
    }
    found = []
    for choice in product(
        *(list(blocks_of(problem, resource)) for resource in problem.resources)
    ):
        taken = [name for names in choice for name in names]
        count = {name: taken.count(name) for name in roles}
        if all(count[name] <= role.wanted for name, (role, _) in roles.items()):
            least = sum(
                min(count[name], role.minimum) for name, (role, _) in roles.items()
            )
            weight = sum(
                count[name] * entry.weight for name, (_, entry) in roles.items()
            )
            found.append((least, len(taken) - least, weight))
    return max(found)


def honest(
    problem: m.Problem, price: Mapping[str, int], scale: int
) -> BlockCertificate:
    """The certificate at any prices, its numbers added up from every block."""
    roles = {
        role.id: (role, entry)
        for entry in problem.demands
        for role in entry.requirements
    }
    least, rest = (
        sum(amount(role) for role, _ in roles.values())
        for amount in (lambda r: r.minimum, lambda r: r.wanted - r.minimum)
    )
    heaviest = sum(role.wanted * entry.weight for role, entry in roles.values())
    digits = ((rest + 1) * (heaviest + 1), heaviest + 1, 1)
    worth = {
        resource.id: max(
            sum(scale * roles[name][1].weight - price[name] for name in names)
            for names in blocks_of(problem, resource)
        )
        for resource in problem.resources
    }
    slots = sum(
        role.minimum * max(0, scale * digits[0] + price[name])
        + (role.wanted - role.minimum) * max(0, scale * digits[1] + price[name])
        for name, (role, _) in roles.items()
    )
    whole = (sum(worth.values()) + slots) // scale
    first = min(least, whole // digits[0])
    second = min(rest, (whole - first * digits[0]) // digits[1])
    third = min(heaviest, whole - first * digits[0] - second * digits[1])
    return certificate(
        problem,
        (first, second, third),
        worth,
        price,
        digits=digits,
        upper_bounds=(least, rest, heaviest),
        scale=scale,
    )


def random_prices(problem: m.Problem, rng: random.Random, scale: int) -> dict[str, int]:
    """Between nothing and about what a slot earns, which is where good prices lie; now and then beyond."""
    most = scale * rng.choice((300, 3_000, 300_000))
    return {
        role.id: rng.randint(-most, most // 10)
        for entry in problem.demands
        for role in entry.requirements
    }
