"""``matchkit compare``: what changed from one plan of a problem to another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matchkit.cli.options import Language, ProblemFile


def compare(
    problem: ProblemFile,
    before: Annotated[
        Path, typer.Argument(metavar="PLAN_A", help="The plan before, a .json file.")
    ],
    after: Annotated[
        Path, typer.Argument(metavar="PLAN_B", help="The plan after, a .json file.")
    ],
    lang: Language = "en",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the comparison as JSON.")
    ] = False,
) -> None:
    """Say what changed from PLAN_A to PLAN_B: goals, weight term by term, tiers, pairs, and who gains and who
    loses.

    Both are plans of the same problem. Their numbers are taken as they say; ``matchkit check`` tells whether
    they are right.
    """
    from matchkit.explain.compare import compare as compared
    from matchkit.tables.plans import read_plan
    from matchkit.tables.problems import read_problem

    found = compared(read_problem(problem), read_plan(before), read_plan(after))
    typer.echo(found.to_json() if as_json else found.text(lang), nl=not as_json)
