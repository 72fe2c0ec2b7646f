"""What resources and units add: between the bounds stated, and equal to them where that is claimed."""

from __future__ import annotations

from collections import Counter

from advice_cases import case, solved_gain, vector
from by_hand import demand, need, problem, resource

from matchkit import datasets, solve
from matchkit.answers.changes import RemoveResource
from matchkit.explain.advice.contributions import below, contributions
from matchkit.model import Forbid, Lock, ReserveShare

SEEDS = range(60)


def test_a_solve_without_them_lies_within_the_bounds() -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        problem, plan = case(seed)
        members, found = below(problem), contributions(problem, plan, verified=0)
        for entry, gone in [
            *((entry, (entry.id,)) for entry in found.resources),
            *((entry, members[entry.id]) for entry in found.units),
        ]:
            gain = solved_gain(
                problem, plan, [RemoveResource(resource=name) for name in gone]
            )
            if gain is None:  # what the others are locked to then breaks a reserve
                continue
            loss = tuple(-amount for amount in gain)
            if entry.at_least is not None:
                assert vector(plan, entry.at_least) <= loss, (seed, entry)
            if entry.at_most is not None:
                assert vector(plan, entry.at_most) >= loss, (seed, entry)
            assert (entry.known == "prices") == (
                entry.at_least is not None and entry.at_least == entry.at_most
            )
            seen[entry.known] += 1
    assert seen["prices"] > 30, seen
    assert min(seen["between"], seen["at_most"]) > 15, seen


def test_verified_ones_are_those_of_a_solve() -> None:
    count = 0
    for seed in range(18):
        problem, plan = case(seed)
        members, found = below(problem), contributions(problem, plan, verified=100)
        for entry, gone in [
            *((entry, (entry.id,)) for entry in found.resources),
            *((entry, members[entry.id]) for entry in found.units),
        ]:
            gain = solved_gain(
                problem, plan, [RemoveResource(resource=name) for name in gone]
            )
            if gain is not None:
                assert entry.known in ("prices", "solved")
                assert entry.at_least is not None
                assert vector(plan, entry.at_least) == tuple(-amount for amount in gain)
                count += 1
    assert count > 20


def test_everybody_who_gives_is_listed_with_what_they_give() -> None:
    problem = datasets.city("street")
    plan = solve(problem)
    given = Counter[str]()
    for entry in plan.assignments:
        given[entry.resource] += entry.quantity
    found = contributions(problem, plan, verified=0)
    assert {entry.id: entry.gives for entry in found.resources} == dict(given)
    assert {entry.id for entry in found.units} == {
        unit
        for unit, names in below(problem).items()
        if any(name in given for name in names)
    }
    assert sum(entry.known == "prices" for entry in found.resources) > len(given) / 2


def test_what_is_known_on_neither_side_is_called_unknown() -> None:
    """A is locked, so that leaving may do good; without A's capacity of 3 the reserve of U1 leaves nobody, so that B
    cannot go on either.
    """
    given = problem(
        [resource("A", capacity=3), resource("B")],
        [demand("d1", need("q1")), demand("d2", need("q2"))],
        Lock(resource="A", requirement="q1"),
        Forbid(resource="A", requirement="q2"),
        ReserveShare(unit="U1", percent=50),
    )
    found = contributions(given, solve(given), verified=0)
    [of_a] = [entry for entry in found.resources if entry.id == "A"]
    assert (of_a.at_least, of_a.at_most, of_a.known) == (None, None, "unknown")
