"""The command line: ``matchkit demo``, ``solve``, ``check``, ``why-not`` and ``schema``."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command that the process was started with, and end the process with its exit code."""
    try:
        from matchkit.cli.app import run
    except ModuleNotFoundError as error:
        if error.name not in ("typer", "rich"):
            raise
        sys.stderr.write(
            "matchkit: the command line needs the extra 'cli'. Run scripts/environment, or pip install -e '.[cli]' in the checkout.\n"
        )
        sys.exit(2)
    run()
