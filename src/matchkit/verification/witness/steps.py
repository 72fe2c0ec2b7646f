"""The witnesses that are steps: what stands in their way, what they cost, or that they were not found in
time.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence

from matchkit.answers.causes import Blocked, Broken, CostlyChain, NotProven, Step
from matchkit.verification.goals import Vector
from matchkit.verification.report import Fact, fact
from matchkit.verification.witness.growth import Growth, after, better, growth
from matchkit.verification.witness.hall_set import hall_set
from matchkit.verification.witness.moves import StepEffect, chain, made
from matchkit.verification.witness.view import WitnessView

CAPS = frozenset({"unit_cap", "reserve_share"})
"""Kinds of rules that a Hall set with units speaks of."""
LISTED = 5
"""So many rules are told of."""


def _weighed(
    view: WitnessView, steps: Sequence[Step], requirement: str | None
) -> tuple[StepEffect, Growth] | Fact:
    """The steps made and what they break; or why they cannot be. With a requirement they must be a chain from
    it.
    """
    wrong = None if requirement is None else chain(view, requirement, steps)
    moves = wrong or made(view, steps)
    if isinstance(moves, Fact):
        return moves
    grown = growth(view, moves)
    return (moves, grown) if grown.counted else fact("steps_uncounted")


def _lists(
    answer: Sequence[Broken], right: Mapping[tuple[str, str], int]
) -> Iterator[Fact]:
    """Whether exactly these rules are listed, with these amounts."""
    stated = {(entry.rule, entry.label): entry.amount for entry in answer}
    if len(stated) < len(answer):
        yield fact("rules_twice")
    absent = sorted(right.keys() - stated.keys())
    yield from (
        fact("rule_absent", rule=rule, label=label, right=right[rule, label])
        for rule, label in absent[:LISTED]
    )
    if (
        stated.keys() - right.keys()
    ):  # what is stated is free text from outside: it is not repeated
        yield fact("rule_kept", count=len(stated.keys() - right.keys()))
    wrong = [
        key for key in sorted(right.keys() & stated.keys()) if right[key] != stated[key]
    ]
    for key in wrong[:LISTED]:
        yield fact(
            "rule_amount",
            rule=key[0],
            label=key[1],
            stated=stated[key],
            right=right[key],
        )


def blocked(view: WitnessView, requirement: str, answer: Blocked) -> Iterator[Fact]:
    """Every claim that is wrong."""
    weighed = _weighed(view, answer.steps, requirement)
    if isinstance(weighed, Fact):
        yield weighed
        return
    hard = weighed[1].hard
    if not hard:
        yield fact("nothing_broken")
    yield from _lists(answer.rules, hard)
    if answer.hall_set is not None:
        named = {claim.id for claim in answer.hall_set.units}
        caps = {
            rule.label
            for rule in view.world.problem.rules
            if rule.rule in CAPS and getattr(rule, "unit", None) in named
        }
        if (
            not named
            or not all(kind in CAPS for kind, _ in hard)
            or caps.isdisjoint(label for _, label in hard)
        ):
            yield fact("not_caps_alone")
        if any(
            view.last_place(claim.id) > view.next_place(requirement)
            for claim in answer.hall_set.requirements
            if claim.id in view.world.roles
        ):
            yield fact("cause_later")
        yield from hall_set(view, requirement, answer.hall_set)


def costly_chain(
    view: WitnessView, requirement: str, answer: CostlyChain
) -> Iterator[Fact]:
    """Every claim that is wrong."""
    weighed = _weighed(view, answer.steps, requirement)
    if isinstance(weighed, Fact):
        yield weighed
        return
    before, then = yield from _goals(view, *weighed)
    right = tuple(zip(view.case.goals.names, before, then, strict=True))
    if tuple((loss.goal, loss.before, loss.after) for loss in answer.goals) != right:
        yield fact("goals_stated", before=before, after=then)
    if better(view, before, then):
        yield fact("goals_better", before=before, after=then)
    yield from _lists(answer.rules, weighed[1].soft)


def _goals(
    view: WitnessView, moves: StepEffect, grown: Growth
) -> Generator[Fact, None, tuple[Vector, Vector]]:
    """All goals before and after the steps; and the hard rules that these break."""
    for rule, label in sorted(grown.hard)[:LISTED]:
        yield fact("rule_broken", rule=rule, label=label, right=grown.hard[rule, label])
    return view.case.values, after(view, moves, grown)


def not_proven(view: WitnessView, answer: NotProven) -> Iterator[Fact]:
    """Every claim that is wrong."""
    outcome = view.plan.outcome
    last = len(outcome.goals) - 1
    for place, goal in enumerate(outcome.goals):
        slack = goal.tolerance if place < last else 0
        if goal.bound is None or not 0 <= goal.bound - goal.value <= slack:
            break
    else:
        yield fact("all_proved")
        return
    if (answer.goal, answer.value, answer.bound, answer.gap) != (
        goal.name,
        goal.value,
        goal.bound,
        outcome.gap,
    ):
        yield fact(
            "not_proven_stated",
            place=str(place + 1),
            right=goal.value,
            bound=goal.bound,
            gap=str(outcome.gap),
        )
    if not answer.steps:
        return
    weighed = _weighed(view, answer.steps, None)
    if isinstance(weighed, Fact):
        yield weighed
        return
    before, then = yield from _goals(view, *weighed)
    if not better(view, before, then):
        yield fact("goals_no_better", before=before, after=then)
