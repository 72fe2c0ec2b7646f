"""What governs a plan: skills, rules, the previous plan, scores, aims and settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, get_args

from matchkit.messages.catalogue import Lang
from matchkit.messages.message import text_of
from matchkit.model import FACTORS
from matchkit.model.rules import KINDS as RECORDS
from matchkit.model.rules import SkillCount
from matchkit.model.rules.base import LISTS, TABLES_OF
from matchkit.tables.cells.kinds import KINDS
from matchkit.tables.columns.column import Column, Table

SKILLS = Table(
    "skills",
    (
        Column("name", "name", required=True, spellings=("技能名称", "名称", "skill")),
        Column("aliases", "names", spellings=("其他叫法", "又名", "alias", "other names")),
        Column("parents", "names", spellings=("也算作", "parent", "counts as")),
    ),
    ("skill", "技能表", "技能清单"),
)

_SPELLINGS: Final[dict[str, tuple[str, ...]]] = {
    "id": ("编号", "rule id"),
    "rule": ("规则类型", "规则种类", "kind of rule"),
    "resource": ("资源", "resource id"),
    "requirement": ("岗位", "requirement id"),
    "demand": ("需求", "demand id"),
    "unit": ("单位编号", "单位名称", "unit id"),
    "community": ("社区编号", "社区名称", "community id"),
    "kind": ("类别", "resource kind"),
    "resources": ("资源列表",),
    "quantity": (),
    "least": ("至少", "at least"),
    "most": ("至多", "at most"),
    "percent": (),
    "km": ("千米", "kilometres", "kilometers"),
    "kmh": ("时速",),
    "minutes": (),
    "per": (),
    "days": (),
    "zone": ("time zone",),
    "skills": (),
    "counting": (),
    "senior": (),
}
"""Other headers of fields of rules, in the order of the columns; fields that are not listed here come after
them.
"""


def _of_rules() -> Iterator[Column]:
    """One column a field of a rule record, but for ``soft``, whose fields have a column each."""
    fields: dict[str, Any] = dict.fromkeys(_SPELLINGS)
    for record in RECORDS.values():
        fields |= {
            name: field.annotation
            for name, field in record.model_fields.items()
            if name != "soft"
        }
    for name, annotation in fields.items():
        refers = TABLES_OF.get(LISTS.get(name, name), "")
        kind = "ids" if name in LISTS else "id" if refers else _kind(name, annotation)
        yield Column(name, kind, name == "rule", refers, _SPELLINGS.get(name, ()))
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


RULES = Table("rules", tuple(_of_rules()), ("rule", "规则表", "规则清单"))

PREVIOUS = Table(
    "previous",
    (
        Column(
            "resource",
            "id",
            required=True,
            refers="resources",
            spellings=("资源", "resource id"),
        ),
        Column(
            "requirement",
            "id",
            required=True,
            refers="requirements",
            spellings=("岗位", "requirement id"),
        ),
    ),
    ("previous plan", "上期", "上一方案"),
)

SCORES = Table(
    "scores",
    (
        Column(
            "resource",
            "id",
            required=True,
            refers="resources",
            spellings=("资源", "resource id"),
        ),
        Column(
            "requirement", "id", refers="requirements", spellings=("岗位", "requirement id")
        ),
        Column("points", "points", spellings=("得分", "评分", "score")),
    ),
    ("score", "评分表"),
)

AIMS = Table(
    "aims",
    (
        Column("name", "name", required=True, spellings=("目标名称", "aim")),
        Column("tolerance", "whole"),
        Column("measure", "measure", required=True),
        Column("tier", "whole"),
        Column("factor", "whole"),
    ),
    ("aim", "goals", "目标表"),
)

SETTINGS = Table(
    "settings",
    (
        Column("setting", "setting", required=True, spellings=("项", "项目", "name")),
        Column("value", "raw", spellings=("取值", "内容")),
    ),
    ("setting", "参数"),
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
