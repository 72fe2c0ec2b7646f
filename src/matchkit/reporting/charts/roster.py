"""Roster chart: who works when, and below it how many slots are filled, by kind of work and day."""

from __future__ import annotations

from matchkit.messages.message import Lang, Unshortened, joined, text_of
from matchkit.reporting.charts.canvas import PictureFormat
from matchkit.reporting.charts.picture import Picture
from matchkit.reporting.charts.roster_grid import RosterGrid, hours_text, kind_text
from matchkit.reporting.facts import Facts
from matchkit.reporting.roster import Roster, roster
from matchkit.reporting.tree import name_of


def roster_chart(facts: Facts, lang: Lang, form: PictureFormat) -> Picture | None:
    """The roster of at most 40 resources and 35 days; its table has a row for each, and for kinds of work."""
    found = roster(facts)
    if found is None:
        return None
    grid = RosterGrid(facts, found, lang, form)
    days = [
        text_of(
            "report.day",
            lang,
            weekday=text_of(f"weekday.{day.weekday()}", lang),
            date=day.isoformat(),
        )
        for day in found.days
    ]
    words = ("resource", "unit", "roster.hours", "roster.shifts")
    head = [text_of(f"report.{word}", lang) for word in words]
    return Picture(
        "roster",
        text_of("report.roster.title", lang),
        _description(facts, found, days, grid.letters, lang),
        (*head[:2], *days, *head[2:]),
        _rows(facts, found, lang),
        grid.canvas,
    )


def _description(
    facts: Facts, found: Roster, days: list[str], letters: list[str], lang: Lang
) -> str:
    """What the letters stand for, and what has no room."""
    signs = [
        text_of(
            "report.roster.sign",
            lang,
            letter=letter,
            kind=kind_text(kind, found, lang),
        )
        for letter, kind in zip(letters, found.kinds, strict=True)
    ]
    text = text_of(
        "report.roster.text",
        lang,
        people=len(found.rows),
        first=days[0],
        last=days[-1],
        zone=facts.zone.key,
        shifts=sum(row.shifts for row in found.rows),
        signs=Unshortened(signs),
    )
    if any(len(kinds) > 2 for row in found.rows for kinds in row.work):
        text += text_of("report.roster.several", lang)
    if not found.is_whole:
        shown = len(found.rows)
        text += text_of(
            "report.roster.people", lang, working=found.working, shown=shown
        )
    if found.later:
        text += text_of("report.roster.later", lang, shifts=found.later, days=len(days))
    return text.strip()


def _rows(facts: Facts, found: Roster, lang: Lang) -> list[tuple[str | int, ...]]:
    names = [
        kind.name or text_of("report.others", lang, count=found.folded)
        for kind in found.kinds
    ]
    rows: list[tuple[str | int, ...]] = []
    for row in found.rows:
        name = facts.resources[row.resource].id
        unit = name_of(facts.units, facts.unit_of[row.resource])
        work = [
            joined([names[kind] for kind in kinds], lang) if kinds else ""
            for kinds in row.work
        ]
        rows.append((name, unit, *work, hours_text(row.seconds), row.shifts))
    for name, kind in zip(names, found.kinds, strict=True):
        slots = [
            text_of("report.roster.of", lang, filled=filled, wanted=wanted)
            if wanted
            else ""
            for filled, wanted in zip(kind.filled, kind.wanted, strict=True)
        ]
        head = text_of("report.roster.filled", lang, kind=name)
        rows.append((head, "", *slots, "", kind.total))
    return rows
