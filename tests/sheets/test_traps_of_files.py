"""What the raw stack got wrong about files when its traps were collected, one test each: the numbers are
those of that list.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pinned
import pytest
from workbooks import cell, shared, workbook

from matchkit.errors import BudgetError
from matchkit.tables.formats import Grid, read_grids, write_grids

Refusal = Callable[..., str]
WORDS = [
    "姓名",
    "职务",
    "社区",
    "街道",
    "单位",
    "电话",
    "志愿者",
    "护士",
    "医生",
    "司机",
    "会议室",
    "停车位",
    "帐篷",
    "口罩",
    "米面油",
]


def first(tmp_path: Path, content: bytes, name: str = "t.csv") -> Grid:
    (tmp_path / name).write_bytes(content)
    return read_grids(tmp_path / name)[0]


@pytest.mark.parametrize("word", WORDS)
def test_98_and_99_a_word_is_read_as_its_own_in_utf_8_and_in_gb18030(
    tmp_path: Path, word: str
) -> None:
    assert first(tmp_path, word.encode()).rows == [[word]]
    found = first(tmp_path, word.encode("gb18030"))
    assert (found.rows, found.encoding) == ([[word]], "gb18030")


def test_100_a_short_text_is_not_guessed_at_by_statistics(tmp_path: Path) -> None:
    assert {first(tmp_path, word.encode("gb18030")).encoding for word in WORDS} == {
        "gb18030"
    }


def test_101_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    assert first(tmp_path, b"\xef\xbb\xbf" + "姓名,职务\n".encode()).rows == [
        ["姓名", "职务"]
    ]


def test_102_a_rare_letter_of_a_name_is_written_and_read(tmp_path: Path) -> None:
    write_grids([Grid("t", [["name"], ["𠮷田虚构"]])], tmp_path, form="csv")
    assert read_grids(tmp_path)[0].rows[1] == ["𠮷田虚构"]
    assert first(tmp_path, "name\n𠮷田虚构\n".encode("gb18030")).rows[1] == ["𠮷田虚构"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("id,name\nR1,a,b\n", "t.csv, row 2, column C: has 3 cells, the header has 2"),
        ('id,name\n"R1,a\nR2,b\n', f"t.csv, row 2: {pinned.text('sheet.open_quote')}"),
    ],
)
def test_103_long_rows_and_open_quotes_are_refused_by_line(
    refusal: Refusal, content: str, told: str
) -> None:
    assert told in refusal(content.encode(), "t.csv")


def test_103_short_rows_are_filled_with_nothing_and_names_that_stand_twice_are_kept_to_be_told(
    tmp_path: Path,
) -> None:
    assert first(tmp_path, b"id,id,x\nR1\n").rows == [
        ["id", "id", "x"],
        ["R1", None, None],
    ]


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠", "﹢"]
)
def test_104_a_text_that_would_be_a_formula_begins_with_an_apostrophe(
    tmp_path: Path, sign: str
) -> None:
    write_grids([Grid("t", [["a", "b"], [f"{sign}1", -5]])], tmp_path, form="csv")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1] == [f"'{sign}1", "-5"]


def test_105_a_text_that_would_be_a_formula_is_a_text_cell_in_a_workbook(
    tmp_path: Path,
) -> None:
    write_grids(
        [Grid("t", [["=HYPERLINK(1)"], ["http://x.invalid"], ["{=1}"], ["12"]])],
        tmp_path / "t.xlsx",
    )
    with zipfile.ZipFile(io.BytesIO((tmp_path / "t.xlsx").read_bytes())) as archive:
        body = archive.read("xl/worksheets/sheet1.xml").decode()
    assert (
        body.count('t="inlineStr"') == 4
        and "<f>" not in body
        and "hyperlink" not in body
    )


def test_106_an_id_of_18_digits_keeps_them_as_text_and_shows_that_it_is_a_number_otherwise(
    tmp_path: Path,
) -> None:
    row = (
        "<row>"
        + cell("A1", "110101199003071234")
        + cell("B1", "110101199003071234", "str")
        + "</row>"
    )
    number, text = first(tmp_path, workbook(row), "t.xlsx").rows[0]
    assert text == "110101199003071234"
    assert type(number) is float and number != int(
        text
    )  # a float holds 53 bits: whoever reads the cell can tell by its type


def test_107_text_that_multiplies_is_refused_by_its_sum(refusal: Refusal) -> None:
    rows = "".join(
        f'<row r="{n}">' + "<c t='s'><v>0</v></c>" * 10 + "</row>"
        for n in range(1, 1001)
    )
    told = refusal(workbook(rows, shared("x" * 20_001)), error=BudgetError)
    assert told == pinned.text(
        "sheet.over.characters",
        source="t.xlsx",
        characters=200_010_000,
        most=200_000_000,
    )


def test_108_a_cell_at_the_far_corner_is_refused(refusal: Refusal) -> None:
    told = refusal(
        workbook('<row r="1048576">' + cell("XFD1048576", 1) + "</row>"),
        error=BudgetError,
    )
    assert (
        pinned.text(
            "sheet.over.cells", source="t.xlsx", cells=17_179_869_184, most=10_000_000
        )
        in told
    )


def test_108_a_format_at_the_far_corner_is_no_cell(tmp_path: Path) -> None:
    rows = (
        "<row>"
        + cell("A1", 1)
        + '</row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    )
    assert first(tmp_path, workbook(rows), "t.xlsx").rows == [[1]]
