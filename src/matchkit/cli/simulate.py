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
            help="A round's stated arrival model, a .json file; once for every round, in their order.",
        ),
    ],
    seed: Annotated[int, typer.Option(min=0, help="Fixes all that is drawn.")] = 0,
    futures: Annotated[
        int,
        typer.Option(
            min=1, max=1000, help="How many sampled futures a price is the mean of."
        ),
    ] = 12,
    every: Annotated[
        int,
        typer.Option(
            min=1, max=1_000_000, help="After how many calls prices are made anew."
        ),
    ] = 16,
    prices_from: Annotated[
        Literal["rates", "earlier rounds"],
        typer.Option(
            help="What futures are drawn from: the round's rates, or rounds before it."
        ),
    ] = "rates",
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", help="Write it into this file, too; an old one is replaced."
        ),
    ] = None,
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
    from matchkit.tables.writing import check_writable, write_bytes

    if out is not None:
        check_writable(out)
    rounds = [Arrivals.from_json(read_bytes(path)) for path in arrivals]
    found = simulated(
        read_problem(problem),
        rounds,
        seed=seed,
        futures=futures,
        every=every,
        prices_from=prices_from,
    )
    text = found.to_json() if json else found.text(lang) + "\n"
    typer.echo(text, nl=False)
    complain(found.measured(lang))
    if out is not None:
        write_bytes(out, text.encode())
