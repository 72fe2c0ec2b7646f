"""JSON text to plain data, refusing what the parser would pass in silence: keys given twice, odd numbers,
depth.
"""

from __future__ import annotations

import codecs
import json
from typing import Any, NoReturn

from matchkit.errors import BudgetError, Complaint, InputError
from matchkit.messages.message import Message, text_of
from matchkit.model.fault import of_another_type

LARGEST = 1_000_000_000
"""Most characters (or bytes) of a text."""

MOST_OPENED = 10_000_000
"""Most records and lists in a text, by its opening brackets. An empty one is two characters and hundreds of
bytes of memory.
"""


_SYNTAX = (
    "json.syntax.value",
    "json.syntax.name",
    "json.syntax.colon",
    "json.syntax.comma",
    "json.syntax.comma_in_list",
    "json.syntax.comma_in_record",
    "json.syntax.more",
    "json.syntax.open",
    "json.syntax.control",
    "json.syntax.escape",
    "json.syntax.unicode",
    "json.syntax.mark",
)
"""What Python's parser says, in English to the letter."""


def _fault(fact: Message, advice: str) -> NoReturn:
    raise InputError([Complaint(Message("json.text"), fact, Message(advice))])


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        usual = twice.isidentifier() and twice.isascii() and len(twice) <= 40
        shown = (
            Message.of("json.twice.key", name=twice)
            if usual
            else Message("json.twice.unusual")
        )
        record = found.get("id")
        known = isinstance(record, str) and len(record) <= 80 and record.isprintable()
        place = Message.of("json.twice.in", id=record) if known else ""
        _fault(Message.of("json.twice", name=shown, place=place), "json.twice.do")
    return found


def _no_constant(name: str) -> NoReturn:
    _fault(Message.of("json.constant", name=name), "record.finite.do")


def _whole(digits: str) -> int:
    if len(digits) > 20:
        _fault(Message.of("json.digits", count=len(digits)), "json.digits.do")
    return int(digits)


def decoded(text: str | bytes) -> str:
    """The text without a byte order mark. Raises InputError for what is no text or not UTF-8, BudgetError
    where too large.
    """
    if not isinstance(text, str | bytes):
        raise InputError(
            of_another_type(Message("json.text"), text, str, Message("json.text.do"))
        )
    if len(text) > LARGEST:
        raise BudgetError(Message.of("json.long", count=len(text), most=LARGEST))
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        _fault(Message.of("json.utf8", place=error.start), "mapping.save_utf8")


def parsed(text: str) -> Any:
    """The data of a JSON text. Raises InputError for bad JSON, BudgetError for too many records and lists
    (brackets in names count).
    """
    opened = text.count("{") + text.count("[")
    if opened > MOST_OPENED:
        raise BudgetError(Message.of("json.opened", count=opened, most=MOST_OPENED))
    try:
        return json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_constant, parse_int=_whole
        )
    except InputError:
        raise
    except RecursionError:
        _fault(Message("record.deep_text"), "record.deep_text.do")
    except json.JSONDecodeError as error:
        reason = next(
            (Message(key) for key in _SYNTAX if text_of(key) == error.msg), error.msg
        )
        fact = Message.of(
            "json.syntax", line=error.lineno, column=error.colno, reason=reason
        )
        _fault(fact, "record.json.do")
