"""``matchkit template``: empty tables to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from matchkit.cli.options import Language
from matchkit.messages.message import text_of


def template(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="A folder for them; it is made where it is missing."
        ),
    ],
    lang: Language = "en",
    format: Annotated[
        Literal["xlsx", "csv"], typer.Option(help="One workbook, or a file for every table.")
    ] = "xlsx",
    examples: Annotated[
        bool, typer.Option("--examples", help="With an invented problem in them.")
    ] = False,
) -> None:
    """Write empty tables with notes on every column."""
    from matchkit.tables.templates import write_template

    for name in write_template(folder, lang=lang, format=format, examples=examples):
        typer.echo(text_of("command.wrote", lang, names=name))
