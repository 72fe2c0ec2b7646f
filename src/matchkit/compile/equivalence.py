"""Both lists as arrays of classes: what many resources or requirements share is worked out once for all of
them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

import numpy as np

from matchkit.arrays import Intp
from matchkit.compile.eligibility.attributes import MODES, Kinds
from matchkit.compile.eligibility.skill import SkillIndex, SkillProfile, SkillRole
from matchkit.compile.eligibility.time import NEVER, Coverage
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


class EquivalenceClasses:
    """Resources (left) and requirements (right) by class.

    A *profile* is kind, mode and skills of resources, a *role* kind, mode and needs of requirements;
    ``member`` lists every role's requirements. Availabilities and the windows of demands are numbered
    likewise.
    """

    def __init__(self, lists: Numbering) -> None:
        lexicon, self.lists = lists.lexicon, lists
        kinds = Kinds(lexicon)
        declared = [lexicon.declared(resource) for resource in lists.resources]
        asked = [
            tuple(
                sorted(
                    tuple(
                        sorted(
                            {
                                (lexicon.word(want.skill), want.level)
                                for want in alternatives(need)
                            }
                        )
                    )
                    for need in slot.requirement.skills
                )
            )
            for slot in lists.slots
        ]
        words = {word for skills in declared for word in skills} | {
            word for needs in asked for need in needs for word, _ in need
        }
        self.words = sorted(
            {broader for word in words for broader in lexicon.above(word)}
        )
        self._number = {word: number for number, word in enumerate(self.words)}

        profiles, self.profile = classes(
            SkillProfile(
                kinds.number(resource.kind),
                MODES[resource.mode],
                tuple(
                    sorted(
                        (self._number[word], level) for word, level in skills.items()
                    )
                ),
            )
            for resource, skills in zip(lists.resources, declared, strict=True)
        )
        roles, self.role = classes(
            SkillRole(
                kinds.number(slot.requirement.kind),
                MODES[slot.demand.mode],
                tuple(
                    tuple((self._number[word], level) for word, level in need)
                    for need in needs
                ),
            )
            for slot, needs in zip(lists.slots, asked, strict=True)
        )
        self.profiles, self.roles = profiles, roles
        held = [self._held(profile) for profile in profiles]
        self.skills = SkillIndex(profiles, roles, len(self.words), held)
        self.rarity = self._rarity(held)

        free, self.availability = classes(_availabilities(lists))
        spans: dict[tuple[str, int | None], SecondSpans] = {}
        for slot in lists.slots:
            if (slot.demand.id, slot.start) not in spans:
                spans[slot.demand.id, slot.start] = (
                    NEVER if slot.never else united(slot.demand.times)
                )
        self.windows, self.window = classes(
            spans[slot.demand.id, slot.start] for slot in lists.slots
        )
        self.coverage = Coverage(free, self.windows)

        self.first_member, self.member = grouped(self.role, len(roles))
        self.role_size = np.diff(self.first_member)

    def counts_as(self, word: int) -> tuple[int, ...]:
        """The skill and every broader one it counts as, by number."""
        return tuple(
            self._number[broader]
            for broader in self.lists.lexicon.above(self.words[word])
        )

    def _held(self, profile: SkillProfile) -> dict[int, int]:
        named = {self.words[skill]: level for skill, level in profile.declared}
        return {
            self._number[word]: level
            for word, level in self.lists.lexicon.held(named).items()
        }

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
