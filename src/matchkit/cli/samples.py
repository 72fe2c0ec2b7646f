"""``matchkit demo``, ``template`` and ``schema``: a generated city, empty tables, and the JSON Schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from matchkit.cli.options import Language
from matchkit.messages.message import Message, text_of


def demo(
    scale: Annotated[
        Literal["street", "district", "city"],
        typer.Option(
            help="About 300 people by 60 units, 2,985 by 773, or 14,000 by 2,791."
        ),
    ] = "street",
    seed: Annotated[
        int, typer.Option(min=0, help="Another number gives another city.")
    ] = 0,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Write problem.json and plan.json into this folder; without it nothing is written."
        ),
    ] = None,
    lang: Language = "en",
) -> None:
    """Generate an invented city, solve it, and say what is filled, what is missing and how that is proved."""
    from matchkit.cli.progress import ProgressDisplay
    from matchkit.datasets import city
    from matchkit.solving.solve import solve
    from matchkit.tables.plans import write_plan
    from matchkit.tables.problems import write_problem
    from matchkit.tables.writing import make_folder

    problem = city(scale, seed)
    wanted = sum(
        requirement.wanted
        for demand in problem.demands
        for requirement in demand.requirements
    )
    made = text_of(
        "command.demo.made",
        lang,
        scale=Message(f"command.demo.scale.{scale}"),
        seed=seed,
        resources=len(problem.resources),
        units=len(problem.units),
        demands=len(problem.demands),
        communities=len(problem.communities),
        wanted=wanted,
    )
    typer.echo(made)
    with ProgressDisplay(lang) as progress:
        plan = solve(problem, progress=progress)
    typer.echo(plan.summary(lang))
    if out is not None:
        make_folder(out)
        write_problem(problem, out / "problem.json")
        write_plan(problem, plan, out / "plan.json")
        typer.echo(
            text_of("command.wrote_both", lang, one="problem.json", other="plan.json")
        )


def template(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="A folder for them; it is made where it is missing."
        ),
    ],
    lang: Language = "en",
    format: Annotated[
        Literal["xlsx", "csv"],
        typer.Option(help="One workbook, or a file for every table."),
    ] = "xlsx",
    examples: Annotated[
        bool, typer.Option("--examples", help="With an invented problem in them.")
    ] = False,
) -> None:
    """Write empty tables with notes on every column."""
    from matchkit.tables.problems import write_template

    for name in write_template(folder, lang=lang, format=format, examples=examples):
        typer.echo(text_of("command.wrote", lang, names=name))


def schema(
    what: Annotated[
        Literal["problem", "plan", "lottery"],
        typer.Argument(
            metavar="[problem|plan|lottery]", help="Which file to describe."
        ),
    ] = "problem",
) -> None:
    """Print the published JSON Schema of a problem, plan or lottery file."""
    from matchkit.tables.published import schema as published
    from matchkit.tables.published import schema_text

    typer.echo(schema_text(published(what)), nl=False)
