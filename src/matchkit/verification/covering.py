"""How many asked places can be given to members, each taking one at most: augmenting paths, without
recursion.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def places_given(members: Iterable[int], counts: Sequence[int]) -> int:
    """The greatest number of places that members can take.

    ``members`` holds for each the places it can take, as a bit mask; place ``k`` takes ``counts[k]`` of them.
    A member looks for a free place, moving others to other places on the way (Kuhn, 1955). Where one finds
    none, nobody who can take the same places will (Berge, 1957), so each search that fails is made once for
    each mask, and any other gives a place.
    """
    taken = [0] * len(counts)
    at: list[dict[int, int]] = [{} for _ in counts]
    hopeless: set[int] = set()
    given = 0
    for mask in members:
        if mask in hopeless:
            continue
        path = _path(mask, at, taken, counts)
        if path is None:
            hopeless.add(mask)
            continue
        given += 1
        for mover, before, place in path:
            if before is not None:
                at[before][mover] -= 1
                if not at[before][mover]:
                    del at[before][mover]
            at[place][mover] = at[place].get(mover, 0) + 1
        taken[path[0][2]] += 1
    return given


def _path(
    mask: int, at: Sequence[dict[int, int]], taken: Sequence[int], counts: Sequence[int]
) -> list[tuple[int, int | None, int]] | None:
    """Moves (who, from, to) that free a place for the mask, the last place first; None where there is no such
    path.
    """
    reached: dict[int, tuple[int, int | None]] = {}
    queue: list[tuple[int, int | None]] = [(mask, None)]
    unreached = (1 << len(counts)) - 1
    for mover, before in queue:  # grows while it is walked: breadth first
        found = mover & unreached
        unreached &= ~found
        while found:
            place = (found & -found).bit_length() - 1
            found &= found - 1
            reached[place] = mover, before
            if taken[place] < counts[place]:
                return _moves(place, reached)
            queue.extend((other, place) for other in at[place])
        if not unreached:
            return None  # every place was reached, and none is free
    return None


def _moves(
    place: int, reached: dict[int, tuple[int, int | None]]
) -> list[tuple[int, int | None, int]]:
    moves: list[tuple[int, int | None, int]] = []
    here: int | None = place
    while here is not None:
        who, previous = reached[here]
        moves.append((who, previous, here))
        here = previous
    return moves
