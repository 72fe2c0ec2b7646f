"""``matchkit why-not``: every rule that keeps a resource from a requirement."""

from __future__ import annotations

from typing import Annotated

import typer

from matchkit.cli.options import Language, ProblemFile


def why_not(
    problem: ProblemFile,
    resource: Annotated[str, typer.Argument(metavar="RESOURCE", help="The id of a resource.")],
    requirement: Annotated[
        str, typer.Argument(metavar="REQUIREMENT", help="The id of a requirement.")
    ],
    lang: Language = "en",
) -> None:
    """List every rule that this pair fails, with the values compared."""
    from matchkit.compile.why_not import why_ineligible
    from matchkit.messages.message import text_of
    from matchkit.tables.problems import read_problem

    reasons = why_ineligible(read_problem(problem), resource, requirement)
    for reason in reasons:
        typer.echo(reason.line(lang))
    if not reasons:
        typer.echo(text_of("eligible", lang))
