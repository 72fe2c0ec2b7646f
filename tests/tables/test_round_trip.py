"""Problems written as tables and read again are equal, and nothing is to be confirmed: in memory, as files
and as data frames.
"""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, date, datetime

import pytest
from hostile_problems import called_like_headers, hostile_problem
from random_problems import seeded

import matchkit as mk
from matchkit.tables.importer.reading import read_tables
from matchkit.tables.importer.writing import LONGEST, problem_grids
from matchkit.tables.problems import write_problem

SHARES = 10
"""The thousand problems are told apart in so many tests, which run beside each other."""


def same(found, problem):
    assert found.findings == ()
    assert found.problem == problem


@pytest.mark.parametrize("share", range(SHARES))
def test_a_thousand_problems_come_back_equal_from_their_tables_in_both_languages(share):
    for seed in range(share, 1_000, SHARES):
        problem = hostile_problem(seed)
        same(read_tables(problem_grids(problem, ("en", "zh")[seed % 2])), problem)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", ["xlsx", "csv", "parquet"])
def test_a_hundred_problems_come_back_equal_from_files(tmp_path, form, lang):
    for seed in range(0 if lang == "en" else 1, 100, 2):
        problem = hostile_problem(seed)
        path = tmp_path / (f"{seed}.xlsx" if form == "xlsx" else str(seed))
        write_problem(problem, path, lang=lang, format=form)
        same(read_tables(path), problem)
        assert mk.read_problem(path) == problem


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_problems_come_back_equal_from_data_frames_of_the_same_kind(library):
    module = pytest.importorskip(library)
    like = (
        module.table({"a": [1]})
        if library == "pyarrow"
        else module.DataFrame({"a": [1]})
    )
    for seed in range(30):
        problem = hostile_problem(seed)
        frames = problem.to_frames(like, lang=("en", "zh")[seed % 2])
        assert {type(frame) for frame in frames.values()} == {type(like)}
        same(read_tables(frames), problem)


def test_a_list_too_long_for_a_cell_goes_on_in_numbered_columns():
    problem = hostile_problem(0)
    assert len(problem.resources[0].familiar) == 300
    (grid,) = [grid for grid in problem_grids(problem) if grid.name == "resources"]
    assert {"familiar", "familiar 2", "familiar 3", "skills 2"} <= set(grid.rows[0])
    assert (
        max(len(cell) for row in grid.rows for cell in row if isinstance(cell, str))
        <= LONGEST
    )


def test_tables_without_records_and_columns_without_values_are_left_out():
    grids = {
        grid.name: grid.rows
        for grid in problem_grids(mk.Problem(units=[mk.Unit(id="U1")]))
    }
    assert grids == {
        "units": [["id"], ["U1"]],
        "settings": [["setting", "value"], ["schema_version", 1]],
    }


@pytest.mark.parametrize(
    "name",
    [
        "合计",
        "total",
        "注：x",
        "id",
        "东区小计（人）",
        "填表人",
        "例：x",
        "第1页",
        "一、x",
    ],
)
def test_a_record_that_is_called_like_a_row_of_sums_is_still_a_record(name):
    problem = mk.Problem(units=[mk.Unit(id=name), mk.Unit(id="U2")])
    same(read_tables(problem_grids(problem)), problem)


def test_records_whose_every_text_is_a_header_are_still_records():
    for problem in called_like_headers():
        for lang in ("en", "zh"):
            same(read_tables(problem_grids(problem, lang)), problem)


def test_a_count_that_looks_like_a_mark_and_a_place_far_from_the_rest_are_not_doubted_once_written(
    tmp_path,
):
    places = [mk.Place(lat=36 + number / 100, lon=103.8) for number in range(5)]
    communities = [
        mk.Community(id=f"C{number}", place=place)
        for number, place in enumerate([*places, mk.Place(lat=-33.9, lon=151.2)])
    ]
    role = mk.Requirement(id="Q1", wanted=99, minimum=3)
    problem = mk.Problem(
        communities=communities,
        demands=[mk.Demand(id="D1", community="C1", requirements=[role])],
    )
    grids = {grid.name: grid for grid in problem_grids(problem)}
    assert ["bounds", "-33.9; 103.8; 36.04; 151.2"] in grids["settings"].rows
    assert "3..99" in grids["requirements"].rows[1]
    for lang in ("en", "zh"):
        for form in ("xlsx", "csv", "parquet"):
            path = tmp_path / (f"{lang}.xlsx" if form == "xlsx" else f"{lang} {form}")
            write_problem(problem, path, lang=lang, format=form)
            same(read_tables(path), problem)


def test_records_whose_ids_are_dates_are_no_remarks_at_the_foot_when_they_come_back():
    """A date alone, or beside a name, at the end of a list is when and by whom it was made."""
    problem = mk.Problem(
        units=[
            mk.Unit(id="Elm", name="Elm Lane"),
            mk.Unit(id="2026-05-02", name="Ann & Bob"),
        ],
        communities=[mk.Community(id="c"), mk.Community(id="5 May 2026")],
        resources=[mk.Resource(id="2026-05-03", unit="2026-05-02")],
        demands=[
            mk.Demand(
                id="2026-05-04",
                community="5 May 2026",
                requirements=[mk.Requirement(id="2026-05-04")],
            )
        ],
    )
    for lang in ("en", "zh"):
        same(read_tables(problem_grids(problem, lang)), problem)


