"""The two sides and what they offer: units, communities and the resource list."""

from __future__ import annotations

from matchkit.io.columns.column import Column, Table

LATITUDE = Column("lat", "纬度", "latitude", spellings=("latitude", "纬度坐标", "纬度（度）"))
LONGITUDE = Column("lon", "经度", "longitude", spellings=("longitude", "lng", "经度坐标", "经度（度）"))
PLACE = Column("place", "坐标", "place", spellings=("coordinates", "location", "经纬度", "位置"))

CONTACT = Column(
    "contact",
    "联系方式",
    "personal",
    spellings=(
        "联系人",
        "联系电话",
        "电话",
        "手机",
        "手机号",
        "手机号码",
        "phone",
        "telephone",
        "mobile",
        "e-mail",
        "邮箱",
        "微信",
        "contact person",
        "联系人及电话",
        "联系人电话",
        "联系人及联系方式",
        "联系人及联系电话",
    ),
    joins=True,
)

NUMBERS = ("序号", "no", "number", "s/n", "#", "行号")
"""Headers of a running number: an id where nothing better is there."""

UNITS = Table(
    "units",
    "单位",
    (
        Column("id", "单位编号", "id", required=True, spellings=("编号", "编码", "代码", "unit", "unit id", "code"), spare=NUMBERS),
        Column("name", "单位名称", "name", spellings=("名称", "单位", "unit name", "organisation", "organization")),
        Column("parent", "上级单位", "id", refers="units", spellings=("上级", "主管单位", "parent unit", "belongs to")),
    ),
    ("unit", "单位表", "单位清单", "单位名单", "organisations", "organizations"),
)

COMMUNITIES = Table(
    "communities",
    "社区",
    (
        Column(
            "id", "社区编号", "id", required=True, spellings=("编号", "编码", "代码", "community", "community id", "code"), spare=NUMBERS
        ),
        Column("name", "社区名称", "name", spellings=("名称", "社区", "网格名称", "community name")),
        Column(
            "parent",
            "上级",
            "id",
            refers="communities",
            spellings=("上级社区", "所属街道", "街道", "所属区", "parent community", "belongs to"),
        ),
        LATITUDE,
        LONGITUDE,
        PLACE,
    ),
    ("community", "社区表", "社区清单", "社区名单", "网格", "网格清单"),
)

RESOURCES = Table(
    "resources",
    "资源清单",
    (
        Column("id", "资源编号", "id", required=True, spellings=("编号", "编码", "工号", "resource", "resource id", "code"), spare=NUMBERS),
        Column(
            "unit",
            "单位",
            "id",
            required=True,
            refers="units",
            spellings=(
                "单位编号",
                "单位名称",
                "所属单位",
                "提供单位",
                "所在单位",
                "工作单位",
                "unit id",
                "unit name",
                "organisation",
                "organization",
                "部门",
                "部门名称",
                "所属部门",
                "所在部门",
                "公司",
                "公司名称",
                "department",
                "department name",
                "company",
                "team",
            ),
        ),
        Column("kind", "类别", "kind", spellings=("资源类别", "类型", "资源类型", "种类", "category", "type", "resource kind")),
        Column("name", "姓名/名称", "personal", spellings=("姓名", "名称", "资源名称", "full name", "resource name")),
        CONTACT,
        Column(
            "skills",
            "技能",
            "skills",
            spellings=("skill", "专长", "特长", "技能专长", "技能特长", "具备技能", "技能及等级", "服务特长", "特长技能", "专业特长"),
        ),
        Column("capacity", "数量", "whole", spellings=("容量", "数量/容量", "可提供数量", "人数", "名额", "quantity", "slots", "how many")),
        Column("divisible", "可分", "yes_no", spellings=("可拆分", "可分配", "stock")),
        Column(
            "available",
            "可用时间",
            "times",
            spellings=(
                "可提供时间",
                "时间",
                "服务时间",
                "可服务时间",
                "可服务时间段",
                "可服务的时间",
                "可服务的时段",
                "可服务日期",
                "可用时段",
                "可用时间段",
                "可用日期",
                "可提供时段",
                "空闲时段",
                "有空时间",
                "服务日期",
                "星期",
                "周几",
                "可服务时段",
                "服务时段",
                "服务时间段",
                "空闲时间",
                "开放时间",
                "availability",
                "available time",
                "available times",
                "available days",
                "available dates",
                "available hours",
                "free time",
                "free times",
                "weekday",
                "weekdays",
                "when",
                "times",
            ),
        ),
        Column(
            "available start",
            "可用开始",
            "moment",
            spellings=("开始时间", "开始日期", "可服务开始时间", "start", "start date", "start time", "from", "available from"),
        ),
        Column(
            "available end",
            "可用结束",
            "moment",
            spellings=(
                *("结束时间", "结束日期", "截止时间", "可服务结束时间", "end", "end date", "end time", "until"),
                *("available until", "available to"),
            ),
        ),
        LATITUDE,
        LONGITUDE,
        PLACE,
        Column(
            "mode",
            "服务方式",
            "mode_offered",
            spellings=("方式", "线上/现场", "线上或现场", "服务形式", "online or on site", "on site or online"),
        ),
        Column("home", "所在社区", "id", refers="communities", spellings=("居住社区", "所属社区", "社区", "home community", "community")),
        Column("familiar", "熟悉社区", "ids", refers="communities", spellings=("熟悉的社区", "familiar communities")),
        Column("preferences", "意愿", "preferences", refers="communities", spellings=("偏好", "服务意愿", "preference")),
        Column("loads", "承载量", "loads", spellings=("载量", "承载能力", "load")),
        Column("activation", "启用成本", "whole", spellings=("启用分", "activation cost")),
    ),
    ("resource", "resource list", "资源", "资源表", "资源台账", "人员", "人员名单", "志愿者", "志愿者名单", "volunteers", "people"),
    unused=("性别", "年龄", "gender", "age", "职务", "职位", "政治面貌"),
)
