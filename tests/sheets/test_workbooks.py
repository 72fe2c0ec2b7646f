"""Workbooks in: what the cells of a sheet come as, and which workbooks are refused, with words that help."""

from __future__ import annotations

import datetime as dt
import io
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pinned
import pytest
import xlsxwriter
from workbooks import MAIN, cell, packed, parts, shared, sheet, workbook

from matchkit.errors import BudgetError, InputError
from matchkit.tables.formats import (
    Grid,
    archive,
    limits,
    part_reader,
    read_grids,
    xlsx_file,
)
from matchkit.tables.formats.grid import UNCALCULATED

Refusal = Callable[..., str]


def read(tmp_path: Path, content: bytes) -> list[Grid]:
    (tmp_path / "t.xlsx").write_bytes(content)
    return read_grids(tmp_path / "t.xlsx")


def rows_of(tmp_path: Path, content: bytes) -> list[list[object]]:
    [grid] = read(tmp_path, content)
    return grid.rows


def test_numbers_text_truth_and_nothing_come_as_such(tmp_path: Path) -> None:
    row = (
        "<row>"
        + cell("A1", 5)
        + cell("B1", 2.5)
        + cell("C1", "1", "b")
        + cell("D1", 0, "s")
        + cell("F1", "x", "str")
        + "</row>"
    )
    rows = rows_of(tmp_path, workbook(row, shared("县")))
    assert rows == [[5, 2.5, True, "县", None, "x"]]
    assert [type(value) for value in rows[0]] == [
        int,
        float,
        bool,
        str,
        type(None),
        str,
    ]


def test_dates_and_times_stay_typed(tmp_path: Path) -> None:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    page = book.add_worksheet("s")
    for column, (number, form) in enumerate(
        [
            (45000, "yyyy-mm-dd"),
            (45000.75, "yyyy-mm-dd hh:mm"),
            (0.25, "hh:mm"),
            (1.5, "[h]:mm"),
        ]
    ):
        page.write_number(0, column, number, book.add_format({"num_format": form}))
    book.close()
    # Day 45,000 of the spreadsheet calendar, counted by hand: 2023-01-01 is day 44,927, and March 15th is 73
    # days later.
    day = dt.date(2023, 3, 15)
    assert rows_of(tmp_path, made.getvalue()) == [
        [day, dt.datetime(2023, 3, 15, 18), dt.time(6), dt.timedelta(hours=36)]  # noqa: DTZ001 - cells have no zone
    ]


def with_date(value: object, code: str = "yyyy-mm-dd") -> bytes:
    formats = (
        f'<numFmts count="1"><numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
    )
    styles = (
        f'<styleSheet xmlns="{MAIN}">{formats}<cellXfs count="2"><xf numFmtId="0"/><xf '
        'numFmtId="164"/></cellXfs></styleSheet>'
    )
    return packed(
        parts({"s": sheet(f'<row r="1"><c r="A1" s="1"><v>{value}</v></c></row>')})
        | {"xl/styles.xml": styles}
    )


@pytest.mark.parametrize("value", ["-1e300", "-2e11", "nan", "inf"])
@pytest.mark.parametrize("code", ["yyyy-mm-dd", "[h]:mm"])
def test_a_date_that_no_calendar_has_is_refused_before_anybody_panics(
    refusal: Refusal, capfd: pytest.CaptureFixture[str], value: str, code: str
) -> None:
    assert f"t.xlsx: {pinned.text('sheet.no_date')}" in refusal(with_date(value, code))
    assert capfd.readouterr().err == ""


def test_very_many_formats_cost_no_time_for_every_cell(tmp_path: Path) -> None:
    formats = "".join('<xf numFmtId="14"/>' for _ in range(60_000))
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s" s="1"><v>0</v></c><c r="B{n}" s="59999"><v>{n}</v></c></row>'
        for n in range(1, 5_001)
    )
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs count="60000">{formats}</cellXfs></styleSheet>'
    content = packed(parts({"s": sheet(rows)}, shared("x")) | {"xl/styles.xml": styles})
    began = time.process_time()
    assert rows_of(tmp_path, content)[1] == ["x", dt.date(1900, 1, 2)]
    assert time.process_time() - began < 3  # 0.2 s on a free core


