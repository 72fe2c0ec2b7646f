"""What governs a plan: skills, rules, the previous plan, scores, aims and settings."""

from __future__ import annotations

from typing import Final

from matchkit.io.columns.column import Column, Table
from matchkit.messages.catalogue import Lang
from matchkit.messages.message import text_of

SKILLS = Table(
    "skills",
    (
        Column("name", "name", required=True, spellings=("技能名称", "名称", "skill")),
        Column("aliases", "names", spellings=("其他叫法", "又名", "alias", "other names")),
        Column("parents", "names", spellings=("也算作", "parent", "counts as")),
    ),
    ("skill", "技能表", "技能清单"),
)

RULES = Table(
    "rules",
    (
        Column("id", "id", spellings=("编号", "rule id")),
        Column("rule", "rule", required=True, spellings=("规则类型", "规则种类", "kind of rule")),
        Column("resource", "id", refers="resources", spellings=("资源", "resource id")),
        Column("requirement", "id", refers="requirements", spellings=("岗位", "requirement id")),
        Column("demand", "id", refers="demands", spellings=("需求", "demand id")),
        Column("unit", "id", refers="units", spellings=("单位编号", "单位名称", "unit id")),
        Column(
            "community",
            "id",
            refers="communities",
            spellings=("社区编号", "社区名称", "community id"),
        ),
        Column("kind", "kind", spellings=("类别", "resource kind")),
        Column("resources", "ids", refers="resources", spellings=("资源列表",)),
        Column("quantity", "whole"),
        Column("least", "whole", spellings=("至少", "at least")),
        Column("most", "whole", spellings=("至多", "at most")),
        Column("percent", "whole"),
        Column("km", "km", spellings=("千米", "kilometres", "kilometers")),
        Column("kmh", "whole", spellings=("时速",)),
        Column("minutes", "minutes"),
        Column("per", "per"),
        Column("days", "whole"),
        Column("zone", "zone", spellings=("time zone",)),
        Column("skills", "skill_counts"),
        Column("counting", "counting"),
        Column("senior", "senior"),
        Column("soft_price", "whole"),
        Column("soft_tier", "whole"),
        Column("soft_no_worse", "yes_no"),
    ),
    ("rule", "规则表", "规则清单"),
)

PREVIOUS = Table(
    "previous",
    (
        Column("resource", "id", required=True, refers="resources", spellings=("资源", "resource id")),
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
        Column("resource", "id", required=True, refers="resources", spellings=("资源", "resource id")),
        Column("requirement", "id", refers="requirements", spellings=("岗位", "requirement id")),
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
FACTORS: Final = (
    "importance",
    "skill_fit",
    "distance",
    "preference",
    "familiarity",
    "previous",
    "score",
)
"""Settings that are factors of the objective's terms."""
NAMED: Final = ("schema_version", "note", "zone", "first", "last", "day_first", "bounds", *FACTORS)
"""Every setting."""


def setting_header(name: str, lang: Lang) -> str:
    """How a setting is written in a language."""
    return text_of(f"setting.{name}", lang)
