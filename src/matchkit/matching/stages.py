"""One goal after another on the pairs of the engine: an exact flow a word, each within the optima of the one
before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.engines.problem import Arcs, FlowEngine, FlowProblem
from matchkit.errors import BudgetError
from matchkit.graph.candidates import Mask, Whole
from matchkit.matching.components import solve_apart
from matchkit.matching.links import Links
from matchkit.matching.potentials import longest_paths, tight
from matchkit.matching.subgraph import Pairs
from matchkit.matching.words import PackedGoals
from matchkit.messages.message import Message


@dataclass(frozen=True, slots=True)
class Flow:
    """Units on every pair and on every link (int64)."""

    pairs: Whole
    links: Whole


class Residual:
    """The arcs on which a flow can still change, with their gains in one word."""

    def __init__(self, pairs: Pairs, links: Links, flow: Flow, word: PackedGoals) -> None:
        gain = pairs.weight if word.weight else np.zeros(len(pairs), np.int64)
        right = pairs.right + np.int32(links.left_count)
        more, less = flow.pairs < pairs.capacity, flow.pairs > 0
        self.forward = Arcs(pairs.left[more], right[more], pairs.capacity[more], gain[more])
        self.backward = Arcs(right[less], pairs.left[less], pairs.capacity[less], -gain[less])
        link_gain, up, down = links.gain(word), flow.links < links.capacity, flow.links > 0
        self.links = Arcs(
            np.concatenate([links.tail[up], links.head[down]]),
            np.concatenate([links.head[up], links.tail[down]]),
            np.concatenate([links.capacity[up], links.capacity[down]]),
            np.concatenate([link_gain[up], -link_gain[down]]),
        )

    def sets(self) -> tuple[Arcs, Arcs, Arcs]:
        """Forward and backward arcs of pairs, and arcs of links in both directions."""
        return self.forward, self.backward, self.links


def _kept(arcs: Arcs, mask: Mask) -> Arcs:
    return Arcs(arcs.tail[mask], arcs.head[mask], arcs.capacity[mask], arcs.gain[mask])


def prices(
    pairs: Pairs, links: Links, flow: Flow, words: tuple[PackedGoals, ...], patience: int | None = None
) -> list[Whole]:
    """Longest paths from the root, one array a word (int64, one a node; UNREACHED where no path leads).

    Raises NotOptimalError if the flow is not optimal for the words, one after another, or ``patience`` (in
    sweeps) ends.
    """
    found: list[Whole] = []
    masks: list[Mask] | None = None
    for word in words:
        sets = Residual(pairs, links, flow, word).sets()
        if masks is not None:
            sets = tuple(_kept(arcs, mask) for arcs, mask in zip(sets, masks, strict=True))  # type: ignore[assignment]
        length = longest_paths(links.root, links.node_count, *sets, patience)
        found.append(length)
        on_path = [tight(arcs, length) for arcs in sets]
        if masks is None:
            masks = on_path
        else:
            for mask, kept in zip(masks, on_path, strict=True):
                mask[np.flatnonzero(mask)] = kept
    return found


def lexicographic_flow(
    pairs: Pairs, links: Links, words: tuple[PackedGoals, ...], engine: FlowEngine
) -> Flow:
    """The flow that is best in the first word, among those in the second, and so on.

    After each word the arcs that its prices decide are fixed (complementary slackness), and the next word is
    solved on the others: the optimal face of a flow problem is a flow problem again.
    """
    free_pairs, free_links = np.ones(len(pairs), np.bool_), np.ones(len(links.tail), np.bool_)
    flow = Flow(np.zeros(len(pairs), np.int64), np.zeros(len(links.tail), np.int64))
    right = pairs.right + np.int32(links.left_count)
    for number, word in enumerate(words):
        gain = pairs.weight if word.weight else np.zeros(len(pairs), np.int64)
        link_gain = links.gain(word)
        supply = np.zeros(links.node_count, np.int64)
        if number:
            for tail, head, units, free in (
                (pairs.left, right, flow.pairs, free_pairs),
                (links.tail, links.head, flow.links, free_links),
            ):
                np.add.at(supply, tail[free], units[free])
                np.subtract.at(supply, head[free], units[free])
        problem = FlowProblem(
            links.left_count,
            links.right_count,
            links.hub_count,
            Arcs(pairs.left[free_pairs], right[free_pairs], pairs.capacity[free_pairs], gain[free_pairs]),
            Arcs(
                links.tail[free_links],
                links.head[free_links],
                links.capacity[free_links],
                link_gain[free_links],
            ),
            supply,
        )
        refusal = problem.refusal()
        if refusal:
            raise BudgetError(Message.of("matching.numbers_large", reason=refusal))
        new_pairs, new_links = solve_apart(problem, engine)
        flow.pairs[free_pairs], flow.links[free_links] = new_pairs, new_links
        if number + 1 < len(words):
            length = _any_prices(problem, new_pairs, new_links)
            for arcs, free in ((problem.pairs, free_pairs), (problem.links, free_links)):
                free[np.flatnonzero(free)] = arcs.gain + length[arcs.tail] == length[arcs.head]
    return flow


def _any_prices(problem: FlowProblem, pair_flow: Whole, link_flow: Whole) -> Whole:
    """Prices that support the flow, also where the root cannot reach: longest paths from anywhere."""
    nodes = problem.node_count
    anywhere = np.arange(nodes, dtype=np.int32)
    start = Arcs(
        np.full(nodes, nodes, np.int32), anywhere, np.ones(nodes, np.int64), np.zeros(nodes, np.int64)
    )
    sets = []
    for arcs, units in ((problem.pairs, pair_flow), (problem.links, link_flow)):
        sets.append(
            (
                _kept(arcs, units < arcs.capacity),
                _kept(Arcs(arcs.head, arcs.tail, arcs.capacity, -arcs.gain), units > 0),
            )
        )
    links = [start, *sets[1]]
    both = Arcs(
        *(
            np.concatenate([getattr(arcs, name) for arcs in links])
            for name in ("tail", "head", "capacity", "gain")
        )
    )
    return longest_paths(nodes, nodes + 1, *sets[0], both)[:nodes]
