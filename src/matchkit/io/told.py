"""A complaint in English and Chinese, from a place, a fact and an advice that each can say themselves in
both.
"""

from __future__ import annotations

from collections.abc import Callable

from matchkit.errors import Complaint
from matchkit.messages.catalogue import Lang
from matchkit.messages.message import text_of

Said = str | Callable[[Lang], str]
"""What says itself in a language (``note(...).text``, ``partial(say, key)``), or a text that is the same in
both, such as a name.
"""


def complaint(where: Said, fact: Said, advice: Said) -> Complaint:
    """Where it is, what is wrong there and what to do, in both languages."""
    chinese = text_of(
        "tables.fault.line", "zh", where=_in(where, "zh"), fact=_in(fact, "zh"), advice=_in(advice, "zh")
    )
    return Complaint(_in(where, "en"), _in(fact, "en"), _in(advice, "en"), chinese)


def _in(said: Said, lang: Lang) -> str:
    return said if isinstance(said, str) else said(lang)
