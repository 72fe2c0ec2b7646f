"""Plans on disk: every form opens in other programs and holds what the plan says, and no formula."""

from __future__ import annotations

import inspect
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas
import pinned
import polars
import pyarrow
import pytest
from pyarrow import parquet
from python_calamine import CalamineWorkbook

import matchkit as mk
from matchkit.errors import InputError, StorageError
from matchkit.tables.export.grids import SHEETS, plan_grids
from matchkit.tables.export.pseudonyms import Pseudonyms
from matchkit.tables.pair_table import read_table
from matchkit.tables.plans import plan_form, plan_frames, read_plan, write_plan

KEY = Pseudonyms(bytes(range(32)))


def sheet(path: Path, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python()


def test_a_workbook_opens_and_its_cells_are_those_of_the_tables(
    street: mk.Problem, plan: mk.Plan, tmp_path: Path
) -> None:
    write_plan(street, plan, tmp_path / "plan.xlsx", lang="zh", tz="Asia/Shanghai")
    for grid in plan_grids(street, plan, lang="zh", tz="Asia/Shanghai"):
        found = sheet(tmp_path / "plan.xlsx", grid.name)
        assert found == [
            ["" if cell is None else cell for cell in row] for row in grid.rows
        ], grid.name


def test_no_formula_is_in_a_workbook_of_hostile_names(
    street: mk.Problem, plan: mk.Plan, tmp_path: Path
) -> None:
    write_plan(street, plan, tmp_path / "plan.xlsx")
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as archive:
        parts = {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith(".xml")
        }
    assert any("虚构乙" in text for text in parts.values())
    assert [name for name, text in parts.items() if re.search(r"<f[ >/]", text)] == []
    assert [
        name
        for name, text in parts.items()
        if "<hyperlink" in text or "externalLink" in text
    ] == []


def test_a_folder_of_text_files_holds_a_file_a_table_and_neutral_cells(
    street: mk.Problem, plan: mk.Plan, tmp_path: Path
) -> None:
    write_plan(street, plan, tmp_path / "tables")
    assert {path.name for path in (tmp_path / "tables").iterdir()} == {
        f"{name}.csv" for name in SHEETS
    }
    text = (tmp_path / "tables" / "assignments.csv").read_text("utf-8-sig")
    assert "'=HYPERLINK(虚构乙" in text
    assert not re.search(r"(^|[,\"])[=+\-@]", text, re.MULTILINE)


def test_parquet_columns_have_types(
    street: mk.Problem, plan: mk.Plan, tmp_path: Path
) -> None:
    write_plan(street, plan, tmp_path / "tables", format="parquet")
    table = parquet.read_table(tmp_path / "tables" / "assignments.parquet")
    assert table.schema.field("quantity").type == pyarrow.int64()
    assert table.schema.field("resource").type in (
        pyarrow.string(),
        pyarrow.large_string(),
    )
    assert table.column("quantity").to_pylist() == [1, 1, 3]


FRAMES = {
    "pandas": pandas.DataFrame({"a": [1]}),
    "polars": polars.DataFrame({"a": [1]}),
    "arrow": pyarrow.table({"a": [1]}),
}


@pytest.mark.parametrize("like", FRAMES.values(), ids=FRAMES)
def test_the_same_kind_of_frame_comes_out_as_went_in(
    like: Any, street: mk.Problem, plan: mk.Plan
) -> None:
    found = plan_frames(street, plan, like, sheets=["assignments", "notice"])
    assert list(found) == ["assignments", "notice"]
    assert all(type(frame) is type(like) for frame in found.values())
    assert list(found["assignments"]["quantity"].to_numpy()) == [1, 1, 3]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ["table.xlsx", "tables"])
