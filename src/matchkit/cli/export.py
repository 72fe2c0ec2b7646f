"""``matchkit export`` and ``report``: a plan as tables, notice, graph, pseudonymous copy, or HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from matchkit.cli.exits import complain
from matchkit.cli.options import (
    Language,
    OutputZone,
    PlanFile,
    ProblemFile,
    finite,
    read_both,
)
from matchkit.messages.message import SOURCE, Lang, text_of

if TYPE_CHECKING:
    from matchkit.model import Problem


def export(
    problem: ProblemFile,
    plan: PlanFile,
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", help="A .xlsx, .graphml or .json file, or a folder."
        ),
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
        typer.Option(
            metavar="ID", help="Only what this community and those below it get."
        ),
    ] = None,
    notice: Annotated[
        bool,
        typer.Option(
            "--notice",
            help="Only the public notice list, which holds no personal field.",
        ),
    ] = False,
    history: Annotated[
        bool,
        typer.Option(
            "--history",
            help="Only the table history: what this and earlier rounds gave, for the next one.",
        ),
    ] = False,
    key: Annotated[
        Path | None,
        typer.Option(
            help="A file with at least 16 secret bytes: resources get tokens, personal fields are left out."
        ),
    ] = None,
    lottery: Annotated[
        Path | None,
        typer.Option(
            help="The published lottery it was drawn from: the notice has odds and result."
        ),
    ] = None,
    zone: OutputZone = None,
    lang: Language = "en",
) -> None:
    """Write a plan as a workbook, a folder of tables or a graph, in English or Chinese."""
    from matchkit.tables.export.pseudonyms import Pseudonyms
    from matchkit.tables.plans import plan_form, write_plan
    from matchkit.tables.reading import lottery_text, read_bytes

    form = plan_form(out)
    only = [name for name, asked in (("notice", notice), ("history", history)) if asked]
    given, answer = read_both(problem, plan, lang, zone)
    pseudonyms = (
        None if key is None else Pseudonyms(read_bytes(key, key.suffix.lower()))
    )
    write_plan(
        given,
        answer,
        out,
        lang=lang,
        format=format if form == "csv" else None,
        pseudonyms=pseudonyms,
        unit=unit,
        community=community,
        sheets=only or None,
        lottery=None if lottery is None else lottery_text(lottery),
    )
    if not only:
        warn_without_notice(given, form, lang)
    typer.echo(text_of("command.wrote", lang, names=out.name))


def report(
    problem: ProblemFile,
    plan: PlanFile,
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", help="The page, a .html file; an old one is replaced."
        ),
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
            "--names",
            help="Show resources' names: personal data, as the page then says.",
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
    before: Annotated[
        Path | None,
        typer.Option(help="A plan before: the page says what changed, and why."),
    ] = None,
    problem_before: Annotated[
        Path | None,
        typer.Option(help="The problem of that plan, where it is another."),
    ] = None,
    lang: Language = "en",
) -> None:
    """Write a page with charts, tables, shortages and the proof of a plan: one file that needs no network."""
    from matchkit.explain.compare import compare
    from matchkit.reporting.report import report as written
    from matchkit.reporting.report import write_pictures as drawn
    from matchkit.tables.writing import check_writable

    check_writable(out)
    given, answer = read_both(problem, plan, lang)
    compared = None
    if before is not None:
        old, other = read_both(problem_before or problem, before, lang)
        compared = compare(old, other, answer, problem_after=given, causes=True)
    written(
        given,
        answer,
        out,
        lang=lang,
        tz=zone,
        names=names,
        repairs=repairs,
        time_limit=time_limit,
        compared=compared,
    )
    typer.echo(text_of("command.wrote", lang, names=out.name))
    if pictures is not None:
        made = drawn(given, answer, pictures, lang=lang, format=format, tz=zone)
        typer.echo(text_of("command.wrote", lang, names=tuple(made)))


def warn_without_notice(problem: Problem, form: str, lang: Lang = SOURCE) -> None:
    """Say on stderr that tables of a plan have no notice sheet, where no zone is chosen for its times."""
    from matchkit.tables.export.listing import lacks_zone

    if form in ("xlsx", "csv", "parquet") and lacks_zone(problem):
        complain(text_of("ledger.no_notice", lang))
