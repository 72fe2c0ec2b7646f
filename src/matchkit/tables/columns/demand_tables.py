"""What is asked for: the demand list, and the roles in a demand."""

from __future__ import annotations

from matchkit.tables.columns.column import Column, Table
from matchkit.tables.columns.supply_tables import CONTACT, LATITUDE, LONGITUDE, NUMBERS, PLACE

_SKILLS = Column(
    "skills",
    "needs",
    spellings=(
        *(
            "所需技能",
            "技能",
            "需要技能",
            "所需专长",
            "专长要求",
            "所需特长",
            "专业要求",
            "skill",
            "skills needed",
            "required skills",
        ),
    ),
)
_WANTED = Column(
    "wanted",
    "head_count",
    spellings=(
        "所需人数",
        "需求人数",
        "需要人数",
        "数量",
        "所需数量",
        "所需人数/数量",
        "人数/数量",
        "people",
        "head-count",
        "people needed",
        "how many",
    ),
)
_MINIMUM = Column(
    "minimum", "whole", spellings=("最低人数", "至少人数", "最少", "min", "at least")
)
_USES = Column("uses", "loads", spellings=("占用量", "每人占用", "use"))

DEMANDS = Table(
    "demands",
    (
        Column(
            "id",
            "id",
            required=True,
            spellings=("编号", "编码", "demand", "demand id", "code"),
            spare=NUMBERS,
        ),
        Column(
            "community",
            "id",
            required=True,
            refers="communities",
            spellings=(
                "社区编号",
                "社区名称",
                "所属社区",
                "所属社区/网格",
                "社区/网格",
                "网格",
                "所属网格",
                "需求社区",
                "community id",
                "community name",
            ),
        ),
        Column(
            "name",
            "name",
            spellings=(
                "需求内容",
                "需求名称",
                "名称",
                "项目",
                "服务内容",
                "需求项目",
                "服务项目",
                "title",
                "what",
                "content",
            ),
        ),
        Column("in_charge", "personal", spellings=("社区负责人", "person in charge")),
        CONTACT,
        Column(
            "category", "name", spellings=("需求类别", "服务类别", "类型", "需求类型", "type")
        ),
        Column(
            "tier",
            "tier",
            spellings=(
                "紧急程度",
                "优先级",
                "优先等级",
                "响应等级",
                "priority",
                "urgency",
                "level",
            ),
        ),
        Column("weight", "whole", spellings=("权重", "重要性", "importance")),
        Column(
            "windows",
            "times",
            spellings=(
                *(
                    "需求时间",
                    "服务时间",
                    "活动时间",
                    "起止时间",
                    "需求时间段",
                    "服务时间段",
                    "日期",
                    "服务日期",
                    "活动日期",
                ),
                *("星期", "周几", "when", "time", "times", "date", "weekday"),
            ),
        ),
        Column(
            "windows start",
            "moment",
            spellings=("开始日期", "开始", "start", "start date", "start time", "from"),
        ),
        Column(
            "windows end",
            "moment",
            spellings=(
                "结束日期",
                "结束",
                "完成时限",
                "截止时间",
                "期限",
                "end",
                "end date",
                "end time",
                "until",
                "deadline",
            ),
        ),
        LATITUDE,
        LONGITUDE,
        PLACE,
        Column(
            "mode",
            "mode_asked",
            spellings=(
                "方式",
                "线上/现场",
                "线上或现场",
                "服务形式",
                "online or on site",
                "on site or online",
            ),
        ),
        Column(
            "minutes",
            "minutes",
            spellings=("时长", "分钟", "duration", "duration in minutes"),
        ),
        Column("step", "minutes", spellings=("起点间隔", "间隔", "step in minutes")),
        Column("kind", "kind", spellings=("所需资源类别", "所需资源", "resource kind")),
        _SKILLS,
        _WANTED,
        _MINIMUM,
        _USES,
    ),
    ("demand", "demand list", "需求", "需求表", "需求台账", "opportunities", "needs"),
    unused=("地点", "地址", "服务地点", "address"),
)

REQUIREMENTS = Table(
    "requirements",
    (
        Column(
            "id",
            "id",
            required=True,
            spellings=("编号", "编码", "requirement", "requirement id", "role", "code"),
            spare=NUMBERS,
        ),
        Column(
            "demand",
            "id",
            required=True,
            refers="demands",
            spellings=("需求", "所属需求", "demand id"),
        ),
        Column("kind", "kind", spellings=("类别", "类型", "resource kind", "type")),
        _SKILLS,
        _WANTED,
        _MINIMUM,
        _USES,
    ),
    ("requirement", "roles", "岗位表", "岗位清单", "岗位需求"),
)
ROLE = ("kind", "skills", "wanted", "minimum", "uses")
"""Columns of a role; a demand with one role may carry them in its own row."""
