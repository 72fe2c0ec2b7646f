"""Why a pair is not eligible."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that a pair fails: the rule's name, and the values compared, such as ``skill nursing 1 < 2``."""

    rule: str
    text: str

    def __str__(self) -> str:
        """Rule and values on one line."""
        return f"{self.rule}: {self.text}"
