"""Texts that a spreadsheet program would take for a formula when it opens a text file: made harmless, and restored.

A text that begins with such a character, after any number of apostrophes, gets one apostrophe more; reading takes one away. So every
text comes back as it was.
"""

from __future__ import annotations

import unicodedata

DANGEROUS = frozenset("=+-@\t\r\n\0")
"""What begins a formula, or is skipped before one; full-width and other forms of these count as well."""


def neutralised(text: str) -> str:
    """The text as it is written into a text file."""
    return f"'{text}" if _begins_a_formula(text) else text


def restored(text: str) -> str:
    """The text that was neutralised to this one; any other as it is."""
    return text[1:] if text[:1] == "'" and _begins_a_formula(text) else text


def _begins_a_formula(text: str) -> bool:
    first = text.lstrip("'")[:1]
    if not first or first.isalnum():  # no form of a letter or digit normalises to one of these: saves the look-up
        return False
    return unicodedata.normalize("NFKC", first)[:1] in DANGEROUS
