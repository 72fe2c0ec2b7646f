"""The typer application of all commands, and its run as a process with the streams of that."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from typing import NoReturn

import typer

from matchkit.cli.check import audit, check
from matchkit.cli.draw import draw
from matchkit.cli.drop_outs import backups, invitations
from matchkit.cli.exits import Exit, complain, reported
from matchkit.cli.explain import compare, explain, what_if, why_not
from matchkit.cli.export import export, report
from matchkit.cli.read import read
from matchkit.cli.recommend import recommend
from matchkit.cli.replan import replan
from matchkit.cli.respond import respond
from matchkit.cli.samples import demo, schema, template
from matchkit.cli.simulate import simulate
from matchkit.cli.solve import solve
from matchkit.cli.stable import stable
from matchkit.cli.switch import switch
from matchkit.errors import StorageError
from matchkit.messages.message import text_of
from matchkit.tables.writing import unwritable_output

app = typer.Typer(
    name="matchkit",
    help="Match what units can give with what communities need: the best plan there is, with its proof.",
    epilog="Exit codes: 0 fine, 1 the plan breaks a rule, 2 bad input, 3 stopped without a plan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
COMMANDS: dict[str, Callable[..., None]] = {
    "demo": demo,
    "solve": solve,
    "replan": replan,
    "recommend": recommend,
    "switch": switch,
    "respond": respond,
    "draw": draw,
    "stable": stable,
    "simulate": simulate,
    "read": read,
    "check": check,
    "why-not": why_not,
    "audit": audit,
    "backups": backups,
    "invitations": invitations,
    "compare": compare,
    "explain": explain,
    "what-if": what_if,
    "export": export,
    "report": report,
    "template": template,
    "schema": schema,
}
for name, command in COMMANDS.items():
    app.command(name)(reported(command))


def run() -> NoReturn:
    """Run the command line of this process and exit with its code."""
    take_streams()
    try:
        try:
            app(prog_name="matchkit")
        finally:
            sys.stdout.flush()
    except StorageError as error:  # of help, or of what waited until the end
        complain(error.text())
        sys.exit(Exit.BAD_INPUT)
    except Exception:  # noqa: BLE001 - Python's own exit code for a crash, 1, means a broken plan here
        traceback.print_exc()
        complain(text_of("command.defect"))
        sys.exit(Exit.DEFECT)
    sys.exit(Exit.FINE)


class Output(TextIOWrapper):
    """Standard output. Raises StorageError once where it cannot be written, and discards all that follows."""

    def write(self, text: str, /) -> int:
        """Write a text."""
        try:
            return super().write(text)
        except OSError as error:
            self._give_up(error)

    def flush(self) -> None:
        """Write what is buffered."""
        try:
            super().flush()
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> NoReturn:
        # what is still buffered goes there when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
        raise unwritable_output(error) from None


class Messages(TextIOWrapper):
    """Standard error. A failure to write is ignored: work goes on without the message."""

    def write(self, text: str, /) -> int:
        """Write a text."""
        with suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Write what is buffered."""
        with suppress(OSError):
            super().flush()


def take_streams() -> None:
    """Replace ``sys.stdout`` and ``sys.stderr``. Letters that the terminal cannot show are escaped."""
    for name, kind in (("stdout", Output), ("stderr", Messages)):
        stream = getattr(sys, name)
        if (
            stream is None
        ):  # closed: a file opened for reading refuses writes, as a closed one would
            setattr(
                sys,
                name,
                kind(os.fdopen(os.open(os.devnull, os.O_RDONLY), "wb"), "utf-8"),
            )
        elif isinstance(stream, TextIOWrapper):
            setattr(
                sys,
                name,
                kind(
                    stream.buffer,
                    stream.encoding,
                    "backslashreplace",
                    line_buffering=stream.line_buffering,
                ),
            )