def test_the_bare_pairs_are_read_back_as_a_table_made_by_hand_and_pass_the_audit(
    name: str, lang: Any, street: mk.Problem, plan: mk.Plan, tmp_path: Path
) -> None:
    write_plan(
        street, plan, tmp_path / name, lang=lang, tz="Asia/Shanghai", sheets=["pairs"]
    )
    [path] = [path for path in tmp_path.rglob("*") if path.is_file()]
    rows = read_table(path)
    assert [(row["resource"], row["requirement"], row["quantity"]) for row in rows] == [
        ("anna", "nurse", 1),
        ("bert", "porter", 1),
        ("cars", "carts", 3),
    ]
    found = mk.audit(street, rows)
    assert found.line() == pinned.text("audit.line_optimal")


def test_json_is_written_as_before_and_read_back(plan: mk.Plan, tmp_path: Path) -> None:
    write_plan(None, plan, tmp_path / "plan.json")
    assert (tmp_path / "plan.json").read_bytes() == plan.to_json().encode()
    assert read_plan(tmp_path / "plan.json") == plan


def test_a_pseudonymous_plan_is_written_in_every_form(
    street: mk.Problem, plan: mk.Plan, tmp_path: Path
) -> None:
    for name, form in (
        ("plan.json", None),
        ("plan.xlsx", None),
        ("plan.graphml", None),
        ("text", "csv"),
        ("columns", "parquet"),
    ):
        write_plan(street, plan, tmp_path / name, format=form, pseudonyms=KEY)  # type: ignore[arg-type]
    token = KEY.token("resource", "anna")
    told = [
        (tmp_path / name).read_text("utf-8") for name in ("plan.json", "plan.graphml")
    ]
    told += [path.read_text("utf-8-sig") for path in (tmp_path / "text").iterdir()]
    told += [
        str(parquet.read_table(path).to_pylist())
        for path in (tmp_path / "columns").iterdir()
    ]
    told += [str(sheet(tmp_path / "plan.xlsx", name)) for name in SHEETS]
    assert sum(token in text for text in told) > 10
    for text in told:
        assert not any(
            name in text for name in ("anna", "bert", "dora", "机密", "不合")
        )


