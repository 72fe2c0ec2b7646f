"""``matchkit simulate``: rounds of calls answered one by one, against hindsight, for a problem file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from matchkit.cli.exits import complain
from matchkit.cli.options import Json, Language, ProblemFile


def simulate(
    problem: ProblemFile,
    arrivals: Annotated[
        list[Path],
        typer.Option(
            metavar="FILE",
            help="A round's arrival model, .json; once for every round, in order.",
        ),
    ],
    seed: Annotated[int, typer.Option(min=0, help="Fixes all that is drawn.")] = 0,
    prices_from: Annotated[
        Literal["rates", "earlier rounds"],
        typer.Option(help="What futures are drawn from."),
    ] = "rates",
    lang: Language = "en",
    json: Json = False,
) -> None:
    """Simulate calls that come one by one: greedy answers and hold-backs, beside hindsight.

    What answers and prices took goes to standard error: all else is the same for the same seed.
    """
    from matchkit.model import Arrivals
    from matchkit.simulation.rounds import simulate as simulated
    from matchkit.tables.problems import read_problem
    from matchkit.tables.reading import read_bytes

    rounds = [Arrivals.from_json(read_bytes(path)) for path in arrivals]
    found = simulated(read_problem(problem), rounds, seed=seed, prices_from=prices_from)
    typer.echo(found.to_json() if json else found.text(lang) + "\n", nl=False)
    complain(found.measured(lang))
