"""The plot of time against pairs, from the figures of the benchmark ``sparse``."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

NAMES = {"matchkit": ("matchkit: match()", "#1b6ca8", "o"), "ortools_flow": ("OR-Tools min-cost flow, build and solve", "#c4572e", "s")}
TITLES = {"denser": "100,000 x 1,000 nodes, 1 to 100 pairs each", "larger": "20 pairs each, more and more nodes"}


def fingerprint(figures: dict[str, Any]) -> str:
    """Which figures a plot shows: it holds this line, so that a test can tell an old plot from a current one."""
    return "figures sha256 " + hashlib.sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest()


def growth_plot(figures: dict[str, Any]) -> bytes:
    """An SVG: one panel a series, one line a solver, medians with bars from the least to the greatest run."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    # Text stays text, and nothing in the file depends on the day it was drawn.
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "matchkit", "font.family": "sans-serif", "font.size": 10}):
        picture = Figure(figsize=(9.6, 4.2), layout="constrained")
        panels = picture.subplots(1, len(figures["series"]), sharey=True, squeeze=False)[0]
        for panel, (series, sizes) in zip(panels, figures["series"].items(), strict=True):
            for solver, (name, colour, mark) in NAMES.items():
                spreads = [size["seconds"][solver] for size in sizes]
                middle = [spread["median"] for spread in spreads]
                bars = [[spread["median"] - spread["min"] for spread in spreads], [spread["max"] - spread["median"] for spread in spreads]]
                panel.errorbar([size["pairs"] for size in sizes], middle, yerr=bars, label=name, color=colour, marker=mark, ms=5, capsize=3)
            panel.set(xscale="log", yscale="log", title=TITLES[series], xlabel="pairs")
            panel.grid(visible=True, which="major", color="#dddddd")
            panel.set_axisbelow(True)
        panels[0].set_ylabel("seconds (median of the runs)")
        panels[0].legend(loc="upper left", frameon=False)
        out = io.BytesIO()
        picture.savefig(out, format="svg", metadata={"Date": None, "Creator": "matchkit benchmarks", "Description": fingerprint(figures)})
    # Matplotlib leaves blanks at line ends, which some tools would strip.
    return b"\n".join(line.rstrip() for line in out.getvalue().splitlines()) + b"\n"
