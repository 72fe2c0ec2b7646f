"""A drawn chart with what is said about it: title, description, and the table of what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from matchkit.messages.message import Lang
from matchkit.reporting.charts.canvas import Canvas, Form
from matchkit.reporting.charts.vector import vector
from matchkit.reporting.facts import Facts

Cell = str | int


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart. ``head`` and ``rows`` say all that it shows; the first cell of a row is its heading."""

    name: str
    title: str
    description: str
    head: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    canvas: Canvas
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Attributes of parts of the picture that can be chosen, by the name they are drawn with."""

    def element(self) -> ET.Element:
        """The picture as SVG without any style of its own."""
        return vector(
            self.canvas.svg(),
            self.canvas.texts,
            self.name,
            self.title,
            self.description,
            self.parts,
        )


Chart = Callable[[Facts, Lang, Form], Picture | None]
"""Draws one chart; None where there is nothing to show."""
