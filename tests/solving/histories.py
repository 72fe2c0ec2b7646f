"""Histories of small problems, drawn by a seed, and what they come to, from docs/rules.md (Over rounds)."""

from __future__ import annotations

import random
from fractions import Fraction

import matchkit.model as m

SIDES = {
    "communities": "community",
    "demands": "demand",
    "requirements": "requirement",
    "resources": "resource",
    "units": "unit",
}


def with_history(problem: m.Problem, seed: int) -> m.Problem:
    """The same after a few rounds: what everybody got and gave, some of it in this round, and what some did who
    are gone.
    """
    rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
    now = rng.randint(1, 4)
    getters = {
        "community": [*(one.id for one in problem.communities), "gone"],
        "demand": [one.id for one in problem.demands],
        "requirement": [
            need.id for one in problem.demands for need in one.requirements
        ],
    }
    records = []
    for side, names in getters.items():
        for name in names:
            for _ in range(rng.choice((0, 1, 1, 2))):
                of = rng.randint(0, 4)
                record = {
                    side: name,
                    "round": rng.randint(1, now),
                    "given": rng.randint(0, of),
                    "of": of,
                    "tier": rng.choice((None, None, 1, 2)),
                    "kind": rng.choice((None, None, "person", "VEHICLE")),
                }
                records.append(m.History.model_validate(record))
    givers = {
        "resource": [one.id for one in problem.resources],
        "unit": [*(one.id for one in problem.units), "gone"],
    }
    measures = ("units", "units", "nights", "refusals", "kilometres")
    records += [
        m.History.model_validate(
            {
                side: name,
                "round": rng.randint(1, now),
                "measure": rng.choice(measures),
                "given": rng.randint(0, 3),
            }
        )
        for side, names in givers.items()
        for name in names
        for _ in range(rng.choice((0, 1, 2)))
    ]
    rng.shuffle(records)
    stated = {
        "decay": rng.choice(("0", "1/2", "2/3", "9/10", "1")),
        "nights": rng.choice(("0", "1/2", "1")),
        "refusals": rng.choice(("1/3", "1")),
        "kilometres": "1/100",
    }
    objective = problem.objective.model_copy(update=stated)
    fields = {name: getattr(problem, name) for name in m.Problem.model_fields}
    return m.Problem(
        **{**fields, "round": now, "history": records, "objective": objective}
    )


def had(problem: m.Problem, part: m.Part, name: str) -> tuple[Fraction, Fraction]:
    """What one who shares in a part had before, and what was wanted of that."""
    given, of = Fraction(0), Fraction(0)
    for one in problem.history:
        assert problem.round is not None
        left = Fraction(problem.objective.decay) ** (problem.round - one.round)
        worth = (
            "1" if one.measure == "units" else getattr(problem.objective, one.measure)
        )
        if counts(problem, part, name, one):
            given += left * one.given * Fraction(worth)
            of += left * (one.of or 0)
    return given, of


def counts(problem: m.Problem, part: m.Part, name: str, one: m.History) -> bool:
    """Whether a record counts for one who shares in a part."""
    if part.tier is not None and one.tier not in (None, part.tier):
        return False
    if part.kind and one.kind and part.kind.lower() != one.kind.lower():
        return False
    if part.depth is None:
        return bool(getattr(one, SIDES[str(part.of)]) == name)
    parents = {each.id: each.parent for each in problem.communities}
    if one.community not in parents:
        return False
    chain = [one.community]
    while (parent := parents[chain[0]]) is not None:
        chain.insert(0, parent)
    return chain[min(part.depth, len(chain) - 1)] == name


def has_past(problem: m.Problem, part: m.Part) -> bool:
    """Whether any record counts in a part."""
    side = SIDES.get(str(part.of), "community")
    names = {getattr(one, side) for one in problem.history} - {None}
    if part.depth is not None:
        names = {one.id for one in problem.communities}
    return any(
        counts(problem, part, name, one) for name in names for one in problem.history
    )
