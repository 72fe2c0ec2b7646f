"""Tables in, tables and pages out, as a user at a terminal meets them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pinned
import pytest

import matchkit as mk
from matchkit.tables.plans import read_plan
from matchkit.tables.problems import read_problem, write_problem

Run = Callable[..., subprocess.CompletedProcess[str]]

RESOURCES = """编号,单位,姓名,联系电话,技能,可用时间
P1,虚构医院,虚构甲,13900000001,护理,2026-05-02 08:00-12:00
P2,虚构医院,虚构乙,13900000002,护理,2026-05-02 08:00-12:00
"""
DEMANDS = (
    "编号,社区,所需技能,人数,时间\nD1,虚构社区,护理,{wanted},2026-05-02 08:00-12:00\n"
)


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A folder with a resource list and a demand list that say everything plainly."""
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "资源清单.csv").write_text(RESOURCES, encoding="utf-8")
    (folder / "需求清单.csv").write_text(DEMANDS.format(wanted=3), encoding="utf-8")
    return folder


def test_two_plain_lists_become_a_problem_a_plan_a_notice_and_a_page(
    run: Run, lists: Path, tmp_path: Path
) -> None:
    done = run("read", lists, "--zone", "Asia/Shanghai", "-o", "problem.json")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr + done.stdout
    problem = read_problem(tmp_path / "problem.json")
    assert [(r.id, r.unit, r.contact) for r in problem.resources] == [
        ("P1", "虚构医院", "13900000001"),
        ("P2", "虚构医院", "13900000002"),
    ]

    assert run("solve", "problem.json", "-o", "plan.json").returncode == 0
    plan = read_plan(tmp_path / "plan.json")
    assert [(a.resource, a.requirement) for a in plan.assignments] == [
        ("P1", "D1"),
        ("P2", "D1"),
    ]
    assert [(s.requirement, s.missing) for s in plan.shortfalls] == [("D1", 1)]

    done = run(
        "export",
        "problem.json",
        "plan.json",
        "-o",
        "notice",
        "--notice",
        "--lang",
        "zh",
    )
    assert (done.returncode, done.stdout) == (0, "已写入 notice。\n"), done.stderr
    [notice] = (tmp_path / "notice").iterdir()
    told = notice.read_text(encoding="utf-8-sig")
    assert "P1" in told
    assert "虚构甲" not in told
    assert "139" not in told

    done = run(
        "report",
        "problem.json",
        "plan.json",
        "-o",
        "page.html",
        "--lang",
        "zh",
        "--pictures",
        "pictures",
        "--format",
        "svg",
    )
    assert done.returncode == 0, done.stderr
    assert (
        (tmp_path / "page.html")
        .read_text(encoding="utf-8")
        .startswith("<!DOCTYPE html>")
    )
    assert list((tmp_path / "pictures").glob("*.svg"))


def test_what_was_guessed_is_listed_and_nothing_is_written_until_it_is_confirmed(
    run: Run, lists: Path, tmp_path: Path
) -> None:
    (lists / "需求清单.csv").write_text(
        DEMANDS.format(wanted="3-5人"), encoding="utf-8"
    )
    done = run(
        "read", lists, "--zone", "Asia/Shanghai", "-o", "problem.json", "--lang", "zh"
    )
    assert done.returncode == 2
    assert "3-5人" in done.stdout
    assert not (tmp_path / "problem.json").exists()
    done = run(
        "read", lists, "--zone", "Asia/Shanghai", "-o", "problem.json", "--confirm"
    )
    assert done.returncode == 0, done.stderr
    [requirement] = read_problem(tmp_path / "problem.json").demands[0].requirements
    assert (requirement.minimum, requirement.wanted) == (3, 5)


def test_the_order_of_day_and_month_and_the_days_of_the_plan_are_options(
    run: Run, lists: Path, tmp_path: Path
) -> None:
    """8/6/26 is 6 August or 8 June; a Saturday of the plan is 6 June at the earliest, midnight of 1 June in
    Shanghai being 16:00 UTC.
    """
    head, row, _ = DEMANDS.split("\n")
    other = (
        row.replace("D1", "D2")
        .format(wanted=1)
        .replace("2026-05-02 08:00-12:00", "周六 9:00-11:00")
    )
    rows = [head, row.format(wanted=1).replace("2026-05-02", "8/6/26"), other]
    (lists / "需求清单.csv").write_text("\n".join(rows), encoding="utf-8")
    options = (
        "--zone",
        "Asia/Shanghai",
        "--first",
        "2026-05-31T16:00:00.000Z",
        "--last",
        "2026-08-31",
        "-o",
        "problem.json",
    )
    assert "--day-first or --month-first" in run("read", lists, *options).stderr
    for option, month in (("--month-first", 8), ("--day-first", 6)):
        done = run("read", lists, *options, option)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        first, second = (
            demand.windows[0]
            for demand in read_problem(tmp_path / "problem.json").demands
        )
        assert first.start.month == month
        assert (f"{second.first}", f"{second.last}") == ("2026-06-01", "2026-08-31")


