"""JSON text to plain data, refusing what the parser would pass in silence: keys given twice, odd numbers,
depth.
"""

from __future__ import annotations

import codecs
import json
from typing import Any, NoReturn

from matchkit.errors import BudgetError, Complaint, InputError
from matchkit.model.given import of_another_type

LARGEST = 1_000_000_000
"""Most characters (or bytes) of a text."""

MOST_OPENED = 10_000_000
"""Most records and lists in a text, by its opening brackets. An empty one is two characters and hundreds of
bytes of memory.
"""


def _fault(fact: str, advice: str) -> NoReturn:
    raise InputError([Complaint("the JSON text", fact, advice)])


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        shown = (
            f"'{twice}'"
            if twice.isidentifier() and twice.isascii() and len(twice) <= 40
            else "with an unusual name"
        )
        record = found.get("id")
        where = (
            f" in the record with id {record}"
            if isinstance(record, str) and len(record) <= 80 and record.isprintable()
            else ""
        )
        _fault(f"gives the key {shown} twice{where}", "Keep one of the two")
    return found


def _no_constant(name: str) -> NoReturn:
    _fault(f"holds {name}, which is not a number in JSON", "Give a finite number")


def _whole(digits: str) -> int:
    if len(digits) > 20:
        _fault(f"holds a number of {len(digits)} digits", "Give numbers of at most 19 digits")
    return int(digits)


def decoded(text: str | bytes) -> str:
    """The text without a byte order mark. Raises InputError for what is no text or not UTF-8, BudgetError
    where too large.
    """
    if not isinstance(text, str | bytes):
        raise InputError(of_another_type("the JSON text", text, str, "Give the text itself, or its bytes"))
    if len(text) > LARGEST:
        raise BudgetError(
            f"The JSON text holds {len(text):,} characters; at most {LARGEST:,} are allowed. Split "
            "the problem."
        )
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        _fault(f"is not UTF-8 at byte {error.start}", "Save the file as UTF-8")


def parsed(text: str) -> Any:
    """The data of a JSON text. Raises InputError for bad JSON, BudgetError for too many records and lists
    (brackets in names count).
    """
    opened = text.count("{") + text.count("[")
    if opened > MOST_OPENED:
        raise BudgetError(
            f"The JSON text opens {opened:,} records and lists; at most {MOST_OPENED:,} are "
            "allowed. Split the problem."
        )
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant, parse_int=_whole)
    except InputError:
        raise
    except RecursionError:
        _fault("is nested too deeply", "Give at most a few levels of lists and records")
    except json.JSONDecodeError as error:
        _fault(
            f"is not valid JSON at line {error.lineno}, column {error.colno} ({error.msg})",
            "Mend the text there",
        )
