"""README holds what it should, in both languages: snippets that run by themselves, commands, figures,
links.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh.md").read_text(encoding="utf-8")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = FENCED.findall(README)
SNIPPETS = [text for kind, text in BLOCKS if kind == "python"]
COMMANDS = [
    line
    for kind, text in BLOCKS
    if kind == "sh"
    for line in text.splitlines()
    if line.strip()
]


def test_it_has_at_most_120_lines() -> None:
    assert len(README.splitlines()) <= 120


def test_it_opens_with_a_picture_of_the_report_and_ten_lines_of_code_with_their_output() -> (
    None
):
    top, _, rest = README.partition("```python\n")
    assert len(top.splitlines()) <= 10
    assert "![" in top
    assert "docs/images/report_" in top
    assert len(rest.partition("```")[0].splitlines()) <= 10
    assert [kind for kind, _ in BLOCKS[:2]] == ["python", "text"]


def test_every_block_is_one_that_is_run_here() -> None:
    """test_pages.py holds each block of text to what the block before it prints."""
    assert {kind for kind, _ in BLOCKS} == {"python", "sh", "text"}
    assert len(SNIPPETS) >= 2
    assert all(line.startswith(("scripts/", "matchkit ")) for line in COMMANDS)


@pytest.mark.parametrize("number", range(len(SNIPPETS)))
def test_a_snippet_runs_by_itself(number: int, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SNIPPETS[number]],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_two_commands_of_set_up_are_scripts_that_can_be_started() -> None:
    scripts = [line for line in COMMANDS if line.startswith("scripts/")]
    assert scripts == ["scripts/demo", "scripts/test"]
    for script in scripts:
        assert os.access(ROOT / script, os.X_OK)


def test_every_file_it_points_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    for link in links:
        assert (ROOT / link).exists(), link


def test_both_languages_have_the_same_code_the_same_figures_and_the_same_sections() -> (
    None
):
    """test_benchmark_figures.py says that what stands between the markers is right."""
    assert FENCED.findall(CHINESE) == BLOCKS
    figure = re.compile(r"<!-- figure .*?<!-- end -->")
    assert figure.findall(CHINESE) == figure.findall(README)
    levels = re.compile(r"^#+ ", re.MULTILINE)
    assert levels.findall(FENCED.sub("", CHINESE)) == levels.findall(
        FENCED.sub("", README)
    )
    assert CHINESE.count("\n| ") == README.count("\n| ")


def test_the_chinese_one_points_to_every_file_that_the_english_one_points_to() -> None:
    english, chinese = (
        set(re.findall(r"\]\(([^)#:]+)\)", text)) for text in (README, CHINESE)
    )
    pictures = {
        link for link in english if "/images/" in link
    }  # each of a page in its language
    assert english - chinese - pictures <= {"README.zh.md"}
    assert any("/images/report_" in link for link in chinese)
    assert "README.md" in chinese
    assert [link for link in sorted(chinese) if not (ROOT / link).exists()] == []
