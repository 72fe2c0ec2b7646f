"""Text files in: encodings in their order, separators by the header, strict quotes, lines as people count
them.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import pinned
import pytest

from matchkit.errors import BudgetError, InputError
from matchkit.tables.formats import Grid, faults, read_grids

Refusal = Callable[..., str]


def read(tmp_path: Path, content: str | bytes) -> Grid:
    (tmp_path / "t.csv").write_bytes(
        content.encode() if isinstance(content, str) else content
    )
    [grid] = read_grids(tmp_path / "t.csv")
    return grid


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (codecs.BOM_UTF8 + "姓名\n虚构甲".encode(), "utf-8-sig"),
        ("姓名\n虚构甲".encode(), "utf-8"),
        ("姓名\n虚构甲".encode("gb18030"), "gb18030"),
    ],
)
def test_the_encoding_is_found_and_reported(
    tmp_path: Path, content: bytes, encoding: str
) -> None:
    grid = read(tmp_path, content)
    assert (grid.rows, grid.encoding) == ([["姓名"], ["虚构甲"]], encoding)


@pytest.mark.parametrize("mark", ["utf-16", "utf-16-be", "utf-32", "utf-32-be"])
def test_wide_encodings_are_refused_with_advice(refusal: Refusal, mark: str) -> None:
    content = "编号,名称\n".encode(mark)
    if mark.endswith("be"):
        content = "\ufeff".encode(mark) + content
    assert pinned.line("t.csv", "sheet.utf16", "sheet.utf16.do") in refusal(
        content, "t.csv"
    )


def test_a_mark_of_utf_8_binds(refusal: Refusal) -> None:
    content = codecs.BOM_UTF8 + "a\n名称\n".encode("gb18030")
    assert f"t.csv, row 2: {pinned.text('sheet.not_utf8')}" in refusal(content, "t.csv")


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_what_is_in_no_encoding_is_told_by_line(refusal: Refusal, end: bytes) -> None:
    told = refusal(b"a" + end + "名".encode() + end + b"\xff\xff" + end, "t.csv")
    assert (
        pinned.line("t.csv, row 3", "sheet.no_encoding", "sheet.no_encoding.do") in told
    )


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("a,b;c\n1,2;3", [["a", "b;c"], ["1", "2;3"]]),
        ("a;b\n1,5;2", [["a", "b"], ["1,5", "2"]]),
        ("a\tb;c\n1\t2", [["a", "b;c"], ["1", "2"]]),
        ('"a;x","b"\n1,2', [["a;x", "b"], ["1", "2"]]),
        ('"a,\nx";b\n1;2', [["a,\nx", "b"], ["1", "2"]]),
        ("title\na;b\n1;2", [["title", None], ["a", "b"], ["1", "2"]]),
        ("a\n1", [["a"], ["1"]]),
        ("a，b\n1，2", [["a，b"], ["1，2"]]),
    ],
)
def test_the_first_line_with_a_separator_outside_quotes_tells_which_it_is(
    tmp_path: Path, content: str, rows: list[list[str]]
) -> None:
    assert read(tmp_path, content).rows == rows


def test_a_row_is_a_record_however_many_lines_it_has(tmp_path: Path) -> None:
    grid = read(tmp_path, 'a,b\r\n"one\r\ntwo\nthree",x\r\n\r\nlast,y\r\n\r\n')
    assert grid.rows == [
        ["a", "b"],
        ["one\r\ntwo\nthree", "x"],
        [None, None],
        ["last", "y"],
    ]
    assert list(grid.lines) == [1, 2, 3, 4]


def test_short_rows_are_filled_up_and_empty_margins_fall_off(tmp_path: Path) -> None:
    assert read(tmp_path, "a,b,c,\n1\n,2,,,,\n,,,\n").rows == [
        ["a", "b", "c"],
        ["1", None, None],
        [None, "2", None],
    ]


def test_all_faults_are_told_at_once_with_their_rows_in_both_languages(
    tmp_path: Path,
) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, 'id,name\n1,2,3\n"a"b,c\n"x\ny",d\n4,5,,6\n"open\n,\n')
    assert str(caught.value).splitlines()[1:] == [
        pinned.line(
            "  t.csv, row 2, column C",
            "sheet.long_row",
            "sheet.long_row.do",
            cells=3,
            width=2,
        ),
        pinned.line("  t.csv, row 3", "sheet.stray_quote", "sheet.stray_quote.do"),
        pinned.line(
            "  t.csv, row 5, column C",
            "sheet.long_row",
            "sheet.long_row.do",
            cells=4,
            width=2,
        ),
        pinned.line("  t.csv, row 6", "sheet.open_quote", "sheet.open_quote.do"),
    ]
    assert caught.value.text("zh").splitlines()[1:] == [
        pinned.line(
            "  t.csv 第 2 行 “C”列",
            "sheet.long_row",
            "sheet.long_row.do",
            lang="zh",
            cells=3,
            width=2,
        ),
        pinned.line(
            "  t.csv 第 3 行", "sheet.stray_quote", "sheet.stray_quote.do", lang="zh"
        ),
        pinned.line(
            "  t.csv 第 5 行 “C”列",
            "sheet.long_row",
            "sheet.long_row.do",
            lang="zh",
            cells=4,
            width=2,
        ),
        pinned.line(
            "  t.csv 第 6 行", "sheet.open_quote", "sheet.open_quote.do", lang="zh"
        ),
    ]


def test_null_characters_are_told_by_line(refusal: Refusal) -> None:
    told = refusal(b"a,b\r\n1,\0\r\n2,3\r\n\0,4\r\n", "t.csv")
    assert [line.strip().partition(":")[0] for line in told.splitlines()[1:]] == [
        "t.csv, row 2",
        "t.csv, row 4",
    ]


def test_faults_by_the_thousand_are_counted(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, "a,b\n" + "1,2,3\n" * 5_000)
    assert (len(caught.value.complaints), caught.value.more) == (1_000, 4_000)


def test_a_cell_beyond_what_the_module_reads_is_told(refusal: Refusal) -> None:
    assert f"t.csv, row 2: {pinned.text('sheet.long_cell')}" in refusal(
        b"a,b\n1," + b"x" * 140_000 + b"\n", "t.csv"
    )


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", ",,\n,,\n"])
def test_an_empty_file_is_a_table_without_rows(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content).rows == []


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ("MOST_ROWS", "more than 2 rows"),
        ("MOST_COLUMNS", "more than 2 columns"),
        ("MOST_CELLS", "3 cells"),
    ],
)
def test_every_limit_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, told: str
) -> None:
    monkeypatch.setattr(faults, limit, 2)
    with pytest.raises(BudgetError, match=told):
        read(tmp_path, "a,b,c\n1,2,3\n4,5,6\n" if limit != "MOST_CELLS" else "a,b,c\n")


def test_texts_made_harmless_are_restored_and_others_stay(tmp_path: Path) -> None:
    grid = read(tmp_path, "a,b\n'=1+1,'name\n''=x,'\n'＝1,=1+1\n")
    assert grid.rows[1:] == [["=1+1", "'name"], ["'=x", "'"], ["＝1", "=1+1"]]
