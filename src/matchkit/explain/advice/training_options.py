"""Everybody who could learn something of use, and what."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matchkit.answers.changes import Train
from matchkit.arrays import Intp, Mask
from matchkit.compile.lexicon import alternatives
from matchkit.explain.advice.bound_shift import BoundShift, of_any
from matchkit.explain.advice.learnable import Learnt, learnable
from matchkit.explain.advice.rarity import Rarity
from matchkit.explain.plan_state import PlanState
from matchkit.model.text import key

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
                (codes // words).tolist(), (codes % words).tolist(), level.tolist(), strict=True
            )
        ]

        rarer = [bool(self._moved(self.rarity, [word])) for word in range(len(skill))]
        self.moving: Mask = (level == 1) & np.array([*rarer, False], np.bool_)[codes % words]
        """Which options teach a skill anew that this may make less rare."""

    @staticmethod
    def _names(state: PlanState) -> list[tuple[str, str]]:
        """Skills as requirements write them, and the words they stand for, those written last by id first."""
        lexicon = state.lists.lexicon
        listed = []
        for need in reversed(state.requirements):
            for entry in need.skills:
                listed += [
                    (want.skill, lexicon.word(want.skill)) for want in alternatives(entry)
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
        for option, right in zip(self.option.tolist(), self.learnt.right.tolist(), strict=True):
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
        return of_any(shifts, held, [lexicon.above(known[word]) for word in new], k, self.more)

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
