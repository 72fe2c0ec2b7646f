"""Names and skills as docs/architecture.md reads them: spellings, aliases, what counts as what, levels and
rarity.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cached_property

from matchkit.model import AnyOf, Problem, Requirement, Resource


def key(name: str) -> str:
    """What names compare by: NFKC, case folded, NFKC again (folding can leave a form that composes),
    trimmed.
    """
    if name.isascii():
        return name.casefold().strip()
    return unicodedata.normalize(
        "NFKC", unicodedata.normalize("NFKC", name).casefold()
    ).strip()


SkillNeeds = tuple[tuple[tuple[str, int], ...], ...]
"""Needs, each as its alternatives (one where there is no choice), each a skill and the level asked."""

HeldSkills = tuple[tuple[str, int], ...]
"""Skills a resource declares, aliases resolved, each once with its highest level, in order."""


class Skills:
    """The skills of a problem by key."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._skill_of: dict[str, str] = {}
        for skill in problem.skills:
            for name in (skill.name, *skill.aliases):
                self._skill_of[key(name)] = key(skill.name)
        self._parents = {
            key(skill.name): [self._resolved(key(parent)) for parent in skill.parents]
            for skill in problem.skills
        }
        self._above: dict[str, frozenset[str]] = {}
        self._levels: dict[HeldSkills, dict[str, int]] = {}
        self._names: dict[str, str] = {}
        self._rarity = {
            self.named(skill): points
            for skill, points in problem.objective.rarity or ()
        }

    def _resolved(self, spelling: str) -> str:
        return self._skill_of.get(spelling, spelling)

    def named(self, name: str) -> str:
        """The skill that a name stands for."""
        if name not in self._names:
            self._names[name] = self._resolved(key(name))
        return self._names[name]

    def above(self, skill: str) -> frozenset[str]:
        """The skill and every one it counts as."""
        found = self._above.get(skill)
        if found is None:
            seen, stack = {skill}, [skill]
            while stack:
                for parent in self._parents.get(stack.pop(), ()):
                    if parent not in seen:
                        seen.add(parent)
                        stack.append(parent)
            found = self._above[skill] = frozenset(seen)
        return found

    def profile(self, resource: Resource) -> HeldSkills:
        """What the resource declares."""
        declared: dict[str, int] = {}
        for entry in resource.skills:
            skill = self.named(entry.skill)
            declared[skill] = max(entry.level, declared.get(skill, 0))
        return tuple(sorted(declared.items()))

    def levels(self, profile: HeldSkills) -> dict[str, int]:
        """The level in every skill that the profile holds, also in those its skills count as."""
        found = self._levels.get(profile)
        if found is None:
            found = self._levels[profile] = {}
            for skill, level in profile:
                for name in self.above(skill):
                    found[name] = max(level, found.get(name, 0))
        return found

    def asked(self, requirement: Requirement) -> SkillNeeds:
        """What the requirement asks for."""
        return tuple(
            tuple(
                (self.named(entry.skill), entry.level)
                for entry in (need.any_of if isinstance(need, AnyOf) else (need,))
            )
            for need in requirement.skills
        )

    def unmet(
        self, asked: SkillNeeds, profile: HeldSkills
    ) -> Iterator[tuple[tuple[str, int, int], ...]]:
        """Needs of which no alternative holds, each as (skill, level held, level asked) of its
        alternatives.
        """
        held = self.levels(profile)
        for need in asked:
            if all(held.get(skill, 0) < level for skill, level in need):
                yield tuple((skill, held.get(skill, 0), level) for skill, level in need)

    def fit(self, asked: SkillNeeds, profile: HeldSkills) -> int:
        """Points of the term ``skill_fit``; a need that does not hold counts no surplus."""
        held = self.levels(profile)
        margins = (
            [held.get(skill, 0) - level for skill, level in need] for need in asked
        )
        surplus = sum(
            min((margin for margin in need if margin >= 0), default=0)
            for need in margins
        )
        named = {skill for need in asked for skill, _ in need}
        idle = sum(
            self.rarity(skill)
            for skill, _ in profile
            if named.isdisjoint(self.above(skill))
        )
        return 100 - 10 * surplus - idle

    def rarity(self, skill: str) -> int:
        """Points that leaving the skill idle costs, 0 to 20."""
        found = self._rarity.get(skill)
        if found is None and self._problem.objective.rarity is not None:
            return 0
        if found is None:
            wanted, held = self._supply
            found = self._rarity[skill] = min(
                20, 10 * wanted.get(skill, 0) // max(1, held.get(skill, 0))
            )
        return found

    @cached_property
    def _supply(self) -> tuple[dict[str, int], dict[str, int]]:
        wanted: dict[str, int] = {}
        held: dict[str, int] = {}
        for demand in self._problem.demands:
            for requirement in demand.requirements:
                for skill in {
                    skill for need in self.asked(requirement) for skill, _ in need
                }:
                    wanted[skill] = wanted.get(skill, 0) + requirement.wanted
        for resource in self._problem.resources:
            for skill in self.levels(self.profile(resource)):
                held[skill] = held.get(skill, 0) + resource.capacity
        return wanted, held
