"""``matchkit draw``: a lottery over the plans of a problem, published first, and what a seed draws of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from matchkit.cli.exits import complain
from matchkit.cli.options import PLAN_OUT, Language, OutputZone, ProblemFile, finite
from matchkit.messages.message import text_of

if TYPE_CHECKING:
    from matchkit.model import Problem
    from matchkit.solving.drawing import ProblemLottery

PARTS = 1024
USUAL = {"cap": 1.0, "perturbation": 0.0, "parts": PARTS}
"""What shapes odds where nothing else is said."""


def draw(
    problem: ProblemFile,
    publish: Annotated[
        Path | None,
        typer.Option(
            metavar="LOTTERY",
            help="Make the lottery and write it here, to be published before a seed is known; "
            "never over an old one.",
        ),
    ] = None,
    published: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="LOTTERY", help="Draw from this published lottery."
        ),
    ] = None,
    seed: Annotated[
        str | None,
        typer.Option(help="The public text that decides, known after publishing only."),
    ] = None,
    number: Annotated[
        int, typer.Option("--draw", min=0, help="Which of several draws with one seed.")
    ] = 0,
    out: Annotated[Path | None, PLAN_OUT] = None,
    cap: Annotated[
        float,
        typer.Option(
            min=0, max=1, callback=finite, help="The most odds of any pair, as in 0.5."
        ),
    ] = USUAL["cap"],
    unit_cap: Annotated[
        float | None,
        typer.Option(
            min=0,
            callback=finite,
            help="The most that one unit gives to one requirement on average.",
        ),
    ] = None,
    group_cap: Annotated[
        float | None,
        typer.Option(
            min=0,
            callback=finite,
            help="The same of each group of resources, in place of --unit-cap.",
        ),
    ] = None,
    community_cap: Annotated[
        float | None,
        typer.Option(
            min=0,
            callback=finite,
            help="The most that one resource gives to one community on average.",
        ),
    ] = None,
    perturbation: Annotated[
        float,
        typer.Option(
            min=0,
            max=0.5,
            callback=finite,
            help="Spread odds over more pairs, from 0 to 0.5.",
        ),
    ] = USUAL["perturbation"],
    parts: Annotated[
        int, typer.Option(help="In how many parts odds are: a power of two.")
    ] = PARTS,
    time_limit: Annotated[
        float | None,
        typer.Option(min=0, callback=finite, help="Most seconds for the odds."),
    ] = None,
    zone: OutputZone = None,
    lang: Language = "en",
) -> None:
    """Draw a plan by lot: publish the lottery first, then draw with a seed that nobody could know.

    Publish with --publish alone, and its digest or file; draw with --from and --seed. The line that is
    printed repeats the draw on any machine, and 'matchkit check' with --lottery checks it.
    """
    from matchkit.tables.plans import plan_form, write_plan
    from matchkit.tables.problems import read_problem
    from matchkit.tables.reading import refuse_file
    from matchkit.tables.writing import check_writable, write_bytes

    if publish is None and seed is None:
        hint = "--publish / --seed"
        raise typer.BadParameter(text_of("command.usage.draw", lang), param_hint=hint)
    if publish is not None and published is not None:
        raise typer.BadParameter(
            text_of("command.usage.publish", lang), param_hint="--from"
        )
    shape: dict[str, Any] = {
        "cap": cap,
        "unit_cap": unit_cap,
        "group_cap": group_cap,
        "community_cap": community_cap,
        "perturbation": perturbation,
        "parts": parts,
    }
    named = [name for name, value in shape.items() if value != USUAL.get(name)]
    if published is not None and named:
        hint = " / ".join(f"--{name.replace('_', '-')}" for name in named)
        raise typer.BadParameter(text_of("command.usage.odds", lang), param_hint=hint)
    if (seed is None) != (out is None):
        raise typer.BadParameter(
            text_of("command.usage.seed", lang), param_hint="--seed / --out"
        )
    for path in (publish, out):
        if path is not None:
            check_writable(path)
    if publish is not None and publish.exists():
        refuse_file("published", publish)
    if out is not None:
        plan_form(out)
    given = read_problem(problem).in_zone(zone)
    if published is None:
        from matchkit.solving.odds import lottery as odds

        lottery = odds(given, **shape, time_limit=time_limit)
        typer.echo(lottery.published.line(lang))
        if lottery.shortage is not None:
            typer.echo(lottery.shortage.text(lang))
        if seed is not None:
            complain(text_of("command.draw.unpublished", lang))
        if publish is not None:
            write_bytes(publish, lottery.text.encode("ascii"))
    else:
        lottery = read_lottery(given, published)
    if seed is None or out is None:
        return
    from matchkit.verification.draws import check_draw

    plan = lottery.draw(seed, number)
    line = plan.outcome.drawn or ""
    check_draw(lottery.text, line, plan, problem=given).raise_if_broken()
    write_plan(given, plan, out)
    typer.echo(line)
    typer.echo(plan.summary(lang))


def read_lottery(problem: Problem, path: Path) -> ProblemLottery:
    """The published lottery in a file. Raises InputError where it is none, or of another problem."""
    from matchkit.solving.drawing import ProblemLottery
    from matchkit.tables.reading import lottery_text

    return ProblemLottery.read(problem, lottery_text(path))
