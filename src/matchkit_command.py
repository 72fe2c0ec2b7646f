"""The command ``matchkit``. It stands outside the package, so that Ctrl-C is heard while the package is
imported, too.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = (
    False  # typing.TYPE_CHECKING, without importing typing before Ctrl-C is heard
)
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn


def main() -> NoReturn:
    """Run the command that the process was started with, and end the process with its exit code."""
    try:
        import signal

        if (
            signal.getsignal(signal.SIGINT) is signal.default_int_handler
        ):  # else somebody wants it ignored
            signal.signal(signal.SIGINT, end_at_once)
    except KeyboardInterrupt:
        end_at_once()
    try:
        from matchkit.cli.app import run
    except ModuleNotFoundError as error:
        if error.name not in ("typer", "rich"):
            raise
        sys.stderr.write(
            "matchkit: the command line needs the extra 'cli'. Run scripts/environment, or pip "
            "install -e '.[cli]' in the checkout.\n"
        )
        sys.exit(2)
    run()


def end_at_once(_number: int = 0, _frame: FrameType | None = None) -> NoReturn:
    """What Ctrl-C does before and after a command runs: nothing is begun, or all is done, so the process
    ends.
    """
    try:
        os.write(2, b"matchkit: interrupted.\n")
    finally:
        os._exit(130)
