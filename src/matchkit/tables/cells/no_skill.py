"""What stands in columns of skills and is none: that none is needed, and sex, age, membership, character or a
preference.
"""

from __future__ import annotations

import re
from typing import Final

from matchkit.tables.vocabulary.words import pattern

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
