"""Everybody who could learn something of use, and what: who would become eligible for what by one level more
in one skill.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchkit.answers.changes import Train
from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.eligibility.attributes import Loads, modes_meet
from matchkit.compile.numbering import alternatives
from matchkit.compile.ragged import spread
from matchkit.compile.terms.pairs import TermPairs
from matchkit.explain.advice.rarity import BoundShift, Rarity, of_any
from matchkit.explain.plan_state import PlanState
from matchkit.model.text import key


class Learnt(NamedTuple):
    """Pairs that one more level makes eligible: resource, requirement, word, the level learnt; and no less
    than the pair's weight then.
    """

    left: Intp
    right: Intp
    word: Intp
    level: Intp
    weight: Int64


class _Met(NamedTuple):
    """Meetings of a profile and a role that one level in a word makes: which, and no less than their points
    of skill fit.
    """

    profile: Intp
    role: Intp
    word: Intp
    level: Intp
    fit: Intp


def learnable(state: PlanState, rows: Intp, rarity: Rarity, more: int) -> Learnt:
    """All such pairs of these resources (intp (rows,), ascending). ``more`` is how much more of a skill may
    come to be held in all.

    Words are numbers in ``state.eligible.sides.words``.
    """
    sides, lists = state.eligible.sides, state.lists
    met = _meetings(state, np.unique(sides.profile[rows]), rarity, more)
    order = np.lexsort((met.role, met.profile))
    met = _Met(*(part[order] for part in met))
    first = np.searchsorted(met.profile, np.arange(len(sides.profiles) + 1))
    owner, at = spread(first, sides.profile[rows])
    entry, position = spread(sides.first_member, met.role[at])
    left, slot, at = rows[owner[entry]], sides.member[position], at[entry]
    keep = np.flatnonzero(
        sides.coverage.holds(sides.availability[left], sides.window[slot])
    )
    left, slot, at = left[keep], slot[keep], at[keep]
    distances, code = state.eligible.distances, left * len(lists.slots) + slot
    far = distances.metres(left, slot)
    fine = (
        distances.holds(left, slot, far)
        if distances.limited
        else np.ones(len(left), np.bool_)
    )
    named = {
        (lists.left[r], place)
        for r, q in (*lists.forbidden, *distances.too_far)
        for place in lists.places[q]
    }
    fine &= ~np.isin(
        code,
        np.array(sorted(r * len(lists.slots) + place for r, place in named), np.intp),
    )
    fine &= Loads(lists).holds(left, slot)
    keep = np.flatnonzero(fine)
    left, slot, at, far, code = left[keep], slot[keep], at[keep], far[keep], code[keep]
    order = np.argsort(code, kind="stable")
    left, slot, at, far = left[order], slot[order], at[order], far[order]
    distinct = np.unique(left)
    metres = far if state.problem.objective.distance > 0 else None
    pairs = TermPairs(
        distinct, np.searchsorted(distinct, left), left, slot, met.fit[at], metres
    )
    weight = (
        state.candidates.weights(pairs).astype(np.int64)
        if len(left)
        else np.zeros(0, np.int64)
    )
    right = np.array(
        [state.right_of[slot_.requirement.id] for slot_ in lists.slots], np.intp
    )
    return Learnt(
        left, right[slot] if len(slot) else slot, met.word[at], met.level[at], weight
    )


def _meetings(state: PlanState, profiles: Intp, rarity: Rarity, more: int) -> _Met:
    """Profiles and roles of one kind and mode that lack one need, by one level in one word."""
    sides, lexicon = state.eligible.sides, state.lists.lexicon
    words = {word: number for number, word in enumerate(sides.words)}
    level, declared = (
        np.zeros((len(profiles), len(words)), np.intp),
        np.zeros((len(profiles), len(words)), np.intp),
    )
    for place, profile in enumerate(profiles.tolist()):
        own = {
            sides.words[skill]: held for skill, held in sides.profiles[profile].declared
        }
        for word in own:
            declared[place, words[word]] = 1
        for word, held in lexicon.held(own).items():
            level[place, words[word]] = held
    rare = np.array([rarity.of(word, more) for word in sides.words], np.intp)
    kind = np.array(
        [sides.profiles[profile].kind for profile in profiles.tolist()], np.intp
    )
    mode = np.array(
        [sides.profiles[profile].mode for profile in profiles.tolist()], np.intp
    )
    found: list[_Met] = []
    for number, role in enumerate(sides.roles):
        named = {skill for need in role.needs for skill, _ in need}
        idle = np.array(
            [
                not named.intersection(sides.counts_as(skill))
                for skill in range(len(words))
            ],
            np.bool_,
        )
        wasted = (
            declared @ np.where(idle, rare, 0)
            if len(words)
            else np.zeros(len(profiles), np.intp)
        )
        surplus = [_surplus(level, need) for need in role.needs]
        lacks = (
            np.sum([part < 0 for part in surplus], axis=0)
            if surplus
            else np.zeros(len(profiles), np.intp)
        )
        over = (
            np.sum([np.maximum(part, 0) for part in surplus], axis=0)
            if surplus
            else lacks
        )
        alike = (
            (kind == role.kind)
            & modes_meet(mode, np.full(len(mode), role.mode))
            & (lacks == 1)
        )
        for need, part in zip(role.needs, surplus, strict=True):
            for skill, asked in need:
                at = np.flatnonzero(alike & (part < 0) & (level[:, skill] == asked - 1))
                fit = 100 - 10 * over[at] - wasted[at]
                found.append(
                    _Met(
                        profiles[at],
                        np.full(len(at), number),
                        np.full(len(at), skill),
                        np.full(len(at), asked),
                        fit,
                    )
                )
    none = np.zeros(0, np.intp)
    return _Met(
        *(
            np.concatenate([none, *(part[column] for part in found)]).astype(np.intp)
            for column in range(5)
        )
    )


def _surplus(level: Intp, need: tuple[tuple[int, int], ...]) -> npt.NDArray[np.intp]:
    """The levels that each profile has above what a need asks: of alternatives the least that holds; -1 where
    none holds.
    """
    most = 2**30
    over = np.stack([level[:, skill] - asked for skill, asked in need])
    least = np.where(over >= 0, over, most).min(axis=0)
    return np.where(least == most, -1, least)


UNTEACHABLE = frozenset({"venue"})
"""Kinds besides stocks that learn nothing."""


class TrainingOptions:
    """Everybody who could learn something of use, and what."""

    def __init__(self, state: PlanState, k: int) -> None:
        resources, lexicon = state.lists.resources, state.lists.lexicon
        able = [
            row
            for row, resource in enumerate(resources)
            if resource.capacity
            and not lexicon.is_divisible(resource)
            and key(resource.kind) not in UNTEACHABLE
        ]
        rows = np.array(able, np.intp)
        self.state, self.rarity = state, Rarity(state.problem, lexicon)
        self.more = k * max((resources[row].capacity for row in able), default=0)
        self.learnt: Learnt = learnable(state, rows, self.rarity, self.more)
        words = max(1, len(state.eligible.sides.words))
        codes, self.option = np.unique(
            self.learnt.left * words + self.learnt.word, return_inverse=True
        )
        """For every pair learnt the number of its option."""
        level = np.zeros(len(codes), np.intp)
        level[self.option] = self.learnt.level
        named = {word: name for name, word in self._names(state)}
        skill = state.eligible.sides.words
        self.row: Intp = codes // words
        self.options = [
            Train(resource=resources[row].id, skill=named[skill[word]], level=at)
            for row, word, at in zip(
                (codes // words).tolist(),
                (codes % words).tolist(),
                level.tolist(),
                strict=True,
            )
        ]

        rarer = [bool(self._moved(self.rarity, [word])) for word in range(len(skill))]
        self.moving: Mask = (level == 1) & np.array([*rarer, False], np.bool_)[
            codes % words
        ]
        """Which options teach a skill anew that this may make less rare."""

    @staticmethod
    def _names(state: PlanState) -> list[tuple[str, str]]:
        """Skills as requirements write them, and the words they stand for, those written last by id first."""
        lexicon = state.lists.lexicon
        listed = []
        for need in reversed(state.requirements):
            for entry in need.skills:
                listed += [
                    (want.skill, lexicon.word(want.skill))
                    for want in alternatives(entry)
                ]
        return listed

    def by_shortage(self) -> list[Train]:
        """The options that make somebody eligible for what is short, those first whose next unit counts in
        the earliest goal.
        """
        state = self.state
        short = state.taken < state.wanted
        rank = state.tier * 2 + (state.taken >= state.minimum)
        best: dict[int, int] = {}
        for option, right in zip(
            self.option.tolist(), self.learnt.right.tolist(), strict=True
        ):
            if short[right]:
                best[option] = min(best.get(option, 2**30), int(rank[right]))
        return [
            self.options[option]
            for option in sorted(best, key=lambda option: (best[option], option))
        ]

    def shift(self, held: Rarity, shifts: BoundShift, k: int) -> int:
        """The most that the bound of a problem with this rarity can grow by any ``k`` such trainings."""
        known, lexicon = self.state.eligible.sides.words, self.state.lists.lexicon
        new = np.unique(self.learnt.word[self.learnt.level == 1]).tolist()
        return of_any(
            shifts, held, [lexicon.above(known[word]) for word in new], k, self.more
        )

    def shift_of(self, rows: Sequence[int]) -> int:
        """The most that the weights of these resources, as they were, can grow by such trainings."""
        resources, lexicon = self.state.lists.resources, self.state.lists.lexicon
        moved = self._moved(
            self.rarity, np.unique(self.learnt.word[self.learnt.level == 1]).tolist()
        )
        idle = [
            sum(-moved.get(word, 0) for word in lexicon.declared(resources[row]))
            * resources[row].capacity
            for row in rows
        ]
        return self.rarity.factor * sum(idle)

    def _moved(self, held: Rarity, words: Sequence[int]) -> dict[str, int]:
        known, lexicon = self.state.eligible.sides.words, self.state.lists.lexicon
        return held.moved(
            {above: self.more for word in words for above in lexicon.above(known[word])}
        )
