"""What names a person reaches neither the notice list nor a graph, a pseudonymous copy, an error or a log."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import matchkit as mk
from matchkit.errors import MatchkitError
from matchkit.model.personal import personal_fields
from matchkit.tables.export.graph import plan_graphml
from matchkit.tables.export.grids import notice_grid, plan_grids
from matchkit.tables.export.pseudonyms import Pseudonyms, pseudonymize
from matchkit.tables.plans import write_plan

KEY = Pseudonyms(bytes(range(32)))
SECRET = ("机密", "HYPERLINK", "script", "+86")
"""Each stands in a personal field of the street and nowhere else."""


def test_every_personal_field_of_the_street_is_filled(street: mk.Problem) -> None:
    """Or the tests of this page would show nothing."""
    for kind, records in ((mk.Resource, street.resources), (mk.Demand, street.demands)):
        assert all(
            any(getattr(record, name) for record in records)
            for name in personal_fields(kind)
        )


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "choice",
    [{}, {"pseudonyms": KEY}, {"community": "K2"}, {"tz": "Asia/Shanghai"}],
    ids=str,
)
def test_the_notice_list_names_nobody(
    lang: Any, choice: dict[str, Any], street: mk.Problem, plan: mk.Plan
) -> None:
    rows = notice_grid(street, plan, lang=lang, **choice).rows
    assert len(rows) > 2
    assert [word for word in SECRET if word in str(rows)] == []


def test_the_notice_list_of_a_whole_workbook_names_nobody_while_those_who_work_see_names(
    street: mk.Problem, plan: mk.Plan
) -> None:
    grids = {grid.name: str(grid.rows) for grid in plan_grids(street, plan)}
    assert "机密" in grids["projects"] and "机密" in grids["assignments"]
    for name in ("notice", "shortfalls", "summary", "goals", "payments"):
        assert "机密" not in grids[name]


def test_graph_and_pseudonymous_copy_name_nobody(
    street: mk.Problem, plan: mk.Plan
) -> None:
    hidden, shown = pseudonymize(street, plan, KEY)
    for text in (
        plan_graphml(street, plan).decode(),
        hidden.model_dump_json(),
        shown.to_json(),
        repr(hidden),
    ):
        assert [word for word in SECRET if word in text] == []


FAULTY: dict[str, Callable[[mk.Problem, mk.Plan, Path], object]] = {
    "a broken plan": lambda problem, plan, _: plan_grids(
        problem, plan.model_copy(update={"assignments": plan.assignments * 2})
    ),
    "another problem": lambda _, plan, __: plan_grids(mk.datasets.city("street"), plan),
    "a broken copy": lambda problem, plan, _: pseudonymize(
        problem, plan.model_copy(update={"assignments": ()}), KEY
    ),
    "no zone": lambda problem, plan, _: plan_grids(problem, plan, tz="机密/外"),
    "no unit": lambda problem, plan, _: plan_grids(problem, plan, unit="U9"),
    "no folder": lambda problem, plan, folder: write_plan(
        problem, plan, folder / "missing" / "plan.xlsx"
    ),
    "no form": lambda problem, plan, folder: write_plan(
        problem, plan, folder / "plan.doc"
    ),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_no_error_names_anybody(
    fault: str, street: mk.Problem, plan: mk.Plan, tmp_path: Path
) -> None:
    with pytest.raises(MatchkitError) as caught:
        FAULTY[fault](street, plan, tmp_path)
    told = "".join(traceback.format_exception(caught.value))
    assert [word for word in SECRET if word in told.split("matchkit.errors.")[-1]] == []


def test_nothing_is_logged_or_printed(
    street: mk.Problem,
    plan: mk.Plan,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with caplog.at_level(logging.DEBUG):
        for name in ("plan.xlsx", "plan.graphml", "plan.json", "tables"):
            write_plan(street, plan, tmp_path / name)
        write_plan(street, plan, tmp_path / "columns", format="parquet", pseudonyms=KEY)
    assert [
        record
        for record in caplog.records
        if any(word in record.getMessage() for word in SECRET)
    ] == []
    assert capsys.readouterr() == ("", "")
