"""A problem and its plan in a few lines: two units, two communities, and one person too few."""

from datetime import datetime

import matchkit as mk
from matchkit.model import (
    Community,
    Demand,
    Place,
    Problem,
    Requirement,
    Resource,
    SkillLevel,
    Unit,
    Window,
)


def build() -> Problem:
    """Three people of two units, two demands of two communities (all invented)."""
    morning = Window(
        start=datetime.fromisoformat("2026-05-02T08:00+08:00"),
        end=datetime.fromisoformat("2026-05-02T12:00+08:00"),
    )
    nurse, warden = SkillLevel(skill="nursing", level=2), SkillLevel(skill="patrol")
    return Problem(
        units=[Unit(id="clinic"), Unit(id="school")],
        communities=[
            Community(id="east", place=Place(lat=36.05, lon=103.85)),
            Community(id="west", place=Place(lat=36.06, lon=103.80)),
        ],
        resources=[
            Resource(
                id="R1",
                unit="clinic",
                skills=[nurse],
                available=[morning],
                place=Place(lat=36.05, lon=103.84),
                home="east",
            ),
            Resource(
                id="R2",
                unit="clinic",
                skills=[nurse, warden],
                place=Place(lat=36.06, lon=103.81),
            ),
            Resource(id="R3", unit="school", skills=[warden], available=[morning]),
        ],
        demands=[
            Demand(
                id="D1",
                community="east",
                windows=[morning],
                requirements=[
                    Requirement(id="D1.nurse", skills=[nurse], wanted=2, minimum=1)
                ],
            ),
            Demand(
                id="D2",
                community="west",
                tier=2,
                requirements=[Requirement(id="D2.patrol", skills=[warden], wanted=2)],
            ),
        ],
    )


def main() -> None:
    """Solve and print the plan with what is missing."""
    plan = mk.solve(build())
    print(plan.summary())
    for assignment in plan.assignments:
        print(
            f"  {assignment.resource} serves {assignment.requirement} (worth {assignment.weight})"
        )
    for shortfall in plan.shortfalls:
        print(
            f"  {shortfall.requirement} lacks {shortfall.missing}: {shortfall.reason}"
        )


if __name__ == "__main__":
    main()
