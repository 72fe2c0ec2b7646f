"""Plans as files: JSON, which is read back, and what people and other programs work with: tables and a
graph.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal, Unpack

from matchkit.errors import InputError
from matchkit.model import Problem
from matchkit.model.fault import no_language
from matchkit.plan import Plan
from matchkit.plan.arguments import no_plan, no_problem
from matchkit.tables.export.graph import plan_graphml
from matchkit.tables.export.grids import (
    PlanTableOptions,
    plan_grids,
    plan_tables,
    with_table_options,
)
from matchkit.tables.export.pseudonyms import no_pseudonyms, pseudonymize
from matchkit.tables.reading import read_bytes, refuse_file
from matchkit.tables.writing import form_of, write_bytes

PlanFormat = Literal["json", "xlsx", "csv", "parquet", "graphml"]
FILES: Final[Mapping[str, PlanFormat]] = {
    ".json": "json",
    ".xlsx": "xlsx",
    ".graphml": "graphml",
}
FOLDERS: Final[Sequence[PlanFormat]] = ("csv", "parquet")


def read_plan(path: str | os.PathLike[str]) -> Plan:
    """The plan in a .json file (UTF-8, at most 512 MB).

    Only its form is checked here; ``verify`` says whether it keeps the rules of its problem. Raises
    InputError, BudgetError for a file that is too large and StorageError for one that cannot be read.
    """
    return Plan.from_json(read_bytes(path))


def plan_form(
    path: str | os.PathLike[str],
    form: PlanFormat | None = None,
    *,
    problem: bool = True,
) -> PlanFormat:
    """In which form a plan is written to a path; ``problem`` says whether its problem is at hand. Ask before
    long work.

    Raises InputError where the name tells no form, or ``form`` does not fit it, or the form needs the
    problem.
    """
    found = form_of(path, form, FILES, FOLDERS)
    if found != "json" and not problem:
        refuse_file("needs_problem", Path(path), form=found)
    return found


@with_table_options
def write_plan(
    problem: Problem | None,
    plan: Plan,
    path: str | os.PathLike[str],
    *,
    format: PlanFormat | None = None,
    **options: Unpack[PlanTableOptions],
) -> None:
    """Write the plan to a .json, .xlsx or .graphml file, or to a folder of tables (``format`` "csv" or
    "parquet"); files whole or not at all.

    The name says which, unless ``format`` does; a folder is one of .csv. Only JSON needs no problem (None).
    What the tables hold, and what ``tz``, ``explained``, ``unit``, ``community`` and ``sheets`` choose,
    ``plan_grids`` says; a graph holds no personal field, is always whole and goes by ``tz`` too. With
    ``pseudonyms`` the copy that ``pseudonymize`` makes is written. A folder may hold no table of an earlier
    export that is not written now, unless ``sheets`` picks some.

    Raises StorageError where it cannot be written, InputError for a form, name or choice that is none,
    BrokenPlanError where tables or a graph are asked for and the plan breaks its problem.
    """
    pseudonyms = options.get("pseudonyms")
    _refuse_others(plan, problem, pseudonyms, options.get("lang", "en"))
    chosen = plan_form(path, format, problem=problem is not None)
    if problem is None:
        if pseudonyms is not None:
            raise InputError.of("pseudonyms", "pseudonyms.no_problem")
        write_bytes(path, plan.to_json().encode())  # plan_form lets pass nothing else
        return
    problem = problem.in_zone(options.get("tz"))
    if pseudonyms is not None and chosen in ("json", "graphml"):
        problem, plan = pseudonymize(problem, plan, pseudonyms)
    if chosen == "json":
        write_bytes(path, plan.to_json().encode())
    elif chosen == "graphml":
        write_bytes(path, plan_graphml(problem, plan))
    else:  # a workbook, or a folder
        from matchkit.tables.formats import write_grids

        others = plan_tables() if options.get("sheets") is None else ()
        write_grids(
            plan_grids(problem, plan, **options), path, form=chosen, others=others
        )


def _refuse_others(
    plan: object, problem: object, pseudonyms: object, lang: object
) -> None:
    wrong = no_plan(plan) + no_language(lang)
    wrong += [] if problem is None else no_problem(problem)
    wrong += [] if pseudonyms is None else no_pseudonyms(pseudonyms)
    InputError.raise_if(wrong)


@with_table_options
def plan_frames(
    problem: Problem,
    plan: Plan,
    like: Any,
    **options: Unpack[PlanTableOptions],
) -> dict[str, Any]:
    """The tables of ``plan_grids`` by name, as data frames of the kind of ``like``: pandas, polars or Arrow.

    Keywords are those of ``plan_grids``. Raises InputError where ``like`` is no data frame, and what
    ``plan_grids`` raises.
    """
    from matchkit.tables.formats import frames

    return frames(plan_grids(problem, plan, **options), like)
