"""What several commands ask for, and what they ask of an option."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

import typer

PROBLEM = (
    "The problem: .json (make one of tables with 'matchkit read'), or tables that say everything plainly."
)
ProblemFile = Annotated[Path, typer.Argument(metavar="PROBLEM", help=PROBLEM)]
"""What ``read`` takes without settings; a mapping, a zone and what is to be confirmed are for ``matchkit
read``.
"""
OutputZone = Annotated[
    str | None,
    typer.Option(
        "--zone", help="Whose clocks show the hours, as in Asia/Shanghai, in place of the problem's own zone."
    ),
]


def finite(value: float | None) -> float | None:
    """The number; one that is infinite or none at all is a wrong option."""
    if value is not None and not math.isfinite(value):
        raise typer.BadParameter("give a finite number")
    return value
