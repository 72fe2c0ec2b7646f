"""Degrees and places: 36.06, 36°03′36″N, "36.06, 103.83", a dict that a program wrote into a cell."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any, Final

from matchkit.model.unit import Place
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.numbers import decimal
from matchkit.tables.cells.plain import Plain, folded
from matchkit.tables.cells.reading import Doubts, refuse
from matchkit.tables.vocabulary.words import pattern, words

LONGEST_DICT: Final = 2_000
"""Most characters of a dict in a cell."""
DEEPEST: Final = 8
"""Most brackets of it that may be open at a time."""
# Brackets, texts, numbers and truth values: of sums, and of texts and numbers that Python is about to forbid,
# it would warn the host.
_LITERALS = re.compile(
    r"(?:[\s{}\[\](),:]|'(?:[^'\\\n]|\\(?:[\\'\"nrtbf]|u[0-9a-fA-F]{4}))*+'|\"(?:[^\"\\\n]|"
    r"\\(?:[\\'\"nrtbf]|u[0-9a-fA-F]{4}))*+\""
    r"|[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,3})?(?![\w.])|(?:True|False|"
    r"None)(?!\w))*+",
    re.ASCII,
)

_ANGLE = pattern(
    r"(?P<before>[NSEW]|<<degrees.north>>|<<degrees.south>>|<<degrees.east>>|<<degrees.west>>)?"
    r" ?(?P<degrees>\d{1,3}(?:\.\d{1,15})?) ?[°<<degrees.degree>>d]"
    r" ?(?:(?P<minutes>\d{1,2}(?:\.\d{1,15})?) ?(?:['′’<<degrees.minute>>])"
    r" ?(?:(?P<seconds>\d{1,2}(?:\.\d{1,15})?) ?(?:[\"″”<<degrees.second>>]|''|′′))?)? ?(?P<after>[NSEW])?",
    re.ASCII | re.IGNORECASE,
)
_SIDES: Final = {
    side: meaning
    for name, meaning in {
        "north": (1, "lat"),
        "south": (-1, "lat"),
        "east": (1, "lon"),
        "west": (-1, "lon"),
    }.items()
    for side in (name[0].upper(), *words("degrees", name))
}
_BOUNDS: Final = {"lat": 90.0, "lon": 180.0, "": 180.0}
_BETWEEN = pattern(r"[,;、]| +(?=[-\dNSEW<<degrees.east_west>>])")
_LONGITUDE = pattern("[EW<<degrees.east_west>>]")


def _bounded(value: float, axis: str) -> float:
    if not -_BOUNDS[axis] <= value <= _BOUNDS[axis]:
        refuse("cell.degrees.bounds", most=int(_BOUNDS[axis]))
    return value


def _degrees(text: str, axis: str, doubts: Doubts) -> float:
    found = _ANGLE.fullmatch(text)
    if not found:
        return _bounded(decimal(text), axis)
    sides = [side.upper() for side in (found["before"], found["after"]) if side]
    minutes, seconds = float(found["minutes"] or 0), float(found["seconds"] or 0)
    if (
        len(sides) > 1
        or minutes >= 60
        or seconds >= 60
        or (sides and axis and _SIDES[sides[0]][1] != axis)
    ):
        refuse("cell.degrees.not")
    doubts.add("cell.guess.degrees")
    sign = _SIDES[sides[0]][0] if sides else 1
    return _bounded(
        sign * round(float(found["degrees"]) + minutes / 60 + seconds / 3600, 7), axis
    )


def reader(axis: str) -> Callable[[Plain, Context, Doubts], float]:
    """The reader of degrees on an axis: "lat", "lon" or "" for either."""

    def read(cell: Plain, context: Context, doubts: Doubts) -> float:  # noqa: ARG001 - all readers take the same
        if isinstance(cell, str):
            # The normal form of a double prime is two single ones.
            return _degrees(
                folded(cell.replace("″", '"').replace("′", "'")), axis, doubts
            )
        if isinstance(cell, bool) or not isinstance(cell, int | float):
            refuse("cell.number.not")
        return _bounded(float(cell), axis)

    return read


_LAT = frozenset({"y", *words("degrees", "latitude")})
_LON = frozenset({"x", *words("degrees", "longitude")})


def _of_dict(text: str, doubts: Doubts) -> Place:
    deepest = open_ = 0
    for character in text:
        open_ += (character in "{[(") - (character in "}])")
        deepest = max(deepest, open_)
    if len(text) > LONGEST_DICT or deepest > DEEPEST or not _LITERALS.fullmatch(text):
        refuse("cell.place.dict")
    try:
        found = ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        refuse("cell.place.dict")
    if not isinstance(found, dict):
        refuse("cell.place.dict")
    sides: list[float] = []
    for names, axis in ((_LAT, "lat"), (_LON, "lon")):
        values = [
            value
            for name, value in found.items()
            if isinstance(name, str) and name.casefold() in names
        ]
        if len(values) != 1:
            refuse("cell.place.dict")
        sides.append(_number(values[0], axis, doubts))
    doubts.add("cell.guess.dict")
    return Place(lat=sides[0], lon=sides[1])


def _number(value: Any, axis: str, doubts: Doubts) -> float:
    if isinstance(value, str):
        return _degrees(folded(value), axis, doubts)
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not abs(value) <= 1_000
    ):
        refuse("cell.place.dict")
    return _bounded(float(value), axis)


def read_place(cell: Plain, context: Context, doubts: Doubts) -> Place:  # noqa: ARG001 - all readers take the same
    """A place from latitude and longitude, in this order, or from a dict that names both."""
    if not isinstance(cell, str):
        refuse("cell.place.not")
    if cell.startswith("{"):
        return _of_dict(cell, doubts)
    if len(cell) > 200:
        refuse("cell.place.not")
    text = folded(cell.replace("″", '"').replace("′", "'"))
    if text.upper().startswith("POINT"):
        refuse("cell.place.not")
    parts = [
        part.strip() for part in _BETWEEN.split(text.strip("()[]")) if part.strip()
    ]
    if len(parts) != 2:
        refuse("cell.place.not")
    lat, lon = (_degrees(part, "", doubts) for part in parts)
    if abs(lat) > _BOUNDS["lat"] or any(
        part[-1:].upper() in "EW" or _LONGITUDE.match(part) for part in parts[:1]
    ):
        refuse("cell.place.order")
    return Place(lat=lat, lon=lon)


def write_place(place: Place) -> str:
    """Latitude and longitude in degrees."""
    return f"{place.lat!r}, {place.lon!r}"
