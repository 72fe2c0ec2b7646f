"""Single changes of a table that may make it better, with what each is worth at most before soft rules: arrays, the best first.

A change takes units off one pair and puts them on another (or only one of the two); a swap does so twice. What it is worth follows
from the two requirements' filling, the pairs' weights and the activation of the resources concerned. Rules are looked at when it is tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from matchkit.compile.ragged import Place, spread
from matchkit.explain.standing import Standing
from matchkit.graph.candidates import Mask, Whole
from matchkit.verify.tally import Tallies

KEPT = 10_000
"""So many changes of a kind are kept, the best ones."""
AT_ONCE, SWAPS = 1_000_000, 40_000_000
"""About so many changes are looked at in one piece, and of swaps in all; of a table with more, only those of pairs that break a rule."""

Kind = Literal["add", "move", "replace", "swap", "drop"]
Pair = tuple[str, str]


class Move(NamedTuple):
    """What is taken off and put in, each a pair with its units; ``worth`` is the change of every goal, soft rules apart."""

    worth: tuple[int, ...]
    kind: Kind
    out: tuple[tuple[Pair, int], ...]
    put: tuple[tuple[Pair, int], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """Changes of one kind as columns: pairs taken from (positions in the table), pairs put in (eligible positions), units."""

    worth: Whole
    out: Place
    put: Place
    units: Whole
    second: Place | None = None
    second_put: Place | None = None

    def part(self, which: npt.NDArray[np.intp]) -> _Found:
        columns = (None if column is None else column[which] for column in (self.second, self.second_put))
        return _Found(self.worth[which], self.out[which], self.put[which], self.units[which], *columns)


class Moves:
    """A table as arrays over the eligible pairs of its problem, and the changes of it."""

    def __init__(
        self, standing: Standing, tallies: Tallies, units: Mapping[Pair, int], rows: Mapping[Pair, int], concerned: set[Pair]
    ) -> None:
        """``units`` by pair of known ids, ``rows`` those of each pair's last row; ``concerned`` are pairs that break a rule."""
        self._all = standing
        self._ids = sorted(units)
        self.left_out: tuple[int, ...] | None = None
        """What a change that was listed and left out is worth at most, None where none was."""
        self.cut = False
        """Whether changes were not even listed."""
        world = tallies.world
        aims = tallies.goals.aims
        self._left: Place = np.array([standing.left_of[r] for r, _ in self._ids], np.intp)
        self._right: Place = np.array([standing.right_of[q] for _, q in self._ids], np.intp)
        self._units: Whole = np.array([min(units[pair], 2**40) for pair in self._ids], np.int64)
        self._row: Whole = np.array([min(rows[pair], 2**40) for pair in self._ids], np.int64)
        self._concerned: Mask = np.array([pair in concerned for pair in self._ids], np.bool_)
        places = [standing.position(r, q) for r, q in zip(self._left.tolist(), self._right.tolist(), strict=True)]
        case = tallies.case(())
        weights = [
            case.weight(world.resources[r], world.roles[q]) if place is None else int(standing.weight[place])
            for (r, q), place in zip(self._ids, places, strict=True)
        ]
        self._weight: Whole = np.array(weights, np.int64)
        self._given, self._taken = np.zeros(len(standing.capacity), np.int64), np.zeros(len(standing.wanted), np.int64)
        np.add.at(self._given, self._left, self._units)
        np.add.at(self._taken, self._right, self._units)
        self._carried: Whole = np.zeros(len(standing.right), np.int64)
        for place, amount in zip(places, self._units.tolist(), strict=True):
            if place is not None:
                self._carried[place] = amount
        self._activation: Whole = np.array([resource.activation for resource in standing.lists.resources], np.int64)
        # What one unit counts in every goal: by requirement up to its minimum and beyond, by point of weight, by resource used.
        tiers = standing.tier.tolist()
        self._minimum = self._counts(tallies, tiers, minimum=True)
        self._filled = self._counts(tallies, tiers, minimum=False)
        self._points: Whole = np.array([_counted(aim.parts, "weight") for aim in aims], np.int64)
        self._used: Whole = np.array([_counted(aim.parts, "resources_used") for aim in aims], np.int64)
        extremes = [int(each) for one in (self._weight, standing.weight) for each in (one.min(initial=0), one.max(initial=0))]
        sizes = (
            max(map(abs, extremes)),
            int(self._units.max(initial=1)),
            int(standing.capacity.max(initial=1)),
            int(self._points.max(initial=0)),
        )
        self.exact = 2 * sizes[0] * max(sizes[1], sizes[2]) * sizes[3] < 2**62
        """Whether no number of what changes are worth is too large for arrays."""
        self._spare: Whole = np.maximum(standing.capacity - self._given, 0)
        self._lacks: Whole = np.maximum(standing.wanted - self._taken, 0)

    @staticmethod
    def _counts(tallies: Tallies, tiers: list[int], *, minimum: bool) -> Whole:
        by_tier = {tier: tallies.goals.unit(tier, minimum=minimum) for tier in set(tiers)}
        return np.array([by_tier[tier] for tier in tiers], np.int64).reshape(len(tiers), len(tallies.goals.names))

    def best(self) -> list[Move]:
        """The best changes of every kind, the best first; ties by kind and ids."""
        kinds: tuple[tuple[Kind, Iterable[_Found]], ...] = (
            ("add", self._adds()),
            ("move", self._moves()),
            ("replace", self._replaced()),
            ("swap", self._swaps()),
            ("drop", self._drops()),
        )
        found = [move for kind, pieces in kinds for move in self._named(kind, self._kept(pieces))]
        order = {kind: place for place, (kind, _) in enumerate(kinds)}
        return sorted(found, key=lambda move: ([-amount for amount in move.worth], order[move.kind], move.out, move.put))

    # Worth of columns of changes.
    def _filling(self, right: Place, units: Whole, sign: int) -> Whole:
        """What so many more (sign 1) or fewer (-1) units of requirements count in every goal."""
        taken, least = self._taken[right], self._all.minimum[right]
        after = taken + sign * units
        minimum = np.minimum(after, least) - np.minimum(taken, least)
        filled = np.maximum(after - least, 0) - np.maximum(taken - least, 0)
        found: Whole = minimum[:, None] * self._minimum[right] + filled[:, None] * self._filled[right]
        return found

    def _weighed(self, points: Whole) -> Whole:
        found: Whole = np.multiply.outer(points, self._points)
        return found

    def _first_use(self, left: Place) -> Whole:
        """What using resources costs that were not in use."""
        new = self._given[left] == 0
        found: Whole = -np.where(new, self._activation[left], 0)[:, None] * self._points - new[:, None] * self._used
        return found

    def _last_use(self, left: Place, units: Whole) -> Whole:
        """What not using resources any more saves."""
        gone = self._given[left] == units
        found: Whole = np.where(gone, self._activation[left], 0)[:, None] * self._points + gone[:, None] * self._used
        return found

    # Kinds of changes, piece by piece.
    def _drops(self) -> Iterator[_Found]:
        every: Place = np.arange(len(self._ids))
        own = np.minimum(self._all.capacity[self._left], np.where(self._all.divisible[self._left], self._all.wanted[self._right], 1))
        beyond = np.maximum(self._units - own, self._given[self._left] - self._all.capacity[self._left])
        beyond = np.maximum(beyond, self._taken[self._right] - self._all.wanted[self._right])
        for units in (self._units, self._row, beyond, np.ones(len(every), np.int64)):
            some = every if units is self._units else np.flatnonzero((units > 0) & (units < self._units)).astype(np.intp)
            amount, left = units[some], self._left[some]
            worth = self._filling(self._right[some], amount, -1) - self._weighed(self._weight[some] * amount) + self._last_use(left, amount)
            yield _Found(worth, some, np.full(len(some), -1, np.intp), amount)

    def _open(self, places: Place) -> Whole:
        """How much more of eligible pairs may be put in, by the pair, the resource and the requirement."""
        room = self._all.own_capacity(places) - self._carried[places]
        spare, lacks = self._spare[self._all.left[places]], self._lacks[self._all.right[places]]
        found: Whole = np.minimum(np.minimum(room, spare), lacks)
        return found

    def _adds(self) -> Iterator[_Found]:
        places = np.flatnonzero((self._spare[self._all.left] > 0) & (self._lacks[self._all.right] > 0)).astype(np.intp)
        for piece in _pieces(places):
            for some, units in _amounts(self._open(piece)):
                put = piece[some]
                worth = self._filling(self._all.right[put], units, 1) + self._weighed(self._all.weight[put] * units)
                worth += self._first_use(self._all.left[put])
                yield _Found(worth, np.full(len(put), -1, np.intp), put, units)

    def _moves(self) -> Iterator[_Found]:
        for some in self._parts(self._all.first, self._left):
            owner, places = spread(self._all.first, self._left[some])
            out = some[owner]
            room = np.minimum(self._all.own_capacity(places) - self._carried[places], self._lacks[self._all.right[places]])
            other = self._all.right[places] != self._right[out]
            for chosen, units in _amounts(np.minimum(room, self._units[out]) * other):
                off, put = out[chosen], places[chosen]
                worth = self._filling(self._right[off], units, -1) + self._filling(self._all.right[put], units, 1)
                worth += self._weighed((self._all.weight[put] - self._weight[off]) * units)
                yield _Found(worth, off, put, units)

    def _replaced(self) -> Iterator[_Found]:
        for some in self._parts(self._all.rfirst, self._right):
            owner, at = spread(self._all.rfirst, self._right[some])
            out, places = some[owner], self._all.by_right[at]
            left = self._all.left[places]
            room = np.minimum(self._all.own_capacity(places) - self._carried[places], self._spare[left])
            for chosen, units in _amounts(np.minimum(room, self._units[out]) * (left != self._left[out])):
                off, put = out[chosen], places[chosen]
                worth = self._weighed((self._all.weight[put] - self._weight[off]) * units)
                worth += self._first_use(self._all.left[put]) + self._last_use(self._left[off], units)
                yield _Found(worth, off, put, units)

    def _swaps(self) -> Iterator[_Found]:
        """The resource of one pair to the requirement of another and the other way round, pairs of one unit only."""
        single = np.flatnonzero(self._units == 1).astype(np.intp)
        order = single[np.argsort(self._right[single], kind="stable")]
        first = np.zeros(len(self._all.wanted) + 1, np.intp)
        np.cumsum(np.bincount(self._right[single], minlength=len(self._all.wanted)), out=first[1:])
        columns, codes = max(1, len(self._all.wanted)), self._all.left * max(1, len(self._all.wanted)) + self._all.right
        members = np.diff(first)
        by_resource = np.concatenate([[0], np.cumsum(members[self._all.right])])[self._all.first]
        if int(np.diff(by_resource)[self._left[single]].sum()) > SWAPS:
            self.cut = True
            single = single[self._concerned[single]]
            single = single[: int(np.searchsorted(np.cumsum(np.diff(by_resource)[self._left[single]]), SWAPS))]
        for some in self._parts(self._all.first, self._left, single):
            owner, places = spread(self._all.first, self._left[some])
            member, at = spread(first, self._all.right[places])
            one, other, there = some[owner[member]], order[at], places[member]
            keep = np.flatnonzero(
                (one != other if self.cut else one < other)
                & (self._left[one] != self._left[other])
                & (self._right[one] != self._right[other])
            )
            one, other, there = one[keep], other[keep], there[keep]
            code = self._left[other] * columns + self._right[one]
            back = np.minimum(np.searchsorted(codes, code), max(0, len(codes) - 1)).astype(np.intp)
            keep = np.flatnonzero((codes[back] == code) & (self._carried[there] == 0) & (self._carried[back] == 0))
            one, other, there, back = one[keep], other[keep], there[keep], back[keep]
            points = self._all.weight[there] + self._all.weight[back] - self._weight[one] - self._weight[other]
            yield _Found(self._weighed(points), one, there, np.ones(len(one), np.int64), other, back)

    def _parts(self, first: Place, node: Place, among: Place | None = None) -> Iterator[Place]:
        """The table's pairs in pieces that meet about as many eligible pairs as are looked at in one piece."""
        pairs: Place = np.arange(len(self._ids)) if among is None else among
        reach = np.cumsum(first[node[pairs] + 1] - first[node[pairs]])
        begin = 0
        while begin < len(pairs):
            before = int(reach[begin - 1]) if begin else 0
            end = max(begin + 1, int(np.searchsorted(reach, before + AT_ONCE, "right")))
            yield pairs[begin:end]
            begin = end

    # From columns to changes.
    def _kept(self, pieces: Iterable[_Found]) -> list[_Found]:
        """Of every piece the best that gain something, or that concern a pair which breaks a rule."""
        kept = []
        for piece in pieces:
            mends = (piece.out >= 0) & self._concerned[piece.out] if len(self._ids) else np.zeros(len(piece.out), np.bool_)
            if piece.second is not None:
                mends = mends | self._concerned[piece.second]
            gains = _positive(piece.worth)
            for which in (np.flatnonzero(gains), np.flatnonzero(mends & ~gains)):
                some = piece.part(which)
                if len(which) > KEPT:
                    some = some.part(_first(some.worth, KEPT))
                    least = min(map(tuple, some.worth.tolist()))
                    self.left_out = least if self.left_out is None else max(least, self.left_out)
                kept.append(some)
        return kept

    def _named(self, kind: Kind, found: list[_Found]) -> Iterator[Move]:
        resources, requirements = self._all.resource_ids, self._all.requirement_ids

        def eligible(place: int) -> Pair:
            return resources[int(self._all.left[place])], requirements[int(self._all.right[place])]

        for piece in found:
            for number in range(len(piece.out)):
                units = int(piece.units[number])
                out = [(self._ids[piece.out[number]], units)] if piece.out[number] >= 0 else []
                put = [(eligible(int(piece.put[number])), units)] if piece.put[number] >= 0 else []
                if piece.second is not None and piece.second_put is not None:
                    out.append((self._ids[piece.second[number]], units))
                    put.append((eligible(int(piece.second_put[number])), units))
                yield Move(tuple(piece.worth[number].tolist()), kind, tuple(out), tuple(put))


