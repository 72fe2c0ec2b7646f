"""Texts that a spreadsheet program would take for a formula when it opens a text file: made harmless, and
restored.

A text that begins with such a mark, after any number of apostrophes, gets one apostrophe more; reading takes
one away. So every text comes back as it was. The same within a text after what separates cells or lines:
where the list separator of a system is a semicolon, a cell ``a;=1+1`` of a file with commas falls into two,
and quotes within a line protect neither a comma nor a new line.
"""

from __future__ import annotations

import re
import unicodedata

DANGEROUS = frozenset("=+-@\t\r\n\0")
"""What begins a formula, or is skipped before one; full-width and other forms of these count as well."""

FORMULAS = "=+\\-@\u207a\u207c\u208a\u208c\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20\u2a75\u2a76"
"""What begins a formula, in all its forms, as a class of characters."""
WITHIN = re.compile(rf'([;,\t\r\n]"*)(\'*)(?=[{FORMULAS}])')


def neutralised(text: str) -> str:
    """The text as it is written into a text file."""
    text = WITHIN.sub(r"\1'\2", text)
    return f"'{text}" if _begins_a_formula(text) else text


def restored(text: str) -> str:
    """The text that was neutralised to this one; any other as it is."""
    if text[:1] == "'" and _begins_a_formula(text):
        text = text[1:]
    return WITHIN.sub(lambda found: found[1] + found[2][1:], text)


def _begins_a_formula(text: str) -> bool:
    first = text.lstrip("'")[:1]
    if (
        not first or first.isalnum()
    ):  # no form of a letter or digit normalises to one of these: saves the look-up
        return False
    return unicodedata.normalize("NFKC", first)[:1] in DANGEROUS
