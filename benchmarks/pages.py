"""Figures in the pages: what stands between two markers is made from the committed results, and only from
them.

``<!-- table NAME -->`` ... ``<!-- end -->`` holds a benchmark's table, ``<!-- machine FILE -->`` ... ``<!--
end -->`` when and on what benchmarks/results/FILE.json was measured, and ``<!-- figure FILE PATH -->`` ...
``<!-- end -->`` one number of that file, where PATH is its way down from ``figures``, with dots.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from benchmarks.process import ROOT
from benchmarks.registry import benchmarks
from benchmarks.table import cell

PAGES = (
    ROOT / "docs" / "benchmarks.md",
    ROOT / "docs" / "comparison.md",
    ROOT / "README.md",
    ROOT / "README.zh.md",
)
_MARKED = re.compile(
    r"(<!-- (table|figure|machine) ([^>]*?) -->)(.*?)(<!-- end -->)", re.DOTALL
)


def filled(text: str, results: dict[str, dict[str, Any]]) -> str:
    """The page with everything between markers made anew. Raises KeyError for a marker that no result
    answers.
    """
    known = benchmarks()
    tables = {
        name: (one.name, make)
        for one in known.values()
        for name, make in one.tables.items()
    }

    def content(marked: re.Match[str]) -> str:
        kind, words = marked[2], marked[3]
        benchmark, make = tables[words] if kind == "table" else (words.split()[0], None)
        if benchmark not in results and benchmark in known:
            return marked[0]  # never measured so far
        if make is None:
            made = (
                cell(_at(results, words))
                if kind == "figure"
                else "\n" + _setting(results[benchmark]) + "\n"
            )
        else:
            made = "\n\n" + make(results[benchmark]["figures"]) + "\n\n"
        return marked[1] + made + marked[5]

    return _MARKED.sub(content, text)


def stale(
    results: dict[str, dict[str, Any]], pages: tuple[Path, ...] = PAGES
) -> list[Path]:
    """The pages that do not show these results."""
    return [
        page
        for page in pages
        if (text := page.read_text(encoding="utf-8")) != filled(text, results)
    ]


def refresh(
    results: dict[str, dict[str, Any]], pages: tuple[Path, ...] = PAGES
) -> None:
    """Write these results into the pages."""
    for page in stale(results, pages):
        page.write_text(
            filled(page.read_text(encoding="utf-8"), results), encoding="utf-8"
        )


def _at(results: dict[str, dict[str, Any]], words: str) -> Any:
    name, path = words.split()
    found: Any = results[name]["figures"]
    for step in path.split("."):
        found = found[int(step)] if isinstance(found, list) else found[step]
    return found


def _setting(result: dict[str, Any]) -> str:
    machine, versions = result["machine"], result["versions"]
    of = ", ".join(f"{name} {version}" for name, version in versions.items())
    cores, memory = f"{machine['cores']} cores", f"{machine['memory_gb']} GB"
    computer = f"{machine['processor']}, {cores}, {memory}, {machine['system']}"
    return f"Measured {result['date']} with {of}; {computer}."
