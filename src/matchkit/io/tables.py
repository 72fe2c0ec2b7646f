"""Tables made by hand: pairs of resource and requirement, from a .csv or .json file."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from matchkit.errors import BudgetError, Complaint, InputError
from matchkit.io.reading import read_bytes, shown
from matchkit.model.json_text import decoded, parsed
from matchkit.plan import Plan

COLUMNS = ("resource", "requirement", "quantity", "start")
MOST_ROWS = 1_000_000
LARGEST = 64 * 1024 * 1024
"""Most bytes of a table."""
LONGEST_CELL = 1_000
LISTED = 1_000
"""So many faults of one file are worded; the rest is counted."""


def read_table(path: str | os.PathLike[str]) -> list[Any] | Plan:
    """The rows of a table, or the plan that a .json file holds.

    A .csv file has a header with the columns resource and requirement, and where wanted quantity and start; its cells are separated by
    commas, and an empty quantity or start is none. A .json file is a list of records with these fields, a list of pairs, or a plan.
    UTF-8, with or without a byte order mark, at most 64 MB. What a row says is not checked here: ``audit`` does that.

    Raises InputError, with line and column, for what is no such file; BudgetError for one that is too large, StorageError for one that
    cannot be read.
    """
    name = Path(path)
    content = read_bytes(path, ".csv" if name.suffix.lower() == ".csv" else ".json")
    if name.suffix.lower() != ".csv":
        return _from_json(content, shown(name))
    if len(content) > LARGEST:
        raise BudgetError(f"{shown(name)} holds {len(content):,} bytes; a table has at most {LARGEST:,}. Split it.")
    return list(_rows(_text(content, shown(name)), shown(name)))


def _from_json(content: bytes, name: str) -> list[Any] | Plan:
    data = parsed(decoded(content))
    if isinstance(data, dict) and "assignments" in data:
        return Plan.from_json(content)
    if len(content) > LARGEST:
        raise BudgetError(f"{name} holds {len(content):,} bytes; a table has at most {LARGEST:,}. Split it.")
    if not isinstance(data, list):
        raise InputError([Complaint(name, "holds no list of records and no plan", "Give a list of records with resource and requirement")])
    return data


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        fact = f"is not UTF-8 at line {line:,}, byte {column:,} of it"
        raise InputError([Complaint(name, fact, "Save the table as CSV in UTF-8")]) from None


def _rows(text: str, name: str) -> Iterator[dict[str, Any]]:
    # newline="": the csv module reads line ends within quotes itself.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    faults: list[Complaint] = []
    more = count = 0
    places: list[str] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not places:
                places = _header(cells, f"{name} line {reader.line_num:,}")
                continue
            count += 1
            if count > MOST_ROWS:
                raise BudgetError(f"{name} has more than {MOST_ROWS:,} rows. Split it.")
            found = _faults(cells, places, f"{name} line {reader.line_num:,}")
            more += max(0, len(found) - (LISTED - len(faults)))
            faults += found[: LISTED - len(faults)]
            if not faults:
                yield {column: _cell(column, cell) for column, cell in zip(places, cells, strict=False) if cell.strip()}
    except csv.Error as error:
        fact = f"is no CSV ({error})" if str(error).isprintable() else "is no CSV"
        faults.append(Complaint(f"{name} line {reader.line_num:,}", fact, "Close every quote, and write a quote within quotes twice"))
    if not places and not faults:
        faults.append(Complaint(f"{name} line 1", "has no header", f"Begin with {','.join(COLUMNS)}"))
    if faults:
        raise InputError(faults, more)


def _header(cells: list[str], where: str) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    while names and not names[-1]:
        names.pop()
    faults = []
    for place, name in enumerate(names, 1):
        if name not in COLUMNS:
            near = get_close_matches(name, COLUMNS, 1) if len(name) <= 40 else []
            advice = f"Maybe {near[0]} is meant" if near else f"Keep only {', '.join(COLUMNS)}"
            faults.append(Complaint(f"{where}, column {place}", "has a name that is not known", advice))
        elif name in names[: place - 1]:
            faults.append(Complaint(f"{where}, column {place}", f"is {name} a second time", "Keep one of the two"))
    faults += [Complaint(where, f"has no column {name}", f"Begin with {','.join(COLUMNS)}") for name in COLUMNS[:2] if name not in names]
    if faults:
        raise InputError(faults)
    return names


def _faults(cells: list[str], places: list[str], where: str) -> list[Complaint]:
    if any(cell.strip() for cell in cells[len(places) :]):
        fact = f"has {len(cells)} cells, the header has {len(places)}"
        return [Complaint(f"{where}, column {len(places) + 1}", fact, "Quote a cell that holds a comma")]
    long = (place for place, cell in enumerate(cells, 1) if len(cell) > LONGEST_CELL)
    return [Complaint(f"{where}, column {place}", "is too long", f"Give at most {LONGEST_CELL:,} characters") for place in long]


def _cell(column: str, cell: str) -> str | int:
    """A quantity in digits as a number; anything else stays as it is written, and the audit says what is wrong with it."""
    written = cell.strip()
    digits = written.removeprefix("-")
    return int(written) if column == "quantity" and digits.isdecimal() and digits.isascii() and len(digits) <= 30 else written
