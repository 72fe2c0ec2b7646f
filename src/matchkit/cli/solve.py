"""``matchkit solve``: from a problem file to a plan file."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

import typer


def _finite(value: float | None) -> float | None:
    if value is not None and not math.isfinite(value):
        raise typer.BadParameter("give a finite number")
    return value


def solve(
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM", help="The problem, a .json file.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Where to write the plan; an old one is replaced.")],
    time_limit: Annotated[float | None, typer.Option(min=0, callback=_finite, help="Most seconds; the best plan so far is kept.")] = None,
    gap: Annotated[float, typer.Option(min=0, max=1, callback=_finite, help="Stop when proven this close to the best, as in 0.01.")] = 0.0,
    engine: Annotated[str, typer.Option(help="Which engine solves; 'auto' picks one and says why.")] = "auto",
) -> None:
    """Find the best plan for a problem and write it with its proof."""
    from matchkit.cli.progress import Progress
    from matchkit.io import read, write_plan
    from matchkit.io.writing import check_writable
    from matchkit.solve import solve as solved

    check_writable(out)
    given = read(problem)
    with Progress() as progress:
        plan = solved(given, engine=engine, time_limit=time_limit, gap=gap, progress=progress)
    write_plan(plan, out)
    typer.echo(plan.summary())
