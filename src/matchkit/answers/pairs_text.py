"""Why a pair is in a plan, and why one is not, in words: one line, and the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from matchkit.answers.effects import change_text, term_text
from matchkit.messages import spans
from matchkit.messages.message import Lang, joined, text_of
from matchkit.plan.outcome import goal_text

if TYPE_CHECKING:
    from matchkit.answers.pairs import (
        Filled,
        GoalLoss,
        Move,
        Obstacle,
        RunnerUp,
        Why,
        WhyNot,
    )


def why_line(answer: Why, lang: Lang) -> str:
    """What the pair is worth, and who comes next for the requirement."""
    return text_of(
        "pair.why.line",
        lang,
        **_ids(answer),
        weight=answer.weight,
        next=_next(answer, answer.other_resource, "resource", lang),
    )


def why_lines(answer: Why, lang: Lang) -> Iterator[str]:
    """The line, then terms, prices and both runner-ups."""
    yield why_line(answer, lang)
    counting = [
        text_of("pair.why.term", lang, term=term_text(name, lang), points=points)
        for name, points in answer.terms
        if points
    ]
    key = "pair.why.terms" if counting else "pair.why.terms.none"
    yield "  " + text_of(key, lang, weight=answer.weight, terms=joined(counting, lang))
    prices = answer.resource_price, answer.requirement_price, answer.left_over
    if None not in prices:
        first, second, rest = (
            _amounts(answer.goals, price or (), lang) for price in prices
        )
        values = {**_ids(answer), "first": first, "second": second, "rest": rest}
        yield "  " + text_of("pair.why.prices", lang, **values)
    quantity = {"resource": answer.resource, "quantity": answer.quantity}
    yield "  " + text_of("pair.why.quantity", lang, **quantity)
    if answer.locked:
        yield "  " + text_of("pair.why.locked", lang, locked=answer.locked)
    yield "  " + _next(answer, answer.other_resource, "resource", lang)
    yield "  " + _next(answer, answer.other_requirement, "requirement", lang)
    if answer.ranked_by == "weight":
        yield "  " + text_of("pair.why.by_weight", lang)
    elif not answer.proven:
        yield "  " + text_of("pair.why.not_proven", lang)


def _ids(answer: Why | WhyNot) -> dict[str, str]:
    return {"resource": answer.resource, "requirement": answer.requirement}


def _next(answer: Why, other: RunnerUp | None, what: str, lang: Lang) -> str:
    key, ids = f"pair.why.next.{what}", _ids(answer)
    if other is None:
        return text_of(f"{key}.none", lang, **ids)
    if not any(other.behind):
        return text_of(f"{key}.even", lang, **ids, other=other.id, weight=other.weight)
    behind = _amounts(answer.goals, other.behind, lang)
    return text_of(key, lang, **ids, other=other.id, weight=other.weight, behind=behind)


def why_not_line(answer: WhyNot, lang: Lang) -> str:
    """The verdict with its numbers."""
    values: dict[str, object] = {**_ids(answer), "quantity": answer.quantity}
    verdict: str = answer.verdict
    match verdict:
        case "not_eligible":
            reasons = [reason.line(lang) for reason in answer.reasons]
            values["reasons"] = joined(reasons, lang, "semicolon")
        case "ruled_out":
            obstacles = [_obstacle(obstacle, lang) for obstacle in answer.obstacles]
            values["obstacles"] = joined(obstacles, lang, "semicolon")
        case "exact":
            change = [-(goal.most or 0) for goal in answer.loss]
            if any(change):
                texts = [
                    change_text(goal.goal, amount, lang)
                    for goal, amount in zip(answer.loss, change, strict=True)
                    if amount
                ]
                values["change"] = joined(texts, lang)
            else:
                verdict = "free"
        case "bound":
            values["loss"] = joined(list(_ranges(answer.loss, lang)), lang)
    more = (
        ".more"
        if answer.quantity and verdict in ("ruled_out", "exact", "free", "bound")
        else ""
    )
    return text_of(f"pair.why_not.{verdict}{more}", lang, **values)


def why_not_lines(answer: WhyNot, lang: Lang) -> Iterator[str]:
    """The verdict, then every goal that changes, and every move."""
    yield why_not_line(answer, lang)
    yield from (f"  {line}" for line in _changes(answer, lang))


def _changes(answer: WhyNot, lang: Lang) -> Iterator[str]:
    for goal in answer.loss:
        if goal.after is not None and goal.after != goal.before:
            yield text_of(
                "pair.why_not.goal",
                lang,
                goal=goal_text(goal.goal, lang),
                before=goal.before,
                after=goal.after,
            )
    yield from (move_text(move, lang) for move in answer.moves)
    yield from (filled_text(entry, lang) for entry in answer.filled)
    for start in answer.starts:
        before, after = (
            _moment(at, start.zone, lang) for at in (start.before, start.after)
        )
        yield text_of(
            "pair.new_start", lang, demand=start.demand, before=before, after=after
        )
    if answer.proof == "search" and answer.moves:
        yield text_of("pair.why_not.searched", lang)


def move_text(move: Move, lang: Lang) -> str:
    """A move in words."""
    way = "swap" if move.to and move.away_from else "join" if move.to else "leave"
    many = ".many" if move.quantity > 1 else ""
    return text_of(f"pair.move.{way}{many}", lang, **move.model_dump())


def filled_text(entry: Filled, lang: Lang) -> str:
    """What a requirement has more or less, in words."""
    way = "more" if entry.change > 0 else "less"
    values = {"requirement": entry.requirement, "count": abs(entry.change)}
    return text_of(f"pair.filled.{way}", lang, **values)


def _amounts(goals: Sequence[str], amounts: Sequence[int], lang: Lang) -> str:
    """The goals that are not 0, each with its number; "nothing" where all are."""
    texts = [
        text_of("pair.goal.amount", lang, goal=goal_text(name, lang), amount=amount)
        for name, amount in zip(goals, amounts, strict=True)
        if amount
    ]
    return joined(texts, lang) if texts else text_of("pair.goal.nothing", lang)


def _moment(at: datetime | None, zone: str | None, lang: Lang) -> str:
    return (
        text_of("pair.new_start.none", lang) if at is None else spans.moment(at, zone)
    )


def _obstacle(obstacle: Obstacle, lang: Lang) -> str:
    if obstacle.kind == "rules" and obstacle.locks:
        return text_of("pair.obstacle.rules", lang, locks=obstacle.locks)
    values = obstacle.model_dump(include={"id", "limit", "held", "needed"})
    if obstacle.kind == "rules" or None in values.values():
        return text_of("pair.obstacle.other_rules", lang)
    return text_of(f"pair.obstacle.{obstacle.kind}", lang, **values)


def _ranges(loss: Sequence[GoalLoss], lang: Lang) -> Iterator[str]:
    for goal in loss:
        if goal.least == goal.most == 0:
            continue
        if goal.least is None:
            key = "unknown" if goal.most is None else "most"
        elif goal.most is None:
            key = "least"
        else:
            key = "exact" if goal.least == goal.most else "between"
        values = {"least": goal.least, "most": goal.most, "loss": goal.most}
        yield text_of(
            f"pair.range.{key}", lang, goal=goal_text(goal.goal, lang), **values
        )
