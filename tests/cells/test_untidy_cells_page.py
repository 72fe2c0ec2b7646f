"""The page on untidy cells is true: every row of its tables is read as it says, with the messages it shows,
and its code runs.
"""

from __future__ import annotations

import contextlib
import io
import re
from datetime import date
from pathlib import Path

import pytest

from matchkit.messages.message import joined
from matchkit.tables.cells import CellFault, Context, read_cell, written
from matchkit.tables.cells.clock_times import _HOURS

PAGE = (Path(__file__).parents[2] / "docs" / "untidy_cells.md").read_text(
    encoding="utf-8"
)
CONTEXT = Context(zone="Asia/Shanghai", first=date(2026, 3, 1), last=date(2026, 6, 30))
TABLE = re.compile(r"^<!-- (?P<name>[\w: ]+) -->\n(?P<rows>(?:\|.*\n)+)", re.MULTILINE)


def _rows(text: str) -> list[list[str]]:
    rows = [
        [
            cell.strip().replace("\\|", "|")
            for cell in re.split(r"(?<!\\)\|", line)[1:-1]
        ]
        for line in text.splitlines()
    ]
    return rows[2:]


def _plain(cell: str) -> str:
    return (
        ""
        if cell == "(empty)"
        else cell.strip("`").replace(" …", " 2026-03-01..2026-06-30 Asia/Shanghai")
    )


TABLES = {found["name"]: _rows(found["rows"]) for found in TABLE.finditer(PAGE)}
CELLS = [
    (name.removeprefix("cells: "), *row)
    for name, rows in TABLES.items()
    if name.startswith("cells: ")
    for row in rows
]


def test_the_page_has_its_tables() -> None:
    assert len(CELLS) > 130
    assert len({kind for kind, *_ in CELLS}) == 15


@pytest.mark.parametrize(("kind", "cell", "meaning", "english", "chinese"), CELLS)
def test_a_cell_is_read_as_the_page_says(
    kind: str, cell: str, meaning: str, english: str, chinese: str
) -> None:
    if meaning == "refused":
        with pytest.raises(CellFault) as caught:
            read_cell(kind, _plain(cell), CONTEXT)
        assert (caught.value.fact.text("en"), caught.value.fact.text("zh")) == (
            english,
            chinese,
        )
        return
    found = read_cell(kind, _plain(cell), CONTEXT)
    told = written(kind, found.value)
    assert ("" if told is None else str(told)) == _plain(meaning)
    if found.guess is None:
        assert english == chinese == ""
        return
    reasons = dict(found.guess.values).get("why", (found.guess,))
    assert english == "confirm: " + joined(
        [reason.text("en") for reason in reasons], "en", "semicolon"
    )
    assert chinese == "请确认：" + joined(
        [reason.text("zh") for reason in reasons], "zh", "semicolon"
    )


def test_the_parts_of_the_day_are_those_of_the_page() -> None:
    told = {
        hours: sorted(words.split(", ")) for hours, words in TABLES["parts of the day"]
    }
    assert told == {hours: sorted(words) for hours, words in _HOURS.items()}


def test_the_code_of_the_page_prints_what_stands_below_it() -> None:
    [(code, printed)] = re.findall(
        r"^```python\n(.*?)^```\n```text\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE
    )
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(compile(code, "untidy_cells.md", "exec"), {"__name__": "page"})  # noqa: S102 - the page's own code
    assert told.getvalue() == printed
