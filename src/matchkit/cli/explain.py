"""``matchkit explain``: why a plan lacks what it lacks, why a pair is in it or not, what a resource does, and
what would help.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matchkit.cli.options import Language, OutputZone, ProblemFile, finite

if TYPE_CHECKING:
    from matchkit.answers.base import Answer


def explain(
    problem: ProblemFile,
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="Its plan, a .json file.")],
    demand: Annotated[
        str | None, typer.Option(metavar="ID", help="Explain all that this demand lacks.")
    ] = None,
    resource: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="Explain what this resource does, or why it does nothing."
        ),
    ] = None,
    pair: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="RESOURCE REQUIREMENT", help="Why it is in the plan, or not."),
    ] = None,
    repairs: Annotated[
        bool,
        typer.Option(
            "--repairs",
            help="With --demand: the cheapest changes that would fill it, each tried.",
        ),
    ] = False,
    time_limit: Annotated[
        float,
        typer.Option(
            min=0,
            callback=finite,
            help="Most seconds for solving again, where an answer takes that.",
        ),
    ] = 60.0,
    zone: OutputZone = None,
    lang: Language = "en",
    json: Annotated[
        bool, typer.Option("--json", help="Print records as JSON, one after another.")
    ] = False,
) -> None:
    """Explain a plan: without options, every shortage in a line each."""
    from matchkit.explain.explainer import Explainer
    from matchkit.messages.message import text_of
    from matchkit.tables.plans import read_plan
    from matchkit.tables.problems import read_problem

    if sum(asked is not None for asked in (demand, resource, pair)) > 1:
        raise typer.BadParameter(text_of("command.usage.one_question", lang))
    if repairs and demand is None:
        raise typer.BadParameter(text_of("command.usage.repairs", lang), param_hint="--repairs")
    given, answer = read_problem(problem).in_zone(zone), read_plan(plan)
    asked = Explainer(given, answer)
    asked.check()
    found: list[Answer] = []
    if demand is not None:
        lacking = asked.shortages(demand)
        found += list(lacking.whole()) or [lacking]
        if repairs:
            found.append(asked.repairs(demand, time_limit=time_limit))
    elif resource is not None:
        found.append(asked.resource(resource))
    elif pair is not None:
        found.append(asked.pair(*pair, time_limit=time_limit))
    else:
        found.append(asked.shortages())
    for entry in found:
        typer.echo(entry.to_json() if json else entry.text(lang))
