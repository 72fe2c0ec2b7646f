"""Plans after events, right and spoilt: a Verifier that has seen the plan before the event reports the same as
``verify``, which looks at the whole:

python tests/live/spoilt_plans.py 0 100 10      (problems of these seeds, with so many events each)
python tests/live/spoilt_plans.py 0 100 10 tied      (with rules and records that no flow expresses)
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from live_problems import drawn, event

import matchkit as mk
import matchkit.model as m
from matchkit.errors import ContradictionError, InputError, UnsupportedError
from matchkit.verification.checks import Verifier

Rng = random.Random
Spoiler = Callable[[Rng, mk.Problem, mk.Plan], mk.Plan | None]


HALF_PAST = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
"""No demand begins then."""


def with_entry(plan: mk.Plan, place: int, *entries: mk.results.Assignment) -> mk.Plan:
    """The plan with these in place of one of its assignments."""
    listed = plan.assignments
    return edited(plan, assignments=(*listed[:place], *entries, *listed[place + 1 :]))


def edited(record: Any, **fields: Any) -> Any:
    return record.model_copy(update=fields)


def place_of(rng: Rng, entries: tuple[Any, ...]) -> int | None:
    return rng.randrange(len(entries)) if entries else None


def on_assignment(spoil: Callable[..., Any]) -> Spoiler:
    """A spoiler of one assignment, which gives what stands in its place."""

    def spoiled(rng: Rng, problem: mk.Problem, plan: mk.Plan) -> mk.Plan | None:
        place = place_of(rng, plan.assignments)
        if place is None:
            return None
        entries = spoil(rng, problem, plan.assignments[place])
        return None if entries is None else with_entry(plan, place, *entries)

    return spoiled


def on_shortfall(spoil: Callable[..., Any]) -> Spoiler:
    def spoiled(rng: Rng, _problem: mk.Problem, plan: mk.Plan) -> mk.Plan | None:
        place, listed = place_of(rng, plan.shortfalls), plan.shortfalls
        if place is None:
            return None
        return edited(
            plan,
            shortfalls=(*listed[:place], *spoil(listed[place]), *listed[place + 1 :]),
        )

    return spoiled


def on_goal(spoil: Callable[[Any], Any]) -> Spoiler:
    def spoiled(rng: Rng, _problem: mk.Problem, plan: mk.Plan) -> mk.Plan:
        goals = list(plan.outcome.goals)
        place = rng.randrange(len(goals))
        goals[place] = spoil(goals[place])
        return edited(plan, outcome=edited(plan.outcome, goals=tuple(goals)))

    return spoiled


def other_resource(rng: Rng, problem: mk.Problem, entry: Any) -> Any:
    """Somebody else, who may not be eligible and has another weight."""
    names = {one.id for one in problem.resources} - {entry.resource}
    return names and [edited(entry, resource=rng.choice(sorted(names)))]


def one_more(rng: Rng, problem: mk.Problem, plan: mk.Plan) -> mk.Plan | None:
    """A new pair, drawn among all: ineligible, or above a capacity, a cap or what is wanted."""
    needs = [need.id for one in problem.demands for need in one.requirements]
    taken = {(one.resource, one.requirement) for one in plan.assignments}
    free = [
        (one.id, need)
        for one in problem.resources
        for need in needs
        if (one.id, need) not in taken
    ]
    if not free or not plan.assignments:
        return None
    resource, requirement = rng.choice(free)
    entry = edited(
        plan.assignments[0], resource=resource, requirement=requirement, quantity=1
    )
    return edited(plan, assignments=(*plan.assignments, entry))


def other_price(rng: Rng, _problem: mk.Problem, plan: mk.Plan) -> mk.Plan | None:
    """A price that is stated twice."""
    if plan.certificate is None:
        return None
    group = rng.choice(("resources", "requirements", "units", "communities", "shares"))
    listed = getattr(plan.certificate, group)
    place = place_of(rng, listed)
    if place is None:
        return None
    twice = (*listed, listed[place])
    return edited(plan, certificate=edited(plan.certificate, **{group: twice}))


def other_bound(_rng: Rng, _problem: mk.Problem, plan: mk.Plan) -> mk.Plan | None:
    """A bound that the prices do not give."""
    if plan.certificate is None:
        return None
    bound = plan.certificate.bound
    proof = edited(plan.certificate, bound=(*bound[:-1], bound[-1] + 1))
    return edited(plan, certificate=proof)


def other_kept(_rng: Rng, _problem: mk.Problem, plan: mk.Plan) -> mk.Plan | None:
    """One move more than there are, where there is a reference plan."""
    kept = plan.outcome.kept
    if kept is None:
        return None
    kept = edited(kept, moves=kept.moves + 1)
    return edited(plan, outcome=edited(plan.outcome, kept=kept))


def other_payment(_rng: Rng, _problem: mk.Problem, plan: mk.Plan) -> mk.Plan:
    """A payment for no rule."""
    more = mk.results.Payment(rule="no such rule", amount=1, paid=0)
    return edited(plan, payments=(*plan.payments, more))


def of_outcome(**fields: Any) -> Spoiler:
    return lambda _rng, _problem, plan: edited(
        plan, outcome=edited(plan.outcome, **fields)
    )


SPOILERS: dict[str, Spoiler] = {
    "a unit more": on_assignment(lambda _r, _p, one: [edited(one, quantity=one.quantity + 1)]),
    "a pair twice": on_assignment(lambda _r, _p, one: [one, one]),
    "a pair gone": on_assignment(lambda _r, _p, _one: []),
    "a weight": on_assignment(lambda _r, _p, one: [edited(one, weight=one.weight + 1)]),
    "a term": on_assignment(lambda _r, _p, one: [edited(one, terms=edited(one.terms, importance=-7))]),
    "somebody else": on_assignment(other_resource),
    "nobody": on_assignment(lambda _r, _p, one: [edited(one, resource="no such id")]),
    "nowhere": on_assignment(lambda _r, _p, one: [edited(one, requirement="no such id")]),
    "a start": on_assignment(lambda _r, _p, one: [edited(one, start=HALF_PAST)]),
    "a payment": other_payment,
    "one more": one_more,
    "a shortfall gone": on_shortfall(lambda _one: []),
    "a shortfall twice": on_shortfall(lambda one: [one, one]),
    "what is missing": on_shortfall(lambda one: [edited(one, missing=one.missing + 1)]),
    "a tier": on_shortfall(lambda one: [edited(one, tier=one.tier + 1)]),
    "a goal": on_goal(lambda one: edited(one, value=one.value - 1)),
    "a goal's bound": on_goal(lambda one: edited(one, bound=(one.bound or 0) + 1)),
    "a price twice": other_price,
    "the bound": other_bound,
    "the status": of_outcome(status="feasible"),
    "what is kept": other_kept,
    "the gap": of_outcome(gap=0.5),
    "the value": of_outcome(value=10**9),
}  # fmt: skip
"""Each makes a plan wrong, or (None) finds nothing to spoil."""


def spoilt(
    rng: Rng, problem: mk.Problem, plan: mk.Plan, many: int
) -> Iterator[tuple[str, mk.Plan]]:
    """Wrong plans, each by one of the spoilers drawn."""
    for name in rng.sample(sorted(SPOILERS), many):
        wrong = SPOILERS[name](rng, problem, plan)
        if wrong is not None:
            yield name, wrong


def tied(rng: Rng, problem: mk.Problem) -> mk.Problem:
    """The problem with demands that may begin later, loads, costs of use and a soft rule: no flow."""
    start = datetime(2026, 3, 2, 6, tzinfo=UTC)
    window = m.Window(start=start, end=start + timedelta(hours=3))
    demands = [
        edited(one, windows=(window,), minutes=60, step=60)
        if rng.random() < 0.5
        else one
        for one in problem.demands
    ]
    needs = [need.id for one in demands for need in one.requirements]
    load = m.Load(dimension="bags", amount=1)
    demands[0] = edited(
        demands[0],
        requirements=tuple(
            edited(need, uses=(load,)) for need in demands[0].requirements
        ),
    )
    people = [
        edited(one, loads=(load,), activation=rng.choice((0, 20)))
        for one in problem.resources
    ]
    soft = mk.rules.Lock(
        resource=people[0].id, requirement=rng.choice(needs), soft=m.Soft(price=30)
    )
    apart = mk.rules.KeepApart(resources=[one.id for one in people[:2]])
    return problem.model_copy(
        update={
            "resources": tuple(people),
            "demands": tuple(demands),
            "rules": (*problem.rules, soft, apart),
            "objective": edited(problem.objective, fair=None, even=None),
        }
    )


def campaign(
    first: int, last: int, events: int, many: int = 5, *, flow: bool = True
) -> Counter[str]:
    """How many plans were right and spoilt, by spoiler. Raises AssertionError for the first report that is
    another than that of ``verify``.
    """
    seen = Counter[str]()
    for seed in range(first, last):
        rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
        try:
            problem = drawn(seed)
            live = mk.Live(problem if flow else tied(rng, problem))
        except (ContradictionError, UnsupportedError):
            continue
        verifier = Verifier()
        gone = list[Any]()
        for number in range(events):
            where, problem, plan = (seed, number), live.problem, live.plan
            report = verifier.verify(problem, plan)
            assert report.ok, (where, report.violations)
            change = event(rng, problem, plan, gone)
            try:
                live.apply(change)
            except (ContradictionError, UnsupportedError, InputError):
                continue
            seen["events"] += 1
            changed, now = live.problem, live.plan
            for name, wrong in [("the plan before", plan), *spoilt(rng, changed, now, many)]:  # fmt: skip
                told, right = verifier.verify(changed, wrong), mk.verify(changed, wrong)
                assert told == right, (where, name, told.violations, right.violations)
                # Somebody else may do as well.
                if flow and name not in ("the plan before", "somebody else"):
                    assert not told.ok, (where, name)
                seen[name if right.ok else f"spoilt: {name}"] += 1
                seen["spoilt"] += not right.ok
            if change.change == "remove_resource":
                gone += [one for one in problem.resources if one.id == change.resource]
    return seen


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:4]]
    found = campaign(*numbers, flow="tied" not in sys.argv)
    sys.stdout.write(f"{dict(found)}\n")
