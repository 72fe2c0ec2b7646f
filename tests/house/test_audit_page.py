"""The page on audits shows what it should; that it is true, test_pages.py says."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(name: str) -> list[tuple[str, str]]:
    return FENCED.findall((DOCS / f"{name}.md").read_text(encoding="utf-8"))


def test_the_audit_is_walked_on_a_page_with_ten_faults_in_at_most_120_lines() -> None:
    text = (DOCS / "audit.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    [(_, printed), _] = [block for block in blocks("audit") if block[0] == "text"]
    named = re.findall(r"^  (\w+) .*; size [\d,]+", printed, re.MULTILINE)
    assert len(named) == len(set(named)) == 10
