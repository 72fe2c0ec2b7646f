"""Random problems: Hall sets that pass against every filling there is, and what steps break against counting
everything again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import chain, combinations, product
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from handmade import Pair, plan
from tiny import Tiny, tiny

import matchkit.model as m
from matchkit.answers import causes as c
from matchkit.answers.shortages import Shortage
from matchkit.plan import Assignment, Plan, Terms
from matchkit.verification.assignments import load, overlap
from matchkit.verification.case import Assigned
from matchkit.verification.eligibility import EligibleIds, eligible
from matchkit.verification.rules import amount_of
from matchkit.verification.witness import check_witness
from matchkit.verification.witness.growth import after, growth
from matchkit.verification.witness.moves import StepEffect, made
from matchkit.verification.witness.view import WitnessView
from matchkit.verification.world import World

sys.path += [
    str(Path(__file__).parents[1] / folder) for folder in ("solving", "compile")
]
from rule_problems import rule_problem  # the path is set above

# ── Hall sets, against every filling
# ─────────────────────────────────────────────────────────────────────────────────────


def fillings(given: Tiny) -> Iterator[dict[Pair, int]]:
    """Every filling that keeps capacities, what is wanted and the locks; caps are left out."""
    for amounts in product(
        *(range(given.locks.get(pair, 0), own + 1) for pair, own in given.pairs.items())
    ):
        found = dict(zip(given.pairs, amounts, strict=True))
        if all(
            held(found, 0, r) <= record.capacity
            for r, record in given.resources.items()
        ) and all(
            held(found, 1, q) <= role.wanted for q, (role, _) in given.roles.items()
        ):
            yield found


def held(filling: Mapping[Pair, int], side: int, name: str) -> int:
    return sum(amount for pair, amount in filling.items() if pair[side] == name)


def hall_sets_of(
    given: Tiny, filling: Mapping[Pair, int], lacking: str
) -> Iterator[tuple[set[str], c.HallSet]]:
    """For every set of requirements with the one that lacks: all they hold, and all that is eligible could
    give as resources.
    """
    others = sorted(given.roles.keys() - {lacking})
    for named in chain.from_iterable(
        combinations(others, size) for size in range(len(others) + 1)
    ):
        members = {lacking, *named}
        resources = sorted({r for r, q in given.pairs if q in members})
        bound = {
            r: sum(
                n for (s, q), n in given.locks.items() if s == r and q not in members
            )
            for r in resources
        }
        yield (
            members,
            c.HallSet(
                requirements=tuple(
                    c.Claim(id=q, units=held(filling, 1, q))
                    for q in sorted(members)
                    if held(filling, 1, q)
                ),
                resources=tuple(
                    c.Claim(id=r, units=given.resources[r].capacity - bound[r])
                    for r in resources
                ),
            ),
        )


def passes(given: Tiny, whole: Plan, lacking: str, hall_set: c.HallSet) -> bool:
    """Whether the Hall set itself holds, whatever the cause; a member stated with 0 is none."""
    role, demand = given.roles[lacking]
    taken = sum(
        entry.quantity for entry in whole.assignments if entry.requirement == lacking
    )
    said = Shortage(
        requirement=lacking,
        demand=demand.id,
        tier=demand.tier,
        missing=role.wanted - taken,
        goal=None,
        cause="contention",
        witness=hall_set,
        remedies=(),
    )
    return not any(
        violation.rule == "witness"
        for violation in check_witness(given.problem, whole, said).violations
    )


def test_a_hall_set_that_passes_holds_all_it_can_and_each_member_stands_in_the_way() -> (
    None
):
    """In every filling of 200 tiny problems; and a set of requirements in which both is true passes."""
    seen = {True: 0, False: 0}
    for seed in range(200):
        given = tiny(seed)
        if given is None or len(given.roles) < 2:
            continue
        every = list(fillings(given))
        if not every:
            continue
        filling = Random(seed).choice(every)  # noqa: S311 - a seeded test, no secret
        whole = plan(
            given.problem,
            {pair: n for pair, n in filling.items() if n},
            given.terms,
            given.names,
            given.value(filling),
        )
        for lacking, (role, _) in given.roles.items():
            if held(filling, 1, lacking) == role.wanted:
                continue
            for members, hall_set in hall_sets_of(given, filling, lacking):
                if any(not held(filling, 1, q) for q in members - {lacking}) or not any(
                    pair[1] == lacking for pair in given.pairs
                ):
                    continue
                right = is_hall_set(given, every, filling, lacking, members)
                # What a person gives one requirement at most is told as pairs: such Hall sets are not of this
                # form.
                if passes(given, whole, lacking, hall_set):
                    assert right, (seed, lacking, members)
                elif right:
                    gives = sum(claim.units for claim in hall_set.resources)
                    assert gives != sum(
                        claim.units for claim in hall_set.requirements
                    ), (
                        seed,
                        lacking,
                        members,
                    )
                seen[right] += 1
    assert seen[True] > 100
    assert seen[False] > 300


def is_hall_set(
    given: Tiny,
    every: list[dict[Pair, int]],
    filling: Mapping[Pair, int],
    lacking: str,
    members: set[str],
) -> bool:
    """No filling gives them more, and one unit less of any of them may be one more of the one that lacks, all
    others as they are.
    """

    def all_of(found: Mapping[Pair, int]) -> dict[str, int]:
        return {q: held(found, 1, q) for q in given.roles}

    now = all_of(filling)
    counts = [all_of(found) for found in every]
    if any(
        sum(count[q] for q in members) > sum(now[q] for q in members)
        for count in counts
    ):
        return False
    return all(
        {**now, lacking: now[lacking] + 1, q: now[q] - 1} in counts
        for q in members - {lacking}
    )


def test_whole_lists_of_the_eligible_are_what_single_pairs_are() -> None:
    for seed in range(60):
        world = World(rule_problem(seed))
        found, everybody = EligibleIds(world), world.problem.resources
        for name, role in world.roles.items():
            assert found[name] == {
                one.id for one in everybody if eligible(world, one, role)
            }, (
                seed,
                name,
            )


# ── Steps, against counting everything again
# ──────────────────────────────────────────────────────────────────────────


def drawn(problem: m.Problem, random: Random) -> tuple[Plan, list[Pair]]:
    """A plan of some eligible pairs, rules kept or not, flexible demands at the start of their first window;
    and all pairs.
    """
    world, chosen, given, taken = (
        World(problem),
        dict[Pair, int](),
        dict[str, int](),
        dict[str, int](),
    )
    pairs = [
        (r.id, role.id)
        for r in problem.resources
        for role in world.roles.values()
        if eligible(world, r, role)
    ]
    for name, requirement in random.sample(pairs, len(pairs)):
        resource, role = world.resources[name], world.roles[requirement]
        most = min(
            world.most(resource, role.requirement),
            resource.capacity - given.get(name, 0),
            role.requirement.wanted - taken.get(requirement, 0),
        )
        if most > 0 and random.random() < 0.5:
            chosen[name, requirement] = quantity = random.randint(1, most)
            given[name] = given.get(name, 0) + quantity
            taken[requirement] = taken.get(requirement, 0) + quantity
    entries = []
    for (name, requirement), quantity in sorted(chosen.items()):
        demand = world.roles[requirement].demand
        windows = world.needed(demand)
        start = (
            next(
                (s for s, e in windows if s + timedelta(minutes=demand.minutes) <= e),
                None,
            )
            if demand.minutes
            else None
        )
        entries.append(
            Assignment(
                resource=name,
                requirement=requirement,
                quantity=quantity,
                weight=0,
                terms=Terms(),
                start=start,
            )
        )
    return Plan.model_construct(
        assignments=tuple(entries),
        shortfalls=(),
        payments=(),
        outcome=SimpleNamespace(goals=()),
        certificate=None,
    ), pairs  # type: ignore[arg-type]


def some_steps(view: WitnessView, pairs: list[Pair], random: Random) -> list[c.Step]:
    """A few units moved, or taken from what is free; most of them can be made."""
    found = []
    for name, requirement in random.sample(
        pairs, min(len(pairs), random.randint(1, 3))
    ):
        from_here = [q for (r, q) in view.case.pairs if r == name and q != requirement]
        away = random.choice(from_here) if from_here and random.random() < 0.6 else None
        found.append(c.Step(resource=name, to=requirement, away_from=away))
    return found


@pytest.mark.parametrize("first", range(0, 240, 40))
def test_what_steps_break_and_earn_is_what_counting_all_again_gives(first: int) -> None:
    """Of every rule record, hard and soft; overlaps and loads; and all goals."""
    made_at_all = grown_at_all = 0
    for seed in range(first, first + 40):
        problem, random = rule_problem(seed), Random(seed)  # noqa: S311 - a seeded test, no secret
        whole, pairs = drawn(problem, random)
        view = WitnessView(problem, whole)
        for _ in range(6 if pairs else 0):
            moves = made(view, some_steps(view, pairs, random))
            if not isinstance(moves, StepEffect):
                continue
            made_at_all += 1
            grown = growth(view, moves)
            hard, soft, case = recounted(view, moves)
            assert (grown.hard, grown.soft) == (hard, soft), seed
            assert after(view, moves, grown) == case.values, seed
            grown_at_all += bool(hard) + bool(soft)
    assert made_at_all > 40
    assert grown_at_all > 10


def recounted(
    view: WitnessView, moves: StepEffect
) -> tuple[dict[Pair, int], dict[Pair, int], Assigned]:
    """The plan with the moves made, all of it counted anew."""
    pairs = {**view.case.pairs, **moves.pairs}
    starts = {**view.case.starts, **moves.starts}
    roles = view.world.roles
    entries = tuple(
        Assignment(
            resource=r,
            requirement=q,
            quantity=n,
            weight=0,
            terms=Terms(),
            start=starts.get(roles[q].demand.id),
        )
        for (r, q), n in pairs.items()
        if n
    )
    case = Assigned(World(view.world.problem), entries)
    hard: dict[Pair, int] = {}
    soft: dict[Pair, int] = {}
    for rule in view.world.problem.rules:
        before, now = (amount_of(one, rule).size for one in (view.case, case))
        beyond = (
            rule.soft is not None and rule.soft.no_worse and now > case.allowed(rule)
        )
        if now > before and (rule.soft is None or beyond):
            hard[rule.rule, rule.label] = max(
                now - before, hard.get((rule.rule, rule.label), 0)
            )
        if now > before and rule.soft is not None:
            soft[rule.rule, rule.label] = max(
                now - before, soft.get((rule.rule, rule.label), 0)
            )
    for name, check in (("overlap", overlap), ("load", load)):
        was, now_so = ({ids[0] for ids, _ in check(one)} for one in (view.case, case))
        hard |= {(name, who): 1 for who in now_so - was}
    return hard | {("time", who): 1 for who in moves.late}, soft, case
