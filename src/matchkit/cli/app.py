"""The commands together, and the way into them."""

from __future__ import annotations

import sys
import traceback
from typing import NoReturn

import typer

from matchkit.cli import (
    audit,
    check,
    compare,
    demo,
    explain,
    export,
    read,
    report,
    schema,
    solve,
    template,
    what_if,
    why_not,
)
from matchkit.cli.exits import Exit, complain, reported
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
app.command("demo")(reported(demo.demo))
app.command("solve")(reported(solve.solve))
app.command("read")(reported(read.read))
app.command("check")(reported(check.check))
app.command("why-not")(reported(why_not.why_not))
app.command("audit")(reported(audit.audit))
app.command("compare")(reported(compare.compare))
app.command("explain")(reported(explain.explain))
app.command("what-if")(reported(what_if.what_if))
app.command("export")(reported(export.export))
app.command("report")(reported(report.report))
app.command("template")(reported(template.template))
app.command("schema")(reported(schema.schema))


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
