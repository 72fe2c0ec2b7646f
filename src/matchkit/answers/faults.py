"""The faults of changes: names that are not in the problem, with those that come near, and whatever a record
refuses.
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import SequenceMatcher, get_close_matches

from matchkit.errors import SHOWN, Complaint, InputError

SEARCHED = 20_000
"""Among more ids than this, none that is near is looked for: it would take seconds."""


class Faults:
    """Every fault so far, and what changes have taken out, by which of them."""

    def __init__(self) -> None:
        self.found: list[Complaint] = []
        self.taken_out: dict[tuple[str, str], str] = {}

    def known(self, where: str, what: str, name: str, known: Collection[str]) -> bool:
        """Whether a name is known; else that is a fault."""
        if name in known:
            return True
        shown = name if name.isprintable() and len(name) <= 200 else "of an unusual name"
        gone = self.taken_out.get((what, name))
        if gone is not None:
            self.found.append(
                Complaint(
                    where,
                    f"names the {what} {shown}, which {gone} takes out",
                    "Put the changes in another order",
                )
            )
            return False
        listed = sorted(known)
        near = _nearest(name, listed) if len(self.found) < SHOWN else []
        if near:
            advice = f"Maybe {' or '.join(near)} is meant"
        else:
            shown_known = ", ".join(listed[:5]) + (", ..." if len(listed) > 5 else "")
            advice = f"Use the id of a listed one (known: {shown_known})" if listed else "There are none"
        self.found.append(Complaint(where, f"names the {what} {shown}, which is not in the problem", advice))
        return False

    def new(self, where: str, what: str, name: str, known: Collection[str]) -> None:
        """What is added must not be there."""
        if name in known:
            fact = f"adds the {what} {name}, which is in the problem already"
            self.found.append(Complaint(where, fact, "Give it an id of its own, or change the one there"))

    def blame(self, where: str, error: InputError) -> None:
        """What a record that a change makes anew refuses."""
        self.found += [Complaint(f"{where}, {one.where}", one.fact, one.advice) for one in error.complaints]


def _nearest(name: str, listed: list[str]) -> list[str]:
    """Up to three that come nearest, the first by id where several are as near."""
    if len(listed) > SEARCHED or len(name) > 200:
        return []
    near = get_close_matches(name, listed, len(listed) or 1, 0.8)
    return sorted(one for one in near if _ratio(one, name) == _ratio(near[0], name))[:3]


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
