"""``matchkit solve``: a plan file for a problem file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from matchkit.cli.options import (
    Isolated,
    Language,
    OutputZone,
    PlanOut,
    ProblemFile,
    SolvingEngine,
    TimeLimit,
    asked_to_be,
    fair_between,
    finite,
)
from matchkit.messages.message import Lang, text_of

if TYPE_CHECKING:
    from matchkit.model import Problem
    from matchkit.plan import Plan

EARLY = ("time_limit", "interrupted")
"""Values of ``outcome.stopped`` for a solve that ended early."""


def solve(
    problem: ProblemFile,
    out: PlanOut,
    time_limit: TimeLimit = None,
    gap: Annotated[
        float,
        typer.Option(
            min=0,
            max=1,
            callback=finite,
            help="Stop when proven this close to the best, as in 0.01.",
        ),
    ] = 0.0,
    engine: SolvingEngine = "auto",
    fair: Annotated[
        str | None,
        typer.Option(
            metavar="[communities|demands|requirements|'depth K']",
            callback=fair_between,
            help="Fill slots fairly between these (depth K: K steps below the root), at no slot's cost.",
        ),
    ] = None,
    even: Annotated[
        Literal["resources", "units"] | None,
        typer.Option(help="Spread loads evenly over these, at no slot's cost."),
    ] = None,
    memory: Annotated[
        int | None,
        typer.Option(
            min=200, max=10**9, help="Most megabytes for solving; needs --isolated."
        ),
    ] = None,
    zone: OutputZone = None,
    lang: Language = "en",
    isolated: Isolated = True,
) -> None:
    """Find the best plan for a problem and write it with its proof.

    Ctrl-C and --time-limit end with the best plan so far; without any, with exit code 3. Ctrl-C again ends at
    once.
    """
    from matchkit.solving.request import Budget

    if memory is not None and not isolated:
        raise typer.BadParameter(
            text_of("command.usage.memory", lang), param_hint="--memory"
        )
    write_solved(
        problem,
        out,
        lambda given: asked_to_be(given, fair=fair, even=even),
        zone,
        lang,
        engine=engine,
        time_limit=time_limit,
        gap=gap,
        isolated=isolated,
        budget=Budget(megabytes=memory),
    )


def write_solved(
    problem: Path,
    out: Path,
    asked: Callable[[Problem], Problem],
    zone: str | None,
    lang: Lang,
    start: Plan | None = None,
    keep: Path | None = None,
    **options: Any,
) -> Plan:
    """Solve the problem of a file as it is ``asked``, write the plan and print its summary; ``start`` is a
    plan to begin from, ``keep`` where the problem solved is written, ``options`` are those of
    ``matchkit.solve``.
    """
    from matchkit.cli.exits import complain
    from matchkit.cli.export import warn_without_notice
    from matchkit.cli.progress import ProgressDisplay
    from matchkit.solving.solve import solve_from
    from matchkit.tables.plans import plan_form, write_plan
    from matchkit.tables.problems import read_problem, write_problem
    from matchkit.tables.writing import check_writable

    for path in (out, *((keep,) if keep is not None else ())):
        check_writable(path)
    form = plan_form(out)
    given = asked(read_problem(problem).in_zone(zone))
    with ProgressDisplay(lang) as progress:
        plan = solve_from(given, start, progress=progress, **options)
    if keep is not None:
        write_problem(given, keep)
    write_plan(given, plan, out)
    warn_without_notice(given, form, lang)
    if plan.outcome.stopped in EARLY:
        complain(text_of(f"command.early.{plan.outcome.stopped}", lang))
    typer.echo(plan.summary(lang))
    return plan
