"""``matchkit read``: a problem file from untidy tables, with a list of all that was guessed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from matchkit.cli.exits import Exit, complain
from matchkit.cli.options import Language
from matchkit.errors import SHOWN
from matchkit.messages.message import Lang, text_of

if TYPE_CHECKING:
    from matchkit.errors import InputError


def read(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="SOURCE",
            help="A .xlsx, .csv, .parquet or .json file, or a folder of tables.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            help="Where to write the problem: .json, .xlsx or a folder. Without it, nowhere.",
        ),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            help="A .toml file that says what sheets, columns and values mean."
        ),
    ] = None,
    zone: Annotated[
        str | None,
        typer.Option(help="Whose clocks the hours are, as in Asia/Shanghai."),
    ] = None,
    first: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="The first day of weekly hours, as in 2026-05-01."
        ),
    ] = None,
    last: Annotated[
        str | None, typer.Option(metavar="DATE", help="The last day of weekly hours.")
    ] = None,
    day_first: Annotated[
        bool | None,
        typer.Option("--day-first/--month-first", help="How 03/04/2026 is meant."),
    ] = None,
    confirm: Annotated[
        bool,
        typer.Option(
            "--confirm",
            help="All that is listed has been looked at: write the problem.",
        ),
    ] = False,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help="List every fault and every finding, not the first few."
        ),
    ] = False,
    lang: Language = "en",
) -> None:
    """Read tables and list all that was guessed, looked odd or was left out; write the problem once that is
    confirmed.

    Without --confirm, tables with anything to confirm end with exit code 2 and nothing is written.
    """
    from matchkit.errors import BudgetError, InputError, StorageError
    from matchkit.tables.checks import check_input
    from matchkit.tables.findings import Findings
    from matchkit.tables.importer.reading import read_tables
    from matchkit.tables.problems import problem_form, read_problem, write_problem
    from matchkit.tables.writing import check_writable

    is_json = source.suffix.lower() == ".json"
    settings: dict[str, Any] = {
        "mapping": mapping,
        "tz": zone,
        "first": first,
        "last": last,
        "day_first": day_first,
    }
    if out is not None and problem_form(out) in ("json", "xlsx"):
        check_writable(out)
    try:
        # Of JSON nothing has to be confirmed.
        found = None if is_json else read_tables(source, **settings)
        problem = read_problem(source, **settings) if found is None else found.problem
    except (InputError, BudgetError, StorageError) as error:
        complain(
            _listed(error, lang, every)
            if isinstance(error, InputError)
            else error.text(lang)
        )
        raise typer.Exit(Exit.BAD_INPUT) from None
    # What says everything itself, JSON or tables of ours, was confirmed once; what is odd in it is only
    # shown.
    noted: Findings | None = found
    if found is None or not found.findings:
        checked = check_input(problem).as_notes()
        noted = checked if checked.findings else found
    if noted is not None:
        typer.echo(noted.text(lang, every))
    if found is not None and found.unconfirmed and not confirm:
        raise typer.Exit(Exit.BAD_INPUT)
    if out is not None:
        write_problem(problem, out, lang=lang)


def _listed(error: InputError, lang: Lang, every: bool) -> str:
    """The message, with the first complaints or with every one that is kept, and the number of those that are
    not.
    """
    if not every:
        hint = "\n  " + text_of("tables.list_all", lang)
        return error.text(lang) + (hint if len(error.complaints) > SHOWN else "")
    headline = error.headline.text(lang)
    more = [text_of("fault.more", lang, more=error.more)] if error.more else []
    return "\n  ".join(
        [headline, *(complaint.line(lang) for complaint in error.complaints), *more]
    )
