"""Whole sheets as offices keep them: groups under headings, sums of pages, signatures, headers of two rows,
several blocks.
"""

from case import SPRING, Right, Wrong, book, case, heads, ids, skills, text

from matchkit.messages.message import Message

SUM = Message("tables.total")
HEADING = Message("tables.heading")
FOOT = Message("tables.foot")

case(
    "sums of groups, of pages and of all behind a running number",
    text(
        [
            ["序号", "社区", "内容", "人数"],
            ["1", "C1", "巡逻", "3"],
            ["2", "合计", None, "3"],
            ["3", "小计（东区）", None, "3"],
            ["4", "C2", "登记", "4"],
            [None, None, "本页小计", "4"],
            [None, "总人数", None, "7"],
            ["合 计：", None, None, "7"],
        ],
        "需求清单.csv",
    ),
    Right(
        heads,
        [(0, 3), (0, 4)],
        confirm=[(f"row {row}", SUM) for row in (3, 4, 6, 7, 8)],
    ),
)
case(
    "sums in English",
    text(
        [
            ["no", "community", "what", "wanted"],
            ["1", "Total Court", "patrol", "3"],
            ["2", "East subtotal", None, "3"],
            ["3", "Sub-total:", None, "3"],
            ["", "", "Grand Total (people)", "3"],
        ],
        "demands.csv",
    ),
    Right(
        lambda p: [(d.community, d.requirements[0].wanted) for d in p.demands],
        [("Total Court", 3)],
        confirm=[(f"row {row}", SUM) for row in (3, 4, 5)],
    ),
)
case(
    "a sum in the column of communities, beside an id",
    text(
        [
            ["编号", "社区", "内容", "人数"],
            ["D1", "C1", "巡逻", "3"],
            ["D2", "合计", None, "3"],
        ],
        "需求清单.csv",
    ),
    Right(heads, [(0, 3)], confirm=[("row 3", SUM)]),
)
case(
    "groups under headings that are merged over the table",
    book(
        {
            "资源清单": [
                ["编号", "单位", "姓名", "技能"],
                [],
                ["R1", "甲", "虚构甲", "护理"],
                [],
                ["R2", "乙", "虚构乙", "驾驶"],
            ]
        },
        merge=[("资源清单", "A2:D2", "东区"), ("资源清单", "A4:D4", "西区")],
    ),
    Right(
        lambda p: [(r.id, r.unit, r.name) for r in p.resources],
        [("R1", "甲", "虚构甲"), ("R2", "乙", "虚构乙")],
        confirm=[("row 2", HEADING), ("row 4", HEADING)],
    ),
)
case(
    "groups under headings that stand alone in their row, with running numbers of their own",
    text(
        [
            ["序号", "单位", "姓名", "技能"],
            ["一", "市直单位", None, None],
            ["1", "甲", "虚构甲", "护理"],
            ["2", "乙", "虚构乙", "驾驶"],
            [None, "（二）社会组织", None, None],
            ["3", "丙", "虚构丙", "驾驶"],
        ],
        "资源清单.csv",
    ),
    Right(
        ids,
        ["1", "2", "3"],
        confirm=[
            ("row 2", Message("tables.alone")),
            ("row 5", HEADING),
        ],
    ),
)
case(
    "a unit list with numbered headings",
    text(
        [
            ["编号", "名称"],
            ["一、市直单位", None],
            ["U1", "甲"],
            ["U2", "乙"],
            ["以上截至5月1日", None],
        ],
        "单位.csv",
    ),
    Right(
        lambda p: [unit.id for unit in p.units],
        ["U1", "U2"],
        confirm=[("row 2", HEADING), ("row 5", HEADING)],
    ),
)
case(
    "lines of signatures with and without colons",
    text(
        [
            ["编号", "单位", "姓名", "技能", "备注", "性别", "年龄"],
            ["R1", "甲", "虚构甲", "护理", None, None, None],
            [],
            ["填表人", "虚构乙", "审核人", "虚构丙", "日期", "2026-05-01", None],
            ["单位负责人（签字）：", None, None, None, None, None, None],
            [None, "审核人：虚构丙", None, "日期：2026年5月1日", None, None, None],
            ["注1：以上人员均可线上服务。", None, None, None, None, None, None],
        ],
        "资源清单.csv",
    ),
    Right(ids, ["R1"], confirm=[(f"row {row}", FOOT) for row in (4, 5, 6, 7)]),
)
case(
    "a remark merged over rows and columns at the foot",
    book(
        {
            "资源清单": [
                ["编号", "单位", "技能"],
                ["R1", "甲", "护理"],
                [],
                [],
                ["R2", "甲", "驾驶"],
            ]
        },
        merge=[("资源清单", "A3:C4", "以上为第一批。")],
    ),
    Right(ids, ["R1", "R2"], confirm=[("row 3", HEADING)]),
)
case(
    "a number merged over the column beside it is read once",
    book(
        {
            "需求清单": [
                ["编号", "社区", "人数", "最少人数"],
                ["D1", "C1"],
                ["D2", "C1", 4, 2],
            ]
        },
        merge=[("需求清单", "C2:D2", 5)],
    ),
    Right(
        heads,
        [(0, 5), (2, 4)],
        confirm=[("C2", Message.of("tables.merged_beside", count=1))],
    ),
)
case(
    "a header of two rows: a group of unknown columns under one that is known",
    book(
        {
            "资源清单": [
                ["", "", ""],
                [None, None, "护理", "驾驶"],
                ["R1", "甲", "√", None],
            ]
        },
        merge=[
            ("资源清单", "A1:A2", "编号"),
            ("资源清单", "B1:B2", "单位"),
            ("资源清单", "C1:D1", "技能"),
        ],
    ),
    Right(
        skills,
        [[]],
        confirm=[
            ("column 护理 (C2)", Message("tables.column_unknown")),
            ("column 驾驶 (D2)", Message("tables.column_unknown")),
        ],
    ),
)
case(
    "a header of two rows: a word of the first completes those of the second",
    book(
        {
            "资源清单": [
                ["", "", ""],
                [None, None, "开始", "结束"],
                ["R1", "甲", "2026-05-02 09:00", "2026-05-02 11:00"],
            ]
        },
        merge=[
            ("资源清单", "A1:A2", "编号"),
            ("资源清单", "B1:B2", "单位"),
            ("资源清单", "C1:D1", "可用"),
        ],
    ),
    Right(
        lambda p: [f"{one.end - one.start}" for one in p.resources[0].available],
        ["2:00:00"],
    ),
    tz="UTC",
)
case(
    "a header in Chinese and once more in English",
    text(
        [["编号", "单位", "技能"], ["id", "unit", "skills"], ["R1", "甲", "护理"]],
        "资源清单.csv",
    ),
    Right(ids, ["R1"], confirm=[("row 2", Message("tables.header_again"))]),
)
case(
    "numbers of columns below the header of a form",
    text(
        [
            ["编号", "社区", "内容", "人数"],
            ["甲", "乙", "1", "2"],
            ["D1", "C1", "巡逻", "3"],
        ],
        "需求清单.csv",
    ),
    Right(heads, [(0, 3)], confirm=[("row 2", Message("tables.numbers_of_columns"))]),
)
case(
    "a wide block above the one with the header is not passed over without asking",
    book(
        {
            "需求清单": [
                ["编号", "社区", "人数"],
                ["D1", "C1", 2],
                ["D2", "C1", 3],
                [],
                ["编号", "社区", "内容", "人数"],
                ["D3", "C1", "巡逻", 1],
            ]
        }
    ),
    Right(
        lambda p: [d.id for d in p.demands],
        ["D3"],
        confirm=[("list.xlsx", Message.of("tables.above_header", rows=3))],
    ),
)
case(
    "a second block with other columns below the first",
    text(
        [
            ["编号", "社区", "内容", "人数"],
            ["D1", "C1", "巡逻", "2"],
            [],
            ["编号", "社区", "人数", None],
            ["D2", "C1", "3", None],
        ],
        "需求清单.csv",
    ),
    Wrong([("row 4", Message("tables.other_header"))]),
)
case(
    "a table of another kind below the first",
    book(
        {
            "资源清单": [
                ["编号", "单位", "技能"],
                ["R1", "甲", "护理"],
                ["需求编号", "社区", "内容", "人数"],
                ["D1", "C1", "巡逻", 3],
            ]
        }
    ),
    Wrong([("row 3", Message("tables.other_header"))]),
)
case(
    "rows that a state or a short remark says are over are asked about, and long remarks are not read",
    text(
        [
            ["编号", "社区", "人数", "状态", "备注"],
            ["D1", "C1", "3", "已取消", None],
            ["D2", "C1", "3", "已取消", None],
            ["D3", "C1", "3", "未完成", "如取消请提前一天电话通知"],
            ["D4", "C1", "3", "待派单", "已撤回"],
            ["D5", "C1", "3", None, None],
        ],
        "需求清单.csv",
    ),
    Right(
        lambda p: [d.id for d in p.demands],
        ["D1", "D2", "D3", "D4", "D5"],
        confirm=[
            (
                "row 2, column 状态",
                Message.of(
                    "tables.finding.more",
                    message=Message.of(
                        "tables.finding.cell",
                        read="已取消",
                        message=Message("tables.withdrawn"),
                    ),
                    more=1,
                ),
            ),
            ("row 5, column 备注", Message("tables.withdrawn")),
        ],
    ),
)
case(
    "volunteers who have withdrawn, in English",
    text(
        [
            ["id", "unit", "status"],
            ["R1", "U1", "Withdrawn"],
            ["R2", "U1", "active"],
            ["R3", "U1", "Incomplete"],
        ],
        "resources.csv",
    ),
    Right(
        ids,
        ["R1", "R2", "R3"],
        confirm=[
            (
                "row 2, column status",
                Message.of(
                    "tables.finding.cell",
                    read="Withdrawn",
                    message=Message("tables.withdrawn"),
                ),
            )
        ],
    ),
)
case(
    "a copy of a sheet with running numbers would double every demand",
    book(
        {
            "需求清单": [
                ["序号", "社区", "内容", "人数"],
                [1, "C1", "巡逻", 3],
                [2, "C2", "登记", 2],
            ],
            "需求清单 (2)": [
                ["序号", "社区", "内容", "人数"],
                [1, "C2", "登记", 2],
                [2, "C1", "巡逻", 3],
                [3, "C3", "送药", 1],
            ],
        }
    ),
    Right(
        heads,
        [(0, 3), (0, 2), (0, 2), (0, 3), (0, 1)],
        confirm=[
            (
                "需求清单 (2)",
                Message.of("tables.copy", count=2, other="list.xlsx, sheet 需求清单"),
            )
        ],
    ),
)
case(
    "pages, continuations and the end of a table",
    text(
        [
            ["编号", "单位", "技能"],
            ["R1", "甲", "护理"],
            ["第1页", "共2页", None],
            ["（续表）", None, None],
            ["R2", "甲", "护理"],
            ["以下空白", None, None],
            ["Page 2 of 2", None, None],
        ],
        "资源清单.csv",
    ),
    Right(
        ids,
        ["R1", "R2"],
        confirm=[(f"row {row}", Message("tables.page")) for row in (3, 4, 6, 7)],
    ),
)
case(
    "an example and what must be filled in, below the header",
    text(
        [
            ["编号", "单位", "技能"],
            ["例：R001", "某单位", "护理"],
            ["必填", "必填", "选填"],
            ["示例", "某单位", None],
            ["R1", "甲", "护理"],
        ],
        "资源清单.csv",
    ),
    Right(
        ids,
        ["R1"],
        confirm=[(f"row {row}", Message("tables.example")) for row in (2, 3, 4)],
    ),
)
case(
    "headers that say in brackets what they count; hours are no minutes",
    text(
        [
            [
                "编号（必填）",
                "社区",
                "数量（人）",
                "时长 (min)",
                "间隔（小时）",
                "时间（起止）",
            ],
            ["D1", "C1", "3", "60", "1", "2026-05-02 9:00-11:00"],
        ],
        "需求清单.csv",
    ),
    Right(
        lambda p: [(d.requirements[0].wanted, d.minutes, d.step) for d in p.demands],
        [(3, 60, 60)],  # the step is what it is where none is given
        confirm=[("column 间隔（小时）", Message("tables.column_unknown"))],
    ),
    **SPRING,
)
case(
    "an empty line of a form in which the unit is merged over all lines",
    book(
        {
            "资源清单": [
                ["序号", "单位", "姓名"],
                [1, None, "虚构甲"],
                [2, None, "虚构乙"],
                [3],
            ]
        },
        merge=[("资源清单", "B2:B4", "甲")],
    ),
    Right(ids, ["1", "2"], confirm=[("row 4", Message("tables.alone"))]),
)
case(
    "a row with a running number and a unit only is a record",
    text(
        [["序号", "单位", "姓名"], ["1", "甲", "虚构甲"], ["2", "乙", None]],
        "资源清单.csv",
    ),
    Right(ids, ["1", "2"]),
)
case(
    "a row without a running number, where others have one, is to be confirmed",
    text(
        [
            ["no", "unit", "skills", "how many"],
            ["1", "U1", "care", "2"],
            ["", "All of them", "", "2"],
            ["", "Count", "", "2"],
        ],
        "resources.csv",
    ),
    Right(
        lambda p: [r.unit for r in p.resources],
        ["U1", "All of them"],
        confirm=[
            ("row 3", Message.of("tables.numbered", id="R3")),
            ("row 4", SUM),
        ],
    ),
)
case(
    "a header of three rows, of which the last says most",
    book(
        {
            "资源清单": [
                ["", "", ""],
                [None, None, "联系"],
                [None, None, "姓名", "电话"],
                ["R1", "甲", "虚构甲", "000-0001"],
            ]
        },
        merge=[
            ("资源清单", "A1:A3", "编号"),
            ("资源清单", "B1:B3", "单位"),
            ("资源清单", "C1:D1", "基本信息"),
            ("资源清单", "C2:D2", "联系"),
        ],
    ),
    Right(
        lambda p: [(r.id, r.unit, r.name, r.contact) for r in p.resources],
        [("R1", "甲", "虚构甲", "000-0001")],
    ),
)
case(
    "a header that is merged down over the records is no value of theirs",
    book(
        {
            "资源清单": [
                ["编号", None, "技能"],
                ["R1", None, "护理"],
                ["R2", None, "护理"],
            ]
        },
        merge=[("资源清单", "B1:B3", "单位")],
    ),
    Wrong([("B2", Message("tables.required")), ("B3", Message("tables.required"))]),
)
case(
    "the word of a row of sums merged over its row is told once",
    book(
        {
            "需求清单": [
                ["编号", "社区", "内容", "人数"],
                ["D1", "C1", "巡逻", 3],
                [None, None, None, 3],
            ]
        },
        merge=[("需求清单", "A3:C3", "合计")],
    ),
    Right(heads, [(0, 3)], confirm=[("row 3", SUM)]),
)
