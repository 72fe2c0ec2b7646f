"""Faults that the records find themselves, told by file, sheet, row and column and in both languages."""

from __future__ import annotations

import re
from typing import Any, Final

from matchkit.errors import Complaint, InputError
from matchkit.io.lists.building import Built
from matchkit.io.lists.findings import Notices
from matchkit.io.lists.spots import Where
from matchkit.io.lists.table_rows import TableRows
from matchkit.model.text import key
from matchkit.words import say

_RECORD = re.compile(r"(?:objective\.)?(\w+)\[(\d+)\](?:\.(requirements|parts)\[(\d+)\])?(?:\.(\w+)(?:\[\d+\])?(?:\.(\w+))?)?.*", re.DOTALL)
_NODE = re.compile(r"(unit|community|skill) (.*)", re.DOTALL)
_LISTS = {"unit": "units", "community": "communities", "skill": "skills"}
_SAME_ID = re.compile(r"has the id of (.+)")

_FACTS: Final = (
    ("unlisted", r"names the (?P<what>unit|community|resource|demand|requirement) (?P<id>.+), which is not listed"),
    ("circle", r"is its own ancestor \((?P<circle>.+)\)"),
    ("deep", r"has more than (?P<most>[0-9,]+) \w+ above it"),
    ("below", r"(?:(?P<value>\S+) |the value |a number of .*)is below (?P<bound>\S+)"),
    ("above", r"(?:(?P<value>\S+) |the value |a number of .*)is above (?P<bound>\S+)"),
    ("long", r"is too long"),
    ("short", r"is empty or too short"),
    ("missing", r"is missing"),
    ("minimum", r"has a minimum above what is wanted"),
    ("minutes", r"gives minutes but no windows to lie in"),
    ("windows", r"has times that stand for up to (?P<most>[0-9,]+) windows"),
    ("least", r"has least above most"),
    ("scope", r"names a resource and a kind"),
    ("per", r"gives days without per .*"),
    ("soft", r"gives not exactly one of price, tier and no_worse"),
    ("spelling", r"has a name or alias that another skill record has too"),
    ("pair_twice", r"names a requirement twice"),
    ("one_each", r"has (?P<requirements>\d+) requirements and (?P<points>\d+) points"),
    ("no_tier", r"names a tier, but (?P<measure>\w+) has none"),
    ("field", r"has an unknown field '(?P<field>\w+)'"),
    ("word", r"is not one of the known words"),
    ("letters", r"is (?P<count>[0-9,]+) characters long.*"),
    ("invisible", r"holds the invisible or control character (?P<code>U\+[0-9A-F]+)"),
)
_PATTERNS: Final = tuple((name, re.compile(pattern, re.DOTALL)) for name, pattern in _FACTS)


def tell_record_faults(error: InputError, found: Built, notices: Notices) -> None:
    """Adds the complaints of the records, each at the row and column it came from, unless that cell has a fault already."""
    for complaint in error.complaints:
        rows, number, name = _origin(complaint.where, found)
        if rows is None or number is None:
            _tell(Where(), complaint, complaint.fact, complaint.fact, (1 << 30, 0, 0), notices)
            continue
        same = _SAME_ID.fullmatch(complaint.fact)
        name = "id" if same else name
        if rows.is_faulty(number, name or None, notices):
            continue
        spot = rows.where(number, name)
        english = chinese = ""
        if same:
            others, other, _ = _origin(same[1], found)
            if others is not None and other is not None:
                english, chinese = (say("tables.record.same_id", lang, other=others.where(other).text(lang)) for lang in ("en", "zh"))
        _tell(spot, complaint, english or complaint.fact, chinese, rows.order(number, name), notices)
    notices.more_complaints += error.more


def _tell(spot: Where, complaint: Complaint, fact: str, chinese: str, order: tuple[int, int, int], notices: Notices) -> None:
    said = chinese or _chinese(complaint.fact)
    near = re.fullmatch(r"Maybe (.+) is meant", complaint.advice)
    advice = say("tables.record.maybe", "zh", near=near[1]) if near else say("tables.record.mend", "zh")
    place = spot.text() if spot != Where() else complaint.where
    told = say("tables.fault.line", "zh", where=spot.text("zh") if spot != Where() else complaint.where, fact=said, advice=advice)
    notices.complaint(Complaint(place, fact, complaint.advice, told), order)


def _chinese(fact: str) -> str:
    for name, pattern in _PATTERNS:
        met = pattern.fullmatch(fact)
        if met:
            values: dict[str, Any] = {group: text or "" for group, text in met.groupdict().items()}
            if "what" in values:
                values["what"] = say(f"tables.record.{values['what']}", "zh")
            return say(f"tables.record.{name}", "zh", **values)
    return say("tables.record.other", "zh", fact=fact)


def _origin(path: str, found: Built) -> tuple[TableRows | None, int | None, str]:
    """The rows, the row and the column that a place in the data came from; None where no row stands behind it."""
    node = _NODE.fullmatch(path)
    if node:
        return _node(_LISTS[node[1]], node[2], found)
    met = _RECORD.fullmatch(path)
    if not met or met[1] not in (*found.rows, "aims"):
        return None, None, ""
    table, number, inner, place, name, deeper = met[1], int(met[2]), met[3], met[4], met[5] or "", met[6] or ""
    rows = found.rows[table]
    if table in ("aims", "scores"):
        numbers = found.groups[table][number]
        at = numbers[int(place)] if inner == "parts" else numbers[0]
        return rows, at, {"requirements": "requirement"}.get(name, name)
    if inner == "requirements" and place is not None:
        origins = found.roles.origins[number]
        rows, number = origins[int(place)] if int(place) < len(origins) else (rows, number)
    if number >= rows.count:
        return None, None, ""
    return rows, number, _column(rows, name, deeper)


def _column(rows: TableRows, name: str, deeper: str) -> str:
    if name == "place":
        name = deeper if deeper in rows.values else "place"
    if name == "soft":
        return f"soft_{deeper}" if deeper else "soft_price"
    return f"{name} start" if name not in rows.values and f"{name} start" in (rows.sheets[0].places if rows.sheets else {}) else name


def _node(table: str, named: str, found: Built) -> tuple[TableRows | None, int | None, str]:
    rows = found.rows[table]
    if table == "skills":
        numbers = [at for at, name in enumerate(rows.column("name")) if name is not None and key(name) == named]
        return (rows, numbers[0], "parents") if numbers else (None, None, "")
    ids = rows.column("id")
    return (rows, ids.index(named), "parent") if named in ids else (None, None, "")
