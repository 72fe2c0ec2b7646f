"""What governs a plan: skills, rules, the previous plan, scores, aims and settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, get_args

from matchkit.messages.message import Lang, text_of
from matchkit.model import FACTORS
from matchkit.model.rules import KINDS as RECORDS
from matchkit.model.rules import SkillCount
from matchkit.model.rules.base import LISTS, TABLES_OF
from matchkit.tables.cells.kinds import KINDS
from matchkit.tables.columns.column import Column, Table

SKILLS = Table(
    "skills",
    (
        Column("name", "name", required=True),
        Column("aliases", "names"),
        Column("parents", "names"),
    ),
)

_ORDER: Final = (
    "id", "rule", "resource", "requirement", "demand", "unit", "community", "kind", "resources", "quantity",
    "least", "most", "percent", "km", "kmh", "minutes", "per", "days", "zone", "skills", "counting", "senior",
)  # fmt: skip
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


RULES = Table("rules", tuple(_of_rules()))

PREVIOUS = Table(
    "previous",
    (
        Column("resource", "id", required=True, refers="resources"),
        Column("requirement", "id", required=True, refers="requirements"),
    ),
)

SCORES = Table(
    "scores",
    (
        Column("resource", "id", required=True, refers="resources"),
        Column("requirement", "id", refers="requirements"),
        Column("points", "points"),
    ),
)

AIMS = Table(
    "aims",
    (
        Column("name", "name", required=True),
        Column("tolerance", "whole"),
        Column("measure", "measure", required=True),
        Column("tier", "whole"),
        Column("factor", "whole"),
    ),
)

SETTINGS = Table(
    "settings",
    (
        Column("setting", "setting", required=True),
        Column("value", "raw"),
    ),
)
NAMED: Final = (
    "schema_version",
    "note",
    "zone",
    "first",
    "last",
    "day_first",
    "bounds",
    *FACTORS,
)
"""Every setting."""


def setting_header(name: str, lang: Lang) -> str:
    """How a setting is written in a language."""
    return text_of(f"setting.{name}", lang)
