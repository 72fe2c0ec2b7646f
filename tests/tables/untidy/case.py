"""An untidy spreadsheet as somebody in an office would keep it, and what reading it must come to."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from matchkit.messages.message import Message

Rows = Sequence[Sequence[Any]]

CASES: list[Case] = []


@dataclass(frozen=True)
class Right:
    """It is read: what ``of`` takes out of the problem is ``value``, and these are all findings to confirm."""

    of: Callable[[Any], Any]
    value: Any
    confirm: Sequence[tuple[str, Message]] = ()
    """The place of each finding and a message in it, with the values that matter."""
    told: Sequence[tuple[str, Message]] = ()
    """The same of findings that need no confirmation, among those there are."""


@dataclass(frozen=True)
class Wrong:
    """It is refused: these are all complaints, each by its place and a message in it, or a text where
    messages are put together.
    """

    complaints: Sequence[tuple[str, Message | str]]


@dataclass(frozen=True)
class Case:
    """``write`` puts the file (or the folder) and returns its path."""

    name: str
    write: Callable[[Path], Path]
    expected: Right | Wrong
    options: dict[str, Any] = field(default_factory=dict)


def case(
    name: str, write: Callable[[Path], Path], expected: Right | Wrong, **options: Any
) -> None:
    """Adds a case."""
    CASES.append(Case(name, write, expected, options))


SPRING = {"tz": "Asia/Shanghai", "first": date(2026, 3, 1), "last": date(2026, 6, 30)}
"""What the settings of most lists would say."""


def book(
    sheets: dict[str, Rows],
    merge: Sequence[tuple[str, str, Any]] = (),
    hidden: Sequence[tuple[str, int]] = (),
    dates: str = "yyyy-mm-dd",
    name: str = "list.xlsx",
) -> Callable[[Path], Path]:
    """A workbook: sheets of rows, merged areas ("A1:B2" of a sheet, with what stands there), hidden rows."""

    def write(folder: Path) -> Path:
        path = folder / name
        with xlsxwriter.Workbook(
            path,
            {
                "default_date_format": dates,
                "strings_to_formulas": False,
                "strings_to_urls": False,
            },
        ) as made:
            for title, rows in sheets.items():
                sheet = made.add_worksheet(title)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
                for which, area, value in merge:
                    if which == title:
                        sheet.merge_range(area, value)
                for which, number in hidden:
                    if which == title:
                        sheet.set_row(number, None, None, {"hidden": True})
        return path

    return write


def text(
    rows: Rows, name: str, encoding: str = "utf-8", delimiter: str = ","
) -> Callable[[Path], Path]:
    """A text file of cells."""

    def write(folder: Path) -> Path:
        made = io.StringIO()
        csv.writer(made, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
        path = folder / name
        path.write_bytes(made.getvalue().encode(encoding))
        return path

    return write


def several(*files: Callable[[Path], Path]) -> Callable[[Path], Path]:
    """A folder of files."""

    def write(folder: Path) -> Path:
        inner = folder / "lists"
        inner.mkdir()
        for file in files:
            file(inner)
        return inner

    return write


def ids(problem: Any) -> list[str]:
    """The ids of all resources."""
    return [resource.id for resource in problem.resources]


def skills(problem: Any) -> list[list[tuple[str, int]]]:
    """Skills and levels of all resources."""
    return [
        [(held.skill, held.level) for held in resource.skills]
        for resource in problem.resources
    ]


def heads(problem: Any) -> list[tuple[int, int]]:
    """The least and the number wanted of every demand's only role."""
    return [
        (demand.requirements[0].minimum, demand.requirements[0].wanted)
        for demand in problem.demands
    ]


def weekly(problem: Any) -> list[Any]:
    """Days, start and end of the weekly hours of all resources."""
    return [
        (hours.days, hours.start, hours.end)
        for resource in problem.resources
        for hours in resource.available
    ]


def windows(problem: Any) -> list[tuple[str, str]]:
    """Starts and ends of all demands in UTC, as ISO 8601 text."""
    return [
        (f"{one.start:%Y-%m-%dT%H:%M}", f"{one.end:%Y-%m-%dT%H:%M}")
        for demand in problem.demands
        for one in demand.windows
    ]
