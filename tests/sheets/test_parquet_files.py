"""Parquet files: what columns come as, and what is refused by what the file declares or by what its
pages do.
"""

from __future__ import annotations

import datetime as dt
import decimal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pinned
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from matchkit.errors import BudgetError, InputError
from matchkit.tables.formats import faults, parquet_file, parquet_footer, read_grids

Refusal = Callable[..., str]


def stored(tmp_path: Path, table: pa.Table, **how: Any) -> Path:
    pq.write_table(table, tmp_path / "t.parquet", **how)
    return tmp_path / "t.parquet"


def columns(tmp_path: Path, **given: Any) -> dict[str, list[Any]]:
    [grid] = read_grids(stored(tmp_path, pa.table(given)))
    return {row[0]: list(row[1:]) for row in zip(*grid.rows, strict=True)}


def test_the_names_of_the_columns_are_the_first_row(tmp_path: Path) -> None:
    [grid] = read_grids(
        stored(tmp_path, pa.table({"编号": ["R1", None], "人数": [3, 4]}))
    )
    assert grid.rows == [["编号", "人数"], ["R1", 3], [None, 4]]
    assert (grid.name, grid.source, list(grid.lines), grid.encoding) == (
        "t",
        "t.parquet",
        [1, 2, 3],
        None,
    )


def test_numbers_come_whole_where_they_are_and_nothing_as_none(tmp_path: Path) -> None:
    nan = float("nan")
    found = columns(
        tmp_path,
        whole=pa.array([1, None, 2**62]),
        number=[1.0, 2.5, nan],
        unlimited=[float("inf"), 1e300, -0.0],
        exact=pa.array([decimal.Decimal("2.50"), decimal.Decimal("3.00"), None]),
        truth=[True, None, False],
        empty=pa.nulls(3),
    )
    del found["empty"]
    assert found == {
        "whole": [1, None, 2**62],
        "number": [1, 2.5, None],
        "unlimited": [None, 1e300, 0],
        "exact": [2.5, 3, None],
        "truth": [True, None, False],
    }
    assert [type(cell) for cell in found["number"]] == [int, float, type(None)]


def test_text_of_every_storage_comes_as_text(tmp_path: Path) -> None:
    words = ["甲", None, "", "甲"]
    found = columns(
        tmp_path,
        text=pa.array(words),
        large=pa.array(words, pa.large_string()),
        dictionary=pa.array(words).dictionary_encode(),
    )
    assert set(map(tuple, found.values())) == {("甲", None, None, "甲")}


