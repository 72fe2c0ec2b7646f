"""What rows say of each other: ids twice, units by name, units that nobody lists, roles in two tables, places
far away.
"""

import pinned
from case import Right, Wrong, book, case, heads, ids

from matchkit.messages.message import Message

UNITS = [
    ["单位编号", "单位名称"],
    ["U1", "虚构学院"],
    ["U2", "虚构医院"],
    ["U3", "虚构医院"],
]
HEAD = ["资源编号", "单位", "技能"]

case(
    "the unit by its name",
    book(
        {
            "单位": UNITS[:3],
            "资源清单": [HEAD, ["R1", "虚构学院", "护理"], ["R2", "U2", "护理"]],
        }
    ),
    Right(
        lambda p: [r.unit for r in p.resources],
        ["U1", "U2"],
        told=(("", Message.of("tables.by_name", id="U1")),),
    ),
)
case(
    "the unit by a name that two units have",
    book({"单位": UNITS, "资源清单": [HEAD, ["R1", "虚构医院", "护理"]]}),
    Wrong([("B2", Message.of("tables.ambiguous", ids=["U2", "U3"]))]),
)
case(
    "a unit that is not in the table of units",
    book({"单位": UNITS[:3], "资源清单": [HEAD, ["R1", "U9", "护理"]]}),
    Wrong([("B2", Message.of("record.unlisted.unit", id="U9"))]),
)
case(
    "one id for two people",
    book(
        {
            "资源清单": [
                HEAD,
                ["R1", "甲", "护理"],
                ["R2", "甲", "护理"],
                ["r1", "甲", "驾驶"],
            ]
        }
    ),
    Wrong(
        [
            (
                "A4",
                pinned.text("record.same_id", other="list.xlsx, sheet 资源清单, row 2"),
            )
        ]
    ),
)
case(
    "an empty unit",
    book({"资源清单": [HEAD, ["R1", None, "护理"]]}),
    Wrong([("B2", Message("tables.required"))]),
)
case(
    "a least number above the number wanted",
    book({"需求清单": [["编号", "社区", "人数", "最少人数"], ["D1", "C1", 2, 3]]}),
    Wrong([("row 2", Message("record.minimum"))]),
)
case(
    "roles in the demand's row and in the table of roles, too",
    book(
        {
            "需求清单": [["编号", "社区", "人数"], ["D1", "C1", 2]],
            "岗位": [["岗位编号", "需求编号", "人数"], ["Q1", "D1", 1]],
        }
    ),
    Wrong([("C2", Message("tables.role_twice"))]),
)
case(
    "a role of a demand that is not listed",
    book(
        {
            "需求清单": [["编号", "社区", "人数"], ["D1", "C1", 2]],
            "岗位": [["岗位编号", "需求编号", "人数"], ["Q1", "D7", 1]],
        }
    ),
    Wrong(
        [
            (
                "B2",
                Message.of(
                    "tables.fault.cell", read="D7", fact=Message("tables.no_demand")
                ),
            )
        ]
    ),
)
case(
    "latitude without longitude",
    book({"社区": [["社区编号", "纬度", "经度"], ["C1", 36.06, None]]}),
    Wrong([("C2", Message("tables.half_place"))]),
)
case(
    "latitude and longitude exchanged",
    book({"社区": [["社区编号", "纬度", "经度"], ["C1", 103.83, 36.06]]}),
    Wrong([("B2", Message.of("cell.degrees.bounds", most=90))]),
)
case(
    "a place at the other end of the world",
    book(
        {
            "社区": [
                ["社区编号", "纬度", "经度"],
                *(
                    [f"C{number}", 36.05 + number / 1000, 103.8]
                    for number in range(1, 7)
                ),
                ["C7", 36.06, -103.8],
            ]
        }
    ),
    Right(
        lambda p: len(p.communities),
        7,
        confirm=[("B8", Message.of("tables.far", lat="36.06", lon="-103.8"))],
    ),
)
case(
    "a tier of 0, and everything else wrong at once",
    book(
        {
            "需求清单": [
                ["编号", "社区", "人数", "等级", "时长"],
                ["D1", "C1", "若干", 0, 30],
                ["D2", None, 2, 1, None],
            ]
        }
    ),
    Wrong(
        [
            (
                "C2",
                Message.of(
                    "tables.fault.cell",
                    read="若干",
                    fact=Message("cell.heads.no_number"),
                ),
            ),
            ("D2", Message("cell.tier.bounds")),
            ("B3", Message("tables.required")),
        ]
    ),
)
case(
    "units and communities that have no table of their own",
    book(
        {
            "资源清单": [HEAD, ["R1", "虚构甲单位", "护理"]],
            "需求清单": [["编号", "社区/网格", "人数"], ["D1", "虚构社区第 3 网格", 1]],
        }
    ),
    Right(
        lambda p: (
            [u.id for u in p.units],
            [c.id for c in p.communities],
            ids(p),
            heads(p),
        ),
        (["虚构甲单位"], ["虚构社区第 3 网格"], ["R1"], [(0, 1)]),
        told=(
            ("", Message.of("tables.added.units", count=1)),
            ("", Message.of("tables.added.communities", count=1)),
        ),
    ),
)

case(
    "a template of which only the two lists are filled in",
    book(
        {
            "单位": [["单位编号", "单位名称", "上级单位"]],
            "社区": [["社区编号", "社区名称"]],
            "资源清单": [HEAD, ["R1", "虚构甲单位", "护理"]],
            "需求清单": [["编号", "社区", "人数"], ["D1", "虚构社区", 1]],
        }
    ),
    Right(
        lambda p: ([u.id for u in p.units], [c.id for c in p.communities]),
        (["虚构甲单位"], ["虚构社区"]),
        told=(("", Message.of("tables.added.units", count=1)),),
    ),
)
