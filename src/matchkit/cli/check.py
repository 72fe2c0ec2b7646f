"""``matchkit check``: does a plan keep every rule, and does its proof hold?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matchkit.cli.exits import Exit


def check(
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM", help="The problem, a .json file.")],
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="The plan, a .json file.")],
) -> None:
    """Check a plan against every rule of its problem, and its certificate against every eligible pair.

    Nothing of the solver takes part in this. Ends with exit code 1 where a rule is broken or the proof does not hold.
    """
    from matchkit.io import read, read_plan
    from matchkit.verify import check_certificate, verify

    given, answer = read(problem), read_plan(plan)
    rules = verify(given, answer)
    for violation in rules.violations:
        typer.echo(str(violation))
    typer.echo("rules: all kept" if rules.ok else f"rules: broken in {len(rules.violations):,} places")
    if not rules.ok:
        raise typer.Exit(Exit.BROKEN_PLAN)
    if answer.certificate is None:
        typer.echo("certificate: none; the plan keeps the rules, but nothing says how good it is")
        return
    proof = check_certificate(given, answer)
    for violation in proof.violations:
        typer.echo(str(violation))
    typer.echo("certificate: holds" if proof.ok else "certificate: does not hold")
    if not proof.ok:
        raise typer.Exit(Exit.BROKEN_PLAN)
