"""How plots become files: SVG whose text stays text, with a line that says from which figures it was
drawn.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def fingerprint(figures: dict[str, Any]) -> str:
    """Which figures a plot shows: it holds this line, so that a test can tell an old plot from a
    current one.
    """
    return (
        "figures sha256 "
        + hashlib.sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest()
    )


def drawn(
    size: tuple[float, float], fill: Callable[[Figure], None], figures: dict[str, Any]
) -> bytes:
    """An SVG of so many inches, filled by a function."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    # Text stays text, and nothing in the file depends on the day it was drawn.
    with mpl.rc_context(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "matchkit",
            "font.family": "sans-serif",
            "font.size": 10,
        }
    ):
        picture = Figure(figsize=size, layout="constrained")
        fill(picture)
        out = io.BytesIO()
        picture.savefig(
            out,
            format="svg",
            metadata={
                "Date": None,
                "Creator": "matchkit benchmarks",
                "Description": fingerprint(figures),
            },
        )
    # Matplotlib leaves blanks at line ends, which some tools would strip.
    return b"\n".join(line.rstrip() for line in out.getvalue().splitlines()) + b"\n"
