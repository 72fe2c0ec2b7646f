"""The trees of a flow in which coverage and loads count: a node for each of those whose units count together,
below all caps on its leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from matchkit.arrays import Int64, Intp, sums_by
from matchkit.compile.shares import FlowShares
from matchkit.compile.trees import CappedNodes
from matchkit.graph.network import CapTree, Goals, UnitSteps


def with_shares(
    trees: tuple[CapTree, CapTree],
    goals: Goals,
    shares: Sequence[FlowShares],
    locked: tuple[Int64, Int64],
    capped: CappedNodes,
) -> tuple[CapTree, CapTree, Goals]:
    """Trees and goals of a flow in which coverage and loads count. Those with several leaves become nodes of
    the trees, where ``placed`` says; ``locked`` is what locks use of every leaf, int64 (resources,) and
    (requirements,): it uses up the first units. ``capped`` are the communities of the second tree.
    """
    both = list(trees)
    own, above = [goals.left, goals.right], [goals.left_caps, goals.right_caps]
    for side in (0, 1):
        mine = [one for one in shares if one.is_right == bool(side)]
        first = both[side].size
        both[side], places = placed(both[side], mine, capped, locked[side])
        for one in mine:
            steps = one.steps
            if one.alone:
                leaf = np.zeros(len(one.ids), np.int32)
                leaves = np.flatnonzero(one.of >= 0)
                leaf[one.of[leaves]] = leaves
                own[side] = own[side].also(replace(steps, node=leaf[steps.node]))
                continue
            node = places[first + steps.node].astype(np.int32)
            rest = replace(steps.without(one.sums(locked[side])), node=node)
            above[side] = UnitSteps.joined([above[side], rest])
            first += len(one.ids)
    left, right = (steps.without(used) for steps, used in zip(own, locked, strict=True))
    whole = replace(
        goals,
        left=left,
        right=right,
        left_caps=above[0],
        right_caps=above[1],
        shared=tuple(goal for one in shares for goal in one.goals),
    )
    return both[0], both[1], whole


def placed(
    tree: CapTree, shares: Sequence[FlowShares], capped: CappedNodes, locked: Int64
) -> tuple[CapTree, Intp]:
    """A tree with a node more for each of those whose units count together, never full; and where every cap,
    and after these every such node, stands in it (intp (nodes,)).

    The node stands above its leaves and below all caps on them, but of communities so many steps below the
    root, above the caps that lie deeper. ``locked``, int64 (leaves,), is what locks use.
    """
    caps = tree.size
    of, parent, capacity = tree.of.copy(), [tree.parent], [tree.capacity]
    inside = np.full(caps, -1, np.int32)
    first = caps
    for one in shares:
        if one.alone:
            continue
        mine = np.flatnonzero(one.of >= 0)
        above = np.full(len(one.ids), -1, np.int32)
        above[one.of[mine]] = tree.of[mine]
        if one.parts[0].depth is not None:
            above = np.array([capped.of(name) for name in one.ids], np.int32)
        # From every leaf upwards: caps below the one it counts for hang below that one's node.
        top, here = above[one.of[mine]], tree.of[mine].copy()
        node = (one.of[mine] + first).astype(np.int32)
        of[mine[here == top]] = node[here == top]
        while (here != top).any():
            lower = here != top
            here, top, node = here[lower], top[lower], node[lower]
            last = tree.parent[here] == top
            inside[here[last]] = node[last]
            here = tree.parent[here]
        total = sums_by(one.steps.node, one.steps.units, len(one.ids))
        parent.append(above)
        capacity.append(total - one.sums(locked))
        first += len(one.ids)
    parent[0] = np.where(inside >= 0, inside, tree.parent).astype(np.int32)
    whole = CapTree(of, np.concatenate(parent), np.concatenate(capacity))
    return (whole, np.arange(whole.size)) if (inside < 0).all() else _in_order(whole)


def _in_order(tree: CapTree) -> tuple[CapTree, Intp]:
    """The tree numbered anew, every parent before its children; and the new number of every node."""
    below, here = np.zeros(tree.size, np.int64), tree.parent.copy()
    while (here >= 0).any():
        below += here >= 0
        here = np.where(here >= 0, tree.parent[here], -1)
    order = np.argsort(below, kind="stable")
    places = np.empty(tree.size, np.intp)
    places[order] = np.arange(tree.size)
    # The last entry is that of no node.
    number = np.append(places, -1).astype(np.int32)
    return CapTree(
        number[tree.of], number[tree.parent[order]], tree.capacity[order]
    ), places
