"""The rules of a problem that still mean something in a part of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
        if any(field in known and name not in known[field] for field, name in rule.named()):
            continue
        left = {
            field: tuple(name for name in getattr(rule, field) if name in known[LISTS[field]])
            for field in rule.lists()
        }
        if not left:
            yield rule
        elif all(len(names) >= rule.fewest(field) for field, names in left.items()):
            yield rule.model_copy(update={**left, "id": rule.label[:LONGEST]})
