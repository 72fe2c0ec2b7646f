"""What governs a plan: skills, rules, the previous plan, scores, aims and settings."""

from __future__ import annotations

from matchkit.io.columns.column import Column, Table

SKILLS = Table(
    "skills",
    "技能",
    (
        Column("name", "技能", "name", required=True, spellings=("技能名称", "名称", "skill")),
        Column("aliases", "别名", "names", spellings=("其他叫法", "又名", "alias", "other names")),
        Column("parents", "上级技能", "names", spellings=("也算作", "parent", "counts as")),
    ),
    ("skill", "技能表", "技能清单"),
)

RULES = Table(
    "rules",
    "规则",
    (
        Column("id", "规则编号", "id", spellings=("编号", "rule id")),
        Column("rule", "规则", "rule", required=True, spellings=("规则类型", "规则种类", "kind of rule")),
        Column("resource", "资源编号", "id", refers="resources", spellings=("资源", "resource id")),
        Column("requirement", "岗位编号", "id", refers="requirements", spellings=("岗位", "requirement id")),
        Column("demand", "需求编号", "id", refers="demands", spellings=("需求", "demand id")),
        Column("unit", "单位", "id", refers="units", spellings=("单位编号", "单位名称", "unit id")),
        Column(
            "community",
            "社区",
            "id",
            refers="communities",
            spellings=("社区编号", "社区名称", "community id"),
        ),
        Column("kind", "资源类别", "kind", spellings=("类别", "resource kind")),
        Column("resources", "资源编号列表", "ids", refers="resources", spellings=("资源列表",)),
        Column("quantity", "数量", "whole"),
        Column("least", "最少", "whole", spellings=("至少", "at least")),
        Column("most", "最多", "whole", spellings=("至多", "at most")),
        Column("percent", "百分比", "whole"),
        Column("km", "公里", "km", spellings=("千米", "kilometres", "kilometers")),
        Column("kmh", "时速（公里）", "whole", spellings=("时速",)),
        Column("minutes", "分钟", "minutes"),
        Column("per", "周期", "per"),
        Column("days", "天数", "whole"),
        Column("zone", "时区", "zone", spellings=("time zone",)),
        Column("skills", "技能", "skill_counts"),
        Column("counting", "计数方式", "counting"),
        Column("senior", "带教技能", "senior"),
        Column("soft_price", "违规扣分", "whole"),
        Column("soft_tier", "违规等级", "whole"),
        Column("soft_no_worse", "不劣于上期", "yes_no"),
    ),
    ("rule", "规则表", "规则清单"),
)

PREVIOUS = Table(
    "previous",
    "上期安排",
    (
        Column(
            "resource", "资源编号", "id", required=True, refers="resources", spellings=("资源", "resource id")
        ),
        Column(
            "requirement",
            "岗位编号",
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
    "评分",
    (
        Column(
            "resource", "资源编号", "id", required=True, refers="resources", spellings=("资源", "resource id")
        ),
        Column("requirement", "岗位编号", "id", refers="requirements", spellings=("岗位", "requirement id")),
        Column("points", "分数", "points", spellings=("得分", "评分", "score")),
    ),
    ("score", "评分表"),
)

AIMS = Table(
    "aims",
    "目标",
    (
        Column("name", "目标", "name", required=True, spellings=("目标名称", "aim")),
        Column("tolerance", "容许差", "whole"),
        Column("measure", "度量", "measure", required=True),
        Column("tier", "等级", "whole"),
        Column("factor", "系数", "whole"),
    ),
    ("aim", "goals", "目标表"),
)

SETTINGS = Table(
    "settings",
    "设置",
    (
        Column("setting", "设置", "setting", required=True, spellings=("项", "项目", "name")),
        Column("value", "值", "raw", spellings=("取值", "内容")),
    ),
    ("setting", "参数"),
)
FACTORS: dict[str, str] = {
    "importance": "重要程度",
    "skill_fit": "技能匹配",
    "distance": "距离",
    "preference": "意愿",
    "familiarity": "熟悉程度",
    "previous": "沿用上一方案",
    "score": "自定评分",
}
"""Settings that are factors of the objective's terms, with their Chinese names."""
NAMED: dict[str, str] = {
    "schema_version": "格式版本",
    "note": "说明",
    "zone": "时区",
    "first": "开始日期",
    "last": "结束日期",
    "day_first": "日在月前",
    "bounds": "范围",
    **FACTORS,
}
"""Every setting, with its Chinese name."""
