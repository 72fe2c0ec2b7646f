"""Coverage charts: slots filled, missing, and missing below a minimum, by tier and by community."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matchkit.messages.message import Lang, text_of
from matchkit.reporting.charts.canvas import (
    BELOW,
    FILLED,
    INK,
    MISSING,
    PAPER,
    SIZE,
    Canvas,
    PictureFormat,
    cut,
    wide,
)
from matchkit.reporting.charts.picture import Picture
from matchkit.reporting.facts import Facts, SlotCounts
from matchkit.reporting.tree import MOST, places_named

WIDTH, LEFT = 700.0, 176.0
BESIDE: dict[str, Any] = {
    "textcoords": "offset points",
    "va": "center",
    "color": INK,
    "fontsize": SIZE,
    "annotation_clip": False,
}
"""Style of the number at the end of a bar."""
FEW_BARS, MANY = 6, 1_000_000
"""Most bars that the description lists one by one; shares are compared to a millionth."""
SOLID: dict[str, Any] = {"facecolor": FILLED, "edgecolor": "none"}
STRIPED: dict[str, Any] = {
    "facecolor": MISSING,
    "edgecolor": PAPER,
    "hatch": "////",
    "linewidth": 0,
}
CROSSED: dict[str, Any] = {
    "facecolor": BELOW,
    "edgecolor": PAPER,
    "hatch": "xxxx",
    "linewidth": 0,
}


def beside(shares: Sequence[str]) -> float:
    """How much room the numbers at the ends of bars take: more where amounts are counted in millions."""
    return max(118.0, 12.0 + 5.8 * max(map(wide, shares), default=0))


def percent(part: int, whole: int) -> str:
    """A share in whole percent, halves upwards as the page's script has it; never 100 unless it is all, never
    0 unless it is nothing.
    """
    if not whole:
        return "–"
    nearest = (200 * part + whole) // (2 * whole)
    return f"{max(1, min(99, nearest)) if 0 < part < whole else nearest}%"


def coverage_by_tier(facts: Facts, lang: Lang, form: PictureFormat) -> Picture | None:
    """A bar a tier."""
    labels = [text_of("report.tier", lang, tier=tier) for tier in facts.by_tier]
    return (
        _bars(
            "coverage_by_tier", labels, list(facts.by_tier.values()), lang, form, 26.0
        )
        if labels
        else None
    )


def coverage_by_community(
    facts: Facts, lang: Lang, form: PictureFormat
) -> Picture | None:
    """A bar a community of the level that pictures show."""
    level = facts.community_bars
    labels = places_named(facts.communities, level, lang)
    columns = [level.summed(column) for column in facts.of_communities]
    slots = [SlotCounts(*row) for row in zip(*columns, strict=True)]
    return (
        _bars(
            "coverage_by_community",
            labels,
            slots,
            lang,
            form,
            19.0 if len(labels) <= MOST else 16.5,
            others=bool(level.others),
        )
        if labels
        else None
    )


def _bars(
    name: str,
    labels: Sequence[str],
    slots: Sequence[SlotCounts],
    lang: Lang,
    form: PictureFormat,
    pitch: float,
    *,
    others: bool = False,
) -> Picture:
    """Bars of slots; the others, who would dwarf the rest, have a number only."""
    top = 30.0
    canvas = Canvas(WIDTH, top + pitch * len(labels) + 8, form)
    shares = [
        text_of(
            "report.bar",
            lang,
            filled=one.filled,
            wanted=one.wanted,
            share=percent(one.filled, one.wanted),
        )
        for one in slots
    ]
    axes = canvas.axes(LEFT, top, WIDTH - LEFT - beside(shares), pitch * len(labels))
    most = max(entry.wanted for entry in (slots[:-1] if others else slots)) or 1
    axes.set(xlim=(0, most), ylim=(len(labels) - 0.5, -0.5), xticks=[])
    rows = range(len(labels))
    drawn = slots if not others else [*slots[:-1], SlotCounts()]
    parts = (
        ([entry.filled for entry in drawn], SOLID),
        ([entry.missing - entry.below_minimum for entry in drawn], STRIPED),
        ([entry.below_minimum for entry in drawn], CROSSED),
    )
    left = [0] * len(labels)
    for amounts, how in parts:
        axes.barh(rows, amounts, left=left, height=0.64, **how)
        left = [start + amount for start, amount in zip(left, amounts, strict=True)]
    canvas.y_ticks(axes, rows, [cut(label, 30) for label in labels])
    for row, share in enumerate(shares):
        axes.annotate(
            canvas.drawn_text(share), (drawn[row].wanted, row), (6, 0), **BESIDE
        )
    words = [
        text_of(f"report.{key}", lang) for key in ("filled", "missing", "below_minimum")
    ]
    canvas.key(
        canvas.whole(),
        LEFT,
        14,
        list(zip(words, (SOLID, STRIPED, CROSSED), strict=True)),
    )
    table: list[tuple[str | int, ...]] = [
        (
            label,
            entry.wanted,
            entry.filled,
            entry.missing,
            entry.below_minimum,
            percent(entry.filled, entry.wanted),
        )
        for label, entry in zip(labels, slots, strict=True)
    ]
    head = tuple(
        text_of(f"report.{key}", lang)
        for key in (
            f"{name}.head",
            "wanted",
            "filled",
            "missing",
            "below_minimum",
            "share",
        )
    )
    return Picture(
        name,
        text_of(f"report.{name}.title", lang),
        _description(labels, slots, lang),
        head,
        table,
        canvas,
    )


def _description(labels: Sequence[str], slots: Sequence[SlotCounts], lang: Lang) -> str:
    """Every bar where there are few, else those that are filled least."""
    least = sorted(
        zip(labels, slots, strict=True),
        key=lambda bar: bar[1].filled * MANY // max(bar[1].wanted, 1),
    )
    shown = (
        list(zip(labels, slots, strict=True)) if len(labels) <= FEW_BARS else least[:3]
    )
    bars = [
        text_of(
            "report.coverage.part",
            lang,
            what=label,
            share=percent(entry.filled, entry.wanted),
        )
        for label, entry in shown
    ]
    if len(labels) <= FEW_BARS:
        return text_of("report.coverage.text", lang, bars=bars)
    return text_of(
        "report.coverage.many",
        lang,
        count=len(labels),
        whole=sum(1 for entry in slots if not entry.missing),
        bars=bars,
    )
