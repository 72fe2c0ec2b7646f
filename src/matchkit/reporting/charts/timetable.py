"""Timetable chart: two grids of days by hours, slots wanted above and slots missing below."""

from __future__ import annotations

from collections.abc import Sequence

from matchkit.messages.message import Lang, text_of
from matchkit.reporting.charts.canvas import (
    INK,
    LACKED,
    ON_DEEP,
    PAPER,
    WANTED,
    Canvas,
    PictureFormat,
)
from matchkit.reporting.charts.picture import Picture
from matchkit.reporting.facts import Facts
from matchkit.reporting.hours import HourlyDemand, hourly_demand

WIDTH, LEFT, CELL, PITCH = 700.0, 96.0, 24.6, 21.0


def day_text(found: HourlyDemand, row: int, lang: Lang) -> str:
    """A day of the timetable: its weekday, and its date where it is one day."""
    day = found.days[row]
    weekday = text_of(f"weekday.{day.weekday()}", lang)
    return (
        weekday
        if found.by_weekday
        else text_of("report.day", lang, weekday=weekday, date=day.isoformat())
    )


def timetable(facts: Facts, lang: Lang, form: PictureFormat) -> Picture | None:
    """Wanted above, missing below."""
    found = hourly_demand(facts)
    if not found.days:
        return None
    tall = PITCH * len(found.days)
    canvas = Canvas(WIDTH, 2 * (tall + 66), form)
    whole = canvas.whole()
    days = [day_text(found, row, lang) for row in range(len(found.days))]
    for at, (word, table, ramp) in enumerate(
        (("wanted", found.wanted, WANTED), ("missing", found.missing, LACKED))
    ):
        top = at * (tall + 66) + 34
        canvas.text(
            whole,
            LEFT,
            top - 20,
            text_of(f"report.timetable.{word}", lang, zone=facts.zone.key),
            size=10.5,
        )
        axes = canvas.axes(LEFT, top, 24 * CELL, tall)
        _field(canvas, axes, table, ramp)
        canvas.y_ticks(axes, [row + 0.5 for row in range(len(days))], days)
        canvas.x_ticks(
            axes, range(0, 25, 3), [f"{hour}:00" for hour in range(0, 25, 3)]
        )
    rows: list[tuple[str | int, ...]] = [
        (days[row], f"{hour:02}:00", found.wanted[row][hour], found.missing[row][hour])
        for row in range(len(days))
        for hour in range(24)
        if found.wanted[row][hour]
    ]
    head = tuple(
        text_of(f"report.{word}", lang, zone=facts.zone.key)
        for word in ("day_head", "hour", "wanted", "missing")
    )
    most = max(map(max, found.wanted))
    texts = [text_of("report.timetable.text", lang, zone=facts.zone.key, most=most)]
    notes = {
        "weekly": found.by_weekday,
        "timeless": found.timeless,
        "left_out": found.left_out,
    }
    texts += [
        text_of(f"report.timetable.{key}", lang, demands=count)
        for key, count in notes.items()
        if count
    ]
    return Picture(
        "timetable",
        text_of("report.timetable.title", lang),
        "".join(texts).strip(),
        head,
        rows,
        canvas,
    )


def short(slots: int) -> str:
    """A number in the room of a cell: from ten thousand on in whole thousands, from ten million on in
    millions, and so on.
    """
    for unit, sign in ((10**9, "G"), (10**6, "M"), (1_000, "k")):
        if slots >= 10 * unit:
            return f"{slots // unit:,}{sign}"
    return f"{slots:,}"


def _field(
    canvas: Canvas, axes: object, table: Sequence[Sequence[int]], ramp: Sequence[str]
) -> None:
    from matplotlib.patches import Rectangle

    most = max(map(max, table)) or 1
    axes.set(xlim=(0, 24), ylim=(len(table), 0))  # type: ignore[attr-defined]
    for row, line in enumerate(table):
        for hour, slots in enumerate(line):
            step = -(-5 * slots // most)
            field = Rectangle(
                (hour, row), 1, 1, facecolor=ramp[step], edgecolor=PAPER, linewidth=1.2
            )
            axes.add_patch(field)  # type: ignore[attr-defined]
            if slots:
                shown = short(slots)
                size = 7.0 if len(shown) < 5 else 6.0
                canvas.text(
                    axes,
                    hour + 0.5,
                    row + 0.5,
                    shown,
                    size=size,
                    colour=ON_DEEP if step > 3 else INK,
                    ha="center",
                )
