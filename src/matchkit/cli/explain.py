"""``matchkit explain`` and ``why-not``: causes of shortages, pairs, resources and repairs, and rules that a
pair fails; ``compare`` and ``what-if``: the differences of two plans, and the effect of a list of changes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matchkit.cli.options import (
    Json,
    Language,
    OutputZone,
    PlanFile,
    ProblemFile,
    fair_between,
    finite,
    read_both,
)
from matchkit.messages.message import text_of

if TYPE_CHECKING:
    from matchkit.answers.base import Answer


def explain(
    problem: ProblemFile,
    plan: PlanFile,
    demand: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Explain all that this demand lacks."),
    ] = None,
    resource: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="Explain what this resource does, or why it does nothing.",
        ),
    ] = None,
    pair: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="RESOURCE REQUIREMENT", help="Why it is in the plan, or not."
        ),
    ] = None,
    fairness: Annotated[
        str | None,
        typer.Option(
            metavar="[communities|demands|requirements|'depth K']",
            callback=fair_between,
            help="How slots are shared between these, and loads between people.",
        ),
    ] = None,
    community: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="Explain why this community stands below others."
        ),
    ] = None,
    proof: Annotated[
        bool,
        typer.Option(
            "--proof",
            help="With --fairness: the nested Hall sets that prove each level.",
        ),
    ] = False,
    price: Annotated[
        int | None,
        typer.Option(
            min=2,
            max=1000,
            metavar="POINTS",
            help="With --fairness: what it costs in weight, in at most so many solves.",
        ),
    ] = None,
    repairs: Annotated[
        bool,
        typer.Option(
            "--repairs",
            help="With --demand: the cheapest changes that would fill it, each tried.",
        ),
    ] = False,
    set_aside_orders: Annotated[
        str | None,
        typer.Option(
            metavar="RULE",
            help="What processing the kept places of this set_aside first or last changes.",
        ),
    ] = None,
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
    json: Json = False,
) -> None:
    """Explain a plan: without options, every shortage in a line each."""
    from matchkit.explain.explainer import Explainer
    from matchkit.explain.fairness_price import fairness_price
    from matchkit.explain.set_aside_orders import set_aside_orders as orders

    more = proof or price is not None
    if community is not None and fairness == "communities" and not more:
        fairness = None
    asked = (demand, resource, pair, fairness, community, set_aside_orders)
    if sum(one is not None for one in asked) > 1:
        raise typer.BadParameter(text_of("command.usage.one_question", lang))
    if repairs and demand is None:
        raise typer.BadParameter(
            text_of("command.usage.repairs", lang), param_hint="--repairs"
        )
    if more and fairness is None:
        raise typer.BadParameter(text_of("command.usage.proof", lang))
    given, answer = read_both(problem, plan, lang, zone)
    explainer = Explainer(given, answer)
    explainer.check()
    found: list[Answer] = []
    if demand is not None:
        lacking = explainer.shortages(demand)
        found += list(lacking.whole()) or [lacking]
        if repairs:
            found.append(explainer.repairs(demand, time_limit=time_limit))
    elif resource is not None:
        found.append(explainer.resource(resource))
    elif fairness is not None:
        found.append(explainer.fairness(fairness))
        if proof:
            found += explainer.hall_chains(fairness)
        if price is not None:
            curve = fairness_price(given, fairness, points=price, time_limit=time_limit)
            found.append(curve)
    elif community is not None:
        found.append(explainer.why_below(community))
    elif set_aside_orders is not None:
        found.append(orders(given, set_aside_orders, time_limit=time_limit))
    elif pair is not None:
        found.append(explainer.pair(*pair, time_limit=time_limit))
    else:
        found.append(explainer.shortages())
    for entry in found:
        typer.echo(entry.to_json() if json else entry.text(lang))


def why_not(
    problem: ProblemFile,
    resource: Annotated[
        str, typer.Argument(metavar="RESOURCE", help="The id of a resource.")
    ],
    requirement: Annotated[
        str, typer.Argument(metavar="REQUIREMENT", help="The id of a requirement.")
    ],
    lang: Language = "en",
) -> None:
    """List every rule that this pair fails, with the values compared."""
    from matchkit.compile.why_not import why_ineligible
    from matchkit.tables.problems import read_problem

    reasons = why_ineligible(read_problem(problem), resource, requirement)
    for reason in reasons:
        typer.echo(reason.line(lang))
    if not reasons:
        typer.echo(text_of("eligible", lang))


def compare(
    problem: ProblemFile,
    before: Annotated[
        Path, typer.Argument(metavar="PLAN_A", help="The plan before, a .json file.")
    ],
    after: Annotated[
        Path, typer.Argument(metavar="PLAN_B", help="The plan after, a .json file.")
    ],
    problem_after: Annotated[
        Path | None,
        typer.Option(
            "--problem-after",
            metavar="PROBLEM",
            help="The problem of PLAN_B, where it is another.",
        ),
    ] = None,
    causes: Annotated[
        bool, typer.Option("--causes", help="Say what caused every move.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            help="Write the moves and their causes, too: a .xlsx file or a folder.",
        ),
    ] = None,
    lang: Language = "en",
    json: Json = False,
) -> None:
    """Say what changed from PLAN_A to PLAN_B: goals, weight term by term, tiers, pairs, and who gains and who
    loses.

    The numbers of plans are not checked; ``matchkit check`` does that.
    """
    from matchkit.explain.compare import compare as compared
    from matchkit.tables.export.moves import moves_grid
    from matchkit.tables.formats import write_grids
    from matchkit.tables.plans import read_plan
    from matchkit.tables.problems import read_problem

    other = None if problem_after is None else read_problem(problem_after)
    plans, causes = (read_plan(before), read_plan(after)), causes or out is not None
    found = compared(read_problem(problem), *plans, problem_after=other, causes=causes)
    if out is not None:
        write_grids([moves_grid(found, lang)], out)
    typer.echo(found.to_json() if json else found.text(lang), nl=not json)


def what_if(
    problem: ProblemFile,
    changes: Annotated[
        Path,
        typer.Argument(metavar="CHANGES", help="A .json file with a list of changes."),
    ],
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan",
            metavar="PLAN",
            help="The best plan of the problem, if solved before.",
        ),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(min=0, callback=finite, help="Most seconds for each solve."),
    ] = None,
    lang: Language = "en",
    json: Json = False,
) -> None:
    """Solve the problem with and without CHANGES and say what they would bring.

    CHANGES lists records such as {"change": "set_capacity", "resource": "R1", "capacity": 2}. Where a plan is
    not proven optimal, differences are ranges.
    """
    from matchkit.answers.changes import changes_from_json
    from matchkit.cli.progress import ProgressDisplay
    from matchkit.explain.what_if import what_if as asked
    from matchkit.tables.plans import read_plan
    from matchkit.tables.problems import read_problem
    from matchkit.tables.reading import read_bytes

    listed, given = changes_from_json(read_bytes(changes)), read_problem(problem)
    before = None if plan is None else read_plan(plan)
    with ProgressDisplay(lang) as progress:
        found = asked(given, before, listed, time_limit=time_limit, progress=progress)
    typer.echo(found.to_json() if json else found.text(lang), nl=not json)
