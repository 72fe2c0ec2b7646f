"""Neighbourhoods of a plan: some groups are matched anew by an engine for integer programs while all others
stay (large-neighbourhood search, Shaw 1998).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from matchkit.arrays import Int64
from matchkit.engines.builder import ProgramBuilder
from matchkit.engines.program import MipEngine, Program
from matchkit.solvers.floors.instance import FloorProblem
from matchkit.solvers.flow.solution import Limits

WORK = 0.1
"""Deterministic work on one neighbourhood."""
GROUPS = 40
"""Groups of a neighbourhood, about."""
PAIRS_EACH, FEWEST = 25, 2
"""Pairs of a group, about; of larger ones fewer take part, but at least so many."""
WIDER = 2
"""A neighbourhood grows by this factor where none of a round has found anything."""
PENALTY = 256
"""What a unit of weight below the floor costs, beside units of weight."""


class GroupNeighbourhoods:
    """Better plans of a problem at a floor of ``least``, from the pairs of ``core`` (int64, ascending
    positions) and those that a plan uses.

    A plan is better if its scores fall short of the floor by less, added up, or by as much at a greater sum
    of weights. Every right node carries what it did, and a left node that meets its minimum goes on to do so,
    so no earlier goal loses anything.
    """

    def __init__(
        self, problem: FloorProblem, core: Int64, least: int, engine: MipEngine
    ) -> None:
        self._problem, self._least, self._engine = problem, least, engine
        pairs = problem.pairs
        self._core = core
        self._by_right = core[np.argsort(pairs.right[core], kind="stable")]
        rights = len(problem.network.right_capacity)
        self._first = np.searchsorted(
            pairs.right[self._by_right], np.arange(rights + 1)
        )
        self._by_left = core[np.argsort(pairs.left[core], kind="stable")]
        lefts = len(problem.network.left_capacity)
        self._left_first = np.searchsorted(
            pairs.left[self._by_left], np.arange(lefts + 1)
        )
        self._members = np.argsort(problem.group, kind="stable")
        self._member_first = np.searchsorted(
            problem.group[self._members], np.arange(problem.groups + 1)
        )

    def short(self, flow: Int64) -> Int64:
        """How far every counted group stays below the floor: int64 (groups,)."""
        missing = np.maximum(self._least - self._problem.scores(flow), 0)
        return np.where(self._problem.counted, missing, 0)

    def repaired(self, flow: Int64, limits: Limits, most: int = GROUPS) -> Int64:
        """The flow with the groups below the floor helped one after another, those that lack most first, each
        once; a neighbourhood holds about ``most`` groups.
        """
        tried: set[int] = set()
        while not limits.deadline.over():
            short = self.short(flow)
            if tried:
                short[np.fromiter(tried, np.int64)] = 0
            if not short.any():
                break
            group = int(short.argmax())
            tried.add(group)
            flow = self.around(flow, (group,), limits, most)
        return flow

    def around(
        self, flow: Int64, seeds: Iterable[int], limits: Limits, most: int = GROUPS
    ) -> Int64:
        """The flow with these groups, and those that use left nodes of theirs, matched anew; itself where
        nothing better is found.
        """
        free = self._free(flow, seeds, most)
        problem = self._problem
        right = np.isin(problem.group, free)
        mine = np.union1d(
            np.concatenate([self._pairs_of(group) for group in free.tolist()]),
            np.flatnonzero(right[problem.pairs.right] & (flow > 0)),
        )
        program = self._program(flow, mine, free)
        if program.refusal() is not None:
            return flow
        before = flow[mine]
        short = self.short(flow)[free]
        found = self._engine.model(program).solve(
            seconds=limits.deadline.left(),
            work=WORK,
            hint=np.concatenate([before, short]),
            level=self._engine.levels[-1],
        )
        if found.value is None or found.objective is None:
            return flow
        if found.objective <= program.objective(np.concatenate([before, short])):
            return flow
        better = flow.copy()
        better[mine] = found.value[: len(mine)]
        return better

    def _free(self, flow: Int64, seeds: Iterable[int], most: int) -> Int64:
        """Groups within reach of the seeds, ring by ring: those that use left nodes that have no unit left,
        and those that could use what the seeds have, where others want it or it may not be given up.
        """
        problem = self._problem
        pairs, capacity = problem.pairs, problem.network.left_capacity
        used = np.flatnonzero(flow)
        carried, _ = problem.carried(flow)
        found = list(dict.fromkeys(seeds))
        known = set(found)
        order = used[np.argsort(pairs.left[used], kind="stable")]
        first = np.searchsorted(pairs.left[order], np.arange(len(capacity) + 1))
        place, size, room = 0, 0, most * PAIRS_EACH
        while place < len(found) and len(found) < most and size < room:
            mine = self._pairs_of(found[place])
            place += 1
            size += len(mine)
            left = pairs.left[mine]
            near = [
                order[first[node] : first[node + 1]]
                for node in left[carried[left] >= capacity[left]].tolist()
            ]
            bound = carried[left] <= problem.left_minimum[left]
            bound |= carried[left] >= capacity[left]
            near += [
                self._by_left[self._left_first[node] : self._left_first[node + 1]]
                for node in left[bound & (flow[mine] > 0)].tolist()
            ]
            for group in problem.pair_group_of(np.concatenate([order[:0], *near])):
                if group not in known and len(found) < most:
                    known.add(int(group))
                    found.append(int(group))
        # Of large groups fewer: what they have together decides how long a program takes.
        each = np.cumsum([len(self._pairs_of(group)) for group in found])
        kept = max(FEWEST, int(np.searchsorted(each, room)))
        return np.sort(np.array(found[:kept], np.int64))

    def _pairs_of(self, group: int) -> Int64:
        nodes = self._members[
            self._member_first[group] : self._member_first[group + 1]
        ].tolist()
        parts = [
            self._by_right[self._first[node] : self._first[node + 1]] for node in nodes
        ]
        return np.concatenate(parts) if parts else self._by_right[:0]

    def _program(self, flow: Int64, mine: Int64, free: Int64) -> Program:
        """The free groups' pairs, all else as it stands; one more variable a free group says by how much it
        falls short.
        """
        problem = self._problem
        pairs, network = problem.pairs, problem.network
        left, right = (
            ends[mine].astype(np.int64) for ends in (pairs.left, pairs.right)
        )
        kept = flow.copy()
        kept[mine] = 0
        others, _ = problem.carried(kept)
        given, taken = problem.carried(flow)
        builder = ProgramBuilder(np.zeros(len(mine), np.int64), problem.room[mine])
        column = np.arange(len(mine))
        nodes, owner = np.unique(left, return_inverse=True)
        least = np.minimum(problem.left_minimum, given)[nodes] - others[nodes]
        builder.rows(
            len(nodes),
            owner,
            column,
            1,
            low=np.maximum(least, 0),
            high=network.left_capacity[nodes] - others[nodes],
        )
        nodes, owner = np.unique(right, return_inverse=True)
        builder.rows(len(nodes), owner, column, 1, low=taken[nodes], high=taken[nodes])
        counted = problem.counted[free]
        lowest = int((np.minimum(pairs.weight[mine], 0) * problem.room[mine]).sum())
        short = builder.variables(len(free), max(0, self._least - lowest))
        weight = pairs.weight[mine]
        builder.sums(
            len(free),
            (np.searchsorted(free, problem.group[right]), column, weight),
            (None, short, 1),
            low=np.where(counted, self._least, min(0, lowest)),
        )
        return builder.program(
            np.concatenate([weight, np.full(len(free), -PENALTY, np.int64)])
        )
