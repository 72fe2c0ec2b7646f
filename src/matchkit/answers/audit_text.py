"""An audit in words: one line, and the whole, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from matchkit.answers.base import signed
from matchkit.answers.effects import change_text, term_text
from matchkit.messages.message import Lang, number, numbers, rule_name, text_of
from matchkit.plan.outcome import goal_text

if TYPE_CHECKING:
    from matchkit.answers.audit import (
        Audit,
        DistanceToBest,
        Fault,
        Improvement,
        PairUnits,
        SoundPart,
        TableScore,
    )

SHOWN = 100
"""So many lines of one part are told in full; the rest is counted, and stands in the record."""


def audit_line(audit: Audit, lang: Lang) -> str:
    """Whether it is a plan, and how good."""
    faults, part = len(audit.faults), audit.part
    if not audit.sound and part is not None:
        return text_of(
            "audit.line_part", lang, faults=faults, kept=part.units, of=part.of
        )
    if not audit.sound or faults:
        key = "audit.line_claims" if audit.sound else "audit.line_broken"
        return text_of(key, lang, faults=faults)
    if audit.distance is None:
        return text_of("audit.line_unsolved", lang)
    behind = next((goal for goal in audit.distance.goals if goal.difference), None)
    if behind is None:
        optimal = audit.distance.status == "optimal"
        return text_of("audit.line_optimal" if optimal else "audit.line_best", lang)
    key = "audit.line_behind" if behind.difference > 0 else "audit.line_ahead"
    return text_of(
        key, lang, goal=goal_text(behind.goal, lang), amount=abs(behind.difference)
    )


def fault_line(fault: Fault, lang: Lang) -> str:
    """Rule, ids, fact and amount."""
    label, amount = fault.label, fault.amount
    return text_of(
        "audit.fault",
        lang,
        rule=rule_name(fault.rule, lang),
        label="" if label is None else text_of("audit.label", lang, label=label),
        ids=text_of("audit.ids", lang, ids=", ".join(fault.ids)) if fault.ids else "",
        fact=fault.fact(lang),
        amount=text_of("audit.uncounted", lang)
        if amount is None
        else number(amount, lang),
        rows=text_of("audit.rows", lang, rows=numbers(fault.rows, lang))
        if fault.rows
        else "",
    )


def improvement_line(better: Improvement, lang: Lang) -> str:
    """The change and what it does."""
    parts = [
        change_text(goal.goal, goal.after - goal.before, lang)
        for goal in better.goals
        if goal.after != goal.before
    ]
    for fixed in better.fixed:
        key = "audit.kept_again" if fixed.after == 0 else "audit.less_broken"
        rule, ids = rule_name(fixed.rule, lang), ", ".join(fixed.ids)
        parts.append(
            text_of(key, lang, rule=rule, ids=ids, amount=fixed.before - fixed.after)
        )
    effect = text_of("audit.comma", lang).join(parts) or text_of(
        "audit.no_effect", lang
    )
    units = (*better.out, *better.put)[0].units
    change = text_of(f"audit.{better.kind}", lang, **_pair_values(better))
    if units != 1:
        change = text_of("audit.units", lang, change=change, units=units)
    return text_of("audit.improvement", lang, change=change, effect=effect)


def _pair_values(better: Improvement) -> dict[str, Any]:
    """Resource, requirement and units of each pair, as ``out_resource`` or ``put1_units``."""
    return {
        f"{side}{place or ''}_{name}": value
        for side, pairs in (("out", better.out), ("put", better.put))
        for place, pair in enumerate(pairs)
        for name, value in pair
    }


def audit_lines(audit: Audit, lang: Lang) -> Iterator[str]:
    """The lines of the text; the first is ``audit_line``."""
    yield audit_line(audit, lang)
    if audit.faults:
        yield text_of("audit.faults", lang, count=len(audit.faults))
        yield from _cut(
            [fault.line(lang) for fault in audit.faults[: SHOWN + 1]],
            len(audit.faults),
            lang,
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
        yield text_of(
            "audit.exhaustive" if audit.exhaustive else "audit.not_exhaustive", lang
        )
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


def _score(score: TableScore, lang: Lang) -> Iterator[str]:
    yield text_of("audit.score", lang, units=score.units)
    yield from (
        text_of(
            "audit.goal",
            lang,
            goal=goal_text(goal.goal, lang),
            value=number(goal.value, lang),
        )
        for goal in score.goals
    )
    terms = [
        text_of(
            "audit.term", lang, term=term_text(name, lang), points=number(points, lang)
        )
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


def _distance(distance: DistanceToBest, lang: Lang) -> Iterator[str]:
    yield text_of(f"audit.distance_{distance.status}", lang)
    for goal in distance.goals:
        values = {
            "goal": goal_text(goal.goal, lang),
            "table": number(goal.table, lang),
            "best": number(goal.best, lang),
        }
        bound = (
            text_of("audit.open", lang)
            if goal.bound is None
            else number(goal.bound, lang)
        )
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
    for key, pairs in (
        ("audit.part_dropped", part.dropped),
        ("audit.part_added", part.added),
    ):
        if pairs:
            yield text_of(key, lang, pairs=[_pair(pair, lang) for pair in pairs])
    yield text_of("audit.part_goals", lang)
    yield from (
        text_of(
            "audit.part_goal",
            lang,
            goal=goal_text(goal.goal, lang),
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
