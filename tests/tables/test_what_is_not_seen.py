"""What lies in a file and nobody sees when it is opened, or is seen and not in the file: it is told and never read in silence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from matchkit.errors import InputError
from matchkit.io import read_tables

sys.path.append(str(Path(__file__).parent.parent / "sheets"))
from workbooks import cell, packed, parts, sheet


def row(number, *cells):
    """A row of texts and, where a cell is none, of what is given."""
    held = (one if one.startswith("<") else cell(f"{'ABCDEF'[place]}{number}", one, "str") for place, one in enumerate(cells))
    return f'<row r="{number}">{"".join(held)}</row>'


def test_a_formula_that_nobody_has_calculated_is_a_fault_and_no_empty_cell(tmp_path):
    formula = '<c r="C2"><f>"care"</f></c>'
    path = tmp_path / "t.xlsx"
    path.write_bytes(packed(parts({"resources": sheet(row(1, "id", "unit", "skills") + row(2, "R1", "U1", formula))})))
    with pytest.raises(InputError) as caught:
        read_tables(path)
    told = "t.xlsx, sheet resources, row 2, column skills (C2): '#FORMULA!' is a formula without a stored value. "
    assert told + "Open the file in a spreadsheet program and save it." in str(caught.value)
    assert "请用电子表格软件打开该文件并保存" in caught.value.text("zh")
