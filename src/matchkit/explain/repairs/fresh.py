"""New resources of just what a requirement asks, set aside for it."""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.answers.changes import AddResource
from matchkit.compile.lexicon import alternatives
from matchkit.explain.fresh_ids import FreshIds
from matchkit.explain.repairs.change_options import MOST_STEPS, ChangeOption, Level, steps
from matchkit.model import Demand, Load, Lock, Problem, Requirement, Resource, Unit
from matchkit.model.resource import SHARED_KINDS
from matchkit.model.text import key


def added(
    problem: Problem, demand: Demand, lacking: dict[str, int], price: int
) -> Iterator[ChangeOption]:
    """For each requirement that lacks units a ladder: one more unit a level, from new resources in a unit of
    their own.

    Where more than MOST_STEPS people are missing there is none: that many are no repair, but another problem.
    """
    units = FreshIds(unit.id for unit in problem.units)
    people = FreshIds(resource.id for resource in problem.resources)
    for need in sorted(demand.requirements, key=lambda need: need.id):
        missing = lacking.get(need.id, 0)
        shared = key(need.kind) in SHARED_KINDS
        if not missing or (missing > MOST_STEPS and not shared):
            continue
        unit = Unit(id=units.unused(f"more for {need.id}"))
        names = [people.unused(f"more for {need.id}") for _ in range(1 if shared else missing)]
        yield ChangeOption.of(
            ("add", need.id),
            (
                _rung(price * count, demand, need, unit, names[:count], count if shared else 1)
                for count in steps(missing)
            ),
        )


def _rung(
    price: int, demand: Demand, need: Requirement, unit: Unit, names: list[str], capacity: int
) -> Level:
    made = [
        Resource(
            id=name,
            unit=unit.id,
            kind=need.kind,
            skills=tuple(alternatives(asked)[0] for asked in need.skills),
            capacity=capacity,
            divisible=key(need.kind) in SHARED_KINDS,
            available=demand.windows,
            home=demand.community,
            loads=tuple(
                Load(dimension=use.dimension, amount=min(use.amount * capacity, 10**9))
                for use in need.uses
            ),
        )
        for name in names
    ]
    changes = [
        AddResource(resource=one, unit=None if place else unit)
        for place, one in enumerate(made)
    ]
    return Level(
        price,
        tuple(changes),
        tuple(Lock(resource=one.id, requirement=need.id, quantity=capacity) for one in made),
    )


def others_of_kind(problem: Problem, demand: Demand) -> dict[str, tuple[str, ...]]:
    """By requirement of a demand, all other requirements of its kind in the problem, by id."""
    kinds: dict[str, list[str]] = {}
    for entry in problem.demands:
        for need in entry.requirements:
            kinds.setdefault(key(need.kind), []).append(need.id)
    return {
        need.id: tuple(sorted(name for name in kinds[key(need.kind)] if name != need.id))
        for need in demand.requirements
    }
