"""The form of what is written: one rule for problems, plans and tables, which never puts one form under the
name of another.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pinned
import pytest

import matchkit as mk
from matchkit.errors import InputError, StorageError
from matchkit.messages.message import Message
from matchkit.model import Problem, Unit
from matchkit.tables.formats import Grid, write_grids
from matchkit.tables.plans import write_plan
from matchkit.tables.problems import write_problem

PROBLEM = Problem(units=[Unit(id="U1")])
Write = Callable[..., None]


def _problem(path: Path, form: Any) -> None:
    write_problem(PROBLEM, path, format=form)


def _plan(path: Path, form: Any) -> None:
    write_plan(PROBLEM, mk.solve(PROBLEM), path, format=form)


def _grids(path: Path, form: Any) -> None:
    write_grids([Grid("t", [["id"]])], path, form)


DOORS = pytest.mark.parametrize("write", [_problem, _plan, _grids])


@DOORS
@pytest.mark.parametrize(
    ("name", "form", "told"),
    [
        (
            "new.csv",
            None,
            "has an ending that stands for no form. Give a name that ends in one of",
        ),
        ("b.parquet", None, pinned.text("file.ending")),
        (
            "b.xlsx",
            "csv",
            pinned.sentences(
                "file.one_file", "file.one_file.do", ending=".xlsx", form="csv"
            ),
        ),
        (
            "b.csv",
            "csv",
            pinned.sentences(
                "file.one_file", "file.one_file.do", ending=".csv", form="csv"
            ),
        ),
        (
            "a.json",
            "xlsx",
            pinned.sentences(
                "file.other_form", "file.other_form.do", ending=".json", form="xlsx"
            ),
        ),
        (
            "a.CSV",
            "xlsx",
            pinned.sentences(
                "file.other_form", "file.other_form.do", ending=".csv", form="xlsx"
            ),
        ),
        ("a", "word", "is not one of the known words. Use one of:"),
    ],
)
def test_a_name_and_a_form_that_do_not_fit_are_refused_and_nothing_is_written(
    tmp_path: Path, write: Write, name: str, form: str | None, told: str
) -> None:
    with pytest.raises(InputError) as caught:
        write(tmp_path / name, form)
    assert told in str(caught.value) and "请" in caught.value.complaints[0].line("zh")
    assert list(tmp_path.iterdir()) == []


@DOORS
def test_a_table_that_somebody_keeps_is_not_overwritten_by_another_form(
    tmp_path: Path, write: Write
) -> None:
    (tmp_path / "keep.csv").write_text("id\nmine\n", "utf-8")
    with pinned.raises(InputError, "file.ending", about="keep.csv"):
        write(tmp_path / "keep.csv", None)
    assert (tmp_path / "keep.csv").read_text("utf-8") == "id\nmine\n"


@DOORS
def test_a_file_without_an_ending_is_in_the_way_of_a_folder_and_stays(
    tmp_path: Path, write: Write
) -> None:
    (tmp_path / "keep").write_text("mine", "utf-8")
    with pinned.raises(
        StorageError,
        "file.unwritable",
        name="keep",
        reason=Message("file.unwritable.taken"),
    ):
        write(tmp_path / "keep", None)
    assert (tmp_path / "keep").read_text("utf-8") == "mine"


@DOORS
@pytest.mark.parametrize("form", [None, "csv", "parquet"])
def test_an_existing_folder_is_one_whatever_its_name_ends_in(
    tmp_path: Path, write: Write, form: str | None
) -> None:
    (tmp_path / "lists.csv").mkdir()
    write(tmp_path / "lists.csv", form)
    assert {path.suffix for path in (tmp_path / "lists.csv").iterdir()} == {
        f".{form or 'csv'}"
    }


@DOORS
@pytest.mark.parametrize(
    ("name", "words"),
    [("a\0", "not a possible name"), ("x" * 300, "its name is too long")],
)
def test_a_name_that_no_folder_has_is_told(
    tmp_path: Path, write: Write, name: str, words: str
) -> None:
    with pytest.raises(StorageError, match=words):
        write(tmp_path / name, None)


@pytest.mark.parametrize(
    ("name", "form", "begins"),
    [("p.JSON", None, b"{"), ("p.json", "json", b"{"), ("p.xlsx", "xlsx", b"PK")],
)
def test_a_problem_is_written_in_the_form_of_its_name(
    tmp_path: Path, name: str, form: Any, begins: bytes
) -> None:
    write_problem(PROBLEM, tmp_path / name, format=form)
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert mk.read_problem(tmp_path / name) == PROBLEM
