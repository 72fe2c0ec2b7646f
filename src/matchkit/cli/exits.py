"""Exit codes, and the end of a command by an error: its message on stderr, no traceback."""

from __future__ import annotations

import functools
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from typing import Final, NoReturn, ParamSpec, TypeVar

import typer

from matchkit.errors import (
    BrokenPlanError,
    Complaint,
    EngineError,
    InputError,
    MatchkitError,
    StoppedError,
    WorkerError,
)
from matchkit.messages.message import SOURCE, Lang, text_of
from matchkit.tables.formats.source import listing
from matchkit.tables.writing import keeping
from matchkit_command import end_at_once

Given = ParamSpec("Given")
Result = TypeVar("Result")


OUTPUTS: Final = frozenset({"out", "pictures", "folder", "publish", "keep"})
"""Parameters of commands that name what is written. Every other path is an input."""


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
    """The command, with errors of matchkit and Ctrl-C turned into a message and an exit code; it writes over
    none of its inputs.
    """

    @functools.wraps(command)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        lang = str(kwargs.get("lang", SOURCE))
        try:
            with _interruptible(), keeping(_inputs(kwargs)):
                return command(*args, **kwargs)
        except MatchkitError as error:
            complain(_with_options(error).text(lang))
            raise typer.Exit(exit_code(error)) from None
        except KeyboardInterrupt:
            _interrupted(lang)

    return guarded


def _with_options(error: MatchkitError) -> MatchkitError:
    """The error with the option in place of the argument that is called otherwise in Python."""
    if type(error) is not InputError:
        return error
    named = [
        Complaint("--zone", *one.parts[1:]) if one.parts[0] == "tz" else one
        for one in error.complaints
    ]
    return InputError(named, error.more)


def _inputs(given: Mapping[str, object]) -> Iterator[Path]:
    """The files that a command may read: those that its parameters name, and the tables of a folder."""
    for name, path in given.items():
        if isinstance(path, Path) and name not in OUTPUTS:
            yield path
            # what is wrong with a folder is said where it is read
            with suppress(MatchkitError, OSError, ValueError):
                if path.is_dir():
                    yield from listing(path)[0]


@contextmanager
def _interruptible() -> Iterator[None]:
    """While a command runs, Ctrl-C is an exception that it may answer."""
    before = signal.getsignal(signal.SIGINT)
    if before is not end_at_once:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _interrupted(lang: Lang) -> NoReturn:
    complain(text_of("command.interrupted", lang))
    raise typer.Exit(Exit.INTERRUPTED) from None
