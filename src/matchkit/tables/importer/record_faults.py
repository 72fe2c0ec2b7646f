"""Faults that the records find themselves, told by file, sheet, row and column and in both languages."""

from __future__ import annotations

import re
from typing import NamedTuple

from matchkit.errors import Complaint, InputError, Text
from matchkit.messages.catalogue import Lang
from matchkit.model.text import key
from matchkit.tables.findings import Notices
from matchkit.tables.importer.building import Built, first_named
from matchkit.tables.importer.table_rows import TableRows
from matchkit.tables.location import Where

_RECORD = re.compile(
    (
        r"(?:objective\.)?(\w+)\[(\d+)\](?:\.(requirements|"
        r"parts)\[(\d+)\])?(?:\.(\w+)(?:\[\d+\])?(?:\.(\w+))?)?.*"
    ),
    re.DOTALL,
)
_NODE = re.compile(r"(unit|community|skill) (.*)", re.DOTALL)
_LISTS = {"unit": "units", "community": "communities", "skill": "skills"}
_MADE = re.compile(r"(units|communities)\[(\d+)\]")
_WHOLE = re.compile(r"(?:units|communities|resources|demands)\[\d+\](?:\.requirements\[\d+\])?")


def tell_record_faults(error: InputError, found: Built, notices: Notices) -> None:
    """Adds the complaints of the records, each at the row and column it came from, unless that cell has a
    fault already.
    """
    told: set[Complaint] = set()
    for complaint in error.complaints:
        rows, number, name = _origin(complaint.where, found)
        if rows is None or number is None:
            notices.complaint(complaint, (1 << 30, 0, 0))
            continue
        other = _other(complaint, found)
        name = "id" if other else name
        if rows.is_faulty(number, name or None, notices):
            continue
        said = _led_back(complaint, rows.where(number, name), other)
        if said not in told:  # a demand and its only role share a row and an id
            notices.complaint(said, rows.order(number, name))
        told.add(said)
    notices.more_complaints += error.more


def spot_of(path: str, found: Built) -> Where | None:
    """Where what stands at a place in the data stands in the files; None where no row is behind it.

    A unit or a community without a row of its own stands where it is named first.
    """
    rows, number, name = _origin(path, found)
    if rows is None and (made := _MADE.match(path)):
        rows, number, name = first_named(
            made[1], found.data[made[1]][int(made[2])]["id"], found.rows
        ) or (
            None,
            None,
            "",
        )
    return None if rows is None or number is None else rows.where(number, name)


def _other(complaint: Complaint, found: Built) -> tuple[str, Where] | None:
    """The record that a whole record is said to be like, and where it stands; a complaint about one field
    names none.
    """
    named = (
        _WHOLE.search(complaint.fact)
        if _WHOLE.fullmatch(complaint.where.partition(" (id ")[0])
        else None
    )
    if named is None:
        return None
    rows, number, _ = _origin(named[0], found)
    return None if rows is None or number is None else (named[0], rows.where(number))


def _led_back(complaint: Complaint, spot: Where, other: tuple[str, Where] | None) -> Complaint:
    """The complaint with places in files instead of paths in the data."""
    _, fact, advice = complaint.parts
    return Complaint(spot, fact if other is None else _Led(fact, *other), advice)


class _Led(NamedTuple):
    """A fact that names a path in the data, by the place in the files instead."""

    fact: str | Text
    path: str
    place: Where

    def text(self, lang: Lang = "en") -> str:
        """The fact in a language."""
        said = self.fact if isinstance(self.fact, str) else self.fact.text(lang)
        return said.replace(self.path, self.place.text(lang))


def _origin(path: str, found: Built) -> tuple[TableRows | None, int | None, str]:
    """The rows, the row and the column that a place in the data came from; None where no row stands behind
    it.
    """
    node = _NODE.fullmatch(path)
    if node:
        return _node(_LISTS[node[1]], node[2], found)
    met = _RECORD.fullmatch(path)
    if not met or met[1] not in (*found.rows, "aims"):
        return None, None, ""
    table, number, inner, place, name, deeper = (
        met[1],
        int(met[2]),
        met[3],
        met[4],
        met[5] or "",
        met[6] or "",
    )
    rows = found.rows[table]
    if table in ("aims", "scores"):
        numbers = found.groups[table][number]
        if inner == "requirements":
            held = [at for at in numbers if rows.column("requirement")[at] is not None]
            return rows, held[int(place)], "requirement"
        return rows, numbers[int(place)] if inner == "parts" else numbers[0], name
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
    return (
        f"{name} start"
        if name not in rows.values
        and f"{name} start" in (rows.sheets[0].places if rows.sheets else {})
        else name
    )


def _node(table: str, named: str, found: Built) -> tuple[TableRows | None, int | None, str]:
    rows = found.rows[table]
    if table == "skills":
        numbers = [
            at
            for at, name in enumerate(rows.column("name"))
            if name is not None and key(name) == named
        ]
        return (rows, numbers[0], "parents") if numbers else (None, None, "")
    ids = rows.column("id")
    return (rows, ids.index(named), "parent") if named in ids else (None, None, "")
