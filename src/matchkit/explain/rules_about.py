"""The rules of a problem that still mean something in a part of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from matchkit.model import ChooseAtMost
from matchkit.model.rules import RuleRecord
from matchkit.model.text import LONGEST


def rules_about(rules: Sequence[RuleRecord], known: Mapping[str, AbstractSet[str]]) -> Iterator[Any]:
    """The rules that name nothing but what is known, lists of resources cut to those.

    ``known`` gives ids by field: resource, demand, requirement. A rule whose list is cut keeps its label; one
    of fewer than two resources (of ``choose_at_most``: one) is left out, as it says nothing.
    """
    for rule in rules:
        named = ((getattr(rule, field, None), ids) for field, ids in known.items())
        if any(name is not None and name not in ids for name, ids in named):
            continue
        several = getattr(rule, "resources", None)
        if several is None:
            yield rule
            continue
        left = tuple(name for name in several if name in known["resource"])
        if len(left) >= (1 if isinstance(rule, ChooseAtMost) else 2):
            yield rule.model_copy(update={"resources": left, "id": rule.label[:LONGEST]})
