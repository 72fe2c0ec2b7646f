"""Shapes of input that are lawful and unkind: each is solved, proven and within what it may cost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import matchkit as mk

START = datetime(2026, 5, 4, tzinfo=UTC)
MOST = 1_000_000_000
DEEPEST = 1_000
"""Levels that trees of units, communities and skills may have (one more stands above the deepest)."""


def hours(first: int, last: int) -> mk.Window:
    return mk.Window(
        start=START + timedelta(hours=first), end=START + timedelta(hours=last)
    )


def problem(
    resources: list[mk.Resource], demands: list[mk.Demand], **more: Any
) -> mk.Problem:
    trees = {"units": [mk.Unit(id="u")], "communities": [mk.Community(id="c")]}
    return mk.Problem(resources=resources, demands=demands, **{**trees, **more})


def one(number: int, **more: Any) -> mk.Resource:
    return mk.Resource(**{"id": f"r{number}", "unit": "u", **more})


def need(
    number: int, requirement: dict[str, Any] | None = None, **more: Any
) -> mk.Demand:
    roles = [mk.Requirement(id=f"q{number}", **(requirement or {}))]
    return mk.Demand(
        **{"id": f"d{number}", "community": "c", "requirements": roles, **more}
    )


def huge_amounts() -> mk.Problem:
    stock = {"kind": "supplies"}
    asks = {"kind": "supplies", "wanted": MOST, "minimum": MOST // 10}
    return problem(
        [one(n, capacity=MOST, **stock) for n in range(50)],
        [need(n, asks, weight=1000) for n in range(60)],
    )


def thousand_locks() -> mk.Problem:
    count = 1_000
    locks = [
        mk.rules.Lock(resource=f"r{n}", requirement=f"q{count - 1 - n}")
        for n in range(count)
    ]
    return problem(
        [one(n) for n in range(count + 50)],
        [need(n, {"wanted": 2}) for n in range(count)],
        rules=locks,
    )


def deep_trees() -> mk.Problem:
    depth = DEEPEST
    units = [
        mk.Unit(id=f"u{n}", parent=f"u{n - 1}" if n else None) for n in range(depth)
    ]
    communities = [
        mk.Community(id=f"c{n}", parent=f"c{n - 1}" if n else None)
        for n in range(depth)
    ]
    caps = [mk.rules.UnitCap(unit=f"u{n}", most=100) for n in range(0, depth, 50)]
    caps += [
        mk.rules.CommunityCap(community=f"c{n}", most=100) for n in range(0, depth, 50)
    ]
    return problem(
        [one(n, unit=f"u{n * 5}", home=f"c{n}") for n in range(200)],
        [need(n, community=f"c{n * 5}") for n in range(200)],
        units=units,
        communities=communities,
        rules=caps,
    )


def deep_skills() -> mk.Problem:
    depth = DEEPEST
    skills = [
        mk.Skill(name=f"s{n}", parents=[f"s{n - 1}"] if n else []) for n in range(depth)
    ]
    lowest = mk.SkillLevel(skill=f"s{depth - 1}")
    return problem(
        [one(n, skills=[lowest]) for n in range(20)],
        [need(n, {"skills": [mk.SkillLevel(skill=f"s{n}")]}) for n in range(20)],
        skills=skills,
    )


def distinct_windows() -> mk.Problem:
    return problem(
        [one(n, available=[hours(n, n + 9)]) for n in range(700)],
        [need(n, windows=[hours(n + 1, n + 4)]) for n in range(700)],
    )


def many_windows() -> mk.Problem:
    """r0 is free in every second hour, which is what the demands ask for; r1 too, and by windows that
    touch.
    """
    apart = [hours(2 * n, 2 * n + 1) for n in range(10_000)]
    touching = [hours(2 * n, 2 * n + 2) for n in range(10_000)]
    asked = [
        [hours(2 * n, 2 * n + 1) for n in range(first, first + 500)]
        for first in range(40)
    ]
    return problem(
        [one(0, available=apart), one(1, available=touching)],
        [need(n, windows=windows) for n, windows in enumerate(asked)],
    )


def one_place() -> mk.Problem:
    here = mk.Place(lat=36.0, lon=103.0)
    return problem(
        [one(n, place=here) for n in range(600)],
        [need(n, place=here) for n in range(600)],
        rules=[mk.rules.MaxDistance(km=0.0)],
    )


def many_skills() -> mk.Problem:
    skills = [mk.SkillLevel(skill=f"s{n}", level=1 + n % 5) for n in range(64)]
    return problem(
        [one(n, skills=skills) for n in range(300)],
        [need(n, {"skills": skills}) for n in range(300)],
    )


CASES: list[tuple[Callable[[], mk.Problem], int]] = [
    (huge_amounts, 50 * MOST),
    (thousand_locks, 1_050),
    (deep_trees, 100),
    (deep_skills, 20),
    (distinct_windows, 700),
    (many_windows, 2),
    (one_place, 600),
    (many_skills, 300),
]
"""A problem with the number of slots that can be filled in it, by counting."""


@pytest.mark.parametrize(
    ("build", "filled"), CASES, ids=lambda value: getattr(value, "__name__", "")
)
def test_it_is_solved_and_proven(build: Callable[[], mk.Problem], filled: int) -> None:
    given = build()
    plan = mk.solve(given)
    assert sum(entry.quantity for entry in plan.assignments) == filled
    assert plan.outcome.status == "optimal"
    assert mk.check_certificate(given, plan).ok


def test_poles_and_the_date_line_are_near_themselves() -> None:
    """All meridians meet at the pole, and 180 is -180: within 200 m each place sees exactly its like (and 111
    m away its neighbour).
    """
    spots = [
        (90.0, 0.0),
        (90.0, 180.0),
        (-90.0, 7.0),
        (0.0, 180.0),
        (0.0, -180.0),
        (0.0, -179.999),
    ]
    places = [mk.Place(lat=lat, lon=lon) for lat, lon in spots]
    near = [{0, 1}, {0, 1}, {2}, {3, 4, 5}, {3, 4, 5}, {3, 4, 5}]
    given = problem(
        [one(n, place=place) for n, place in enumerate(places)],
        [need(n, place=place) for n, place in enumerate(places)],
        rules=[mk.rules.MaxDistance(km=0.2)],
    )
    found = [
        {m for m in range(6) if not mk.why_ineligible(given, f"r{n}", f"q{m}")}
        for n in range(6)
    ]
    assert found == near
    plan = mk.solve(given)
    assert len(plan.assignments) == 6 and mk.check_certificate(given, plan).ok


@pytest.mark.skipif(
    sys.platform != "linux", reason="the peak of one process alone is read from /proc"
)
def test_nine_million_equal_pairs_take_little_memory() -> None:
    """3,000 people and 3,000 demands share one skill: all pairs together would be over 200 MB for their ends
    and weights alone.
    """
    program = """
