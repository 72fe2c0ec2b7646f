"""The plot of one problem given to several tools, from the figures of the benchmark ``models``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.picture import drawn

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAMES = {
    "ortools_flow": "OR-Tools flow, bare",
    "matchkit": "matchkit",
    "pulp_cbc": "PuLP with CBC",
    "networkx": "networkx",
    "scipy_milp": "scipy milp",
    "cp_sat": "CP-SAT by hand",
}


def peers_plot(figures: dict[str, Any]) -> bytes:
    """An SVG: one panel a size, one bar a tool on a logarithmic axis, medians with the least and the greatest
    run.
    """

    def fill(picture: Figure) -> None:
        panels = picture.subplots(1, len(figures["sizes"]), sharey=True)
        for panel, size in zip(panels, figures["sizes"], strict=True):
            for solver, name in NAMES.items():
                spread = size["seconds"][solver]
                middle = spread["median"]
                bars = [[middle - spread["min"]], [spread["max"] - middle]]
                panel.barh(
                    name,
                    middle,
                    xerr=bars,
                    color="#1b6ca8" if solver == "matchkit" else "#c4572e",
                    capsize=3,
                )
            panel.set(
                xscale="log",
                title=f"{size['left']:,} x {size['right']:,} nodes, {size['pairs']:,} pairs",
                xlabel="seconds",
            )
            panel.spines[["top", "right"]].set_visible(False)
        panels[0].invert_yaxis()

    return drawn((9.6, 3.0), fill, figures)
