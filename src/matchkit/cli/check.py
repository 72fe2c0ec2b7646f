"""``matchkit check``: does a plan keep every rule, and does its proof hold?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matchkit.cli.exits import Exit
from matchkit.cli.options import Language, ProblemFile


def check(
    problem: ProblemFile,
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="The plan, a .json file.")],
    lang: Language = "en",
) -> None:
    """Check a plan against every rule of its problem, and its certificate against every eligible pair.

    Nothing of the solver takes part in this. Ends with exit code 1 where a rule is broken or the proof does
    not hold.
    """
    from matchkit.messages.message import text_of
    from matchkit.tables.plans import read_plan
    from matchkit.tables.problems import read_problem
    from matchkit.verification.checks import check_certificate, verify

    given, answer = read_problem(problem), read_plan(plan)
    found = verify(given, answer).violations
    proof = (
        check_certificate(given, answer).violations if answer.certificate is not None else ()
    )
    broken = [
        violation for violation in found if violation not in proof
    ]  # verify looks at part of the proof too
    for violation in (*broken, *proof):
        typer.echo(violation.line(lang))
    typer.echo(
        text_of(
            "command.check.broken" if broken else "command.check.kept", lang, count=len(broken)
        )
    )
    if answer.certificate is None:
        typer.echo(text_of("command.check.no_certificate", lang))
    else:
        typer.echo(text_of("command.check.refuted" if proof else "command.check.holds", lang))
    if broken or proof:
        raise typer.Exit(Exit.BROKEN_PLAN)
