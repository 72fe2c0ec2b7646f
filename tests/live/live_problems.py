"""Small problems that a flow expresses, and events that change them, drawn by a seed."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import matchkit as mk
import matchkit.model as m
from matchkit import changes as c

SKILLS = ("cook", "drive", "lift", "teach")
DAY = datetime(2026, 3, 2, tzinfo=UTC)


def window(rng: random.Random) -> m.Window:
    start = DAY + timedelta(hours=rng.randint(0, 6))
    return m.Window(start=start, end=start + timedelta(hours=rng.randint(1, 12)))


def levels(rng: random.Random, most: int) -> list[m.SkillLevel]:
    names = rng.sample(SKILLS, rng.randint(0, most))
    return [m.SkillLevel(skill=name, level=rng.randint(1, 3)) for name in names]


def place(rng: random.Random) -> m.Place | None:
    if rng.random() < 0.3:
        return None
    return m.Place(lat=30 + rng.random() / 20, lon=120 + rng.random() / 20)


def resource(rng: random.Random, name: str) -> m.Resource:
    shared = rng.random() < 0.2
    return m.Resource(
        id=name,
        unit=rng.choice(("U", "V", "W")),
        kind="person",
        divisible=shared,
        capacity=rng.choice((0, 1, 1, 1, 2, 3)) if not shared else rng.randint(1, 5),
        skills=levels(rng, 3),
        available=[] if rng.random() < 0.6 else [window(rng), window(rng)],
        place=place(rng),
        home=rng.choice((None, "A", "X")),
    )


def demand(rng: random.Random, name: str, *, timed: bool) -> m.Demand:
    needs = []
    for k in range(rng.randint(1, 2)):
        wanted = rng.randint(1, 4)
        needs.append(
            m.Requirement(
                id=f"{name}.{k}",
                wanted=wanted,
                minimum=rng.choice((0, 0, rng.randint(0, wanted))),
                skills=[
                    m.SkillLevel(skill=one.skill, level=1) for one in levels(rng, 1)
                ],
            )
        )
    start = DAY + timedelta(hours=rng.randint(6, 8))
    times = [m.Window(start=start, end=start + timedelta(minutes=30))]
    return m.Demand(
        id=name,
        community=rng.choice("ABCX"),
        tier=rng.choice((1, 1, 2)),
        weight=rng.randint(0, 300),
        requirements=needs,
        windows=times if timed and rng.random() < 0.5 else [],
        place=place(rng),
    )


def rule(rng: random.Random, problem: m.Problem) -> m.Rule:
    people = [one.id for one in problem.resources]
    roles = [need.id for one in problem.demands for need in one.requirements]
    kind = rng.choice(
        ("forbid", "forbid", "lock", "unit", "community", "reserve", "far")
    )
    if kind in ("forbid", "lock") and people and roles:
        made = m.Forbid if kind == "forbid" else m.Lock
        return made(resource=rng.choice(people), requirement=rng.choice(roles))
    if kind == "unit":
        return m.UnitCap(unit=rng.choice("TUVW"), most=rng.randint(0, 5))
    if kind == "reserve":
        return m.ReserveShare(unit=rng.choice("TUVW"), percent=rng.randint(0, 60))
    if kind == "far" and rng.random() < 0.3:
        return m.MaxDistance(km=rng.randint(1, 5))
    return m.CommunityCap(community=rng.choice("ABCX"), most=rng.randint(0, 6))


def drawn(seed: int) -> m.Problem:
    """Few people, stocks and demands in three communities, with locks, caps, scores and a previous plan."""
    rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
    timed = rng.random() < 0.3
    people = [resource(rng, f"P{k}") for k in range(rng.randint(2, 7))]
    if timed:
        people = [
            one if one.divisible else one.model_copy(update={"capacity": 1})
            for one in people
        ]
    problem = m.Problem(
        units=[m.Unit(id="T"), m.Unit(id="U", parent="T"), m.Unit(id="V", parent="T"), m.Unit(id="W")],
        communities=[m.Community(id="X"), *(m.Community(id=name, parent="X") for name in "ABC")],
        skills=[m.Skill(name="lift", parents=["cook"])],
        resources=people,
        demands=[demand(rng, f"D{k}", timed=timed) for k in range(rng.randint(2, 5))],
        objective=m.Objective(
            fair=rng.choice((None, None, None, "communities", "demands", "requirements")),
            even=rng.choice((None, None, None, "resources", "units")),
        ),
    )  # fmt: skip
    roles = [need.id for one in problem.demands for need in one.requirements]
    rules = [rule(rng, problem) for _ in range(rng.randint(0, 3))]
    return problem.model_copy(
        update={
            "rules": tuple(rules),
            "previous": tuple(
                m.PreviousPair(resource=one.id, requirement=rng.choice(roles))
                for one in people
                if rng.random() < 0.3
            ),
            "scores": tuple(
                m.Scores(resource=one.id, requirements=roles[:2], points=[rng.randint(-50, 50) for _ in roles[:2]])
                for one in people
                if rng.random() < 0.3
            ),
        }
    )  # fmt: skip


def event(
    rng: random.Random, problem: m.Problem, plan: mk.Plan, gone: list[m.Resource]
) -> c.Change:
    """An event on a problem with a plan; ``gone`` are people who were lost and may come back."""
    people, roles = (
        list(problem.resources),
        [n for d in problem.demands for n in d.requirements],
    )
    labels = sorted({one.label for one in problem.rules})
    kind = rng.choice(
        ("lost", "lost", "back", "new person", "person", "capacity", "wanted", "wanted", "new demand",
         "demand gone", "demand", "rule", "rule", "rule gone", "rule gone", "rule other", "declined", "confirmed",
         "train", "free")
    )  # fmt: skip
    number = rng.randrange(10**9)
    if kind == "lost" and len(people) > 1:
        return c.RemoveResource(resource=rng.choice(people).id)
    if kind == "back" and gone:
        return c.AddResource(resource=gone[-1])
    if kind == "new person":
        one = resource(rng, f"N{number}")
        unit = None
        if rng.random() < 0.2:
            unit = m.Unit(id=f"Z{number}", parent=rng.choice((None, "T", "V")))
            one = one.model_copy(update={"unit": unit.id})
        return c.AddResource(resource=one, unit=unit)
    if kind == "person" and people:
        one = rng.choice(people)
        other = resource(rng, one.id)
        if rng.random() < 0.8:
            other = other.model_copy(
                update={"unit": one.unit, "divisible": one.divisible}
            )
        return c.ChangeResource(resource=other)
    if kind == "capacity" and people:
        return c.SetCapacity(resource=rng.choice(people).id, capacity=rng.randint(0, 3))
    if kind == "wanted" and roles:
        need = rng.choice(roles)
        return c.SetWanted(
            requirement=need.id, wanted=rng.randint(max(1, need.minimum), 5)
        )
    if kind == "demand gone" and len(problem.demands) > 1:
        return c.RemoveDemand(demand=rng.choice(problem.demands).id)
    if kind == "demand" and problem.demands:
        one = rng.choice(problem.demands)
        other = demand(rng, one.id, timed=bool(one.windows))
        if rng.random() < 0.8:
            other = other.model_copy(
                update={"community": one.community, "tier": one.tier}
            )
        return c.ChangeDemand(demand=other)
    if kind == "rule gone" and labels:
        return c.RemoveRule(label=rng.choice(labels))
    if kind == "rule other" and labels:
        return c.ChangeRule(label=rng.choice(labels), rule=rule(rng, problem))
    if kind in ("declined", "confirmed") and plan.assignments:
        one = rng.choice(plan.assignments)
        made = m.Forbid if kind == "declined" else m.Lock
        return c.AddRule(rule=made(resource=one.resource, requirement=one.requirement))
    if kind == "train" and people:
        return c.Train(
            resource=rng.choice(people).id,
            skill=rng.choice(SKILLS),
            level=rng.randint(1, 3),
        )
    if kind == "free" and people:
        return c.FreeAt(resource=rng.choice(people).id, time=window(rng))
    if kind == "rule" and people and roles:
        return c.AddRule(rule=rule(rng, problem))
    return c.AddDemand(demand=demand(rng, f"M{number}", timed=False))
