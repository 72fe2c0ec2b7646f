"""``matchkit audit``: tables from files, what is printed and written, and the exit code."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pinned
import pytest

from matchkit.answers.audit import Audit
from matchkit.errors import BudgetError, InputError
from matchkit.tables import pair_table
from matchkit.tables.formats import Grid, write_grids
from matchkit.tables.pair_table import read_table

Run = Callable[..., subprocess.CompletedProcess[str]]


def written(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_sound_table_ends_with_0_and_a_broken_one_with_1(
    run: Run, problem: Path, tmp_path: Path
) -> None:
    done = run("audit", problem, written(tmp_path, "resource,requirement\nR1,Q1\n"))
    assert (done.returncode, done.stdout.splitlines()[0][:30]) == (
        0,
        "The table keeps every rule; th",
    ), done.stderr
    done = run("audit", problem, written(tmp_path, "resource,requirement\nR1,Q2\n"))
    assert done.returncode == 1
    assert any(
        line.startswith("  forbid") and "(row 1)" in line
        for line in done.stdout.splitlines()
    )


def test_it_speaks_chinese_and_json_and_writes_files(
    run: Run, problem: Path, tmp_path: Path
) -> None:
    table = written(
        tmp_path,
        "\ufeffresource,requirement,quantity,start\r\nR1,Q2,,\r\n\r\nR2,Q2,1,\r\n",
    )
    done = run("audit", problem, table, "--lang", "zh")
    assert done.returncode == 1 and done.stdout.startswith("这张表不是可行的方案")
    done = run("audit", problem, table, "--json")
    assert Audit.model_validate_json(done.stdout).rows == 2
    done = run(
        "audit", problem, table, "--json", "--out", "audit.json", "--improvements", "0"
    )
    assert done.returncode == 1 and done.stdout.startswith("The table is no plan")
    assert (
        Audit.model_validate_json(
            (tmp_path / "audit.json").read_text(encoding="utf-8")
        ).improvements
        == ()
    )


def test_columns_and_faults_are_in_the_language_of_the_command(
    run: Run, problem: Path, tmp_path: Path
) -> None:
    table = written(tmp_path, "资源编号,岗位编号,数量,开始\r\nR1,Q1,1,\r\n")
    assert run("audit", problem, table, "--lang", "zh").returncode == 0
    wrong = written(tmp_path, "谁,岗位编号\r\nR1,Q1\r\n", "wrong.csv")
    done = run("audit", problem, wrong, "--lang", "zh")
    assert (
        done.returncode == 2
        and pinned.text("sheet.pairs.lacks.resource", "zh") in done.stderr
        and "resource" not in done.stderr
    )
    done = run("audit", problem, wrong)
    assert (
        pinned.text("sheet.pairs.lacks.resource") in done.stderr
        and "编号" not in done.stderr
    )


def test_it_takes_a_list_of_records_and_a_plan(
    run: Run, problem: Path, tmp_path: Path
) -> None:
    records = [
        {"resource": "R1", "requirement": "Q1", "quantity": 1, "start": None},
        ["R2", "Q2"],
    ]
    done = run("audit", problem, written(tmp_path, json.dumps(records), "table.json"))
    assert done.returncode == 0, done.stdout
    assert run("solve", problem, "-o", "plan.json").returncode == 0
    done = run("audit", problem, "plan.json")
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        0,
        pinned.text("audit.line_optimal"),
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", f"row 1: {pinned.text('sheet.pairs.no_header')}"),
        ("who,requirement\nR1,Q1\n", "row 1, column A: has a name that is not known"),
        (
            "resource,requirment\nR1,Q1\n",
            "row 1, column B: has a name that is not known. Maybe requirement is meant",
        ),
        (
            "resource,quantity\nR1,1\n",
            f"row 1: {pinned.text('sheet.pairs.lacks.requirement')}",
        ),
        (
            "resource,requirement,resource\nR1,Q1,R1\n",
            f"row 1, column C: {pinned.text('sheet.pairs.twice', name='resource')}",
        ),
        (
            "resource,requirement\nR1,Q1\nR1,Q2,5\n",
            "row 3, column C: has 3 cells, the header has 2",
        ),
        ('resource,requirement\n"R1,Q1\n', f"row 2: {pinned.text('sheet.open_quote')}"),
        (
            "resource,requirement\nR1," + "Q" * 1001 + "\n",
            "row 2, column B: is too long",
        ),
        (
            b"resource,requirement\nR1,Q1\nR\xff,Q1\n",
            "row 3: is neither UTF-8 nor GB18030. Save it as CSV in UTF-8",
        ),
    ],
)
def test_a_file_that_is_no_table_is_told_by_line_and_column(
    run: Run, problem: Path, tmp_path: Path, content: str | bytes, told: str
) -> None:
    table = written(tmp_path, content)
    with pytest.raises(InputError) as refused:
        read_table(table)
    assert told in str(refused.value)
    if "UTF-8" in told:  # one of them by the command
        done = run("audit", problem, table)
        assert (
            done.returncode == 2
            and told in done.stderr
            and "Traceback" not in done.stderr
        )


def test_a_table_of_an_office_in_gb18030_is_read_and_told_in_chinese_what_it_lacks(
    tmp_path: Path,
) -> None:
    assert read_table(
        written(tmp_path, "resource,requirement\n虚构甲,岗位一\n".encode("gb18030"))
    ) == [{"resource": "虚构甲", "requirement": "岗位一"}]
    with pytest.raises(InputError) as refused:
        read_table(written(tmp_path, "resource,quantity\nR1,2\n"))
    assert refused.value.text("zh").splitlines()[1] == pinned.line(
        "  table.csv 第 1 行",
        "sheet.pairs.lacks.requirement",
        "sheet.pairs.lacks.requirement.do",
        lang="zh",
    )


def test_a_workbook_with_one_sheet_of_pairs_is_a_table(
    run: Run, problem: Path, tmp_path: Path
) -> None:
    pairs = [
        ["Resource", "requirement", "quantity", "start"],
        ["R1", "Q1", 1, None],
        [None] * 4,
        [2024, "Q2", "-3", None],
    ]
    write_grids([Grid("pairs", pairs), Grid("notes", [])], tmp_path / "table.xlsx")
    assert read_table(tmp_path / "table.xlsx") == [
        {"resource": "R1", "requirement": "Q1", "quantity": 1},
        {"resource": "2024", "requirement": "Q2", "quantity": -3},
    ]
    write_grids([Grid("pairs", pairs[:2])], tmp_path / "table.xlsx")
    assert run("audit", problem, "table.xlsx").returncode == 0


def test_a_workbook_with_two_tables_is_refused(tmp_path: Path) -> None:
    write_grids(
        [Grid(name, [["resource", "requirement"]]) for name in ("one", "two")],
        tmp_path / "table.xlsx",
    )
    with pinned.raises(
        InputError,
        "sheet.pairs.sheets",
        "sheet.pairs.sheets.do",
        about="table.xlsx, sheet two",
    ):
        read_table(tmp_path / "table.xlsx")


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    table = written(tmp_path, "resource,requirement\n" + "R1,Q1,x\n" * 1500)
    with pytest.raises(InputError) as refused:
        read_table(table)
    assert (len(refused.value.complaints), refused.value.more) == (1000, 500)


def test_cells_are_read_as_they_stand_and_only_digits_are_numbers(
    tmp_path: Path,
) -> None:
    table = written(
        tmp_path,
        'Resource, REQUIREMENT ,quantity\n"R, 1",Q1,2\n R1 ,Q2,two\nR1,Q3,-1\nR1,Q4,'
        + "9" * 31
        + "\n,Q5,\n",
    )
    rows = read_table(table)
    assert rows == [
        {"resource": "R, 1", "requirement": "Q1", "quantity": 2},
        {"resource": "R1", "requirement": "Q2", "quantity": "two"},
        {"resource": "R1", "requirement": "Q3", "quantity": -1},
        {"resource": "R1", "requirement": "Q4", "quantity": "9" * 31},
        {"requirement": "Q5"},
    ]


def test_a_table_has_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_table, "LARGEST", 40)
    monkeypatch.setattr(pair_table, "MOST_ROWS", 2)
    with pytest.raises(BudgetError, match="at most 40"):
        read_table(written(tmp_path, "resource,requirement\n" + "R1,Q1\n" * 9))
    with pytest.raises(BudgetError, match="more than 2 rows"):
        read_table(written(tmp_path, "resource,requirement\n" + "R1,Q1\n" * 3))
    with pytest.raises(BudgetError, match="at most 40") as caught:
        read_table(written(tmp_path, json.dumps([["R1", "Q1"]] * 9), "table.json"))
    assert "最多读取 40 字节" in caught.value.text("zh")


@pytest.mark.parametrize("content", ["{}", "5", '"A,m"', "null"])
def test_json_that_is_neither_a_list_nor_a_plan_is_refused(
    tmp_path: Path, content: str
) -> None:
    with pinned.raises(InputError, "sheet.pairs.no_list") as refused:
        read_table(written(tmp_path, content, "table.json"))
    assert pinned.line(
        "table.json", "sheet.pairs.no_list", "sheet.pairs.no_list.do", lang="zh"
    ) in refused.value.text("zh")


def test_wrong_options_end_with_2_and_nothing_is_written(
    run: Run, problem: Path, tmp_path: Path
) -> None:
    table = written(tmp_path, "resource,requirement\nR1,Q1\n")
    for words in (
        ("--lang", "fr"),
        ("--improvements", "-1"),
        ("--time-limit", "nan"),
        ("--out", "missing/audit.txt"),
    ):
        done = run("audit", problem, table, *words)
        assert done.returncode == 2, words
        assert "Traceback" not in done.stderr
    assert run("audit", problem, tmp_path / "none.csv").returncode == 2
