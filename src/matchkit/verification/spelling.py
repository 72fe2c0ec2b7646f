"""When two names are the same: the checker's own reading of docs/architecture.md."""

from __future__ import annotations

import unicodedata


def key(name: str) -> str:
    """What names compare by: NFKC, case folded, NFKC again (folding can leave a form that composes),
    trimmed.
    """
    if name.isascii():
        return name.casefold().strip()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()
