"""A district shares what stands empty: sports halls and meeting rooms of its units for a week of the
communities' events.

Everything is generated. The numbers of halls and rooms, units and communities are those that published lists
of resources elsewhere state (13 sports halls, 30 meeting rooms; 14 units and 14 communities in another
district); seats, opening hours and events are this example's own choice. Every event lasts so long and may
start at any full hour of its evening or weekend: the plan chooses the hour.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import matchkit as mk

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HALLS, ROOMS, UNITS, COMMUNITIES = 13, 30, 14, 14
FEW = 8
"""With so many halls the timetable is drawn and questions are asked."""
ZONE = "Asia/Shanghai"
MONDAY = date(2022, 9, 5)
EVENING, WEEKEND = ("18:00", "22:00"), ("08:00", "20:00")
EVENTS = {
    "sport": ("hall", 3, 120),
    "choir": ("room", 1, 120),
    "meeting": ("room", 2, 60),
    "lecture": ("room", 1, 90),
}
"""Of each community in the week: what it needs, how many times, for how many minutes (this example's own
choice).
"""


def open_on(days: list[int], hours: tuple[str, str]) -> mk.Weekly:
    """Hours on days of that week, 1 for Monday."""
    return mk.Weekly(
        zone=ZONE,
        days=days,
        start=hours[0],
        end=hours[1],
        first=MONDAY,
        last=MONDAY + timedelta(days=6),
    )


def venues(draw: Random) -> list[mk.Resource]:
    """Halls open every evening and at weekends, rooms on workday evenings and Saturdays, each of one unit."""
    found = []
    for number in range(HALLS + ROOMS):
        hall = number < HALLS
        seats = 120 if hall else draw.choice([20, 40, 80])
        found.append(
            mk.Resource(
                id=f"hall {number + 1}" if hall else f"room {number - HALLS + 1}",
                unit=f"unit {number % UNITS + 1}",
                kind="venue",
                skills=[
                    mk.SkillLevel(skill="hall" if hall else "room"),
                    mk.SkillLevel(skill="seats", level=seats // 20),
                ],
                capacity=20,
                available=[
                    open_on([1, 2, 3, 4, 5], EVENING),
                    open_on([6, 7] if hall else [6], WEEKEND),
                ],
                place=mk.Place(
                    lat=round(36.03 + 0.06 * draw.random(), 4),
                    lon=round(103.75 + 0.08 * draw.random(), 4),
                ),
            )
        )
    return found


def events(draw: Random) -> list[mk.Demand]:
    """What each community plans, on an evening or at the weekend."""
    found = []
    for community in range(1, COMMUNITIES + 1):
        for what, (venue, times, minutes) in EVENTS.items():
            for again in range(1, times + 1):
                day = draw.choice(
                    [1, 2, 3, 4, 5, 6, 6, 7] if venue == "hall" else [1, 2, 3, 4, 5, 6]
                )
                seats = mk.SkillLevel(skill="seats", level=draw.choice([1, 1, 2, 4]))
                name = f"{what} {community}-{again}"
                found.append(
                    mk.Demand(
                        id=name,
                        community=f"community {community}",
                        category=what,
                        windows=[open_on([day], WEEKEND if day > 5 else EVENING)],
                        minutes=minutes,
                        requirements=[
                            mk.Requirement(
                                id=f"{name} venue",
                                kind="venue",
                                skills=[mk.SkillLevel(skill=venue), seats],
                            )
                        ],
                    )
                )
    return found


def build(halls: int = HALLS) -> mk.Problem:
    """The district with its first so many halls; half an hour between two events, nobody goes farther than
    three kilometres.
    """
    draw = Random("matchkit shared venues")  # noqa: S311 - no secret is drawn here
    lent = venues(draw)
    return mk.Problem(
        note="Generated: every venue, unit, community and event is invented.",
        units=[mk.Unit(id=f"unit {number}") for number in range(1, UNITS + 1)],
        communities=[
            mk.Community(
                id=f"community {number}",
                place=mk.Place(
                    lat=round(36.03 + 0.06 * draw.random(), 4),
                    lon=round(103.75 + 0.08 * draw.random(), 4),
                ),
            )
            for number in range(1, COMMUNITIES + 1)
        ],
        resources=[
            venue
            for venue in lent
            if not venue.id.startswith("hall") or int(venue.id.split()[1]) <= halls
        ],
        demands=events(draw),
        rules=[mk.rules.Rest(kind="venue", minutes=30), mk.rules.MaxDistance(km=3)],
    )


def booked(problem: mk.Problem, plan: mk.Plan) -> list[list[Any]]:
    """Every event in a hall: the hall's number, its start in hours since Monday 00:00 there, its minutes and
    its community.
    """
    demands = {
        need.id: demand for demand in problem.demands for need in demand.requirements
    }
    midnight = datetime(MONDAY.year, MONDAY.month, MONDAY.day, tzinfo=ZoneInfo(ZONE))
    found = []
    for entry in plan.assignments:
        kind, number = entry.resource.split()
        demand = demands[entry.requirement]
        if kind == "hall" and entry.start is not None:
            found.append(
                [
                    int(number),
                    (entry.start - midnight) / timedelta(hours=1),
                    demand.minutes,
                    int(demand.community.split()[1]),
                ]
            )
    return sorted(found)


def figures() -> dict[str, Any]:
    """With fewer and fewer halls: what takes place; with few, why the rest does not, and the timetable."""
    curve, found = {}, {}
    for halls in (HALLS, 10, FEW, 6, 4):
        problem = build(halls)
        plan = mk.solve(problem)
        missing = sum(lack.missing for lack in plan.shortfalls)
        curve[str(halls)] = {
            "events": len(problem.demands),
            "held": len(problem.demands) - missing,
            "status": plan.outcome.status,
        }
        if halls == FEW:
            asked = mk.Explainer(problem, plan)
            found = {
                "proof": plan.outcome.proof,
                "timetable": booked(problem, plan),
                "why": [shortage.line() for shortage in asked.shortages().whole()],
                "one more": mk.what_if(
                    problem,
                    plan,
                    [mk.changes.AddResource(resource=build().resources[FEW])],
                ).line(),
            }
    return {"curve": curve, **found}


def lines(found: dict[str, Any]) -> list[str]:
    """The figures as text."""
    printed = [
        f"{halls} halls: {one['held']} of {one['events']} events ({one['status']})"
        for halls, one in found["curve"].items()
    ]
    printed.append(f"with {FEW} halls, proof: {found['proof']}")
    return [*printed, *found["why"], f"one more hall: {found['one more']}"]


def picture(found: dict[str, Any]) -> Figure:
    """The halls' timetable, one row a hall, and what takes place with more and fewer halls."""
    from pictures import BLUE, GREEN, GREY, blank

    drawn = blank(9.6, 4.0)
    week, curve = drawn.subplots(1, 2, width_ratios=[3, 1])
    first, last = 8, 22  # only the hours in which anything is open are drawn
    for hall, start, minutes, community in found["timetable"]:
        at = (start // 24) * (last - first) + start % 24 - first
        week.barh(
            hall,
            minutes / 60,
            left=at,
            height=0.7,
            color=BLUE if community % 2 else GREEN,
        )
        week.text(
            at + minutes / 120,
            hall,
            str(community),
            ha="center",
            va="center",
            color="white",
            fontsize=6,
        )
    for day in range(8):
        week.axvline((last - first) * day, color=GREY, lw=0.8)
    week.set_xticks(
        [(last - first) * (day + 0.5) for day in range(7)],
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    )
    week.set_yticks(
        range(1, FEW + 1),
        [f"hall {number}" for number in range(1, FEW + 1)],
        fontsize=8,
    )
    week.invert_yaxis()
    week.set_title(
        f"{FEW} halls, each day from {first}:00 to {last}:00; numbers are communities"
    )
    halls = sorted(int(number) for number in found["curve"])
    curve.plot(
        halls,
        [found["curve"][str(number)]["held"] for number in halls],
        color=BLUE,
        marker="o",
    )
    curve.set(title="events held", xlabel="halls lent")
    for panel in (week, curve):
        panel.spines[["top", "right"]].set_visible(False)
    return drawn


def main() -> None:
    """Print the figures."""
    print("\n".join(lines(figures())))


if __name__ == "__main__":
    main()
