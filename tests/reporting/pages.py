"""Reading a page without a browser: its elements in order, and the data that its script gets."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

VOID = {"meta", "link", "input", "br"}


class Elements(HTMLParser):
    """Every element as (tag, attributes, text within, ids of the elements around)."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[dict[str, Any]] = []
        self._open: list[dict[str, Any]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        around = [
            entry["attributes"]["id"]
            for entry in self._open
            if entry["attributes"].get("id")
        ]
        element = {"tag": tag, "attributes": dict(attrs), "text": "", "around": around}
        self.found.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()["tag"] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element["text"] += data


def elements(path: Path) -> list[dict[str, Any]]:
    return Elements(path.read_text(encoding="utf-8")).found


def data_of(path: Path) -> dict[str, Any]:
    """What the script gets."""
    [found] = [one for one in elements(path) if one["attributes"].get("id") == "data"]
    data: dict[str, Any] = json.loads(found["text"])
    return data


def table_of(path: Path, chart: str) -> list[list[str]]:
    """The rows of a chart's table, as text."""
    text = path.read_text(encoding="utf-8")
    figure = text[text.index(f'<figure id="chart-{chart}"') :]
    figure = figure[: figure.index("</figure>")]
    rows = re.findall(r"<tr>(.*?)</tr>", figure[figure.index("<tbody>") :], re.DOTALL)
    return [
        [
            re.sub(r"<[^>]*>", "", cell)
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def number(text: str) -> int:
    return int(text.replace(",", ""))
