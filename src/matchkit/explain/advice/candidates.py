"""Whom one could recruit: one profile for every role that requirements ask for, by kind, skills, mode, times
and place.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from matchkit.answers.changes import AddResource
from matchkit.compile.lexicon import Lexicon, alternatives
from matchkit.compile.numbering import Numbering
from matchkit.explain.fresh_ids import FreshIds
from matchkit.model import Demand, Place, Problem, Requirement, Resource, SkillLevel, Unit


class Profile(NamedTuple):
    """Somebody who could be recruited, and the first requirement by id that asks for just that."""

    change: AddResource
    like: str
    community: str


def candidates(problem: Problem, only: Iterable[str] | None = None) -> list[Profile]:
    """A resource of capacity 1 for every distinct role, in the order of the requirements' ids; ``only`` names
    those to look at.

    It holds exactly what is asked, is free exactly when the demand takes place, lives there, and belongs to a
    new unit of its own that no cap binds.
    """
    lists = Numbering(problem)
    wanted = None if only is None else set(only)
    demands = {
        need.id: (demand, need) for demand in problem.demands for need in demand.requirements
    }
    unit = Unit(id=FreshIds(entry.id for entry in problem.units).unused("recruits"))
    names = FreshIds(entry.id for entry in problem.resources)
    found: list[Profile] = []
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
                Profile(
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
