"""Sets of changes that do and of which none is superfluous, found quickly: for problems too large to look for
the cheapest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from matchkit.explain.repairs.change_options import ChangeOptions, Levels
from matchkit.explain.repairs.minimal import minimal

ORDERS = (("",), ("add",), ("train", "free"), ("rule", "want", "ask"))
"""Kinds of change that are preferred, each time others: first the cheap ones of any kind."""


def heuristic_repairs(
    ladders: ChangeOptions, enough: Callable[[Levels], bool]
) -> Iterator[Levels]:
    """Some sets that could do, one for each preference; of every change the lowest level that is enough."""
    if not enough(ladders.top):
        return

    def state(places: Iterable[int]) -> Levels:
        chosen = set(places)
        return tuple(most if place in chosen else 0 for place, most in enumerate(ladders.top))

    for kinds in ORDERS:
        order = sorted(
            range(len(ladders.top)),
            key=lambda place: (
                ladders.ladders[place].name[0] not in kinds,
                ladders.ladders[place].rungs[-1].price,
                place,
            ),
        )
        chosen = minimal(order, lambda places: enough(state(places)))
        levels = state(chosen)
        for place in sorted(
            chosen, key=lambda place: (-ladders.ladders[place].rungs[-1].price, place)
        ):
            levels = _lowered(levels, place, enough)
        yield levels


def _lowered(levels: Levels, place: int, enough: Callable[[Levels], bool]) -> Levels:
    def at(level: int) -> Levels:
        return (*levels[:place], level, *levels[place + 1 :])

    low, high = 0, levels[place]  # enough at high; one that was needed fails at 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(at(middle)) else (middle, high)
    return at(high)
