"""Names of skills that are several joined by a mark, that are ticks, or that are no skill; of tables the cells are asked about instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matchkit.io.cells.joined import joined, parts_of
from matchkit.io.cells.no_skill import no_skill, none_needed
from matchkit.io.cells.reading import note
from matchkit.io.cells.ticks import is_tick
from matchkit.io.checks.found import Found
from matchkit.io.checks.two_forms import Place
from matchkit.model import Problem
from matchkit.model.text import key


def no_names(problem: Problem, skills: Mapping[str, Place]) -> Iterator[Found]:
    """One finding for every name of a skill that hardly is one; names in the records of skills are what they are.

    ``skills`` is what ``skill_names`` gives.
    """
    declared = {key(name) for skill in problem.skills for name in (skill.name, *skill.aliases, *skill.parents)}
    places = {name: place for name, place in skills.items() if key(name) not in declared}
    several = joined(places, declared)
    for name, (path, owner) in places.items():
        if key(name) in several:
            yield Found("odd", path, owner, note("check.joined", skill=name, parts=tuple(parts_of(name))))
        elif is_tick(name):
            yield Found("odd", path, owner, note("check.tick", skill=name))
        elif no_skill(name) or none_needed(name):
            yield Found("odd", path, owner, note("check.no_skill", skill=name))
