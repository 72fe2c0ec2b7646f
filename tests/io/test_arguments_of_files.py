"""Arguments of the doors to files that are of another type or no known word: told, and nothing is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pinned
import polars
import pytest

import matchkit as mk
from matchkit.errors import InputError, StorageError
from matchkit.tables.export.grids import plan_grids
from matchkit.tables.export.pseudonyms import Pseudonyms, pseudonymize
from matchkit.tables.formats import write_grids
from matchkit.tables.importer.templates import template_grids
from matchkit.tables.plans import plan_frames, read_plan, write_plan
from matchkit.tables.problems import write_problem, write_template
from matchkit.tables.writing import check_writable, make_folder, write_bytes

PROBLEM = mk.Problem()
PLAN = mk.solve(PROBLEM)
KEY = Pseudonyms(bytes(16))
DOORS: dict[str, Callable[[Any], Any]] = {
    "write_plan": lambda path: write_plan(None, PLAN, path),
    "write_problem": lambda path: write_problem(PROBLEM, path),
    "write_template": write_template,
    "write_grids": lambda path: write_grids([], path),
    "read_plan": read_plan,
    "write_bytes": lambda path: write_bytes(path, b""),
    "make_folder": make_folder,
    "check_writable": check_writable,
}


@pytest.mark.parametrize("path", [None, 0, 5, b"z.xlsx", ["a"]])
@pytest.mark.parametrize("door", DOORS)
def test_a_path_that_is_none_is_told(door: str, path: Any) -> None:
    with pytest.raises(InputError) as caught:
        DOORS[door](path)
    told = pinned.line(
        "path", "argument.type", "argument.path.do", type=type(path).__name__
    )
    assert [str(complaint) for complaint in caught.value.complaints] == [told]


@pytest.mark.parametrize("name", ["a\0b", "x" * 400])
@pytest.mark.parametrize(
    "door", ["write_problem", "write_template", "write_grids", "make_folder"]
)
def test_a_name_that_no_system_takes_is_told(
    tmp_path: Path, door: str, name: str
) -> None:
    with pinned.raises(StorageError, "file.unwritable"):
        DOORS[door](f"{tmp_path}/{name}")


LANG = pinned.line("lang", "argument.word", "argument.word.do", known=("en", "zh"))
A_PROBLEM, A_PLAN = (
    f"{pinned.text('argument.problem.do')}.",
    f"{pinned.text('argument.plan.do')}.",
)
TOKENS = f"{pinned.text('pseudonyms.do')}."
KNOWN = "summary, goals, projects, assignments, by_unit, by_community, coverage, shortfalls, payments, notice, pairs, history"
CALLS: list[tuple[Callable[[Any], Any], str]] = [
    (
        lambda path: write_problem(None, path),
        f"problem: is of type NoneType. {A_PROBLEM}",
    ),  # type: ignore[arg-type]
    (lambda path: write_problem(PROBLEM, path, lang="fr"), LANG),  # type: ignore[arg-type]
    (lambda path: write_problem(PROBLEM, f"{path}.json", lang="fr"), LANG),  # type: ignore[arg-type]
    (lambda _: PROBLEM.to_frames(polars.DataFrame(), lang="xx"), LANG),  # type: ignore[arg-type]
    (lambda path: write_template(path, lang="fr"), LANG),  # type: ignore[arg-type]
    (lambda path: write_template(path, lang=[]), LANG),  # type: ignore[arg-type]
    (
        lambda path: write_template(path, lang="en", format="parquet"),
        pinned.line(
            "format", "argument.word", "argument.word.do", known=("xlsx", "csv")
        ),
    ),  # type: ignore[arg-type]
    (lambda _: template_grids("fr"), LANG),  # type: ignore[arg-type]
    (lambda path: write_plan(None, None, path), f"plan: is of type NoneType. {A_PLAN}"),  # type: ignore[arg-type]
    (
        lambda path: write_plan("x", PLAN, f"{path}.json"),
        f"problem: is of type str. {A_PROBLEM}",
    ),  # type: ignore[arg-type]
    (lambda path: write_plan(PROBLEM, PLAN, path, lang="fr"), LANG),  # type: ignore[arg-type]
    (
        lambda path: write_plan(PROBLEM, PLAN, path, pseudonyms="x"),
        pinned.line("pseudonyms", "argument.type", "pseudonyms.do", type="str"),
    ),  # type: ignore[arg-type]
    (
        lambda path: write_plan(PROBLEM, PLAN, path, sheets=[]),
        pinned.line("sheets", "ledger.no_sheets", "ledger.no_sheets.do", known=KNOWN),
    ),
    (
        lambda _: plan_grids(PROBLEM, PLAN, sheets=5),
        pinned.line("sheets", "argument.type", "ledger.sheets.do", type="int"),
    ),  # type: ignore[arg-type]
    (lambda _: plan_grids(PROBLEM, PLAN, lang=[]), LANG),  # type: ignore[arg-type]
    (
        lambda _: plan_frames(None, PLAN, polars.DataFrame()),
        f"problem: is of type NoneType. {A_PROBLEM}",
    ),  # type: ignore[arg-type]
    (
        lambda _: pseudonymize(PROBLEM, PLAN, None),
        pinned.line("pseudonyms", "argument.type", "pseudonyms.do", type="NoneType"),
    ),  # type: ignore[arg-type]
    (
        lambda _: pseudonymize(PROBLEM, None, KEY),
        f"plan: is of type NoneType. {A_PLAN}",
    ),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(
    ("call", "told"), CALLS, ids=[str(number) for number in range(len(CALLS))]
)
def test_an_argument_that_is_none_is_told_and_nothing_is_written(
    tmp_path: Path, call: Callable[[Any], Any], told: str
) -> None:
    with pytest.raises(InputError) as caught:
        call(tmp_path / "o")
    assert [str(complaint) for complaint in caught.value.complaints] == [told]
    assert (
        re.search("[a-z] [a-z]", caught.value.text("zh")) is None
    )  # no English words in a row
    assert list(tmp_path.iterdir()) == []
