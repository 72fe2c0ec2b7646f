"""Names of skills that are several joined by a mark, that are ticks, or that are no skill; of tables the
cells are asked about instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.text import key
from matchkit.tables.cells.lists import ANY
from matchkit.tables.cells.plain import is_tick
from matchkit.tables.cells.skill_names import joined, no_skill, none_needed, parts_of
from matchkit.tables.checks.found import Found
from matchkit.tables.checks.two_forms import Occurrence, declared_skills


def no_names(problem: Problem, skills: Mapping[str, Occurrence]) -> Iterator[Found]:
    """One finding for every name of a skill that hardly is one; names in the records of skills are what they
    are.

    ``skills`` is what ``skill_names`` gives.
    """
    declared = declared_skills(problem)
    found = joined(skills, declared)
    for name, (path, owner) in skills.items():
        if key(name) in declared:
            continue
        parts = (
            tuple(parts_of(name))
            if key(name) in found.several
            else found.doubted.get(key(name))
        )
        if parts:
            yield Found("odd", path, owner, Message.of("check.joined", skill=name, parts=parts))
        elif is_tick(name):
            yield Found("odd", path, owner, Message.of("check.tick", skill=name))
        elif no_skill(name) or none_needed(name) or name.casefold() in ANY:
            yield Found("odd", path, owner, Message.of("check.no_skill", skill=name))
