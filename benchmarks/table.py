"""Markdown tables from figures: a spread is shown as its median, with least and greatest behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table: the first column left, the others right."""
    lines = [_line(head), _line(["---", *["---:"] * (len(head) - 1)])]
    lines += [_line([cell(entry) for entry in row]) for row in rows]
    return "\n".join(lines)


def cell(entry: Any) -> str:
    """A text as it is, a number to three digits, a spread as ``median (least to greatest)``, and – for what
    is missing.
    """
    if entry is None:
        return "–"
    if isinstance(entry, Mapping):
        middle, least, most = (short(entry[name]) for name in ("median", "min", "max"))
        return (
            middle
            if entry["runs"] == 1 or least == most
            else f"{middle} ({least} to {most})"
        )
    return entry if isinstance(entry, str) else short(entry)


def short(number: float) -> str:
    """Three significant digits, without an exponent; whole numbers from 100 on."""
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return (
        f"{float(f'{number:.3g}'):g}"
        if abs(number) >= 0.0001 or number == 0
        else f"{number:.6f}"
    )


def whole(number: int) -> str:
    """Every digit of a whole number."""
    return f"{number:,}"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
