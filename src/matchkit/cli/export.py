"""``matchkit export``: a plan as tables, as a public notice, as a graph, or as a copy under tokens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from matchkit.cli.exits import tell_no_notice
from matchkit.cli.options import Language, OutputZone, ProblemFile
from matchkit.messages.message import text_of


def export(
    problem: ProblemFile,
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="Its plan, a .json file.")],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="A .xlsx, .graphml or .json file, or a folder.")
    ],
    format: Annotated[
        Literal["csv", "parquet"], typer.Option(help="The files of a folder.")
    ] = "csv",
    unit: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Only what this unit and those below it give."),
    ] = None,
    community: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Only what this community and those below it get."),
    ] = None,
    notice: Annotated[
        bool,
        typer.Option(
            "--notice", help="Only the public notice list, which holds no personal field."
        ),
    ] = False,
    key: Annotated[
        Path | None,
        typer.Option(
            help="A file with at least 16 secret bytes: resources get tokens, personal fields are left out."
        ),
    ] = None,
    zone: OutputZone = None,
    lang: Language = "en",
) -> None:
    """Write a plan as a workbook, a folder of tables or a graph, in English or Chinese."""
    from matchkit.tables.export.pseudonyms import Pseudonyms
    from matchkit.tables.plans import plan_form, read_plan, write_plan
    from matchkit.tables.problems import read_problem
    from matchkit.tables.reading import read_bytes

    found, given = plan_form(out), read_problem(problem).in_zone(zone)
    pseudonyms = None if key is None else Pseudonyms(read_bytes(key, key.suffix.lower()))
    write_plan(
        given,
        read_plan(plan),
        out,
        lang=lang,
        format=format if found == "csv" else None,
        pseudonyms=pseudonyms,
        unit=unit,
        community=community,
        sheets=["notice"] if notice else None,
    )
    if not notice:
        tell_no_notice(given, found, lang)
    typer.echo(text_of("command.wrote", lang, names=out.name))
