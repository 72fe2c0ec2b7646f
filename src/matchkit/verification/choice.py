"""Rules of choice, repeated from the records: what serial dictatorship, immediate acceptance and top trading
cycles give. docs/rules.md (Who would rather have whom) says what they mean.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from matchkit.verification.stability import Holdings, Node
from matchkit.verification.trees import summed

Chooser = str | Node
UnitsByPair = dict[tuple[Chooser, Chooser], int]
"""Units of pairs: who chooses, and whom."""


@dataclass(frozen=True, slots=True)
class _Market:
    """Lists of those who choose, the best first, as (whom, room); how much either side has; what place each
    of those chosen gives each who chooses; and the turn of those who choose.
    """

    lists: dict[Chooser, list[tuple[Chooser, int]]]
    free: dict[Chooser, int]
    open_: dict[Chooser, int]
    place: dict[tuple[Chooser, Chooser], tuple[int, int]]
    turn: dict[Chooser, int]


def chosen_units(
    holdings: Holdings, rule: str, proposing: str, seed: int
) -> dict[tuple[str, str], int]:
    """What the rule gives, by resource and requirement, beside what locks bind."""
    by_resource = proposing == "resources"
    market = _market(holdings, by_resource, seed)
    rules = {"dictatorship": _dictatorship, "immediate": _immediate}
    units = rules.get(rule, _trading)(market)
    return summed(
        ((_id(who), _id(whom)) if by_resource else (_id(whom), _id(who)), amount)
        for (who, whom), amount in units.items()
    )


def _id(one: Chooser) -> str:
    return one if isinstance(one, str) else one[0]


def _turns(side: str, several: Iterable[Chooser], seed: int) -> dict[Chooser, int]:
    """The public order: by the SHA-256 digest of ``matchkit order <seed> <side> <id>``."""

    def digest(one: Chooser) -> bytes:
        name = one if isinstance(one, str) else " ".join(filter(None, one))
        return sha256(f"matchkit order {seed} {side} {name}".encode()).digest()

    return {one: turn for turn, one in enumerate(sorted(several, key=digest))}


def _market(holdings: Holdings, by_resource: bool, seed: int) -> _Market:
    sides: tuple[dict[Chooser, int], dict[Chooser, int]] = (
        dict(holdings.given.items()),
        dict(holdings.offered.items()),
    )
    turns = _turns("left", sides[0], seed), _turns("right", sides[1], seed)
    own, other = (0, 1) if by_resource else (1, 0)
    ranked: dict[Chooser, list[tuple[int, int, Chooser, int]]] = {}
    place = {}
    for name, node, ranks, most in holdings.pairs():
        pair: tuple[Chooser, Chooser] = (name, node)
        room = min(most, sides[0][name], sides[1][node])
        who, whom = pair[own], pair[other]
        entry = (ranks[own], turns[other][whom], whom, room)
        ranked.setdefault(who, []).append(entry)
        place[whom, who] = ranks[other], turns[own][who]
    lists = {
        who: [(whom, room) for _, _, whom, room in sorted(entries, key=lambda e: e[:2])]
        for who, entries in ranked.items()
    }
    return _Market(lists, sides[own], sides[other], place, turns[own])


def _take(
    market: _Market, units: UnitsByPair, who: Chooser, whom: Chooser, room: int
) -> None:
    """As much as the pair can carry and both have left."""
    amount = min(room, market.free[who], market.open_[whom])
    if amount > 0:
        units[who, whom] = amount
        market.free[who] -= amount
        market.open_[whom] -= amount


def _dictatorship(market: _Market) -> UnitsByPair:
    """One after another takes the best that is left."""
    units: UnitsByPair = {}
    for who in sorted(market.lists, key=market.turn.__getitem__):
        for whom, room in market.lists[who]:
            _take(market, units, who, whom, room)
    return units


def _immediate(market: _Market) -> UnitsByPair:
    """In round k everybody with something left asks the k-th of its list, who take the best for good."""
    units: UnitsByPair = {}
    for round_ in range(max(map(len, market.lists.values()), default=0)):
        asking = [
            (who, *several[round_])
            for who, several in market.lists.items()
            if len(several) > round_ and market.free[who] > 0
        ]
        for who, whom, room in sorted(
            asking, key=lambda ask: market.place[ask[1], ask[0]]
        ):
            _take(market, units, who, whom, room)
    return units


def _trading(market: _Market) -> UnitsByPair:
    """Everybody points to the best with a place left, and these to the best of those who are left; whoever
    stands on a cycle gets what it points to.
    """
    units: UnitsByPair = {}
    wishes = {
        who: [whom for whom, _ in several] for who, several in market.lists.items()
    }
    likes: dict[Chooser, list[Chooser]] = {}
    for whom, who in sorted(market.place, key=market.place.__getitem__, reverse=True):
        likes.setdefault(whom, []).append(who)
    left = {who for who in wishes if market.free[who] > 0}
    for several in wishes.values():
        several.reverse()
    while left:
        path: list[Chooser] = []
        who = next(iter(left))
        while who not in path:
            while wishes[who] and market.open_[wishes[who][-1]] <= 0:
                wishes[who].pop()
            if not wishes[who]:
                left.discard(who)
                break
            path.append(who)
            whom = wishes[who][-1]
            while likes[whom][-1] not in left:
                likes[whom].pop()
            who = likes[whom][-1]
        else:
            for one in path[path.index(who) :]:
                units[one, wishes[one][-1]] = 1
                market.open_[wishes[one][-1]] -= 1
                left.discard(one)
    return units
