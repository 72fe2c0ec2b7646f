"""Runs one page: ``python -W error run_page.py PAGE`` in an empty folder. Not a test;
tests/house/test_pages.py starts it.

Blocks run from top to bottom in one folder: Python in one namespace, as in a session, and each shell block by
``sh -e``. A block of kind ``text`` right after one that runs is all that it prints. A page that shows what
one block of Python prints shows it for all. Other kinds of blocks are shown and not run.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import re
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

FENCED = re.compile(r"^```(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
RUN = ("python", "sh")


def blocks(page: Path) -> list[tuple[str, str]]:
    """Kind and text of every fenced block."""
    return FENCED.findall(page.read_text(encoding="utf-8"))


def _python(text: str, name: str, namespace: dict[str, Any]) -> str:
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(compile(text, name, "exec", dont_inherit=True), namespace)  # noqa: S102 - the page's own code
    return told.getvalue()


def _shell(text: str) -> str:
    # The console script of the environment that runs the tests comes first.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["/bin/sh", "-e", "-c", text],
        env={**os.environ, "PATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SystemExit(
            f"exit {done.returncode} of\n{text}\n{done.stdout}\n{done.stderr}"
        )
    return done.stdout


def run(page: Path) -> None:
    """All blocks of the page in turn; ends with what differs where a block prints something else than the
    page says.
    """
    found = blocks(page)
    module = sys.modules[page.stem] = types.ModuleType(
        page.stem
    )  # classes look for their own module
    shows = "text" in {kind for kind, _ in found}
    for number, (kind, text) in enumerate(found):
        if kind not in RUN:
            continue
        own = [
            line
            for line in text.splitlines(keepends=True)
            if not line.startswith("scripts/")
        ]
        told = (
            _python(text, f"{page.name} block {number}", vars(module))
            if kind == "python"
            else _shell("".join(own))
        )
        after, said = found[number + 1] if number + 1 < len(found) else ("", "")
        if after == "text" and told != said:
            lines = difflib.unified_diff(
                said.splitlines(keepends=True),
                told.splitlines(keepends=True),
                "the page",
                "the block",
            )
            raise SystemExit(
                f"block {number} of {page.name} prints something else:\n{''.join(lines)}"
            )
        if kind == "python" and after != "text" and told and shows:
            raise SystemExit(
                f"block {number} of {page.name} prints what the page does not show:\n{told}"
            )


if __name__ == "__main__":
    run(Path(sys.argv[1]))
