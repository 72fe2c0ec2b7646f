"""Training: what a resource's skills are afterwards, aliases and broader skills considered."""

from __future__ import annotations

from collections.abc import Iterable

from matchkit.answers.changes import Train
from matchkit.model import Resource, Skill, SkillLevel
from matchkit.model.text import key


class Training:
    """The skills of a problem: how they are spelled, and what counts as what."""

    def __init__(self, skills: Iterable[Skill]) -> None:
        skills = tuple(skills)
        self._word = {
            key(alias): key(skill.name) for skill in skills for alias in skill.aliases
        }
        self._above = {
            key(skill.name): [self._spelling(parent) for parent in skill.parents]
            for skill in skills
        }

    def trained(self, resource: Resource, change: Train) -> tuple[SkillLevel, ...]:
        """The resource's skills after the training."""
        word = self._spelling(change.skill)
        if any(
            one.level >= change.level and self._counts_as(self._spelling(one.skill), word)
            for one in resource.skills
        ):
            return resource.skills
        others = [one for one in resource.skills if self._spelling(one.skill) != word]
        return (*others, SkillLevel(skill=change.skill, level=change.level))

    def _spelling(self, skill: str) -> str:
        return self._word.get(key(skill), key(skill))

    def _counts_as(self, skill: str, wanted: str) -> bool:
        """Whether a skill is the one wanted, or lies below it."""
        seen, stack = {skill}, [skill]
        while stack:
            here = stack.pop()
            if here == wanted:
                return True
            more = [above for above in self._above.get(here, ()) if above not in seen]
            seen.update(more)
            stack.extend(more)
        return False
