"""What several commands ask for, and what they ask of an option."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

import typer

from matchkit.messages import message
from matchkit.messages.message import Lang, text_of

PROBLEM = (
    "The problem: .json (make one of tables with 'matchkit read'), "
    "or tables that say everything plainly."
)
ProblemFile = Annotated[Path, typer.Argument(metavar="PROBLEM", help=PROBLEM)]
"""What ``read_problem`` takes without settings; a mapping, a zone and what is to be confirmed are for
``matchkit read``.
"""
OutputZone = Annotated[
    str | None,
    typer.Option(
        "--zone",
        help="Whose clocks show the hours, as in Asia/Shanghai, in place of the problem's own zone.",
    ),
]


def finite(value: float | None) -> float | None:
    """The number; one that is infinite or none at all is a wrong option."""
    if value is not None and not math.isfinite(value):
        raise typer.BadParameter(text_of("command.usage.finite"))
    return value


def known_language(value: Lang) -> Lang:
    """The language; one that has no catalogue is a wrong option."""
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
"""Help and what typer itself says of wrong options are in English only."""
