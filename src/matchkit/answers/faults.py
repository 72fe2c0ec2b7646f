"""The faults of changes: names that are not in the problem, with those that come near, and whatever a record
refuses.
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import SequenceMatcher, get_close_matches

from matchkit.errors import SHOWN, Complaint, InputError
from matchkit.messages.message import LISTED, Message

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
        usual = name.isprintable() and len(name) <= 200
        values = {"what": _what(what), "id": name if usual else Message("change.unusual")}
        gone = self.taken_out.get((what, name))
        if gone is not None:
            fact = Message.of("change.gone", **values, gone=gone)
            self.found.append(Complaint(where, fact, Message("change.gone.do")))
            return False
        listed = sorted(known)
        near = tuple(_nearest(name, listed)) if len(self.found) < SHOWN else ()
        if near:
            advice = Message.of(
                "record.unlisted.near.do", near=Message.of("violation.or", parts=near)
            )
        elif listed:
            more = ("...",) if len(listed) > LISTED else ()
            advice = Message.of("change.unknown.do", known=(*listed[:LISTED], *more))
        else:
            advice = Message("change.unknown.none.do")
        self.found.append(Complaint(where, Message.of("change.unknown", **values), advice))
        return False

    def new(self, where: str, what: str, name: str, known: Collection[str]) -> None:
        """What is added must not be there."""
        if name in known:
            fact = Message.of("change.there", what=_what(what), id=name)
            self.found.append(Complaint(where, fact, Message("change.there.do")))

    def blame(self, where: str, error: InputError) -> None:
        """What a record that a change makes anew refuses."""
        self.found += [
            Complaint(f"{where}, {one.where}", *one.parts[1:]) for one in error.complaints
        ]


def _what(kind: str) -> Message:
    return Message(f"what.{kind}")


def _nearest(name: str, listed: list[str]) -> list[str]:
    """Up to three that come nearest, the first by id where several are as near."""
    if len(listed) > SEARCHED or len(name) > 200:
        return []
    near = get_close_matches(name, listed, len(listed) or 1, 0.8)
    return sorted(one for one in near if _ratio(one, name) == _ratio(near[0], name))[:3]


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
