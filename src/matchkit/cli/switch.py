"""``matchkit switch``: a plan taken to a mode with the least disruption, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from matchkit.cli.options import (
    PLAN_OUT,
    Isolated,
    Json,
    Language,
    PlanFile,
    ProblemFile,
    TimeLimit,
    moment,
)


def switch(
    problem: ProblemFile,
    plan: PlanFile,
    mode: Annotated[
        Path, typer.Option(metavar="MODE", help="The mode's settings, a .json file.")
    ],
    out: Annotated[Path, PLAN_OUT],
    keep: Annotated[
        Path | None,
        typer.Option(
            "--problem-out",
            help="Where to write the problem by which the new plan is checked.",
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="MOMENT",
            help="When: what begins before, or within the mode's notice, stays as it is.",
        ),
    ] = None,
    back: Annotated[
        Path | None,
        typer.Option(
            metavar="CHANGES",
            help="Go back from the mode: PROBLEM and PLAN are those before the switch, "
            "CHANGES a .json list of what has changed since ([] for nothing).",
        ),
    ] = None,
    time_limit: TimeLimit = None,
    lang: Language = "en",
    json: Json = False,
    isolated: Isolated = True,
) -> None:
    """Switch PLAN to a mode with the fewest changes; nobody is pulled but as the mode allows.

    With --back, go back to PLAN as far as it still can be. Either way the answer says what moved and why.
    """
    from matchkit.answers.changes import changes_from_json
    from matchkit.answers.modes import Mode
    from matchkit.cli.export import warn_without_notice
    from matchkit.cli.progress import ProgressDisplay
    from matchkit.explain.switch import back as back_to
    from matchkit.explain.switch import switch as switched
    from matchkit.tables.plans import plan_form, read_plan, write_plan
    from matchkit.tables.problems import read_problem, write_problem
    from matchkit.tables.reading import read_bytes
    from matchkit.tables.writing import check_writable

    for path in (out, *((keep,) if keep is not None else ())):
        check_writable(path)
    form, moved_at = plan_form(out), moment(at, "--at")
    settings = Mode.from_json(read_bytes(mode))
    given, answer = read_problem(problem), read_plan(plan)
    options: dict[str, Any] = {"time_limit": time_limit, "isolated": isolated}
    with ProgressDisplay(lang) as progress:
        options["progress"] = progress
        if back is None:
            found = switched(given, answer, settings, at=moved_at, **options)
        else:
            changes = changes_from_json(read_bytes(back))
            found = back_to(settings.name, given, answer, changes, **options)
    if keep is not None:
        write_problem(found.problem, keep)
    write_plan(found.problem, found.plan, out)
    warn_without_notice(found.problem, form, lang)
    typer.echo(found.to_json() if json else found.text(lang), nl=not json)
