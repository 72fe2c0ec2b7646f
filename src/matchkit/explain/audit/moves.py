"""Single changes of a table that may make it better, with what each is worth at most before soft rules:
arrays, the best first.

A change takes units off one pair and puts them on another (or only one of the two); a swap does so twice.
What it is worth follows from the two requirements' filling, the pairs' weights and the activation of the
resources concerned. Rules are looked at when it is tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.ragged import found_in, grouped, spread
from matchkit.explain.audit.table_arrays import (
    AT_ONCE,
    Columns,
    Pair,
    TableArrays,
    amounts,
    first_rows,
    pieces_of,
)
from matchkit.explain.vectors import signs

KEPT = 10_000
"""So many changes of a kind are kept, the best ones."""
SWAPS = 40_000_000
"""So many swaps are looked at; of a table with more, only those of pairs that break a rule."""

MoveKind = Literal["add", "move", "replace", "swap", "drop"]


class TableMove(NamedTuple):
    """What is taken off and put in, each a pair with its units; ``worth`` is the change of every goal, soft
    rules apart.
    """

    worth: tuple[int, ...]
    kind: MoveKind
    out: tuple[tuple[Pair, int], ...]
    put: tuple[tuple[Pair, int], ...]


class TableMoves:
    """The single changes of a table."""

    def __init__(self, sheet: TableArrays, concerned: set[Pair]) -> None:
        """``concerned`` are pairs that break a rule."""
        self._sheet = sheet
        self._concerned: Mask = np.array(
            [pair in concerned for pair in sheet.ids], np.bool_
        )
        self.left_out: tuple[int, ...] | None = None
        """What a change that was listed and left out is worth at most, None where none was."""
        self.cut = False
        """Whether changes were not even listed."""

    def best(self) -> list[TableMove]:
        """The best changes of every kind, the best first; ties by kind and ids."""
        kinds: tuple[tuple[MoveKind, Iterable[Columns]], ...] = (
            ("add", self._adds()),
            ("move", self._moves()),
            ("replace", self._replaced()),
            ("swap", self._swaps()),
            ("drop", self._drops()),
        )
        found = [
            move
            for kind, pieces in kinds
            for move in self._named(kind, self._kept(pieces))
        ]
        order = {kind: place for place, (kind, _) in enumerate(kinds)}
        return sorted(
            found,
            key=lambda move: (
                [-amount for amount in move.worth],
                order[move.kind],
                move.out,
                move.put,
            ),
        )

    # Kinds of changes, piece by piece.
    def _drops(self) -> Iterator[Columns]:
        sheet, every = self._sheet, np.arange(len(self._sheet.ids))
        left, right, instance = sheet.left, sheet.right, sheet.all
        own = np.where(instance.divisible[left], instance.wanted[right], 1)
        own = np.minimum(instance.capacity[left], own)
        beyond = np.maximum(
            sheet.units - own, sheet.given[left] - instance.capacity[left]
        )
        beyond = np.maximum(beyond, sheet.taken[right] - instance.wanted[right])
        for units in (sheet.units, sheet.row, beyond, np.ones_like(sheet.units)):
            some = np.flatnonzero((units > 0) & (units < sheet.units))
            some = every if units is sheet.units else some
            amount = units[some]
            worth = sheet.filling(right[some], amount, -1)
            worth -= sheet.weighed(sheet.weight[some] * amount)
            worth += sheet.last_use(left[some], amount)
            yield Columns(worth, some, np.full(len(some), -1, np.intp), amount)

    def _room(self, places: Intp) -> Int64:
        """How much more each of these eligible pairs can carry by itself (int64 (places,))."""
        return self._sheet.all.own_capacity(places) - self._sheet.carried[places]

    def _adds(self) -> Iterator[Columns]:
        sheet, instance = self._sheet, self._sheet.all
        spare, lacks = sheet.spare[instance.left], sheet.lacks[instance.right]
        for piece in pieces_of(np.flatnonzero((spare > 0) & (lacks > 0))):
            most = np.minimum(np.minimum(self._room(piece), spare[piece]), lacks[piece])
            for some, units in amounts(most):
                put = piece[some]
                worth = sheet.filling(instance.right[put], units, 1)
                worth += sheet.weighed(instance.weight[put] * units)
                worth += sheet.first_use(instance.left[put])
                yield Columns(worth, np.full(len(put), -1, np.intp), put, units)

    def _moves(self) -> Iterator[Columns]:
        sheet, instance = self._sheet, self._sheet.all
        for some in self._parts(instance.first, sheet.left):
            owner, places = spread(instance.first, sheet.left[some])
            out, right = some[owner], instance.right[places]
            most = np.minimum(
                np.minimum(self._room(places), sheet.lacks[right]), sheet.units[out]
            )
            for chosen, units in amounts(most * (right != sheet.right[out])):
                off, put = out[chosen], places[chosen]
                worth = sheet.filling(sheet.right[off], units, -1)
                worth += sheet.filling(instance.right[put], units, 1)
                worth += sheet.weighed(
                    (instance.weight[put] - sheet.weight[off]) * units
                )
                yield Columns(worth, off, put, units)

    def _replaced(self) -> Iterator[Columns]:
        sheet, instance = self._sheet, self._sheet.all
        for some in self._parts(instance.rfirst, sheet.right):
            owner, at = spread(instance.rfirst, sheet.right[some])
            out, places = some[owner], instance.by_right[at]
            left = instance.left[places]
            most = np.minimum(
                np.minimum(self._room(places), sheet.spare[left]), sheet.units[out]
            )
            for chosen, units in amounts(most * (left != sheet.left[out])):
                off, put = out[chosen], places[chosen]
                worth = sheet.weighed(
                    (instance.weight[put] - sheet.weight[off]) * units
                )
                worth += sheet.first_use(instance.left[put])
                worth += sheet.last_use(sheet.left[off], units)
                yield Columns(worth, off, put, units)

    def _swaps(self) -> Iterator[Columns]:
        """The resource of one pair to the requirement of another and the other way round, pairs of one unit
        only.
        """
        sheet, instance = self._sheet, self._sheet.all
        left, right, codes = sheet.left, sheet.right, instance.codes
        single = np.flatnonzero(sheet.units == 1)
        first, order = grouped(right[single], len(instance.wanted))
        order = single[order]
        # How many pairs of the table each resource meets where it could go.
        met = np.concatenate([[0], np.cumsum(np.diff(first)[instance.right])])[
            instance.first
        ]
        met = np.diff(met)[left]
        if int(met[single].sum()) > SWAPS:
            self.cut = True
            single = single[self._concerned[single]]
            single = single[: int(np.searchsorted(np.cumsum(met[single]), SWAPS))]
        columns = max(1, len(instance.wanted))
        for some in self._parts(instance.first, left, single):
            owner, places = spread(instance.first, left[some])
            member, at = spread(first, instance.right[places])
            one, other, there = some[owner[member]], order[at], places[member]
            once = one != other if self.cut else one < other
            keep = once & (left[one] != left[other]) & (right[one] != right[other])
            one, other, there = one[keep], other[keep], there[keep]
            back, eligible = found_in(codes, left[other] * columns + right[one])
            keep = eligible & (sheet.carried[there] == 0) & (sheet.carried[back] == 0)
            one, other, there, back = one[keep], other[keep], there[keep], back[keep]
            points = instance.weight[there] + instance.weight[back]
            points -= sheet.weight[one] + sheet.weight[other]
            units = np.ones(len(one), np.int64)
            yield Columns(sheet.weighed(points), one, there, units, other, back)

    def _parts(
        self, first: Intp, node: Intp, among: Intp | None = None
    ) -> Iterator[Intp]:
        """The table's pairs in pieces that meet about as many eligible pairs as are looked at in one
        piece.
        """
        pairs: Intp = np.arange(len(self._sheet.ids)) if among is None else among
        reach = np.cumsum(first[node[pairs] + 1] - first[node[pairs]])
        begin = 0
        while begin < len(pairs):
            before = int(reach[begin - 1]) if begin else 0
            end = max(begin + 1, int(np.searchsorted(reach, before + AT_ONCE, "right")))
            yield pairs[begin:end]
            begin = end

    # From columns to changes.
    def _kept(self, pieces: Iterable[Columns]) -> list[Columns]:
        """Of every piece the best that gain something, or that concern a pair which breaks a rule."""
        kept = []
        for piece in pieces:
            fixes = np.zeros(len(piece.out), np.bool_)
            taken = piece.out >= 0
            fixes[taken] = self._concerned[piece.out[taken]]
            if piece.second is not None:
                fixes = fixes | self._concerned[piece.second]
            gains = signs(piece.worth) > 0
            for which in (np.flatnonzero(gains), np.flatnonzero(fixes & ~gains)):
                some = piece.part(which)
                if len(which) > KEPT:
                    some = some.part(first_rows(some.worth, KEPT))
                    least = min(map(tuple, some.worth.tolist()))
                    self.left_out = (
                        least if self.left_out is None else max(least, self.left_out)
                    )
                kept.append(some)
        return kept

    def _named(self, kind: MoveKind, found: list[Columns]) -> Iterator[TableMove]:
        sheet, instance = self._sheet, self._sheet.all

        def eligible(place: int) -> Pair:
            left, right = int(instance.left[place]), int(instance.right[place])
            return instance.resource_ids[left], instance.requirement_ids[right]

        for piece in found:
            for number, units in enumerate(piece.units.tolist()):
                out, put = (
                    [int(column[number]) for column in columns if column is not None]
                    for columns in (
                        (piece.out, piece.second),
                        (piece.put, piece.second_put),
                    )
                )
                yield TableMove(
                    tuple(piece.worth[number].tolist()),
                    kind,
                    tuple((sheet.ids[at], units) for at in out if at >= 0),
                    tuple((eligible(at), units) for at in put if at >= 0),
                )
