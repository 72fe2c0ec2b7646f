"""Names joined by marks that no list of items knows as one: Cooking-charity, 护理_驾驶; the other cells tell them from e-mail and X-ray."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from matchkit.model.text import key

# Every mark but those that names hold for another reason: brackets, quotes, apostrophes, levels (= : ★), C++, C#, .NET; and but
# those that are asked about wherever they stand (/ & +).
_MARK = re.compile(r"(?: *(?:[^\w\s()\[\]{}《》〈〉「」『』'’‘\"“”:%.。/&+@#=≥≤★☆°]|_) *)+")
_LETTER = re.compile(r"[^\W\d_]")


def parts_of(name: str) -> list[str]:
    """The parts of a name between such marks; a single one where it has none, or where a part has no letter (COVID-19)."""
    parts = _MARK.split(name)
    return parts if len(parts) > 1 and all(map(_LETTER.search, parts)) else [name]


def joined(names: Iterable[str], declared: Set[str]) -> frozenset[str]:
    """The keys of those of the names that seem to be several names, joined by marks.

    A name is, where one of its parts stands alone as a name, or is a part of another that is: all cells say together what a mark means.
    ``declared`` are the keys of names that are names whatever they hold.
    """
    alone = set(declared)
    parted: dict[str, list[str]] = {}
    for name in names:
        parts = parts_of(name)
        if len(parts) == 1:
            alone.add(key(name))
        elif key(name) not in declared:
            parted[key(name)] = [key(part) for part in parts]
    holders: dict[str, list[str]] = {}
    for name, keys in parted.items():
        for part in keys:
            holders.setdefault(part, []).append(name)
    found: set[str] = set()
    reached = [part for part in holders if part in alone]
    while reached:
        for name in holders.pop(reached.pop(), ()):
            if name not in found:
                found.add(name)
                reached += parted[name]
    return frozenset(found)
