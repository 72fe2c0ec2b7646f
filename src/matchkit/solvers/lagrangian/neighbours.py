"""A neighbourhood of a plan: some left nodes are freed and placed anew by the general engine, all others
stay.
"""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.deadline import Deadline
from matchkit.engines import DEFAULT_MIP
from matchkit.engines.builder import ProgramBuilder
from matchkit.engines.program import MipEngine, Program
from matchkit.solvers.lagrangian.blocks import BlockProblem
from matchkit.solvers.lagrangian.plans import earned, load_of


def placed_anew(
    blocks: BlockProblem,
    chosen: Int64,
    pairs: Int64,
    free: Mask,
    deadline: Deadline,
    work: float,
    engine: MipEngine = DEFAULT_MIP,
) -> Int64 | None:
    """The best plan found, int64 (chosen,), in which only ``free`` left nodes (bool (lefts,))
    differ, and they use only ``pairs`` (int64, positions, ascending).

    None where the engine found none or the numbers are too large for it. ``chosen``, a plan, is where it
    starts.
    """
    stay = chosen[~free[blocks.left[chosen]]]
    load = load_of(blocks, stay)
    pairs = pairs[(load < blocks.right_capacity)[blocks.right[pairs]]]
    if len(pairs) == 0:
        return np.sort(stay)
    program = _program(blocks, pairs, load)
    if program.refusal() is not None:
        return None
    hint = np.isin(pairs, chosen).astype(np.int64)
    slots = program.size - len(pairs)
    if slots:
        rights = np.unique(blocks.right[pairs])
        held = load_of(blocks, pairs[hint > 0])[rights]
        first = np.minimum(held, np.maximum(0, blocks.right_minimum - load)[rights])
        hint = np.concatenate([hint, first])
    found = engine.model(program).solve(
        seconds=deadline.left(), work=work, hint=hint, stop=deadline.stop
    )
    if found.value is None:
        return None
    return np.sort(np.concatenate([stay, pairs[found.value[: len(pairs)] > 0]]))


def _program(blocks: BlockProblem, pairs: Int64, load: Int64) -> Program:
    """One variable a pair, and one a right node for the units up to its minimum where those earn more."""
    left, right, ends = blocks.left[pairs], blocks.right[pairs], blocks.end[pairs]
    rights, slot = np.unique(right, return_inverse=True)
    size = len(pairs)
    missing = np.maximum(0, blocks.right_minimum - load)[rights]
    premium = (blocks.minimum_gain - blocks.rest_gain)[rights]
    lots = bool(((missing > 0) & (premium != 0)).any())
    gain = blocks.weight[pairs] + blocks.rest_gain[right]
    upper = np.ones(size, np.int64)
    if lots:
        gain, upper = np.concatenate([gain, premium]), np.concatenate([upper, missing])
    builder = ProgramBuilder(np.zeros(len(gain), np.int64), upper)
    nodes, first = np.unique(left, return_index=True)
    stops = np.append(first[1:], size)
    for node, start, stop in zip(
        nodes.tolist(), first.tolist(), stops.tolist(), strict=True
    ):
        mine, uses = np.arange(start, stop), blocks.uses[right[start:stop]]
        budget, count = int(blocks.budget[node]), int(blocks.count[node])
        if 0 <= budget < int(uses.sum()):
            builder.row(mine, uses, high=budget)
        if count < len(mine):
            builder.row(mine, 1, high=count)
        begin, end = blocks.begin[right[start:stop]], ends[start:stop]
        seen: set[tuple[int, ...]] = set()
        for moment in np.unique(begin[begin < end]).tolist():
            clique = tuple(
                (np.flatnonzero((begin <= moment) & (moment < end)) + start).tolist()
            )
            if len(clique) > 1 and clique not in seen:
                seen.add(clique)
                builder.row(clique, 1, high=1)
    order = np.argsort(slot, kind="stable")
    edges = np.searchsorted(slot[order], np.arange(len(rights) + 1))
    room = (blocks.right_capacity - load)[rights].tolist()
    for place in range(len(rights)):
        mine = order[edges[place] : edges[place + 1]]
        if len(mine) > room[place]:
            builder.row(mine, 1, high=room[place])
        if lots:  # no more units up to the minimum than there are
            sign = np.append(np.full(len(mine), -1), 1)
            builder.row(np.append(mine, size + place), sign, high=0)
    return builder.program(gain)


def worst_placed(
    blocks: BlockProblem,
    chosen: Int64,
    price: Int64,
    best: Int64,
    near: Mask,
    people: int,
    rng: np.random.Generator,
) -> Mask:
    """Left nodes to free, bool (lefts,), drawn at random: rather who loses most against the prices, or
    could fill an empty slot of a high price.

    The gap is exactly what left nodes lose against their best blocks (``best``: int64 (lefts,), the
    value at these prices) plus the price of empty units; so those are where a better plan must differ.
    ``near``: bool (pairs,), which pairs count.
    """
    missed = np.maximum(0, best - earned(blocks, chosen, price)).astype(np.float64)
    empty = (blocks.right_capacity - load_of(blocks, chosen)) * np.maximum(
        0, price + blocks.rest_gain
    ).astype(np.float64)
    typical = 1.0 + float(missed.mean())
    odds = empty + typical / blocks.right_count
    hot = np.zeros(blocks.right_count, bool)
    hot[
        rng.choice(
            blocks.right_count,
            min(3, blocks.right_count),
            replace=False,
            p=odds / odds.sum(),
        )
    ] = True
    close = np.zeros(blocks.left_count, bool)
    close[blocks.left[near & hot[blocks.right]]] = True
    pull = (missed + typical) * np.where(close, 6.0, 1.0)
    # Sampling without replacement by weight (Efraimidis and Spirakis 2006).
    drawn = np.log(rng.random(blocks.left_count)) / pull
    free = np.zeros(blocks.left_count, bool)
    free[np.argsort(-drawn, kind="stable")[:people]] = True
    return free
