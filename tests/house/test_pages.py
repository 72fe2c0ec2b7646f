"""Every page is true: all Python and shell on it is run from top to bottom, and prints what stands
below it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUNNER = Path(__file__).parent / "run_page.py"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def _fences(page: Path) -> list[str]:
    return re.findall(r"^```(.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)


# The Chinese README has the blocks of the English one (test_readme.py), so they are run once.
CODED = [
    page
    for page in PAGES
    if {"python", "sh"} & set(_fences(page)) and page.name != "README.zh.md"
]


def _run(page: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", RUNNER, page]
    # The page must run on any machine, so nothing but what it says is set; local times are those that its
    # code names.
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "TZ": "UTC"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("page", CODED, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_code_of_a_page_runs_and_prints_what_the_page_says(
    page: Path, tmp_path: Path
) -> None:
    done = _run(page, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_of_a_page_is_of_a_kind_that_is_run_or_shown(page: Path) -> None:
    """A fence opens with its kind, and the next one closes it."""
    known = ("python", "sh", "text", "json", "csv", "toml", "{eval-rst}", "{toctree}")
    fences = _fences(page)
    assert set(fences[::2]) <= set(known)
    assert set(fences[1::2]) <= {""}
    assert len(fences) % 2 == 0


@pytest.mark.parametrize(
    "page", sorted((ROOT / "docs/reference").glob("*.md")), ids=lambda page: page.stem
)
def test_a_page_of_the_reference_opens_with_an_example_and_its_output(
    page: Path,
) -> None:
    assert _fences(page)[:4] == ["python", "", "text", ""]


def test_pages_with_code_are_found_in_the_project_and_below_folders() -> None:
    found = {str(page.relative_to(ROOT)) for page in CODED}
    assert {
        "README.md",
        "docs/explanations.md",
        "docs/tutorial.md",
        "docs/how_to/teams.md",
    } <= found


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("```python\nprint(1)\n```\n```text\n2\n```\n", "prints something else"),
        (
            "```python\nprint(1)\n```\n```python\nprint(1)\n```\n```text\n1\n```\n",
            "prints what the page does not show",
        ),
        ("```python\nx = 1\n```\n\n```python\nassert x == 2\n```\n", "AssertionError"),
        ("```sh\nfalse\n```\n", "exit 1"),
        ("```sh\necho 1\n```\n```text\n2\n```\n", "prints something else"),
        ("```python\nimport warnings\nwarnings.warn('old')\n```\n", "UserWarning: old"),
    ],
)
def test_a_page_that_is_not_true_is_found_out(
    text: str, complaint: str, tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    done = _run(page, tmp_path)
    assert done.returncode != 0
    assert complaint in done.stderr


def test_a_page_keeps_names_and_files_from_block_to_block(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        (
            "```python\nopen('a', 'w').write('b\\n')\nx = 2\n```\n```sh\ncat "
            "a\n```\n```text\nb\n```\n```python\nassert x == 2\n```\n"
        ),
        encoding="utf-8",
    )
    assert _run(page, tmp_path).returncode == 0
