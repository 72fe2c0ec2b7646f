"""``matchkit recommend``: the best people for a demand, or places for a resource, with what each brings."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from matchkit.cli.options import Json, Language, PlanFile, ProblemFile, read_both
from matchkit.messages.message import text_of


def recommend(
    problem: ProblemFile,
    plan: PlanFile,
    demand: Annotated[
        str | None,
        typer.Option(metavar="ID", help="For every requirement of this demand."),
    ] = None,
    resource: Annotated[
        str | None, typer.Option(metavar="ID", help="For this resource.")
    ] = None,
    count: Annotated[
        int, typer.Option("-k", "--count", min=1, max=1_000, help="At most so many.")
    ] = 10,
    movers: Annotated[
        Literal["all", "one", "free"],
        typer.Option(
            help="Who else may move: all that it takes, one at most, or nobody (of those who are free)."
        ),
    ] = "all",
    together: Annotated[
        bool,
        typer.Option("--together", help="So many at once, each after those before it."),
    ] = False,
    lang: Language = "en",
    json: Json = False,
) -> None:
    """Recommend whom a demand could have, or where a resource could go: the best first, each with what the
    best plan with it gains and loses, and who moves.
    """
    from matchkit.compile.why_not import unknown
    from matchkit.errors import InputError
    from matchkit.live.live import Live

    if (demand is None) == (resource is None):
        raise typer.BadParameter(text_of("command.usage.recommend", lang))
    given, answer = read_both(problem, plan, lang, None)
    names = [] if resource is None else [resource]
    if demand is not None:
        needs = {one.id: one.requirements for one in given.demands}
        if demand not in needs:
            raise InputError([unknown("demand", demand, needs)])
        names = [need.id for need in needs[demand]]
    live = Live(given, answer)
    for name in names:
        found = live.recommend(
            "requirement" if resource is None else "resource",
            name,
            count,
            movers=movers,
            together=together,
        )
        typer.echo(found.to_json() if json else found.text(lang), nl=not json)
