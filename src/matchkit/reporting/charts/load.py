"""Load charts: resources by number of slots filled, and units by slots given and capacity."""

from __future__ import annotations

from matchkit.messages.message import Lang, text_of
from matchkit.reporting.charts.canvas import (
    FILLED,
    IDLE,
    REST,
    Canvas,
    PictureFormat,
    cut,
)
from matchkit.reporting.charts.coverage import BESIDE, LEFT, WIDTH, beside, percent
from matchkit.reporting.charts.picture import Picture
from matchkit.reporting.facts import Facts
from matchkit.reporting.tree import MOST, places_named

MOST_BARS = 16
"""Most bars: more different loads are grouped in steps of equal width, with a bar of their own for load 0."""


def load_per_person(facts: Facts, lang: Lang, form: PictureFormat) -> Picture | None:
    """A column for every number of slots."""
    if not facts.loads:
        return None
    step = -(-max(facts.loads) // (MOST_BARS - 1)) or 1
    counts = [0] * (-(-max(facts.loads) // step) + 1)
    for load, count in facts.loads.items():
        counts[-(-load // step)] += count
    labels = [
        _load_label(0 if at == 0 else (at - 1) * step + 1, at * step, lang)
        for at in range(len(counts))
    ]
    pitch, top = 24.0, 10.0
    canvas = Canvas(WIDTH, top + pitch * len(counts) + 8, form)
    bar_labels = [text_of("report.load.bar", lang, count=count) for count in counts]
    axes = canvas.axes(
        LEFT, top, WIDTH - LEFT - beside(bar_labels), pitch * len(counts)
    )
    axes.set(xlim=(0, max(counts)), ylim=(len(counts) - 0.5, -0.5), xticks=[])
    axes.barh(
        range(len(counts)),
        counts,
        height=0.64,
        color=[FILLED if at else IDLE for at in range(len(counts))],
    )
    canvas.y_ticks(axes, range(len(counts)), labels)
    for at, (count, shown) in enumerate(zip(counts, bar_labels, strict=True)):
        axes.annotate(canvas.drawn_text(shown), (count, at), (6, 0), **BESIDE)
    rows: list[tuple[str | int, ...]] = [
        (label, count) for label, count in zip(labels, counts, strict=True) if count
    ]
    head = (
        text_of("report.slots_given", lang),
        text_of("report.resources_counted", lang),
    )
    description = text_of(
        "report.load.text",
        lang,
        people=sum(counts),
        idle=facts.loads.get(0, 0),
        most=max(facts.loads),
    )
    description += (
        text_of("report.load.unable", lang, unable=facts.unable) if facts.unable else ""
    )
    return Picture(
        "load_per_person",
        text_of("report.load_per_person.title", lang),
        description,
        head,
        rows,
        canvas,
    )


def _load_label(first: int, last: int, lang: Lang) -> str:
    if first == last and first < 2:
        return text_of("report.load.one" if first else "report.load.none", lang)
    return text_of(
        "report.load.slots",
        lang,
        slots=f"{first:,}" if first == last else f"{first:,}–{last:,}",
    )


def load_per_unit(facts: Facts, lang: Lang, form: PictureFormat) -> Picture | None:
    """A bar a unit of the level that pictures show: what it gives, within what it could give."""
    level = facts.unit_bars
    labels = places_named(facts.units, level, lang)
    if not labels:
        return None
    resources, busy, given, capacity = (
        level.summed(column) for column in facts.of_units
    )
    pitch, top = (19.0 if len(labels) <= MOST else 16.5), 30.0
    canvas = Canvas(WIDTH, top + pitch * len(labels) + 8, form)
    shares = [
        text_of(
            "report.bar", lang, filled=gives, wanted=could, share=percent(gives, could)
        )
        for gives, could in zip(given, capacity, strict=True)
    ]
    axes = canvas.axes(LEFT, top, WIDTH - LEFT - beside(shares), pitch * len(labels))
    bars = (
        capacity[:-1] if level.others else capacity
    )  # the others, who would dwarf the rest, have a number only
    axes.set(xlim=(0, max(*bars, 1)), ylim=(len(labels) - 0.5, -0.5), xticks=[])
    axes.barh(range(len(bars)), bars, height=0.64, color=REST)
    axes.barh(range(len(bars)), given[: len(bars)], height=0.64, color=FILLED)
    canvas.y_ticks(axes, range(len(labels)), [cut(label, 30) for label in labels])
    for row, (could, share) in enumerate(zip(capacity, shares, strict=True)):
        axes.annotate(
            canvas.drawn_text(share),
            (could if row < len(bars) else 0, row),
            (6, 0),
            **BESIDE,
        )
    key = [
        (text_of("report.given", lang), {"facecolor": FILLED}),
        (text_of("report.not_given", lang), {"facecolor": REST}),
    ]
    canvas.key(canvas.whole(), LEFT, 14, key)
    rows: list[tuple[str | int, ...]] = [
        (label, *numbers, percent(numbers[2], numbers[3]))
        for label, *numbers in zip(
            labels, resources, busy, given, capacity, strict=True
        )
    ]
    head = tuple(
        text_of(f"report.{word}", lang)
        for word in (
            "unit",
            "resources_counted",
            "busy",
            "slots_given",
            "capacity",
            "share",
        )
    )
    description = text_of(
        "report.unit_load.text",
        lang,
        units=len(labels),
        given=sum(given),
        capacity=sum(capacity),
    )
    return Picture(
        "load_per_unit",
        text_of("report.load_per_unit.title", lang),
        description,
        head,
        rows,
        canvas,
    )
