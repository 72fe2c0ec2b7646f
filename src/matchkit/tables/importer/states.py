"""Columns of states and remarks, which mean nothing to a matching, where they say that a row is no longer
meant.
"""

from __future__ import annotations

import re
from typing import Final

from matchkit.messages.message import Message
from matchkit.tables.columns.header import header_key
from matchkit.tables.findings import Notices
from matchkit.tables.importer.headers import Sheet
from matchkit.tables.location import quoted, where
from matchkit.tables.vocabulary.words import pattern, words

STATES: Final = frozenset(map(header_key, words("states", "states")))
REMARKS: Final = frozenset(map(header_key, words("states", "remarks")))

SHORT, SHORT_ENGLISH = 8, 24
"""A remark of so many characters says little else than the state."""

_GONE = pattern("<<states.gone>>", re.IGNORECASE)


def tell_withdrawn(sheet: Sheet, notices: Notices) -> None:
    """Tells of rows that were read although a state, or a short remark, says that they are cancelled, over or
    withdrawn.

    Not where a mapping says that the column means nothing.
    """
    used = {place for places in sheet.places.values() for place in places}
    for place, header in enumerate(sheet.grid.rows[sheet.header]):
        key = header_key(header) if isinstance(header, str) and place not in used else ""
        if (
            (key not in STATES and key not in REMARKS)
            or key in sheet.mapping.ignored
            or sheet.mapping.ignore_rest
        ):
            continue
        said: dict[str, list[int]] = {}
        for number in sheet.rows:
            cell = sheet.grid.rows[number][place]
            if type(cell) is str and cell:
                said.setdefault(cell, []).append(number)
        for cell, rows in said.items():
            short = len(cell) <= (SHORT_ENGLISH if cell.isascii() else SHORT)
            if (key in STATES or short) and _GONE.search(cell[:200]):
                spot = where(sheet.grid, rows[0], place, header)
                # A remark may name somebody.
                read = quoted(cell) if key in STATES else None
                notices.found(
                    "guess", spot, Message.of("tables.withdrawn"), read, len(rows) - 1
                )
