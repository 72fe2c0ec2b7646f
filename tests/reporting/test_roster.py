"""The roster, worked out by hand: rows, days, kinds of work, and what has no room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pages import elements, table_of

import matchkit as mk
from matchkit.reporting.charts.canvas import PAPER, WORK
from matchkit.reporting.charts.roster import roster_chart
from matchkit.reporting.charts.roster_grid import (
    RosterGrid,
    fills,
    hours_text,
    short_names,
)
from matchkit.reporting.facts import Facts
from matchkit.reporting.roster import Roster, WorkKind, roster

MONDAY, ZONE = date(2026, 6, 1), "Europe/Berlin"
EARLY, NIGHT = ("06:00", "14:00"), ("22:00", "06:00")


def shift(
    label: str, day: int, clock: tuple[str, str] = EARLY, wanted: int = 1, **more: Any
) -> mk.Demand:
    """A demand so many days after the first of June, by the clocks of Berlin."""
    at = MONDAY + timedelta(days=day)
    time = mk.Weekly(
        zone=ZONE,
        days=[at.isoweekday()],
        start=clock[0],
        end=clock[1],
        first=at,
        last=at,
    )
    need = mk.Requirement(id=f"{label} {day} nurse", wanted=wanted)
    given = {"category": label, "windows": [time], **more}
    return mk.Demand(
        id=f"{label} {day}", community="ward", requirements=[need], **given
    )


def facts_of(
    demands: Sequence[mk.Demand], people: dict[str, str], *pairs: tuple[str, str]
) -> Facts:
    """People by id with their units, and a plan of just these pairs: others are kept out."""
    needs = [need.id for demand in demands for need in demand.requirements]
    kept = {(name, f"{demand} nurse") for name, demand in pairs}
    problem = mk.Problem(
        zone=ZONE,
        units=[mk.Unit(id=unit) for unit in sorted(set(people.values()))],
        communities=[mk.Community(id="ward")],
        resources=[
            mk.Resource(id=name, unit=unit, capacity=99)
            for name, unit in people.items()
        ],
        demands=demands,
        rules=[
            mk.rules.Forbid(resource=name, requirement=need)
            for name in people
            for need in needs
            if (name, need) not in kept
        ],
    )
    return Facts(problem, mk.solve(problem))


def found(facts: Facts) -> Roster:
    """The roster, which there is."""
    result = roster(facts)
    assert result is not None
    return result


def ids(facts: Facts) -> list[str]:
    return [facts.resources[row.resource].id for row in found(facts).rows]


@pytest.fixture
def ward() -> Facts:
    """Three nurses of two units; an early shift and a night on Monday, a night on Wednesday that lacks one."""
    demands = [
        shift("night", 0, NIGHT),
        shift("early", 0),
        shift("night", 2, NIGHT, wanted=2),
    ]
    people = {"ana": "ward 2", "bo": "ward 1", "cy": "ward 1"}
    pairs = ("ana", "early 0"), ("bo", "night 0"), ("ana", "night 2")
    return facts_of(demands, people, *pairs)


def test_a_night_stands_on_the_day_on_which_it_starts(ward: Facts) -> None:
    made = found(ward)
    assert made.days == [MONDAY + timedelta(days=at) for at in range(3)]
    assert [kind.name for kind in made.kinds] == ["early", "night"]
    assert [row.work for row in made.rows] == [
        [[1], [], []],
        [[], [], []],
        [[0], [], [1]],
    ]


def test_rows_are_sorted_by_unit_and_id_and_idle_people_have_one_too(
    ward: Facts,
) -> None:
    assert ids(ward) == ["bo", "cy", "ana"]
    assert [(row.seconds, row.shifts) for row in found(ward).rows] == [
        (28_800, 1),
        (0, 0),
        (57_600, 2),
    ]


def test_slots_are_counted_by_kind_of_work_and_day(ward: Facts) -> None:
    early, night = found(ward).kinds
    assert (early.clock, early.filled, early.wanted) == (EARLY, [1, 0, 0], [1, 0, 0])
    assert (night.clock, night.filled, night.wanted) == (NIGHT, [1, 0, 1], [1, 0, 2])
    assert (early.total, night.total) == (1, 2)


def test_the_table_of_the_chart_says_all_that_it_shows(ward: Facts) -> None:
    picture = roster_chart(ward, "en", "svg")
    assert picture is not None
    assert picture.rows == [
        ("bo", "ward 1", "night", "", "", "8", 1),
        ("cy", "ward 1", "", "", "", "0", 0),
        ("ana", "ward 2", "early", "", "night", "16", 2),
        ("early: slots filled", "", "1 of 1", "", "", "", 1),
        ("night: slots filled", "", "1 of 1", "", "1 of 2", "", 2),
    ]
    texts = picture.canvas.texts
    assert texts.count("night") == texts.count("early") + 1 == 3  # one of them the sign
    assert {"Mo", "Tu", "We", "June 2026", "1/2", "night 22:00-06:00"} <= set(texts)


def test_the_chart_speaks_the_language_of_its_reader(ward: Facts) -> None:
    picture = roster_chart(ward, "zh", "svg")
    assert picture is not None
    assert {"一", "二", "三", "2026年6月"} <= set(picture.canvas.texts)


def test_a_resource_that_is_never_free_in_these_days_has_no_row(ward: Facts) -> None:
    late = mk.Weekly(
        zone=ZONE, days=[1], start="06:00", end="14:00",
        first=date(2026, 6, 8), last=date(2026, 6, 8),
    )  # fmt: skip
    people = tuple(
        one.model_copy(update={"available": (late,)}) if one.id == "cy" else one
        for one in ward.problem.resources
    )
    problem = ward.problem.model_copy(update={"resources": people})
    assert ids(Facts(problem, mk.solve(problem))) == ["bo", "ana"]


def test_a_longer_time_than_a_day_stands_on_every_day_and_counts_once() -> None:
    start, end = (
        mk.Weekly(
            zone=ZONE, days=[day], start=clock, end=until,
            first=MONDAY + timedelta(days=day - 1), last=MONDAY + timedelta(days=day - 1),
        )
        for day, clock, until in ((6, "12:00", "24:00"), (7, "00:00", "18:00"))
    )  # fmt: skip
    camp = shift("camp", 5, windows=[start, end])
    facts = facts_of([camp], {"ana": "u"}, ("ana", "camp 5"))
    [row], [kind] = found(facts).rows, found(facts).kinds
    assert (row.work, row.seconds, row.shifts) == ([[0], [0]], 30 * 3600, 1)
    assert (kind.clock, kind.wanted, kind.total) == (None, [1, 1], 1)


def test_of_more_than_forty_people_the_first_who_work_are_shown() -> None:
    many = {f"p{at:02}": "u" for at in range(45)}
    pairs = [(name, "early 0") for name in many if name not in ("p00", "p01")]
    facts = facts_of([shift("early", 0, wanted=43)], many, *pairs)
    assert ids(facts) == [f"p{at:02}" for at in range(2, 42)]
    assert (found(facts).working, found(facts).is_whole) == (43, False)
    assert found(facts).kinds[0].filled == [43]


def test_of_more_than_35_days_the_first_are_shown_and_the_rest_is_counted() -> None:
    demands = [shift("early", day) for day in (0, 34, 35, 50)]
    pairs = [("ana", demand.id) for demand in demands]
    made = found(facts_of(demands, {"ana": "u"}, *pairs))
    assert (len(made.days), made.later) == (35, 2)
    assert (made.rows[0].shifts, made.rows[0].seconds) == (4, 4 * 28_800)


def test_of_more_than_twelve_kinds_of_work_the_smallest_stand_together() -> None:
    demands = [shift(f"k{at:02}", at, wanted=2 if at else 1) for at in range(13)]
    demands.append(shift("K05", 20))  # the key of k05
    pairs = [("ana", demand.id) for demand in demands]
    made = found(facts_of(demands, {"ana": "u"}, *pairs))
    assert [kind.name for kind in made.kinds] == [
        *(f"{'K' if at == 5 else 'k'}{at:02}" for at in range(1, 12)),
        None,
    ]
    assert (made.folded, made.kinds[-1].total) == (2, 2)
    assert made.rows[0].work[0] == made.rows[0].work[12] == [11]


def test_without_a_category_work_is_called_as_the_demand_is() -> None:
    demands = [
        shift("a", 0, category=None, name="class"),
        shift("b", 1, category=None),
    ]
    made = found(facts_of(demands, {"ana": "u"}, ("ana", "a 0"), ("ana", "b 1")))
    assert [kind.name for kind in made.kinds] == ["b 1", "class"]


def test_there_is_no_roster_where_nobody_works_at_a_time() -> None:
    timeless = facts_of([shift("a", 0, windows=[])], {"ana": "u"}, ("ana", "a 0"))
    assert timeless.plan.assignments
    assert roster(timeless) is None
    assert roster_chart(timeless, "en", "svg") is None


def test_three_shifts_of_one_day_are_a_number_and_the_description_says_so() -> None:
    clocks = ("06:00", "08:00"), ("09:00", "10:00"), ("11:00", "12:30")
    demands = [shift(name, 0, clock) for name, clock in zip("abc", clocks, strict=True)]
    pairs = [("ana", demand.id) for demand in demands]
    picture = roster_chart(facts_of(demands, {"ana": "u"}, *pairs), "en", "svg")
    assert picture is not None
    assert "3×" in picture.canvas.texts
    assert "×" in picture.description
    assert picture.rows[0] == ("ana", "u", "a, b, c", "4:30", 3)


@pytest.mark.parametrize(
    ("names", "columns", "short"),
    [
        (["early", "late", None], 3, ["E", "L", "+"]),
        (["early", "late"], 5, ["early", "late"]),
        (["early", "evening", "Event"], 2, ["E", "Ev", "Ee"]),
        (["a", "A.", "a-"], 1, ["A", "A2", "A3"]),
        (["早班", "夜班"], 3, ["早", "夜"]),
    ],
)
def test_short_names_are_the_fewest_letters_that_differ(
    names: list[str | None], columns: int, short: list[str]
) -> None:
    assert short_names(names, columns) == short


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0"), (28_800, "8"), (27_000, "7:30"), (3_600_000, "1,000"), (59, "0")],
)
def test_hours_are_whole_or_have_minutes(seconds: int, text: str) -> None:
    assert hours_text(seconds) == text


def test_the_six_kinds_that_ask_for_most_have_a_colour_from_light_to_dark() -> None:
    kinds = [WorkKind(str(at), None, [], [at], 0) for at in range(8)]
    assert [fill for fill, _ in fills(kinds)] == [PAPER, PAPER, *WORK]
    three = [fill for fill, _ in fills(kinds[:3])]
    assert three == sorted(three, key=_lightness, reverse=True)
    assert min(a - b for a, b in zip(map(_lightness, three), map(_lightness, three[1:]), strict=False)) > 0.2  # fmt: skip


def _lightness(colour: str) -> float:
    """The grey of a print, from 0 to 1 (ITU-R BT.601 luma)."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_forty_people_and_three_kinds_of_work_fit_a_page_in_landscape() -> None:
    people = {f"p{at:02}": "u" for at in range(40)}
    demands = [shift(name, day, wanted=40) for day, name in enumerate(("a", "b", "c"))]
    pairs = [(name, demand.id) for name in people for demand in demands]
    facts = facts_of(demands, people, *pairs)
    canvas = RosterGrid(facts, found(facts), "en", "svg").canvas
    assert canvas.height <= 566
    assert canvas.width / canvas.height == pytest.approx(297 / 210, rel=0.01)


def test_the_page_shows_it_only_where_everybody_who_works_is_in_it(
    ward: Facts, street: mk.Problem, english: Path, page_of: Callable[..., Path]
) -> None:
    page = page_of(ward.problem, ward.plan, tz=None)
    assert table_of(page, "roster")[0] == ["bo", "ward 1", "night", "", "", "8", "1"]
    figures = [one["attributes"].get("id") for one in elements(english)]
    assert len(street.resources) > 40
    assert "chart-timetable" in figures
    assert "chart-roster" not in figures
