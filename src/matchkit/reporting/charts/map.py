"""Map of the demand by longitude and latitude: a sign a community, without a base map."""

from __future__ import annotations

import math
from dataclasses import dataclass

from matchkit.messages.message import Lang, text_of
from matchkit.reporting.charts.canvas import (
    BELOW,
    FILLED,
    INK,
    MISSING,
    PAPER,
    QUIET,
    SIZE,
    Canvas,
    PictureFormat,
    wide,
)
from matchkit.reporting.charts.coverage import percent
from matchkit.reporting.charts.picture import Picture
from matchkit.reporting.facts import Facts, SlotCounts
from matchkit.reporting.tree import name_of

MOST_POINTS = 400


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A community on the map, at the middle of its demands weighed by what they want."""

    node: int
    lat: float
    lon: float
    slots: SlotCounts


def points(facts: Facts) -> list[MapPoint]:
    """A point for each community with demands whose place is known, or for those above, so that there are at
    most 400.
    """
    places: dict[int, list[tuple[float, float, SlotCounts]]] = {}
    by_community = {record.id: record.place for record in facts.problem.communities}
    own = [0] * len(facts.communities.ids)
    at = 0
    for number, demand in enumerate(facts.demands):
        slots = facts.slots(range(at, at + len(demand.requirements)))
        at += len(demand.requirements)
        place = demand.place or by_community[demand.community]
        if place is not None and demand.mode == "on_site":
            node = facts.community_of[number]
            own[node] += slots.wanted
            places.setdefault(node, []).append((place.lat, place.lon, slots))
    level = facts.communities.points(own, MOST_POINTS)
    grouped: dict[int, list[tuple[float, float, SlotCounts]]] = {}
    for node, found in places.items():
        if 0 <= level.of[node] < len(level.nodes):
            grouped.setdefault(level.nodes[level.of[node]], []).extend(found)
    return [_middle(node, grouped[node]) for node in sorted(grouped)]


def _middle(node: int, found: list[tuple[float, float, SlotCounts]]) -> MapPoint:
    weight = sum(slots.wanted for _, _, slots in found)
    lat = math.fsum(lat * slots.wanted for lat, _, slots in found) / weight
    lon = math.fsum(lon * slots.wanted for _, lon, slots in found) / weight
    total = (
        sum(getattr(slots, name) for _, _, slots in found)
        for name in ("wanted", "filled", "missing", "below_minimum")
    )
    return MapPoint(node, lat, lon, SlotCounts(*total))


WIDTH, TALLEST, EDGE = 700.0, 460.0, 18.0
KM_A_DEGREE = 111.195
"""On a sphere of 6,371 km, as for all distances."""
STATES = (
    ("all_filled", "o", FILLED),
    ("some_missing", "^", MISSING),
    ("minimum_missing", "s", BELOW),
)


def state(slots: SlotCounts) -> int:
    """Which of the three states: all filled, something missing, a minimum missing."""
    return 2 if slots.below_minimum else 1 if slots.missing else 0


def demand_map(facts: Facts, lang: Lang, form: PictureFormat) -> Picture | None:
    """A sign a community: its size is what is wanted there, its form and colour how far it is filled."""
    found = points(facts)
    if not found:
        return None
    south, north = min(point.lat for point in found), max(point.lat for point in found)
    west, east = min(point.lon for point in found), max(point.lon for point in found)
    across = max(math.cos(math.radians((south + north) / 2)), 0.01)
    breadth, high = max((east - west) * across, 1e-4), max(north - south, 1e-4)
    inner = WIDTH - 2 * EDGE
    scale = min(
        inner / breadth, min(TALLEST, 160.0 + 20.0 * len(found)) / high
    )  # a few signs need no large map
    height = max(high * scale, 120.0)
    canvas = Canvas(WIDTH, height + 2 * EDGE + 58, form)
    axes = canvas.axes(0, 30, WIDTH, height + 2 * EDGE)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    half_x, half_y = WIDTH / 2 / scale / across, (height / 2 + EDGE) / scale
    axes.set(
        xlim=(middle_x - half_x, middle_x + half_x),
        ylim=(middle_y - half_y, middle_y + half_y),
        xticks=[],
        yticks=[],
    )
    axes.set_aspect(1 / across, adjustable="box")
    most = max(point.slots.wanted for point in found)
    largest = min(420.0, 60_000.0 / len(found))
    for number, (_, marker, colour) in enumerate(STATES):
        shown = sorted(
            (point for point in found if state(point.slots) == number),
            key=lambda point: -point.slots.wanted,
        )
        if shown:
            sizes = [max(14.0, largest * point.slots.wanted / most) for point in shown]
            how = {
                "marker": marker,
                "color": colour,
                "edgecolors": PAPER,
                "linewidths": 0.8,
                "alpha": 0.92,
                "zorder": 2 + number,
            }
            axes.scatter(
                [point.lon for point in shown],
                [point.lat for point in shown],
                s=sizes,
                **how,
            )
    whole = canvas.whole()
    x = EDGE
    for name, marker, colour in STATES:
        word = text_of(f"report.{name}", lang)
        whole.scatter([x + 6], [14], marker=marker, color=colour, s=46)
        canvas.text(whole, x + 17, 14, word, colour=QUIET)
        x += 17 + (10 if wide(word) > len(word) else 5.2) * len(word) + 20
    _scale_bar(canvas, whole, scale, lang)
    return _with_table(facts, found, lang, canvas)


def _scale_bar(canvas: Canvas, whole: object, scale: float, lang: Lang) -> None:
    power = 10.0 ** math.floor(math.log10(150 / scale * KM_A_DEGREE))
    steps = (
        5,
        2,
        1,
        0.5,
        0.2,
        0.1,
    )  # those below 1 where rounding gives a power too many
    km = next(
        step * power for step in steps if step * power * scale / KM_A_DEGREE <= 150
    )
    length, y = km * scale / KM_A_DEGREE, canvas.height - 14
    whole.plot(  # type: ignore[attr-defined]
        [EDGE, EDGE + length], [y, y], color=INK, linewidth=1.6, solid_capstyle="butt"
    )
    canvas.text(
        whole,
        EDGE + length + 7,
        y,
        text_of("report.km", lang, km=f"{km:,.0f}" if km >= 1 else f"{km:g}"),
        colour=QUIET,
        size=SIZE,
    )


def _with_table(
    facts: Facts, found: list[MapPoint], lang: Lang, canvas: Canvas
) -> Picture:
    rows: list[tuple[str | int, ...]] = [
        (
            name_of(facts.communities, point.node),
            f"{point.lat:.4f}",
            f"{point.lon:.4f}",
            point.slots.wanted,
            point.slots.filled,
            point.slots.missing,
            point.slots.below_minimum,
            percent(point.slots.filled, point.slots.wanted),
        )
        for point in found
    ]
    words = (
        "community",
        "latitude",
        "longitude",
        "wanted",
        "filled",
        "missing",
        "below_minimum",
        "share",
    )
    counts = [
        sum(1 for point in found if state(point.slots) == number) for number in range(3)
    ]
    description = text_of(
        "report.map.text",
        lang,
        points=len(found),
        whole=counts[0],
        some=counts[1],
        minimum=counts[2],
    )
    return Picture(
        "demand_map",
        text_of("report.demand_map.title", lang),
        description,
        tuple(text_of(f"report.{word}", lang) for word in words),
        rows,
        canvas,
    )
