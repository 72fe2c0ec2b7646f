"""What lies in a file and nobody sees when it is opened, or is seen and not in the file: it is told and never
read in silence.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pinned
import pytest

from matchkit.errors import InputError
from matchkit.tables.importer.reading import read_tables

sys.path.append(str(Path(__file__).parent.parent / "sheets"))
from workbooks import MAIN, cell, packed, parts, sheet


def row(number, *cells):
    """A row of texts and, where a cell is none, of what is given."""
    held = (
        one if one.startswith("<") else cell(f"{'ABCDEF'[place]}{number}", one, "str")
        for place, one in enumerate(cells)
    )
    return f'<row r="{number}">{"".join(held)}</row>'


def told(path, lang="en"):
    """What is to be confirmed of a file."""
    return [finding.line(lang) for finding in read_tables(path).guesses]


def test_tables_of_another_kind_and_folders_with_tables_are_told_as_left_out(tmp_path):
    (tmp_path / "resources.csv").write_text("id,unit\nR1,U1\n", encoding="utf-8")
    for name in (
        "old.xls",
        "金山.et",
        "more.tsv",
        "demands.csv.gz",
        "2025/deep/demands.csv",
        "notes.txt",
        "photos/a.jpg",
        ".git/x.csv",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    kind = f"{pinned.text('unseen.file')}."
    assert told(tmp_path) == [
        f"2025/: {pinned.text('unseen.folder')}.",
        *(
            f"{name}: {kind}"
            for name in ("demands.csv.gz", "more.tsv", "old.xls", "金山.et")
        ),
    ]
    assert told(tmp_path, "zh")[0] == f"2025/：{pinned.text('unseen.folder', 'zh')}。"
    left = read_tables(
        tmp_path,
        mapping={"ignore_sheets": ["2025", "old", "more", "demands.csv", "金山"]},
    )
    assert left.guesses == ()


def test_a_hidden_sheet_is_to_be_confirmed(tmp_path):
    rows = sheet(row(1, "id", "unit") + row(2, "R1", "U1"))
    made = parts({"resources": rows, "units": sheet(row(1, "id") + row(2, "U1"))})
    for state in ("hidden", "veryHidden"):
        hidden = made["xl/workbook.xml"].replace(
            'name="resources"', f'name="resources" state="{state}"'
        )
        (tmp_path / "t.xlsx").write_bytes(packed(made | {"xl/workbook.xml": hidden}))
        assert told(tmp_path / "t.xlsx") == [
            f"t.xlsx, sheet resources: {pinned.text('unseen.sheet')}."
        ]
        assert told(tmp_path / "t.xlsx", "zh") == [
            f"t.xlsx 工作表“resources”：{pinned.text('unseen.sheet', 'zh')}。"
        ]


def test_hidden_rows_are_to_be_confirmed_where_they_hold_a_record(tmp_path):
    rows = [
        row(1, "id", "unit"),
        *(row(number, f"R{number}", "U1") for number in range(2, 6)),
        row(6, " "),
    ]
    for number in (3, 5, 6):
        rows[number - 1] = rows[number - 1].replace("<row ", '<row hidden="1" ')
    (tmp_path / "t.xlsx").write_bytes(
        packed(parts({"resources": sheet("".join(rows))}))
    )
    assert told(tmp_path / "t.xlsx") == [
        "t.xlsx, sheet resources, row 3: is a hidden row, and was read (and 1 more row alike)."
    ]
    assert [
        resource.id for resource in read_tables(tmp_path / "t.xlsx").problem.resources
    ] == [
        "R2",
        "R3",
        "R4",
        "R5",
    ]


def test_a_number_that_is_shown_as_another_id_is_to_be_confirmed(tmp_path):
    formats = '<numFmts count="1"><numFmt numFmtId="164" formatCode="0000"/></numFmts>'
    styles = (
        f'<styleSheet xmlns="{MAIN}">{formats}<cellXfs count="2"><xf numFmtId="0"/><xf '
        'numFmtId="164"/></cellXfs></styleSheet>'
    )
    four, long, count = (
        '<c r="A2" s="1"><v>7</v></c>',
        '<c r="A3" s="1"><v>70001</v></c>',
        '<c r="C2" s="1"><v>3</v></c>',
    )
    rows = (
        row(1, "id", "unit", "capacity")
        + row(2, four, "U1", count)
        + row(3, long, "U1")
        + row(4, '<c r="A4"><v>8</v></c>', "U1")
    )
    (tmp_path / "t.xlsx").write_bytes(
        packed(parts({"resources": sheet(rows)}) | {"xl/styles.xml": styles})
    )
    [line] = told(tmp_path / "t.xlsx")
    assert line.startswith(
        "t.xlsx, sheet resources, row 2, column id (A2): is a number that is shown with zeros "
        "before it, and was read"
    )
    assert line.endswith(" without them; format the column as text.")


def test_a_formula_that_nobody_has_calculated_is_a_fault_and_no_empty_cell(tmp_path):
    formula = '<c r="C2"><f>"care"</f></c>'
    path = tmp_path / "t.xlsx"
    path.write_bytes(
        packed(
            parts(
                {
                    "resources": sheet(
                        row(1, "id", "unit", "skills") + row(2, "R1", "U1", formula)
                    )
                }
            )
        )
    )
    with pytest.raises(InputError) as caught:
        read_tables(path)
    told = (
        "t.xlsx, sheet resources, row 2, column skills (C2): '#FORMULA!' is a formula without a stored "
        "value. "
    )
    assert told + f"{pinned.text('cell.accepts.calculated')}." in str(caught.value)
    assert pinned.text("cell.accepts.calculated", "zh") in caught.value.text("zh")