def test_a_number_in_the_format_of_a_date_that_is_none_stays_a_number(
    tmp_path: Path,
) -> None:
    assert rows_of(tmp_path, with_date(-1)) == [[-1]]
    assert rows_of(tmp_path, with_date(-0.5, "[h]:mm")) == [[dt.timedelta(hours=-12)]]
    assert rows_of(tmp_path, with_date(13_900_000_000)) == [[13_900_000_000]]


def test_error_values_keep_their_place_and_their_text(tmp_path: Path) -> None:
    first = "<row>" + cell("B1", "#N/A", "e") + cell("C1", 7) + "</row>"
    second = '<row r="3">' + cell("A3", "#DIV/0!", "e") + "</row>"
    grids = read(tmp_path, packed(parts({"one": sheet(first), "two": sheet(second)})))
    assert [grid.rows for grid in grids] == [
        [[None, "#N/A", 7]],
        [[None], [None], ["#DIV/0!"]],
    ]


def test_a_formula_without_a_stored_value_is_no_empty_cell(tmp_path: Path) -> None:
    """As programs write it that do not calculate; the last two have a value, of which one is an empty
    text.
    """
    first = '<row><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v/></c><c r="C1" t="str"><f>A2</f></c></row>'
    second = (
        '<row><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>A9</f><v></v></c><c r="C2" '
        't="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    third = '<row r="5"><c r="E5" t="b"><f>A1</f><v></v></c></row>'
    rows = rows_of(tmp_path, workbook(first + second + third))
    assert rows[:2] == [
        [UNCALCULATED, UNCALCULATED, UNCALCULATED, None, None],
        [2, None, "#DIV/0!", None, None],
    ]
    assert rows[4] == [None, None, None, None, UNCALCULATED]


def test_what_a_workbook_does_not_show_is_told(tmp_path: Path) -> None:
    row = '<row r="{0}"{1}><c r="A{0}"><v>1</v></c></row>'
    rows = (
        row.format(1, "")
        + row.format(2, ' hidden="1"')
        + row.format(3, ' hidden="0"')
        + '<row r="9" hidden="true"/>'
    )
    made = parts({"s": sheet(rows), "t": sheet(rows)})
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(
        'name="t"', 'name="t" state="hidden"'
    )
    assert [
        (grid.hidden, grid.hidden_rows) for grid in read(tmp_path, packed(made))
    ] == [
        (False, {1}),
        (True, {1}),
    ]


def test_rows_keep_their_numbers_and_lose_their_empty_margins(tmp_path: Path) -> None:
    [grid] = read(
        tmp_path,
        workbook(
            '<row r="3">'
            + cell("B3", 1)
            + cell("D3", " ", "str")
            + '</row><row r="9"><c r="A9" s="0"/></row>'
        ),
    )
    assert grid.rows == [[None, None], [None, None], [None, 1]]
    assert list(grid.lines) == [1, 2, 3]
    assert (grid.name, grid.source, grid.encoding) == ("s", "t.xlsx", None)


def test_cells_without_references_follow_each_other(tmp_path: Path) -> None:
    assert rows_of(
        tmp_path,
        workbook("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"),
    ) == [[1, 2], [3, None]]


def test_prefixed_names_are_the_same_names(tmp_path: Path) -> None:
    body = sheet("<row>" + cell("A1", 4) + "</row>")
    for tag in ("worksheet", "sheetData", "row", "c", "v"):
        body = (
            body.replace(f"<{tag}>", f"<x:{tag}>")
            .replace(f"</{tag}>", f"</x:{tag}>")
            .replace(f"<{tag} ", f"<x:{tag} ")
        )
    assert rows_of(
        tmp_path, packed(parts({"s": body.replace("xmlns=", "xmlns:x=")}))
    ) == [[4]]


def test_merged_areas_are_reported_within_the_rows_and_not_filled(
    tmp_path: Path,
) -> None:
    row = (
        "<row>"
        + cell("A1", 1)
        + cell("C1", 2)
        + '</row><row r="3">'
        + cell("B3", 3)
        + "</row>"
    )
    after = (
        '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C2:XFD1048576"/><mergeCell '
        'ref="F6:G7"/><mergeCell ref="C3:C9"/></mergeCells>'
    )
    [grid] = read(tmp_path, workbook(row, after=after))
    assert grid.rows == [[1, None, 2], [None, None, None], [None, 3, None]]
    assert grid.merged == ((0, 0, 0, 1), (1, 2, 2, 2))


def test_an_absurd_merge_costs_nothing(tmp_path: Path) -> None:
    after = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    [grid] = read(
        tmp_path,
        workbook("<row>" + cell("A1", 1) + cell("B1", 2) + "</row>", after=after),
    )
    assert grid.rows == [[1, 2]] and grid.merged == ((0, 0, 0, 1),)


def test_merged_areas_over_each_other_are_bounded(
    refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_file, "MOST_CELLS", 8)
    content = workbook(
        "<row>" + cell("A1", 1) + cell("C1", 2) + "</row>",
        after="<mergeCells>" + '<mergeCell ref="A1:C1"/>' * 3 + "</mergeCells>",
    )
    assert refusal(content, error=BudgetError) == pinned.text(
        "sheet.over.merged_cells", source="t.xlsx", most=8
    )


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SOUND = parts({"s": sheet("<row>" + cell("A1", 1) + "</row>")})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (OLD, pinned.sentences('sheet.old_or_locked', 'sheet.old_or_locked.do')),
        (packed({"mimetype": "", "content.xml": "<x/>"}), pinned.sentences('sheet.ods', 'sheet.ods.do')),
        (packed({**SOUND, "xl/vbaProject.bin": b"\1"}), pinned.sentences('sheet.macros', 'sheet.macros.do')),
        (packed({"xl/workbook.bin": b"\1"}), pinned.sentences('sheet.xlsb', 'sheet.xlsb.do')),
        (packed({"a.xml": "<a/>"}), f"{pinned.text('sheet.no_workbook')}."),
        (b"", f"{pinned.text('sheet.no_archive')}."),
        ("名称,数量\n".encode(), f"{pinned.text('sheet.no_archive')}."),
        (packed(SOUND)[:-30], f"{pinned.text('sheet.no_archive')}."),
        (workbook('<row><c r="A1"><v><![CDATA[7]]></v></c></row>'), "has raw text (CDATA) in its XML, which"),
        (workbook("<row><c"), f"{pinned.text('sheet.no_xml')}."),
        (packed({**SOUND, "XL/Workbook.xml": "<a/>"}), f"{pinned.text('sheet.twice')}."),
        (workbook("<row>" + cell("A1", 3, "s") + "</row>", shared("a")), "is damaged."),
        (workbook("<row>" + cell("XFE1", 1) + "</row>"), f"{pinned.text('sheet.reference')}."),
        (workbook('<row r="1048577">' + cell("A1048577", 1) + "</row>"), f"{pinned.text('sheet.reference')}."),
        (workbook("<row>" + cell("AAAAAAA1", 1) + "</row>"), f"{pinned.text('sheet.reference')}."),
        (workbook('<row r="2">' + cell("A2", 1) + '</row><row r="1">' + cell("A1", 1) + "</row>"), f"{pinned.text('sheet.order')}."),
        (workbook("<row>" + cell("A1", 1) + cell("A1", 2) + "</row>"), f"{pinned.text('sheet.order')}."),
        (workbook("<row>" + cell("A1", 0, "s") + "</row>", shared("a", declared=2**32)), f"{pinned.text('sheet.lying')}."),
    ],
)  # fmt: skip
def test_what_is_no_plain_workbook_is_told_in_both_languages(
    refusal: Refusal, tmp_path: Path, content: bytes, told: str
) -> None:
    assert f"t.xlsx: {told}" in refusal(content)
    with pytest.raises(InputError) as caught:
        read_grids(tmp_path / "t.xlsx")
    [complaint] = caught.value.complaints
    line = complaint.line("zh")
    assert line.startswith("t.xlsx：") and line.endswith("。")


