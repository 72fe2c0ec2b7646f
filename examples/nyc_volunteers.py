"""Real demands, invented volunteers: 665 volunteer opportunities of New York City (open data, 2011 and 2012).

Head-counts, dates, places, categories and the priority mark are the city's. Every volunteer is generated. A
head-count of 99 or 9999 stands for "no limit"; a requirement needs a number, so each of those rows asks for
the median of the other rows' head-counts, and the summary says how many rows that touched.
"""

from __future__ import annotations

import csv
from ast import literal_eval
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median_low
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from public_data import public_data

import matchkit as mk
from matchkit.model import (
    Community,
    Demand,
    MaxDistance,
    Place,
    Preference,
    Problem,
    Requirement,
    Resource,
    Unit,
    Window,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NO_LIMIT = (99, 9999)
FARTHEST_KM = 15.0
ZONE = ZoneInfo("America/New_York")
CITY, ELSEWHERE = "new-york", "borough-not-stated"


@dataclass(frozen=True)
class Facts:
    """What the file held and what was made of it, so that a reader can check both."""

    rows: int
    no_limit: dict[int, int]
    asked_for_no_limit: int
    with_coordinates: int
    placed_by_locality: int
    without_place: int
    priority: int
    one_day: int

    def lines(self) -> str:
        """The facts as text."""
        unlimited = " and ".join(
            f"{count} rows of {mark}" for mark, count in self.no_limit.items()
        )
        return (
            f"{self.rows} real opportunities, {self.priority} marked as priority (tier 1, the rest tier 2)\n"
            f"no limit: {unlimited}, each asked for {self.asked_for_no_limit}, the median of the other rows\n"
            f"places: {self.with_coordinates} by coordinates, {self.placed_by_locality} by the "
            "locality column, "
            f"{self.without_place} unknown\n"
            f"dates: {self.one_day} one-time events need a whole day (no hour is given); ongoing "
            "ones have no set time"
        )


def read_rows(folder: Path) -> list[dict[str, str]]:
    """The rows of the file as text."""
    with (folder / "nyc-service-volunteer-opportunities.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        return list(csv.DictReader(file))


def place_of(row: dict[str, str]) -> Place | None:
    """Coordinates where known, else those in the locality column (a Python dictionary in text), else None."""
    if row["Latitude"]:
        return Place(lat=float(row["Latitude"]), lon=float(row["Longitude"]))
    if row["locality"]:
        found = literal_eval(row["locality"])
        return Place(lat=float(found["latitude"]), lon=float(found["longitude"]))
    return None


def _day(text: str) -> date:
    return datetime.strptime(text, "%B %d %Y").replace(tzinfo=ZONE).date()


def _window(first: date, last: date) -> Window:
    """From the first day's midnight to the midnight after the last day, in New York's time."""
    after = last + timedelta(days=1)
    return Window(
        start=datetime(first.year, first.month, first.day, tzinfo=ZONE),
        end=datetime(after.year, after.month, after.day, tzinfo=ZONE),
    )


def _community(row: dict[str, str]) -> str:
    return row["Borough"].strip().lower().replace(" ", "-") or ELSEWHERE


def demand_of(row: dict[str, str], for_no_limit: int) -> Demand:
    """One opportunity as a demand with one requirement; the file states no skills, so none are asked for."""
    count = int(row["vol_requests"])
    once = row["recurrence_type"] == "onetime"
    return Demand(
        id=f"O{row['opportunity_id']}",
        name=row["title"],
        community=_community(row),
        category=row["category_desc"] or None,
        tier=1 if row["is_priority"] == "y" else 2,
        windows=[_window(_day(row["start_date_date"]), _day(row["end_date_date"]))]
        if once
        else [],
        place=place_of(row),
        requirements=[
            Requirement(
                id=f"O{row['opportunity_id']}.volunteers",
                wanted=for_no_limit if count in NO_LIMIT else count,
            )
        ],
    )


def facts_of(rows: list[dict[str, str]]) -> Facts:
    """Counts over the rows."""
    counts = [int(row["vol_requests"]) for row in rows]
    placed = sum(place_of(row) is not None for row in rows)
    coordinates = sum(bool(row["Latitude"]) for row in rows)
    return Facts(
        rows=len(rows),
        no_limit={mark: counts.count(mark) for mark in NO_LIMIT},
        asked_for_no_limit=median_low(
            [count for count in counts if count not in NO_LIMIT]
        ),
        with_coordinates=coordinates,
        placed_by_locality=placed - coordinates,
        without_place=len(rows) - placed,
        priority=sum(row["is_priority"] == "y" for row in rows),
        one_day=sum(row["recurrence_type"] == "onetime" for row in rows),
    )


def volunteers(count: int, demands: list[Demand], seed: int) -> list[Resource]:
    """Invented volunteers near real opportunities; half free on weekends only, a third always, the rest for a
    season.
    """
    draw = Random(f"volunteers {seed}").random  # noqa: S311 - no secret is drawn here
    places = [demand.place for demand in demands if demand.place]
    categories = sorted({demand.category for demand in demands if demand.category})
    saturdays = [date(2011, 1, 1) + timedelta(weeks=week) for week in range(104)]
    weekends = tuple(_window(day, day + timedelta(days=1)) for day in saturdays)
    seasons = [(_window(day, day + timedelta(days=90)),) for day in saturdays[::13]]
    found = []
    for number in range(1, count + 1):
        near, part = places[int(draw() * len(places))], draw()
        found.append(
            Resource(
                id=f"V{number:04d}",
                unit="invented-volunteers",
                name=f"Invented volunteer {number}",
                available=weekends
                if part < 1 / 2
                else ()
                if part < 5 / 6
                else seasons[int(draw() * len(seasons))],
                place=Place(
                    lat=round(near.lat + 0.04 * (draw() - 0.5), 4),
                    lon=round(near.lon + 0.04 * (draw() - 0.5), 4),
                ),
                preferences=[
                    Preference(
                        category=categories[int(draw() * len(categories))], points=20
                    )
                ],
            )
        )
    return found


def build(rows: list[dict[str, str]], count: int = 2_000, seed: int = 0) -> Problem:
    """The problem: real demands, ``count`` invented volunteers."""
    asked = facts_of(rows).asked_for_no_limit
    demands = [demand_of(row, asked) for row in rows]
    boroughs = sorted({demand.community for demand in demands})
    return Problem(
        zone=ZONE.key,
        note=(
            "Demands: NYC volunteer opportunities (open data). Volunteers: generated and invented, "
            "they stand for nobody."
        ),
        units=[Unit(id="invented-volunteers")],
        communities=[
            Community(id=CITY),
            *(Community(id=borough, parent=CITY) for borough in boroughs),
        ],
        resources=volunteers(count, demands, seed),
        demands=demands,
        rules=[MaxDistance(km=FARTHEST_KM)],
    )


def figures() -> dict[str, Any] | None:
    """What was asked and given in each borough, why the rest is missing, and whom to recruit; None without
    the data.
    """
    folder = public_data("community_nyc_volunteer")
    if folder is None:
        return None
    rows = read_rows(folder)
    problem = build(rows)
    plan = mk.solve(problem)
    borough = {demand.id: demand.community for demand in problem.demands}
    asked: dict[str, list[int]] = {}
    for demand in problem.demands:
        of = asked.setdefault(demand.community, [0, 0])
        of[0] += sum(need.wanted for need in demand.requirements)
    for entry in plan.assignments:
        asked[borough[entry.requirement.partition(".")[0]]][1] += entry.quantity
    shortages = mk.Explainer(problem, plan).shortages()
    return {
        "facts": facts_of(rows).lines(),
        "volunteers": len(problem.resources),
        "summary": plan.summary().splitlines()[0],
        "boroughs": dict(sorted(asked.items())),
        "shortages": shortages.line(),
        "one more": mk.advice(problem, plan, verified=0).recruit.recruits[0].line(),
    }


def lines(found: dict[str, Any]) -> list[str]:
    """The figures as text."""
    printed = [
        found["facts"],
        f"{found['volunteers']:,} generated volunteers (invented)",
        found["summary"],
    ]
    printed += [
        f"{name}: {given:,} of {wanted:,}"
        for name, (wanted, given) in found["boroughs"].items()
    ]
    return [*printed, found["shortages"], f"first to recruit: {found['one more']}"]


def picture(found: dict[str, Any]) -> Figure:
    """Wanted and given in every borough."""
    from pictures import BLUE, GREY, blank

    drawn = blank(9.6, 3.2)
    panel = drawn.subplots()
    names = list(found["boroughs"])
    panel.barh(
        names,
        [found["boroughs"][name][0] for name in names],
        color=GREY,
        label="wanted",
    )
    panel.barh(
        names,
        [found["boroughs"][name][1] for name in names],
        color=BLUE,
        height=0.5,
        label="filled by the invented volunteers",
    )
    panel.invert_yaxis()
    panel.legend(frameon=False, loc="lower right")
    panel.set_xlabel("volunteers")
    panel.spines[["top", "right"]].set_visible(False)
    return drawn


def main() -> None:
    """Read, solve, and say what came out."""
    found = figures()
    if found is not None:
        print("\n".join(lines(found)))


if __name__ == "__main__":
    main()