def _counted(parts: Iterable[object], measure: str) -> int:
    return sum(part.factor for part in parts if part.measure == measure)  # type: ignore[attr-defined]


def _amounts(most: Whole) -> Iterator[tuple[Place, Whole]]:
    """Which changes can be made, with as many units as fit; and of those with several, with one unit only."""
    some = np.flatnonzero(most > 0).astype(np.intp)
    yield some, most[some]
    several = np.flatnonzero(most > 1).astype(np.intp)
    if len(several):
        yield several, np.ones(len(several), np.int64)


def _pieces(places: Place) -> Iterator[Place]:
    for begin in range(0, len(places), AT_ONCE):
        yield places[begin : begin + AT_ONCE]


def _positive(worth: Whole) -> Mask:
    """Which rows are above 0, goal after goal."""
    found, open_rows = np.zeros(len(worth), np.bool_), np.ones(len(worth), np.bool_)
    for column in worth.T:
        found |= open_rows & (column > 0)
        open_rows &= column == 0
    return found


def _first(worth: Whole, count: int) -> npt.NDArray[np.intp]:
    """The best rows, goal after goal; of equal ones those that come first."""
    moving = [column for column in worth.T if column.min() != column.max()]
    if len(moving) == 1:  # one that differs is ordered without a full sort
        floor = -np.partition(-moving[0], count - 1)[count - 1]
        some = np.flatnonzero(moving[0] >= floor)
        return some[np.argsort(-moving[0][some], kind="stable")][:count]
    return np.lexsort([-column for column in reversed(moving)])[:count] if moving else np.arange(count)
