"""Comparisons of plans, and what changes would bring, in words: one line, and the whole with its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from matchkit.answers.base import SHOWN, listed, more_than_shown, signed, table
from matchkit.answers.effects import term_text
from matchkit.answers.fairness import decimal, percent
from matchkit.answers.moves import paths_text
from matchkit.messages import spans
from matchkit.messages.message import Lang, number, text_of
from matchkit.plan.outcome import goal_text, printable

if TYPE_CHECKING:
    from matchkit.answers.comparison import (
        Comparison,
        Figure,
        GoalFigure,
        GoalShift,
        PairFigure,
        Range,
        WhatIf,
    )
    from matchkit.answers.fairness import CoverageChange, Covered


def comparison_line(answer: Comparison, lang: Lang) -> str:
    """How many pairs changed, and the first goal that did."""
    if answer.same:
        return text_of("comparison.same", lang, kept=answer.kept)
    first = next((goal for goal in answer.goals if goal.difference != 0), None)
    values: dict[str, object] = {
        "gone": len(answer.gone),
        "new": len(answer.new),
        "moved": len(answer.moved),
        "slots": number(answer.slots.after, lang),
        "slots_difference": signed(answer.slots.difference, lang),
    }
    if first is None:
        return text_of("comparison.line_equal_goals", lang, **values)
    key = (
        "comparison.line_other_goals" if first.difference is None else "comparison.line"
    )
    return text_of(
        key, lang, **values, goal=goal_text(first.name, lang), **_cells(first, lang)
    )


def comparison_lines(answer: Comparison, lang: Lang) -> Iterator[str]:
    """The comparison in full."""
    yield comparison_line(answer, lang)
    if answer.goals:
        yield text_of("comparison.goals", lang)
        goals = [(goal_text(goal.name, lang), goal) for goal in answer.goals]
        yield from _table("goal", goals, lang)
    yield text_of("comparison.weight", lang)
    terms = [
        (term_text(term.term, lang), term) for term in answer.terms if _counts(term)
    ]
    paid = (
        [(text_of("comparison.paid", lang), answer.paid)]
        if _counts(answer.paid)
        else []
    )
    total = (text_of("comparison.total", lang), answer.weight)
    yield from _table("term", [*terms, *paid, total], lang)
    yield from _tiers(answer, lang)
    yield from _blocking(answer, lang)
    if answer.paths is not None:
        yield from paths_text(answer.paths, lang)
    for key in ("gone", "new", "moved"):
        pairs: tuple[PairFigure, ...] = getattr(answer, key)
        if pairs:
            yield text_of(f"comparison.{key}", lang, count=len(pairs))
            yield from listed(pairs, partial(_pair, answer.zone), lang)
    for key in ("requirements", "demands", "communities", "units", "resources"):
        found = getattr(answer, key) or ()
        if found:
            more = sum(one.difference > 0 for one in found)
            yield text_of(f"comparison.{key}", lang, more=more, fewer=len(found) - more)
            yield from _table("id", [(one.id, one) for one in found[:SHOWN]], lang)
            yield from more_than_shown(len(found), lang)
    if answer.coverage is not None and answer.coverage.changed:
        yield from _coverage(answer.coverage, lang)
    if answer.payments:
        yield text_of("comparison.payments", lang)
        rows = []
        for one in answer.payments[:SHOWN]:
            values = {"rule": printable(one.rule), "amount": _arrow(one.amount, lang)}
            rows.append((text_of("comparison.payment", lang, **values), one.paid))
        yield from _table("payment", rows, lang)
        yield from more_than_shown(len(answer.payments), lang)


def _blocking(answer: Comparison, lang: Lang) -> Iterator[str]:
    found = answer.blocking
    if found is None:
        return
    values = _cells(found, lang)
    del values["difference"]
    rule = text_of(f"outcome.rule.{found.rule}", lang)
    yield text_of("comparison.blocking", lang, rule=rule, **values)
    for which, count in (("before", found.before), ("after", found.after)):
        pairs = getattr(found, f"pairs_{which}")[:SHOWN]
        if pairs:
            yield text_of(f"comparison.blocking_{which}", lang, count=count)
            for pair in pairs:
                text = text_of("comparison.pair", lang, **dict(pair))
                yield text_of("comparison.row", lang, text=text)
            yield from more_than_shown(count, lang)


def _coverage(change: CoverageChange, lang: Lang) -> Iterator[str]:
    """How slots are shared before and after, and whose coverage is another."""

    def cell(one: Covered | None) -> str:
        if one is None:
            return text_of("comparison.none", lang)
        counts = {"filled": one.filled, "wanted": one.wanted}
        return text_of(
            "comparison.covered", lang, **counts, share=percent(one.share, lang)
        )

    sides = {"before": change.before, "after": change.after}
    yield text_of("comparison.coverage", lang)
    rows = [
        [
            text_of(f"comparison.head_{name}", lang)
            for name in ("shared", "before", "after")
        ]
    ]
    rows.append(
        _row(
            "nothing", lang, *(number(one.with_nothing, lang) for one in sides.values())
        )
    )
    rows.append(_row("full", lang, *(number(one.full, lang) for one in sides.values())))
    spreads = [one.coverage for one in sides.values()]
    none = text_of("comparison.none", lang)
    for name in ("least", "median"):
        shown = (
            none if one is None else percent(getattr(one, name), lang)
            for one in spreads
        )
        rows.append(_row(name, lang, *shown))
    gini = (none if one is None else decimal(one.gini, lang) for one in spreads)
    rows.append(_row("gini", lang, *gini))
    rows += [
        [one.id, cell(one.before), cell(one.after)] for one in change.changed[:SHOWN]
    ]
    yield from table(rows)
    yield from more_than_shown(len(change.changed), lang)


def _row(name: str, lang: Lang, *cells: str) -> list[str]:
    return [text_of(f"comparison.shared_{name}", lang), *cells]


def _tiers(answer: Comparison, lang: Lang) -> Iterator[str]:
    if not answer.tiers:
        return
    yield text_of("comparison.tiers", lang)
    rows = []
    for tier in answer.tiers:
        for part in (
            "filled_minimum",
            "filled_rest",
            "missing_minimum",
            "missing_rest",
        ):
            found: Figure | None = getattr(tier, part)
            if found is not None and _counts(found):
                rows.append(
                    (text_of(f"comparison.{part}", lang, tier=tier.tier), found)
                )
    yield from _table("tier", rows, lang)


def _counts(one: Figure) -> bool:
    """Whether either plan has anything of it."""
    return (one.before, one.after) != (0, 0)


def _head(first: str, lang: Lang) -> list[str]:
    names = (first, "before", "after", "difference")
    return [text_of(f"comparison.head_{name}", lang) for name in names]


def _table(
    first: str, rows: Sequence[tuple[str, Figure | GoalFigure]], lang: Lang
) -> list[str]:
    if not rows:
        return []
    cells = [[name, *_cells(one, lang).values()] for name, one in rows]
    return table([_head(first, lang), *cells])


def _cells(one: Figure | GoalFigure, lang: Lang) -> dict[str, str]:
    none = text_of("comparison.none", lang)
    return {
        "before": none if one.before is None else number(one.before, lang),
        "after": none if one.after is None else number(one.after, lang),
        "difference": none if one.difference is None else signed(one.difference, lang),
    }


def _pair(zone: str | None, pair: PairFigure, lang: Lang) -> str:
    one_side = not (pair.before and pair.after)
    alone = pair.before == pair.after or (one_side and abs(pair.difference) == 1)
    units = number(abs(pair.difference), lang) if one_side else _arrow(pair, lang)
    key = "comparison.pair" if alone else "comparison.pair_units"
    text = text_of(
        key, lang, resource=pair.resource, requirement=pair.requirement, units=units
    )
    before, after = (
        text_of("comparison.none", lang) if at is None else spans.moment(at, zone)
        for at in (pair.start_before, pair.start_after)
    )
    if one_side:
        at, start = (
            (pair.start_before, before) if pair.before else (pair.start_after, after)
        )
        return (
            text
            if at is None
            else text_of("comparison.pair_at", lang, pair=text, start=start)
        )
    if pair.start_before == pair.start_after:
        return text
    return text_of("comparison.pair_start", lang, pair=text, before=before, after=after)


def _arrow(one: Figure, lang: Lang) -> str:
    before, after = number(one.before, lang), number(one.after, lang)
    if one.before == one.after:
        return after
    return text_of("comparison.arrow", lang, before=before, after=after)


def what_if_line(answer: WhatIf, lang: Lang) -> str:
    """How many changes, and the first goal that they change or may change."""
    shifts = (
        (goal, (goal.difference.least, goal.difference.most)) for goal in answer.goals
    )
    first = next((goal for goal, shift in shifts if shift != (0, 0)), None)
    count = len(answer.changes)
    if first is None:
        return text_of("what_if.none", lang, count=count)
    difference = range_text(first.difference, lang, sign=True)
    goal = goal_text(first.name, lang)
    return text_of("what_if.line", lang, count=count, goal=goal, difference=difference)


def what_if_lines(answer: WhatIf, lang: Lang) -> Iterator[str]:
    """The changes, what is proved of every goal, and how the two plans differ."""
    yield what_if_line(answer, lang)
    yield text_of("what_if.changes", lang)
    yield from listed(answer.changes, lambda change, lang: change.line(lang), lang)
    yield text_of("what_if.goals_proven" if answer.proven else "what_if.goals", lang)
    yield from table(
        [_head("goal", lang), *(_shift(goal, lang) for goal in answer.goals)]
    )
    yield text_of("what_if.plans", lang)
    yield from comparison_lines(answer.comparison, lang)


def _shift(goal: GoalShift, lang: Lang) -> list[str]:
    none = text_of("comparison.none", lang)
    before, after = (
        none if side is None else range_text(side, lang)
        for side in (goal.before, goal.after)
    )
    both = goal.before is not None and goal.after is not None
    difference = range_text(goal.difference, lang, sign=True) if both else none
    return [goal_text(goal.name, lang), before, after, difference]


def range_text(given: Range, lang: Lang, *, sign: bool = False) -> str:
    """A range in words: the number where it is one."""
    least, most = (
        None if end is None else signed(end, lang) if sign else number(end, lang)
        for end in (given.least, given.most)
    )
    if least is None and most is None:
        return text_of("range.unknown", lang)
    if least is None:
        return text_of("range.at_most", lang, most=most)
    if most is None:
        return text_of("range.at_least", lang, least=least)
    return (
        least if given.known else text_of("range.between", lang, least=least, most=most)
    )
