"""Pairs with the plain limits between them: which of one left node meet in time, and rows that pairs alone
fill up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.engines.program import FREE, Program


class PlainRows(NamedTuple):
    """Rows of a program over its pairs alone: pair p uses ``use[k]`` of row ``row[k]`` for ``first[p] <= k <
    first[p + 1]``; ``high`` is int64 (rows,).

    A row's uses (at least 1 each) add up to at most its ``high``. Other variables stand at whatever leaves
    most room, so rows may allow more than the program does, and never less.
    """

    first: Intp
    row: Intp
    use: Int64
    high: Int64

    @classmethod
    def of(cls, program: Program, pairs: int) -> PlainRows:
        """The rows of a program whose first variables are the pairs; those that cannot bind are left out."""
        owner = np.repeat(np.arange(program.rows), np.diff(program.first))
        uses = (program.column < pairs) & (program.coefficient > 0)
        gives = np.where(
            uses, 0, np.maximum(program.coefficient * program.lower[program.column], 0)
        )
        gives = np.where(
            program.coefficient < 0,
            program.coefficient * program.upper[program.column],
            gives,
        )
        most = np.where(uses, program.coefficient * program.upper[program.column], 0)
        # A row binds if its pairs can ask for more than is left where all other variables stand at their
        # best.
        given, asked = (
            np.add.reduceat(np.append(part, 0), program.first[:-1])
            for part in (gives, most)
        )
        filled = np.diff(program.first) > 0
        binds = filled & (program.high < FREE) & (asked + given > program.high)
        number = np.cumsum(binds) - 1
        entries = np.flatnonzero(uses & binds[owner])
        entries = entries[np.argsort(program.column[entries], kind="stable")]
        first = np.searchsorted(program.column[entries], np.arange(pairs + 1))
        return cls(
            first,
            number[owner[entries]],
            program.coefficient[entries],
            (program.high - given)[binds],
        )


@dataclass(frozen=True)
class Packing:
    """All pairs, ascending by (left, right), as things to be packed into the left nodes' time.

    Attributes:
        left, right, most, weight: (pairs,), each pair's ends, the most it may carry, what a unit is worth.
        begin, end: int64 (rights,), when it takes place; equal: it has no time.
        meets: bool (rights, rights) matrices: which two a left node cannot both serve.
        level: (lefts,), which of these matrices holds for it, -1: none.
        rows: the other limits.
        need: (rights,), which requirement it is one start of.
        event, start: int64 (rights,): nodes of one event (not -1) take place at one start only.
        wishes: int64 (requirements,), the units it should have; one array a goal, the first before all
            others, each with those before.
        opens: for each of the wishes, whether left nodes that are not used yet may be used for it.
        counted: for each of the wishes, whether a goal counts its units; otherwise it is their weight alone
            that is wanted.
        cost: int64 (lefts,), more than 0 where a plan that does not use it is better.
        before: how many goals come before the first that counts this cost.
        held: int64 (pairs,), what it has to carry at least if its event, where it is of one, takes place at
            its start.
    """

    left: Intp
    right: Intp
    most: Int64
    weight: Int64
    begin: Int64
    end: Int64
    meets: tuple[Mask, ...]
    level: Intp
    rows: PlainRows
    need: Intp
    event: Intp
    start: Int64
    wishes: tuple[Int64, ...]
    opens: tuple[bool, ...]
    counted: tuple[bool, ...]
    cost: Int64
    before: int
    held: Int64

    @cached_property
    def first_of_left(self) -> list[int]:
        """The pairs of left node k are ``first_of_left[k]`` up to the next."""
        first: list[int] = np.searchsorted(
            self.left, np.arange(len(self.level) + 1)
        ).tolist()
        return first

    @cached_property
    def of_right(self) -> list[Intp]:
        """The pairs of every right node."""
        return np.split(
            np.argsort(self.right, kind="stable"), self._first_of_right[1:-1]
        )

    @cached_property
    def _first_of_right(self) -> Intp:
        return np.concatenate(
            [[0], np.cumsum(np.bincount(self.right, minlength=len(self.need)))]
        )

    def missing(self, quantity: Int64, wish: Int64) -> Int64:
        """Units that these quantities lack of a wish (int64 a right node), where any pair could give them.

        Of an event they lack at the start that it has; where it has none, at the one with most pairs.
        """
        assigned, count = np.zeros(len(wish), np.int64), np.diff(self._first_of_right)
        np.add.at(assigned, self.need[self.right], quantity)
        place, of_place = np.unique(
            np.stack([self.event, self.start]), axis=1, return_inverse=True
        )
        of_place = of_place.ravel()  # numpy 2.0 gives it two dimensions
        pairs = np.bincount(of_place, weights=count, minlength=place.shape[1])
        begun = np.zeros(place.shape[1], np.bool_)
        begun[of_place[self.right[quantity > 0]]] = True
        ordered = np.lexsort((-pairs, ~begun, place[0]))
        first = ordered[np.diff(place[0][ordered], prepend=-2) != 0]
        there = (count > 0) & ((self.event < 0) | np.isin(of_place, first))
        return np.where(there, np.maximum(0, (wish - assigned)[self.need]), 0)

    @cached_property
    def of_row(self) -> list[Intp]:
        """The pairs of every row."""
        pair = np.repeat(np.arange(len(self.left)), np.diff(self.rows.first))
        order = np.argsort(self.rows.row, kind="stable")
        return np.split(
            pair[order],
            np.searchsorted(self.rows.row[order], np.arange(1, len(self.rows.high))),
        )


class Packed:
    """Quantities in a packing, with what they leave: ``clashes`` counts by pair those of its left node that
    it meets.
    """

    def __init__(self, packing: Packing, quantity: Int64 | None = None) -> None:
        """``quantity``: what the pairs carry to begin with (None: nothing)."""
        self.packing = packing
        self.quantity = np.zeros(len(packing.left), np.int64)
        self.clashes = np.zeros(len(packing.left), np.int32)
        self.load = np.zeros(len(packing.rows.high), np.int64)
        if quantity is not None:
            self.add(np.arange(len(quantity)), np.maximum(quantity, 0))

    def take(self, pair: int, amount: int) -> None:
        """The pair carries so much more; less where negative."""
        packing = self.packing
        left, right = int(packing.left[pair]), packing.right[pair]
        before = int(self.quantity[pair])
        self.quantity[pair] = before + amount
        if packing.level[left] >= 0 and (before == 0 or before + amount == 0):
            mine = slice(packing.first_of_left[left], packing.first_of_left[left + 1])
            met = packing.meets[packing.level[left]][right, packing.right[mine]]
            if before:
                self.clashes[mine] -= met
            else:
                self.clashes[mine] += met
        rows = slice(packing.rows.first[pair], packing.rows.first[pair + 1])
        self.load[packing.rows.row[rows]] += amount * packing.rows.use[rows]

    def add(self, pairs: Intp, amounts: Int64) -> None:
        """Each of these pairs carries so much more; less where negative."""
        for pair, amount in zip(pairs.tolist(), amounts.tolist(), strict=True):
            if amount:
                self.take(pair, amount)

    def room(self, pairs: Intp) -> Int64:
        """How much more each of these pairs could carry by itself (int64)."""
        packing = self.packing
        room = np.where(
            self.clashes[pairs] > 0, 0, packing.most[pairs] - self.quantity[pairs]
        )
        owner, entry = self._entries(pairs)
        if len(entry):
            row = packing.rows.row[entry]
            np.minimum.at(
                room,
                owner,
                (packing.rows.high[row] - self.load[row]) // packing.rows.use[entry],
            )
        return np.maximum(room, 0)

    def short(self, pairs: Intp) -> Int64:
        """For each of these pairs, how many rows have no room for one unit more (int64)."""
        rows = self.packing.rows
        owner, entry = self._entries(pairs)
        row = rows.row[entry]
        return np.bincount(
            owner[self.load[row] + rows.use[entry] > rows.high[row]],
            minlength=len(pairs),
        )

    def _entries(self, pairs: Intp) -> tuple[Intp, Intp]:
        first = self.packing.rows.first
        if len(self.load) == 0:
            return np.zeros(0, np.intp), np.zeros(0, np.intp)
        sizes = first[pairs + 1] - first[pairs]
        owner = np.repeat(np.arange(len(pairs)), sizes)
        ahead = np.cumsum(sizes) - sizes
        return owner, np.arange(len(owner)) + np.repeat(first[pairs] - ahead, sizes)
