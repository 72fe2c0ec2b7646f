"""A draw for places in two courses: odds that anybody can add up, published before the numbers are known, and
one line that draws the same plan again.

Everybody is invented: forty people of four clubs, with ranks drawn by a seed.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import matchkit as mk

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CLUBS = {"north": 16, "east": 12, "south": 8, "west": 4}
COURSES = {"swimming": 10, "first aid": 6}
POINTS = {1: 60, 2: 40}
"""What a first and a second choice are worth."""
PARTS = 256
CAP = 0.5
"""Nobody is to be surer than this of a place in a course."""
ORGANISER, ITS_PLACES = "north", 2
"""The club that organises the courses has at most so many places of each."""
SPREAD = 0.25
"""How far odds are spread over people who are as good."""
WAYS: dict[str, dict[str, Any]] = {
    "no cap": {},
    "a cap": {"cap": CAP},
    "a cap, spread": {"cap": CAP, "perturbation": SPREAD},
    "as published": {
        "cap": CAP,
        "perturbation": SPREAD,
        "unit_cap": {ORGANISER: ITS_PLACES},
    },
}
SEED = "numbers drawn on 24 December 2026: 4 8 15 16 23 42"
"""Invented here; in life it is not known before the lottery is published."""


def build() -> mk.Problem:
    """One place each at most; two of three people would rather swim."""
    draw = Random("matchkit course draw")  # noqa: S311 - who likes what, and no draw of places
    people = [
        (f"{club} {number}", club)
        for club, members in CLUBS.items()
        for number in range(1, members + 1)
    ]
    return mk.Problem(
        note="Generated: every person, club and course is invented.",
        units=[mk.Unit(id=club) for club in CLUBS],
        communities=[mk.Community(id="pool")],
        resources=[mk.Resource(id=name, unit=club) for name, club in people],
        demands=[
            mk.Demand(
                id=course,
                community="pool",
                requirements=[mk.Requirement(id=f"{course} place", wanted=places)],
            )
            for course, places in COURSES.items()
        ],
        scores=[
            mk.Scores(
                resource=name,
                requirements=[f"{course} place" for course in COURSES],
                points=[POINTS[1], POINTS[2]]
                if draw.random() < 2 / 3
                else [POINTS[2], POINTS[1]],
            )
            for name, _ in people
        ],
        objective=mk.Objective(importance=0, skill_fit=0),
    )


def figures() -> dict[str, Any]:
    """The odds of everybody, what is published, what is drawn, and who checks it."""
    problem = build()
    ways = {
        name: mk.lottery(problem, parts=PARTS, **asked) for name, asked in WAYS.items()
    }
    lottery = ways["as published"]
    plan = lottery.draw(SEED)
    line = plan.outcome.drawn or ""
    again = mk.results.ProblemLottery.read(problem, lottery.text).replay(line)
    favourite = {
        one.resource: max(zip(one.points, one.requirements, strict=True))[1]
        for one in problem.scores
    }
    odds = {
        name: {
            person.id: [
                round(PARTS * way.probability(person.id, f"{course} place"))
                for course in COURSES
            ]
            for person in problem.resources
        }
        for name, way in ways.items()
    }
    won = {one.resource: one.requirement for one in plan.assignments}
    first, *others = plan.assignments
    outsider = next(name for name in favourite if name not in won)
    swapped = first.model_copy(update={"resource": outsider})
    moved = plan.model_copy(update={"assignments": (swapped, *others)})
    return {
        "odds": odds,
        "clubs": {person.id: person.unit for person in problem.resources},
        "favourite": favourite,
        "won": won,
        "characters": len(lottery.text),
        "digest": lottery.digest,
        "line": line,
        "again": again == plan,
        "checked": mk.check_draw(lottery.text, line, plan, problem=problem).ok,
        "another plan": mk.check_draw(lottery.text, line, moved, problem=problem).ok,
    }


def lines(found: dict[str, Any]) -> list[str]:
    """The figures as text."""
    printed = []
    for way, odds in found["odds"].items():
        none = sum(not any(row) for row in odds.values())
        printed.append(f"{way}: odds of any place; {none} people have none")
        for club, members in CLUBS.items():
            rows = [odds[name] for name in odds if found["clubs"][name] == club]
            each = [sum(row) / PARTS for row in rows]
            places = " and ".join(
                f"{sum(row[at] for row in rows) / PARTS:.2f}"
                for at in range(len(COURSES))
            )
            printed.append(
                f"  {club:<5} ({members:>2} people)  {min(each):.1%} to {max(each):.1%}, {places} places"
            )
    printed.append(f"published first: {found['characters']:,} characters, SHA-256")
    printed.append(f"  {found['digest']}")
    printed.append(found["line"])
    for course in COURSES:
        names = sorted(
            name for name, place in found["won"].items() if place == f"{course} place"
        )
        printed.append(f"{course}: {', '.join(names)}")
    liked = sum(
        found["favourite"][name] == place for name, place in found["won"].items()
    )
    return [
        *printed,
        f"{liked} of {len(found['won'])} have the course that they would rather have",
        f"drawn again from the line, the same plan: {found['again']}",
        f"checked from the text and the line alone: {found['checked']}",
        f"with one person put in by hand: {found['another plan']}",
    ]


def picture(found: dict[str, Any]) -> Figure:
    """Everybody's odds in both courses, and who was drawn."""
    from pictures import BLUE, GREEN, blank

    drawn = blank(9.6, 3.4)
    panel = drawn.subplots()
    odds = found["odds"]["as published"]
    names = list(odds)
    bottom = [0.0] * len(names)
    for at, (course, colour) in enumerate(zip(COURSES, (BLUE, GREEN), strict=True)):
        parts = [100 * odds[name][at] / PARTS for name in names]
        panel.bar(range(len(names)), parts, bottom=bottom, color=colour, label=course)
        won = [
            number
            for number, name in enumerate(names)
            if found["won"].get(name) == f"{course} place"
        ]
        panel.scatter(won, [-3] * len(won), color=colour, marker="^", s=22)
        bottom = [low + part for low, part in zip(bottom, parts, strict=True)]
    start = 0
    ticks = []
    for members in CLUBS.values():
        ticks.append(start + (members - 1) / 2)
        start += members
    panel.set_xticks(ticks, list(CLUBS))
    panel.tick_params(axis="x", length=0)
    panel.set(title="odds of a place (%); a triangle below: drawn", ylim=(-6, 70))
    panel.legend(frameon=False, loc="upper left", ncols=2)
    panel.spines[["top", "right"]].set_visible(False)
    return drawn


def main() -> None:
    """Print the figures."""
    print("\n".join(lines(figures())))


if __name__ == "__main__":
    main()
