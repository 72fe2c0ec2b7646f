"""``matchkit what-if``: what a list of changes would bring."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matchkit.cli.options import Language, ProblemFile, finite


def what_if(
    problem: ProblemFile,
    changes: Annotated[
        Path, typer.Argument(metavar="CHANGES", help="A .json file with a list of changes.")
    ],
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan", metavar="PLAN", help="The best plan of the problem, if solved before."
        ),
    ] = None,
    time_limit: Annotated[
        float | None, typer.Option(min=0, callback=finite, help="Most seconds for each solve.")
    ] = None,
    lang: Language = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Solve the problem with and without CHANGES and say what they would bring.

    CHANGES lists records such as {"change": "set_capacity", "resource": "R1", "capacity": 2}. Where a plan is
    not proven optimal, differences are ranges.
    """
    from matchkit.answers.changes import changes_from_json
    from matchkit.cli.progress import Progress
    from matchkit.explain.what_if import what_if as asked
    from matchkit.tables.plans import read_plan
    from matchkit.tables.problems import read_problem
    from matchkit.tables.reading import read_bytes

    listed, given = changes_from_json(read_bytes(changes)), read_problem(problem)
    before = None if plan is None else read_plan(plan)
    with Progress(lang) as progress:
        found = asked(given, before, listed, time_limit=time_limit, progress=progress)
    typer.echo(found.to_json() if as_json else found.text(lang), nl=not as_json)
