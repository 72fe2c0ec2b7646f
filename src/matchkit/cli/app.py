"""The typer application of all commands, and its run as a process."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from typing import NoReturn

import typer

from matchkit.cli.check import audit, check
from matchkit.cli.compare import compare, what_if
from matchkit.cli.exits import Exit, complain, reported
from matchkit.cli.explain import explain, why_not
from matchkit.cli.export import export, report
from matchkit.cli.read import read
from matchkit.cli.samples import demo, schema, template
from matchkit.cli.solve import solve
from matchkit.cli.streams import take_streams
from matchkit.errors import StorageError
from matchkit.messages.message import text_of

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
    "read": read,
    "check": check,
    "why-not": why_not,
    "audit": audit,
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
