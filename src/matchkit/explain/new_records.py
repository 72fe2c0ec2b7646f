"""Records made anew for a changed problem: ids that nobody has, and rules cut to a part of the problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from matchkit.model.rules import RuleRecord
from matchkit.model.rules.base import LISTS
from matchkit.model.text import LONGEST


def rules_about(
    rules: Sequence[RuleRecord], known: Mapping[str, AbstractSet[str]]
) -> Iterator[Any]:
    """The rules that name nothing but what is known, lists of ids cut to those.

    ``known`` gives ids by field: resource, demand, requirement. A rule whose list is cut keeps its label; one
    of fewer ids than its list holds at least is left out, as it says nothing.
    """
    for rule in rules:
        if any(
            field in known and name not in known[field] for field, name in rule.named()
        ):
            continue
        left = {
            field: tuple(
                name for name in getattr(rule, field) if name in known[LISTS[field]]
            )
            for field in rule.lists()
        }
        if not left:
            yield rule
        elif all(len(names) >= rule.fewest(field) for field, names in left.items()):
            yield rule.model_copy(update={**left, "id": rule.label[:LONGEST]})


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
