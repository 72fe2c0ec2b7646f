"""Whether a certificate states each price once, and with one number a goal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from matchkit.plan import BlockPrice, Price, SharePrice
from matchkit.verification.case import RuleFinding
from matchkit.verification.report import fact


def length_fault(
    what: str, vector: Sequence[object], goals: int
) -> Iterator[RuleFinding]:
    """A vector of the certificate has one number a goal."""
    if len(vector) != goals:
        named = fact(f"the_{what}")
        yield (
            (),
            fact(
                "certificate_length", what=named, length=len(vector), goals=str(goals)
            ),
        )


def price_faults(
    what: str,
    entries: Sequence[Price] | Sequence[BlockPrice] | Sequence[SharePrice],
    known: Collection[str],
    free: Collection[str] = (),
    goals: int = 0,
) -> Iterator[RuleFinding]:
    """Each known id has one price, which those that are ``free`` need not have, and nothing else has one; a
    vector has one number a goal.
    """
    kind, seen = fact(what), set[str]()
    for entry in entries:
        if entry.id in seen:
            yield (entry.id,), fact("price_twice", what=kind)
        elif entry.id not in known:
            yield (entry.id,), fact("price_unknown", what=kind)
        elif not isinstance(entry, BlockPrice) and len(entry.price) != goals:
            length = len(entry.price)
            yield (
                (entry.id,),
                fact("price_length", what=kind, length=length, goals=str(goals)),
            )
        seen.add(entry.id)
    for name in known:
        if name not in seen and name not in free:
            yield (name,), fact("price_missing", what=kind)
