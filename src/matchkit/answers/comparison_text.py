"""A comparison in words: one line, and the whole with its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from matchkit.answers.comparison import Comparison, Figure, GoalFigure, IdFigure, PairFigure
from matchkit.answers.effects import term_told
from matchkit.answers.tables import signed, table
from matchkit.messages import spans
from matchkit.messages.catalogue import Lang
from matchkit.messages.message import number, text_of
from matchkit.plan.goals import goal_told, printable

SHOWN = 20
"""So many rows of a table are shown before the rest is counted."""


def headline(answer: Comparison, lang: Lang) -> str:
    """The comparison in one line."""
    if answer.same:
        return text_of("comparison.same", lang, kept=answer.kept)
    first = next((goal for goal in answer.goals if goal.difference != 0), None)
    values = {
        "gone": len(answer.gone),
        "new": len(answer.new),
        "moved": len(answer.moved),
        "slots": number(answer.slots.after, lang),
        "slots_difference": signed(answer.slots.difference, lang),
    }
    if first is None:
        return text_of("comparison.line_equal_goals", lang, **values)
    key = "comparison.line_other_goals" if first.difference is None else "comparison.line"
    return text_of(key, lang, **values, goal=goal_told(first.name, lang), **_cells(first, lang))


def lines(answer: Comparison, lang: Lang) -> Iterator[str]:
    """The comparison in full."""
    yield headline(answer, lang)
    if answer.goals:
        yield text_of("comparison.goals", lang)
        yield from _table(
            "goal", [(goal_told(goal.name, lang), goal) for goal in answer.goals], lang
        )
    yield from _weight(answer, lang)
    yield from _tiers(answer, lang)
    for key in ("gone", "new", "moved"):
        pairs: tuple[PairFigure, ...] = getattr(answer, key)
        if pairs:
            yield text_of(f"comparison.{key}", lang, count=len(pairs))
            yield from _cut(
                [
                    text_of("comparison.row", lang, told=_pair(pair, answer.zone, lang))
                    for pair in pairs[:SHOWN]
                ],
                len(pairs),
                lang,
            )
    yield from _who(answer, lang)
    if answer.payments:
        yield text_of("comparison.payments", lang)
        rows = [
            (
                text_of(
                    "comparison.payment",
                    lang,
                    rule=printable(one.rule),
                    amount=_arrow(one.amount, lang),
                ),
                one.paid,
            )
            for one in answer.payments
        ]
        yield from _cut(_table("payment", rows[:SHOWN], lang), len(rows), lang)


def _weight(answer: Comparison, lang: Lang) -> Iterator[str]:
    yield text_of("comparison.weight", lang)
    rows: list[tuple[str, Figure | GoalFigure]] = [
        (term_told(term.term, lang), term)
        for term in answer.terms
        if (term.before, term.after) != (0, 0)
    ]
    if (answer.paid.before, answer.paid.after) != (0, 0):
        rows.append((text_of("comparison.paid", lang), answer.paid))
    yield from _table("term", [*rows, (text_of("comparison.total", lang), answer.weight)], lang)


def _tiers(answer: Comparison, lang: Lang) -> Iterator[str]:
    if not answer.tiers:
        return
    yield text_of("comparison.tiers", lang)
    rows = []
    for tier in answer.tiers:
        for part in ("filled_minimum", "filled_rest", "missing_minimum", "missing_rest"):
            found: Figure | None = getattr(tier, part)
            if found is not None and (found.before, found.after) != (0, 0):
                rows.append((text_of(f"comparison.{part}", lang, tier=tier.tier), found))
    yield from _table("tier", rows, lang)


def _who(answer: Comparison, lang: Lang) -> Iterator[str]:
    for key in ("requirements", "demands", "communities", "units", "resources"):
        found: Sequence[IdFigure] = getattr(answer, key) or ()
        if found:
            more = sum(one.difference > 0 for one in found)
            yield text_of(f"comparison.{key}", lang, more=more, fewer=len(found) - more)
            yield from _cut(
                _table("id", [(one.id, one) for one in found[:SHOWN]], lang), len(found), lang
            )


def _table(
    first: str, rows: Sequence[tuple[str, Figure | GoalFigure]], lang: Lang
) -> list[str]:
    if not rows:
        return []
    head = [
        text_of(f"comparison.head_{name}", lang)
        for name in (first, "before", "after", "difference")
    ]
    return table([head, *([name, *_cells(one, lang).values()] for name, one in rows)])


def _cells(one: Figure | GoalFigure, lang: Lang) -> dict[str, str]:
    none = text_of("comparison.none", lang)
    return {
        "before": none if one.before is None else number(one.before, lang),
        "after": none if one.after is None else number(one.after, lang),
        "difference": none if one.difference is None else signed(one.difference, lang),
    }


def _pair(pair: PairFigure, zone: str | None, lang: Lang) -> str:
    one_side = not (pair.before and pair.after)
    alone = pair.before == pair.after or (one_side and abs(pair.difference) == 1)
    units = number(abs(pair.difference), lang) if one_side else _arrow(pair, lang)
    key = "comparison.pair" if alone else "comparison.pair_units"
    told = text_of(key, lang, resource=pair.resource, requirement=pair.requirement, units=units)
    if one_side:
        start = pair.start_before if pair.before else pair.start_after
        return (
            told
            if start is None
            else text_of("comparison.pair_at", lang, pair=told, start=_start(start, zone, lang))
        )
    if pair.start_before == pair.start_after:
        return told
    before, after = (
        _start(moment, zone, lang) for moment in (pair.start_before, pair.start_after)
    )
    return text_of("comparison.pair_start", lang, pair=told, before=before, after=after)


def _start(moment: datetime | None, zone: str | None, lang: Lang) -> str:
    return text_of("comparison.none", lang) if moment is None else spans.moment(moment, zone)


def _arrow(one: Figure, lang: Lang) -> str:
    if one.before == one.after:
        return number(one.after, lang)
    return text_of(
        "comparison.arrow", lang, before=number(one.before, lang), after=number(one.after, lang)
    )


def _cut(rows: Sequence[str], count: int, lang: Lang) -> Iterator[str]:
    yield from rows
    if count > SHOWN:
        yield text_of("comparison.more", lang, count=count - SHOWN)
