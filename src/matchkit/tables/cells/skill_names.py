"""Names of skills that are none (no skill needed, male, over 18), and those that seem to be several:
Cooking-charity, 护理_驾驶, nursing driving; the other names tell them from e-mail and X-ray.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Final, NamedTuple

from matchkit.model.text import key
from matchkit.tables.vocabulary.words import pattern, words

_NONE_HELD = pattern("<<no_skill.none_held>>", re.IGNORECASE)
_NONE_NEEDED = pattern("<<no_skill.none_needed>>", re.IGNORECASE)
_NO_SKILL = pattern("<<no_skill.other>>", re.IGNORECASE)
LONGEST: Final = 80
"""A longer text is none of these."""


def none_held(text: str) -> bool:
    """Whether a text in normal form says that somebody has no skill."""
    return len(text) <= LONGEST and _NONE_HELD.fullmatch(text) is not None


def none_needed(text: str) -> bool:
    """Whether a text in normal form says, in so many words, that no skill is needed."""
    return len(text) <= LONGEST and (
        _NONE_NEEDED.fullmatch(text) is not None or none_held(text)
    )


def no_skill(text: str) -> bool:
    """Whether a text in normal form is no skill but who somebody is (sex, age, membership, character), a
    level alone, or a preference.
    """
    return len(text) <= LONGEST and _NO_SKILL.fullmatch(text) is not None


# Every mark but those that names hold for another reason: brackets, quotes, apostrophes, levels (= : ★),
# points, C++; and but those that are asked about wherever they stand (/ & +). C# and @me hold a mark between
# no letters.
_MARK = pattern(
    r"(?: *(?:[^\w\s()\[\]{}《》〈〉「」『』'’‘\"“”:.&/+=≥≤★☆#@%]|_|<<names.marks>>|\.{2,}|=+>|<=+"
    r"|(?<![\W_])[#@%](?=[^\W\d])|(?<!\S)[#@](?=[^\W\d])) *)+"
)
_LETTER = re.compile(r"[^\W\d_]")
# What may stand between names beside such marks: blanks, words for "and", and letters that look like a bar or
# a dash.
_BETWEEN = pattern(
    r"[\W_]+|<<names.between>>|(?<=[<<letters.unspaced>>])[lıi](?=[<<letters.unspaced>>])"
)
_AND: Final = frozenset(words("names", "and"))
_SMALL: Final = frozenset(words("names", "small"))
"""Short words within names that are one: meals-on-wheels, mother-and-child care."""
_PLUS = pattern(
    r"(?<=[<<letters.unspaced>>]{2})(?:<<names.plus>>)(?=[<<letters.unspaced>>]{2})"
)
_HAN = pattern("[<<letters.unspaced>>]")
MOST_BETWEEN: Final = 40
"""A name with more of what may stand between names is not looked through."""


class Joined(NamedTuple):
    """Names that seem to be several, by their keys."""

    several: frozenset[str]
    """Those of which most parts between marks stand alone."""
    doubted: Mapping[str, tuple[str, ...]]
    """Those that other names only make doubtful, and what they may be made of."""


def parts_of(name: str) -> list[str]:
    """The parts of a name between such marks; a single one where it has none, or where a part has no letter
    (COVID-19).
    """
    parts = _MARK.split(name)
    parts = parts[not parts[0] : len(parts) - (not parts[-1])]
    return parts if len(parts) > 1 and all(map(_LETTER.search, parts)) else [name]


def joined(names: Iterable[str], declared: Set[str]) -> Joined:
    """Those of the names that seem to be several names: all names together say what a mark means.

    A name is several where more than half of its parts stand alone as names. It is doubted where a single
    part does, where it consists of other names, whatever stands between them, or where the names are joined
    alike: every name by one mark, or three parts and more, or one part at the end of a name and at the start
    of another. ``declared`` are the keys of names that are names whatever they hold.
    """
    written = {key(name): name for name in names}
    known = written.keys() | declared
    open_names = {one: name for one, name in written.items() if one not in declared}
    parted = {
        one: parts
        for one, name in open_names.items()
        if len(parts := parts_of(name)) > 1
    }
    several, doubted = set(), {}
    for one, parts in parted.items():
        alone = sum(key(part) in known for part in parts)
        if 2 * alone > len(parts):
            several.add(one)
        elif alone and all(map(_is_word, parts)):
            doubted[one] = tuple(parts)
    for one in open_names:
        if one not in several and one not in doubted and (made := _made_of(one, known)):
            doubted[one] = made
    for one, parts in _alike(open_names, parted, len(written), known):
        if one not in several:
            doubted.setdefault(one, tuple(parts))
    return Joined(frozenset(several), doubted)


def _is_word(part: str) -> bool:
    return len(part) > 1 or _HAN.search(part) is not None


def _is_name(part: str) -> bool:
    """Whether a part may be a name by itself: on and and in meals-on-wheels are not, nor is the e of
    e-mail.
    """
    return key(part) not in _SMALL and len(part) >= (2 if _HAN.search(part) else 3)


def _made_of(name: str, known: Set[str]) -> tuple[str, ...] | None:
    """The names that a name consists of, in order; None where it does not, or of one alone."""
    between = [found.span() for found in _BETWEEN.finditer(name)]
    if not 0 < len(between) <= MOST_BETWEEN:
        return None
    starts, ends = (
        [0, *(end for _, end in between)],
        [*(start for start, _ in between), len(name)],
    )
    made: list[tuple[str, ...] | None] = [
        (),
        *(None for _ in ends),
    ]  # of the name before each start
    for first, start in enumerate(starts):
        before = made[first]
        if before is None:
            continue
        for last in range(first, len(ends)):
            piece = name[start : ends[last]]
            if made[last + 1] is None and piece != name:
                made[last + 1] = (
                    before
                    if not piece or piece in _AND
                    else (*before, piece)
                    if piece in known
                    else None
                )
    found = made[-1]
    return found if found and len(set(found)) > 1 else None


def _alike(
    names: Mapping[str, str],
    parted: Mapping[str, list[str]],
    count: int,
    known: Set[str],
) -> Iterator[tuple[str, list[str]]]:
    """The names that are joined like others, with their parts; ``count`` is that of all names, those included
    that are declared.
    """
    by_mark: dict[str, dict[str, list[str]]] = {}
    for one, name in names.items():
        parts = parted.get(one) or _PLUS.split(name)
        if len(parts) > 1 and all(map(_is_name, parts)):
            if len(parts) > 2:
                yield one, parts
            mark = _MARK.search(name, len(parts[0]))
            by_mark.setdefault(mark.group().strip()[:1] if mark else "", {})[one] = (
                parts
            )
    for held in by_mark.values():
        plain = count - len(held)
        if len(held) > 1 and 4 * plain <= len(held):
            yield from held.items()
        yield from _chained(held, known, 1)
    # Blanks stand in so many names that all parts must be met.
    yield from _chained(
        {
            one: parts
            for one, name in names.items()
            if one not in parted and len(parts := name.split()) > 1
        },
        known,
        None,
    )


def _chained(
    held: Mapping[str, list[str]], known: Set[str], least: int | None
) -> Iterator[tuple[str, list[str]]]:
    """The names of which so many parts (None: all) stand alone, or at another place, first, last or between,
    of another of the names.
    """
    places: dict[str, set[str]] = {}
    for parts in held.values():
        for at, part in enumerate(parts):
            places.setdefault(key(part), set()).add(_place(at, parts))
    for one, parts in held.items():
        met = sum(key(part) in known or len(places[key(part)]) > 1 for part in parts)
        if met >= (len(parts) if least is None else least):
            yield one, parts


def _place(at: int, parts: list[str]) -> str:
    return "first" if at == 0 else "last" if at == len(parts) - 1 else "between"
