"""Repairs of random flows after random changes: every move has a cause, and the paths add up to the difference.

``campaign(first, count)`` takes as many seeds. What is added up here is written from the definition in
docs/explanations.md and shares nothing with what makes the paths.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from fair_problems import drawn
from random_problems import random_problem, seeded

import matchkit as mk
from matchkit import changes as ch
from matchkit.answers.comparison import Comparison
from matchkit.answers.moves import MovePath
from matchkit.errors import ContradictionError, InputError
from matchkit.plan import Plan

Units = Counter[tuple[str, str, datetime | None]]
"""Units by resource, requirement and start."""


@dataclass
class Tally:
    """What a campaign saw, and each disagreement with its seed."""

    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def units(plan: Plan) -> Units:
    """The plan's units."""
    found = Units()
    for one in plan.assignments:
        found[one.resource, one.requirement, one.start] += one.quantity
    return found


def moved(paths: tuple[MovePath, ...]) -> Units:
    """What the paths change, added up."""
    found = Units()
    for path in paths:
        for move in path.moves:
            if move.to is not None:
                found[move.resource, move.to, move.start_after] += move.quantity
            if move.away_from is not None:
                found[move.resource, move.away_from, move.start_before] -= move.quantity
    return found


def changed(given: mk.Problem, rng: random.Random) -> list[ch.Change]:
    """One to three changes, of records that are there."""
    people = list(given.resources)
    needs = [(one, need) for one in given.demands for need in one.requirements]
    found: list[ch.Change] = []

    def pair() -> dict[str, str]:
        return {
            "resource": rng.choice(people).id,
            "requirement": rng.choice(needs)[1].id,
        }

    for number in range(rng.randint(1, 3)):
        kind = rng.randrange(12)
        who, (demand, need) = rng.choice(people), rng.choice(needs)
        if kind in (0, 1):
            found.append(ch.RemoveResource(resource=who.id))
            people = [one for one in people if one.id != who.id]
        elif kind in (2, 3):
            amount = max(0, who.capacity + rng.choice((-1, 1)))
            found.append(ch.SetCapacity(resource=who.id, capacity=amount))
        elif kind == 4:
            twin = who.model_copy(update={"id": f"new{number}"})
            found.append(ch.AddResource(resource=twin))
        elif kind == 5:
            twin = demand.model_copy(
                update={
                    "id": f"newD{number}",
                    "requirements": (need.model_copy(update={"id": f"newQ{number}"}),),
                }
            )
            found.append(ch.AddDemand(demand=twin))
        elif kind == 6 and len({one.id for one, _ in needs}) > 1:
            found.append(ch.RemoveDemand(demand=demand.id))
            needs = [(one, need) for one, need in needs if one.id != demand.id]
        elif kind == 7:
            wanted = max(1, need.wanted + rng.choice((-1, 1)))
            least = min(need.minimum, wanted)
            change = ch.SetWanted(requirement=need.id, wanted=wanted, minimum=least)
            found.append(change)
        elif kind == 8:
            found.append(ch.AddRule(rule=mk.rules.Forbid(**pair())))
        elif kind == 9:
            unit = rng.choice(given.units).id
            cap = mk.rules.UnitCap(unit=unit, most=rng.randint(0, 3))
            found.append(ch.AddRule(rule=cap))
        elif kind == 10:
            node = rng.choice(given.communities).id
            cap = mk.rules.CommunityCap(community=node, most=rng.randint(0, 3))
            found.append(ch.AddRule(rule=cap))
        elif labels := sorted({rule.label for rule in given.rules}):
            found.append(ch.RemoveRule(label=rng.choice(labels)))
        if not people:
            break
    return found


def problem_of(seed: int) -> mk.Problem:
    """A random flow; every fourth one with goals of sharing."""
    return drawn(seed) if seed % 4 == 0 else random_problem(seeded(seed), 16, 9)


def wrong_with(before: Plan, after: Plan, found: Comparison) -> str | None:
    """What the paths of a comparison say wrongly, if anything."""
    paths = found.paths or ()
    difference = units(after)
    difference.subtract(units(before))
    sums = moved(paths)
    if {k: v for k, v in sums.items() if v} != {
        k: v for k, v in difference.items() if v
    }:
        return "the paths do not add up to the difference of the plans"
    for path in paths:
        if path.kind in ("none", "tied") or not (path.events or path.gain):
            return f"no cause: {path.line()}"
        taken = Counter[str]()
        for move in path.moves:
            taken[move.to or ""] += move.quantity
            taken[move.away_from or ""] -= move.quantity
        told = {one.requirement: one.change for one in path.filled}
        if {name: by for name, by in taken.items() if by and name} != told:
            return f"what is filled is not what moves: {path.line()}"
    return None


def campaign(first: int, count: int) -> Tally:
    """Repair so many random plans, and look at every path."""
    tally = Tally()
    for seed in range(first, first + count):
        given, rng = problem_of(seed), seeded(-1 - seed)
        if not given.resources:
            continue
        try:
            other = ch.apply_changes(given, changed(given, rng))
            before = mk.solve(given)
            after, judged = repaired(other, before)
        except (ContradictionError, InputError) as refused:
            tally.seen[f"left out, {type(refused).__name__}"] += 1
            continue
        found = mk.compare(given, before, after, problem_after=judged, causes=True)
        if fault := wrong_with(before, after, found):
            tally.wrong.append(f"seed {seed}: {fault}")
        tally.seen["repairs"] += 1
        for path in found.paths or ():
            tally.seen["paths"] += 1
            tally.seen["moves"] += path.quantity * len(path.moves)
            tally.seen[f"kind {path.kind}"] += 1
            tally.seen.update(f"event {one.kind}" for one in path.events)
            tally.seen.update(f"link {one.link}" for one in path.moves if one.link)
            if any(one.text(lang) == "" for one in (path,) for lang in ("en", "zh")):
                tally.wrong.append(f"seed {seed}: no text")
    return tally


def repaired(other: mk.Problem, before: Plan) -> tuple[Plan, mk.Problem]:
    """The repair with the fewest changes, and the problem whose goals it counts."""
    return mk.replan(other, before), other.keeping(before)


if __name__ == "__main__":
    import sys

    result = campaign(int(sys.argv[1]), int(sys.argv[2]))
    print(*sorted(result.seen.items()), sep="\n")  # noqa: T201
    print(len(result.wrong), "wrong", *result.wrong[:20], sep="\n")  # noqa: T201
