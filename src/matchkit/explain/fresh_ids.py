"""Ids for records that an answer adds to a problem."""

from __future__ import annotations

from collections.abc import Iterable

from matchkit.model.text import LONGEST


class FreshIds:
    """Ids that are taken, and more. Two that differ in letter case alone are the same, as in a problem."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {name.casefold() for name in taken}

    def like(self, wish: str) -> str:
        """An id like the one wished for that nobody has; the next time the same."""
        wish = wish[: LONGEST - 12].rstrip()
        found, number = wish, 1
        while found.casefold() in self._taken:
            number += 1
            found = f"{wish} {number}"
        return found

    def unused(self, wish: str) -> str:
        """An id like the one wished for that nobody has; the next time another."""
        found = self.like(wish)
        self._taken.add(found.casefold())
        return found
