"""``matchkit report``: one page that shows a problem and its plan, and its charts as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from matchkit.cli.options import Language, OutputZone, ProblemFile, finite
from matchkit.messages.message import Message


def report(
    problem: ProblemFile,
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="Its plan, a .json file.")],
    out: Annotated[
        Path,
        typer.Option("-o", "--out", help="The page, a .html file; an old one is replaced."),
    ],
    pictures: Annotated[
        Path | None, typer.Option(help="A folder for the charts as files of their own.")
    ] = None,
    format: Annotated[
        Literal["png", "svg"], typer.Option(help="What the pictures are.")
    ] = "png",
    zone: OutputZone = None,
    names: Annotated[
        bool,
        typer.Option(
            "--names", help="Show resources' names: personal data, as the page then says."
        ),
    ] = False,
    repairs: Annotated[
        int,
        typer.Option(
            min=0,
            max=20,
            help="For so many demands, look for the cheapest changes that fill them.",
        ),
    ] = 3,
    time_limit: Annotated[
        float, typer.Option(min=0, callback=finite, help="Most seconds for these.")
    ] = 10.0,
    lang: Language = "en",
) -> None:
    """Write a page with charts, tables, shortages and the proof of a plan: one file that needs no network."""
    from matchkit.reporting.report import report as written
    from matchkit.reporting.report import write_pictures as drawn
    from matchkit.tables.plans import read_plan
    from matchkit.tables.problems import read_problem
    from matchkit.tables.writing import check_writable

    check_writable(out)
    given, answer = read_problem(problem), read_plan(plan)
    written(
        given,
        answer,
        out,
        lang=lang,
        tz=zone,
        names=names,
        repairs=repairs,
        time_limit=time_limit,
    )
    typer.echo(Message.of("command.wrote", names=out.name).text(lang))
    if pictures is not None:
        made = drawn(given, answer, pictures, lang=lang, format=format, tz=zone)
        typer.echo(Message.of("command.wrote", names=tuple(made)).text(lang))
