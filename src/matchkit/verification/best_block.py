"""The best block of one resource: disjoint times of greatest worth within a budget and a count.

Weighted interval scheduling with a knapsack (Kleinberg and Tardos, Algorithm Design, 6.1 and 6.4). A price on
the budget and one on the count give an upper bound without any knapsack (Everett, 1963); the dynamic program
keeps only what could still beat the best set known, which is next to nothing. A piece that meets others at a
further time parts the sets in two: those without it, and those without all that it meets. All in whole
numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

Spans: TypeAlias = tuple[tuple[int, int], ...]
"""Times, [begin, end) each."""
FINE = 2**20
"""Prices of budget and count are in so many parts of a unit."""
STEPS = 30
"""Most steps of the search for such a price; it ends of itself after a few."""
MOST_STATES, MOST_PARTS = 1_000_000, 1_000
"""After so many states of one resource, or parts of its sets, the upper bound stands for the best."""


class Piece(NamedTuple):
    """A pair as the block sees it: what it earns, the time [begin, end) it takes (equal: none), what it uses
    of the budget, and further times that it takes.
    """

    profit: int
    begin: int
    end: int
    use: int
    again: Spans = ()

    def meets(self, other: Piece) -> bool:
        """Whether it is at one time with another, at any of their times; both lists are walked once."""
        if self is other:
            return False
        mine, theirs = (
            sorted(
                (begin, end)
                for begin, end in ((piece.begin, piece.end), *piece.again)
                if begin < end
            )
            for piece in (self, other)
        )
        here = there = 0
        while here < len(mine) and there < len(theirs):
            if mine[here][1] <= theirs[there][0]:
                here += 1
            elif theirs[there][1] <= mine[here][0]:
                there += 1
            else:
                return True
        return False


def best_block(
    pieces: Iterable[Piece], count: int, budget: int | None, enough: int = 0
) -> int:
    """The most that at most ``count`` pieces earn, no two at one time, their uses within the budget (None:
    none).

    Where that is less than ``enough``, the answer is ``enough``: to know that no set earns more takes far
    less time. Exact beyond it; after ``MOST_STATES`` states or ``MOST_PARTS`` parts it is an upper bound.
    """
    first = _worth_a_look(pieces, count, budget) if count > 0 else []
    best = most = max(0, enough)
    parts, looked, effort = [first], 0, _Effort(MOST_STATES)
    while parts:
        part = parts.pop()
        worth, chosen = _best_of_single(part, count, budget, best, effort)
        if part is first:
            most = worth
        if worth <= best:
            continue
        looked += 1
        if chosen is None or looked > MOST_PARTS:
            return most
        one = _meeting([part[at] for at in chosen])
        if one is None:
            best = worth
        else:
            # Every set lacks the one, or all that it meets.
            parts.append([piece for piece in part if piece is not one])
            parts.append([piece for piece in part if not piece.meets(one)])
    return best


def _meeting(pieces: Sequence[Piece]) -> Piece | None:
    """Of those with further times that meet another the one that earns most."""
    several = [
        one for one in pieces if one.again and any(one.meets(piece) for piece in pieces)
    ]
    return max(several, key=lambda piece: piece.profit, default=None)


def _best_of_single(
    kept: Sequence[Piece],
    count: int,
    budget: int | None,
    enough: int,
    effort: _Effort,
) -> tuple[int, list[int] | None]:
    """The same for pieces as kept, their further times left out, and the places of those that earn it, where
    that is more than enough; None where it is only an upper bound.
    """
    if not kept:
        return enough, []
    timed = [piece for piece in kept if piece.begin < piece.end]
    if _most_together(timed) + len(kept) - len(timed) <= count:
        count = len(kept)
    if budget is None or sum(piece.use for piece in kept) <= budget:
        kept, budget = [piece._replace(use=0) for piece in kept], 0
    block = _Block(kept, count, budget, enough, effort)
    return block.best(), block.chosen


def _worth_a_look(
    pieces: Iterable[Piece], count: int, budget: int | None
) -> list[Piece]:
    """Pieces that earn and fit, by their begin, timeless ones last; of those alike in times and use
    the ones that earn most, as many as could be taken.
    """
    alike: dict[tuple[int, int, int, Spans], list[int]] = {}
    for piece in pieces:
        if piece.profit > 0 and (budget is None or piece.use <= budget):
            begin, end = (piece.begin, piece.end) if piece.begin < piece.end else (0, 0)
            alike.setdefault((begin, end, piece.use, piece.again), []).append(
                piece.profit
            )
    timed: list[Piece] = []
    timeless: list[Piece] = []
    for (begin, end, use, again), profits in sorted(alike.items()):
        if begin < end:
            timed.append(Piece(max(profits), begin, end, use, again))
            continue
        room = count if budget is None or use == 0 else min(count, budget // use)
        timeless.extend(
            Piece(profit, 0, 0, use) for profit in sorted(profits, reverse=True)[:room]
        )
    return timed + timeless


def _most_together(timed: Sequence[Piece]) -> int:
    """How many are disjoint at most: the one that ends first, again and again."""
    found, free = 0, None
    for piece in sorted(timed, key=lambda piece: piece.end):
        if free is None or piece.begin >= free:
            found, free = found + 1, piece.end
    return found


class Lot(NamedTuple):
    """A pair of a stock: what a unit earns, what it uses of one dimension of its loads, and how many units
    there may be.
    """

    profit: int
    use: int
    most: int


def best_load(lots: Sequence[Lot], load: int) -> int:
    """The most that units of lots earn within a load: a bounded knapsack. After ``MOST_STATES`` states it is
    an upper bound.
    """
    free = sum(lot.profit * lot.most for lot in lots if not lot.use)
    bound = states = 0
    left = load
    packed = sorted(
        (lot for lot in lots if 0 < lot.use <= load and lot.profit > 0),
        key=lambda lot: -lot.profit / lot.use,
    )
    for lot in packed:  # in fractions, the last one counting whole
        if left > 0:
            taken = min(lot.most, -(-left // lot.use))
            bound, left = bound + taken * lot.profit, left - taken * lot.use
    reached = {0: 0}
    for lot in packed:
        many, step = min(lot.most, load // lot.use), 1
        while many:
            step = min(step, many)
            states += len(reached)
            if states > MOST_STATES:
                return free + bound
            for used, earned in list(reached.items()):
                at, worth = used + step * lot.use, earned + step * lot.profit
                if at <= load and reached.get(at, -1) < worth:
                    reached[at] = worth
            many, step = many - step, 2 * step
    return free + max(reached.values())


@dataclass
class _Effort:
    """How many states may still be looked at, of all parts of one resource together."""

    left: int


Chain: TypeAlias = tuple[int, "Chain"] | None
"""A set of pieces, by places: the last one taken, and those before it."""


class _Block:
    """Pieces by their begin, timeless ones last; after piece k the next that may follow it is
    ``after[k]``.
    """

    def __init__(
        self,
        pieces: Sequence[Piece],
        count: int,
        budget: int,
        enough: int,
        effort: _Effort,
    ) -> None:
        self.pieces, self.count, self.budget = pieces, count, budget
        self.effort = effort
        self.counts = count < len(pieces)
        begins = [piece.begin for piece in pieces if piece.begin < piece.end]
        self.after = [
            bisect_left(begins, piece.end) if piece.begin < piece.end else at + 1
            for at, piece in enumerate(pieces)
        ]
        self.known = enough
        """What the best set met so far earns, or what is enough."""
        self.chosen: list[int] | None = []
        """That set, by places; None where ``best`` is only an upper bound."""

    def best(self) -> int:
        """What the best set earns."""
        a_unit, a_piece, most = self._prices()
        if most // FINE <= self.known:
            return self.known
        return self._searched(a_unit, a_piece, most)

    def _tails(self, a_unit: int, a_piece: int) -> list[int]:
        """For every piece, what those from it on earn at most in parts of a unit, less these prices: budget
        and count left out.
        """
        tails = [0] * (len(self.pieces) + 1)
        for at in range(len(self.pieces) - 1, -1, -1):
            piece = self.pieces[at]
            taken = (
                FINE * piece.profit
                - a_unit * piece.use
                - a_piece
                + tails[self.after[at]]
            )
            tails[at] = max(taken, tails[at + 1])
        return tails

    def _look(self, a_unit: int, a_piece: int) -> tuple[int, int, int, int]:
        """The upper bound at these prices (in parts), and what the set that attains it earns, uses and
        counts.
        """
        tails, at, used, many, earned = self._tails(a_unit, a_piece), 0, 0, 0, 0
        chosen: list[int] = []
        while at < len(self.pieces):
            if tails[at] == tails[at + 1]:
                at += 1
                continue
            piece = self.pieces[at]
            chosen.append(at)
            used, many, earned, at = (
                used + piece.use,
                many + 1,
                earned + piece.profit,
                self.after[at],
            )
        if used <= self.budget and many <= self.count and earned > self.known:
            self.known, self.chosen = earned, chosen
        return (
            tails[0]
            + a_unit * self.budget
            + a_piece * (self.count if self.counts else 0),
            earned,
            used,
            many,
        )

    def _prices(self) -> tuple[int, int, int]:
        """Prices of budget and count that make the upper bound small, one after the other; and that bound."""
        bound, _, used, many = self._look(0, 0)
        best = (0, 0, bound)
        if used <= self.budget and many <= self.count:
            return best
        uses = any(piece.use for piece in self.pieces)
        for of_budget in (True, False, True) if uses and self.counts else (uses,):
            best = self._settled(best, of_budget=of_budget)
        return best

    def _settled(
        self, best: tuple[int, int, int], *, of_budget: bool
    ) -> tuple[int, int, int]:
        """The best price of the budget, or of the count, at the other's, where that is better than what there
        is.

        The upper bound is the greatest of straight lines in the price, one a set. Where the line of a set
        that is too much meets that of one that is not, either the bound lies on both, or a new set lies above
        (Newton's method, as by Dinkelbach).
        """
        other, limit = (best[1], self.budget) if of_budget else (best[0], self.count)

        def at(price: int) -> tuple[int, int, int]:
            bound, earned, used, many = self._look(
                *((price, other) if of_budget else (other, price))
            )
            mine, its = (used, many) if of_budget else (many, used)
            return bound, FINE * earned - other * its, mine

        _, height, over = at(0)
        if over <= limit:
            return best
        highest = max(
            piece.profit // max(1, piece.use) if of_budget else piece.profit
            for piece in self.pieces
        )
        _, depth, under = at(FINE * (highest + 1))
        for _ in range(STEPS):
            price = (height - depth) // (over - under)
            bound, earned, mine = at(price)
            if bound < best[2]:
                best = (price, other, bound) if of_budget else (other, price, bound)
            if best[2] // FINE <= self.known or (earned, mine) in (
                (height, over),
                (depth, under),
            ):
                break
            if mine > limit:
                height, over = earned, mine
            else:
                depth, under = earned, mine
        return best

    def _searched(self, a_unit: int, a_piece: int, most: int) -> int:
        """The dynamic program: at every piece the (use, count) of the sets before it, each with the most that
        it earns.
        """
        tails = self._tails(a_unit, a_piece)
        states: list[dict[tuple[int, int], tuple[int, Chain]]] = [
            {} for _ in range(len(self.pieces) + 1)
        ]
        states[0][0, 0] = 0, None
        for at, piece in enumerate(self.pieces):
            here, states[at] = self._undominated(states[at]), {}
            self.effort.left -= len(here)
            if self.effort.left < 0:
                self.chosen = None
                return most // FINE
            onward, beyond = states[at + 1], states[self.after[at]]
            for used, many, earned, taken in here:
                spare = a_unit * (self.budget - used) + (
                    a_piece * (self.count - many) if self.counts else 0
                )
                if FINE * earned + spare + tails[at] < FINE * (self.known + 1):
                    continue
                if onward.get((used, many), NOTHING)[0] < earned:
                    onward[used, many] = earned, taken
                used, many, earned = (
                    used + piece.use,
                    many + (1 if self.counts else 0),
                    earned + piece.profit,
                )
                if (
                    used <= self.budget
                    and many <= self.count
                    and beyond.get((used, many), NOTHING)[0] < earned
                ):
                    beyond[used, many] = earned, (at, taken)
                    if earned > self.known:
                        self.known, self.chosen = earned, _places((at, taken))
        return self.known

    def _undominated(
        self, states: dict[tuple[int, int], tuple[int, Chain]]
    ) -> list[tuple[int, int, int, Chain]]:
        """(use, count, earned, set) of the states that no other one beats with less of both."""
        kept: list[tuple[int, int, int, Chain]] = []
        best = [-1] * (1 + max((many for _, many in states), default=0))
        for used, many in sorted(states):
            earned, taken = states[used, many]
            if earned > best[many]:
                kept.append((used, many, earned, taken))
                for other in range(many, len(best)):
                    if best[other] >= earned:
                        break
                    best[other] = earned
        return kept


NOTHING: tuple[int, Chain] = (-1, None)
"""A state that nothing has reached."""


def _places(chain: Chain) -> list[int]:
    found = []
    while chain is not None:
        found.append(chain[0])
        chain = chain[1]
    return found
