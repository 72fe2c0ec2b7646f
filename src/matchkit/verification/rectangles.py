"""Sums of amounts at points of a grid over many rectangles at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Name = TypeVar("Name")
Area = tuple[tuple[int, int], tuple[int, int]]
"""First and last but one of the columns, and of the rows."""


def sums_in_rectangles(
    points: Mapping[tuple[int, int], int], areas: Mapping[Name, Area]
) -> dict[Name, int]:
    """For every named area, the sum of the amounts at the points in it.

    Columns are swept once; a binary indexed tree (Fenwick, 1994) holds the sums by row so far. So thousands
    of areas over thousands of points cost no more than sorting.
    """
    size = 1 + max((row for _, row in points), default=0)
    tree = [0] * (size + 1)

    def below(row: int) -> int:
        total, row = 0, min(row, size)
        while row > 0:
            total += tree[row]
            row -= row & -row
        return total

    asked = [
        (column, sign, name, rows)
        for name, (columns, rows) in areas.items()
        for column, sign in zip(columns, (-1, 1), strict=True)
    ]
    waiting = sorted(points.items(), reverse=True)
    found = dict.fromkeys(areas, 0)
    for column, sign, name, (first, end) in sorted(asked, key=lambda entry: entry[0]):
        while waiting and waiting[-1][0][0] < column:
            (_, row), amount = waiting.pop()
            row += 1
            while row <= size:
                tree[row] += amount
                row += row & -row
        found[name] += sign * (below(end) - below(first))
    return found
