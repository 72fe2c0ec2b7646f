"""Spoilt copies of right shortages: each says something else than the right one at a place where only one
thing is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from matchkit.answers.causes import (
    CAUSES,
    Blocked,
    Broken,
    ChosenElsewhere,
    Claim,
    CostlyChain,
    Funnel,
    GoalBeforeAfter,
    HallSet,
    NotProven,
    PairClaim,
    Removed,
    Step,
)
from matchkit.answers.changes import AddResource, AddRule, Change, RemoveRule
from matchkit.answers.shortages import Remedy, Shortage
from matchkit.model.base import Record

NOBODY = "is in no problem"
"""An id that no problem has."""
LONG = 1_000
"""As many entries has a list that is much too long."""


def tampered(shortage: Shortage, first: int = 0, step: int = 1) -> Iterator[Shortage]:
    """Copies of a right shortage, each of them wrong: its fields, its cause, its witness or its remedies.

    Of those that spoil the witness value by value, every ``step``-th from ``first``.
    """
    yield from _edits(
        shortage,
        missing=[shortage.missing + 1, shortage.missing - 1, 10**30],
        tier=[shortage.tier + 1, 0],
    )
    other = [NOBODY] if shortage.goal is None else [NOBODY, None]
    yield from _edits(shortage, goal=other, requirement=[NOBODY], demand=[NOBODY])
    yield from _edits(
        shortage, cause=[cause for cause in CAUSES if cause != shortage.cause]
    )
    yield from _edits(
        shortage, remedies=_remedies(shortage), witness=_witnesses(shortage.witness)
    )
    yield from (
        shortage.model_copy(update={"witness": spoilt})
        for spoilt in islice(every_field(shortage.witness), first, None, step)
    )


def _edits(record: Any, **fields: Any) -> Iterator[Any]:
    """Copies with one field changed; like a forger they are not validated."""
    for name, values in fields.items():
        for value in values:
            yield record.model_copy(update={name: value})


def _each(entries: Sequence[Any], edits: Any) -> Iterator[tuple[Any, ...]]:
    """The list with one entry spoilt, left out, or twice."""
    for place, entry in enumerate(entries):
        head, tail = (*entries[:place],), (*entries[place + 1 :],)
        yield head + tail
        yield (*head, entry, entry, *tail)
        yield from ((*head, spoilt, *tail) for spoilt in edits(entry))


def every_field(value: Any) -> Iterator[Any]:
    """A record or list of a witness once for each value in it, however deep, with that one changed, of
    another type, or gone.

    Left out: what may be absent and then says less (the Hall set of ``blocked``, steps of ``not_proven``).
    """
    if isinstance(value, Record):
        for name in type(value).model_fields:
            yield from (
                value.model_copy(update={name: other})
                for other in every_field(getattr(value, name))
            )
        yield value.model_copy(update={"surplus": 1})
        gone = value.model_copy()
        gone.__dict__.pop(
            next(
                name
                for name, field in type(value).model_fields.items()
                if field.is_required()
            )
        )
        yield gone
        yield dict(value)
    elif isinstance(value, tuple):
        for place, entry in enumerate(value):
            yield from (
                (*value[:place], other, *value[place + 1 :])
                for other in every_field(entry)
            )
            if not isinstance(entry, Step):
                yield value[:place] + value[place + 1 :]
                yield (*value, entry)
    elif isinstance(value, str):
        yield from (NOBODY, value + "9", "", None, 0)
    elif isinstance(value, int | float):
        yield from (
            value + 1,
            value - 1,
            -value - 1,
            str(value),
            None if isinstance(value, int) else int(value),
            10**400,
        )
        yield from (float(value),) if isinstance(value, int) else ()
    else:
        yield from (NOBODY, 0)


def _remedies(shortage: Shortage) -> Iterator[tuple[Any, ...]]:
    for place, one in enumerate(shortage.remedies):
        for changes in _changes(one.changes):
            yield (
                *shortage.remedies[:place],
                one.model_copy(update={"changes": changes}),
                *shortage.remedies[place + 1 :],
            )
    if shortage.remedies:
        yield ()
    else:
        yield (Remedy(changes=[RemoveRule(label=NOBODY)]),)


def _changes(changes: tuple[Change, ...]) -> Iterator[tuple[Any, ...]]:
    yield (*changes, RemoveRule(label=NOBODY))
    yield ()
    yield tuple(RemoveRule(label=NOBODY) for _ in range(LONG))
    for place, change in enumerate(changes):
        head, tail = changes[:place], changes[place + 1 :]
        if isinstance(change, AddResource):
            yield head + tail
            yield (*head, change, change, *tail)
            yield (
                *head,
                change.model_copy(
                    update={
                        "resource": change.resource.model_copy(update={"capacity": 0})
                    }
                ),
                *tail,
            )
            kept = [
                other
                for other in changes
                if not (isinstance(other, AddRule) and other.rule.rule == "lock")
            ]
            yield tuple(kept)


def _witnesses(witness: Any) -> Iterator[Any]:
    match witness:
        case Funnel():
            yield from _funnels(witness)
        case HallSet():
            yield from _hall_sets(witness)
        case Blocked():
            yield from _edits(
                witness, steps=_steps(witness.steps), rules=_rules(witness.rules)
            )
            if witness.hall_set is not None:
                yield from _edits(witness, hall_set=_hall_sets(witness.hall_set))
                yield from _edits(
                    witness,
                    hall_set=[witness.hall_set.model_copy(update={"units": ()})],
                )
        case CostlyChain():
            yield from _edits(
                witness,
                steps=_steps(witness.steps),
                rules=_rules(witness.rules),
                goals=_each(witness.goals, _losses),
            )
        case ChosenElsewhere():
            yield from _edits(
                witness,
                rule=["strong", "super", "dictatorship", "immediate", "trading"],
                eligible=[0, 1, witness.eligible + 1],
                mutual=[0, witness.mutual + 1, witness.mutual + 2],
            )
        case NotProven():
            bounds = (
                [0]
                if witness.bound is None
                else [witness.bound + 1, witness.bound - 1, None]
            )
            gaps = [0.25] if witness.gap is None else [witness.gap + 1, None]
            yield from _edits(
                witness,
                goal=[NOBODY],
                value=[witness.value + 1, witness.value - 1],
                bound=bounds,
                gap=gaps,
            )
            yield from _edits(witness, steps=[(Step(resource=NOBODY, to=NOBODY),)])


def _funnels(witness: Funnel) -> Iterator[Funnel]:
    yield from _edits(witness, resources=[witness.resources + 1, witness.resources - 1])

    def counts(entry: Removed) -> Iterator[Removed]:
        return _edits(
            entry,
            all=[entry.all + 1, entry.all - 1],
            alone=[entry.alone + 1, entry.alone - 1],
            rule=[NOBODY],
        )

    kept = tuple(entry for entry in witness.removed if entry.all)
    yield from _edits(witness, removed=_each(kept, counts))

    def misses(entry: Any) -> Iterator[Any]:
        lists = [
            (),
            entry.reasons[1:]
            if len({reason.rule for reason in entry.reasons}) == len(entry.reasons)
            else (),
        ]
        lists.append(
            (*entry.reasons, entry.reasons[0].model_copy(update={"rule": NOBODY}))
        )
        return _edits(entry, resource=[NOBODY], reasons=lists)

    yield from _edits(witness, nearest=_each(witness.nearest, misses))


def _hall_sets(witness: HallSet) -> Iterator[HallSet]:
    def spoilt(claim: Claim) -> Iterator[Claim]:
        return _edits(
            claim, id=[NOBODY], units=[claim.units + 1, claim.units - 1, 10**30]
        )

    def pairs(claim: PairClaim) -> Iterator[PairClaim]:
        return _edits(
            claim,
            resource=[NOBODY],
            requirement=[NOBODY],
            units=[claim.units + 1, claim.units - 1],
        )

    for name in ("requirements", "resources", "units"):
        claims = getattr(witness, name)
        yield from _edits(witness, **{name: _each(claims, spoilt)})
        yield from _edits(
            witness,
            **{
                name: [
                    (*claims, Claim(id=NOBODY, units=0)),
                    (Claim(id=NOBODY, units=1),) * LONG,
                ]
            },
        )
        if len(claims) > 1:  # a unit from one to another: the sum stays
            first, second, *rest = claims
            moved = (
                first.model_copy(update={"units": first.units + 1}),
                second.model_copy(update={"units": second.units - 1}),
                *rest,
            )
            yield from _edits(witness, **{name: [moved]})
    yield from _edits(witness, pairs=_each(witness.pairs, pairs))
    yield from _edits(
        witness,
        pairs=[
            (*witness.pairs, PairClaim(resource=NOBODY, requirement=NOBODY, units=0))
        ],
    )


def _steps(steps: Sequence[Step]) -> Iterator[tuple[Step, ...]]:
    first, *rest = steps
    yield ()
    yield tuple(rest)
    yield (first, *steps)
    yield (*steps, first)
    yield (first,) * LONG
    if rest:
        yield tuple(reversed(steps))
    for place, step in enumerate(steps):
        for other in _edits(
            step, resource=[NOBODY], to=[NOBODY], away_from=[NOBODY, step.to]
        ):
            yield (*steps[:place], other, *steps[place + 1 :])


def _rules(rules: Sequence[Broken]) -> Iterator[tuple[Broken, ...]]:
    def spoilt(entry: Broken) -> Iterator[Broken]:
        return _edits(
            entry,
            rule=[NOBODY],
            label=[NOBODY],
            amount=[entry.amount + 1, entry.amount - 1, 10**30],
        )

    yield from _each(rules, spoilt)
    yield (*rules, Broken(rule=NOBODY, label=NOBODY, amount=1))


def _losses(loss: GoalBeforeAfter) -> Iterator[GoalBeforeAfter]:
    return _edits(
        loss,
        goal=[NOBODY],
        before=[loss.before + 1, 10**30],
        after=[loss.after + 1, loss.after - 1],
    )
