"""Tables that nobody means well: whatever stands in them, they are read or refused with a MatchkitError, and
quickly.
"""

from __future__ import annotations

import contextlib
import datetime

import pinned
import pytest
from hostile_problems import HOSTILE, hostile_problem
from random_problems import seeded

from matchkit.errors import BudgetError, MatchkitError
from matchkit.tables.columns.schemas import TABLES
from matchkit.tables.formats import Grid
from matchkit.tables.importer.reading import read_tables
from matchkit.tables.importer.writing import problem_grids

pytestmark = pytest.mark.timeout(60)

HEADERS = [
    header
    for table in TABLES
    for column in table.columns
    for header in (*column.headers, *column.spellings)
]
NUMBERS = [0, -1, 1, 99, 10**18, 10**30, 1.5, float("nan"), float("inf"), True, False]
MOMENTS = [
    datetime.date(2026, 5, 2),
    datetime.date(9999, 12, 31),
    datetime.datetime(2026, 5, 2, 8, tzinfo=datetime.UTC),
    datetime.datetime.fromisoformat("0001-01-01"),
    datetime.time(8),
    datetime.timedelta(1),
    "9999-12-31",
    "0000-00-00",
    "周一至周日 00:00-24:00 2026-01-01..2027-12-31 UTC",
]
ODD = [None, "", " ", "\ud800", "\x00", "x" * 50_000, b"x", [1], {"a": 1}, object()]
CELLS = [*HOSTILE, *HEADERS[::7], *NUMBERS, *MOMENTS, *ODD]


def tried(grids, **given):
    with contextlib.suppress(MatchkitError):
        read_tables(grids, **given).text("zh")


@pytest.mark.parametrize("share", range(4))
def test_any_cells_in_the_tables_of_a_problem_are_read_or_refused(share):
    for seed in range(share, 400, 4):
        rng = seeded(seed)
        grids = problem_grids(hostile_problem(seed), ("en", "zh")[seed % 2])
        for _ in range(rng.randint(1, 8)):
            grid = rng.choice(grids)
            row = rng.choice(grid.rows)
            row[rng.randrange(len(row))] = rng.choice(CELLS)
        given = (
            {"tz": "Asia/Shanghai", "first": "2026-03-01", "last": "2026-06-30"}
            if seed % 3
            else {}
        )
        tried(grids, **given)


def test_any_cells_under_any_headers_are_read_or_refused():
    for seed in range(300):
        rng = seeded(seed)
        width = rng.randint(1, 8)
        rows = [
            [rng.choice(HEADERS) for _ in range(width)],
            *(
                [rng.choice(CELLS) for _ in range(width)]
                for _ in range(rng.randint(0, 6))
            ),
        ]
        grids = [
            Grid(
                rng.choice([*(table.name for table in TABLES), "x"]),
                rows,
                merged=((0, 0, 1, 0), (2, 0, 99, 99)),
            )
        ]
        tried(grids, tz="UTC")


def test_a_wide_sheet_of_unknown_headers_takes_no_long_search():
    head = [
        "id",
        "community",
        "wanted",
        *(f"unknown header {number} {'x' * 20}" for number in range(5_000)),
    ]
    found = read_tables([Grid("demands", [head, ["D1", "C1", 1, *([None] * 5_000)]])])
    assert (found.unconfirmed, found.to_know) == (5_000, 1)


def test_a_near_name_is_looked_for_among_the_first_unknown_headers_only():
    head = [
        "id",
        "community",
        "wanted",
        *(f"mood {number}" for number in range(50)),
        "tierr",
    ]
    found = read_tables([Grid("demands", [head, ["D1", "C1", 1, *([None] * 51)]])])
    assert found.guesses[-1].fact.text() == pinned.text("tables.column_unknown")


def test_faults_that_differ_are_counted_in_a_moment_once_a_thousand_are_worded():
    rows = [
        ["id", "unit", "capacity"],
        *([f"R{number}", "U1", f"some {number}"] for number in range(30_000)),
    ]
    with pytest.raises(MatchkitError) as caught:
        read_tables([Grid("resources", rows)])
    assert caught.value.more == 29_000


def test_a_long_sheet_of_bad_references_takes_no_long_search():
    rows = [
        ["id", "unit"],
        *([f"R{number}", f"nobody {number}"] for number in range(20_000)),
    ]
    with pytest.raises(MatchkitError):
        read_tables(
            [
                Grid("units", [["id"], *([f"U{number}"] for number in range(5_000))]),
                Grid("resources", rows),
            ]
        )


def test_a_long_sheet_of_names_takes_no_long_search():
    units = [
        ["id", "name"],
        *([f"U{number}", f"unit {number}"] for number in range(3_000)),
    ]
    rows = [
        ["id", "unit"],
        *([f"R{number}", f"unit {number % 3_000}"] for number in range(30_000)),
    ]
    found = read_tables([Grid("units", units), Grid("resources", rows)])
    assert found.problem.resources[17].unit == "U17"


def test_every_merged_area_is_filled_however_many_there_are():
    rows = [
        ["id", "unit", *[None] * 98],
        *(
            [
                f"R{number}",
                f"U{number // 100}" if number % 100 == 0 else None,
                *[None] * 98,
            ]
            for number in range(60_000)
        ),
    ]
    merged = tuple((row + 1, 1, row + 100, 99) for row in range(0, 60_000, 100))
    resources = read_tables([Grid("resources", rows, merged=merged)]).problem.resources
    assert [resource.unit for resource in resources] == [
        f"U{number // 100}" for number in range(60_000)
    ]


def test_merged_areas_that_lie_over_each_other_are_refused_at_once():
    rows = [["id", "unit"], *([f"R{number}", "U1"] for number in range(1_000))]
    merged = tuple((1, 1, bottom, 1) for bottom in range(1, 1_001))
    with pytest.raises(BudgetError) as caught:
        read_tables([Grid("resources", rows, "list.xlsx", merged=merged)])
    assert str(caught.value) == pinned.text(
        "tables.over.merged", where="list.xlsx, sheet resources"
    )
    assert caught.value.text("zh") == pinned.text(
        "tables.over.merged", "zh", where="list.xlsx 工作表“resources”"
    )


def test_a_million_of_small_merged_areas_is_passed_in_a_moment():
    rows = [["id", "unit"], *([f"R{number}", "U1"] for number in range(1_000))]
    merged = tuple((row, 1, row + 1, 1) for row in range(1, 1_000)) * 100
    read_tables([Grid("resources", rows, merged=merged)])
