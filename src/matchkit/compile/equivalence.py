"""Both lists as arrays of classes: what many resources or requirements share is worked out once for all of
them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple, TypeVar

import numpy as np

from matchkit.arrays import Intp
from matchkit.compile.eligibility.attributes import MODES
from matchkit.compile.eligibility.skill import (
    ProfileSkills,
    SkillIndex,
    SkillProfile,
    SkillRole,
)
from matchkit.compile.eligibility.time import NEVER, Coverage, FreeSpans
from matchkit.compile.numbering import Numbering, alternatives
from matchkit.compile.ragged import grouped
from matchkit.compile.times import SecondSpans, united
from matchkit.model import Window

Class = TypeVar("Class", bound=Hashable)


def classes(values: Iterable[Class]) -> tuple[list[Class], Intp]:
    """The distinct values in the order in which they first occur, and the number of each value's class
    (intp (values,)).
    """
    numbers: dict[Class, int] = {}
    of = [numbers.setdefault(value, len(numbers)) for value in values]
    return list(numbers), np.array(of, np.intp)


def _availabilities(lists: Numbering) -> Iterator[SecondSpans | None]:
    """When each resource is free, None for always. Thousands may share one weekly pattern, which is united
    once.
    """
    known: dict[
        int, tuple[tuple[Window, ...], SecondSpans | None]
    ] = {}  # by identity, which holds while the windows live
    for resource in lists.resources:
        windows = resource.free
        if id(windows) not in known:
            known[id(windows)] = windows, united(windows) or None
        yield known[id(windows)][1]


class Declared(NamedTuple):
    """Word to level of what every resource declares, and all words with the broader ones."""

    levels: list[dict[str, int]]
    words: frozenset[str]


class Asked(NamedTuple):
    """The needs of every slot, each as (word, level) in order, and all words with the broader ones."""

    needs: list[tuple[tuple[tuple[str, int], ...], ...]]
    words: frozenset[str]


def _declared(lists: Numbering) -> Declared:
    levels = [lists.lexicon.declared(resource) for resource in lists.resources]
    return Declared(levels, _broader(lists, {one for each in levels for one in each}))


def _asked(lists: Numbering) -> Asked:
    word = lists.lexicon.word
    needs = [
        tuple(
            sorted(
                tuple(
                    sorted(
                        {(word(want.skill), want.level) for want in alternatives(need)}
                    )
                )
                for need in slot.requirement.skills
            )
        )
        for slot in lists.slots
    ]
    words = {word for each in needs for need in each for word, _ in need}
    return Asked(needs, _broader(lists, words))


def _broader(lists: Numbering, words: Iterable[str]) -> frozenset[str]:
    return frozenset(one for word in words for one in lists.lexicon.above(word))


class ResourceClasses:
    """Resources by profile and by availability, and what profiles hold."""

    def __init__(self, lists: Numbering) -> None:
        lexicon = lists.lexicon
        number = lexicon.number
        declared = lists.once("resources", _declared).levels
        self.profiles, self.profile = classes(
            SkillProfile(
                lexicon.kind(resource.kind),
                MODES[resource.mode],
                tuple(sorted((number[word], level) for word, level in skills.items())),
            )
            for resource, skills in zip(lists.resources, declared, strict=True)
        )
        words = lexicon.words
        self.held = [
            {
                number[word]: level
                for word, level in lexicon.held(
                    {words[skill]: level for skill, level in profile.declared}
                ).items()
            }
            for profile in self.profiles
        ]
        """Skill to level with all that the declared skills count as, by profile."""
        self.skills = ProfileSkills.of(self.profiles, self.held)
        free, self.availability = classes(_availabilities(lists))
        self.free = FreeSpans(free)


def _roles(lists: Numbering) -> tuple[list[SkillRole], Intp]:
    lexicon = lists.lexicon
    return classes(
        SkillRole(
            lexicon.kind(slot.requirement.kind),
            MODES[slot.demand.mode],
            tuple(
                sorted(
                    tuple(sorted((lexicon.number[word], level) for word, level in need))
                    for need in needs
                )
            ),
        )
        for slot, needs in zip(
            lists.slots, lists.once("demands", _asked).needs, strict=True
        )
    )


def _windows(lists: Numbering) -> tuple[list[SecondSpans], Intp]:
    spans: dict[tuple[str, int | None], SecondSpans] = {}
    for slot in lists.slots:
        if (slot.demand.id, slot.start) not in spans:
            spans[slot.demand.id, slot.start] = (
                NEVER if slot.never else united(slot.demand.times)
            )
    return classes(spans[slot.demand.id, slot.start] for slot in lists.slots)


class EquivalenceClasses:
    """Resources (left) and requirements (right) by class.

    A *profile* is kind, mode and skills of resources, a *role* kind, mode and needs of requirements;
    ``member`` lists every role's requirements. Availabilities and the windows of demands are numbered
    likewise.
    """

    def __init__(self, lists: Numbering) -> None:
        lexicon, self.lists = lists.lexicon, lists
        declared = lists.once("resources", _declared)
        asked = lists.once("demands", _asked)
        lexicon.numbered(declared.words | asked.words)
        self.words = lexicon.words
        left = lists.once("resources", ResourceClasses)
        self.profiles, self.profile = left.profiles, left.profile
        self.availability = left.availability
        self.roles, self.role = lists.once("demands", _roles)
        self.held = left.skills
        self.skills = SkillIndex(left.skills, self.roles, len(self.words))
        self.rarity = self._rarity(left.held)
        self.windows, self.window = lists.once("demands", _windows)
        self.coverage = Coverage(left.free, self.windows)

        self.first_member, self.member = grouped(self.role, len(self.roles))
        self.role_size = np.diff(self.first_member)

    def counts_as(self, word: int) -> tuple[int, ...]:
        """The skill and every broader one it counts as, by number."""
        lexicon = self.lists.lexicon
        return tuple(lexicon.number[one] for one in lexicon.above(self.words[word]))

    def _rarity(self, held: list[dict[int, int]]) -> Intp:
        """For every skill ``min(20, 10 * wanted // max(1, held))``, in Python integers: both sums may be
        large; or what the objective states.
        """
        stated = self.lists.problem.objective.rarity
        if stated is not None:
            word = self.lists.lexicon.word
            known = {word(skill): points for skill, points in stated}
            return np.array([known.get(word, 0) for word in self.words], np.intp)
        capacity = [0] * len(self.profiles)
        for number, resource in zip(
            self.profile.tolist(), self.lists.resources, strict=True
        ):
            capacity[number] += resource.capacity
        wanted, holds = [0] * len(self.words), [0] * len(self.words)
        for amount, levels in zip(capacity, held, strict=True):
            for skill in levels:
                holds[skill] += amount
        slots = [0] * len(self.roles)
        for place in (
            self.lists.right.values()
        ):  # a flexible one counts once, whatever its starts
            slots[int(self.role[place])] += self.lists.slots[place].requirement.wanted
        for amount, role in zip(slots, self.roles, strict=True):
            for skill in {skill for need in role.needs for skill, _ in need}:
                wanted[skill] += amount
        return np.array(
            [
                min(20, 10 * asked // max(1, has))
                for asked, has in zip(wanted, holds, strict=True)
            ],
            np.intp,
        )
