"""Rule ``community_cap``: at most so many units in all for a community and those below it."""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.compile.lists import Lists
from matchkit.model import CommunityCap


def caps(lists: Lists) -> Iterator[tuple[str, int]]:
    """Community and most of every such rule."""
    for rule in lists.problem.rules:
        if isinstance(rule, CommunityCap):
            yield rule.community, rule.most
