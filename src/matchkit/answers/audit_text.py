"""The full text of an audit, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matchkit.answers.audit import SHOWN, Audit, Distance, PairUnits, Score, SoundPart
from matchkit.answers.effects import term_told
from matchkit.answers.tables import signed
from matchkit.messages.catalogue import Lang
from matchkit.messages.message import number, numbers, text_of
from matchkit.plan.goals import goal_told


def lines(audit: Audit, lang: Lang) -> Iterator[str]:
    """The lines of the text; the first is ``audit.line``."""
    yield audit.line(lang)
    if audit.faults:
        yield text_of("audit.faults", lang, count=len(audit.faults))
        yield from _cut(
            [fault.line(lang) for fault in audit.faults[: SHOWN + 1]], len(audit.faults), lang
        )
    yield from _score(audit.score, lang)
    if audit.distance is not None:
        yield from _distance(audit.distance, lang)
    elif audit.unsolved is not None:
        yield text_of(f"audit.unsolved_{audit.unsolved}", lang)
    if audit.part is not None:
        yield from _part(audit.part, lang)
    elif audit.part_unknown is not None:
        yield text_of(f"audit.part_{audit.part_unknown}", lang)
    if audit.improvements:
        yield text_of("audit.improvements", lang, tried=audit.tried)
        yield from (f"  {better.line(lang)}" for better in audit.improvements)
        yield text_of("audit.exhaustive" if audit.exhaustive else "audit.not_exhaustive", lang)
    else:
        yield text_of(
            "audit.nothing_better" if audit.exhaustive else "audit.nothing_found",
            lang,
            tried=audit.tried,
        )


def _cut(found: Sequence[str], count: int, lang: Lang) -> Iterator[str]:
    yield from (f"  {line}" for line in found[:SHOWN])
    if count > SHOWN:
        yield text_of("audit.more", lang, count=count - SHOWN)


def _score(score: Score, lang: Lang) -> Iterator[str]:
    yield text_of("audit.score", lang, units=score.units)
    yield from (
        text_of(
            "audit.goal", lang, goal=goal_told(goal.goal, lang), value=number(goal.value, lang)
        )
        for goal in score.goals
    )
    terms = [
        text_of("audit.term", lang, term=term_told(name, lang), points=number(points, lang))
        for name, points in score.terms
    ]
    yield text_of("audit.terms", lang, terms=text_of("audit.comma", lang).join(terms))
    paid = [
        text_of(
            "audit.payment",
            lang,
            rule=one.rule,
            amount=number(one.amount, lang),
            paid=number(one.paid, lang),
        )
        for one in score.payments
    ]
    if paid:
        yield text_of("audit.payments", lang, count=len(paid))
        yield from _cut(paid, len(paid), lang)
    if score.left_out:
        yield text_of(
            "audit.left_out",
            lang,
            rows=numbers(score.left_out, lang),
            count=len(score.left_out),
        )


def _distance(distance: Distance, lang: Lang) -> Iterator[str]:
    yield text_of(f"audit.distance_{distance.status}", lang)
    for goal in distance.goals:
        values = {
            "goal": goal_told(goal.goal, lang),
            "table": number(goal.table, lang),
            "best": number(goal.best, lang),
        }
        bound = text_of("audit.open", lang) if goal.bound is None else number(goal.bound, lang)
        yield text_of(
            "audit.behind",
            lang,
            **values,
            difference=signed(goal.difference, lang),
            bound=bound,
        )
    if not distance.comparable:
        yield text_of("audit.not_comparable", lang)


def _part(part: SoundPart, lang: Lang) -> Iterator[str]:
    yield text_of(
        "audit.part_proved" if part.proved else "audit.part_found",
        lang,
        units=part.units,
        of=part.of,
    )
    for key, pairs in (("audit.part_dropped", part.dropped), ("audit.part_added", part.added)):
        if pairs:
            yield text_of(key, lang, pairs=[_pair(pair, lang) for pair in pairs])
    yield text_of("audit.part_goals", lang)
    yield from (
        text_of(
            "audit.part_goal",
            lang,
            goal=goal_told(goal.goal, lang),
            value=number(goal.value, lang),
        )
        for goal in part.goals
    )


def _pair(pair: PairUnits, lang: Lang) -> str:
    return text_of(
        "audit.pair",
        lang,
        resource=pair.resource,
        requirement=pair.requirement,
        units=pair.units,
    )