import matchkit as mk
skill = [mk.SkillLevel(skill="s")]
given = mk.Problem(
    units=[mk.Unit(id="u")], communities=[mk.Community(id="c")],
    resources=[mk.Resource(id=f"r{n}", unit="u", skills=skill) for n in range(3000)],
    demands=[mk.Demand(id=f"d{n}", community="c", requirements=[mk.Requirement(id=f"q{n}", skills=skill)]) for n in range(3000)],
)
plan = mk.solve(given)
# Not getrusage: its peak counts the process that started this one.
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(len(plan.assignments), plan.outcome.status, int(peak) // 1024)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    count, status, megabytes = done.stdout.split()
    assert (count, status) == ("3000", "optimal"), done.stderr
    assert int(megabytes) < 400


@pytest.mark.parametrize(
    "field",
    [
        {"capacity": MOST + 1},
        {"skills": [mk.SkillLevel(skill=f"s{n}") for n in range(1_001)]},
        {"available": [hours(0, 1)] * 10_001},
    ],
    ids=["an amount", "skills", "windows"],
)
def test_more_than_the_limits_is_refused(field: dict[str, Any]) -> None:
    with pytest.raises(mk.errors.InputError):
        one(0, **field)


def test_a_tree_of_ten_thousand_levels_is_refused_and_no_recursion_ends_it() -> None:
    units = [
        mk.Unit(id=f"u{n}", parent=f"u{n - 1}" if n else None) for n in range(10_000)
    ]
    with pytest.raises(mk.errors.InputError, match="more than 1,000 units above it"):
        mk.Problem(units=units)
