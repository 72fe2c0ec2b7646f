"""The picture of the page on a ward's month is the one that the page's code writes."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("matplotlib", reason="pictures are the extra 'report'")
DOCS = Path(__file__).parents[2] / "docs"


def test_the_picture_of_a_wards_month_shows_what_the_code_of_its_page_draws(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How curves are written is matplotlib's affair; words, and so who works when, are not."""
    monkeypatch.chdir(tmp_path)
    page = (DOCS / "how_to" / "wards_month.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    for code in re.findall(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE):
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(code, "wards_month.md", "exec"), names)  # noqa: S102 - the page's own code
    again = Path("pictures/roster.svg").read_text(encoding="utf-8")
    shown = (DOCS / "images" / "wards_month.svg").read_text(encoding="utf-8")
    words = re.compile(r"<(?:text|desc)[^>]*>(.*?)</(?:text|desc)>", re.DOTALL)
    assert words.findall(again) == words.findall(shown) != [], (
        "run the code of the page and copy pictures/roster.svg to docs/images/wards_month.svg"
    )
