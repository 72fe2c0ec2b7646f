"""Arguments and options that several commands have, with their checks."""

from __future__ import annotations

import math
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matchkit.messages import message
from matchkit.messages.message import Lang, text_of

if TYPE_CHECKING:
    from matchkit.model import Problem
    from matchkit.plan import Plan

PROBLEM = (
    "The problem: .json (make one of tables with 'matchkit read'), "
    "or tables that say everything plainly."
)
ProblemFile = Annotated[Path, typer.Argument(metavar="PROBLEM", help=PROBLEM)]
"""What ``read_problem`` takes without settings; a mapping, a zone and what is to be confirmed are for
``matchkit read``.
"""
PlanFile = Annotated[
    Path, typer.Argument(metavar="PLAN", help="Its plan, a .json file.")
]
Json = Annotated[
    bool, typer.Option("--json", help="Print records as JSON, one after another.")
]
OutputZone = Annotated[
    str | None,
    typer.Option(
        "--zone",
        help="Whose clocks show the hours, as in Asia/Shanghai, in place of the problem's own zone.",
    ),
]
Isolated = Annotated[
    bool,
    typer.Option(
        help="Solve in a process of its own, which Ctrl-C and --time-limit end in time."
    ),
]


def finite(value: float | None) -> float | None:
    """The number. Raises BadParameter for one that is infinite or not a number."""
    if value is not None and not math.isfinite(value):
        raise typer.BadParameter(text_of("command.usage.finite"))
    return value


PLAN_OUT = typer.Option(
    "-o",
    "--out",
    help="Where to write the plan: .json, .xlsx or .graphml; an old one is replaced.",
)
PlanOut = Annotated[Path, PLAN_OUT]
SolvingEngine = Annotated[
    str, typer.Option(help="Which engine solves; 'auto' picks one and says why.")
]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        min=0, callback=finite, help="Most seconds; the best plan so far is kept."
    ),
]


def moment(text: str | None, option: str) -> datetime | None:
    """The moment that a text names. Raises BadParameter where it has no offset, or is none."""
    from matchkit.model.time import moment_written

    found = None if text is None else moment_written(text)
    if text is not None and (found is None or found.tzinfo is None):
        fact = text_of("command.usage.moment", value=repr(text))
        raise typer.BadParameter(fact, param_hint=option)
    return found


def fair_between(value: str | None) -> str | None:
    """Between whom slots are filled fairly. Raises BadParameter for what is no such word."""
    from matchkit.model.objective import FAIR_BETWEEN

    if value is not None and not FAIR_BETWEEN.fullmatch(value):
        raise typer.BadParameter(text_of("command.usage.fair", value=repr(value)))
    return value


def known_language(value: Lang) -> Lang:
    """The language. Raises BadParameter for one that has no catalogue."""
    known = message.LANGUAGES
    if value not in known:
        listed = ", ".join(map(repr, known))
        raise typer.BadParameter(
            text_of("command.usage.language", given=repr(value), known=listed)
        )
    return value


Language = Annotated[
    Lang,
    typer.Option(
        "--lang",
        metavar=f"[{'|'.join(message.LANGUAGES)}]",
        callback=known_language,
        help="The language of what is printed and written.",
    ),
]
"""Help, and typer's own messages on wrong options, are in English only."""


def read_both(
    problem: Path, plan: Path, lang: Lang, zone: str | None = None
) -> tuple[Problem, Plan]:
    """The problem, in ``zone`` where one is given, and its plan; as fair as the plan says it was asked to be,
    which is told, where the problem names no goals of that kind.
    """
    from matchkit.tables.plans import read_plan
    from matchkit.tables.problems import read_problem

    given, answer = read_problem(problem).in_zone(zone), read_plan(plan)
    objective, outcome = given.objective, answer.outcome
    chosen, stated = outcome.chosen, (outcome.fair, outcome.even)
    if chosen is not None and not (
        objective.chooses or objective.fair or objective.even
    ):
        words = f"--rule {chosen.rule} --proposing {chosen.proposing} --among {chosen.among}"
        typer.echo(text_of("command.chosen_by", lang, words=words), err=True)
        return chosen_by(given, chosen.rule, chosen.proposing, chosen.among), answer
    if not any(stated) or objective.fair or objective.even or objective.chooses:
        return given, answer
    if objective.aims:
        return given, answer
    words = " ".join(
        f'--{name} "{of}"' if " " in of else f"--{name} {of}"
        for name, of in zip(("fair", "even"), stated, strict=True)
        if of
    )
    typer.echo(text_of("command.asked_to_be", lang, words=words), err=True)
    fair, even = stated
    return asked_to_be(given, fair=fair, even=even), answer


def asked_to_be(problem: Problem, **asked: str | None) -> Problem:
    """The problem with what is asked of its objective; what is None stays as it is. Raises InputError where
    it has goals of its own.
    """
    asked = {name: of for name, of in asked.items() if of is not None}
    if not asked:
        return problem
    objective = problem.objective
    changed = type(objective)(**{**dict(objective), **asked})
    return problem.model_copy(update={"objective": changed})


def chosen_by(problem: Problem, rule: str, proposing: str, among: str) -> Problem:
    """The problem with a plan to be chosen by ranks, in place of how its objective would have it."""
    stable = rule in STABLE
    plain = {"stable": None, "choice": None, "among": "proposers"}
    objective = problem.objective.model_copy(update=plain)
    bare = problem.model_copy(update={"objective": objective})
    words = {"proposing": proposing, "among": among}
    return asked_to_be(bare, **{"stable" if stable else "choice": rule}, **words)


STABLE = ("weak", "strong", "super")
"""Rules that are stability of a kind."""