@pytest.mark.parametrize(
    "entity",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        "<!DOCTYPE a>",
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    ],
)
@pytest.mark.parametrize("part", sorted(SOUND))
def test_entities_are_refused_in_every_part(
    refusal: Refusal, part: str, entity: str
) -> None:
    spoilt = SOUND[part].replace("?>", f"?>{entity}", 1)
    assert pinned.text("sheet.doctype") in refusal(packed({**SOUND, part: spoilt}))


def _with_declared(content: bytes, name: bytes, size: int) -> bytes:
    """The archive with another unpacked size in both headers of a part."""
    changed = bytearray(content)
    for sign, at, length in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        start = content.find(sign)
        while content[start + length : start + length + len(name)] != name:
            start = content.find(sign, start + 1)
        struct.pack_into("<I", changed, start + at, size)
    return bytes(changed)


@pytest.mark.parametrize("change", [-1, 1, -1000])
def test_a_part_that_unpacks_to_other_than_it_declares_is_refused(
    refusal: Refusal, change: int
) -> None:
    name = "xl/worksheets/sheet1.xml"
    body = sheet("<row>" + cell("A1", 1) + "</row>", after="<!--" + "x" * 2000 + "-->")
    content = packed({**SOUND, name: body})
    told = refusal(_with_declared(content, name.encode(), len(body) + change))
    assert pinned.text("sheet.lying") in told


