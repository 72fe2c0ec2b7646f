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
from matchkit.compile.ragged import spread
from matchkit.explain.audit.table_arrays import (
    AT_ONCE,
    Columns,
    Pair,
    TableArrays,
    amounts,
    first_rows,
    pieces_of,
    positive,
)

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
        self._concerned: Mask = np.array([pair in concerned for pair in sheet.ids], np.bool_)
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
            move for kind, pieces in kinds for move in self._named(kind, self._kept(pieces))
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
        every: Intp = np.arange(len(self._sheet.ids))
        own = np.minimum(
            self._sheet.all.capacity[self._sheet.left],
            np.where(
                self._sheet.all.divisible[self._sheet.left],
                self._sheet.all.wanted[self._sheet.right],
                1,
            ),
        )
        beyond = np.maximum(
            self._sheet.units - own,
            self._sheet.given[self._sheet.left] - self._sheet.all.capacity[self._sheet.left],
        )
        beyond = np.maximum(
            beyond,
            self._sheet.taken[self._sheet.right] - self._sheet.all.wanted[self._sheet.right],
        )
        for units in (
            self._sheet.units,
            self._sheet.row,
            beyond,
            np.ones(len(every), np.int64),
        ):
            some = (
                every
                if units is self._sheet.units
                else np.flatnonzero((units > 0) & (units < self._sheet.units)).astype(np.intp)
            )
            amount, left = units[some], self._sheet.left[some]
            worth = (
                self._sheet.filling(self._sheet.right[some], amount, -1)
                - self._sheet.weighed(self._sheet.weight[some] * amount)
                + self._sheet.last_use(left, amount)
            )
            yield Columns(worth, some, np.full(len(some), -1, np.intp), amount)

    def _open(self, places: Intp) -> Int64:
        """How much more of eligible pairs may be put in, by the pair, the resource and the requirement."""
        room = self._sheet.all.own_capacity(places) - self._sheet.carried[places]
        spare, lacks = (
            self._sheet.spare[self._sheet.all.left[places]],
            self._sheet.lacks[self._sheet.all.right[places]],
        )
        found: Int64 = np.minimum(np.minimum(room, spare), lacks)
        return found

    def _adds(self) -> Iterator[Columns]:
        places = np.flatnonzero(
            (self._sheet.spare[self._sheet.all.left] > 0)
            & (self._sheet.lacks[self._sheet.all.right] > 0)
        ).astype(np.intp)
        for piece in pieces_of(places):
            for some, units in amounts(self._open(piece)):
                put = piece[some]
                worth = self._sheet.filling(
                    self._sheet.all.right[put], units, 1
                ) + self._sheet.weighed(self._sheet.all.weight[put] * units)
                worth += self._sheet.first_use(self._sheet.all.left[put])
                yield Columns(worth, np.full(len(put), -1, np.intp), put, units)

    def _moves(self) -> Iterator[Columns]:
        for some in self._parts(self._sheet.all.first, self._sheet.left):
            owner, places = spread(self._sheet.all.first, self._sheet.left[some])
            out = some[owner]
            room = np.minimum(
                self._sheet.all.own_capacity(places) - self._sheet.carried[places],
                self._sheet.lacks[self._sheet.all.right[places]],
            )
            other = self._sheet.all.right[places] != self._sheet.right[out]
            for chosen, units in amounts(np.minimum(room, self._sheet.units[out]) * other):
                off, put = out[chosen], places[chosen]
                worth = self._sheet.filling(
                    self._sheet.right[off], units, -1
                ) + self._sheet.filling(self._sheet.all.right[put], units, 1)
                worth += self._sheet.weighed(
                    (self._sheet.all.weight[put] - self._sheet.weight[off]) * units
                )
                yield Columns(worth, off, put, units)

    def _replaced(self) -> Iterator[Columns]:
        for some in self._parts(self._sheet.all.rfirst, self._sheet.right):
            owner, at = spread(self._sheet.all.rfirst, self._sheet.right[some])
            out, places = some[owner], self._sheet.all.by_right[at]
            left = self._sheet.all.left[places]
            room = np.minimum(
                self._sheet.all.own_capacity(places) - self._sheet.carried[places],
                self._sheet.spare[left],
            )
            for chosen, units in amounts(
                np.minimum(room, self._sheet.units[out]) * (left != self._sheet.left[out])
            ):
                off, put = out[chosen], places[chosen]
                worth = self._sheet.weighed(
                    (self._sheet.all.weight[put] - self._sheet.weight[off]) * units
                )
                worth += self._sheet.first_use(
                    self._sheet.all.left[put]
                ) + self._sheet.last_use(self._sheet.left[off], units)
                yield Columns(worth, off, put, units)

    def _swaps(self) -> Iterator[Columns]:
        """The resource of one pair to the requirement of another and the other way round, pairs of one unit
        only.
        """
        single = np.flatnonzero(self._sheet.units == 1).astype(np.intp)
        order = single[np.argsort(self._sheet.right[single], kind="stable")]
        first = np.zeros(len(self._sheet.all.wanted) + 1, np.intp)
        np.cumsum(
            np.bincount(self._sheet.right[single], minlength=len(self._sheet.all.wanted)),
            out=first[1:],
        )
        columns, codes = (
            max(1, len(self._sheet.all.wanted)),
            self._sheet.all.left * max(1, len(self._sheet.all.wanted)) + self._sheet.all.right,
        )
        members = np.diff(first)
        by_resource = np.concatenate([[0], np.cumsum(members[self._sheet.all.right])])[
            self._sheet.all.first
        ]
        if int(np.diff(by_resource)[self._sheet.left[single]].sum()) > SWAPS:
            self.cut = True
            single = single[self._concerned[single]]
            single = single[
                : int(
                    np.searchsorted(
                        np.cumsum(np.diff(by_resource)[self._sheet.left[single]]), SWAPS
                    )
                )
            ]
        for some in self._parts(self._sheet.all.first, self._sheet.left, single):
            owner, places = spread(self._sheet.all.first, self._sheet.left[some])
            member, at = spread(first, self._sheet.all.right[places])
            one, other, there = some[owner[member]], order[at], places[member]
            keep = np.flatnonzero(
                (one != other if self.cut else one < other)
                & (self._sheet.left[one] != self._sheet.left[other])
                & (self._sheet.right[one] != self._sheet.right[other])
            )
            one, other, there = one[keep], other[keep], there[keep]
            code = self._sheet.left[other] * columns + self._sheet.right[one]
            back = np.minimum(np.searchsorted(codes, code), max(0, len(codes) - 1)).astype(
                np.intp
            )
            keep = np.flatnonzero(
                (codes[back] == code)
                & (self._sheet.carried[there] == 0)
                & (self._sheet.carried[back] == 0)
            )
            one, other, there, back = one[keep], other[keep], there[keep], back[keep]
            points = (
                self._sheet.all.weight[there]
                + self._sheet.all.weight[back]
                - self._sheet.weight[one]
                - self._sheet.weight[other]
            )
            yield Columns(
                self._sheet.weighed(points),
                one,
                there,
                np.ones(len(one), np.int64),
                other,
                back,
            )

    def _parts(self, first: Intp, node: Intp, among: Intp | None = None) -> Iterator[Intp]:
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
            mends = (
                (piece.out >= 0) & self._concerned[piece.out]
                if len(self._sheet.ids)
                else np.zeros(len(piece.out), np.bool_)
            )
            if piece.second is not None:
                mends = mends | self._concerned[piece.second]
            gains = positive(piece.worth)
            for which in (np.flatnonzero(gains), np.flatnonzero(mends & ~gains)):
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
        resources, requirements = self._sheet.all.resource_ids, self._sheet.all.requirement_ids

        def eligible(place: int) -> Pair:
            return resources[int(self._sheet.all.left[place])], requirements[
                int(self._sheet.all.right[place])
            ]

        for piece in found:
            for number in range(len(piece.out)):
                units = int(piece.units[number])
                out = (
                    [(self._sheet.ids[piece.out[number]], units)]
                    if piece.out[number] >= 0
                    else []
                )
                put = (
                    [(eligible(int(piece.put[number])), units)]
                    if piece.put[number] >= 0
                    else []
                )
                if piece.second is not None and piece.second_put is not None:
                    out.append((self._sheet.ids[piece.second[number]], units))
                    put.append((eligible(int(piece.second_put[number])), units))
                yield TableMove(
                    tuple(piece.worth[number].tolist()), kind, tuple(out), tuple(put)
                )
