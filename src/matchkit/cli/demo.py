"""``matchkit demo``: a generated city, from its lists to the plan and its proof."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from matchkit.cli.options import Language


def demo(
    scale: Annotated[
        Literal["street", "district", "city"],
        typer.Option(help="About 300 people by 60 units, 2,985 by 773, or 14,000 by 2,791."),
    ] = "street",
    seed: Annotated[int, typer.Option(min=0, help="Another number gives another city.")] = 0,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Write problem.json and plan.json into this folder; without it nothing is written."
        ),
    ] = None,
    lang: Language = "en",
) -> None:
    """Generate an invented city, solve it, and say what is filled, what is missing and how that is proved."""
    from matchkit.cli.progress import Progress
    from matchkit.datasets import city
    from matchkit.messages.message import Message, text_of
    from matchkit.solving.solve import solve
    from matchkit.tables.plans import write_plan
    from matchkit.tables.problems import write_problem
    from matchkit.tables.writing import make_folder

    problem = city(scale, seed)
    wanted = sum(
        requirement.wanted for demand in problem.demands for requirement in demand.requirements
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
    with Progress(lang) as progress:
        plan = solve(problem, progress=progress)
    typer.echo(plan.summary(lang))
    if out is not None:
        make_folder(out)
        write_problem(problem, out / "problem.json")
        write_plan(problem, plan, out / "plan.json")
        typer.echo(text_of("command.wrote_both", lang, one="problem.json", other="plan.json"))
