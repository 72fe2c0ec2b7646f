"""The profile of coverage: communities side by side, the lowest coverage first."""

from __future__ import annotations

from matchkit.explain.fairness import covered, figures_of
from matchkit.messages.message import Lang, text_of
from matchkit.reporting.charts.canvas import FILLED, REST, Canvas, PictureFormat
from matchkit.reporting.charts.coverage import LEFT, WIDTH, percent
from matchkit.reporting.charts.picture import Picture
from matchkit.reporting.facts import Facts

LISTED = 60
"""So many of those with the lowest coverage stand in the data table."""
HEIGHT, TOP = 150.0, 12.0


def coverage_profile(facts: Facts, lang: Lang, form: PictureFormat) -> Picture | None:
    """A step for each community that wants anything, as high as its coverage; none for fewer than two."""
    taken = {
        need.id: filled
        for need, filled in zip(facts.requirements, facts.filled, strict=True)
    }
    sharing = covered(facts.problem, "communities", taken)
    if len(sharing) < 2:
        return None
    canvas = Canvas(WIDTH, TOP + HEIGHT + 24, form)
    axes = canvas.axes(LEFT, TOP, WIDTH - LEFT - 40, HEIGHT)
    many = len(sharing)
    axes.set(xlim=(0, many), ylim=(0, 1), xticks=[])
    axes.stairs([1.0] * many, range(many + 1), fill=True, color=REST)
    axes.stairs(
        [one.share for one in sharing], range(many + 1), fill=True, color=FILLED
    )
    canvas.y_ticks(axes, (0, 0.5, 1), ("0%", "50%", "100%"))
    canvas.x_ticks(axes, (0.5, many - 0.5), ("1", f"{many:,}"))
    figures = figures_of(sharing)
    middle = sharing[-(-many // 2) - 1]
    description = text_of(
        "report.fairness.text",
        lang,
        sharing=many,
        nothing=figures.with_nothing,
        full=figures.full,
        middle=percent(middle.filled, middle.wanted),
    )
    names = {one.id: one.name for one in facts.problem.communities}
    rows: list[tuple[str | int, ...]] = [
        (
            names[one.id] or one.id,
            one.wanted,
            one.filled,
            percent(one.filled, one.wanted),
        )
        for one in sharing[:LISTED]
    ]
    heads = ("community", "wanted", "filled", "share")
    return Picture(
        "coverage_profile",
        text_of("report.fairness.title", lang),
        description,
        tuple(text_of(f"report.{word}", lang) for word in heads),
        rows,
        canvas,
    )
