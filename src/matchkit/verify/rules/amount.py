"""By how much one rule record is broken."""

from __future__ import annotations

from typing import NamedTuple


class Amount(NamedTuple):
    """A whole amount, 0 where the rule is kept; with the ids of the records concerned, and the fact."""

    size: int
    ids: tuple[str, ...]
    fact: str


KEPT = Amount(0, (), "")
"""The rule is kept."""
