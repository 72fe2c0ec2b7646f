"""Where tables come from: files by their suffix, folders by name, frames; and what is said where there is
none.
"""

from __future__ import annotations

import datetime as dt
import decimal
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy
import pandas
import pinned
import polars
import pyarrow
import pytest

from matchkit.errors import BudgetError, InputError, StorageError
from matchkit.tables.formats import (
    Grid,
    faults,
    frames,
    limits,
    read_grids,
    source,
    write_grids,
)


def test_a_folder_is_read_by_name_and_other_files_are_passed_over(
    tmp_path: Path,
) -> None:
    write_grids([Grid("b", [["id"], ["B1"]])], tmp_path, form="csv")
    write_grids([Grid("a", [["id"], ["A1"]])], tmp_path, form="parquet")
    write_grids(
        [Grid("x", [["id"], ["X1"]]), Grid("y", [["id"], ["Y1"]])], tmp_path / "C.xlsx"
    )
    for name in ("notes.txt", "~$C.xlsx", ".hidden.csv", "README"):
        (tmp_path / name).write_text("no table", encoding="utf-8")
    (tmp_path / "folder.csv").mkdir()
    assert [
        (grid.source, grid.name, grid.rows[1]) for grid in read_grids(tmp_path)
    ] == [
        ("C.xlsx", "x", ["X1"]),
        ("C.xlsx", "y", ["Y1"]),
        ("a.parquet", "a", ["A1"]),
        ("b.csv", "b", ["B1"]),
    ]


def test_a_folder_without_a_table_that_is_read_says_where_its_tables_may_be(
    tmp_path: Path,
) -> None:
    (tmp_path / "within").mkdir()
    for name in ("a.xls", "b.tsv", "within/c.csv"):
        (tmp_path / name).touch()
    with pytest.raises(InputError) as caught:
        read_grids(tmp_path)
    assert [str(complaint) for complaint in caught.value.complaints] == [
        pinned.line("a.xls", "sheet.other_sheet", "sheet.other_sheet.do"),
        pinned.line("b.tsv", "sheet.other_sheet", "sheet.other_sheet.do"),
        pinned.line("within", "sheet.deeper", "sheet.deeper.do"),
    ]


def test_a_link_that_leads_nowhere_is_no_table_that_nobody_misses(
    tmp_path: Path,
) -> None:
    write_grids([Grid("a", [["id"]])], tmp_path, form="csv")
    (tmp_path / "b.csv").symlink_to("none")
    with pinned.raises(InputError, "file.missing", about="b.csv"):
        read_grids(tmp_path)


def test_folders_within_a_folder_are_looked_through_up_to_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_grids([Grid("a", [["id"]])], tmp_path, form="csv")
    for name in ("few", "many"):
        (tmp_path / name).mkdir()
    for number in range(5):
        (tmp_path / "many" / f"{number}.txt").touch()
    assert [grid.source for grid in read_grids(tmp_path)] == ["a.csv"]
    monkeypatch.setattr(source, "MOST_ENTRIES", 4)
    assert [grid.source for grid in read_grids(tmp_path) if grid.unread] == ["many/"]


