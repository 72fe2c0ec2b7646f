"""The two lists of a problem in their numbering, sorted by id, so that the order of records means nothing;
and its names by the word they stand for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import numpy as np

from matchkit.arrays import Int64, Mask
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

Prepared = TypeVar("Prepared")
ListName = Literal["resources", "demands", "communities"]


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
    """Resources and requirements by number and by id, and what rules say about single pairs.

    ``like`` is a numbering of a problem with other resources or demands and all else alike: what was made of
    a list that is the same tuple in both is taken over.
    """

    def __init__(self, problem: Problem, like: Numbering | None = None) -> None:
        self.problem = problem
        self.lexicon: Lexicon = Lexicon(problem) if like is None else like.lexicon
        self._made: dict[ListName, dict[Any, Any]] = {
            "resources": {},
            "demands": {},
            "communities": {},
        }
        if like is not None:
            for name, made in like._made.items():  # noqa: SLF001 - of its own class
                if getattr(like.problem, name) is getattr(problem, name):
                    self._made[name] = made
        self.resources = self.once("resources", _by_id)
        self.left = self.once("resources", _numbers)
        self.slots = self.once("demands", _slots)
        self.places = self.once("demands", _places)
        """By requirement id, the numbers of its slots: one, or one for each start of a flexible demand."""
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

    def once(self, name: ListName, make: Callable[[Numbering], Prepared]) -> Prepared:
        """What is made of one of the lists alone, and of skills and communities: made once for all numberings
        of the same list.
        """
        known = self._made[name]
        if make not in known:
            known[make] = make(self)
        found: Prepared = known[make]
        return found

    def with_everybody_able(self) -> Numbering:
        """The same as if nobody's capacity were 0."""
        made = copy(self)
        most = np.maximum(self.once("resources", capacity), 1)
        mine = {**self._made["resources"], capacity: most}
        made._made = {**self._made, "resources": mine}  # noqa: SLF001 - its own copy
        return made

    def with_resource(self, resource: Resource) -> Numbering:
        """The same with one more resource, numbered after all others."""
        made = copy(self)
        made._made = {**self._made, "resources": {}}  # noqa: SLF001 - its own copy
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


def _by_id(lists: Numbering) -> tuple[Resource, ...]:
    return tuple(sorted(lists.problem.resources, key=lambda resource: resource.id))


def _numbers(lists: Numbering) -> dict[str, int]:
    return {resource.id: number for number, resource in enumerate(lists.resources)}


def _slots(lists: Numbering) -> tuple[RequirementAtStart, ...]:
    slots = (
        RequirementAtStart(at, need, start)
        for demand in lists.problem.demands
        for at, start in starts_of(demand)
        for need in demand.requirements
    )
    return tuple(sorted(slots, key=lambda slot: (slot.requirement.id, slot.start or 0)))


def _places(lists: Numbering) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, slot in enumerate(lists.slots):
        found.setdefault(slot.requirement.id, []).append(number)
    return found


def capacity(lists: Numbering) -> Int64:
    """Of every resource (int64)."""
    return np.array([resource.capacity for resource in lists.resources], np.int64)


def divisible(lists: Numbering) -> Mask:
    """Of every resource (bool)."""
    is_divisible = lists.lexicon.is_divisible
    return np.array([is_divisible(resource) for resource in lists.resources], np.bool_)


def alternatives(need: Need) -> tuple[SkillLevel, ...]:
    """The skills of which one at its level is enough; a plain need has one."""
    return need.any_of if isinstance(need, AnyOf) else (need,)


class Lexicon:
    """Names by the word they stand for. A word is the key of a skill record's name, or of a name without a
    record. Words and kinds have numbers, ``words`` in the order of theirs.
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
        self._kinds: dict[str, int] = {}
        self.number: dict[str, int] = {}

    @property
    def words(self) -> list[str]:
        """All words that have a number."""
        return list(self.number)

    def numbered(self, words: Iterable[str]) -> None:
        """Let these words have a number: those that are new ascend by name."""
        for word in sorted(set(words) - self.number.keys()):
            self.number[word] = len(self.number)

    def kind(self, name: str) -> int:
        """The number of a kind; two names of one kind have one."""
        return self._kinds.setdefault(self.key(name), len(self._kinds))

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
