"""One zone from the lists to every answer: lists say 9:00 in Shanghai, and so does all that is written (1:00
in UTC).
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pinned
import pytest

import matchkit as mk
from matchkit.tables.formats import read_grids
from matchkit.tables.problems import read_problem, write_problem

Run = Callable[..., subprocess.CompletedProcess[str]]

RESOURCES = """id,unit,name,skills,available
P1,clinic,,nursing,2026-05-02 09:00-11:00
P2,clinic,,nursing,2026-05-02 14:00-16:00
"""
DEMANDS = (
    "id,community,skills,wanted,windows\nD1,east,nursing,2,2026-05-02 09:00-11:00\n"
)
HERE = ("--zone", "Asia/Shanghai")


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """Two people and a demand of which one is free for it."""
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "resources.csv").write_text(RESOURCES, encoding="utf-8")
    (folder / "demands.csv").write_text(DEMANDS, encoding="utf-8")
    return folder


@pytest.fixture
def solved(run_here: Run, lists: Path, tmp_path: Path) -> Path:
    """The folder with the problem, read with a zone, and its plan."""
    assert run_here("read", lists, *HERE, "-o", "problem.json").returncode == 0
    assert (
        run_here("solve", "problem.json", "-o", "plan.json", "--no-isolated").returncode
        == 0
    )
    return tmp_path


def _printed(run_here: Run, *words: str) -> str:
    done = run_here(*words)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def _text_of(path: Path) -> str:
    return "\n".join(
        str(cell) for grid in read_grids(path) for row in grid.rows for cell in row
    )


def test_notice_page_workbook_and_explanation_show_the_hour_of_the_lists(
    run_here: Run, solved: Path
) -> None:
    assert read_problem(solved / "problem.json").zone == "Asia/Shanghai"
    (solved / "table.csv").write_text("resource,requirement\nP2,D1\n", encoding="utf-8")
    _printed(
        run_here, "export", "problem.json", "plan.json", "-o", "notice.xlsx", "--notice"
    )
    _printed(run_here, "export", "problem.json", "plan.json", "-o", "plan.xlsx")
    _printed(run_here, "solve", "problem.json", "-o", "solved.xlsx", "--no-isolated")
    _printed(
        run_here,
        "report",
        "problem.json",
        "plan.json",
        "-o",
        "page.html",
        "--time-limit",
        "5",
    )
    notice, workbook, solved_workbook = (
        _text_of(solved / f"{name}.xlsx") for name in ("notice", "plan", "solved")
    )
    page = (solved / "page.html").read_text(encoding="utf-8")
    explained = [
        _printed(
            run_here, "explain", "problem.json", "plan.json", "--pair", "P2", "D1"
        ),
        _printed(
            run_here,
            "explain",
            "problem.json",
            "plan.json",
            "--demand",
            "D1",
            "--repairs",
        ),
        _printed(run_here, "why-not", "problem.json", "P2", "D1"),
    ]
    for text in (notice, workbook, solved_workbook, page, *explained):
        assert "Sat 2026-05-02" in text
        assert "09:00-11:00" in text
        assert "01:00" not in text
        assert "UTC" not in text.replace("UTC+", "")
    assert "free Sat 2026-05-02 09:00-11:00 (Asia/Shanghai)" in page  # whom to recruit
    audited = _printed(run_here, "audit", "problem.json", "table.csv")
    checked = _printed(run_here, "audit", "problem.json", "table.csv", "--lang", "zh")
    assert "2026-05-02 09:00 to 11:00 Asia/Shanghai" in audited
    assert "2026-05-02 09:00 至 11:00（Asia/Shanghai）" in checked
    [grid] = [
        grid for grid in read_grids(solved / "plan.xlsx") if grid.name == "projects"
    ]
    begins = grid.rows[1][list(grid.rows[0]).index("begins (Asia/Shanghai)")]
    assert begins == datetime(2026, 5, 2, 9)  # noqa: DTZ001 - a cell has no zone


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (
            ("export", "problem.json", "plan.json", "-o", "out.xlsx", "--notice"),
            "out.xlsx",
        ),
        (("export", "problem.json", "plan.json", "-o", "out.xlsx"), "out.xlsx"),
        (("solve", "problem.json", "-o", "out.xlsx", "--no-isolated"), "out.xlsx"),
        (
            ("report", "problem.json", "plan.json", "-o", "out.html", "--repairs", "0"),
            "out.html",
        ),
        (("explain", "problem.json", "plan.json", "--pair", "P2", "D1"), None),
        (("audit", "problem.json", "table.csv"), None),
    ],
    ids=lambda given: given[0] if isinstance(given, tuple) else "",
)
def test_a_zone_for_one_output_goes_before_that_of_the_problem(
    run_here: Run, solved: Path, words: tuple[str, ...], written: str | None
) -> None:
    """9:00 in Shanghai is 6:30 in Kolkata."""
    (solved / "table.csv").write_text("resource,requirement\nP2,D1\n", encoding="utf-8")
    told = _printed(run_here, *words, "--zone", "Asia/Kolkata")
    text = (
        told
        if written is None
        else _text_of(solved / written)
        if written.endswith("xlsx")
        else (solved / written).read_text("utf-8")
    )
    assert "06:30" in text
    assert "Asia/Kolkata" in text
    assert "Shanghai" not in text
    assert read_problem(solved / "problem.json").zone == "Asia/Shanghai"


def test_without_any_zone_heads_name_utc_and_a_notice_is_refused(
    run_here: Run, solved: Path
) -> None:
    bare = json.loads((solved / "problem.json").read_text("utf-8"))
    del bare["zone"]
    (solved / "bare.json").write_text(json.dumps(bare), "utf-8")
    done = run_here("export", "bare.json", "plan.json", "-o", "notice.xlsx", "--notice")
    assert (done.returncode, done.stdout, (solved / "notice.xlsx").exists()) == (
        2,
        "",
        False,
    )
    assert (
        "notice: shows times, and nobody has chosen by the clocks of which time zone. Choose a zone"
        in done.stderr
    )

    done = run_here("export", "bare.json", "plan.json", "-o", "plan.xlsx")
    assert (done.returncode, done.stdout) == (0, "Wrote plan.xlsx.\n")
    assert done.stderr.startswith(
        "matchkit: There is no notice list, as nobody has chosen the time zone"
    )
    grids = {grid.name: grid for grid in read_grids(solved / "plan.xlsx")}
    assert "notice" not in grids
    assert {"begins (UTC)", "ends (UTC)"} <= set(grids["projects"].rows[0])
    assert "when (UTC)" in grids["assignments"].rows[0]
    assert pinned.text("ledger.no_notice") in "".join(map(str, grids["summary"].rows))
    assert (
        run_here(
            "report", "bare.json", "plan.json", "-o", "page.html", "--repairs", "0"
        ).returncode
        == 0
    )
    page = (solved / "page.html").read_text("utf-8")
    assert "When (UTC)" in page
    assert "Hour from (UTC)" in page
    assert (
        run_here(
            "export", "bare.json", "plan.json", "-o", "notice.xlsx", "--notice", *HERE
        ).returncode
        == 0
    )


@pytest.mark.parametrize("name", ["notice.xlsx", "all.xlsx"])
def test_without_any_time_a_notice_needs_no_zone(
    run_here: Run, tmp_path: Path, name: str
) -> None:
    demand = {"id": "D1", "community": "C", "requirements": [{"id": "Q1"}]}
    record = {
        "units": [{"id": "U"}],
        "communities": [{"id": "C"}],
        "resources": [{"id": "R1", "unit": "U"}],
        "demands": [demand],
    }
    (tmp_path / "bare.json").write_text(
        json.dumps({"schema_version": "1", **record}), "utf-8"
    )
    _printed(run_here, "solve", "bare.json", "-o", "plan.json", "--no-isolated")
    done = run_here(
        "export",
        "bare.json",
        "plan.json",
        "-o",
        name,
        *(("--notice",) if name == "notice.xlsx" else ()),
    )
    assert (done.returncode, done.stderr) == (0, "")
    [notice] = [grid for grid in read_grids(tmp_path / name) if grid.name == "notice"]
    assert [row[notice.rows[0].index("resource")] for row in notice.rows[1:]] == ["R1"]
    assert not any("UTC" in str(cell) for row in notice.rows for cell in row)


def test_a_zone_in_another_letter_case_is_that_zone_and_a_copy_is_refused(
    run_here: Run, solved: Path
) -> None:
    _printed(
        run_here,
        "export",
        "problem.json",
        "plan.json",
        "-o",
        "notice.xlsx",
        "--notice",
        "--zone",
        "asia/kolkata",
    )
    assert "(Asia/Kolkata)" in _text_of(solved / "notice.xlsx")
    _printed(
        run_here, "read", "problem.json", "--zone", "asia/kolkata", "-o", "there.json"
    )
    assert read_problem(solved / "there.json").zone == "Asia/Kolkata"
    done = run_here(
        "read", "problem.json", "--zone", "right/Asia/Kolkata", "-o", "other.json"
    )
    assert (done.returncode, (solved / "other.json").exists()) == (2, False)
    assert pinned.text("record.zone.copy.do") in done.stderr


def test_a_name_that_is_no_zone_is_refused_before_anything_is_solved(
    run_here: Run, solved: Path
) -> None:
    done = run_here("solve", "problem.json", "-o", "out.xlsx", "--zone", "Mars/Olympus")
    assert (done.returncode, (solved / "out.xlsx").exists()) == (2, False)
    assert "--zone: is no time zone that this system knows" in done.stderr


def test_a_problem_in_json_is_given_a_zone_by_read(run_here: Run, solved: Path) -> None:
    assert (
        run_here(
            "read", "problem.json", "--zone", "Asia/Kolkata", "-o", "there.json"
        ).returncode
        == 0
    )
    assert read_problem(solved / "there.json").zone == "Asia/Kolkata"
    assert read_problem(solved / "problem.json") == read_problem(
        solved / "there.json"
    ).in_zone("Asia/Shanghai")


@pytest.mark.parametrize("name", ["tables.xlsx", "tables", "columns"])
def test_tables_of_a_problem_keep_its_zone(solved: Path, name: str) -> None:
    problem = read_problem(solved / "problem.json")
    write_problem(
        problem, solved / name, format="parquet" if name == "columns" else None
    )
    assert read_problem(solved / name) == problem


def test_the_zone_is_no_part_of_the_digest_so_that_a_plan_is_one_of_its_problem_in_every_zone(
    solved: Path,
) -> None:
    problem = read_problem(solved / "problem.json")
    plans = {
        mk.solve(problem.in_zone(zone)).to_json()
        for zone in (None, "Asia/Kolkata", "UTC")
    }
    assert len(plans) == 1


def test_a_changed_problem_and_a_what_if_keep_the_zone(
    run_here: Run, solved: Path
) -> None:
    change = {
        "change": "free_at",
        "resource": "P2",
        "time": {"start": "2026-05-02T01:00:00Z", "end": "2026-05-02T03:00:00Z"},
    }
    (solved / "changes.json").write_text(json.dumps([change]), "utf-8")
    told = _printed(run_here, "what-if", "problem.json", "changes.json")
    assert "Sat 2026-05-02 09:00-11:00 (Asia/Shanghai)" in told
    problem = read_problem(solved / "problem.json")
    assert (
        mk.changes.apply_changes(
            problem, [mk.changes.RemoveResource(resource="P2")]
        ).zone
        == "Asia/Shanghai"
    )


def test_a_sheet_that_names_another_zone_than_the_one_used_is_said(
    run_here: Run, lists: Path, tmp_path: Path
) -> None:
    (lists / "settings.csv").write_text(
        "setting,value\nzone,Asia/Kolkata\n", encoding="utf-8"
    )
    done = run_here("read", lists, *HERE, "-o", "problem.json")
    assert done.returncode == 0, done.stderr
    assert (
        "names the time zone Asia/Kolkata; the times are read, and will be shown, by that of the "
        "mapping or the arguments"
    ) in done.stdout
    assert read_problem(tmp_path / "problem.json").zone == "Asia/Shanghai"
    assert run_here("read", lists, "-o", "problem.json").returncode == 0
    assert read_problem(tmp_path / "problem.json").zone == "Asia/Kolkata"
