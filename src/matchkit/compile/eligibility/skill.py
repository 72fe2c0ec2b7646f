"""Eligibility ``skill``: every need holds; a need is a skill at a minimum level, or alternatives of which one
holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from matchkit.answers.reasons import Reason
from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.eligibility.attributes import modes_meet
from matchkit.compile.numbering import Numbering, RequirementAtStart, alternatives
from matchkit.compile.ragged import flat, found_in, grouped, spread
from matchkit.model import Resource

Alternatives = tuple[tuple[int, int], ...]
"""A need: (skill, level) pairs of which one is enough."""


class SkillProfile(NamedTuple):
    """What resources share that are alike to the skill index: kind, mode, and (skill, level) pairs as
    declared.
    """

    kind: int
    mode: int
    declared: tuple[tuple[int, int], ...]


class SkillRole(NamedTuple):
    """What requirements share that are alike to the skill index: kind, mode asked, and needs."""

    kind: int
    mode: int
    needs: tuple[Alternatives, ...]


def reasons(
    lists: Numbering, resource: Resource, slot: RequirementAtStart
) -> Iterator[Reason]:
    """Every need that does not hold, with level held and level asked."""
    lexicon = lists.lexicon
    held = lexicon.held(lexicon.declared(resource))
    for need in slot.requirement.skills:
        short = [
            (want.skill, held.get(lexicon.word(want.skill), 0), want.level)
            for want in alternatives(need)
        ]
        if all(level < asked for _, level, asked in short):
            levels = [
                Reason.of("skill", "level", skill=name, held=level, asked=asked)
                for name, level, asked in short
            ]
            yield (
                levels[0]
                if len(levels) == 1
                else Reason.of("skill", "any_of", short=levels)
            )


class ProfileSkills(NamedTuple):
    """Profiles in arrays: kind and mode (intp (profiles,)), and in compressed rows what each declares and all
    that it holds: skills and levels.
    """

    kind: Intp
    mode: Intp
    first_declared: Intp
    declared: Intp
    first_held: Intp
    held: Intp
    level: Intp

    @classmethod
    def of(
        cls, profiles: Sequence[SkillProfile], held: Sequence[dict[int, int]]
    ) -> ProfileSkills:
        """``held`` gives (per profile) skill to level with all that the declared skills count as."""
        rows = [sorted(levels.items()) for levels in held]
        return cls(
            np.array([profile.kind for profile in profiles], np.intp),
            np.array([profile.mode for profile in profiles], np.intp),
            *flat([skill for skill, _ in profile.declared] for profile in profiles),
            *flat([skill for skill, _ in row] for row in rows),
            flat([level for _, level in row] for row in rows)[1],
        )


class HeldLevels:
    """What every profile holds, by skill."""

    def __init__(
        self, profiles: int, owner: Intp, skill: Intp, level: Intp, skills: int
    ) -> None:
        """``owner``, ``skill`` and ``level`` are what is held; ``skills`` is how many skills there are."""
        self._profiles = profiles
        self._first, order = grouped(skill, skills)
        self._owner, self._level = owner[order], level[order]

    def enough(self, needs: Sequence[Alternatives]) -> Mask:
        """Which profiles meet every need."""
        found = np.ones(self._profiles, np.bool_)
        for need in needs:
            met = np.zeros(self._profiles, np.bool_)
            for skill, asked in need:
                held = slice(self._first[skill], self._first[skill + 1])
                met[self._owner[held][self._level[held] >= asked]] = True
            found &= met
        return found

    def missing(self, needs: Sequence[Alternatives]) -> Int64:
        """How many levels every profile lacks (int64), each need by the alternative that lacks least."""
        found = np.zeros(self._profiles, np.int64)
        for need in needs:
            least = np.full(self._profiles, min(asked for _, asked in need), np.int64)
            for skill, asked in need:
                held = slice(self._first[skill], self._first[skill + 1])
                np.minimum.at(
                    least, self._owner[held], np.maximum(0, asked - self._level[held])
                )
            found += least
        return found


class SkillIndex:
    """For any profiles, the roles whose kind, mode and needs they meet, and their surplus of levels.

    Every role is filed under its rarest need, so that a profile meets only roles of which it has at least
    that. Alternatives are numbered behind the skills, as a skill held at level surplus + 1 and asked for at
    level 1; the last number is a skill that everyone holds, which a role without needs asks for.
    """

    def __init__(
        self,
        profiles: ProfileSkills,
        roles: Sequence[SkillRole],
        skills: int,
    ) -> None:
        """``skills`` is how many skills there are."""
        self._kind, self._mode = profiles.kind, profiles.mode
        self._first_held, self._held = profiles.first_held, profiles.held
        self._level = profiles.level

        choices = sorted(
            {need for role in roles for need in role.needs if len(need) > 1}
        )
        number = {choice: skills + place for place, choice in enumerate(choices)}
        self._choices, self._skills, self._all = (
            len(choices),
            skills,
            skills + len(choices) + 1,
        )
        options = [
            (skill, place, asked)
            for place, choice in enumerate(choices)
            for skill, asked in choice
        ]
        named = np.array([skill for skill, _, _ in options], np.intp)
        self._first_option, order = grouped(named, skills)
        self._option = np.array([place for _, place, _ in options], np.intp)[order]
        self._option_level = np.array([asked for _, _, asked in options], np.intp)[
            order
        ]

        holders = np.bincount(self._held, minlength=skills)
        rarity = np.concatenate(
            [
                holders,
                [sum(int(holders[skill]) for skill, _ in choice) for choice in choices],
                [len(profiles.kind)],
            ]
        ).astype(np.int64)
        everyone = self._all - 1
        filed = [
            sorted(
                (
                    (number[need], 1) if len(need) > 1 else need[0]
                    for need in role.needs
                ),
                key=lambda need: (int(rarity[need[0]]), need),
            )
            or [(everyone, 1)]
            for role in roles
        ]
        self._first_need, self._need = flat(
            [skill for skill, _ in needs] for needs in filed
        )
        _, self._asked = flat([level for _, level in needs] for needs in filed)
        self._role_mode = np.array([role.mode for role in roles], np.intp)
        anchors = np.array(
            [
                role.kind * self._all + needs[0][0]
                for role, needs in zip(roles, filed, strict=True)
            ],
            np.intp,
        )
        self._anchors, filed_under = np.unique(anchors, return_inverse=True)
        self._first_role, self._role = grouped(
            filed_under.astype(np.intp), len(self._anchors)
        )

    def levels(self) -> HeldLevels:
        """The same levels by skill, for questions about one role at a time."""
        owner = np.repeat(np.arange(len(self._kind)), np.diff(self._first_held))
        return HeldLevels(len(self._kind), owner, self._held, self._level, self._skills)

    def _holdings(self, profiles: Intp) -> tuple[Intp, Intp]:
        """What the profiles hold: codes (row * skills + skill, ascending) and levels."""
        owner, at = spread(self._first_held, profiles)
        skill, level = self._held[at], self._level[at]
        codes, levels = [owner * self._all + skill], [level]
        if self._choices:
            entry, option = spread(self._first_option, skill)
            surplus = level[entry] - self._option_level[option]
            enough = np.flatnonzero(surplus >= 0)
            code, surplus = (
                (owner[entry] * self._all + self._skills + self._option[option])[
                    enough
                ],
                surplus[enough],
            )
            order = np.lexsort((surplus, code))
            code = code[order]
            least = np.flatnonzero(np.diff(code, prepend=-1))
            codes.append(code[least])
            levels.append(surplus[order][least] + 1)
        codes.append(np.arange(len(profiles)) * self._all + self._all - 1)
        levels.append(np.ones(len(profiles), np.intp))
        code = np.concatenate(codes)
        order = np.argsort(code, kind="stable")
        return code[order], np.concatenate(levels)[order]

    def _filed(self, profiles: Intp, codes: Intp) -> tuple[Intp, Intp]:
        """Which of the holdings have roles filed under them, and under which anchor."""
        anchor = (
            self._kind[profiles[codes // self._all]] * self._all + codes % self._all
        )
        position, here = found_in(self._anchors, anchor)
        return np.flatnonzero(here), position[here]

    def reach(self, profiles: Intp, per_role: Intp) -> Intp:
        """For each profile, the sum of ``per_role`` over all roles it could meet: never less than over those
        it does.
        """
        total = np.concatenate([[0], np.cumsum(per_role[self._role])])
        per_anchor = total[self._first_role[1:]] - total[self._first_role[:-1]]
        codes, _ = self._holdings(profiles)
        holding, anchor = self._filed(profiles, codes)
        counted = np.concatenate([[0], np.cumsum(per_anchor[anchor])])
        ends = np.searchsorted(
            codes[holding] // self._all, np.arange(len(profiles) + 1)
        )
        return np.asarray(np.diff(counted[ends]), np.intp)

    def met(self, profiles: Intp) -> tuple[Intp, Intp, Intp]:
        """Rows (positions in ``profiles``, ascending), the roles each meets (ascending in a row) and the
        surplus.
        """
        codes, levels = self._holdings(profiles)
        holding, anchor = self._filed(profiles, codes)
        entry, at = spread(self._first_role, anchor)
        role, holding = self._role[at], holding[entry]
        surplus = levels[holding] - self._asked[self._first_need[role]]
        row = codes[holding] // self._all
        keep = np.flatnonzero(
            (surplus >= 0)
            & modes_meet(self._mode[profiles[row]], self._role_mode[role])
        )
        row, role, surplus = row[keep], role[keep], surplus[keep]
        more, depth = np.diff(self._first_need), 1
        while True:
            asking = np.flatnonzero(more[role] > depth)
            if len(asking) == 0:
                break
            need = self._first_need[role[asking]] + depth
            position, here = found_in(codes, row[asking] * self._all + self._need[need])
            over = np.where(here, levels[position], 0) - self._asked[need]
            surplus[asking] += over
            stays = np.ones(len(role), np.bool_)
            stays[asking[over < 0]] = False
            keep = np.flatnonzero(stays)
            row, role, surplus, depth = row[keep], role[keep], surplus[keep], depth + 1
        order = np.lexsort((role, row))
        return row[order], role[order], surplus[order]
