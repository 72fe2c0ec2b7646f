"""A program parted into left nodes, each with the rows that hold for it alone, and rows that join nodes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Intp, places_of
from matchkit.engines.program import FREE, Program
from matchkit.solvers.flow.stages import component_labels

LARGE = 2**40
"""A joining row may be broken by so much, at a price."""


@dataclass(frozen=True, slots=True)
class NodePart:
    """The variables of one node and the program of its own rows; its entries in joining rows."""

    variables: Intp
    program: Program
    entries: Intp


@dataclass(frozen=True, slots=True)
class NodeColumn:
    """What a node does: its values, what these gain, and what they use of joining rows."""

    node: int
    value: Int64
    gain: int
    uses: Int64


class PartedProgram:
    """A program parted into nodes and the rows that join them."""

    def __init__(self, program: Program, owner: Int64) -> None:
        """``owner``, int64 (variables,): the left node of a pair, -1 for other variables."""
        self.program = program
        self._row = np.repeat(np.arange(program.rows), np.diff(program.first))
        self.owner = owners(program, owner, self._row)
        """The node of every variable (int64 (variables,)), -1 where it is none's alone."""
        of = self.owner[program.column]
        low, high = _extent(self._row, of, program.rows)
        own = (low == high) & (low >= 0)
        own[self._row[of < 0]] = False
        self.rows = np.flatnonzero(~own & (np.diff(program.first) > 0))
        """The rows that join nodes (intp)."""
        number = places_of(self.rows, program.rows)
        self._entries = np.flatnonzero(number[self._row] >= 0)
        self._joining = number[self._row[self._entries]]
        self._column = program.column[self._entries].astype(np.intp)
        self._size = program.coefficient[self._entries]
        self.low, self.high = program.low[self.rows], program.high[self.rows]
        self.nodes = [
            self._node(node, np.where(own, low, -1))
            for node in np.unique(self.owner[self.owner >= 0]).tolist()
        ]
        self.others = np.flatnonzero(self.owner < 0)
        """Variables of no node (intp)."""

    def _node(self, node: int, of_row: Int64) -> NodePart:
        program, mine = self.program, np.flatnonzero(self.owner == node)
        place = np.full(program.size, -1, np.int32)
        place[mine] = np.arange(len(mine))
        rows = np.flatnonzero(of_row == node)
        inside = of_row[self._row] == node
        sizes = np.diff(program.first)[rows]
        return NodePart(
            mine,
            Program(
                program.lower[mine],
                program.upper[mine],
                program.gain[mine],
                np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)]),
                place[program.column[inside]],
                program.coefficient[inside],
                program.low[rows],
                program.high[rows],
            ),
            np.flatnonzero(self.owner[self._column] == node),
        )

    def used(self, node: NodePart, value: Int64) -> Int64:
        """What values of a node's variables, int64, add to every joining row."""
        whole = np.zeros(self.program.size, np.int64)
        whole[node.variables] = value
        found = np.zeros(len(self.rows), np.int64)
        mine = node.entries
        np.add.at(
            found, self._joining[mine], self._size[mine] * whole[self._column[mine]]
        )
        return found

    def reduced_gain(self, price: Int64, scale: int) -> Int64:
        """Every variable's gain, ``scale`` times, less what it uses of joining rows at this price."""
        found = scale * self.program.gain
        np.subtract.at(found, self._column, price[self._joining] * self._size)
        return found

    def master(self, columns: list[NodeColumn], steep: int) -> Program:
        """The program that mixes columns: variables of no node, ways to break rows, and a part of every
        column.
        """
        count, others = len(self.rows), self.others
        place = places_of(others, self.program.size)
        kept = place[self._column] >= 0
        above, below = (
            np.flatnonzero(self.high < FREE),
            np.flatnonzero(self.low > -FREE),
        )
        breaks = np.concatenate([above, below])
        begin = len(others) + len(breaks)
        used = [np.flatnonzero(one.uses) for one in columns]
        parts = begin + np.arange(len(columns))
        row = np.concatenate(
            [
                self._joining[kept],
                breaks,
                *used,
                count + np.array([one.node for one in columns], np.intp),
            ]
        )
        column = np.concatenate(
            [
                place[self._column[kept]],
                len(others) + np.arange(len(breaks)),
                np.repeat(parts, [len(one) for one in used]),
                parts,
            ]
        )
        size = np.concatenate(
            [
                self._size[kept],
                np.repeat([-1, 1], [len(above), len(below)]),
                *(one.uses[at] for one, at in zip(columns, used, strict=True)),
                np.ones(len(columns), np.int64),
            ]
        )
        order = np.argsort(row, kind="stable")
        ones = np.ones(len(self.nodes), np.int64)
        return Program(
            np.concatenate(
                [
                    self.program.lower[others],
                    np.zeros(begin - len(others) + len(columns), np.int64),
                ]
            ),
            np.concatenate(
                [
                    self.program.upper[others],
                    np.full(len(breaks), LARGE),
                    np.ones(len(columns), np.int64),
                ]
            ),
            np.concatenate(
                [
                    self.program.gain[others],
                    np.full(len(breaks), -steep),
                    np.array([one.gain for one in columns], np.int64),
                ]
            ),
            np.searchsorted(row[order], np.arange(count + len(ones) + 1)).astype(
                np.int64
            ),
            column[order].astype(np.int32),
            size[order],
            np.concatenate([self.low, ones]),
            np.concatenate([self.high, ones]),
        )


def owners(program: Program, owner: Int64, row: Intp) -> Int64:
    """The node that each variable belongs to alone, int64 (variables,), -1 where several share it. ``owner``,
    int64 (variables,), are those of pairs; ``row``, intp (entries,), the row of every entry.

    Rows that hold pairs of one node at most join their other variables: a part of these that meets pairs of
    one node only is that node's.
    """
    of = owner[program.column]
    low, high = _extent(row, of, program.rows)
    joining = low != high
    other = (of < 0) & ~joining[row]
    rows, column = row[other], program.column[other]
    first = np.full(program.rows, -1, np.int64)
    first[rows[::-1]] = column[::-1]
    label = component_labels(program.size, [(column, first[rows].astype(np.int32))])
    least, greatest = _extent(label[column], low[rows], program.size)
    alone = (least == greatest) & (least >= 0)
    found: Int64 = np.where(owner >= 0, owner, np.where(alone[label], least[label], -1))
    return found


def _extent(group: Intp, number: Int64, count: int) -> tuple[Int64, Int64]:
    """The least and the greatest number of every group that is not negative, -1 where there is none."""
    some = number >= 0
    least = np.full(count, np.iinfo(np.int64).max)
    greatest = np.full(count, -1, np.int64)
    np.minimum.at(least, group[some], number[some])
    np.maximum.at(greatest, group[some], number[some])
    return np.where(greatest < 0, -1, least), greatest
