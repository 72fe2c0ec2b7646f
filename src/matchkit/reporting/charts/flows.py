"""Flow chart (Sankey): units left, communities right, both at the level that pictures show, and bands as wide
as the units assigned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from matchkit.messages.message import Lang, text_of
from matchkit.reporting.charts.canvas import (
    BAND,
    FILLED,
    QUIET,
    Canvas,
    PictureFormat,
    cut,
)
from matchkit.reporting.charts.picture import Picture
from matchkit.reporting.facts import Facts
from matchkit.reporting.tree import PlaceLevel, name_of, places_named

WIDTH, MARGIN, BAR = 700.0, 196.0, 7.0
TOP, PITCH, LABEL = 30.0, 21.0, 13.5
GAP = 4.0


def flow_picture(facts: Facts, lang: Lang, form: PictureFormat) -> Picture | None:
    """Units left, communities right. Every node and band is a part that can be chosen."""
    bands = facts.bands()
    if not bands:
        return None
    return _picture(
        "flows",
        text_of("report.flows.title", lang),
        facts,
        facts.community_level,
        lang,
        form,
    )


def inner_pictures(facts: Facts, lang: Lang) -> dict[int, Picture]:
    """For each place of the community level that consists of several, what units give to these."""
    found = {}
    for place, level in facts.inner_levels.items():
        title = text_of(
            "report.flows.inside",
            lang,
            name=name_of(facts.communities, facts.community_level.nodes[place]),
        )
        found[place] = _picture(f"flows-{place}", title, facts, level, lang, "svg")
    return found


def _picture(
    own: str,
    title: str,
    facts: Facts,
    level: PlaceLevel,
    lang: Lang,
    form: PictureFormat,
) -> Picture:
    bands = facts.bands(level)
    names = (
        places_named(facts.units, facts.unit_level, lang),
        places_named(facts.communities, level, lang),
    )
    totals = [[0] * len(side) for side in names]
    for pair, units in bands.items():
        for total, node in zip(totals, pair, strict=True):
            total[node] += units
    height = max(
        PITCH * min(max(map(len, names)), 25), LABEL * max(map(len, names)), 220.0
    )
    each = min((height - GAP * sum(map(bool, side))) / sum(side) for side in totals)
    tops = [_tops(side, height, each) for side in totals]
    canvas = Canvas(WIDTH, TOP + height + 8, form)
    axes = canvas.whole()
    _draw_bands(axes, bands, tops, each)
    from matplotlib.patches import Rectangle

    for side, (x, align) in enumerate(
        ((MARGIN - BAR, "right"), (WIDTH - MARGIN, "left"))
    ):
        for node, (name, units) in enumerate(
            zip(names[side], totals[side], strict=True)
        ):
            if not units:
                continue  # a unit that helps elsewhere
            y, tall = tops[side][node], max(units * each, 0.8)
            axes.add_patch(
                Rectangle(
                    (x, y),
                    BAR,
                    tall,
                    facecolor=FILLED,
                    edgecolor="none",
                    gid=f"node-{side}-{node}",
                )
            )
            away = x - 6 if side == 0 else x + BAR + 6
            shown = text_of("report.node", lang, name=cut(name, 26), units=units)
            canvas.text(
                axes, away, y + tall / 2, shown, ha=align, gid=f"label-{side}-{node}"
            )
    for x, word, align in (
        (MARGIN, "units", "right"),
        (WIDTH - MARGIN, "communities", "left"),
    ):
        canvas.text(
            axes, x, 12, text_of(f"report.flows.{word}", lang), colour=QUIET, ha=align
        )
    return _with_table(own, title, bands, names, totals, lang, canvas)


def _tops(units: Sequence[int], height: float, each: float) -> list[float]:
    """Where each bar begins: in the middle of a room that its label fits in; small ones keep theirs, large
    ones share what is left.
    """
    room = [max(amount * each + GAP, LABEL) if amount else 0.0 for amount in units]
    over = sum(room) - height
    spare = [max(0.0, amount - LABEL) for amount in room]
    if over > 0:
        room = [
            amount - over * own / (sum(spare) or 1.0)
            for amount, own in zip(room, spare, strict=True)
        ]
    else:
        room = [amount - over * bool(amount) / sum(map(bool, units)) for amount in room]
    starts = accumulate(room, initial=0.0)
    return [
        TOP + start + (own - amount * each) / 2
        for start, own, amount in zip(starts, room, units, strict=False)
    ]


def _draw_bands(
    axes: object,
    bands: Mapping[tuple[int, int], int],
    tops: Sequence[Sequence[float]],
    each: float,
) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    left, right = MARGIN, WIDTH - MARGIN
    middle = (left + right) / 2
    used = [dict[int, float](), dict[int, float]()]
    ends: dict[tuple[int, int], list[float]] = {pair: [0.0, 0.0] for pair in bands}
    for side in (0, 1):
        for pair in sorted(bands, key=lambda pair: (pair[side], pair[1 - side])):
            start = used[side].get(pair[side], tops[side][pair[side]])
            ends[pair][side] = start + bands[pair] * each / 2
            used[side][pair[side]] = start + bands[pair] * each
    for (unit, community), units in sorted(
        bands.items(), key=lambda band: (-band[1], band[0])
    ):
        y0, y1 = ends[unit, community]
        path = Path(
            [(left, y0), (middle, y0), (middle, y1), (right, y1)],
            [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4],
        )
        width = max(units * each, 0.5)
        patch = PathPatch(
            path,
            facecolor="none",
            edgecolor=BAND,
            linewidth=width,
            alpha=0.34,
            gid=f"band-{unit}-{community}",
            capstyle="butt",
            zorder=-1,
        )
        patch.set_transform(axes.transData)  # type: ignore[attr-defined]
        axes.figure.add_artist(patch)  # type: ignore[attr-defined]  # as part of the axes each would be clipped, and the limits computed again


def _with_table(
    name: str,
    title: str,
    bands: Mapping[tuple[int, int], int],
    names: Sequence[Sequence[str]],
    totals: Sequence[Sequence[int]],
    lang: Lang,
    canvas: Canvas,
) -> Picture:
    parts: dict[str, dict[str, str]] = {}
    for side in (0, 1):
        for node, (node_name, units) in enumerate(
            zip(names[side], totals[side], strict=True)
        ):
            label = text_of(
                f"report.flows.node{side}", lang, name=node_name, units=units
            )
            parts[f"node-{side}-{node}"] = {"aria-label": label, "title": label}
            parts[f"label-{side}-{node}"] = {"aria-hidden": "true"}
    for (unit, community), units in bands.items():
        label = text_of(
            "report.flows.band",
            lang,
            unit=names[0][unit],
            community=names[1][community],
            units=units,
        )
        own = {"aria-label": label, "title": label}
        parts[f"band-{unit}-{community}"] = own
    rows: list[tuple[str | int, ...]] = [
        (names[0][unit], names[1][community], units)
        for (unit, community), units in sorted(
            bands.items(), key=lambda band: (-band[1], band[0])
        )
    ]
    head = (
        text_of("report.unit", lang),
        text_of("report.community", lang),
        text_of("report.help", lang),
    )
    description = text_of(
        "report.flows.text",
        lang,
        units=sum(map(bool, totals[0])),
        communities=sum(map(bool, totals[1])),
        bands=len(bands),
        help=sum(bands.values()),
    )
    return Picture(name, title, description, head, rows, canvas, parts)
