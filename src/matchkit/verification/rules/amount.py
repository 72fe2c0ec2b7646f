"""By how much one rule record is broken."""

from __future__ import annotations

from typing import NamedTuple

from matchkit.verification.report import Fact


class Amount(NamedTuple):
    """A whole amount, 0 where the rule is kept; with the ids of the records concerned, and the fact."""

    size: int
    ids: tuple[str, ...]
    said: Fact

    @property
    def fact(self) -> str:
        """The fact in English."""
        return self.said.text()


KEPT = Amount(0, (), Fact("kept"))
"""The rule is kept."""
