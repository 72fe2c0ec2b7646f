"""Characters that stand for one another: traditional forms and their simplified ones, and letters of Cyrillic
and Greek that look Latin.

For warnings only (as Unicode Technical Standard 39 means its skeletons): names are never made one by them.
"""

from __future__ import annotations

from typing import Final

from matchkit.tables.vocabulary.words import words

_LOOKS_LATIN = "аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕsԁdһhԛqԝwɡgαaβbεeηnιiκkνvοoρpτtυuχxγy"


def _table() -> dict[int, str]:
    pairs = (*words("letters", "variants"), *_LOOKS_LATIN)
    return {ord(pairs[at]): pairs[at + 1] for at in range(0, len(pairs), 2)}


LOOKS_LIKE: Final = _table()
"""By its code point, what a character is taken for where names are compared by sight."""