def test_the_faults_of_all_files_of_a_folder_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2,3\n", encoding="utf-8")
    (tmp_path / "b.xlsx").write_bytes(b"no")
    (tmp_path / "c.parquet").write_bytes(b"no")
    with pytest.raises(InputError) as caught:
        read_grids(tmp_path)
    assert [complaint.where for complaint in caught.value.complaints] == [
        "a.csv, row 2, column C",
        "b.xlsx",
        "c.parquet",
    ]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("none.xlsx", pinned.line("none.xlsx", "file.missing", "file.missing.do")),
        ("none", pinned.line("none", "file.missing", "file.missing.do")),
        ("t.pdf", pinned.line("t.pdf", "sheet.other_file", "sheet.other_file.do")),
        ("t.xls", pinned.line("t.xls", "sheet.other_sheet", "sheet.other_sheet.do")),
        ("t.XLSM", pinned.line("t.XLSM", "sheet.other_sheet", "sheet.other_sheet.do")),
        ("t.ods", pinned.line("t.ods", "sheet.other_sheet", "sheet.other_sheet.do")),
        ("t.et", pinned.line("t.et", "sheet.other_sheet", "sheet.other_sheet.do")),
        ("pipe.csv", pinned.line("pipe.csv", "file.none", "file.none.do")),
        ("empty", pinned.line("empty", "sheet.empty_folder", "sheet.empty_folder.do")),
        ("a\0b.csv", f"'a\\x00b.csv': {pinned.text('file.missing')}."),
        ("esc\x1b[2J.csv", f"'esc\\x1b[2J.csv': {pinned.text('file.missing')}."),
    ],
)
def test_a_source_that_is_none_is_told_in_both_languages(
    tmp_path: Path, name: str, told: str
) -> None:
    (tmp_path / "empty").mkdir()
    for other in ("t.pdf", "t.xls", "t.XLSM", "t.ods", "t.et"):
        (tmp_path / other).touch()
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(InputError) as caught:
        read_grids(tmp_path / name)
    assert told in str(caught.value)
    assert "。" in caught.value.complaints[0].line("zh") and tmp_path.name not in str(
        caught.value
    )


@pytest.mark.parametrize("given", [5, None, [1], object()])
def test_what_is_no_source_at_all_is_told(given: Any) -> None:
    with pinned.raises(InputError, "sheet.no_source"):
        read_grids(given)


def test_what_cannot_be_read_is_told_without_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "t.csv").write_text("a", encoding="utf-8")

    def denied(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "the system's words")

    monkeypatch.setattr(Path, "open", denied)
    with pinned.raises(
        StorageError, "file.unreadable", name="t.csv", reason="Permission denied"
    ):
        read_grids(tmp_path / "t.csv")


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ("MOST_FILES", "more than 1 table"),
        ("MOST_ENTRIES", "more than 1 file"),
        ("MOST_CELLS", "spans 2 cells"),
    ],
)
def test_a_folder_has_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, told: str
) -> None:
    write_grids([Grid("a", [["id"]]), Grid("b", [["id"]])], tmp_path, form="csv")
    monkeypatch.setattr(source, limit, 1)
    with pytest.raises(BudgetError, match=told):
        read_grids(tmp_path)


MIXED = {
    "pandas": pandas.DataFrame(
        {
            "id": ["R1", None, "R3"],
            "n": [1.0, float("nan"), 2.5],
            "day": pandas.to_datetime(
                ["2024-05-01", None, "2024-05-02 08:00:00.000000001"], format="ISO8601"
            ),
            "truth": pandas.array([True, None, False], dtype="boolean"),
            "any": pandas.Series(
                [numpy.int64(7), pandas.NA, decimal.Decimal("2.5")], dtype=object
            ),
        }
    ),
    "polars": polars.DataFrame(
        {
            "id": ["R1", None, "R3"],
            "n": [1.0, float("nan"), 2.5],
            "day": [dt.datetime(2024, 5, 1), None, dt.datetime(2024, 5, 2, 8)],  # noqa: DTZ001 - as tables hold them
            "truth": [True, None, False],
            "any": [decimal.Decimal(7), None, decimal.Decimal("2.5")],
        }
    ),
    "arrow": pyarrow.table(
        {
            "id": ["R1", None, "R3"],
            "n": [1.0, float("nan"), 2.5],
            "day": pyarrow.array(
                [dt.datetime(2024, 5, 1), None, dt.datetime(2024, 5, 2, 8)],  # noqa: DTZ001 - cells have no zone
                pyarrow.timestamp("us"),
            ),
            "truth": [True, None, False],
            "any": [decimal.Decimal("7.0"), None, decimal.Decimal("2.5")],
        }
    ),
}


@pytest.mark.parametrize("kind", MIXED)
def test_every_kind_of_frame_gives_the_same_grid(kind: str) -> None:
    [grid] = read_grids({"resources": MIXED[kind]})
    assert (grid.name, grid.source, list(grid.lines)) == ("resources", "", [1, 2, 3, 4])
    assert grid.rows == [
        ["id", "n", "day", "truth", "any"],
        ["R1", 1, dt.datetime(2024, 5, 1), True, 7],  # noqa: DTZ001 - cells have no zone
        [None, None, None, None, None],
        ["R3", 2.5, dt.datetime(2024, 5, 2, 8), False, 2.5],  # noqa: DTZ001 - cells have no zone
    ]
    assert [type(cell) for cell in grid.rows[1]] == [str, int, dt.datetime, bool, int]


