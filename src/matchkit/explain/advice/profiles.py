"""Whom one could recruit, a profile for every role that requirements ask for; and what resources that do not
exist yet would be worth to every requirement, eligibility and weight as compile has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from matchkit.answers.changes import AddResource
from matchkit.arrays import Int64, Intp
from matchkit.compile.instance import Instance
from matchkit.compile.numbering import Lexicon, Numbering, alternatives
from matchkit.explain.advice.rarity import Rarity, named_by
from matchkit.explain.new_records import FreshIds
from matchkit.model import (
    Demand,
    MaxDistance,
    Place,
    Problem,
    Requirement,
    Resource,
    SkillLevel,
    Unit,
)


class RecruitProfile(NamedTuple):
    """Somebody who could be recruited, and the first requirement by id that asks for just that."""

    change: AddResource
    like: str
    community: str


def candidates(
    problem: Problem, only: Iterable[str] | None = None
) -> list[RecruitProfile]:
    """A resource of capacity 1 for every distinct role, in the order of the requirements' ids; ``only`` names
    those to look at.

    It holds exactly what is asked, is free exactly when the demand takes place, lives there, and belongs to a
    new unit of its own that no cap binds.
    """
    lists = Numbering(problem)
    wanted = None if only is None else set(only)
    demands = {
        need.id: (demand, need)
        for demand in problem.demands
        for need in demand.requirements
    }
    unit = Unit(id=FreshIds(entry.id for entry in problem.units).unused("recruits"))
    names = FreshIds(entry.id for entry in problem.resources)
    found: list[RecruitProfile] = []
    seen: set[object] = set()
    for name in sorted(demands):
        demand, need = demands[name]
        if wanted is not None and name not in wanted:
            continue
        skills = _skills(lists.lexicon, need)
        site = lists.site(demand)
        key = (
            lists.lexicon.key(need.kind),
            tuple((lists.lexicon.word(skill.skill), skill.level) for skill in skills),
            demand.mode,
            demand.windows,
            site,
            demand.community,
            need.uses,
        )
        if key not in seen:
            seen.add(key)
            found.append(
                RecruitProfile(
                    AddResource(
                        resource=_made(
                            names.unused(f"recruit-{len(found) + 1}"),
                            unit,
                            demand,
                            need,
                            skills,
                            site,
                        ),
                        unit=unit,
                    ),
                    name,
                    demand.community,
                )
            )
    return found


def _made(
    name: str,
    unit: Unit,
    demand: Demand,
    need: Requirement,
    skills: tuple[SkillLevel, ...],
    site: Place | None,
) -> Resource:
    return Resource(
        id=name,
        unit=unit.id,
        kind=need.kind,
        skills=skills,
        available=demand.windows,
        place=site,
        mode=demand.mode,
        home=demand.community,
        loads=need.uses,
    )


def _skills(lexicon: Lexicon, need: Requirement) -> tuple[SkillLevel, ...]:
    """What is asked, each skill once at its highest level; of alternatives the one at the lowest level, then
    by name.
    """
    found: dict[str, SkillLevel] = {}
    for entry in need.skills:
        easiest = min(
            alternatives(entry), key=lambda want: (want.level, lexicon.word(want.skill))
        )
        word = lexicon.word(easiest.skill)
        if word not in found or found[word].level < easiest.level:
            found[word] = easiest
    return tuple(found[word] for word in sorted(found))


class Imagined(NamedTuple):
    """Eligible pairs of resources as given (``owner`` their number) with requirements (by id, ascending), and
    their weights.
    """

    owner: Intp
    right: Intp
    weight: Int64


def imagined(
    problem: Problem,
    resources: Sequence[Resource],
    rarity: Callable[[int, str], int],
) -> Imagined:
    """What resources would be worth if they were in the problem; ``rarity`` gives that of a word for the
    resource of this number.
    """
    aside = _aside(problem, resources)
    instance = Instance(aside)
    number = {resource.id: place for place, resource in enumerate(resources)}
    owner = np.array([number[name] for name in instance.resource_ids], np.intp)[
        instance.left
    ]
    weight = instance.weight + _idle(aside, resources, rarity, owner, instance)
    order = np.lexsort((instance.right, owner))
    return Imagined(owner[order], instance.right[order], weight[order])


def _aside(problem: Problem, resources: Sequence[Resource]) -> Problem:
    """The problem with these resources in place of its own, and with what bears on single pairs of any
    resource.
    """
    rules = tuple(
        rule
        for rule in problem.rules
        if isinstance(rule, MaxDistance) and rule.soft is None and rule.resource is None
    )
    changed = {"resources": tuple(resources), "rules": rules}
    return problem.model_copy(update=changed | {"previous": (), "scores": ()})


def _idle(
    aside: Problem,
    resources: Sequence[Resource],
    rarity: Callable[[int, str], int],
    owner: Intp,
    instance: Instance,
) -> Int64:
    """What to add to weights that were reckoned with the rarity of a problem of these resources only."""
    lexicon = Lexicon(aside)
    own = Rarity(aside, lexicon)
    if not own.factor:
        return np.zeros(len(owner), np.int64)
    declared = [sorted(lexicon.declared(resource)) for resource in resources]
    words = {
        word: place
        for place, word in enumerate(
            sorted({word for held in declared for word in held})
        )
    }
    off = np.zeros((len(resources), len(words)), np.int64)
    for place, held in enumerate(declared):
        for word in held:
            off[place, words[word]] = own.of(word) - rarity(place, word)
    named = [named_by(lexicon, need) for need in instance.requirements]
    roles = {names: place for place, names in enumerate(sorted(set(named), key=sorted))}
    unused = np.array(
        [[names.isdisjoint(lexicon.above(word)) for names in roles] for word in words],
        np.int64,
    ).reshape(len(words), len(roles))
    role = np.array([roles[names] for names in named], np.intp)
    return (
        own.factor * (off @ unused)[owner, role[instance.right]]
        if len(owner)
        else np.zeros(0, np.int64)
    )
