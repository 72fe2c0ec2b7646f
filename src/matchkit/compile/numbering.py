"""The two lists of a problem in their numbering, sorted by id, so that the order of records means nothing;
and its names by the word they stand for.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from matchkit.compile.times import starts_of
from matchkit.model import (
    AnyOf,
    Demand,
    Forbid,
    MaxDistance,
    Place,
    Problem,
    Requirement,
    Resource,
    SkillLevel,
)
from matchkit.model.resource import SHARED_KINDS
from matchkit.model.skill import Need
from matchkit.model.text import key


@dataclass(frozen=True, slots=True)
class RequirementAtStart:
    """A requirement with the demand it belongs to; of a flexible demand, as if that were fixed at one of its
    starts.
    """

    demand: Demand
    requirement: Requirement
    start: int | None = None
    """Seconds since 1970 where the demand is flexible."""

    @property
    def never(self) -> bool:
        """Whether the demand is flexible and no window of it is long enough: it is there, but nobody can
        serve it.
        """
        return self.demand.minutes is not None

    @property
    def fixed(self) -> bool:
        """Whether the demand is not flexible."""
        return self.start is None and self.demand.minutes is None


class Numbering:
    """Resources and requirements by number and by id, and what rules say about single pairs."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.lexicon = Lexicon(problem)
        self.resources = tuple(
            sorted(problem.resources, key=lambda resource: resource.id)
        )
        self.slots = tuple(
            sorted(
                (
                    RequirementAtStart(at, need, start)
                    for demand in problem.demands
                    for at, start in starts_of(demand)
                    for need in demand.requirements
                ),
                key=lambda slot: (slot.requirement.id, slot.start or 0),
            )
        )
        self.left = {
            resource.id: number for number, resource in enumerate(self.resources)
        }
        self.places: dict[str, list[int]] = {}
        """By requirement id, the numbers of its slots: one, or one for each start of a flexible demand."""
        for number, slot in enumerate(self.slots):
            self.places.setdefault(slot.requirement.id, []).append(number)
        self.right = {
            requirement: numbers[0] for requirement, numbers in self.places.items()
        }
        hard = [rule for rule in problem.rules if rule.soft is None]
        self.forbidden = frozenset(
            (rule.resource, rule.requirement)
            for rule in hard
            if isinstance(rule, Forbid)
        )
        self.farthest = [rule for rule in hard if isinstance(rule, MaxDistance)]
        self.farthest_of: dict[tuple[str | None, str | None], list[MaxDistance]] = {}
        """The same by the resource and the demand that they name."""
        for rule in self.farthest:
            self.farthest_of.setdefault((rule.resource, rule.demand), []).append(rule)
        self._home_place = {
            community.id: community.place for community in problem.communities
        }

    def with_resource(self, resource: Resource) -> Numbering:
        """The same with one more resource, numbered after all others."""
        made = copy(self)
        made.resources = (*self.resources, resource)
        made.left = {**self.left, resource.id: len(self.resources)}
        return made

    def site(self, demand: Demand) -> Place | None:
        """Where people must go for a demand: None where it is online or its place is unknown."""
        if demand.mode == "online":
            return None
        return (
            demand.place
            if demand.place is not None
            else self._home_place[demand.community]
        )

    def own_capacity(self, resource: Resource, slot: RequirementAtStart) -> int:
        """How much a pair can carry before any lock."""
        return (
            min(resource.capacity, slot.requirement.wanted)
            if self.lexicon.is_divisible(resource)
            else min(1, resource.capacity)
        )


def alternatives(need: Need) -> tuple[SkillLevel, ...]:
    """The skills of which one at its level is enough; a plain need has one."""
    return need.any_of if isinstance(need, AnyOf) else (need,)


class Lexicon:
    """Names by the word they stand for. A word is the key of a skill record's name, or of a name without a
    record.
    """

    def __init__(self, problem: Problem) -> None:
        self._keys: dict[str, str] = {}
        self._owner = {
            self.key(name): self.key(skill.name)
            for skill in problem.skills
            for name in (skill.name, *skill.aliases)
        }
        self._words: dict[str, str] = {}
        self._parents = {
            self.key(skill.name): tuple(
                sorted({self.word(name) for name in skill.parents})
            )
            for skill in problem.skills
        }
        self._above: dict[str, tuple[str, ...]] = {}

    def key(self, name: str) -> str:
        """What a name compares by; each spelling is worked out once."""
        found = self._keys.get(name)
        if found is None:
            found = self._keys[name] = key(name)
        return found

    def word(self, name: str) -> str:
        """The word a skill name stands for."""
        found = self._words.get(name)
        if found is None:
            spelt = self.key(name)
            found = self._words[name] = self._owner.get(spelt, spelt)
        return found

    def above(self, word: str) -> tuple[str, ...]:
        """The word itself and every broader one it counts as, sorted."""
        found = self._above.get(word)
        if found is None:
            seen, stack = {word}, [word]
            while stack:
                for parent in self._parents.get(stack.pop(), ()):
                    if parent not in seen:
                        seen.add(parent)
                        stack.append(parent)
            found = self._above[word] = tuple(sorted(seen))
        return found

    def declared(self, resource: Resource) -> dict[str, int]:
        """Word to level of every skill the resource declares, each once at its highest level."""
        found: dict[str, int] = {}
        for skill in resource.skills:
            word = self.word(skill.skill)
            found[word] = max(skill.level, found.get(word, 0))
        return found

    def held(self, declared: dict[str, int]) -> dict[str, int]:
        """Word to level of what is declared and of everything it counts as."""
        found: dict[str, int] = {}
        for word, level in declared.items():
            for broader in self.above(word):
                if level > found.get(broader, 0):
                    found[broader] = level
        return found

    def is_divisible(self, resource: Resource) -> bool:
        """As Resource.is_divisible, each kind's spelling worked out once."""
        return (
            self.key(resource.kind) in SHARED_KINDS
            if resource.divisible is None
            else resource.divisible
        )
