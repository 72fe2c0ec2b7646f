"""Every way to change one assignment of a plan, and what the rest of the plan must then say about itself."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from handmade import changed, plan
from stated import Pair, Stated

from matchkit.plan import Assignment, Plan, Terms


def quantities(given: Plan) -> dict[Pair, int]:
    return {
        (entry.resource, entry.requirement): entry.quantity
        for entry in given.assignments
    }


def moves(
    stated: Stated, before: Mapping[Pair, int], rng: random.Random
) -> Iterator[tuple[str, dict[Pair, int]]]:
    """Other quantities that differ in one assignment (a swap: in two), by the name of the change."""
    every = [(r, q) for r in stated.resources for q in stated.roles]
    absent = [pair for pair in every if pair not in before]
    if absent:
        yield "add", {**before, rng.choice(absent): 1}
    not_eligible = [pair for pair in absent if pair not in stated.own]
    if not_eligible:
        yield (
            "add a pair that is not eligible",
            {**before, rng.choice(not_eligible): rng.randint(1, 2)},
        )
    if not before:
        return
    one = rng.choice(sorted(before))
    rest = {pair: amount for pair, amount in before.items() if pair != one}
    yield "drop", rest
    yield "raise", {**before, one: before[one] + rng.choice((1, 1, 5))}
    if before[one] > 1:
        yield "lower", {**before, one: before[one] - 1}
    for name, side in (("to another requirement", 0), ("to another resource", 1)):
        others = [pair for pair in absent if pair[side] == one[side]]
        if others:
            yield f"move {name}", {**rest, rng.choice(others): before[one]}
    partners = [pair for pair in rest if pair[0] != one[0] and pair[1] != one[1]]
    if partners:
        other = rng.choice(sorted(partners))
        crossed = {pair: amount for pair, amount in rest.items() if pair != other}
        for pair, amount in (
            ((one[0], other[1]), before[one]),
            ((other[0], one[1]), before[other]),
        ):
            crossed[pair] = crossed.get(pair, 0) + amount
        yield "swap", crossed


def with_other_assignments(
    given: Plan, stated: Stated, after: Mapping[Pair, int]
) -> Plan:
    """The plan with these assignments, each worth what it is worth, all else as it was."""
    entries = []
    for pair, amount in sorted(after.items()):
        terms = Terms(**stated.terms[pair])
        weight = sum(terms.model_dump().values())
        entries.append(
            Assignment(
                resource=pair[0],
                requirement=pair[1],
                quantity=amount,
                weight=weight,
                terms=terms,
            )
        )
    return changed(given, assignments=tuple(entries))


def restated_plan(given: Plan, stated: Stated, after: Mapping[Pair, int]) -> Plan:
    """These assignments with ledger, goals and outcome that fit them and no proof: nothing is wrong but a
    hard rule, if any.
    """
    terms = {pair: Terms(**stated.terms[pair]) for pair in after}
    return plan(stated.problem, after, terms, stated.names, stated.value(after))


def restated(given: Plan, rng: random.Random) -> Iterator[tuple[str, Plan]]:
    """The plan with one assignment that says something false about its pair."""
    if not given.assignments:
        return
    place = rng.randrange(len(given.assignments))
    entry, name = given.assignments[place], rng.choice(sorted(Terms.model_fields))
    step = rng.choice((-1, 1, 50))
    term = changed(entry.terms, **{name: getattr(entry.terms, name) + step})
    forged = {
        "weight": changed(entry, weight=entry.weight + step),
        "term": changed(entry, terms=term),
        "term and weight": changed(entry, terms=term, weight=entry.weight + step),
        "unknown resource": changed(entry, resource=f"{entry.resource}?"),
        "unknown requirement": changed(entry, requirement=f"{entry.requirement}?"),
        "quantity 0": changed(entry, quantity=0),
        "quantity below 0": changed(entry, quantity=-entry.quantity),
    }
    for what, false in forged.items():
        yield (
            what,
            changed(
                given,
                assignments=(
                    *given.assignments[:place],
                    false,
                    *given.assignments[place + 1 :],
                ),
            ),
        )
    yield "twice", changed(given, assignments=(*given.assignments, entry))
    if entry.quantity == 1:
        return
    halves = changed(entry, quantity=1), changed(entry, quantity=entry.quantity - 1)
    yield (
        "in two parts",
        changed(
            given,
            assignments=(
                *given.assignments[:place],
                *halves,
                *given.assignments[place + 1 :],
            ),
        ),
    )
