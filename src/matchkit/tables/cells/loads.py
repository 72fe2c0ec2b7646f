"""Loads by dimension ("kg:20; seats:4", 20kg) and preferences ("tutoring:20; @C3:5; tutoring@C3:-10")."""

from __future__ import annotations

import re
from typing import Final

from matchkit.model.resource import Load, Preference
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.lists import AsItem, Items, plain_name, without_bullet
from matchkit.tables.cells.numbers import read_whole
from matchkit.tables.cells.plain import Plain
from matchkit.tables.cells.reading import Doubts, refuse
from matchkit.tables.cells.text import written_out
from matchkit.tables.showing import quote
from matchkit.tables.vocabulary.words import pattern

MOST: Final = 1_000_000_000
MOST_POINTS: Final = 100
_CANONICAL = re.compile(r"(?P<name>[^:]*):(?P<amount>-?\d{1,12})", re.ASCII | re.DOTALL)
_UNIT_LAST = pattern(
    r"(?P<amount>\d{1,12}) ?(?P<name><<numbers.units>>)", re.ASCII | re.IGNORECASE
)
_AMOUNT_LAST = pattern(
    r"(?P<name>.*[^\d:,.\-+ ])(?: ?[: ] ?|(?<=[<<letters.unspaced>>]))(?P<amount>\d[\d,]{0,14})",
    re.ASCII,
)


def _split(item: str, doubts: Doubts, context: Context) -> tuple[str, int]:
    """The part before the last colon and the number after it."""
    item = item if "\0" in item else without_bullet(item, doubts)
    found = _CANONICAL.fullmatch(item)
    if (
        not found
        and "\0" not in item
        and (found := _UNIT_LAST.fullmatch(item) or _AMOUNT_LAST.fullmatch(item))
    ):
        doubts.add(
            "cell.guess.amount", name=quote(found["name"]), amount=quote(found["amount"])
        )
    if not found or ":" in found["name"]:  # kg:20 seats:4
        refuse("cell.pair.not")
    return found["name"], read_whole(found["amount"], context, doubts)


def read_loads(cell: Plain, context: Context, doubts: Doubts) -> tuple[Load, ...]:
    """How much of each dimension."""
    items = Items(written_out(cell, doubts), doubts)
    if items.comma_in_number:
        refuse("cell.pair.comma")

    def one(item: str) -> Load:
        part, amount = _split(item, doubts, context)
        name, is_quoted = items.name(part) if part.strip() else refuse("cell.pair.not")
        if not 0 <= amount <= MOST:
            refuse("cell.pair.bounds", least=0, most=MOST)
        return Load(dimension=name if is_quoted else plain_name(name, doubts), amount=amount)

    return items.each(one)


def read_preferences(cell: Plain, context: Context, doubts: Doubts) -> tuple[Preference, ...]:  # noqa: ARG001 - all readers take the same
    """Points for categories and communities."""
    items = Items(written_out(cell, doubts), doubts)

    def one(item: str) -> Preference:
        found = _CANONICAL.fullmatch(item) or refuse("cell.pair.not")
        points = int(found["amount"])
        if abs(points) > MOST_POINTS:
            refuse("cell.pair.bounds", least=-MOST_POINTS, most=MOST_POINTS)
        category, mark, community = found["name"].partition("@")
        if (mark and not community.strip()) or not (category.strip() or community.strip()):
            refuse("cell.pair.not")
        name, is_quoted = items.name(category) if category.strip() else (None, True)
        return Preference(
            category=name if name is None or is_quoted else plain_name(name, doubts),
            community=items.name(community)[0] if community.strip() else None,
            points=points,
        )

    return items.each(one)


def write_loads(loads: tuple[Load, ...], as_item: AsItem) -> str | None:
    """``dimension:amount`` parted by semicolons."""
    return (
        "; ".join(
            f"{as_item(load.dimension, f':{load.amount}')}:{load.amount}" for load in loads
        )
        or None
    )


def write_preferences(preferences: tuple[Preference, ...], as_item: AsItem) -> str | None:
    """``category@community:points`` parted by semicolons."""
    told = []
    for one in preferences:
        tail = f":{one.points}"
        category = "" if one.category is None else as_item(one.category, tail)
        community = "" if one.community is None else f"@{as_item(one.community, tail, '@')}"
        told.append(category + community + tail)
    return "; ".join(told) or None
