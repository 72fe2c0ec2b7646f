"""The pages on explanations are true: their code runs from top to bottom and prints what stands below it."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(name: str) -> list[tuple[str, str]]:
    return FENCED.findall((DOCS / f"{name}.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["audit", "explanations"])
def test_the_code_of_a_page_prints_what_the_page_says(name: str) -> None:
    """Blocks share one namespace, as they would in a session; a text block after a Python block is all that it prints."""
    page: dict[str, Any] = {"__name__": name}
    found = blocks(name)
    for number, (kind, text) in enumerate(found):
        if kind != "python":
            continue
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            exec(compile(text, f"{name}.md block {number}", "exec"), page)  # noqa: S102 - the page's own code
        after = found[number + 1] if number + 1 < len(found) else ("", "")
        assert told.getvalue() == (after[1] if after[0] == "text" else ""), f"block {number} of {name}.md"


def test_the_audit_is_walked_on_a_page_with_ten_faults_in_at_most_120_lines() -> None:
    text = (DOCS / "audit.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    [(_, printed), _] = [block for block in blocks("audit") if block[0] == "text"]
    named = re.findall(r"^  (\w+) .*; size [\d,]+", printed, re.MULTILINE)
    assert len(named) == len(set(named)) == 10
