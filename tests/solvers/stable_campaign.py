"""Random small games against every matching there is: the tests try hundreds, ``python
tests/solvers/stable_campaign.py 1000`` as many of each kind as are asked for.
"""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from math import prod
from typing import Any

import numpy as np
import stable_cases as cases

import matchkit as mk

MOST = 1500
"""Matchings that a game is tried with at most."""
Seen = Counter[str]


def games(seeds: range, **options: Any) -> Iterator[tuple[int, cases.Game]]:
    """Games small enough, with their seeds."""
    for seed in seeds:
        game = cases.drawn(seed, **options)
        if prod(pair[4] + 1 for pair in game.pairs) <= MOST:
            yield seed, game


def weight(game: cases.Game, plan: cases.Units) -> int:
    return sum(u * pair[5] for u, pair in zip(plan, game.pairs, strict=True))


GREATEST: dict[str, Any] = {
    "cardinality": lambda _, plan: (sum(plan),),
    "weight": lambda game, plan: (weight(game, plan),),
    "cardinality then weight": lambda game, plan: (sum(plan), weight(game, plan)),
}


def greatest(seeds: range, objective: Any, ties: bool, units: int = 1) -> Seen:
    """Stable matchings of greatest size or weight are what brute force finds."""
    seen: Seen = Counter()
    reached = GREATEST[objective]
    for seed, game in games(seeds, ties=ties, units=units):
        found = mk.match(game.graph(), objective, preferences=game.preferences())
        mine = cases.units_of(game, found)
        stable = [plan for plan in cases.every(game) if not cases.blocks(game, plan)]
        assert mine in stable, seed
        best = max(reached(game, plan) for plan in stable)
        assert reached(game, mine) == best, seed
        assert [(one.name, one.value) for one in found.goals] == [
            ("blocking", 0),
            *zip(objective.split(" then "), best, strict=True),
        ]
        assert all(one.value == one.bound for one in found.goals)
        assert (found.status, found.stopped, found.gap) == ("optimal", "proved", 0)
        assert found.value == found.bound == best[-1]
        assert (found.rule, found.proof) == ("weak", "search")
        plain = mk.match(game.graph(), preferences=game.preferences())
        seen["more"] += reached(game, cases.units_of(game, plain)) != best
        seen["cases"] += 1
    return seen


def fewest(seeds: range, kind: Any) -> Seen:
    """Strongly and super-stable matchings, or the fewest pairs that block in that sense."""
    seen: Seen = Counter()
    for seed, game in games(seeds, ties=True):
        found = mk.match(game.graph(), preferences=game.preferences(stability=kind))
        mine = cases.units_of(game, found)
        least = min(len(cases.blocks(game, plan, kind)) for plan in cases.every(game))
        listed = sorted(
            (int(a), int(b))
            for a, b in zip(found.blocking.left, found.blocking.right, strict=True)
        )
        assert listed == cases.blocks(game, mine, kind), seed
        assert len(listed) == least, seed
        assert found.rule == kind
        assert found.goals[0] == ("blocking", least, least)
        seen[f"{min(least, 3)} block"] += 1
        seen["cases"] += 1
    return seen


def missing(game: cases.Game, plan: cases.Units) -> int:
    return sum(
        max(
            0,
            least
            - sum(u for u, p in zip(plan, game.pairs, strict=True) if p[1] == node),
        )
        for node, least in enumerate(game.least)
    )


def minimums(seeds: range, ties: bool) -> Seen:
    """Minimums come first, then the fewest pairs that block, and where it is asked for the weight."""
    seen: Seen = Counter()
    for seed, plain in games(seeds, ties=ties):
        rng = np.random.default_rng(seed)
        least = tuple(int(rng.integers(0, most + 1)) for most in plain.right)
        game = cases.Game(plain.pairs, plain.left, plain.right, least)
        weighed = seed % 3 == 1
        ranks = game.preferences()
        found = mk.match(game.graph(), "weight" if weighed else None, preferences=ranks)
        mine = cases.units_of(game, found)

        def reached(
            plan: cases.Units, game: cases.Game = game, weighed: bool = weighed
        ) -> tuple[int, int, int]:
            worth = -weight(game, plan) if weighed else 0
            return missing(game, plan), len(cases.blocks(game, plan)), worth

        best = min(reached(plan) for plan in cases.every(game))
        assert reached(mine) == best, seed
        assert found.status == "optimal"
        assert int(found.right_shortfall.sum()) == best[0]
        met = sum(least) - best[0]
        assert found.goals == (
            *([("minimum", met, met)] if sum(least) else []),
            ("blocking", best[1], best[1]),
            *([("weight", -best[2], -best[2])] if weighed else []),
        )
        seen[f"{min(best[0], 1)} missing, {min(best[1], 3)} block"] += 1
        seen["cases"] += 1
    return seen


Couple = tuple[int, int, list[tuple[int, int]]]