@pytest.mark.parametrize(
    ("name", "choice", "message"),
    [
        (
            "plan.xlsx",
            {},
            f"plan.xlsx: {pinned.text('file.needs_problem', form='xlsx')}.",
        ),
        ("plan.graphml", {}, f"{pinned.text('file.needs_problem.do')}."),
        (
            "tables",
            {},
            "tables: is to hold a plan as csv, which needs the problem as well",
        ),
        (
            "plan.xlxs",
            {},
            (
                "plan.xlxs: has an ending that stands for no form. Give a name that ends in one of "
                ".json, .xlsx, .graphml, or a"
            ),
        ),
        ("plan.csv", {}, f"plan.csv: {pinned.text('file.ending')}."),
        (
            "plan.json",
            {"format": "word"},
            pinned.line(
                "format",
                "argument.word",
                "argument.word.do",
                known=("json", "xlsx", "graphml", "csv", "parquet"),
            ),
        ),
        (
            "plan.json",
            {"format": "xlsx"},
            pinned.line(
                "plan.json",
                "file.other_form",
                "file.other_form.do",
                ending=".json",
                form="xlsx",
            ),
        ),
        (
            "plan.json",
            {"pseudonyms": KEY},
            pinned.line(
                "pseudonyms", "pseudonyms.no_problem", "pseudonyms.no_problem.do"
            ),
        ),
    ],
)
def test_a_place_that_fits_no_form_is_told_and_nothing_is_written(
    name: str, choice: dict[str, Any], message: str, plan: mk.Plan, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as caught:
        write_plan(None, plan, tmp_path / name, **choice)
    assert message in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_what_a_plan_from_outside_says_of_itself_is_bounded_and_stays_text(
    street: mk.Problem, plan: mk.Plan, tmp_path: Path
) -> None:
    """Nothing checks engine, reason, seed, versions, digest and how many were eligible; they must not break a
    table.
    """
    hostile = "=1+1\x00\x1b[31m\u202e" + "x" * 100_000
    said = {
        "engine": hostile,
        "reason": mk.results.StoredMessage(key="text", values=(("text", hostile),)),
        "seed": 10**19,
        "versions": ((hostile, hostile),) * 1_000,
        "digest": hostile,
    }
    lacks = tuple(
        lack.model_copy(update={"eligible": lack.eligible and 10**19})
        for lack in plan.shortfalls
    )
    told = plan.model_copy(
        update={"outcome": plan.outcome.model_copy(update=said), "shortfalls": lacks}
    )
    noted = street.model_copy(update={"note": f"{hostile[:50]}\nsecond line"})
    for name, form in (
        ("plan.xlsx", "xlsx"),
        ("text", "csv"),
        ("columns", "parquet"),
        ("plan.graphml", "graphml"),
    ):
        write_plan(noted, told, tmp_path / name, format=form)  # type: ignore[arg-type]
    cells = [
        cell
        for row in sheet(tmp_path / "plan.xlsx", "summary")
        for cell in row
        if isinstance(cell, str)
    ]
    assert len(cells) < 300 and max(map(len, cells)) < 2_000
    assert "=1+1\\x00\\x1b[31m\\u202e" in next(
        cell for cell in cells if cell.startswith("=1+1")
    )
    assert any(cell.endswith("\nsecond line") for cell in cells)


def test_files_and_frames_take_the_keywords_of_tables_by_name() -> None:
    def named(door: Callable[..., Any]) -> dict[str, Any]:
        parameters = inspect.signature(door).parameters.values()
        return {
            entry.name: entry.default
            for entry in parameters
            if entry.kind is inspect.Parameter.KEYWORD_ONLY
        }

    assert named(plan_frames) == named(plan_grids)
    assert named(plan_grids).items() <= named(write_plan).items()


def test_frames_are_of_the_choice_that_is_made(
    street: mk.Problem, plan: mk.Plan
) -> None:
    choice: dict[str, Any] = {
        "tz": "Asia/Shanghai",
        "explained": False,
        "pseudonyms": KEY,
        "unit": "U1",
        "sheets": ["assignments", "notice"],
    }
    found = plan_frames(street, plan, polars.DataFrame(), **choice)
    told = {grid.name: grid.rows[0] for grid in plan_grids(street, plan, **choice)}
    assert {name: frame.columns for name, frame in found.items()} == told


def test_the_form_can_be_asked_before_long_work(tmp_path: Path) -> None:
    assert [
        plan_form(tmp_path / name)
        for name in ("a.JSON", "a.xlsx", "a.graphml", "a", "")
    ] == [
        "json",
        "xlsx",
        "graphml",
        "csv",
        "csv",
    ]
    assert plan_form("a", "parquet") == "parquet"


def test_a_folder_that_cannot_be_made_is_told(
    street: mk.Problem, plan: mk.Plan, tmp_path: Path
) -> None:
    (tmp_path / "tables").write_text("in the way", "utf-8")
    with pytest.raises(StorageError):
        write_plan(street, plan, tmp_path / "tables")
    assert (tmp_path / "tables").read_text("utf-8") == "in the way"


def test_a_plan_that_cannot_be_made_into_tables_leaves_the_old_file(
    street: mk.Problem, plan: mk.Plan, tmp_path: Path
) -> None:
    write_plan(street, plan, tmp_path / "plan.xlsx")
    before = (tmp_path / "plan.xlsx").read_bytes()
    with pinned.raises(Exception, "fault.broken_plan"):
        write_plan(
            street,
            plan.model_copy(update={"assignments": plan.assignments * 2}),
            tmp_path / "plan.xlsx",
        )
    assert (tmp_path / "plan.xlsx").read_bytes() == before


def test_the_same_plan_gives_the_same_bytes(
    street: mk.Problem, plan: mk.Plan, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        write_plan(street, plan, tmp_path / f"{name}.xlsx")
        write_plan(street, plan, tmp_path / f"{name}.graphml")
    for suffix in (".xlsx", ".graphml"):
        assert (tmp_path / f"one{suffix}").read_bytes() == (
            tmp_path / f"two{suffix}"
        ).read_bytes()
