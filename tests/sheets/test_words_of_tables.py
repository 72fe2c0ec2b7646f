"""What is said about tables: every message that code asks for exists, with its advice, in both languages."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from matchkit.messages.message import templates
from matchkit.tables.formats.faults import complaint
from matchkit.tables.formats.xlsx_file import OTHER_KINDS

MESSAGES = templates("en")
SOURCES = [
    *Path(str(files("matchkit.tables.formats"))).glob("*.py"),
    Path(str(files("matchkit.tables"))) / "pair_table.py",
]
CODE = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
KEY = r'\(\s*"([a-z_0-9.]+)"'
REFUSED = set(re.findall(rf"(?:refuse|complaint|faults\.add|\badd){KEY}", CODE))
TOO_LARGE = set(re.findall(rf"too_large{KEY}", CODE))


def test_every_complaint_that_code_makes_has_a_message_and_advice() -> None:
    assert len(REFUSED) >= 40
    assert {
        key
        for key in REFUSED | set(OTHER_KINDS.values())
        if f"sheet.{key}" not in MESSAGES or f"sheet.{key}.do" not in MESSAGES
    } == set()


def test_everything_that_is_too_large_has_a_message() -> None:
    assert len(TOO_LARGE) > 12
    assert {
        key.removeprefix("sheet.over.")
        for key in MESSAGES
        if key.startswith("sheet.over.")
    } == TOO_LARGE


def test_a_place_is_told_from_the_file_down_to_the_column_in_both_languages() -> None:
    told = complaint(
        "too_long", "t.xlsx", 1_200, sheet="需求\x1b清单", column=3, most=32_767
    )
    assert str(told).startswith(
        r"t.xlsx, sheet 需求\u001b清单, row 1200, column C: is too long for a spreadsheet. Give at "
        r"most 32,767"
    )
    assert told.line("zh").startswith(
        r"t.xlsx 工作表“需求\u001b清单” 第 1200 行 “C”列：内容过长，电子表格放不下。最多 32,767 个字符"
    )
