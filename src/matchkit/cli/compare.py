"""``matchkit compare`` and ``what-if``: the differences of two plans, and the effect of a list of changes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matchkit.cli.options import Json, Language, ProblemFile, finite


def compare(
    problem: ProblemFile,
    before: Annotated[
        Path, typer.Argument(metavar="PLAN_A", help="The plan before, a .json file.")
    ],
    after: Annotated[
        Path, typer.Argument(metavar="PLAN_B", help="The plan after, a .json file.")
    ],
    lang: Language = "en",
    json: Json = False,
) -> None:
    """Say what changed from PLAN_A to PLAN_B: goals, weight term by term, tiers, pairs, and who gains and who
    loses.

    Both are plans of the same problem. Their numbers are not checked; ``matchkit check`` does that.
    """
    from matchkit.explain.compare import compare as compared
    from matchkit.tables.plans import read_plan
    from matchkit.tables.problems import read_problem

    found = compared(read_problem(problem), read_plan(before), read_plan(after))
    typer.echo(found.to_json() if json else found.text(lang), nl=not json)


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
    json: Json = False,
) -> None:
    """Solve the problem with and without CHANGES and say what they would bring.

    CHANGES lists records such as {"change": "set_capacity", "resource": "R1", "capacity": 2}. Where a plan is
    not proven optimal, differences are ranges.
    """
    from matchkit.answers.changes import changes_from_json
    from matchkit.cli.progress import ProgressDisplay
    from matchkit.explain.what_if import what_if as asked
    from matchkit.tables.plans import read_plan
    from matchkit.tables.problems import read_problem
    from matchkit.tables.reading import read_bytes

    listed, given = changes_from_json(read_bytes(changes)), read_problem(problem)
    before = None if plan is None else read_plan(plan)
    with ProgressDisplay(lang) as progress:
        found = asked(given, before, listed, time_limit=time_limit, progress=progress)
    typer.echo(found.to_json() if json else found.text(lang), nl=not json)
