"""Stable matchings as an integer program: units of pairs, and for every node and rank whether the node is
full with pairs of that rank or a better one.

A pair does not block where it is full, or its left or its right node is full with what it likes at least as
well (for strong and super stability: better, on one side or on both). With one place a node that is a sum of
units; with more it is a variable, as in the models of Delorme and others 2019.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matchkit.arrays import Int32, Int64, Intp, Mask, places_of
from matchkit.engines.builder import ProgramBuilder
from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.solvers.stable.couple_rows import couple_choices, couple_rows
from matchkit.solvers.stable.couples import JointChoices
from matchkit.solvers.stable.lists import Lists, runs
from matchkit.solvers.stable.ranked import RankedPairs
from matchkit.solvers.stable.scan import BlockingRule

MOST_ENTRIES = 20_000_000
"""Entries of all rows together are no more."""


@dataclass(frozen=True, slots=True)
class StableProgram:
    """The program in the making: its first variables are the units of the pairs, in their order; then come
    what pairs and choices of couples block (``blocks``), and the rest.
    """

    builder: ProgramBuilder
    pairs: RankedPairs
    blocks: Intp
    short: Intp
    chosen: Intp

    def gain(self, worth: Int64) -> Int64:
        """Gains of all variables (int64 (variables,)) where the pairs are worth so much, int64 (pairs,)."""
        gain = np.zeros(self.builder.size, np.int64)
        gain[: len(self.pairs)] = worth
        return gain


def feasible(
    pairs: RankedPairs, right_minimum: Int64, joint: JointChoices
) -> StableProgram:
    """Matchings that keep capacities and couples, whatever blocks them; ``short`` are units missing to the
    minimum of every right node, int64 (rights,).
    """
    builder = ProgramBuilder(np.zeros(len(pairs), np.int64), pairs.room)
    every = np.arange(len(pairs))
    for node, capacity in (
        (pairs.left, pairs.left_capacity),
        (pairs.right, pairs.right_capacity),
    ):
        builder.rows(len(capacity), node.astype(np.intp), every, 1, high=capacity)
    wanted = np.flatnonzero(right_minimum)
    short = builder.variables(len(wanted), right_minimum[wanted])
    place = places_of(wanted, len(right_minimum))
    inside = place[pairs.right] >= 0
    inside_of = place[pairs.right[inside]], every[inside], 1
    builder.sums(len(wanted), inside_of, (None, short, 1), low=right_minimum[wanted])
    chosen = couple_choices(builder, pairs, joint)
    return StableProgram(builder, pairs, np.zeros(0, np.intp), short, chosen)


def stable_program(
    pairs: RankedPairs,
    stability: BlockingRule,
    right_minimum: Int64,
    joint: JointChoices,
    single: Mask,
    may_block: bool,
) -> StableProgram:
    """Matchings that no pair blocks, or only those whose variable in ``blocks`` is 1; ``single``, bool
    (pairs,), says whose left node chooses alone.

    Raises BudgetError where the program has too many entries.
    """
    base = feasible(pairs, right_minimum, joint)
    builder = base.builder
    alone = np.flatnonzero(single)
    blocks = builder.variables(len(alone) if may_block else 0, 1)
    sides = [
        FullLevels(builder, *side)
        for side in (
            (pairs.left, pairs.left_rank, pairs.room, pairs.left_capacity),
            (pairs.right, pairs.right_rank, pairs.room, pairs.right_capacity),
        )
    ]
    carries = _carries(builder, pairs)
    ends = [(side.lists.better, side.lists.alike) for side in sides]
    forms = {"weak": ((1, 1),), "strong": ((1, 0), (0, 1)), "super": ((0, 0),)}
    for form in forms[stability]:
        owners = [np.arange(len(alone)), np.arange(len(alone))]
        columns = [carries[alone], blocks if may_block else carries[alone]]
        for side, end, alike in zip(sides, ends, form, strict=True):
            owner, column = side.literals(alone, end[alike][alone])
            owners.append(owner)
            columns.append(column)
        _covered(builder, len(alone), owners, columns)
    blocking = couple_rows(builder, pairs, joint, base.chosen, may_block)
    return replace(base, blocks=np.concatenate([blocks, blocking]))


def _covered(
    builder: ProgramBuilder, count: int, owners: list[Int64], columns: list[Int64]
) -> None:
    """Rows that want one of their variables to be 1, none twice in a row."""
    owner, column = np.concatenate(owners), np.concatenate(columns)
    word = np.unique(owner * np.int64(builder.size) + column)
    owner, column = np.divmod(word, builder.size)
    builder.rows(count, owner, column, 1, low=1)


def _carries(builder: ProgramBuilder, pairs: RankedPairs) -> Int64:
    """A variable for every pair that is 1 only where the pair is full: its own where it carries one unit."""
    carries = np.arange(len(pairs))
    many = np.flatnonzero(pairs.room > 1)
    if len(many):
        full = builder.variables(len(many), 1)
        builder.sums(len(many), (None, many, 1), (None, full, -pairs.room[many]), low=0)
        carries[many] = full
    return carries


class FullLevels:
    """For every rank of every node of a side, whether the node is full with pairs up to that rank."""

    def __init__(
        self,
        builder: ProgramBuilder,
        node: Int32,
        rank: Int64,
        room: Int64,
        capacity: Int64,
    ) -> None:
        self._builder = builder
        self.lists = Lists.of(node, rank, len(capacity))
        self._capacity = capacity[node]
        total = np.zeros(len(node) + 1, np.int64)
        np.cumsum(room[self.lists.order], out=total[1:])
        self._total = total
        self._variable: dict[int, int] = {}

    def literals(self, some: Int64, end: Int64) -> tuple[Int64, Int64]:
        """For each of some pairs (numbers, int64 (n,)) the variables of which one is 1 if and only if the
        pair's node is full with its list up to ``end`` (int64 (n,)): position among the pairs, and variable.
        """
        begin, capacity = self.lists.begin[some], self._capacity[some]
        can = self._total[end] - self._total[begin] >= capacity
        direct = np.flatnonzero(can & (capacity == 1))
        count = (end - begin)[direct]
        if int(count.sum()) > MOST_ENTRIES:
            raise too_large(int(count.sum()))
        owners = [np.repeat(direct, count)]
        columns = [self.lists.order[runs(begin[direct], count)]]
        many = np.flatnonzero(can & (capacity > 1))
        if len(many):
            levels, which = np.unique(end[many], return_index=True)
            self._make(levels, begin[many][which], capacity[many][which])
            owners.append(many)
            columns.append(
                np.array([self._variable[one] for one in end[many].tolist()], np.int64)
            )
        return np.concatenate(owners), np.concatenate(columns)

    def _make(self, levels: Int64, begin: Int64, capacity: Int64) -> None:
        """Variables of levels that have none yet."""
        new = np.array([one not in self._variable for one in levels.tolist()])
        levels, begin, capacity = levels[new], begin[new], capacity[new]
        full = self._builder.variables(len(levels), 1)
        count = levels - begin
        if int(count.sum()) > MOST_ENTRIES:
            raise too_large(int(count.sum()))
        row = np.repeat(np.arange(len(levels)), count)
        prefix = self.lists.order[runs(begin, count)]
        self._builder.sums(
            len(levels), (row, prefix, 1), (None, full, -capacity), low=0
        )
        self._variable |= dict(zip(levels.tolist(), full.tolist(), strict=True))


def too_large(entries: int) -> BudgetError:
    """The refusal of a program with so many entries."""
    return BudgetError(
        Message.of("preferences.search_large", entries=entries, most=MOST_ENTRIES)
    )
