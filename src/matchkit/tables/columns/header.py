"""What two headers are compared by."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from matchkit.tables.vocabulary.words import pattern

LONGEST = 200
"""Most characters of a header that is known, and of a text that may be one."""

_NUMBERED = re.compile(r"(.*\D)([0-9]{1,4})")


@lru_cache(4096)
def header_key(text: str) -> str:
    """A header without letter case, blanks, punctuation and forms of the same letter: "数量 / 容量" is
    "数量容量".

    Of marks alone, and of what is too long for a known header, it is the text itself: a mapping may name it.
    """
    if len(text) > LONGEST:
        return " ".join(text.casefold().split())
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(letter for letter in composed if unicodedata.category(letter)[0] in "LNM")
    return kept or composed.strip()


def is_of_marks(key: str) -> bool:
    """Whether the key of a header holds no letter and no digit."""
    return not any(map(str.isalnum, key))


_NOT_FREE = pattern("<<headings.not_free>>")
_FREE = pattern("<<headings.free>>")


def is_not_free(text: str) -> bool:
    """Whether a header is that of times when somebody is not free: 不可服务时间, unavailable, busy,
    请假时间.
    """
    key = header_key(text)
    return _NOT_FREE.search(key) is not None and _FREE.search(key) is None


def numbered(key: str) -> tuple[str, int]:
    """The key of a numbered header without its number, and the number; 1 where it has none: "skills (3)" is
    ("skills", 3).
    """
    found = _NUMBERED.fullmatch(key)
    return (found[1], int(found[2])) if found and int(found[2]) > 0 else (key, 1)