def drawn_couples(seed: int) -> tuple[cases.Game, list[Couple]]:
    """A game of single places on the left, and a couple or two with lists of their own."""
    rng = np.random.default_rng(seed)
    lefts, rights = int(rng.integers(3, 6)), int(rng.integers(1, 4))
    pairs = []
    mine = [rng.permutation(9) + 1 for _ in range(lefts)]
    theirs = [rng.permutation(9) + 1 for _ in range(rights)]
    for a, b in itertools.product(range(lefts), range(rights)):
        if rng.random() < 0.8:
            pairs.append(
                (a, b, int(mine[a][b]), int(theirs[b][a]), 1, int(rng.integers(0, 9)))
            )
    game = cases.Game(
        tuple(pairs), (1,) * lefts, tuple(int(n) for n in rng.integers(1, 4, rights))
    )
    here = {pair[:2] for pair in pairs}
    couples = []
    for one, other in ((0, 1), (2, 3))[: 1 + (lefts > 3 and seed % 2)]:
        choices = [
            (a, b)
            for a, b in itertools.product(range(rights), repeat=2)
            if (one, a) in here and (other, b) in here
        ]
        order = rng.permutation(len(choices))[: int(rng.integers(1, 5))]
        couples.append((one, other, [choices[k] for k in order]))
    return game, couples


def blocks_of_couples(
    game: cases.Game, couples: list[Couple], plan: cases.Units
) -> list[tuple[int, int, int, int]]:
    """Choices that block, by moving the couple there and asking the right nodes: each of those that gains a
    member drops the worst others until it holds what it can; it agrees if every newcomer may take the place
    of somebody worse, or a free one.
    """
    held = {
        node: {
            p[0]: p[3]
            for u, p in zip(plan, game.pairs, strict=True)
            if u and p[1] == node
        }
        for node in range(len(game.right))
    }
    rank = {pair[:2]: pair[3] for pair in game.pairs}
    at = {a: b for b, mine in held.items() for a in mine}
    found = []
    for one, other, choices in couples:
        now = (at[one], at[other]) if one in at and other in at else None
        for choice in choices:
            if choice == now:
                break
            movers = [
                (node, place)
                for node, place in zip((one, other), choice, strict=True)
                if at.get(node) != place
            ]
            stays = {one, other} - {node for node, _ in movers}
            fine = True
            for place in {place for _, place in movers}:
                new = [rank[node, p] for node, p in movers if p == place]
                olds = [r for node, r in held[place].items() if node not in stays]
                free = game.right[place] - len(held[place])
                # A way to seat each newcomer in a free place or in that of somebody worse, all different.
                seats = [None] * free + olds
                fine &= any(
                    all(
                        s is None or mine < s
                        for mine, s in zip(new, picked, strict=True)
                    )
                    for picked in itertools.permutations(seats, len(new))
                )
            if fine:
                found.append((one, other, *choice))
    return found


def couples_of(seeds: range) -> Seen:
    """Couples with the fewest pairs and choices that block, and where it is asked for the weight."""
    seen: Seen = Counter()
    for seed in seeds:
        game, couples = drawn_couples(seed)
        members = {node for one in couples for node in one[:2]}
        if len(game.pairs) > 11:
            continue
        best: tuple[int, int] | None = None
        weighed = seed % 3 == 1
        for plan in cases.every(game):
            at = {p[0]: p[1] for u, p in zip(plan, game.pairs, strict=True) if u}
            if any(
                (one in at or other in at)
                and (at.get(one), at.get(other)) not in choices
                for one, other, choices in couples
            ):
                continue
            alone = [
                pair for pair in cases.blocks(game, plan) if pair[0] not in members
            ]
            count = len(alone) + len(blocks_of_couples(game, couples, plan))
            one = count, -weight(game, plan) if weighed else 0
            best = one if best is None else min(best, one)
        assert best is not None  # nobody matched is a plan
        ranks = game.preferences(couples=couples)
        found = mk.match(game.graph(), "weight" if weighed else None, preferences=ranks)
        mine = cases.units_of(game, found)
        alone = [pair for pair in cases.blocks(game, mine) if pair[0] not in members]
        joint = blocks_of_couples(game, couples, mine)
        assert list(found.blocking_couples) == joint, seed
        assert len(found.blocking) == len(alone), seed
        assert found.goals == (
            ("blocking", best[0], best[0]),
            *([("weight", -best[1], -best[1])] if weighed else []),
        ), seed
        assert not weighed or weight(game, mine) == -best[1]
        seen[f"{best[0]} block"] += 1
        seen["cases"] += 1
    return seen


KINDS: dict[str, Callable[[range], Seen]] = {
    "greatest size with ties": lambda seeds: greatest(seeds, "cardinality", True),
    "greatest weight with ties": lambda seeds: greatest(seeds, "weight", True),
    "greatest size, then weight, of units": lambda seeds: greatest(
        seeds, "cardinality then weight", True, 2
    ),
    "strong": lambda seeds: fewest(seeds, "strong"),
    "super": lambda seeds: fewest(seeds, "super"),
    "minimums": lambda seeds: minimums(seeds, True),
    "minimums of strict lists": lambda seeds: minimums(seeds, False),
    "couples": couples_of,
}


def main() -> None:
    """As many games of each kind, from a seed that the tests do not use; every disagreement raises."""
    count = int(sys.argv[1])
    for kind, check in KINDS.items():
        seen: Seen = Counter()
        first = 10_000
        while seen["cases"] < count:
            seen += check(range(first, first + 50))
            first += 50
        sys.stdout.write(f"{kind}: {dict(sorted(seen.items()))}\n")


if __name__ == "__main__":
    main()
