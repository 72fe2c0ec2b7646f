"""The tables there are: the two sides and what they offer, what is asked for, and what governs a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from matchkit.messages.message import Lang, text_of
from matchkit.model import FACTORS
from matchkit.model.history import GETTERS, GIVERS, RATIOS
from matchkit.model.rules import KINDS as RECORDS
from matchkit.model.rules import SkillCount
from matchkit.model.rules.base import LISTS, TABLES_OF
from matchkit.tables.cells.kinds import KINDS
from matchkit.tables.columns.column import Column, TableSchema

_ID = Column("id", "id", required=True, numbers=True)
_WHERE = (
    Column("lat", "latitude"),
    Column("lon", "longitude"),
    Column("place", "place"),
)
_CONTACT = Column("contact", "personal", joins=True)

UNITS = TableSchema(
    "units",
    (
        _ID,
        Column("name", "name"),
        Column("parent", "id", refers="units"),
    ),
)

COMMUNITIES = TableSchema(
    "communities",
    (
        _ID,
        Column("name", "name"),
        Column("parent", "id", refers="communities"),
        *_WHERE,
        Column("entitlement", "whole"),
    ),
)

RESOURCES = TableSchema(
    "resources",
    (
        _ID,
        Column("unit", "id", required=True, refers="units"),
        Column("kind", "kind"),
        Column("name", "personal"),
        _CONTACT,
        Column("skills", "skills"),
        Column("capacity", "whole"),
        Column("divisible", "yes_no"),
        Column("available", "times"),
        Column("available start", "moment"),
        Column("available end", "moment"),
        Column("preferred", "times"),
        *_WHERE,
        Column("mode", "mode_offered"),
        Column("home", "id", refers="communities"),
        Column("familiar", "ids", refers="communities"),
        Column("groups", "names"),
        Column("preferences", "preferences", refers="communities"),
        Column("loads", "loads"),
        Column("activation", "whole"),
    ),
)

_ROLE = (
    Column("kind", "kind"),
    Column("skills", "needs"),
    Column("wanted", "head_count"),
    Column("minimum", "whole"),
    Column("uses", "loads"),
)

DEMANDS = TableSchema(
    "demands",
    (
        _ID,
        Column("community", "id", required=True, refers="communities"),
        Column("name", "name"),
        Column("in_charge", "personal"),
        _CONTACT,
        Column("category", "name"),
        Column("tier", "tier"),
        Column("weight", "whole"),
        Column("windows", "times"),
        Column("windows start", "moment"),
        Column("windows end", "moment"),
        *_WHERE,
        Column("mode", "mode_asked"),
        Column("minutes", "minutes"),
        Column("step", "minutes"),
        *_ROLE,
    ),
)

REQUIREMENTS = TableSchema(
    "requirements",
    (
        _ID,
        Column("demand", "id", required=True, refers="demands"),
        *_ROLE,
    ),
)
ROLE = tuple(column.name for column in _ROLE)
"""Columns of a role; a demand with one role may carry them in its own row."""

SKILLS = TableSchema(
    "skills",
    (
        Column("name", "name", required=True),
        Column("aliases", "names"),
        Column("parents", "names"),
    ),
)

_ORDER: Final = (
    "id",
    "rule",
    "resource",
    "requirement",
    "demand",
    "unit",
    "community",
    "kind",
    "resources",
    "quantity",
    "least",
    "most",
    "percent",
    "km",
    "kmh",
    "minutes",
    "per",
    "days",
    "zone",
    "skills",
    "counting",
    "senior",
)
"""Fields of rules in the order of the columns; fields that are not listed here come after them."""


def _of_rules() -> Iterator[Column]:
    """One column a field of a rule record, but for ``soft``, whose fields have a column each."""
    fields: dict[str, Any] = dict.fromkeys(_ORDER)
    for record in RECORDS.values():
        fields |= {
            name: field.annotation
            for name, field in record.model_fields.items()
            if name != "soft"
        }
    for name, annotation in fields.items():
        refers = TABLES_OF.get(LISTS.get(name, name), "")
        kind = "ids" if name in LISTS else "id" if refers else _kind(name, annotation)
        yield Column(name, kind, name == "rule", refers)
    yield Column("soft_price", "whole")
    yield Column("soft_tier", "whole")
    yield Column("soft_no_worse", "yes_no")


def _kind(name: str, annotation: Any) -> str:
    """How cells of a field are read: by its type where this says it, else as the kind of that name."""
    types = set(_types(annotation))
    if SkillCount in types:
        return "skill_counts"
    if name in KINDS:
        return name
    plain = {int: "whole", float: "km", bool: "yes_no", str: "name"}
    return next(kind for known, kind in plain.items() if known in types)


def _types(annotation: Any) -> Iterator[Any]:
    """An annotation and all that it is made of."""
    yield annotation
    for part in get_args(annotation):
        yield from _types(part) if get_args(part) else (part,)


RULES = TableSchema("rules", tuple(_of_rules()))

PREVIOUS = TableSchema(
    "previous",
    (
        Column("resource", "id", required=True, refers="resources"),
        Column("requirement", "id", required=True, refers="requirements"),
    ),
)

REFERENCE = TableSchema(
    "reference",
    (
        *PREVIOUS.columns,
        Column("start", "moment"),
        Column("quantity", "whole"),
        Column("weight", "whole"),
    ),
)

SCORES = TableSchema(
    "scores",
    (
        Column("resource", "id", required=True, refers="resources"),
        Column("requirement", "id", refers="requirements"),
        Column("points", "points"),
    ),
)

_CHOSEN = (
    Column("resource", "id", refers="resources"),
    Column("unit", "id", refers="units"),
    Column("requirement", "id", refers="requirements"),
    Column("demand", "id", refers="demands"),
    Column("community", "id", refers="communities"),
)
RANKED: Final = tuple(column.name for column in _CHOSEN)
"""Columns of those who rank and of those who are ranked."""
RANKINGS = TableSchema(
    "rankings",
    (
        Column("by", "ranker", required=True),
        *_CHOSEN,
        Column("rank", "whole"),
        Column("others", "others"),
        Column("of", "ranked"),
    ),
)

NOMINATIONS = TableSchema(
    "nominations",
    (
        Column("person", "id", required=True, refers="resources"),
        Column("demand", "id", required=True, refers="demands"),
        Column("channel", "channel", required=True),
        Column("by", "id"),
        Column("rank", "whole"),
        Column("endorsements", "whole"),
    ),
)

CHANNELS = TableSchema(
    "channels",
    (
        Column("channel", "channel", required=True),
        Column("demand", "id", refers="demands"),
        Column("places", "whole"),
        Column("nominations", "whole"),
    ),
)

HISTORY = TableSchema(
    "history",
    (
        Column("round", "whole", required=True),
        *(Column(name, "id", refers=TABLES_OF[name]) for name in (*GETTERS, *GIVERS)),
        Column("measure", "history_measure"),
        Column("given", "whole", required=True),
        Column("of", "whole"),
        Column("tier", "tier"),
        Column("kind", "kind"),
    ),
)

AIMS = TableSchema(
    "aims",
    (
        Column("name", "name", required=True),
        Column("tolerance", "whole"),
        Column("measure", "measure", required=True),
        Column("of", "sharing"),
        Column("kind", "kind"),
        Column("by", "load_by"),
        Column("rule", "fair_rule"),
        Column("level", "name"),
        Column("steps", "whole"),
        Column("order", "whole"),
        Column("tier", "whole"),
        Column("factor", "whole"),
    ),
)

SETTINGS = TableSchema(
    "settings",
    (
        Column("setting", "setting", required=True),
        Column("value", "raw"),
    ),
)
TABLES: Final[tuple[TableSchema, ...]] = (
    UNITS,
    COMMUNITIES,
    RESOURCES,
    DEMANDS,
    REQUIREMENTS,
    SKILLS,
    RULES,
    PREVIOUS,
    REFERENCE,
    SCORES,
    HISTORY,
    RANKINGS,
    NOMINATIONS,
    CHANNELS,
    AIMS,
    SETTINGS,
)
"""Every table, in the order in which they are written."""
BY_NAME: Final[Mapping[str, TableSchema]] = {table.name: table for table in TABLES}
ASKED: Final = ("fair", "even", "stable", "choice", "proposing", "among")
"""Settings of the objective that are words."""
NAMED: Final = (
    "schema_version",
    "note",
    "zone",
    "first",
    "last",
    "day_first",
    "bounds",
    *ASKED,
    "round",
    *RATIOS,
    *FACTORS,
)
"""Every setting."""


def setting_header(name: str, lang: Lang) -> str:
    """How a setting is written in a language."""
    return text_of(f"setting.{name}", lang)
