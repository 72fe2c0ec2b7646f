"""A folder of tables that is written twice: what is read back is what was written last, and no file of others
is touched.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pinned
import pytest

import matchkit as mk
from matchkit.errors import InputError
from matchkit.tables.importer.reading import read_tables
from matchkit.tables.problems import read_problem, write_problem

LARGE = mk.datasets.city("street")
SMALL = mk.Problem(units=[mk.Unit(id="U9")])


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_was_written_last_is_read_and_nothing_is_to_be_confirmed(
    tmp_path: Path, form: Any, lang: Any
) -> None:
    for problem in (LARGE, SMALL, LARGE, mk.Problem()):
        write_problem(problem, tmp_path, lang=lang, format=form)
        found = read_tables(tmp_path)
        assert found.problem == problem and found.guesses == ()


@pytest.mark.parametrize(
    ("lang", "form", "told"),
    [("en", "csv", "units.csv: lies in"), ("zh", "parquet", "单位.parquet: lies in")],
)
def test_tables_of_another_language_or_form_are_not_read_along(
    tmp_path: Path, lang: Any, form: Any, told: str
) -> None:
    write_problem(SMALL, tmp_path, lang=lang, format=form)
    before = files(tmp_path)
    with pytest.raises(InputError) as caught:
        write_problem(LARGE, tmp_path, lang="zh", format="csv")
    assert any(str(one).startswith(told) for one in caught.value.complaints)
    assert pinned.text("sheet.beside") in str(caught.value)
    assert pinned.text("sheet.beside", "zh") in caught.value.text("zh")
    assert files(tmp_path) == before and read_problem(tmp_path) == SMALL


def test_other_files_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("kept", encoding="utf-8")
    write_problem(LARGE, tmp_path)
    assert files(tmp_path)["readme.txt"] == b"kept"


def test_a_table_of_others_is_neither_replaced_nor_read_along(tmp_path: Path) -> None:
    (tmp_path / "volunteers.xlsx").write_bytes(b"of others")
    with pinned.raises(InputError, "sheet.beside", about="volunteers.xlsx"):
        write_problem(LARGE, tmp_path)
    assert files(tmp_path) == {"volunteers.xlsx": b"of others"}
