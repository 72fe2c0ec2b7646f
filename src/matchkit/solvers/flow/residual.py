"""The residual network of a flow over pairs and links: on which arcs it can still change, and the gain.

A flow is optimal if and only if no cycle gains anything, and then the longest paths are dual prices (Ahuja,
Magnanti and Orlin 1993, chapter 9): from the root the highest of left nodes, to the root the highest of right
ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.engines.problem import Arcs
from matchkit.solvers.flow.links import Links
from matchkit.solvers.flow.packed_goals import PackedGoals
from matchkit.solvers.flow.potentials import longest_paths, tight
from matchkit.solvers.flow.subgraph import Pairs


@dataclass(frozen=True, slots=True)
class Flow:
    """Units on every pair and on every link (int64)."""

    pairs: Int64
    links: Int64


def kept_arcs(arcs: Arcs, mask: Mask) -> Arcs:
    """These arcs of all."""
    return Arcs(arcs.tail[mask], arcs.head[mask], arcs.capacity[mask], arcs.gain[mask])


@dataclass(frozen=True, slots=True)
class Residual:
    """What a flow leaves; gains are measured in words, one after another."""

    pairs: Pairs
    links: Links
    flow: Flow
    words: tuple[PackedGoals, ...]

    def from_root(self, patience: int | None = None) -> list[Int64]:
        """Longest paths from the root, one array a word (int64, one a node; UNREACHED where no path leads).

        Raises NotOptimalError if the flow is not optimal for the words, one after another, or ``patience``
        (in sweeps) ends.
        """
        return self._lengths(patience, turned=False)

    def to_root(self) -> list[Int64]:
        """Longest paths from every node to the root, as above: what a unit that comes to a node is worth."""
        return self._lengths(None, turned=True)

    def _lengths(self, patience: int | None, *, turned: bool) -> list[Int64]:
        found: list[Int64] = []
        masks: list[Mask] | None = None
        for word in self.words:
            forward, backward, links = self._arcs(word, turned=turned)
            sets = [forward, backward, links]
            if masks is not None:
                sets = [kept_arcs(arcs, mask) for arcs, mask in zip(sets, masks, strict=True)]
            length = longest_paths(
                self.links.root, self.links.node_count, sets[0], sets[1], sets[2], patience
            )
            found.append(length)
            on_path = [tight(arcs, length) for arcs in sets]
            if masks is None:
                masks = on_path
            else:
                for mask, kept in zip(masks, on_path, strict=True):
                    mask[np.flatnonzero(mask)] = kept
        return found

    def _arcs(self, word: PackedGoals, *, turned: bool) -> tuple[Arcs, Arcs, Arcs]:
        """Forward and backward arcs of pairs, and those of links in both directions; ``turned`` from head to
        tail.
        """
        pairs, links, flow = self.pairs, self.links, self.flow
        gain = pairs.weight if word.weight else np.zeros(len(pairs), np.int64)
        right = pairs.right + np.int32(links.left_count)
        more, less = flow.pairs < pairs.capacity, flow.pairs > 0
        link_gain, up, down = links.gain(word), flow.links < links.capacity, flow.links > 0
        sets = (
            Arcs(pairs.left[more], right[more], pairs.capacity[more], gain[more]),
            Arcs(right[less], pairs.left[less], pairs.capacity[less], -gain[less]),
            Arcs(
                np.concatenate([links.tail[up], links.head[down]]),
                np.concatenate([links.head[up], links.tail[down]]),
                np.concatenate([links.capacity[up], links.capacity[down]]),
                np.concatenate([link_gain[up], -link_gain[down]]),
            ),
        )
        if not turned:
            return sets
        forward, backward, both = (
            Arcs(arcs.head, arcs.tail, arcs.capacity, arcs.gain) for arcs in sets
        )
        return forward, backward, both
