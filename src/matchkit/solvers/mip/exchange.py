"""Exchanges by tabu search: units are placed one by one, and push out what they meet; so what some left nodes
did is done by others.
"""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.deadline import Deadline
from matchkit.solvers.mip.packing import Packed, Packing

AT_ONCE = 16
"""Of so many right nodes that lack something the pairs are looked at for one move."""
PATIENCE = 2_000
"""So many moves in a row that left no fewer units unplaced, after which it ends; of few pairs so many for
each of them.
"""
A_PAIR = 4
BANNED, NEVER = 2**20, 2**30
"""Cost of a pair that is tabu, and of one that cannot be used."""
TENURE = 10
"""Moves for which a pair stays tabu: up to so many, and more the more units are unplaced."""


def replaced(
    packing: Packing,
    quantity: Int64,
    missing: Int64,
    allowed: Mask,
    deadline: Deadline,
    random: np.random.Generator,
) -> tuple[Int64, int]:
    """Quantities, int64 (pairs,), in which as few of the missing units, int64 (rights,), as could be are
    missing, and how many those are.

    A move places one unit on a pair that is ``allowed``, bool (pairs,), where it pushes out fewest; what was
    pushed out may not come back to the same place for some moves (partial colouring with a tabu list;
    Blöchliger and Zufferey 2008).
    """
    state, lacks = Packed(packing, quantity), missing.copy()
    best, least = quantity, int(lacks.sum())
    until = np.zeros(len(packing.left), np.int64)
    mine: dict[int, Intp] = {}
    move = last = 0
    patience = min(PATIENCE, A_PAIR * len(packing.left))
    while least and move - last < patience and not deadline.over():
        move += 1
        waiting = np.flatnonzero(lacks)
        some = (
            waiting
            if len(waiting) <= AT_ONCE
            else random.choice(waiting, AT_ONCE, replace=False)
        )
        for right in some.tolist():
            if right not in mine:
                pairs = packing.of_right[right]
                mine[right] = pairs[allowed[pairs]]
        pairs = np.concatenate([mine[right] for right in some.tolist()])
        cost = state.clashes[pairs] + state.short(pairs)
        total = int(lacks.sum())
        # Tabu, unless it leads to fewer unplaced units than ever (aspiration).
        banned = (until[pairs] > move) & (total - 1 + cost >= least)
        cost = np.where(state.quantity[pairs] > 0, NEVER, cost + BANNED * banned)
        fewest = int(cost.min(initial=NEVER))
        if fewest >= NEVER:
            break
        ties = np.flatnonzero(cost == fewest)
        pair = int(pairs[ties[random.integers(len(ties))]])
        right = int(packing.right[pair])
        amount = min(int(lacks[right]), int(packing.most[pair]))
        out = _pushed_out(state, pair, amount, random)
        if out is None:
            until[pair] = NEVER
            continue
        for other in out:
            lacks[packing.right[other]] += state.quantity[other]
            state.take(other, -int(state.quantity[other]))
        state.take(pair, amount)
        lacks[right] -= amount
        until[out] = (
            move
            + 1
            + (6 * int(lacks.sum())) // 10
            + random.integers(TENURE, size=len(out))
        )
        left = int(lacks.sum())
        if left < least:
            best, least, last = state.quantity.copy(), left, move
    return best, least


def _pushed_out(
    state: Packed, pair: int, amount: int, random: np.random.Generator
) -> list[int] | None:
    """Pairs to empty so that the pair can carry so much; None where one of them has to carry something."""
    packing = state.packing
    left, right = int(packing.left[pair]), packing.right[pair]
    out: list[int] = []
    if state.clashes[pair]:
        begin, end = packing.first_of_left[left], packing.first_of_left[left + 1]
        carrying = begin + np.flatnonzero(state.quantity[begin:end])
        out = carrying[
            packing.meets[packing.level[left]][right, packing.right[carrying]]
        ].tolist()
    rows = packing.rows
    for entry in range(int(rows.first[pair]), int(rows.first[pair + 1])):
        row = int(rows.row[entry])
        over = int(state.load[row] + amount * rows.use[entry] - rows.high[row])
        if over <= 0:
            continue
        members = packing.of_row[row]
        members = random.permutation(members[state.quantity[members] > 0])
        for other in sorted(
            members[members != pair].tolist(), key=lambda one: one not in out
        ):  # those that go already first
            if over <= 0:
                break
            own = slice(rows.first[other], rows.first[other + 1])
            over -= int(
                rows.use[own][rows.row[own] == row].sum() * state.quantity[other]
            )
            out += [other] if other not in out else []
        if over > 0:
            return None
    return None if packing.held[out].any() else out


def without(
    packing: Packing,
    quantity: Int64,
    many: int,
    spare: int,
    random: np.random.Generator,
) -> tuple[Int64, Int64, Mask] | None:
    """Quantities, int64 (pairs,), with so many of the left nodes that cost emptied, what right nodes then
    miss, int64 (rights,), and the pairs of left nodes that may do it, bool (pairs,); None where fewer are
    used.

    Those with the least work go, chance having a say; up to ``spare`` more go if as many unused ones may come
    instead.
    """
    busy = np.flatnonzero(quantity)
    duration = (packing.end - packing.begin + 1)[packing.right[busy]]
    work = np.bincount(
        packing.left[busy], weights=duration, minlength=len(packing.level)
    )
    keeps = (
        np.bincount(
            packing.left[busy], weights=packing.held[busy], minlength=len(packing.level)
        )
        > 0
    )
    used = np.flatnonzero((work > 0) & (packing.cost > 0) & ~keeps)
    idle = np.flatnonzero((work == 0) & (np.diff(packing.first_of_left) > 0))
    if many > len(used):
        return None
    spare = min(spare, len(idle), len(used) - many)
    go = used[
        np.argsort(work[used] * random.uniform(0.5, 1.5, len(used)), kind="stable")[
            : many + spare
        ]
    ]
    stay = (work > 0) | (packing.cost <= 0)
    stay[go] = False
    stay[random.choice(idle, spare, replace=False)] = True
    gone = busy[np.isin(packing.left[busy], go)]
    missing = np.bincount(
        packing.right[gone], weights=quantity[gone], minlength=len(packing.need)
    ).astype(np.int64)
    rest = quantity.copy()
    rest[gone] = 0
    return rest, missing, stay[packing.left]
