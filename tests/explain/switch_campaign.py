"""Random switches to modes: who may lose is counted here by the definition in docs/rules.md (Modes), path by path,
and by ``verify``; going back to an unchanged problem gives the plan before.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import product

from random_problems import seeded

import matchkit as mk
from matchkit.errors import ContradictionError
from matchkit.plan import Plan


@dataclass
class Tally:
    """What a campaign saw, and each disagreement with its seed."""

    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def drawn(seed: int) -> tuple[mk.Problem, mk.Mode]:
    """A flow in which all want more than there is, and a mode."""
    rng = seeded(seed)
    people = [
        mk.Resource(
            id=f"P{k}",
            unit=rng.choice("UV"),
            capacity=rng.choice((1, 1, 1, 2)),
            skills=[mk.SkillLevel(skill=name) for name in "abc" if rng.random() < 0.5],
        )
        for k in range(rng.randint(5, 10))
    ]
    demands = [
        mk.Demand(
            id=f"D{k}",
            community="C",
            category=rng.choice(("x", "y", "z")),
            tier=rng.randint(1, 3),
            weight=rng.randint(0, 200),
            requirements=[
                mk.Requirement(
                    id=f"Q{k}",
                    wanted=(wanted := rng.randint(1, 3)),
                    minimum=rng.randint(0, wanted),
                    skills=[
                        mk.SkillLevel(skill=name)
                        for name in "abc"
                        if rng.random() < 0.4
                    ],
                )
            ],
        )
        for k in range(rng.randint(4, 8))
    ]
    rules = (
        [mk.rules.UnitCap(unit="U", most=rng.randint(1, 4))]
        if rng.random() < 0.5
        else []
    )
    given = mk.Problem(
        units=[mk.Unit(id="U"), mk.Unit(id="V")],
        communities=[mk.Community(id="C")],
        resources=people,
        demands=demands,
        rules=rules,
    )
    all_pulls = [(of, to) for of, to in product((1, 2, 3), repeat=2) if to < of]
    raised = [
        mk.changes.ChangeRule(
            label="unit_cap U", rule=mk.rules.UnitCap(unit="U", most=9)
        )
    ]
    return given, mk.Mode(
        name="emergency",
        tiers={name: rng.randint(1, 3) for name in ("x", "y", "D0")},
        may_pull=all_pulls
        if rng.random() < 0.3
        else [one for one in all_pulls if rng.random() < 0.5],
        changes=raised if rules and rng.random() < 0.7 else [],
    )


def filled(plan: Plan) -> Counter[str]:
    """Units by requirement."""
    found = Counter[str]()
    for one in plan.assignments:
        found[one.requirement] += one.quantity
    return found


def unexplained(
    problem: mk.Problem, before: Plan, after: Plan, mode: mk.Mode
) -> str | None:
    """Whether units lost cannot each be matched to a unit gained whose tier may pull, by trying units one by one."""
    tier = {
        need.id: demand.tier
        for demand in problem.demands
        for need in demand.requirements
    }
    change = filled(after)
    change.subtract(filled(before))
    lost = [tier[name] for name, by in change.items() for _ in range(-by)]
    gained = [tier[name] for name, by in change.items() for _ in range(by)]
    taken: dict[int, int] = {}
    table = set(mode.may_pull)
    table |= {(of, to) for of, by in table for on, to in table if by == on}

    def found(of: int, seen: set[int]) -> bool:
        for place, to in enumerate(gained):
            if (lost[of], to) in table and place not in seen:
                seen.add(place)
                if place not in taken or found(taken[place], seen):
                    taken[place] = of
                    return True
        return False

    if not all(found(of, set()) for of in range(len(lost))):
        return f"lost {sorted(lost)}, gained {sorted(gained)}, {mode.may_pull}"
    return None


def campaign(first: int, count: int) -> Tally:
    """Switch so many random plans, and back."""
    tally = Tally()
    for seed in range(first, first + count):
        given, mode = drawn(seed)
        before = mk.solve(given)
        try:
            found = mk.switch(given, before, mode)
        except ContradictionError:
            tally.seen["left out"] += 1
            continue
        tally.seen["switches"] += 1
        tally.seen["pulled"] += len(found.pulled)
        tally.seen["filled again"] += sum(bool(one.by) for one in found.pulled)
        if wrong := unexplained(found.problem, before, found.plan, mode):
            tally.wrong.append(f"seed {seed}: {wrong}")
        if not mk.verify(found.problem, found.plan, mode=mode).ok:
            tally.wrong.append(f"seed {seed}: verify")
        if any(
            path.kind not in ("event", "worth") for path in found.comparison.paths or ()
        ):
            tally.wrong.append(f"seed {seed}: a move without a cause")
        back = found.back()
        if back.plan.assignments != before.assignments and filled(back.plan) != filled(
            before
        ):
            tally.wrong.append(f"seed {seed}: another plan after going back")
        if back.comparison.paths:
            tally.wrong.append(f"seed {seed}: moves after going back")
        tally.seen["changed"] += bool(found.comparison.paths)
    return tally


if __name__ == "__main__":
    import sys

    result = campaign(int(sys.argv[1]), int(sys.argv[2]))
    print(*sorted(result.seen.items()), sep="\n")  # noqa: T201
    print(len(result.wrong), "wrong", *result.wrong[:20], sep="\n")  # noqa: T201
