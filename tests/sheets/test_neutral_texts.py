"""Texts in text files: none begins a formula, wherever a spreadsheet program parts the line, and each comes
back as it was.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hostile_texts import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st

from matchkit.tables.formats import Grid, read_grids, write_grids
from matchkit.tables.formats.csv_file import FORMULAS, neutralised, restored


def parts(content: str) -> list[str]:
    """What a program may take for a cell: whatever mark parts cells for it, and whether or not it heeds
    quotes within a line.
    """
    first, *others = re.split(r"[;,\t\r\n]", content)
    return [first, *(part.lstrip('"') for part in others)]


def is_formula(part: str) -> bool:
    return unicodedata.normalize("NFKC", part[:1])[:1] in set("=+-@")


def test_every_form_of_a_mark_that_begins_a_formula_is_known() -> None:
    letters = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    assert {letter for letter in letters if is_formula(letter)} == set(
        FORMULAS.replace("\\", "")
    )


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_part_of_a_line_begins_a_formula(tmp_path: Path, text: str) -> None:
    write_grids([Grid("t", [["unit", "name"], ["U1", text]])], tmp_path, form="csv")
    written = (tmp_path / "t.csv").read_bytes().decode("utf-8-sig")
    assert [part for part in parts(written) if is_formula(part)] == []
    assert read_grids(tmp_path / "t.csv")[0].rows[1] == ["U1", text]


@settings(max_examples=1_000)
@given(st.text(";,\t\r\n\"'=-＋@a ", max_size=12))
def test_every_text_comes_back_from_what_makes_it_harmless(text: str) -> None:
    assert [part for part in parts(neutralised(text)) if is_formula(part)] == []
    assert restored(neutralised(text)) == text


def test_lists_with_a_blank_after_each_mark_stay_as_people_write_them() -> None:
    assert [
        neutralised(text) for text in ("health:20; @C1:5", "36.06, -103.83", "a, b")
    ] == [
        "health:20; @C1:5",
        "36.06, -103.83",
        "a, b",
    ]
