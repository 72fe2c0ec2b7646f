"""Couples: two left nodes with one list of pairs of right nodes, and which of its choices block.

Definitions as in Manlove, McBride and Trimble 2017 ("Almost-stable" matchings with couples), after McDermid
and Manlove 2010.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.solvers.stable.ranked import RankedPairs


@dataclass(frozen=True, slots=True)
class JointChoices:
    """Choices of couples, couple after couple, the best first: ``couple`` (its number), ``first`` and
    ``second`` (the pair that either member would get), int64 (choices,). ``members``: left nodes of all
    couples, also of those without a choice, int64.
    """

    couple: Int64
    first: Int64
    second: Int64
    members: Int64

    @classmethod
    def none(cls) -> JointChoices:
        """No couples."""
        nothing = np.zeros(0, np.int64)
        return cls(nothing, nothing, nothing, nothing)

    def __len__(self) -> int:
        """Number of choices."""
        return len(self.couple)

    def single(self, pairs: RankedPairs) -> Mask:
        """Which left nodes choose alone: bool (lefts,)."""
        alone = np.ones(len(pairs.left_capacity), np.bool_)
        alone[self.members] = False
        return alone

    def within(self, pairs: RankedPairs, keeps: Mask) -> tuple[JointChoices, Mask]:
        """The choices of which both pairs are kept (bool (pairs,)), by the numbers of kept pairs; and what is
        kept then: of members of couples only pairs that are part of a choice.
        """
        here = keeps[self.first] & keeps[self.second]
        first, second = self.first[here], self.second[here]
        part = self.single(pairs)[pairs.left]
        part[first] = part[second] = True
        kept: Mask = keeps & part
        number = np.cumsum(kept) - 1
        return JointChoices(
            self.couple[here], number[first], number[second], self.members
        ), kept

    def made(self, pairs: RankedPairs, units: Int64) -> Mask | None:
        """Which choices are made by units (int64 (pairs,)): bool (choices,). None where a member of a couple
        is matched and the other is not with it as a choice has it.
        """
        taken = (units[self.first] > 0) & (units[self.second] > 0)
        used = np.flatnonzero((units > 0) & ~self.single(pairs)[pairs.left])
        joint = np.concatenate([self.first[taken], self.second[taken]])
        whole = len(joint) == len(np.unique(joint)) and set(used) == set(joint)
        return taken if whole else None


def blocking_choices(
    pairs: RankedPairs, joint: JointChoices, units: Int64
) -> list[tuple[int, int]]:
    """Choices that block a matching of these units (int64 (pairs,)): couple and number of the choice.

    Written from the definition, over sets: it shares nothing with the program that finds matchings.
    """
    holders: dict[int, dict[int, int]] = {}
    for pair in np.flatnonzero(units).tolist():
        at = holders.setdefault(int(pairs.right[pair]), {})
        at[int(pairs.left[pair])] = int(pairs.right_rank[pair])
    made = joint.made(pairs, units)
    if made is None:
        raise ValueError(made)
    found, done, number, last = [], False, 0, -1
    for k, couple in enumerate(joint.couple.tolist()):
        if couple != last:
            last, done, number = couple, False, 0
            now = np.flatnonzero(made & (joint.couple == couple)).tolist()
        done = done or bool(made[k])
        if not done and _blocks(pairs, holders, joint, k, now[0] if now else None):
            found.append((couple, number))
        number += 1
    return found


def _blocks(
    pairs: RankedPairs,
    holders: dict[int, dict[int, int]],
    joint: JointChoices,
    choice: int,
    now: int | None,
) -> bool:
    """Whether a choice, better than what the couple has ``now``, blocks."""
    wanted = int(joint.first[choice]), int(joint.second[choice])
    nodes = [int(pairs.left[pair]) for pair in wanted]
    places = [int(pairs.right[pair]) for pair in wanted]
    ranks = [int(pairs.right_rank[pair]) for pair in wanted]
    has = (
        [None, None]
        if now is None
        else [int(pairs.right[joint.first[now]]), int(pairs.right[joint.second[now]])]
    )
    moves = [place != own for place, own in zip(places, has, strict=True)]

    def free(place: int) -> int:
        return int(pairs.right_capacity[place]) - len(holders.get(place, {}))

    def worse(place: int, rank: int, but: tuple[int, ...] = ()) -> int:
        held = holders.get(place, {})
        return sum(1 for node, own in held.items() if own > rank and node not in but)

    if not all(moves):
        # One stays where it is, and the other moves to a place that would have it, its partner kept.
        who = moves.index(True)
        partner = (nodes[1 - who],)
        return free(places[who]) > 0 or worse(places[who], ranks[who], partner) > 0
    one, other = places
    if one != other:
        return all(
            free(place) > 0 or worse(place, rank) > 0
            for place, rank in zip(places, ranks, strict=True)
        )
    if free(one) >= 2:
        return True
    if free(one) == 1:
        return any(worse(one, rank) > 0 for rank in ranks)
    losers = [
        {node for node, own in holders.get(one, {}).items() if own > rank}
        for rank in ranks
    ]
    return any(s != t for s in losers[0] for t in losers[1])
