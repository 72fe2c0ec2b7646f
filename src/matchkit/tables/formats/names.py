"""Names of sheets and files that every program and system takes, each a different one."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST_SHEET = 31
LONGEST_FILE = 60
"""Most characters of a file's name before its suffix: 240 bytes in UTF-8 at most."""
NOT_IN_SHEETS = re.compile(
    r"[\[\]:*?/\\\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)
NOT_IN_FILES = re.compile(r"[^\w\- ()（）]")
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)


def sheet_names(names: Iterable[str]) -> list[str]:
    r"""Each name as a workbook takes it: at most 31 UTF-16 units, none of ``[]:*?/\``, no apostrophe at an
    end, no two alike.
    """
    return _different((_sheet_name(name) for name in names), LONGEST_SHEET)


def file_names(names: Iterable[str]) -> list[str]:
    """Each name as a file of any system, without its suffix: letters of any script, digits, blank, ``-_()``,
    no two alike.
    """
    return _different((_file_name(name) for name in names), LONGEST_FILE)


def _sheet_name(name: str) -> str:
    kept = NOT_IN_SHEETS.sub("_", name).strip().strip("'")
    # A spreadsheet program keeps that name to itself.
    return "_history" if kept.casefold() == "history" else kept


def _file_name(name: str) -> str:
    kept = NOT_IN_FILES.sub("_", name).strip()
    return f"_{kept}" if RESERVED.fullmatch(kept) else kept


def _different(names: Iterable[str], longest: int) -> list[str]:
    made: list[str] = []
    taken: set[str] = set()
    for place, name in enumerate(names, 1):
        number, fitting = 1, _cut(name, longest) or f"Sheet{place}"
        while fitting.casefold() in taken:
            number += 1
            end = f" ({number})"
            fitting = _cut(name or f"Sheet{place}", longest - len(end)) + end
        taken.add(fitting.casefold())
        made.append(fitting)
    return made


def _cut(name: str, longest: int) -> str:
    """The name cut to so many UTF-16 units."""
    while len(name) * 2 > longest and len(name.encode("utf-16-le")) > 2 * longest:
        name = name[: max(longest, len(name) // 2) if len(name) > 2 * longest else -1]
    return name.strip().strip("'")
