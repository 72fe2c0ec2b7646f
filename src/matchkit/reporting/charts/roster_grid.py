"""Drawing of a roster: a row a resource, a column a day, a letter in a colour for each kind of work.

Meant for paper: it fits a landscape page, and letters and lightness tell kinds of work apart without colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from matchkit.messages.message import Lang, text_of
from matchkit.reporting.charts.canvas import (
    INK,
    LACKED,
    LINE,
    ON_DEEP,
    PAPER,
    QUIET,
    REST,
    WORK,
    Canvas,
    PictureFormat,
    cut,
    wide,
)
from matchkit.reporting.facts import Facts
from matchkit.reporting.roster import Roster, RosterRow, WorkKind
from matchkit.reporting.tree import name_of

WIDTH, TALLEST = 800.0, 566.0
"""In points, as A4 in landscape is: 40 rows and a few kinds of work fit."""
LEFT, UNIT, RIGHT, WIDEST = 124.0, 76.0, 70.0, 44.0
"""Widths of ids and kinds of work, of units, of the sums, and of the widest cell."""
HEAD, BETWEEN, COVER, END = 46.0, 20.0, 13.5, 8.0
"""Heights of the days above, of the gap below the rows, of a row of slots, and of what is free below it."""
LETTER, SMALL = 0.62, 7.5
"""Width of a bold letter, by its size; size of heads and of slots."""
SPREAD = {1: (1,), 2: (0, 5), 3: (0, 3, 5), 4: (0, 2, 3, 5), 5: (0, 1, 2, 3, 5)}
"""Which of the six colours so many kinds of work have, so that they differ in lightness too."""
OTHERS = "+"


class RosterGrid:
    """The drawing on a canvas, in points from the upper left corner; ``letters`` stand for kinds of work."""

    def __init__(
        self, facts: Facts, roster: Roster, lang: Lang, form: PictureFormat
    ) -> None:
        self.facts, self.roster, self.lang = facts, roster, lang
        self.units = len({facts.unit_of[row.resource] for row in roster.rows}) > 1
        self.left = LEFT + UNIT * self.units
        self.cell = min(WIDEST, (WIDTH - self.left - RIGHT) / len(roster.days))
        self.right = self.left + self.cell * len(roster.days) + RIGHT
        slots = COVER * len(roster.kinds)
        room = TALLEST - HEAD - BETWEEN - slots - END
        self.pitch = min(17.0, max(9.5, room / len(roster.rows)))
        self.size = 8.5 if self.pitch > 14 else 7.0 if self.pitch > 10.5 else 6.5
        self.rows_end = HEAD + self.pitch * len(roster.rows)
        self.top = self.rows_end + BETWEEN
        self.bottom = self.top + slots
        self.canvas = Canvas(WIDTH, self.bottom + END, form)
        self.axes = self.canvas.whole()
        columns = int((self.cell - 3) / (LETTER * self.size))
        self.letters = short_names([kind.name for kind in roster.kinds], columns)
        self.fills = fills(roster.kinds)
        self._days()
        for at, row in enumerate(roster.rows):
            self._row(at, row)
        self._text(2, self.top - 8, text_of("report.roster.slots", lang), colour=QUIET)
        for at, kind in enumerate(roster.kinds):
            self._slots(at, kind)

    def _text(self, x: float, y: float, text: str, **how: Any) -> None:
        self.canvas.text(self.axes, x, y, text, **{"size": SMALL, **how})

    def _box(self, x: float, y: float, width: float, height: float, **how: Any) -> None:
        from matplotlib.patches import Rectangle

        self.axes.add_patch(Rectangle((x, y), width, height, **{"linewidth": 0, **how}))

    def _line(
        self, x: tuple[float, float], y: tuple[float, float], colour: str = LINE
    ) -> None:
        self.axes.plot(x, y, color=colour, linewidth=0.6)

    def _days(self) -> None:
        """Heads of months and days, weekends shaded, lines between weeks and rows."""
        for x, month in self._months():
            self._text(x + 2, 9, month, size=9, fontweight="bold")
        for at, day in enumerate(self.roster.days):
            x, weekday = self.left + at * self.cell, day.weekday()
            for start, end in ((17.0, self.rows_end), (self.top, self.bottom)):
                if weekday > 4:
                    self._box(x, start, self.cell, end - start, facecolor=REST)
                if at and not weekday:
                    self._line((x, x), (start, end), QUIET)
            word = text_of(f"report.roster.weekday.{weekday}", self.lang)
            for y, head in ((24, word), (37, str(day.day))):
                self._text(x + self.cell / 2, y, head, colour=QUIET, ha="center")
        words = [
            text_of(f"report.roster.{word}", self.lang) for word in ("hours", "shifts")
        ]
        self._sums(37, words, size=SMALL, colour=QUIET)
        for at in range(len(self.roster.rows) + 1):
            below = HEAD + at * self.pitch
            self._line((0, self.right), (below, below))

    def _months(self) -> Iterator[tuple[float, str]]:
        """Where each month begins, and its name, where it has room beside the next."""
        days = self.roster.days
        starts = [at for at, day in enumerate(days) if at == 0 or day.day == 1]
        for at, after in pairwise([*starts, len(days) + 9]):
            name = text_of(f"report.month.{days[at].month}", self.lang)
            year = str(days[at].year)
            text = text_of("report.roster.month", self.lang, month=name, year=year)
            if (after - at) * self.cell > 6.5 * wide(text):
                yield self.left + at * self.cell, text

    def _sums(self, y: float, texts: Sequence[str], **how: Any) -> None:
        """Texts in the two columns on the right."""
        for x, text in zip((self.right - RIGHT / 2, self.right), texts, strict=True):
            self._text(x - 2, y, text, ha="right", **how)

    def _row(self, at: int, row: RosterRow) -> None:
        """Unit where it is another than above, id, work by day, sums."""
        y = HEAD + at * self.pitch
        middle, unit = y + self.pitch / 2, self.facts.unit_of[row.resource]
        above = self.roster.rows[at - 1].resource if at else None
        if self.units and (above is None or self.facts.unit_of[above] != unit):
            self._line((0, self.right), (y, y), QUIET)
            name = cut(name_of(self.facts.units, unit), 13)
            self._text(2, middle, name, size=self.size, colour=QUIET)
        name = cut(self.facts.resources[row.resource].id, 21)
        self._text(self.left - LEFT + 2, middle, name, size=self.size)
        for day, kinds in enumerate(row.work):
            signs = [(self.letters[kind], *self.fills[kind]) for kind in kinds]
            if len(kinds) > 2:  # no room for their letters
                signs = [(f"{len(kinds)}×", PAPER, INK)]
            for place, sign in enumerate(signs):
                width = (self.cell - 2) / len(signs)
                x = self.left + day * self.cell + 1 + place * width
                self._sign(x, y + 1, width, self.pitch - 2, *sign)
        sums = hours_text(row.seconds), f"{row.shifts:,}"
        self._sums(middle, sums, size=self.size)

    def _sign(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        text: str,
        fill: str,
        ink: str,
    ) -> None:
        """A box with a text in it, smaller where it would not fit; a pale box has an edge."""
        edge = {} if ink == ON_DEEP else {"edgecolor": QUIET, "linewidth": 0.4}
        self._box(x, y, width, height, facecolor=fill, **edge)
        size = min(self.size, (width - 1) / (LETTER * max(1, wide(text))))
        how = {"size": size, "colour": ink, "ha": "center", "fontweight": "bold"}
        self._text(x + width / 2, y + height / 2, text, **how)

    def _slots(self, at: int, kind: WorkKind) -> None:
        """Sign, name and hours of a kind of work; its slots by day, marked where some are missing."""
        y = self.top + at * COVER
        middle = y + COVER / 2
        self._sign(2, y + 1.5, 20, COVER - 3, self.letters[at], *self.fills[at])
        name = kind_text(kind, self.roster, self.lang)
        self._text(26, middle, cut(name, int((self.left - 26) / 4.2)))
        for day, (filled, wanted) in enumerate(
            zip(kind.filled, kind.wanted, strict=True)
        ):
            x, lacks = self.left + day * self.cell, filled < wanted
            text = f"{filled}/{wanted}" if lacks else f"{filled}" if wanted else ""
            if lacks:
                self._box(x + 1, y + 1, self.cell - 2, COVER - 2, facecolor=LACKED[1])
            size = min(7.0, (self.cell - 2) / (LETTER * max(1, len(text))))
            weight = "bold" if lacks else "normal"
            how = {"size": size, "ha": "center", "fontweight": weight}
            self._text(x + self.cell / 2, middle, text, **how)
        self._sums(middle, ("", f"{kind.total:,}"))


def fills(kinds: Sequence[WorkKind]) -> list[tuple[str, str]]:
    """Fill and ink of each kind of work: colours for the six that ask for most, white for the others."""
    named = [at for at, kind in enumerate(kinds) if kind.name]
    most = sorted(named, key=lambda at: (-sum(kinds[at].wanted), at))[: len(WORK)]
    steps = SPREAD.get(len(most), range(len(WORK)))
    found = [(PAPER, INK)] * len(kinds)
    for at, step in zip(sorted(most), steps, strict=False):
        found[at] = WORK[step], ON_DEEP if step > 3 else INK
    return found


def short_names(names: Sequence[str | None], columns: int) -> list[str]:
    """A short form of each name, no two alike; the names as they are where ``columns`` hold each of them.
    None stands for all others.
    """
    if all(wide(name or OTHERS) <= columns for name in names):
        return [name or OTHERS for name in names]
    found: list[str] = []
    for name in names:
        first = name[0].upper() if name else OTHERS
        rest = [letter for letter in (name or "")[1:].lower() if letter.isalnum()]
        forms = [first, *(first + letter for letter in rest)]
        forms += [f"{first}{number}" for number in range(2, len(names) + 2)]
        found.append(next(form for form in forms if form not in found))
    return found


def kind_text(kind: WorkKind, roster: Roster, lang: Lang) -> str:
    """The name of a kind of work, with its hours where all its shifts have the same ones."""
    if kind.name is None:
        return text_of("report.others", lang, count=roster.folded)
    if kind.clock is None:
        return kind.name
    start, end = kind.clock
    return text_of("report.roster.kind", lang, kind=kind.name, start=start, end=end)


def hours_text(seconds: int) -> str:
    """Hours as people add them up: whole ones, or with minutes behind a colon."""
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours:,}:{minutes:02}" if minutes else f"{hours:,}"
