"""What stands in the cells: hours in words, ranges of people, levels, dates in several forms, marks for
nothing.
"""

from case import SPRING, Right, Wrong, book, case, heads, skills, weekly, windows

from matchkit.messages.message import Message

HEAD = ["资源编号", "单位", "可提供时间"]
WHEN = ["编号", "社区", "人数", "时间"]


def available(*cells):
    return book(
        {
            "资源清单": [
                HEAD,
                *([f"R{number}", "甲", cell] for number, cell in enumerate(cells, 1)),
            ]
        }
    )


def wanted(*cells):
    return book(
        {
            "需求清单": [
                ["编号", "社区", "所需人数"],
                *([f"D{number}", "C1", cell] for number, cell in enumerate(cells, 1)),
            ]
        }
    )


def when(*cells):
    return book(
        {
            "需求清单": [
                WHEN,
                *(
                    [f"D{number}", "C1", 1, cell]
                    for number, cell in enumerate(cells, 1)
                ),
            ]
        }
    )


case(
    "每周二四晚",
    available("每周二四晚"),
    Right(
        weekly,
        [((2, 4), "18:00", "22:00")],
        confirm=[
            (
                "C2",
                Message.of(
                    "tables.finding.cell",
                    read="每周二四晚",
                    message=Message.of(
                        "cell.guess",
                        read="Tue,Thu 18:00-22:00 2026-03-01..2026-06-30 Asia/Shanghai",
                        why=[
                            Message.of(
                                "cell.guess.part", part="晚", start="18:00", end="22:00"
                            )
                        ],
                    ),
                ),
            )
        ],
    ),
    **SPRING,
)
case(
    "weekdays and hours in one cell",
    available("周一至周五 18:00-22:00"),
    Right(weekly, [((1, 2, 3, 4, 5), "18:00", "22:00")]),
    **SPRING,
)
case(
    "hours of the week without the dates between which they hold",
    available("每周二四晚"),
    Wrong(
        [
            (
                "C2",
                Message.of(
                    "tables.fault.cell",
                    read="每周二四晚",
                    fact=Message("cell.time.no_dates"),
                ),
            )
        ]
    ),
)
case(
    "全天 at the weekend",
    available("周末全天"),
    Right(
        weekly,
        [((6, 7), "00:00", "24:00")],
        confirm=[
            (
                "C2",
                Message.of(
                    "cell.guess",
                    read="Sat,Sun 00:00-24:00 2026-03-01..2026-06-30 Asia/Shanghai",
                    why=[
                        Message.of(
                            "cell.guess.part", part="全天", start="00:00", end="24:00"
                        )
                    ],
                ),
            )
        ],
    ),
    **SPRING,
)
case(
    "战时 says no time",
    available("战时"),
    Wrong(
        [
            (
                "C2",
                Message.of(
                    "tables.fault.cell", read="战时", fact=Message("cell.time.vague")
                ),
            )
        ]
    ),
    **SPRING,
)
case(
    "随时 is always",
    available("随时"),
    Right(
        lambda p: p.resources[0].available,
        (),
        confirm=[
            (
                "C2",
                Message.of(
                    "tables.finding.cell",
                    read="随时",
                    message=Message.of(
                        "cell.guess",
                        read=Message("cell.guess.always"),
                        why=[Message.of("cell.guess.word", word="随时")],
                    ),
                ),
            )
        ],
    ),
    **SPRING,
)
case(
    "a time with full-width digits and marks",
    available("周六 ０８：００－１２：００"),
    Right(weekly, [((6,), "08:00", "12:00")]),
    **SPRING,
)
case(
    "3-5人",
    wanted("3-5人"),
    Right(
        heads,
        [(3, 5)],
        confirm=[
            (
                "C2",
                Message.of(
                    "tables.finding.cell",
                    read="3-5人",
                    message=Message.of(
                        "cell.guess", read="3..5", why=[Message("cell.guess.range")]
                    ),
                ),
            )
        ],
    ),
)
case(
    "若干",
    wanted("若干", 2),
    Wrong(
        [
            (
                "C2",
                Message.of(
                    "tables.fault.cell",
                    read="若干",
                    fact=Message("cell.heads.no_number"),
                ),
            )
        ]
    ),
)
case(
    "a head-count in Chinese numerals and in full-width digits",
    wanted("五人", "３"),
    Right(heads, [(0, 5), (0, 3)]),
)
case(
    "99 and 9999 for no limit",
    wanted(99, 3, 9999),
    Right(
        heads,
        [(0, 99), (0, 3), (0, 9999)],
        confirm=[
            ("C2", Message.of("cell.guess.no_limit", count=99)),
            ("C4", Message.of("cell.guess.no_limit", count=9999)),
        ],
    ),
)
case(
    "about ten",
    wanted("约10人"),
    Right(
        heads,
        [(0, 10)],
        confirm=[
            (
                "C2",
                Message.of(
                    "tables.finding.cell",
                    read="约10人",
                    message=Message.of(
                        "cell.guess",
                        read="10",
                        why=[
                            Message.of("cell.guess.unit", unit="人"),
                            Message("cell.guess.about"),
                        ],
                    ),
                ),
            )
        ],
    ),
)
case(
    "no head-count",
    wanted(2, None, None),
    Right(
        heads,
        [(0, 2), (0, 1), (0, 1)],
        confirm=[
            (
                "C3",
                Message.of(
                    "tables.finding.more",
                    message=Message("tables.empty.wanted"),
                    more=1,
                ),
            )
        ],
    ),
)
case(
    "dates in several forms",
    when("2026/5/2 8:00-12:00", "2026年5月3日 14:00-16:00", "2026-05-04 08:00~12:00"),
    Right(
        windows,
        [
            ("2026-05-02T00:00", "2026-05-02T04:00"),
            ("2026-05-03T06:00", "2026-05-03T08:00"),
            ("2026-05-04T00:00", "2026-05-04T04:00"),
        ],
    ),
    **SPRING,
)
case(
    "a part of a day",
    when("2026年5月2日上午"),
    Right(
        windows,
        [("2026-05-02T00:00", "2026-05-02T04:00")],
        confirm=[
            (
                "D2",
                Message.of("cell.guess.part", part="上午", start="08:00", end="12:00"),
            )
        ],
    ),
    **SPRING,
)
case(
    "a day and a month that could be exchanged",
    when("03/04/2026 8:00-12:00"),
    Wrong(
        [
            (
                "D2",
                Message.of(
                    "tables.fault.cell",
                    read="03/04/2026 8:00-12:00",
                    fact=Message.of(
                        "cell.date.ambiguous",
                        ways=[
                            Message.of("cell.date.month_first", day="2026-03-04"),
                            Message.of("cell.date.day_first", day="2026-04-03"),
                        ],
                    ),
                ),
            )
        ]
    ),
    **SPRING,
)
case(
    "a time without a zone",
    when("2026-05-02 08:00-12:00"),
    Wrong([("D2", Message("cell.accepts.time_zone"))]),
)
case(
    "待定",
    when("待定"),
    Wrong(
        [
            (
                "D2",
                Message.of(
                    "tables.fault.cell", read="待定", fact=Message("cell.time.vague")
                ),
            )
        ]
    ),
    **SPRING,
)
case(
    "levels of skills in several forms",
    book(
        {
            "资源清单": [
                ["资源编号", "单位", "技能"],
                ["R1", "甲", "护理2级、驾驶"],
                ["R2", "甲", "护理（三级）"],
                ["R3", "甲", "护理：2；驾驶"],
            ]
        }
    ),
    Right(
        skills,
        [[("护理", 2), ("驾驶", 1)], [("护理", 3)], [("护理", 2), ("驾驶", 1)]],
        confirm=[
            (
                "C2",
                Message.of(
                    "cell.guess",
                    read="护理:2; 驾驶",
                    why=[Message.of("cell.guess.level", skill="护理", level=2)],
                ),
            ),
            (
                "C3",
                Message.of(
                    "cell.guess",
                    read="护理:3",
                    why=[Message.of("cell.guess.level", skill="护理", level=3)],
                ),
            ),
        ],
    ),
)
case(
    "kinds of resources in the words of lists",
    book(
        {
            "资源清单": [
                ["资源编号", "单位", "类别", "数量"],
                ["R1", "甲", "人才", 1],
                ["R2", "甲", "场地", 1],
                ["R3", "甲", "物资", 50],
                ["R4", "甲", "信息", 1],
            ]
        }
    ),
    Right(
        lambda p: [r.kind for r in p.resources], ["person", "venue", "supplies", "信息"]
    ),
)
case(
    "supplies without a quantity",
    book(
        {"资源清单": [["资源编号", "单位", "类别", "数量"], ["R1", "甲", "物资", None]]}
    ),
    Right(
        lambda p: [r.capacity for r in p.resources],
        [1],
        confirm=[("D2", Message("tables.empty.capacity"))],
    ),
)
case(
    "quantities with units",
    book(
        {
            "资源清单": [
                ["资源编号", "单位", "数量"],
                ["R1", "甲", "20箱"],
                ["R2", "甲", "1,000"],
            ]
        }
    ),
    Right(
        lambda p: [r.capacity for r in p.resources],
        [20, 1000],
        confirm=[
            (
                "C2",
                Message.of(
                    "cell.guess",
                    read="20",
                    why=[Message.of("cell.guess.unit", unit="箱")],
                ),
            ),
            (
                "C3",
                Message.of(
                    "cell.guess", read="1000", why=[Message("cell.guess.thousands")]
                ),
            ),
        ],
    ),
)
case(
    "线上 and 现场",
    book(
        {
            "资源清单": [
                ["资源编号", "单位", "服务方式"],
                ["R1", "甲", "线上"],
                ["R2", "甲", "现场"],
                ["R3", "甲", "线上/现场"],
            ]
        }
    ),
    Right(lambda p: [r.mode for r in p.resources], ["online", "on_site", "both"]),
)
case(
    "levels of response by colour",
    book(
        {
            "需求清单": [
                ["编号", "社区", "人数", "响应等级"],
                ["D1", "C1", 1, "红色"],
                ["D2", "C1", 1, "Ⅱ级"],
            ]
        }
    ),
    Right(
        lambda p: [d.tier for d in p.demands],
        [1, 2],
        confirm=[
            ("D2", Message.of("cell.guess.tier", tier=1)),
            ("D3", Message.of("cell.guess.tier", tier=2)),
        ],
    ),
)
case(
    "marks for nothing",
    book(
        {
            "资源清单": [
                ["资源编号", "单位", "技能", "所在社区"],
                ["R1", "甲", "无", "/"],
                ["R2", "甲", "-", None],
            ]
        }
    ),
    Right(
        lambda p: [(r.skills, r.home) for r in p.resources],
        [((), None), ((), None)],
        confirm=[
            (
                "C2",
                Message.of(
                    "tables.finding.cell",
                    read="无",
                    message=Message("cell.guess.empty"),
                ),
            ),
            (
                "C3",
                Message.of(
                    "tables.finding.cell", read="-", message=Message("cell.guess.empty")
                ),
            ),
            (
                "D2",
                Message.of(
                    "tables.finding.cell", read="/", message=Message("cell.guess.empty")
                ),
            ),
        ],
    ),
)