LISTS = {"id": ["R1"], "skills": [["a"]]}


@pytest.mark.parametrize(
    "frame",
    [
        pandas.DataFrame(LISTS),
        polars.DataFrame(LISTS),
        pyarrow.table({"id": ["R1"], "skills": [{"a": 1}]}),
    ],
    ids=type,
)
def test_columns_of_lists_are_refused_with_advice(frame: Any) -> None:
    with pytest.raises(InputError) as caught:
        read_grids({"resources": frame})
    assert "sheet resources, column B: skills holds lists or records" in str(
        caught.value
    )
    assert pinned.text("sheet.nested.do") in str(caught.value) and pinned.text(
        "sheet.nested.do", "zh"
    ) in caught.value.text("zh")


@pytest.mark.parametrize(
    "frame", [5, None, "text", [[1, 2]], polars.LazyFrame({"a": [1]}), {"a": [1]}]
)
def test_what_is_no_frame_is_told(frame: Any) -> None:
    with pinned.raises(InputError, "sheet.no_frame", about="sheet t"):
        read_grids({"t": frame})


@pytest.mark.parametrize(
    "frame",
    [
        pandas.DataFrame([["R1", "R2"]], columns=["id", "id"]),
        pyarrow.table([["R1"], ["R2"]], names=["id", "id"]),
    ],
    ids=type,
)
def test_columns_of_one_name_are_told_as_that(frame: Any) -> None:
    with pinned.raises(
        InputError, "sheet.columns_alike", "sheet.columns_alike.do", about="sheet t"
    ):
        read_grids({"t": frame})


def test_names_that_are_no_text_are_told() -> None:
    with pinned.raises(InputError, "sheet.frame_name"):
        read_grids({1: pandas.DataFrame()})  # type: ignore[dict-item]
    with pinned.raises(InputError, "sheet.column_name", about="sheet t, column A"):
        read_grids({"t": pandas.DataFrame({0: ["a"]})})


