"""The prose of every message, pinned once: the golden file of each language."""

from __future__ import annotations

from difflib import unified_diff

import golden
import pytest

from matchkit.messages.message import LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_reads_as_in_the_golden_file(lang: str) -> None:
    assert golden.path(lang).exists(), "run python tests/golden/golden.py"
    kept = golden.path(lang).read_text(encoding="utf-8")
    changed = unified_diff(
        kept.splitlines(), golden.golden(lang).splitlines(), n=0, lineterm=""
    )
    assert list(changed) == [], (
        "read the difference; if it is meant, run python tests/golden/golden.py"
    )


def test_no_golden_file_is_of_a_language_without_a_catalogue() -> None:
    assert {file.stem for file in golden.HERE.glob("*.txt")} == set(LANGUAGES)
