"""Problems in and out: JSON files, spreadsheets, folders of tables, data frames; empty tables to fill in."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from matchkit.errors import Complaint, InputError, UnconfirmedError
from matchkit.messages.message import Lang, Message, Unshortened, text_of
from matchkit.model import Problem
from matchkit.model.fault import (
    no_language,
    not_among,
    path_of,
)
from matchkit.plan.arguments import no_problem
from matchkit.tables.formats import frames, write_grids
from matchkit.tables.formats.faults import FileFaults
from matchkit.tables.importer.reading import read_tables
from matchkit.tables.importer.templates import template_grids
from matchkit.tables.importer.writing import problem_grids
from matchkit.tables.reading import read_bytes, refuse_file
from matchkit.tables.writing import form_of, make_folder, write_bytes

ProblemFormat = Literal["json", "xlsx", "csv", "parquet"]
FILES: Final[Mapping[str, ProblemFormat]] = {".json": "json", ".xlsx": "xlsx"}
FOLDERS: Final[Sequence[ProblemFormat]] = ("csv", "parquet")


def read_problem(
    source: str | os.PathLike[str] | Mapping[str, Any],
    *,
    mapping: str | os.PathLike[str] | Mapping[str, Any] | None = None,
    tz: str | None = None,
    first: date | str | None = None,
    last: date | str | None = None,
    day_first: bool | None = None,
    confirm: bool = False,
) -> Problem:
    """The problem in a file (.json, .xlsx, .csv or .parquet), a folder of tables, or data frames by the names
    of their tables.

    docs/tables.md says which tables and columns there are, and what ``mapping``, ``tz``, ``first``,
    ``last`` and ``day_first`` do; a .json file says everything itself and takes only ``tz``, which goes
    before the zone it names. Tables that people keep are not always plain. What is read in one way of
    several, looks odd or is left out because its name is not known would change the plan without a word, so
    ``read_problem`` refuses the tables and lists it, until somebody has looked: ``confirm`` lets it pass.
    ``read_tables`` returns the problem together with all that was found.

    Raises InputError, which lists every fault (of .json by record and field, of tables by file, sheet, row
    and column), or else UnconfirmedError with everything to confirm, BudgetError for what is too large and
    StorageError for what cannot be read.
    """
    if isinstance(source, str | os.PathLike) and Path(source).suffix.lower() == ".json":
        asked = {
            "mapping": mapping,
            "first": first,
            "last": last,
            "day_first": day_first,
        }
        if without := [name for name, value in asked.items() if value is not None]:
            refuse_file("says_all", Path(source), names=Unshortened(without))
        return Problem.from_json(read_bytes(source)).in_zone(tz)
    found = read_tables(
        source, mapping=mapping, tz=tz, first=first, last=last, day_first=day_first
    )
    if found.unconfirmed and not confirm:
        advice = Message("tables.confirm")
        listed = [Complaint(one.where, one.fact, advice) for one in found.guesses]
        raise UnconfirmedError(listed, found.unconfirmed - len(listed))
    return found.problem


def problem_form(
    path: str | os.PathLike[str], form: ProblemFormat | None = None
) -> ProblemFormat:
    """In which form a problem is written to a path. Ask before long work.

    Raises InputError where the name tells no form, or ``form`` does not fit it.
    """
    return form_of(path, form, FILES, FOLDERS)


def write_problem(
    problem: Problem,
    path: str | os.PathLike[str],
    *,
    lang: Lang = "en",
    format: ProblemFormat | None = None,
) -> None:
    """Write the problem to a .json or .xlsx file, or to a folder with a .csv file for every table (``format``
    "parquet": a .parquet file).

    The name says which, unless ``format`` does: an existing folder, or a name without an ending, is a folder.
    Tables have their names and headers in ``lang``; ``read_problem`` of the result gives an equal problem. A
    file is written whole or not at all. A folder gets a file for every table there is, so that nothing of a
    problem that was there before remains, and no file is deleted.

    Raises InputError for a name, form or language that is none, where one does not fit the other, and where
    other tables lie in the folder, as of another language or form: they would be read along. StorageError
    where it cannot be written.
    """
    _refuse_others(problem, lang)
    chosen = problem_form(path, format)
    if chosen == "json":
        write_bytes(path, problem.to_json().encode())
    else:
        grids = problem_grids(problem, lang, whole=chosen in FOLDERS)
        write_grids(grids, path, chosen, alone=True)


def problem_frames(problem: Problem, like: Any, *, lang: Lang = "en") -> dict[str, Any]:
    """The tables of the problem as data frames by their names, as ``Problem.to_frames`` gives them.

    ``read_problem`` of the result gives an equal problem. Raises InputError where ``like`` is no frame, and
    for an unknown language.
    """
    _refuse_others(problem, lang)
    return frames(problem_grids(problem, lang), like)


def write_template(
    folder: str | os.PathLike[str],
    *,
    lang: Lang = "en",
    format: Literal["xlsx", "csv"] = "xlsx",
    examples: bool = False,
) -> list[str]:
    """Write the empty tables into a folder, which is made where it is missing; the names of the files
    written.

    ``format`` "xlsx" is one workbook, "csv" a file a table; either begins with notes on every column. With
    ``examples`` the tables hold an invented problem, which can be read and solved. Raises InputError for an
    unknown language or form, and where one of the files is there already, as it may be filled in; and
    StorageError.
    """
    folder = path_of(folder)
    InputError.raise_if(
        not_among("format", format, ("xlsx", "csv")) + no_language(lang)
    )
    grids = template_grids(lang, examples=examples)
    names = (
        [text_of("template.file", lang)]
        if format == "xlsx"
        else [f"{grid.name}.csv" for grid in grids]
    )
    faults = FileFaults()
    for name in names:
        if os.path.lexists(folder / name):
            faults.add("filled", name)
    faults.raise_if_any()
    make_folder(folder)
    write_grids(grids, folder / names[0] if format == "xlsx" else folder, format)
    return names


def _refuse_others(problem: object, lang: object) -> None:
    InputError.raise_if(no_problem(problem) + no_language(lang))
