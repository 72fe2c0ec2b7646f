"""The site is built once, every warning an error; then every link in it, and in every Markdown file, must
lead somewhere.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import linked
import pytest

import matchkit as mk

for needed in ("sphinx", "myst_parser", "furo"):
    pytest.importorskip(needed, reason="the site needs the extra 'docs'")

ROOT = Path(__file__).resolve().parents[2]
MARKDOWN = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "tests").rglob("*.md"),
        *(ROOT / "examples").rglob("*.md"),
    ]
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as scripts/docs builds it, in a folder of its own."""
    folder = tmp_path_factory.mktemp("docs")
    command = re.search(
        r"-m sphinx (.*) -d ", (ROOT / "scripts" / "docs").read_text(encoding="utf-8")
    )
    assert command is not None
    options = command[1].split()
    assert {"-W", "--keep-going", "-n"} <= set(options)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "sphinx",
            *options,
            "-d",
            folder / "doctrees",
            ROOT / "docs",
            folder / "site",
        ],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return folder / "site"


def test_it_builds_without_a_warning_and_every_page_is_in_it(site: Path) -> None:
    pages = [
        path.relative_to(ROOT / "docs").with_suffix(".html")
        for path in (ROOT / "docs").rglob("*.md")
    ]
    assert len(pages) > 25
    assert [str(page) for page in pages if not (site / page).is_file()] == []


def test_every_link_and_anchor_of_the_site_leads_somewhere(site: Path) -> None:
    assert linked.broken_links(site) == []


def test_nothing_is_loaded_from_the_network(site: Path) -> None:
    assert linked.loaded_from_elsewhere(site) == []


def test_every_link_of_a_markdown_file_leads_to_a_file_of_the_project_and_a_heading_in_it() -> (
    None
):
    assert len(MARKDOWN) > 25
    assert linked.broken_markdown_links(ROOT, MARKDOWN) == []


def test_every_public_name_stands_in_the_reference_once(site: Path) -> None:
    pages = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted((site / "reference").glob("*.html"))
    )
    anchored = re.findall(r'id="matchkit\.([\w.]+)"', pages)
    modules = [name for name in mk.__all__ if isinstance(getattr(mk, name), type(mk))]
    assert modules == [
        "calendars",
        "changes",
        "datasets",
        "errors",
        "results",
        "rules",
        "tables",
    ]
    wanted = {name for name in mk.__all__ if name not in modules}
    for module in ("changes", "results", "rules", "tables"):
        wanted |= {f"{module}.{name}" for name in getattr(mk, module).__all__}
    wanted -= {
        "changes.Change",
        "rules.Rule",
        "results.Plan",
    }  # two unions, and one that is mk.Plan
    assert sorted(name for name in anchored if name in wanted) == sorted(wanted)


def test_every_error_and_every_change_stands_in_the_reference(site: Path) -> None:
    errors = (site / "reference" / "errors.html").read_text(encoding="utf-8")
    kinds = [
        name
        for name, kind in vars(mk.errors).items()
        if name[0] != "_"
        and isinstance(kind, type)
        and issubclass(kind, mk.errors.MatchkitError)
    ]
    assert [
        name for name in kinds if f'id="matchkit.errors.{name}"' not in errors
    ] == []
    changes = (site / "reference" / "explanations.html").read_text(encoding="utf-8")
    assert all(
        f"changes.{name}" in changes
        for name in ("SetCapacity", "AddResource", "Train", "RemoveRule")
    )


def test_every_field_of_a_record_is_shown_with_its_type_and_what_is_said_of_it(
    site: Path,
) -> None:
    records = (site / "reference" / "records.html").read_text(encoding="utf-8")
    for record in (mk.Problem, mk.Resource, mk.Demand, mk.Requirement, mk.Weekly):
        for name in record.model_fields:
            assert f'id="matchkit.{record.__name__}.{name}"' in records, name
    text = re.sub(r"<[^>]+>", "", records)
    assert "whole number from 0 to 1,000,000" in text
    assert "The community it lives in or belongs to." in text


def test_the_source_folder_is_left_as_it_was(site: Path) -> None:
    left = [
        path
        for path in (ROOT / "docs").rglob("*")
        if path.is_file() and path.suffix not in (".md", ".py", ".svg", ".png", ".pyc")
    ]
    assert left == []


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        ('<a href="other.html">x</a>', ["index.html: other.html"]),
        ('<a href="#there">x</a>', ["index.html: #there"]),
        ('<p id="here"></p><a href="#here">x</a><a href="index.html#here">x</a>', []),
        ('<a href="../outside.html">x</a>', ["index.html: ../outside.html"]),
        (
            '<a href="http://nowhere">x</a><a href="ftp://a.org/b">x</a>',
            ["index.html: http://nowhere", "index.html: ftp://a.org/b"],
        ),
        ('<a href="https://www.example.org/a?b=c#d">x</a>', []),
        ('<img src="none.svg">', ["index.html: none.svg"]),
    ],
)
def test_a_link_that_leads_nowhere_is_found(
    page: str, complaint: list[str], tmp_path: Path
) -> None:
    (tmp_path.parent / "outside.html").write_text("", encoding="utf-8")
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    assert linked.broken_links(tmp_path) == complaint


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://cdn.example.org/a.js"></script>',
        '<link rel="stylesheet" href="//fonts.example.org/a.css">',
        '<img src="http://example.org/a.png">',
    ],
)
def test_what_would_be_loaded_from_elsewhere_is_found(
    page: str, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    assert len(linked.loaded_from_elsewhere(tmp_path)) == 1


def test_a_style_sheet_that_fetches_a_font_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text(
        "@import url(https://fonts.example.org/x); b { background: url(img.png) }",
        encoding="utf-8",
    )
    assert len(linked.loaded_from_elsewhere(tmp_path)) == 1


def test_a_markdown_link_to_no_file_or_no_heading_is_found_and_code_is_left_alone(
    tmp_path: Path,
) -> None:
    page = tmp_path / "a.md"
    page.write_text(
        "# One, two\n[x](a.md#one-two) [x](b.md) [x](#three) `[x](c.md)`\n```python\na[0](d)\n```\n",
        encoding="utf-8",
    )
    assert linked.broken_markdown_links(tmp_path, [page]) == [
        "a.md: b.md",
        "a.md: #three",
    ]
