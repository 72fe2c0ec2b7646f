"""A matplotlib figure measured in points, its colours by meaning, and its output as PNG and SVG.

Nothing global is left changed: settings hold within a context, figures are made without pyplot. In SVG every
text is drawn as a short mark and put in afterwards, so that drawing needs no font that has its letters: the
reader's program brings that.
"""

from __future__ import annotations

import io
import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from matchkit.reporting.charts.fonts import families, shown_with

PAPER, ON_DEEP = "#ffffff", "#fefefe"
INK, QUIET, LINE = "#1d2733", "#56616e", "#d3d9e0"
FILLED, MISSING, BELOW = "#1f6f78", "#bf7a1f", "#a4303f"
REST, IDLE = "#e6eaee", "#b9c3cc"
BAND = "#2f7f89"
WANTED = ("#f1f6f6", "#d5e6e7", "#a9cdd0", "#72adb2", "#357c83", "#155e66")
LACKED = ("#fbf4f0", "#f4dcd0", "#e9b8a2", "#d98d73", "#b35443", "#8f2f33")
"""Ramps of six steps: none, and five up to the greatest."""
WORK = ("#fdeab4", "#f3c9a5", "#a5d8c6", "#7fb0e0", "#8a4f9e", "#24406f")
"""Kinds of work, each darker than the one before: dark letters on four of them, light ones on two."""
EVERY = (
    PAPER,
    ON_DEEP,
    INK,
    QUIET,
    LINE,
    FILLED,
    MISSING,
    BELOW,
    REST,
    IDLE,
    BAND,
    *WANTED,
    *LACKED,
    *WORK,
)
"""All colours. The stylesheet gives each a second value for dark mode, so no two meanings share one."""


PictureFormat = Literal["png", "svg"]
SIZE = 9.0
"""Points of ordinary text."""
SALT = "matchkit"


def wide(text: str) -> int:
    """How many columns a text takes: Chinese characters take two."""
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def cut(text: str, columns: int) -> str:
    """The text, cut to so many columns with an ellipsis."""
    if wide(text) <= columns:
        return text
    kept = ""
    for character in text:
        if wide(kept + character) > columns - 1:
            break
        kept += character
    return kept.rstrip() + "…"


class Canvas:
    """One figure of ``width`` by ``height`` points."""

    def __init__(self, width: float, height: float, form: PictureFormat) -> None:
        from matplotlib import rcParams
        from matplotlib.figure import Figure

        self.width, self.height, self.form = width, height, form
        self.figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=PAPER)
        self.texts: list[str] = []
        self.fonts = list(rcParams["font.family"])

    def axes(self, left: float, top: float, width: float, height: float) -> Any:
        """Axes without a frame, placed in points from the upper left corner."""
        axes = self.figure.add_axes(
            (
                left / self.width,
                1 - (top + height) / self.height,
                width / self.width,
                height / self.height,
            )
        )
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.tick_params(length=0, labelsize=SIZE, labelcolor=QUIET, pad=4)
        axes.set_facecolor("none")
        return axes

    def whole(self) -> Any:
        """Axes over everything, whose coordinates are points from the upper left corner."""
        axes = self.axes(0, 0, self.width, self.height)
        axes.set(xlim=(0, self.width), ylim=(self.height, 0), xticks=[], yticks=[])
        return axes

    def drawn_text(self, text: str) -> str:
        """The text as drawn: in SVG a mark that stands for it, in PNG without letters that no font has."""
        self.texts.append(text)
        return (
            f"_{len(self.texts) - 1}_"
            if self.form == "svg"
            else shown_with(text, self.fonts)
        )

    def text(
        self,
        axes: Any,
        x: float,
        y: float,
        text: str,
        *,
        size: float = SIZE,
        colour: str = INK,
        **how: Any,
    ) -> None:
        """A text at a place of the axes."""
        style = {"va": "center", "fontsize": size, "color": colour, **how}
        axes.text(x, y, self.drawn_text(text), **style)

    def x_ticks(self, axes: Any, places: Sequence[float], texts: Sequence[str]) -> None:
        """What stands below the axes."""
        axes.set_xticks(list(places), [self.drawn_text(text) for text in texts])

    def y_ticks(self, axes: Any, places: Sequence[float], texts: Sequence[str]) -> None:
        """What stands left of the axes."""
        axes.set_yticks(list(places), [self.drawn_text(text) for text in texts])
        axes.tick_params(axis="y", labelcolor=INK)

    def key(
        self,
        axes: Any,
        x: float,
        y: float,
        entries: Sequence[tuple[str, dict[str, Any]]],
    ) -> None:
        """A legend in one line: little boxes as bars are drawn, each with its word."""
        from matplotlib.patches import Rectangle

        for word, how in entries:
            axes.add_patch(Rectangle((x, y - 4.5), 13, 9, **how))
            self.text(axes, x + 18, y, word, colour=QUIET)
            x += 18 + 5.2 * wide(word) + 16

    def png(self) -> bytes:
        """The picture as PNG, two pixels a point; the same picture gives the same bytes."""
        out = io.BytesIO()
        self.figure.savefig(out, format="png", dpi=144, metadata={"Software": None})
        return out.getvalue()

    def svg(self) -> str:
        """The picture as SVG as it was drawn, with marks for its texts."""
        out = io.StringIO()
        self.figure.savefig(
            out,
            format="svg",
            metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
        )
        return out.getvalue()


_ONE_AT_A_TIME = threading.Lock()
"""Settings of matplotlib are those of the process: of two threads that draw, the second would keep those of
the first for good.
"""
MARK = re.compile(r"_(\d+)_")


@contextmanager
def drawing(form: PictureFormat, texts: str = "") -> Iterator[None]:
    """Within it, figures are drawn in matchkit's style, with fonts that have the letters of ``texts``; after
    it all is as before.
    """
    from matplotlib import style

    settings: Any = {
        "text.parse_math": False,  # a name with a dollar sign is no formula
        "svg.fonttype": "none",
        "svg.hashsalt": SALT,
        "hatch.linewidth": 1.1,
        "axes.edgecolor": LINE,
        "path.simplify": False,
        "savefig.facecolor": PAPER,
        "savefig.transparent": False,
    }
    with (
        _ONE_AT_A_TIME,
        families(texts if form == "png" else "") as fonts,
        style.context(["default", {**settings, "font.family": fonts}]),
    ):
        yield
