"""A roster of two weeks: early and late shifts, runs of work and of free days, and weekends."""

from datetime import UTC, datetime, timedelta

import matchkit as mk

MONDAY, DAYS = datetime(2026, 5, 4, tzinfo=UTC), 14
SHIFTS = {"early": 6, "late": 15}
"""The hour at which each shift of eight hours begins."""
NURSES = ("ana", "bo", "cy", "dee")


def build(nurses: tuple[str, ...] = NURSES) -> mk.Problem:
    """A ward that needs one nurse for each shift (all invented)."""
    shifts = [
        mk.Demand(
            id=f"{MONDAY + timedelta(days=day):%a %d} {name}",
            community="ward",
            category=name,
            windows=[
                mk.Window(
                    start=MONDAY + timedelta(days=day, hours=hour),
                    end=MONDAY + timedelta(days=day, hours=hour + 8),
                )
            ],
            requirements=[
                mk.Requirement(id=f"{MONDAY + timedelta(days=day):%a %d} {name} nurse")
            ],
        )
        for day in range(DAYS)
        for name, hour in SHIFTS.items()
    ]
    return mk.Problem(
        units=[mk.Unit(id="hospital")],
        communities=[mk.Community(id="ward")],
        resources=[
            mk.Resource(id=name, unit="hospital", capacity=DAYS) for name in nurses
        ],
        demands=shifts,
        rules=[
            mk.rules.CountBudget(kind="person", most=1, per="day"),
            mk.rules.CountBudget(kind="person", most=4, category="late"),
            mk.rules.NotAfter(kind="person", category="early", after="late"),
            mk.rules.ShortestRun(kind="person", days=2),
            mk.rules.ShortestBreak(kind="person", days=2),
            mk.rules.LongestRun(kind="person", days=6),
            mk.rules.WeekendBudget(kind="person", most=1),
        ],
    )


def main() -> None:
    """Print the roster: a letter for each day, and what stays empty."""
    problem = build()
    plan = mk.solve(problem)
    demand_of = {
        need.id: demand for demand in problem.demands for need in demand.requirements
    }
    for resource in problem.resources:
        days = ["."] * DAYS
        for entry in plan.assignments:
            if entry.resource == resource.id:
                demand = demand_of[entry.requirement]
                day = (demand.times[0].start - MONDAY).days
                days[day] = "L" if demand.category == "late" else "E"
        print(f"{resource.id:4} {''.join(days[:7])} {''.join(days[7:])}")
    for lack in plan.shortfalls:
        print(f"{lack.requirement} lacks {lack.missing}: {lack.reason}")
    print(f"{plan.outcome.status}, {len(plan.assignments)} of {len(problem.demands)}")


if __name__ == "__main__":
    main()
