"""The picture of every story, drawn from the story's own figures: ``python examples/pictures.py [FOLDER]``.

A story is a module with ``figures()`` (numbers and words only; None where its public data are not there),
``lines(figures)``, which it prints and its page shows, and ``picture(figures)``: a figure, or SVG that the
library drew. Needs matplotlib (extra ``report``).
"""

from __future__ import annotations

import hashlib
import importlib
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STORIES = (
    "outbreak_week",
    "nyc_volunteers",
    "fire2017_needs_offers",
    "reviewers_and_papers",
    "shared_venues",
    "head_nurse",
    "end_of_the_line",
    "course_draw",
    "outbreak_night",
)
IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
BLUE, ORANGE, GREY, GREEN = "#1b6ca8", "#c4572e", "#c9ced3", "#4b8f5b"
"""The colours of all pictures: what is filled, what is missing or other, what is only there for comparison, a
third.
"""


def fingerprint(figures: dict[str, Any]) -> str:
    """Which figures a picture shows: the picture holds this line, so that a test can tell an old one from a
    current one.
    """
    return (
        "figures sha256 "
        + hashlib.sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest()
    )


def blank(width: float, height: float) -> Figure:
    """An empty picture of so many inches."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def svg(picture: Figure | str, figures: dict[str, Any]) -> bytes:
    """The picture as SVG: text stays text, and nothing in it depends on the day or the machine."""
    import matplotlib as mpl

    if isinstance(picture, str):
        head, drawn = picture.split("\n", 1)
        return f"{head}\n<!-- {fingerprint(figures)} -->\n{drawn}".encode()

    out = io.BytesIO()
    with mpl.rc_context(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "matchkit",
            "font.family": "sans-serif",
        }
    ):
        picture.savefig(
            out,
            format="svg",
            metadata={
                "Date": None,
                "Creator": "matchkit examples",
                "Description": fingerprint(figures),
            },
        )
    # Matplotlib leaves blanks at line ends, which some tools would strip.
    return b"\n".join(line.rstrip() for line in out.getvalue().splitlines()) + b"\n"


def main() -> None:
    """Draw all stories whose data are there."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    for name in STORIES:
        story = importlib.import_module(name)
        figures = story.figures()
        if figures is not None:
            (folder / f"{name}.svg").write_bytes(svg(story.picture(figures), figures))
            print(f"{name}.svg")


if __name__ == "__main__":
    main()