WORDS = (
    "nursing",
    "driving",
    "cooking",
    "child",
    "care",
    "first",
    "aid",
    "护理",
    "驾驶",
    "烹饪",
    "e",
    "on",
    "fit",
    "OK",
    "C#",
)
MARKS = (
    "-",
    "_",
    " ",
    " - ",
    "·",
    ".",
    "#",
    "@",
    "/",
    "+",
    "|",
    "&&",
    "…",
    "丨",
    "和",
    "加",
    "兼",
    " and ",
    "; ",
    ":",
    "~",
    "加",
    "",
)


def joined_skills(seed):
    """A problem whose skills are words and lists of words, joined by marks: all of them names that somebody
    has confirmed.
    """
    rng = seeded(seed)

    def name():
        mark = rng.choice(MARKS[: rng.choice((3, 8, 99))])
        return mark.join(rng.choice(WORDS) for _ in range(rng.choice((1, 1, 2, 2, 3))))

    def levels(least):
        return [
            mk.SkillLevel(skill=one, level=rng.choice((1, 1, 3)))
            for one in {name(): None for _ in range(rng.randint(least, 3))}
        ]

    def needs():
        return [
            one if rng.random() < 0.8 else mk.AnyOf(any_of=levels(1))
            for one in levels(0)
        ]

    declared = rng.random() < 0.3
    return mk.Problem(
        units=[mk.Unit(id="u")],
        communities=[mk.Community(id="c")],
        skills=[mk.Skill(name="nursing-driving", aliases=["child-care"])]
        if declared
        else [],
        resources=[
            mk.Resource(id=f"R{n}", unit="u", skills=levels(0))
            for n in range(rng.randint(1, 5))
        ],
        demands=[
            mk.Demand(
                id=f"D{n}",
                community="c",
                requirements=[mk.Requirement(id=f"Q{n}", skills=needs())],
            )
            for n in range(3)
        ],
        rules=[
            mk.rules.Cover(
                demand="D0",
                skills=[
                    mk.rules.SkillCount(skill=one.skill, count=2) for one in levels(1)
                ],
                counting="one",
            ),
            mk.rules.Trainees(demand="D1", most=1, senior=levels(1)[0]),
        ],
    )


def test_skills_that_look_like_several_or_like_none_come_back_and_are_not_asked_about_again(
    tmp_path,
):
    for seed in range(100):
        problem = joined_skills(seed)
        same(read_tables(problem_grids(problem, ("en", "zh")[seed % 2])), problem)
    for form, path in (
        ("xlsx", tmp_path / "lists.xlsx"),
        ("csv", tmp_path / "csv"),
        ("parquet", tmp_path / "parquet"),
    ):
        names = [
            "child-care",
            "care",
            "child",
            "first-aid",
            "aid",
            "OK",
            "nursing driving",
            "nursing",
            "driving",
        ]
        resources = [
            mk.Resource(id=name, unit="u", skills=[mk.SkillLevel(skill=name)])
            for name in names
        ]
        problem = mk.Problem(units=[mk.Unit(id="u")], resources=resources)
        write_problem(problem, path, format=form)
        assert mk.read_problem(path) == problem


@pytest.fixture(scope="module")
def office(installed):
    return installed("soffice", "libreoffice-calc-nogui")


def test_a_workbook_that_a_spreadsheet_program_has_opened_and_saved_reads_the_same(
    tmp_path, office
):
    folders = tmp_path / "written", tmp_path / "saved"
    seeds = range(24)
    for seed in seeds:
        folders[0].mkdir(exist_ok=True)
        write_problem(
            hostile_problem(seed),
            folders[0] / f"{seed}.xlsx",
            lang=("en", "zh")[seed % 2],
        )
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(folders[1]),
    ]
    files = [str(folders[0] / f"{seed}.xlsx") for seed in seeds]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)
    for seed in seeds:
        same(read_tables(folders[1] / f"{seed}.xlsx"), hostile_problem(seed))
    shutil.rmtree(tmp_path / "profile")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_preferred_times_and_the_factor_of_undesired_ones_come_back(tmp_path, lang):
    """Two windows and a weekly pattern in one cell, beside when the resource is available."""
    days = {"first": date(2026, 5, 4), "last": date(2026, 6, 29)}
    weekly = mk.Weekly(days=[1], start="18:00", end="20:00", zone="UTC", **days)
    hours = [datetime(2026, 5, 5, hour, tzinfo=UTC) for hour in (8, 10, 13, 15)]
    windows = [mk.Window(start=start, end=end) for start, end in (hours[:2], hours[2:])]
    problem = mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="C")],
        resources=[
            mk.Resource(
                id="R", unit="U", preferred=[*windows, weekly], available=windows[:1]
            )
        ],
        demands=[
            mk.Demand(id="D", community="C", requirements=[mk.Requirement(id="Q")])
        ],
        objective=mk.Objective(undesired=3),
    )
    write_problem(problem, tmp_path / "lists", lang=lang)
    read = mk.read_problem(tmp_path / "lists", tz="UTC")
    assert (read.resources, read.objective) == (problem.resources, problem.objective)
    assert mk.Problem.from_json(problem.to_json()) == problem
