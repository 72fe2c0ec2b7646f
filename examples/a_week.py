"""A week of volunteers in their free time: weekly hours, hours budgets, a flexible demand, travel times."""

from datetime import date
from zoneinfo import ZoneInfo

import matchkit as mk

MONDAY, SUNDAY, ZONE = date(2026, 5, 4), date(2026, 5, 10), "Asia/Shanghai"
RIVERSIDE, HILLSIDE = (
    mk.Place(lat=36.05, lon=103.80),
    mk.Place(lat=36.14, lon=103.80),
)  # ten kilometres


def on(days: list[int], start: str, end: str) -> list[mk.Weekly]:
    """Hours on days of that week, 1 for Monday."""
    return [
        mk.Weekly(zone=ZONE, days=days, start=start, end=end, first=MONDAY, last=SUNDAY)
    ]


def build() -> mk.Problem:
    """Two neighbours, a hall, an evening class on three days, and a busy Sunday (all invented).

    Monday and Tuesday are public holidays of 2026, and Saturday is worked to make up for one (extra
    ``calendars``).
    """
    free = mk.calendars.outside_eight_hours(MONDAY, SUNDAY)
    person, hall = mk.Requirement(id="helper"), mk.Requirement(id="room", kind="venue")

    def needs(
        name: str, *needs: mk.Requirement, wanted: int = 1
    ) -> list[mk.Requirement]:
        return [
            need.model_copy(
                update={
                    "id": f"{name} {need.id}",
                    "wanted": wanted if need is person else 1,
                }
            )
            for need in needs
        ]

    evenings = [
        mk.Demand(
            id=f"class {day}",
            community="riverside",
            windows=on([day], "18:30", "20:30"),
            requirements=needs(f"class {day}", person),
        )
        for day in (3, 4, 5)
    ]
    return mk.Problem(
        units=[mk.Unit(id="neighbours")],
        communities=[
            mk.Community(id="riverside", place=RIVERSIDE),
            mk.Community(id="hillside", place=HILLSIDE),
        ],
        resources=[
            mk.Resource(id="ana", unit="neighbours", capacity=7, available=free),
            mk.Resource(id="bo", unit="neighbours", capacity=7, available=free),
            mk.Resource(id="hall", unit="neighbours", kind="venue", capacity=7),
        ],
        demands=[
            *evenings,
            mk.Demand(
                id="library",
                community="hillside",
                windows=on([6], "10:00", "12:00"),
                requirements=needs("library", person),
            ),
            mk.Demand(
                id="choir",
                community="hillside",
                windows=on([7], "10:00", "11:30"),
                requirements=needs("choir", person, hall),
            ),
            mk.Demand(  # two hours on Sunday, starting at a full hour from eight
                id="spring clean",
                community="riverside",
                windows=on([7], "08:00", "15:00"),
                minutes=120,
                step=60,
                requirements=needs("spring clean", person, hall, wanted=2),
            ),
        ],
        rules=[
            mk.rules.HoursBudget(kind="person", minutes=330, per="week", zone=ZONE),
            mk.rules.CountBudget(kind="person", most=2, per="day", zone=ZONE),
            mk.rules.LongestRun(kind="person", days=2, zone=ZONE),
            mk.rules.Rest(
                kind="venue", minutes=60
            ),  # to air the hall and set the chairs
            mk.rules.Travel(kind="person", kmh=20),
        ],
    )


def main() -> None:
    """Print the week by person, and why Saturday's library stays closed."""
    problem = build()
    plan = mk.solve(problem)
    demands = {
        need.id: demand for demand in problem.demands for need in demand.requirements
    }
    for resource in problem.resources:
        print(resource.id)
        for entry in plan.assignments:
            if entry.resource == resource.id:
                demand = demands[entry.requirement]
                start = (entry.start or demand.times[0].start).astimezone(
                    ZoneInfo(ZONE)
                )
                print(
                    f"  {start:%a %H:%M} {demand.id}{' (the plan chose the hour)' if entry.start else ''}"
                )
    for lack in plan.shortfalls:
        print(f"{lack.requirement} lacks {lack.missing}: {lack.reason}")
    for reason in mk.why_ineligible(problem, "ana", "library helper"):
        print(f"ana cannot open the library: {reason.compared()}")
    print(f"{plan.outcome.status}, {plan.outcome.reason.text()}")


if __name__ == "__main__":
    main()
