"""Small wards drawn by a seed: a few people, some weeks, two to four shifts a day, and one or two rules on a
person's time.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import matchkit as mk
from benchmarks.process import in_process
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table
from matchkit.model import Rule

SEED = 20_260_504
WARDS = 200
TIME_LIMIT = 10.0
"""Seconds a ward."""
LATE = 2.0
"""Seconds by which a call may outlast its limit."""
LEAST_PROVEN = 195
START = datetime(2026, 5, 4, tzinfo=UTC)
"""A Monday."""

Draw = random.Random


def _runs(draw: Draw) -> Rule:
    return mk.rules.LongestRun(kind="person", days=draw.randint(2, 6), zone="UTC")


def _counts(draw: Draw) -> Rule:
    per = draw.choice(("day", "day", "week", "days"))
    if per == "day":
        return mk.rules.CountBudget(kind="person", most=1, per="day", zone="UTC")
    if per == "week":
        return mk.rules.CountBudget(
            kind="person", most=draw.randint(3, 6), per="week", zone="UTC"
        )
    days = draw.randint(3, 10)
    return mk.rules.CountBudget(
        kind="person", most=draw.randint(1, days - 1), per="days", days=days, zone="UTC"
    )


def _rests(draw: Draw) -> Rule:
    return mk.rules.Rest(kind="person", minutes=60 * draw.randint(8, 16))


def _hours(draw: Draw) -> Rule:
    per = draw.choice(("week", "week", "days", "all"))
    if per == "week":
        return mk.rules.HoursBudget(
            kind="person", minutes=60 * draw.randint(24, 48), per="week", zone="UTC"
        )
    if per == "days":
        days = draw.randint(3, 10)
        return mk.rules.HoursBudget(
            kind="person",
            minutes=60 * draw.randint(4 * days, 7 * days),
            per="days",
            days=days,
            zone="UTC",
        )
    return mk.rules.HoursBudget(
        kind="person", minutes=60 * draw.randint(40, 120), per="all", zone="UTC"
    )


KINDS: dict[str, Callable[[Draw], Rule]] = {
    "runs": _runs,
    "counts": _counts,
    "rests": _rests,
    "hours": _hours,
}
SETS = (*((kind,) for kind in KINDS), *combinations(KINDS, 2))
"""Every kind of rule alone, and each two of them."""


def ward(number: int) -> tuple[mk.Problem, dict[str, Any]]:
    """The ward of that number, and what was drawn. Every second one has people who differ, and shifts that
    need two.
    """
    draw = random.Random(f"{SEED} {number}")  # noqa: S311 - no secret
    chosen = SETS[number % len(SETS)]
    people, days, shifts = draw.randint(3, 8), draw.randint(7, 28), draw.randint(2, 4)
    hours, plain = draw.choice((6, 8, 8, 10, 12)), number // len(SETS) % 2 == 0
    rules = [KINDS[kind](draw) for kind in chosen]
    step = draw.choice((3, 24 // shifts))

    def window(day: int, shift: int) -> mk.Window:
        start = START + timedelta(days=day, hours=6 + step * shift)
        return mk.Window(start=start, end=start + timedelta(hours=hours))

    def wanted() -> int:
        return 1 if plain else draw.choice((1, 1, 1, 2))

    def liked() -> tuple[mk.Preference, ...]:
        kinds = draw.sample(range(shifts), draw.randint(0, 2))
        return tuple(
            mk.Preference(category=f"shift {kind}", points=draw.randint(1, 30))
            for kind in kinds
        )

    problem = mk.Problem(
        units=[mk.Unit(id="u")],
        communities=[mk.Community(id="c")],
        resources=[
            mk.Resource(
                id=f"p{number}",
                unit="u",
                capacity=days * shifts,
                preferences=() if plain else liked(),
            )
            for number in range(people)
        ],
        demands=[
            mk.Demand(
                id=f"s{day}.{shift}",
                community="c",
                category=f"shift {shift}",
                windows=[window(day, shift)],
                requirements=[mk.Requirement(id=f"s{day}.{shift}", wanted=wanted())],
            )
            for day in range(days)
            for shift in range(shifts)
        ],
        rules=rules,
    )
    drawn = {
        "rules": "+".join(chosen),
        "people": people,
        "days": days,
        "shifts": shifts,
        "hours": hours,
        "alike": plain,
    }
    return problem, drawn


def solve_wards(first: int, last: int) -> dict[str, Any]:
    """Value, bound and seconds of the wards from ``first`` to ``last`` - 1, each within its limit."""
    found = []
    for number in range(first, last):
        problem, drawn = ward(number)
        began, worked = time.perf_counter(), time.process_time()
        plan = mk.solve(problem, time_limit=TIME_LIMIT)
        seconds, work = time.perf_counter() - began, time.process_time() - worked
        goals = [(goal.name, goal.value, goal.bound) for goal in plan.outcome.goals]
        proven = plan.outcome.status == "optimal"
        found.append(
            {
                "number": number,
                **drawn,
                "proven": proven,
                "goals": goals,
                "seconds": seconds,
                "process_seconds": work,
            }
        )
    return {"wards": found}


def run(quick: bool) -> Figures:
    """All wards in one process. Raises ValueError where fewer are proven than claimed, or a call outlasts its
    limit.
    """
    wards = in_process(solve_wards, 0, 10 if quick else WARDS)["wards"]
    late = max(one["seconds"] for one in wards) - TIME_LIMIT
    if late > LATE:
        raise ValueError(
            f"wards: a call came back {late:.1f} s after its limit of {TIME_LIMIT:g} s"
        )
    proven = sum(one["proven"] for one in wards)
    if proven < len(wards) * LEAST_PROVEN // WARDS:
        raise ValueError(f"wards: {proven} of {len(wards)} proven")
    return {"time_limit": TIME_LIMIT, "wards": wards}


def _rows(figures: Figures) -> str:
    rows = []
    for chosen in ("+".join(kinds) for kinds in SETS):
        mine = [one for one in figures["wards"] if one["rules"] == chosen]
        if mine:
            seconds = sorted(one["seconds"] for one in mine)
            proven = sum(one["proven"] for one in mine)
            rows.append(
                (
                    chosen.replace("+", " and "),
                    str(len(mine)),
                    str(proven),
                    f"{seconds[len(mine) // 2]:.2f}",
                    f"{seconds[-1]:.2f}",
                )
            )
    return table(("rules", "wards", "proven", "median, s", "longest, s"), rows)


register(
    Benchmark(
        name="wards",
        claim="Small wards under one or two rules on a person's time, proven within ten seconds each",
        peers=(),
        seeds={"wards": SEED},
        run=run,
        tables={"wards": _rows},
    )
)
