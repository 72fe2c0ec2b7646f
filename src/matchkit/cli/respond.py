"""``matchkit respond``: what becomes of calls that are answered by level, beside a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matchkit.cli.options import (
    Json,
    Language,
    PlanFile,
    ProblemFile,
    TimeLimit,
    moment,
)


def respond(
    problem: ProblemFile,
    plan: PlanFile,
    calls: Annotated[
        Path,
        typer.Argument(
            metavar="CALLS",
            help='A .json file, as {"calls": [...], "areas": {unit: community}}.',
        ),
    ],
    until: Annotated[
        str | None,
        typer.Option(metavar="MOMENT", help="Leave out what happens later."),
    ] = None,
    time_limit: TimeLimit = None,
    lang: Language = "en",
    json: Json = False,
) -> None:
    """Say of every call who leads, who is asked and comes, and why its pool widened."""
    from matchkit.answers.calls import CallList
    from matchkit.explain.drop_outs.answered import respond as answered
    from matchkit.tables.plans import read_plan
    from matchkit.tables.problems import read_problem
    from matchkit.tables.reading import read_bytes

    listed = CallList.from_json(read_bytes(calls))
    found = answered(
        read_problem(problem),
        read_plan(plan),
        listed.calls,
        areas=listed.areas,
        until=moment(until, "--until"),
        time_limit=time_limit,
    )
    typer.echo(found.to_json() if json else found.text(lang), nl=not json)