def raising(kind: type) -> type:
    """A class derived from a type of Python that raises whatever it is asked for."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise RuntimeError

    asked = (
        "__str__",
        "__repr__",
        "__eq__",
        "__hash__",
        "__lt__",
        "__le__",
        "__float__",
        "__int__",
        "strip",
        "casefold",
        "is_integer",
    )
    asked += (
        "year",
        "hour",
        "tzinfo",
        "utcoffset",
        "isoformat",
        "total_seconds",
        "days",
        "__format__",
        "__len__",
        "__bool__",
        "__iter__",
    )
    return type(
        f"Raising{kind.__name__}",
        (kind,),
        {name: property(refuse) if name.isalpha() else refuse for name in asked},
    )


DERIVED = [
    ("x", ("x",)),
    (7, (7,)),
    (2.5, (2.5,)),
    (dt.date(2024, 5, 1), (2024, 5, 1)),
    (dt.datetime(2024, 5, 1, 8, 30), (2024, 5, 1, 8, 30)),  # noqa: DTZ001 - as tables hold them
    (dt.time(8, 30), (8, 30)),
    (dt.timedelta(hours=2), (0, 7200)),
]


@pytest.mark.parametrize(("value", "parts"), DERIVED, ids=repr)
def test_classes_that_derive_from_those_of_python_become_these(
    value: Any, parts: tuple[Any, ...]
) -> None:
    frame = pandas.DataFrame({"id": pandas.Series([None], dtype=object)})
    frame["id"].array[0] = raising(type(value))(*parts)
    [grid] = read_grids({"t": frame})
    assert grid.rows == [["id"], [value]] and type(grid.rows[1][0]) is type(value)


def test_a_zone_of_another_class_becomes_the_offset_that_it_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Zone(dt.tzinfo):
        def utcoffset(self, _: dt.datetime | None) -> dt.timedelta:
            return dt.timedelta(hours=8)

    frame = pandas.DataFrame(
        {"id": pandas.Series([dt.datetime(2024, 5, 1, 8, tzinfo=Zone())], dtype=object)}
    )
    [grid] = read_grids({"t": frame})
    assert (
        grid.rows[1][0].tzinfo == dt.timezone(dt.timedelta(hours=8))
        and grid.rows[1][0].hour == 8
    )
    monkeypatch.setattr(Zone, "utcoffset", lambda *_: 1 / 0)
    with pinned.raises(InputError, "sheet.no_frame", about="sheet t"):
        read_grids({"t": frame})


def test_names_of_a_derived_class_become_plain_texts() -> None:
    name = type(
        "Name", (raising(str),), {"__hash__": str.__hash__, "__eq__": str.__eq__}
    )
    [grid] = read_grids({name("t"): polars.DataFrame({"id": ["R1"]})})
    assert grid.name == "t" and type(grid.name) is str


def test_an_index_with_a_name_is_a_column_and_one_of_numbers_without_a_name_is_none() -> (
    None
):
    frame = pandas.DataFrame(
        {"unit": ["u", "v"]}, index=pandas.Index(["R1", "R2"], name="id")
    )
    [grid] = read_grids({"t": frame})
    assert grid.rows == [["id", "unit"], ["R1", "u"], ["R2", "v"]]
    [grid] = read_grids({"t": frame.reset_index().set_index("id", drop=False)})
    assert grid.rows == [["id", "unit"], ["R1", "u"], ["R2", "v"]]
    levels = pandas.MultiIndex.from_tuples([("a", 7), ("b", 9)], names=["x", "id"])
    [grid] = read_grids({"t": pandas.DataFrame({"unit": ["u", "v"]}, index=levels)})
    assert grid.rows == [["x", "id", "unit"], ["a", 7, "u"], ["b", 9, "v"]]
    [grid] = read_grids(
        {"t": frame.reset_index(drop=True)[lambda held: held["unit"] == "v"]}
    )
    assert grid.rows == [["unit"], ["v"]]


def test_labels_of_an_index_without_a_name_are_refused_as_they_may_be_ids() -> None:
    with pytest.raises(InputError) as caught:
        read_grids({"t": pandas.DataFrame({"unit": ["u", "v"]}, index=["R1", "R2"])})
    [fault] = caught.value.complaints
    assert (
        fault.where,
        "index.name" in fault.advice,
        "reset_index" in fault.line("zh"),
    ) == (
        "sheet t",
        True,
        True,
    )


def test_frames_have_the_limits_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "MOST_CELLS", 3)
    with pytest.raises(BudgetError, match="t spans 4 cells"):
        read_grids({"t": polars.DataFrame({"a": [1, 2], "b": [3, 4]})})


def test_frames_are_made_like_the_given_one_only() -> None:
    with pinned.raises(InputError, "sheet.no_frame"):
        frames([Grid("t", [["id"]])], like="pandas")
    with pinned.raises(
        InputError, "sheet.column_twice", about="sheet t, row 1, column B"
    ):
        frames([Grid("t", [["id", "id"]])], like=polars.DataFrame())


def test_no_package_of_the_extra_is_imported_before_it_is_needed() -> None:
    extras = {"narwhals", "pandas", "pyarrow", "python_calamine", "xlsxwriter"}
    program = f"import sys, matchkit.tables.formats\nprint({extras} & set(sys.modules))"
    assert (
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
        == "set()\n"
    )


@pytest.mark.parametrize(
    ("module", "form"), [("python_calamine", "xlsx"), ("pyarrow", "parquet")]
)
def test_a_package_that_is_missing_is_named_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, form: str
) -> None:
    write_grids([Grid("t", [["id"]])], tmp_path / "t.xlsx")
    write_grids([Grid("t", [["id"]])], tmp_path, form="parquet")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(
        InputError,
        match=f"cannot be read or written without {module}. Install matchkit with the extra tables",
    ):
        read_grids(tmp_path / f"t.{form}")


def test_limits_are_not_below_what_a_city_needs() -> None:
    assert limits.MOST_CELLS >= 100_000 * 16 + 10_000 * 20
