"""``matchkit check`` and ``audit``: a plan with its certificate, or a hand-made table, against every rule."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matchkit.cli.exits import Exit
from matchkit.cli.options import (
    Json,
    Language,
    OutputZone,
    PlanFile,
    ProblemFile,
    finite,
    read_both,
)
from matchkit.messages.message import text_of

if TYPE_CHECKING:
    from matchkit.model import Problem
    from matchkit.plan import Plan
    from matchkit.verification.report import Violation


def check(
    problem: ProblemFile,
    plan: PlanFile,
    lottery: Annotated[
        Path | None,
        typer.Option(
            help="The published lottery that it was drawn from, a .json file."
        ),
    ] = None,
    mode: Annotated[
        Path | None,
        typer.Option(
            help="The mode that it was switched to, a .json file: who may be pulled."
        ),
    ] = None,
    lang: Language = "en",
) -> None:
    """Check a plan against every rule of its problem, and its certificate against every eligible pair.

    Nothing of the solver takes part in this. Ends with exit code 1 where a rule is broken, the proof does not
    hold, or the plan is not what its line draws from the lottery.
    """
    from matchkit.answers.modes import Mode
    from matchkit.tables.reading import read_bytes
    from matchkit.verification.checks import check_certificate, verify

    settings = None if mode is None else Mode.from_json(read_bytes(mode))
    given, answer = read_both(problem, plan, lang)
    found = verify(given, answer, mode=settings).violations
    draw = () if lottery is None else _of_draw(given, answer, lottery)
    proof = (
        check_certificate(given, answer).violations
        if answer.certificate is not None
        else ()
    )
    # verify checks a part of the proof too
    broken = [violation for violation in found if violation not in proof]
    for violation in (*broken, *proof):
        typer.echo(violation.line(lang))
    typer.echo(
        text_of(
            "command.check.broken" if broken else "command.check.kept",
            lang,
            count=len(broken),
        )
    )
    if answer.certificate is not None:
        key = "command.check.refuted" if proof else "command.check.holds"
        typer.echo(text_of(key, lang))
    elif answer.outcome.drawn is None:
        typer.echo(text_of("command.check.no_certificate", lang))
    for violation in draw:
        typer.echo(violation.line(lang))
    if lottery is not None:
        key = "command.check.not_drawn" if draw else "command.check.drawn"
        typer.echo(text_of(key, lang))
    elif answer.outcome.drawn is not None:
        typer.echo(text_of("command.check.no_lottery", lang))
    if broken or proof or draw:
        raise typer.Exit(Exit.BROKEN_PLAN)


def _of_draw(problem: Problem, plan: Plan, lottery: Path) -> Sequence[Violation]:
    """What is wrong with a draw, by its published lottery."""
    from matchkit.tables.reading import lottery_text
    from matchkit.verification.draws import check_draw

    line = plan.outcome.drawn or ""
    return check_draw(lottery_text(lottery), line, plan, problem=problem).violations


def audit(
    problem: ProblemFile,
    table: Annotated[
        Path,
        typer.Argument(
            metavar="TABLE",
            help="Columns resource, requirement, quantity, start: .csv, .xlsx or .json.",
        ),
    ],
    lang: Language = "en",
    json: Json = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", help="Write it into this file; an old one is replaced."
        ),
    ] = None,
    improvements: Annotated[
        int, typer.Option(min=0, max=1000, help="How many single changes to suggest.")
    ] = 5,
    time_limit: Annotated[
        float | None,
        typer.Option(
            min=0, callback=finite, help="Most seconds for each part of the work."
        ),
    ] = None,
    zone: OutputZone = None,
) -> None:
    """Audit a table of pairs made by hand: every broken rule with its size, its score, its distance to the
    best plan, what would help.

    Ends with exit code 1 where a rule is broken or a row cannot be counted.
    """
    from matchkit.cli.progress import ProgressDisplay
    from matchkit.explain.audit.audit import audit as audited
    from matchkit.tables.pair_table import read_table
    from matchkit.tables.problems import read_problem
    from matchkit.tables.writing import check_writable, write_bytes

    if out is not None:
        check_writable(out)
    given = read_problem(problem).in_zone(zone)
    ids = {resource.id for resource in given.resources} | {
        role.id for demand in given.demands for role in demand.requirements
    }
    rows = read_table(table, ids)
    with ProgressDisplay(lang) as progress:
        found = audited(
            given,
            rows,
            improvements=improvements,
            time_limit=time_limit,
            progress=progress,
        )
    text = found.to_json() if json else found.text(lang) + "\n"
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_bytes(out, text.encode())
        typer.echo(found.line(lang))
    if found.faults:
        raise typer.Exit(Exit.BROKEN_PLAN)
