"""Somebody falls ill after the plan was told to all: the fewest changes that fill as many slots, proven."""

from datetime import UTC, datetime, timedelta

import matchkit as mk

SATURDAY = datetime(2026, 3, 7, 8, tzinfo=UTC)
CAN = {"ana": "medic", "bo": "medic", "cy": "cook", "di": "cook", "ed": ""}


def problem_of(people: list[str]) -> mk.Problem:
    """A shelter and a kitchen on Saturday, a shelter on Sunday."""
    wants = [("clinic", "medic", 0), ("kitchen", "cook", 0), ("shelter", "", 1)]
    return mk.Problem(
        units=[mk.Unit(id="club")],
        communities=[mk.Community(id="quarter")],
        resources=[
            mk.Resource(
                id=name,
                unit="club",
                skills=[mk.SkillLevel(skill=CAN[name])] if CAN[name] else [],
            )
            for name in people
        ],
        demands=[
            mk.Demand(
                id=name,
                community="quarter",
                windows=[
                    mk.Window(
                        start=SATURDAY + timedelta(days=day),
                        end=SATURDAY + timedelta(days=day, hours=4),
                    )
                ],
                requirements=[
                    mk.Requirement(
                        id=f"{name} team",
                        wanted=1 if skill else 2,
                        skills=[mk.SkillLevel(skill=skill)] if skill else [],
                    )
                ],
            )
            for name, skill, day in wants
        ],
    )


def main() -> None:
    """Ana, who is the clinic's medic, falls ill on Friday; Bo signs up."""
    before = mk.solve(problem_of(["ana", "cy", "di", "ed"]))
    now = problem_of(["bo", "cy", "di", "ed"])
    plan = mk.replan(
        now, before, notice=[(SATURDAY + timedelta(days=1), 3)], persons={"di": 2}
    )
    for one in plan.assignments:
        print(f"{one.resource} serves the {one.requirement}")
    print(plan.outcome.kept.line())
    kept = now.keeping(
        before, notice=[(SATURDAY + timedelta(days=1), 3)], persons={"di": 2}
    )
    assert mk.verify(kept, plan).ok
    assert mk.check_certificate(kept, plan).ok
    still = now.keeping(before, moves=0)
    assert still.rules == (mk.rules.MostMoves(most=0),)
    print(f"without any move {len(mk.solve(still).assignments)} slots are filled")
    entry: mk.ReferencePair = kept.reference[-1]
    print(f"{entry.resource} at the {entry.requirement} counts {entry.weight}")


if __name__ == "__main__":
    main()
