"""``matchkit replan``: a plan of a changed problem with the fewest changes of the plan before."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from matchkit.cli.options import (
    Isolated,
    Language,
    OutputZone,
    PlanOut,
    ProblemFile,
    SolvingEngine,
    TimeLimit,
    moment,
)
from matchkit.cli.solve import write_solved
from matchkit.messages.message import text_of


def replan(
    problem: ProblemFile,
    previous: Annotated[
        Path, typer.Argument(metavar="PREVIOUS", help="The plan before, a .json file.")
    ],
    out: PlanOut,
    keep: Annotated[
        Path | None,
        typer.Option(
            "--problem-out",
            help="Where to write the problem with its reference plan, by which the new plan is checked.",
        ),
    ] = None,
    frozen: Annotated[
        str | None,
        typer.Option(
            metavar="MOMENT",
            help="What begins before it stays as it is, as in 2026-03-07T08:00+08:00.",
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            metavar="MOMENT",
            help="What begins before it changes for filled slots only; without it, everything.",
        ),
    ] = None,
    draft: Annotated[
        int, typer.Option(min=0, max=1_000, help="What a unit of all others counts.")
    ] = 0,
    notice: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MOMENT=WEIGHT",
            help="What a unit that begins before the moment counts; may be given again.",
        ),
    ] = None,
    person: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID=WEIGHT",
            help="How many times the units of a resource count; may be given again.",
        ),
    ] = None,
    moves: Annotated[
        int | None, typer.Option(min=0, help="The most units that may be new in all.")
    ] = None,
    moves_a_person: Annotated[
        int | None, typer.Option(min=0, help="The most of every resource.")
    ] = None,
    moves_a_unit: Annotated[
        int | None, typer.Option(min=0, help="The most of every unit.")
    ] = None,
    time_limit: TimeLimit = None,
    engine: SolvingEngine = "auto",
    zone: OutputZone = None,
    lang: Language = "en",
    isolated: Isolated = True,
) -> None:
    """Fill as many slots as can be with the fewest changes of the plan before, and write the plan with its
    proof.
    """
    from matchkit.tables.plans import read_plan

    before = read_plan(previous)
    asked: dict[str, Any] = {
        "frozen": moment(frozen, "--frozen"),
        "published": moment(published, "--published"),
        "draft": draft,
        "notice": [
            (moment(name, "--notice"), weight)
            for name, weight in _weights(notice, "--notice")
        ],
        "persons": dict(_weights(person, "--person")),
        "moves": moves,
        "moves_a_person": moves_a_person,
        "moves_a_unit": moves_a_unit,
    }
    write_solved(
        problem,
        out,
        lambda given: given.keeping(before, **asked),
        zone,
        lang,
        before,
        keep,
        engine=engine,
        time_limit=time_limit,
        isolated=isolated,
    )


def _weights(given: list[str] | None, option: str) -> list[tuple[str, int]]:
    """Names with their weights. Raises BadParameter for what is none."""
    found = []
    for text in given or ():
        name, _, weight = text.rpartition("=")
        if not name or not weight.isascii() or not weight.isdigit() or len(weight) > 9:
            fact = text_of("command.usage.weight", value=repr(text))
            raise typer.BadParameter(fact, param_hint=option)
        found.append((name, int(weight)))
    return found
