"""Tables out: what files cannot hold is told by sheet, row and column; names are safe; nothing is written by
halves.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import tempfile
from pathlib import Path
from typing import Any

import pinned
import pytest

from matchkit.errors import InputError, StorageError
from matchkit.tables.formats import Grid, read_grids, write_grids
from matchkit.tables.formats.names import file_names, sheet_names


def test_a_cell_too_long_for_a_spreadsheet_is_told_by_sheet_row_and_column(
    tmp_path: Path,
) -> None:
    grid = Grid(
        "notes",
        [
            ["id", "text"],
            ["R1", "a" * 32_767],
            ["R2", "a" * 32_768],
            ["R3", "𠮷" * 16_384],
        ],
    )
    with pytest.raises(InputError) as caught:
        write_grids([grid], tmp_path / "t.xlsx")
    assert str(caught.value).splitlines()[1:] == [
        pinned.line(
            "  sheet notes, row 3, column B",
            "sheet.too_long",
            "sheet.too_long.do",
            most=32_767,
        ),
        pinned.line(
            "  sheet notes, row 4, column B",
            "sheet.too_long",
            "sheet.too_long.do",
            most=32_767,
        ),
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_cell_as_long_as_a_spreadsheet_takes_comes_back(tmp_path: Path) -> None:
    rows = [
        ["text"],
        ["<r>" + "_x0041_" * 4_680 + "</r>"],
        ["a" * 32_767],
        ["𠮷" * 16_383],
    ]
    write_grids([Grid("t", rows)], tmp_path / "t.xlsx")
    assert read_grids(tmp_path / "t.xlsx")[0].rows == rows


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["R1"], "sheet t, row 2: has 1 cell, the header has 2"),
        (["R1", "\ud800"], f"sheet t, row 2, column B: {pinned.text('sheet.no_text')}"),
        (["R1", "\uffff"], f"sheet t, row 2, column B: {pinned.text('sheet.no_text')}"),
        (
            ["R1", float("nan")],
            f"sheet t, row 2, column B: {pinned.text('sheet.no_number')}",
        ),
        (["R1", ["a"]], f"sheet t, row 2, column B: {pinned.text('sheet.no_kind')}"),
        (["R1", b"a"], f"sheet t, row 2, column B: {pinned.text('sheet.no_kind')}"),
    ],
)
@pytest.mark.parametrize("form", ["xlsx", "csv", "parquet"])
def test_what_no_file_holds_is_told_and_nothing_is_written(
    tmp_path: Path, form: Any, row: list[Any], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        write_grids(
            [Grid("s", [["id"]]), Grid("t", [["id", "x"], row])],
            tmp_path / ("t.xlsx" if form == "xlsx" else "t"),
            form=form,
        )
    assert list(tmp_path.iterdir()) == []


def test_a_form_that_is_none_is_told(tmp_path: Path) -> None:
    with pinned.raises(
        InputError,
        "argument.word",
        "argument.word.do",
        about="format",
        known="xlsx, csv, parquet",
    ):
        write_grids([], tmp_path / "t", form="ods")  # type: ignore[arg-type]


def test_the_form_is_told_by_the_name(tmp_path: Path) -> None:
    write_grids([Grid("t", [["id"]])], tmp_path / "T.XLSX")
    write_grids([Grid("t", [["id"]])], tmp_path / "folder")
    assert (tmp_path / "T.XLSX").read_bytes()[:2] == b"PK" and [
        path.name for path in (tmp_path / "folder").iterdir()
    ] == ["t.csv"]


def test_no_tables_are_a_workbook_with_an_empty_sheet(tmp_path: Path) -> None:
    write_grids([], tmp_path / "t.xlsx")
    assert [grid.rows for grid in read_grids(tmp_path / "t.xlsx")] == [[]]


@pytest.mark.parametrize(
    ("names", "made"),
    [
        (["a/b", "a:b", "A_B"], ["a_b", "a_b (2)", "A_B (3)"]),
        (["", "'", "[x]"], ["Sheet1", "Sheet2", "_x_"]),
        (["x" * 40, "x" * 41], ["x" * 31, "x" * 27 + " (2)"]),
        (["😀" * 20], ["😀" * 15]),
        (["History", "资源清单", "\u202ex\x1b"], ["_history", "资源清单", "_x_"]),
    ],
)
def test_names_of_sheets_are_such_that_a_workbook_takes_them(
    tmp_path: Path, names: list[str], made: list[str]
) -> None:
    assert sheet_names(names) == made
    write_grids([Grid(name, [["id"]]) for name in names], tmp_path / "t.xlsx")
    assert [grid.name for grid in read_grids(tmp_path / "t.xlsx")] == made


@pytest.mark.parametrize(
    ("names", "made"),
    [
        (
            ["../../etc/passwd", "/root", "..", ""],
            ["______etc_passwd", "_root", "__", "Sheet4"],
        ),
        (["con", "NUL", "a\0b", "a\x1b[2J"], ["_con", "_NUL", "a_b", "a__2J"]),
        (["资源 (清单)", "资源 (清单)"], ["资源 (清单)", "资源 (清单) (2)"]),
        (["字" * 100], ["字" * 60]),
    ],
)
def test_names_of_files_stay_in_their_folder(
    tmp_path: Path, names: list[str], made: list[str]
) -> None:
    assert file_names(names) == made
    write_grids([Grid(name, [["id"]]) for name in names], tmp_path / "in", form="csv")
    assert sorted(path.name for path in (tmp_path / "in").iterdir()) == sorted(
        f"{name}.csv" for name in made
    )
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize("form", ["xlsx", "csv", "parquet"])
def test_a_full_disk_leaves_what_stood_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Any
) -> None:
    target = tmp_path / ("t.xlsx" if form == "xlsx" else "folder")
    write_grids([Grid("t", [["id"], ["old"]])], target, form=form)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "the system's words")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pinned.raises(StorageError, "file.unwritable.full"):
            write_grids([Grid("t", [["id"], ["new"]])], target, form=form)
    assert read_grids(target)[0].rows == [["id"], ["old"]]
    assert len(list(tmp_path.rglob("*.tmp"))) == 0


def test_no_room_for_temporary_files_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "the system's words")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", full)
    with pinned.raises(
        StorageError,
        "file.unwritable.room",
        name="t.xlsx",
        reason="No space left on device",
    ):
        write_grids([Grid("t", [["id"]])], tmp_path / "t.xlsx")


def test_nothing_is_left_among_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    write_grids([Grid("t", [["id"], ["R1"]])], tmp_path / "t.xlsx")
    assert list((tmp_path / "tmp").iterdir()) == []


def test_columns_of_several_types_are_text_in_parquet(tmp_path: Path) -> None:
    rows = [
        ["a", "b", "c", "d"],
        [1, True, 2**70, 2**60],
        ["x", 3, 5, 0.5],
        [None, dt.date(2024, 1, 1), None, None],
    ]
    write_grids([Grid("t", rows)], tmp_path, form="parquet")
    assert read_grids(tmp_path)[0].rows == [
        ["a", "b", "c", "d"],
        ["1", "TRUE", str(2**70), str(2**60)],
        ["x", "3", "5", "0.5"],
        [None, "2024-01-01", None, None],
    ]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (["a", "a"], f"column B: {pinned.text('sheet.column_twice')}"),
        (["a", None], f"column B: {pinned.text('sheet.no_column_name')}"),
    ],
)
def test_parquet_needs_a_name_of_its_own_for_every_column(
    tmp_path: Path, header: list[Any], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        write_grids([Grid("t", [header])], tmp_path, form="parquet")
