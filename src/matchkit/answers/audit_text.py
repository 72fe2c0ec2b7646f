"""The full text of an audit, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matchkit.answers.audit import SHOWN, Audit, Distance, PairUnits, Score, SoundPart
from matchkit.answers.goals import goal_told, term_told
from matchkit.answers.tables import signed
from matchkit.words import Lang, say
from matchkit.words.told import number


def lines(audit: Audit, lang: Lang) -> Iterator[str]:
    """The lines of the text; the first is ``audit.line``."""
    yield audit.line(lang)
    if audit.faults:
        yield say("audit.faults", lang, count=len(audit.faults))
        yield from _cut([fault.line(lang) for fault in audit.faults[: SHOWN + 1]], len(audit.faults), lang)
    yield from _score(audit.score, lang)
    if audit.distance is not None:
        yield from _distance(audit.distance, lang)
    elif audit.unsolved is not None:
        yield say(f"audit.unsolved_{audit.unsolved}", lang)
    if audit.part is not None:
        yield from _part(audit.part, lang)
    elif audit.part_unknown is not None:
        yield say(f"audit.part_{audit.part_unknown}", lang)
    if audit.improvements:
        yield say("audit.improvements", lang, tried=audit.tried)
        yield from (f"  {better.line(lang)}" for better in audit.improvements)
        yield say("audit.exhaustive" if audit.exhaustive else "audit.not_exhaustive", lang)
    else:
        yield say(
            "audit.nothing_better" if audit.exhaustive else "audit.nothing_found", lang, tried=audit.tried
        )


def _cut(found: Sequence[str], count: int, lang: Lang) -> Iterator[str]:
    yield from (f"  {line}" for line in found[:SHOWN])
    if count > SHOWN:
        yield say("audit.more", lang, count=count - SHOWN)


def _score(score: Score, lang: Lang) -> Iterator[str]:
    yield say("audit.score", lang, units=score.units)
    yield from (
        say("audit.goal", lang, goal=goal_told(goal.goal, lang), value=number(goal.value, lang))
        for goal in score.goals
    )
    terms = [
        say("audit.term", lang, term=term_told(name, lang), points=number(points, lang))
        for name, points in score.terms
    ]
    yield say("audit.terms", lang, terms=say("audit.comma", lang).join(terms))
    paid = [
        say(
            "audit.payment", lang, rule=one.rule, amount=number(one.amount, lang), paid=number(one.paid, lang)
        )
        for one in score.payments
    ]
    if paid:
        yield say("audit.payments", lang, count=len(paid))
        yield from _cut(paid, len(paid), lang)
    if score.left_out:
        yield say("audit.left_out", lang, rows=score.left_out, count=len(score.left_out))


def _distance(distance: Distance, lang: Lang) -> Iterator[str]:
    yield say(f"audit.distance_{distance.status}", lang)
    for goal in distance.goals:
        values = {
            "goal": goal_told(goal.goal, lang),
            "table": number(goal.table, lang),
            "best": number(goal.best, lang),
        }
        bound = say("audit.open", lang) if goal.bound is None else number(goal.bound, lang)
        yield say("audit.behind", lang, **values, difference=signed(goal.difference, lang), bound=bound)
    if not distance.comparable:
        yield say("audit.not_comparable", lang)


def _part(part: SoundPart, lang: Lang) -> Iterator[str]:
    yield say("audit.part_proved" if part.proved else "audit.part_found", lang, units=part.units, of=part.of)
    for key, pairs in (("audit.part_dropped", part.dropped), ("audit.part_added", part.added)):
        if pairs:
            yield say(key, lang, pairs=[_pair(pair, lang) for pair in pairs])
    yield say("audit.part_goals", lang)
    yield from (
        say("audit.part_goal", lang, goal=goal_told(goal.goal, lang), value=number(goal.value, lang))
        for goal in part.goals
    )


def _pair(pair: PairUnits, lang: Lang) -> str:
    return say("audit.pair", lang, resource=pair.resource, requirement=pair.requirement, units=pair.units)