def test_a_wrong_checksum_is_refused(refusal: Refusal) -> None:
    content = packed(SOUND, zipfile.ZIP_STORED).replace(b"<v>1</v>", b"<v>2</v>")
    assert "is damaged" in refusal(content)


def test_only_what_was_surveyed_is_read(tmp_path: Path) -> None:
    """A second archive before the first: which of them is read, and which was checked, must be one
    question.
    """
    inner = workbook("<row>" + cell("A1", "inner", "str") + "</row>")
    outer = workbook("<row>" + cell("A1", "outer", "str") + "</row>")
    assert rows_of(tmp_path, inner + outer) == [["outer"]]


@pytest.mark.parametrize(
    ("place", "limit", "value", "told"),
    [
        (archive, "MOST_MEMBERS", 3, "has more than 3 parts"),
        (archive, "LARGEST_UNPACKED", 1000, "bytes; at most 1,000 are read"),
        (part_reader, "MOST_ELEMENTS", 5, "has more than 5 pieces of XML"),
        (part_reader, "MOST_MERGED", 1, "has more than 1 merged area"),
        (
            part_reader,
            "MOST_ERRORS",
            1,
            pinned.text("sheet.over.errors", source="t.xlsx", most=1),
        ),
        (
            xlsx_file,
            "MOST_CELLS",
            1,
            pinned.text("sheet.over.cells", source="t.xlsx", cells=2, most=1),
        ),
        (
            xlsx_file,
            "MOST_CHARACTERS",
            5,
            pinned.text("sheet.over.characters", source="t.xlsx", characters=6, most=5),
        ),
        (xlsx_file, "MOST_FILES", 1, "holds more than 1 table"),
    ],
)
def test_every_limit_of_a_workbook_is_kept(
    refusal: Refusal,
    monkeypatch: pytest.MonkeyPatch,
    place: object,
    limit: str,
    value: int,
    told: str,
) -> None:
    row = "<row>" + cell("A1", 0, "s") + cell("B1", 0, "s") + "</row>"
    if limit == "MOST_ERRORS":
        row = "<row>" + cell("A1", "#N/A", "e") + cell("B1", "#N/A", "e") + "</row>"
    after = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells>'
    body = {"s": sheet(row, after)} | (
        {"t": sheet("")} if limit == "MOST_FILES" else {}
    )
    content = packed(parts(body, shared("abc")))
    assert getattr(limits, limit) > value
    monkeypatch.setattr(place, limit, value)
    assert told in refusal(content, error=BudgetError)


def test_a_tag_without_an_end_is_refused_before_it_is_read_over_and_over(
    refusal: Refusal,
) -> None:
    body = sheet("<row><c " + " " * (8 * limits.MB))
    assert pinned.text("sheet.over.tag", source="t.xlsx", most=4_194_304) in refusal(
        packed(parts({"s": body}), zipfile.ZIP_STORED), error=BudgetError
    )


def test_a_panic_below_is_told_as_a_damaged_file(
    refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicError(BaseException):
        pass

    def panic(*_: object) -> None:
        raise PanicError

    monkeypatch.setattr(xlsx_file, "repacked", panic)
    assert "is damaged" in refusal(workbook("<row/>"))


def test_somebody_who_interrupts_is_obeyed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(xlsx_file, "repacked", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read(tmp_path, workbook("<row/>"))
