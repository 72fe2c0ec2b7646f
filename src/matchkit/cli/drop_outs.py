"""``matchkit invitations`` and ``backups``: how many to invite, who stands by, and what losses would do."""

from __future__ import annotations

from typing import Annotated

import typer

from matchkit.cli.options import Json, Language, PlanFile, ProblemFile, finite


def invitations(
    wanted: Annotated[int, typer.Argument(metavar="WANTED", help="How many come.")],
    accepts: Annotated[
        str, typer.Option(help="The chance that somebody says yes, as in 0.9251.")
    ] = "1",
    no_show: Annotated[
        str, typer.Option(help="The chance that somebody who said yes stays away.")
    ] = "0",
    assurance: Annotated[
        str, typer.Option(help="The chance asked for that enough come.")
    ] = "0.95",
    lang: Language = "en",
    json: Json = False,
) -> None:
    """Say how many to invite so that at least WANTED come, exactly."""
    from matchkit.explain.drop_outs.invited import invitations as asked

    found = asked(wanted, accepts=accepts, no_show=no_show, assurance=assurance)
    typer.echo(found.to_json() if json else found.text(lang), nl=not json)


def backups(
    problem: ProblemFile,
    plan: PlanFile,
    demand: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Of this demand only; may be given again."),
    ] = None,
    each: Annotated[
        int | None,
        typer.Option(help="So many for a requirement, not as many as serve it."),
    ] = None,
    losses: Annotated[
        int,
        typer.Option(min=0, help="Say of so many of the worst losses what follows."),
    ] = 0,
    time_limit: Annotated[
        float | None,
        typer.Option(min=0, callback=finite, help="Most seconds for each answer."),
    ] = None,
    lang: Language = "en",
    json: Json = False,
) -> None:
    """Name who stands by for whom in PLAN, so that any losses are made good legally."""
    from matchkit.explain.drop_outs.lost import losses as lost
    from matchkit.explain.drop_outs.standing_by import backups as named
    from matchkit.tables.plans import read_plan
    from matchkit.tables.problems import read_problem

    given, answer = read_problem(problem), read_plan(plan)
    found = named(given, answer, demand, each=each, time_limit=time_limit)
    typer.echo(found.to_json() if json else found.text(lang), nl=not json)
    if losses:
        worst = lost(given, answer, backups=found, top=losses, time_limit=time_limit)
        typer.echo(worst.to_json() if json else worst.text(lang), nl=not json)