def test_dates_and_times_come_as_python_has_them(tmp_path: Path) -> None:
    moment = dt.datetime(2024, 5, 1, 8, 30, tzinfo=dt.UTC)
    found = columns(
        tmp_path,
        day=[moment.date()],
        moment=pa.array([moment], pa.timestamp("ns", "UTC")),
        plain=pa.array([moment.replace(tzinfo=None)], pa.timestamp("ms")),
        time=pa.array([dt.time(8, 30)], pa.time64("ns")),
        span=pa.array([dt.timedelta(hours=30)], pa.duration("ns")),
    )
    assert found["moment"] == [moment] and found["moment"][
        0
    ].utcoffset() == dt.timedelta(0)
    assert (found["day"], found["plain"]) == (
        [dt.date(2024, 5, 1)],
        [dt.datetime(2024, 5, 1, 8, 30)],  # noqa: DTZ001 - cells have no zone
    )
    assert (found["time"], found["span"]) == (
        [dt.time(8, 30)],
        [dt.timedelta(hours=30)],
    )


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (
            pa.array([["a"]]),
            f"column B: {pinned.text('sheet.nested', name='skills', kind='list')}",
        ),
        (
            pa.array([{"a": 1}]),
            f"column B: {pinned.text('sheet.nested', name='skills', kind='struct')}",
        ),
        (
            pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
            f"column B: {pinned.text('sheet.nested', name='skills', kind='map')}",
        ),
        (
            pa.array([b"a"]),
            f"column B: {pinned.text('sheet.no_cell', name='skills', kind='binary')}",
        ),
    ],
)
def test_columns_that_no_cell_holds_are_refused_by_name(
    tmp_path: Path, column: pa.Array, words: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_grids(stored(tmp_path, pa.table({"id": ["R1"], "skills": column})))
    assert words in str(caught.value)
    assert "“skills”列" in caught.value.text("zh")


@pytest.mark.parametrize(
    "content", [b"", b"PAR1", b"PAR1PAR1", b"PAR1" + bytes(100) + b"PAR1", b"id,name\n"]
)
def test_what_is_no_parquet_is_told(refusal: Refusal, content: bytes) -> None:
    assert refusal(content, "t.parquet").splitlines()[1].startswith("  t.parquet: is ")


@pytest.mark.parametrize(
    ("limit", "value", "told"),
    [
        ("MOST_ROWS", 1, "has more than 1 row"),
        ("MOST_COLUMNS", 1, "has more than 1 column"),
        ("MOST_CELLS", 3, "spans 4 cells"),
        ("MOST_BLOCKS", 3, "has more than 3 blocks"),
        ("LARGEST_UNPACKED", 10, "bytes; at most 10 are read"),
        ("MOST_CHARACTERS", 3, "holds 4 characters"),
    ],
)
def test_every_limit_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, told: str
) -> None:
    for place in (faults, parquet_file, parquet_footer):
        if hasattr(place, limit):
            monkeypatch.setattr(place, limit, value)
    with pytest.raises(BudgetError, match=told):
        read_grids(
            stored(
                tmp_path, pa.table({"a": ["xx", "yy"], "b": [1, 2]}), row_group_size=1
            )
        )


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"data_page_version": "2.0"},
        {"use_dictionary": False, "compression": "zstd"},
    ],
)
def test_what_pages_unpack_to_is_added_up_page_by_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: dict[str, Any]
) -> None:
    """Half a million different numbers are 4 MB, however small the pages are and whatever the file says in
    its end.
    """
    table = pa.table({"n": pa.array(range(500_000), pa.int64())})
    path = stored(tmp_path, table, data_page_size=10_000, **how)
    assert len(read_grids(path)[0].rows) == 500_001
    declared = parquet_footer.Chunk
    monkeypatch.setattr(
        parquet_footer, "Chunk", lambda start, end, _: declared(start, end, 0)
    )  # an end that lies
    monkeypatch.setattr(parquet_footer, "LARGEST_UNPACKED", 3_900_000)
    with pytest.raises(BudgetError, match="unpacks to 3,9"):
        read_grids(path)


def test_texts_that_take_their_beginning_from_others_are_refused(
    tmp_path: Path,
) -> None:
    path = stored(
        tmp_path,
        pa.table({"a": ["xx", "xy"]}),
        use_dictionary=False,
        column_encoding={"a": "DELTA_BYTE_ARRAY"},
    )
    with pinned.raises(InputError, "sheet.shared_beginnings"):
        read_grids(path)


def test_a_file_under_encryption_or_cut_in_its_pages_is_refused(
    refusal: Refusal, tmp_path: Path
) -> None:
    content = stored(
        tmp_path, pa.table({"a": list(map(str, range(1000)))})
    ).read_bytes()
    assert "is damaged" in refusal(content[:10] + content[1000:], "t.parquet")


def test_no_thread_is_left_behind(tmp_path: Path) -> None:
    path = stored(tmp_path, pa.table({f"c{n}": ["a"] * 1000 for n in range(8)}))
    read_grids(path)
    before = (
        len(list(Path("/proc/self/task").iterdir()))
        if Path("/proc/self/task").exists()
        else threading.active_count()
    )
    for _ in range(3):
        read_grids(path)
    after = (
        len(list(Path("/proc/self/task").iterdir()))
        if Path("/proc/self/task").exists()
        else threading.active_count()
    )
    assert after == before
