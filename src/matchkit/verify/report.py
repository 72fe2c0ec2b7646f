"""What a check found: every violation, named by its rule, with the ids and the numbers compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matchkit.errors import BrokenPlanError, Complaint

_LONGEST_SHOWN = 128
"""Most bits of a number that is written out. Plans come from outside, and Python refuses to print a huge number."""

_ADVICE = "Mend this in the plan, or solve again"


class Violation(NamedTuple):
    """One broken rule: its name, the ids of the records it concerns, and the fact with the numbers compared."""

    rule: str
    ids: tuple[str, ...]
    fact: str

    def __str__(self) -> str:
        """One line: rule, ids and fact."""
        return f"{self.rule} {', '.join(self.ids)}: {self.fact}" if self.ids else f"{self.rule}: {self.fact}"


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a check found; empty where nothing is wrong."""

    violations: tuple[Violation, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations

    def raise_if_broken(self) -> None:
        """Raise BrokenPlanError, which lists every violation, unless nothing is wrong."""
        if self.violations:
            raise BrokenPlanError([Complaint(f"{v.rule} {', '.join(v.ids)}".strip(), v.fact, _ADVICE) for v in self.violations])


def number(value: int) -> str:
    """A whole number as a message shows it; one of more than 38 digits by its length."""
    if value.bit_length() <= _LONGEST_SHOWN:
        return f"{value:,}"
    return f"a number of about {value.bit_length() * 30103 // 100000 + 1:,} digits"


def vector(values: Sequence[int]) -> str:
    """A vector of goals as a message shows it."""
    return f"({', '.join(number(value) for value in values)})"
