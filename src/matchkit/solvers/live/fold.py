"""Vectors of goals as one whole number each, so that comparing numbers is comparing vectors.

Digits of potentials are small as a rule, so the radix of a goal allows for a few arcs and not for the longest
path; whether the digits of all potentials stay below what it allows is looked at after every change. Where
they do, no sum at an arc carries, so numbers compare as vectors do and the prices are proven goal by goal.
Where they do not, numbers are Python's own, with a radix that no simple path exceeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matchkit.solvers.flow.fold import Fold

ROOM = 2**57
"""Potentials in 64 bits stay below this, so that sums of several do below ``FAR``."""
FAR = 2**61
"""A number above every length of a path in 64 bits; minus that is the gain of an arc that is not there."""
ALLOWED = ((64, 64), (16, 64), (16, 16), (4, 16), (4, 4))
"""What digits of potentials may be, in gains of an arc: of every goal but the last, and of the last."""


@dataclass(frozen=True, slots=True)
class ArcFold(Fold):
    """No arc gains more than ``reach[goal]``, either way, and no potential may have a digit above
    ``most[goal]``; ``far`` is above the length of any path.
    """

    reach: tuple[int, ...]
    most: tuple[int, ...]
    far: int


def arc_fold(reach: Sequence[int], nodes: int, *, large: bool = False) -> ArcFold:
    """A fold for arcs that gain at most so much in every goal, in a network of so many nodes; in Python's own
    integers where ``large`` or where 64 bits hold too little.
    """
    reach = tuple(max(1, most) for most in reach)
    for times, last in () if large else ALLOWED:
        most = (*(times * one for one in reach[:-1]), last * reach[-1])
        units, whole = _units(reach, most)
        if whole < ROOM:
            return ArcFold(units, False, reach, most, FAR)
    most = tuple(2 * nodes * one for one in reach)
    units, whole = _units(reach, most)
    return ArcFold(units, True, reach, most, 2 * whole * (nodes + 1))


def _units(reach: Sequence[int], most: Sequence[int]) -> tuple[tuple[int, ...], int]:
    """A goal's unit each, larger than what the reduced cost of an arc has in all goals after it; and what is
    larger than everything.
    """
    units: list[int] = []
    unit = 1
    for gain, digit in zip(reversed(reach), reversed(most), strict=True):
        units.append(unit)
        unit *= 2 * (2 * digit + gain) + 1
    return tuple(reversed(units)), unit
