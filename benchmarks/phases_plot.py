"""The plot of where the seconds go, from the figures of the benchmark ``city``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.picture import drawn

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS = {
    "read": "#8c6bb1",
    "compile": "#4b8f5b",
    "match": "#1b6ca8",
    "decode": "#c9a227",
    "verify": "#c4572e",
    "write": "#777777",
}


def phases_plot(figures: dict[str, Any]) -> bytes:
    """An SVG: one panel a scale, each with its own seconds, one bar a phase, medians with the least and the
    greatest run.
    """

    def fill(picture: Figure) -> None:
        panels = picture.subplots(1, len(figures["scales"]), sharey=True)
        for panel, (scale, found) in zip(
            panels, figures["scales"].items(), strict=True
        ):
            for phase, colour in COLOURS.items():
                spread = found["phases"][phase]
                middle = spread["median"]
                panel.barh(
                    phase,
                    middle,
                    xerr=[[middle - spread["min"]], [spread["max"] - middle]],
                    color=colour,
                    capsize=3,
                )
            panel.set(
                title=f"{scale}: {found['eligible_pairs']:,} pairs", xlabel="seconds"
            )
            panel.spines[["top", "right"]].set_visible(False)
        panels[0].invert_yaxis()

    return drawn((9.6, 3.0), fill, figures)
