"""``matchkit stable``: a plan that ranks choose, for a problem file."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from matchkit.cli.options import (
    Isolated,
    Language,
    OutputZone,
    PlanOut,
    ProblemFile,
    TimeLimit,
    chosen_by,
)
from matchkit.cli.solve import write_solved
from matchkit.messages.message import text_of

SHOWN = 20
"""So many blocking pairs are printed before the rest is counted."""


def stable(
    problem: ProblemFile,
    out: PlanOut,
    rule: Annotated[
        Literal["weak", "strong", "super", "dictatorship", "immediate", "trading"],
        typer.Option(
            help="Stability of a kind; or serial dictatorship, immediate acceptance, top trading cycles."
        ),
    ] = "weak",
    proposing: Annotated[
        Literal["resources", "requirements"],
        typer.Option(help="The side that proposes, or chooses."),
    ] = "resources",
    among: Annotated[
        Literal["proposers", "goals"],
        typer.Option(
            help="Of several stable plans: the one best for those who propose, or the best by the goals."
        ),
    ] = "proposers",
    seed: Annotated[
        int, typer.Option(min=0, help="Fixes the public order that breaks ties.")
    ] = 0,
    time_limit: TimeLimit = None,
    engine: Annotated[
        str, typer.Option(help="Which engine searches, where a search is needed.")
    ] = "auto",
    zone: OutputZone = None,
    lang: Language = "en",
    isolated: Isolated = True,
) -> None:
    """Let the ranks of both sides choose a plan, and write it with the pairs that block it, if any.

    Ranks and nominations are those of the problem. ``matchkit compare`` shows what stability costs beside the
    plan of ``matchkit solve``.
    """
    plan = write_solved(
        problem,
        out,
        lambda given: chosen_by(given, rule, proposing, among),
        zone,
        lang,
        engine=engine,
        time_limit=time_limit,
        isolated=isolated,
        seed=seed,
    )
    chosen = plan.outcome.chosen
    pairs = () if chosen is None else chosen.pairs[:SHOWN]
    for pair in pairs:
        values = {"resource": pair.resource, "requirement": pair.requirement}
        row = text_of("comparison.pair", lang, **values)
        typer.echo(text_of("comparison.row", lang, text=row))
    if chosen is not None and chosen.blocking > len(pairs):
        left = chosen.blocking - len(pairs)
        typer.echo(text_of("comparison.more", lang, count=left))
