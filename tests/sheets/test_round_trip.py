"""What is written comes back as it was, from each form of file and kind of frame, and the same input gives
the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas
import polars
import pyarrow
import pytest
from hostile_texts import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st

from matchkit.tables.formats import Grid, frames, read_grids, write_grids

FORMS = ("xlsx", "csv", "parquet")
KINDS = {
    "pandas": pandas.DataFrame(),
    "polars": polars.DataFrame(),
    "arrow": pyarrow.table({}),
}
DAY = dt.date(2024, 2, 29)


def through(form: str, grids: list[Grid], folder: Path) -> list[Grid]:
    """The grids, written and read back in this form."""
    if form in KINDS:
        return read_grids(frames(grids, KINDS[form]))
    target = folder / ("t.xlsx" if form == "xlsx" else form)
    shutil.rmtree(target, ignore_errors=True)
    write_grids(grids, target, form=form)  # type: ignore[arg-type]
    return read_grids(target)


@pytest.mark.parametrize("form", [*FORMS, *KINDS])
def test_hostile_texts_come_back_as_they_were(tmp_path: Path, form: str) -> None:
    rows = [["id", "text"], *([f"R{n}", text] for n, text in enumerate(HOSTILE))]
    [grid] = through(form, [Grid("texts", rows)], tmp_path)
    assert grid.rows == rows


@pytest.mark.parametrize("form", [*FORMS, *KINDS])
def test_hostile_texts_come_back_as_names_of_columns(tmp_path: Path, form: str) -> None:
    texts = [text for text in HOSTILE if text.strip()]
    rows = [texts, [str(n) for n in range(len(texts))]]
    [grid] = through(form, [Grid("names", rows)], tmp_path)
    assert grid.rows == rows


@pytest.mark.parametrize("form", ["xlsx", "parquet", *KINDS])
def test_numbers_and_truth_keep_their_type(tmp_path: Path, form: str) -> None:
    rows = [
        ["whole", "number", "truth", "text"],
        [-3, 2.5, True, "3"],
        [None, None, None, None],
        [2**53 // 10, -0.125, False, "x"],
    ]
    [grid] = through(form, [Grid("t", rows)], tmp_path)
    assert grid.rows == rows
    assert [[type(cell) for cell in row] for row in grid.rows] == [
        [type(cell) for cell in row] for row in rows
    ]


def test_dates_and_times_keep_their_type_in_a_workbook(tmp_path: Path) -> None:
    moment = dt.datetime(2024, 2, 29, 18, 30, 15)  # noqa: DTZ001 - a spreadsheet knows no zone
    rows = [
        ["day", "moment", "time", "span"],
        [DAY, moment, dt.time(6, 45), dt.timedelta(hours=36, minutes=5)],
    ]
    [grid] = through("xlsx", [Grid("t", rows)], tmp_path)
    assert grid.rows == rows


@pytest.mark.parametrize("form", ["csv", "parquet", *KINDS])
def test_dates_and_times_are_iso_texts_elsewhere(tmp_path: Path, form: str) -> None:
    rows = [
        ["day", "moment", "time", "span"],
        [
            DAY,
            dt.datetime(2024, 2, 29, 18, tzinfo=dt.UTC),
            dt.time(6, 45),
            dt.timedelta(hours=36),
        ],
    ]
    [grid] = through(form, [Grid("t", rows)], tmp_path)
    assert grid.rows[1] == [
        "2024-02-29",
        "2024-02-29T18:00:00+00:00",
        "06:45:00",
        "36:00",
    ]


def test_what_a_workbook_cannot_count_is_written_as_text(tmp_path: Path) -> None:
    rows = [
        ["id", "day", "moment"],
        [
            110101199003071234,
            dt.date(1899, 1, 1),
            dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
        ],
    ]
    [grid] = through("xlsx", [Grid("t", rows)], tmp_path)
    assert grid.rows[1] == [
        "110101199003071234",
        "1899-01-01",
        "2024-01-01T00:00:00+00:00",
    ]


@pytest.mark.parametrize("form", [*FORMS, *KINDS])
def test_tables_come_back_by_name_and_empty_ones_as_nothing_but_their_header(
    tmp_path: Path, form: str
) -> None:
    grids = [
        Grid("demands", [["id"], ["D1"]]),
        Grid("resources", [["id", "name"]]),
        Grid("单位", [["编号"], ["U1"]]),
    ]
    assert [(grid.name, grid.rows) for grid in through(form, grids, tmp_path)] == [
        (grid.name, grid.rows) for grid in grids
    ]


TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff"),
    max_size=12,
) | st.sampled_from(HOSTILE)
CELL = st.none() | TEXT


@settings(max_examples=60)
@given(
    st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=6), st.sampled_from(FORMS)
)
def test_any_texts_come_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str | None]], form: str
) -> None:
    written = [["a", "b", "c"], *rows, ["end", "end", "end"]]
    [grid] = through(form, [Grid("t", written)], tmp_path_factory.mktemp("t"))
    # An empty text and no cell are the same in every table.
    assert grid.rows == [[cell or None for cell in row] for row in written]


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(-(10**15) + 1, 10**15 - 1),
            st.none() | st.floats(allow_nan=False, width=64, allow_infinity=False),
        )
    )
)
def test_any_numbers_come_back(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[int | None, float | None]],
) -> None:
    written = [["a", "b", "c"], *([a, b, "end"] for a, b in rows)]
    for form in ("xlsx", "parquet"):
        [grid] = through(form, [Grid("t", written)], tmp_path_factory.mktemp("t"))
        assert grid.rows == written


def every_byte(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_grids_give_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom datetime import date\nfrom matchkit.tables.formats import Grid, write_grids\n"
        "grids = [Grid('s', [['id', 'n', 'day'], ['=x', 1.5, date(2024, 1, 1)]]), Grid('t', [['id']])]\n"
        "for form in ('xlsx', 'csv', 'parquet'):\n"
        "    write_grids(grids, sys.argv[1] + ('/t.xlsx' if form == 'xlsx' else '/' + form), form=form)\n"
    )
    made = []
    for seed in ("0", "1"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": ("UTC", "Asia/Shanghai")[int(seed)],
        }
        subprocess.run(
            [sys.executable, "-W", "error", "-c", program, folder],
            check=True,
            timeout=60,
            env=environment,
        )
        made.append(every_byte(folder))
    assert sorted(made[0]) == [
        "csv/s.csv",
        "csv/t.csv",
        "parquet/s.parquet",
        "parquet/t.parquet",
        "t.xlsx",
    ]
    assert made[0] == made[1]


def test_no_text_of_a_workbook_is_a_formula_a_link_or_a_number(tmp_path: Path) -> None:
    write_grids(
        [Grid("t", [["text"], *([text] for text in HOSTILE)])], tmp_path / "t.xlsx"
    )
    with zipfile.ZipFile(io.BytesIO((tmp_path / "t.xlsx").read_bytes())) as archive:
        body = archive.read("xl/worksheets/sheet1.xml").decode()
        assert not [name for name in archive.namelist() if "sheet1.xml.rels" in name]
    assert "<f>" not in body and "<hyperlink" not in body
    assert body.count('t="inlineStr"') == body.count("<c ") == len(HOSTILE) + 1


def test_a_workbook_has_its_header_frozen_bold_and_filtered(tmp_path: Path) -> None:
    write_grids([Grid("t", [["id", "name"], ["R1", "虚构甲"]])], tmp_path / "t.xlsx")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        body = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<b/>" in archive.read("xl/styles.xml").decode()
    assert '<pane ySplit="1"' in body and '<autoFilter ref="A1:B2"/>' in body


def test_a_text_file_begins_with_the_mark_that_spreadsheet_programs_look_for(
    tmp_path: Path,
) -> None:
    write_grids(
        [Grid("t", [["id", "n"], ["=1", -2], ["", None]])], tmp_path, form="csv"
    )
    assert (tmp_path / "t.csv").read_bytes() == b"\xef\xbb\xbfid,n\r\n'=1,-2\r\n,\r\n"


Back = Callable[[Any], list[str]]


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        ("pandas", ["Int64", "float64"]),
        ("polars", ["Int64", "Float64"]),
        ("arrow", ["int64", "double"]),
    ],
)
def test_frames_come_back_as_the_kind_that_was_given_with_typed_columns(
    kind: str, types: list[str]
) -> None:
    made = frames([Grid("t", [["n", "x"], [1, 2.5], [None, None]])], KINDS[kind])["t"]
    assert type(made) is type(KINDS[kind])
    found = (
        [str(entry.type) for entry in made.schema]
        if kind == "arrow"
        else [str(entry) for entry in made.dtypes]
    )
    assert found == types
