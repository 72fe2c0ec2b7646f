"""Sets of changes that are enough, where more changes are never less: the cheapest by implicit hitting sets,
or some quickly by QuickXplain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heappop, heappush
from typing import TypeVar

from matchkit.explain.repairs.change_options import ChangeOptions, Levels

Element = TypeVar("Element")


def minimal(
    items: Sequence[Element], enough: Callable[[Sequence[Element]], bool]
) -> list[Element]:
    """Items that are enough, none of which can be left out, early ones rather than late ones. All of them
    together must be enough.
    """

    def needed(
        given: list[Element], rest: list[Element], *, grown: bool
    ) -> list[Element]:
        if grown and enough(given):
            return []
        if len(rest) <= 1:
            return rest
        half = len(rest) // 2
        first, second = rest[:half], rest[half:]
        late = needed([*given, *first], second, grown=True)
        return [*needed([*given, *late], first, grown=bool(late)), *late]

    return needed([], list(items), grown=False)


ORDERS = (("",), ("add",), ("train", "free"), ("rule", "want", "ask"))
"""Kinds of change that are preferred, each time others: first the cheap ones of any kind."""


def heuristic_repairs(
    options: ChangeOptions, enough: Callable[[Levels], bool]
) -> Iterator[Levels]:
    """Some sets that could do, one for each preference; of every change the lowest level that is enough."""
    if not enough(options.top):
        return

    def state(places: Iterable[int]) -> Levels:
        chosen = set(places)
        return tuple(
            most if place in chosen else 0 for place, most in enumerate(options.top)
        )

    for kinds in ORDERS:
        order = sorted(
            range(len(options.top)),
            key=lambda place: (
                options.options[place].name[0] not in kinds,
                options.options[place].steps[-1].price,
                place,
            ),
        )
        chosen = minimal(order, lambda places: enough(state(places)))
        levels = state(chosen)
        for place in sorted(
            chosen, key=lambda place: (-options.options[place].steps[-1].price, place)
        ):
            levels = _lowered(levels, place, enough)
        yield levels


def _lowered(levels: Levels, place: int, enough: Callable[[Levels], bool]) -> Levels:
    def at(level: int) -> Levels:
        return (*levels[:place], level, *levels[place + 1 :])

    # Bisection, as more is never less: enough at high, and one that was needed fails at 0.
    low, high = 0, levels[place]
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(at(middle)) else (middle, high)
    return at(high)


MOST_SETS = 10_000_000
"""So many sets are looked at, times options in each, before the search gives up."""


class HittingSetSearch:
    """Sets of changes by price. ``enough`` says whether a set could do and is monotone; ``does`` has the last
    word on one that could.
    """

    def __init__(
        self,
        top: Levels,
        price: Callable[[Levels], int],
        enough: Callable[[Levels], bool],
        over: Callable[[], bool],
    ) -> None:
        self._top, self._price, self._ask, self._over = top, price, enough, over
        self._failing: list[Levels] = []
        self._doing: list[Levels] = []
        self.complete = True

    def cheapest(self, does: Callable[[Levels], bool]) -> Iterator[Levels]:
        """Sets that do, cheapest first, then by fewest levels, none above another. ``complete`` turns false
        where the search gave up.
        """
        start: Levels = (0,) * len(self._top)
        heap = [(0, 0, start)]
        seen, found = {start}, list[Levels]()
        # Best-first search by price; a failing set is first raised to a maximal one, which every success must
        # exceed in some option (the hitting set step).
        while heap:
            if self._over() or len(seen) * len(self._top) > MOST_SETS:
                self.complete = False
                return
            _, _, levels = heappop(heap)
            if any(_below(one, levels) for one in found):
                continue
            reached = next(
                (failed for failed in self._failing if _below(levels, failed)), None
            )
            if reached is None:
                if not self._enough(levels):
                    reached = self._raised(levels)
                    self._failing.append(reached)
                elif does(levels):
                    found.append(levels)
                    yield levels
                    continue
                else:  # it could, but does not: one that does may lie just above
                    reached = levels
            for more in self._above(levels, reached):
                if more not in seen:
                    seen.add(more)
                    heappush(heap, (self._price(more), sum(more), more))

    def _above(self, levels: Levels, reached: Levels) -> Iterator[Levels]:
        for place, (level, most) in enumerate(zip(reached, self._top, strict=True)):
            if level < most:
                yield (*levels[:place], level + 1, *levels[place + 1 :])

    def _enough(self, levels: Levels) -> bool:
        if any(_below(one, levels) for one in self._doing):
            return True
        if any(_below(levels, one) for one in self._failing):
            return False
        if self._ask(levels):
            self._doing.append(levels)
            return True
        return False

    def _raised(self, levels: Levels) -> Levels:
        """A set above one that fails, which fails too, and no option of which can go a step further."""
        found = levels
        todo: list[Sequence[int]] = [range(len(self._top))]
        # Divide and conquer: raise all of a range of options at once, halves where that is too much.
        while todo:
            if self._over():
                self.complete = False
                return found
            places = todo.pop()
            raised = tuple(
                self._top[place] if place in places else level
                for place, level in enumerate(found)
            )
            if raised == found:
                continue
            if not self._enough(raised):
                found = raised
            elif len(places) > 1:
                half = len(places) // 2
                todo += [places[half:], places[:half]]
            elif len(places) == 1:
                found = self._highest_failing(found, places[0])
        return found

    def _highest_failing(self, levels: Levels, place: int) -> Levels:
        low, high = levels[place], self._top[place]  # it fails at low and does at high
        while high - low > 1:
            middle = (low + high) // 2
            if self._enough((*levels[:place], middle, *levels[place + 1 :])):
                high = middle
            else:
                low = middle
        return (*levels[:place], low, *levels[place + 1 :])


def _below(one: Levels, other: Levels) -> bool:
    return all(a <= b for a, b in zip(one, other, strict=True))
