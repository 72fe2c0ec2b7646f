"""What charts say of numbers that are great, small or just between two, worked out by hand."""

from __future__ import annotations

import math
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import matchkit as mk
from matchkit.reporting.charts.coverage import percent
from matchkit.reporting.charts.load import load_per_person
from matchkit.reporting.charts.map import demand_map
from matchkit.reporting.charts.timetable import short
from matchkit.reporting.facts import Facts
from matchkit.reporting.report import write_pictures

WINDOW = '{"start": "2026-05-05T08:00:00Z", "end": "2026-05-05T10:00:00Z"}'


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (1, 8, "13%"),  # 12.5
        (3, 8, "38%"),  # 37.5
        (1, 3, "33%"),
        (2, 3, "67%"),
        (1, 10**9, "1%"),
        (10**9 - 1, 10**9, "99%"),
        (0, 5, "0%"),
        (5, 5, "100%"),
        (0, 0, "–"),
        (10**18 + 1, 2 * 10**18 + 2, "50%"),
    ],
)
def test_a_share_is_rounded_with_halves_upwards_as_in_the_script(
    part: int, whole: int, told: str
) -> None:
    assert percent(part, whole) == told


@pytest.mark.parametrize(
    ("slots", "told"),
    [
        (7, "7"),
        (9_999, "9,999"),
        (10_000, "10k"),
        (9_999_999, "9,999k"),
        (10**9, "1,000M"),
        (2 * 10**10, "20G"),
    ],
)
def test_a_cell_of_the_timetable_tells_a_great_number_shortly(
    slots: int, told: str
) -> None:
    assert short(slots) == told


def test_a_thousand_million_slots_have_room_in_every_chart(tmp_path: Path) -> None:
    """A letter of nine points is at most seven wide in common fonts, on average less than six."""
    window = mk.Window.model_validate_json(WINDOW)
    problem = mk.Problem(
        units=[mk.Unit(id="u")],
        communities=[mk.Community(id="c")],
        resources=[
            mk.Resource(
                id="s", unit="u", kind="supplies", capacity=10**9, available=[window]
            )
        ],
        demands=[
            mk.Demand(
                id="d",
                community="c",
                windows=[window],
                requirements=[mk.Requirement(id="q", kind="supplies", wanted=10**9)],
            ),
        ],
    )
    write_pictures(problem, mk.solve(problem), tmp_path, format="svg")
    looked = 0
    for path in tmp_path.iterdir():
        for element in ET.parse(path).iter():  # noqa: S314
            x = element.get("x")
            if (
                element.tag.endswith("}text")
                and x
                and element.get("text-anchor", "start") == "start"
                and "000,000" in (element.text or "")
            ):
                looked += 1
                assert float(x) + 5.7 * len(element.text or "") <= 700, (
                    path.name,
                    element.text,
                )
    assert looked >= 3


def _loads(*amounts: int) -> list[tuple[str | int, ...]]:
    """The rows of the chart of loads, of people who fill so many slots each."""
    people = [
        mk.Resource(id=f"r{at}", unit="u", capacity=max(amount, 1))
        for at, amount in enumerate(amounts)
    ]
    demands = [
        mk.Demand(
            id=f"d{at}",
            community="c",
            requirements=[mk.Requirement(id=f"q{at}-{one}") for one in range(amount)],
        )
        for at, amount in enumerate(amounts)
        if amount
    ]
    locks = [
        mk.rules.Lock(resource=f"r{at}", requirement=f"q{at}-{one}")
        for at, amount in enumerate(amounts)
        for one in range(amount)
    ]
    problem = mk.Problem(
        units=[mk.Unit(id="u")],
        communities=[mk.Community(id="c")],
        resources=people,
        demands=demands,
        rules=locks,
    )
    picture = load_per_person(Facts(problem, mk.solve(problem)), "en", "svg")
    assert picture is not None
    return picture.rows


def test_who_gives_nothing_stands_apart_also_where_loads_are_shown_in_steps() -> None:
    """40 slots in at most fifteen steps are steps of three."""
    assert _loads(0, 0, 1, 3, 4, 40) == [
        ("none", 2),
        ("1–3 slots", 2),
        ("4–6 slots", 1),
        ("40–42 slots", 1),
    ]


def test_few_loads_have_a_bar_each() -> None:
    assert _loads(0, 1, 15) == [("none", 1), ("1 slot", 1), ("15 slots", 1)]


def _map_of(*places: tuple[float, float]) -> list[str]:
    """The texts of a map of communities at these places."""
    problem = mk.Problem(
        communities=[
            mk.Community(id=f"c{at}", place=mk.Place(lat=lat, lon=lon))
            for at, (lat, lon) in enumerate(places)
        ],
        demands=[
            mk.Demand(
                id=f"d{at}",
                community=f"c{at}",
                requirements=[mk.Requirement(id=f"q{at}")],
            )
            for at in range(len(places))
        ],
    )
    picture = demand_map(Facts(problem, mk.solve(problem)), "en", "svg")
    assert picture is not None
    return picture.canvas.texts


@pytest.mark.parametrize(
    ("places", "told"),
    [
        (
            ((0.0, 0.0), (0.0, 90.0)),
            "2,000 km",
        ),  # 664 points for 90 degrees, 10,008 km: 150 points are 2,261 km
        (
            ((30.0, 110.0), (30.0, 110.0)),
            "0.005 km",
        ),  # a ten-thousandth of a degree, 11 metres, in 200 points of height
        (((90.0, 0.0), (-90.0, -180.0)), "10,000 km"),
    ],
)
def test_the_scale_of_a_map_is_a_round_length(
    places: tuple[tuple[float, float], ...], told: str
) -> None:
    assert _map_of(*places)[-1] == told


def test_no_length_of_a_map_lacks_a_scale(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the logarithm is rounded up to a whole number, the power of ten is a little too long."""
    rounded = math.log10
    monkeypatch.setattr(math, "log10", lambda value: math.ceil(rounded(value)))
    assert _map_of((0.0, 0.0), (0.0, 90.0))[-1].endswith(" km")