@pytest.mark.parametrize("given", ["2026-06-31", "6/7/2026"])
def test_a_first_day_that_is_none_is_told_in_the_language_asked_for(
    run: Run, lists: Path, given: str
) -> None:
    done = run(
        "read", lists, "--zone", "Asia/Shanghai", "--first", given, "--lang", "zh"
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "first：" in done.stderr
    assert "请" in done.stderr


def test_what_cannot_be_read_is_told_in_the_language_asked_for(
    run: Run, lists: Path, tmp_path: Path
) -> None:
    (lists / "需求清单.csv").write_text(DEMANDS.format(wanted="若干"), encoding="utf-8")
    done = run(
        "read", lists, "--zone", "Asia/Shanghai", "--lang", "zh", "-o", "problem.json"
    )
    assert done.returncode == 2
    assert "输入有 1 处错误" in done.stderr
    assert "需求清单.csv" in done.stderr
    assert "虚构甲" not in done.stderr + done.stdout
    assert not (tmp_path / "problem.json").exists()


def test_settings_for_tables_are_refused_beside_json_in_the_language_asked_for(
    run: Run, tmp_path: Path
) -> None:
    write_problem(mk.Problem(), tmp_path / "p.json")
    done = run("read", "p.json", "--first", "2026-05-01", "--lang", "zh")
    assert (done.returncode, done.stdout) == (2, "")
    assert "p.json：是 JSON，其中已写明一切。请去掉 first。" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        "audit",
        "check",
        "compare",
        "explain",
        "export",
        "report",
        "solve",
        "stable",
        "what-if",
        "why-not",
    ],
)
def test_every_command_on_a_problem_says_how_tables_become_one(
    run: Run, command: str
) -> None:
    told = " ".join(run(command, "--help").stdout.replace("│", " ").split())
    assert (
        "The problem: .json (make one of tables with 'matchkit read'), or tables that say everything plainly."
        in told
    )


def test_a_template_that_nobody_filled_in_is_told_to_hold_nothing(
    run: Run, tmp_path: Path
) -> None:
    for lang in ("en", "zh"):
        done = run("template", f"empty-{lang}", "--lang", lang)
        assert done.returncode == 0, done.stderr
        assert any((tmp_path / f"empty-{lang}").iterdir())
        assert "Traceback" not in run("read", f"empty-{lang}").stderr


def test_a_workbook_goes_in_and_a_workbook_comes_out(run: Run, tmp_path: Path) -> None:
    assert run("demo", "--out", ".").returncode == 0
    done = run("read", "problem.json", "-o", "street.xlsx", "--lang", "zh")
    assert done.returncode == 0, done.stderr
    done = run("solve", "street.xlsx", "-o", "plan.xlsx")
    assert done.returncode == 0, done.stderr
    assert read_problem(tmp_path / "street.xlsx") == read_problem(
        tmp_path / "problem.json"
    )
    assert (tmp_path / "plan.xlsx").read_bytes().startswith(b"PK")


def test_every_fault_is_listed_where_all_are_asked_for_and_else_the_first_ten_and_how_to_see_the_others(
    run: Run, tmp_path: Path
) -> None:
    rows = "".join(f"R{number},U1,some {number}\n" for number in range(12))
    (tmp_path / "resources.csv").write_text(
        f"id,unit,capacity\n{rows}", encoding="utf-8"
    )
    done = run("read", "resources.csv")
    assert (done.returncode, done.stderr.splitlines()[-2:]) == (
        2,
        ["  ... and 2 more.", f"  {pinned.text('tables.list_all')}"],
    )
    done = run("read", "resources.csv", "--all", "--lang", "zh")
    assert [
        f"第 {number} 行" in line
        for number, line in enumerate(done.stderr.splitlines()[1:], 2)
    ] == [True] * 12
    assert (
        done.stderr.startswith("matchkit: 输入有 12 处错误：")
        and "some 11" in done.stderr
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_solve_of_tables_without_dates_names_the_command_and_options_that_give_them(
    run_here: Run, lists: Path, lang: str
) -> None:
    weekly = RESOURCES.replace("2026-05-02 08:00-12:00", "周六 08:00-12:00")
    (lists / "资源清单.csv").write_text(weekly, encoding="utf-8")
    done = run_here("solve", lists, "-o", "plan.json", "--lang", lang)
    assert done.returncode == 2
    advised = "matchkit read --zone Asia/Shanghai --first 2026-03-01 --last 2026-06-30"
    assert advised in done.stderr
    read = run_here(
        *advised.split()[1:2], lists, *advised.split()[2:], "-o", "problem.json"
    )
    assert read.returncode == 0, read.stderr + read.stdout
    assert (
        run_here("solve", "problem.json", "-o", "plan.json", "--no-isolated").returncode
        == 0
    )
