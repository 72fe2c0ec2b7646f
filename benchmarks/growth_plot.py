"""The plot of time against pairs, from the figures of the benchmark ``sparse``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.picture import drawn

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAMES = {
    "matchkit": ("matchkit: match()", "#1b6ca8", "o"),
    "ortools_flow": ("OR-Tools min-cost flow, build and solve", "#c4572e", "s"),
}
TITLES = {
    "denser": "100,000 x 1,000 nodes, 1 to 100 pairs each",
    "larger": "20 pairs each, more and more nodes",
}


def growth_plot(figures: dict[str, Any]) -> bytes:
    """An SVG: one panel a series, one line a solver, medians with bars from the least to the greatest run."""

    def fill(picture: Figure) -> None:
        panels = picture.subplots(
            1, len(figures["series"]), sharey=True, squeeze=False
        )[0]
        for panel, (series, sizes) in zip(
            panels, figures["series"].items(), strict=True
        ):
            for solver, (name, colour, mark) in NAMES.items():
                spreads = [size["seconds"][solver] for size in sizes]
                middle = [spread["median"] for spread in spreads]
                bars = [
                    [spread["median"] - spread["min"] for spread in spreads],
                    [spread["max"] - spread["median"] for spread in spreads],
                ]
                panel.errorbar(
                    [size["pairs"] for size in sizes],
                    middle,
                    yerr=bars,
                    label=name,
                    color=colour,
                    marker=mark,
                    ms=5,
                    capsize=3,
                )
            panel.set(xscale="log", yscale="log", title=TITLES[series], xlabel="pairs")
            panel.grid(visible=True, which="major", color="#dddddd")
            panel.set_axisbelow(True)
        panels[0].set_ylabel("seconds (median of the runs)")
        panels[0].legend(loc="upper left", frameon=False)

    return drawn((9.6, 4.2), fill, figures)
