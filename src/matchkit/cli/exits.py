"""Exit codes, and how an error ends a command: its message on stderr, no traceback."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from enum import IntEnum
from typing import NoReturn, ParamSpec, TypeVar

import typer

from matchkit.errors import BrokenPlanError, EngineError, MatchkitError, StoppedError, WorkerError

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Exit(IntEnum):
    """What the exit code of a command says. 2 is also what a wrong option ends with."""

    FINE = 0
    BROKEN_PLAN = 1
    BAD_INPUT = 2
    NO_PLAN = 3
    DEFECT = 70
    INTERRUPTED = 130


def exit_code(error: MatchkitError) -> Exit:
    """The exit code that stands for an error: bad input, unless it is about the plan or about having none."""
    if isinstance(error, BrokenPlanError):
        return Exit.BROKEN_PLAN
    if isinstance(error, StoppedError | EngineError | WorkerError):
        return Exit.NO_PLAN
    return Exit.BAD_INPUT


def complain(message: str) -> None:
    """Write a message to stderr."""
    sys.stderr.write(f"matchkit: {message}\n")


def reported(command: Callable[Given, Result]) -> Callable[Given, Result]:
    """The command, with errors of matchkit and Ctrl-C turned into a message and an exit code."""

    @functools.wraps(command)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except MatchkitError as error:
            complain(str(error))
            raise typer.Exit(exit_code(error)) from None
        except KeyboardInterrupt:
            _interrupted()

    return guarded


def _interrupted() -> NoReturn:
    complain("interrupted.")
    raise typer.Exit(Exit.INTERRUPTED) from None
