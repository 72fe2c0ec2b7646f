"""No command writes its output over one of its inputs, by whatever name the output calls it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pinned
import pytest

import matchkit as mk
from matchkit.errors import InputError
from matchkit.tables.plans import write_plan
from matchkit.tables.problems import write_problem

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A problem as JSON, as a workbook and as a folder of tables, its plan, a table of pairs and a key."""
    problem = mk.Problem(
        zone="UTC",
        units=[mk.Unit(id="u")],
        communities=[mk.Community(id="c")],
        resources=[mk.Resource(id="r", unit="u")],
        demands=[
            mk.Demand(
                id="d", community="c", requirements=[mk.Requirement(id="q", wanted=2)]
            )
        ],
    )
    for name in ("problem.json", "lists.xlsx", "lists"):
        write_problem(problem, tmp_path / name)
    plan = mk.solve(problem)
    write_plan(None, plan, tmp_path / "plan.json")
    write_plan(problem, plan, tmp_path / "pairs.xlsx", sheets=["pairs"])
    (tmp_path / "key.json").write_bytes(bytes(range(32)))
    (tmp_path / "deeper").mkdir()
    (tmp_path / "elsewhere").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "link.json").symlink_to(tmp_path / "problem.json")
    os.link(tmp_path / "problem.json", tmp_path / "hard.json")
    return tmp_path


def _content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("solve problem.json -o problem.json", "problem.json"),
        ("solve problem.json -o link.json", "problem.json"),
        ("solve link.json -o problem.json", "link.json"),
        ("solve problem.json -o hard.json", "problem.json"),
        ("solve problem.json -o deeper/../problem.json", "problem.json"),
        ("solve problem.json -o elsewhere/problem.json", "problem.json"),
        ("solve lists.xlsx -o lists.xlsx", "lists.xlsx"),
        ("read lists.xlsx -o lists.xlsx", "lists.xlsx"),
        ("read problem.json -o problem.json", "problem.json"),
        ("read lists -o lists", "units.csv"),
        ("read lists -o elsewhere/lists", "units.csv"),
        ("read lists/demands.csv -o lists --confirm", "demands.csv"),
        ("solve lists -o lists/plan.json", None),
        ("solve lists -o lists/plan.xlsx", "lists"),
        ("export lists plan.json -o lists", "lists"),
        ("export lists plan.json -o elsewhere/lists --format parquet", "lists"),
        ("export lists plan.json -o lists/notice.xlsx --notice", "lists"),
        ("read lists -o lists/all.xlsx", "lists"),
        ("export problem.json plan.json -o problem.json", "problem.json"),
        ("export problem.json plan.json -o plan.json", "plan.json"),
        ("export problem.json plan.json -o key.json --key key.json", "key.json"),
        ("report problem.json plan.json -o plan.json", "plan.json"),
        ("audit problem.json pairs.xlsx -o pairs.xlsx", "pairs.xlsx"),
        ("audit problem.json pairs.xlsx -o hard.json", "problem.json"),
    ],
)
def test_an_output_over_an_input_is_refused_and_nothing_is_touched(
    run_here: Run, files: Path, words: str, kept: str | None
) -> None:
    before = _content(files)
    done = run_here(*words.split())
    if kept is None:  # a folder of tables is its tables, and no more
        assert done.returncode == 0, done.stderr
        before |= {"lists/plan.json": (files / "lists/plan.json").read_bytes()}
    else:
        assert (done.returncode, done.stdout) == (2, "") or words.startswith(
            "read lists"
        ), done.stdout
        assert done.returncode == 2
        among = (
            "would lie among the tables of lists, which is an input, and be read along with them. Give "
            "the output a folder of its own"
        )
        over = f"would be written over {kept}, which is an input. Inputs are never written over"
        assert (among if kept == "lists" else over) in done.stderr
    assert _content(files) == before


def test_an_output_may_replace_what_is_no_input(run_here: Run, files: Path) -> None:
    assert (
        run_here("export", "problem.json", "plan.json", "-o", "lists.xlsx").returncode
        == 0
    )
    assert (
        run_here("solve", "problem.json", "-o", "plan.json", "--no-isolated").returncode
        == 0
    )


def test_an_export_into_a_folder_leaves_no_table_of_an_earlier_one_that_it_does_not_write(
    tmp_path: Path,
) -> None:
    hours = mk.Window(
        start=datetime(2026, 5, 2, 8, tzinfo=UTC),
        end=datetime(2026, 5, 2, 10, tzinfo=UTC),
    )
    demand = mk.Demand(
        id="d", community="c", windows=[hours], requirements=[mk.Requirement(id="q")]
    )
    resources = [mk.Resource(id="r", unit="u")]
    problem = mk.Problem(
        units=[mk.Unit(id="u")],
        communities=[mk.Community(id="c")],
        resources=resources,
        demands=[demand],
    )
    plan, folder = mk.solve(problem), tmp_path / "out"
    write_plan(problem, plan, folder, tz="UTC")
    before = _content(folder)
    assert "notice.csv" in before
    for form, lang, stays in (
        ("csv", "en", "notice.csv"),
        ("csv", "zh", "summary.csv"),
        ("parquet", "en", "summary.csv"),
    ):
        with pytest.raises(InputError) as caught:  # without a zone there is no notice
            write_plan(problem, plan, folder, format=form, lang=lang)
        told = [one.where for one in caught.value.complaints]
        assert stays in told and ("summary.csv" in told) == (stays == "summary.csv")
        assert pinned.text("sheet.earlier") in str(
            caught.value
        ) and "先前导出" in caught.value.text("zh")
        assert _content(folder) == before
    write_plan(problem, plan, folder, tz="UTC", sheets=["notice"])
    (folder / "notice.csv").unlink()
    (folder / "notes.csv").write_text("kept", encoding="utf-8")
    write_plan(problem, plan, folder)
    assert (
        "notice.csv" not in _content(folder)
        and _content(folder)["notes.csv"] == b"kept"
    )
