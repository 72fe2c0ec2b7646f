"""Where things stand: titles, merged cells, headers of two rows, sums, remarks, empty rows, several
sheets.
"""

from case import SPRING, Right, Wrong, book, case, heads, ids, several, skills, text

from matchkit.messages.message import Message

HEAD = ["资源编号", "单位", "技能"]
DEMANDS = ["编号", "社区", "需求内容", "所需人数"]

case(
    "two title rows above the header",
    book(
        {
            "资源清单": [
                ["某区资源清单（虚构）"],
                ["2026 年 5 月", None, "单位：人"],
                HEAD,
                ["R1", "甲", "护理:2"],
            ]
        }
    ),
    Right(
        skills, [[("护理", 2)]], told=(("", Message.of("tables.above_header", rows=2)),)
    ),
)
case(
    "the unit merged over the rows of its people",
    book(
        {
            "资源清单": [
                HEAD,
                ["R1", None, "护理"],
                ["R2", None, "驾驶"],
                ["R3", "乙", "驾驶"],
            ]
        },
        merge=[("资源清单", "B2:B3", "甲")],
    ),
    Right(
        lambda p: [r.unit for r in p.resources],
        ["甲", "甲", "乙"],
        told=[("B2", Message.of("tables.merged", count=1))],
    ),
)
case(
    "a head-count merged over two demands may count for both together",
    book(
        {"需求清单": [DEMANDS, ["D1", "C1", "巡逻"], ["D2", "C1", "登记"]]},
        merge=[("需求清单", "D2:D3", 6)],
    ),
    Right(
        heads, [(0, 6), (0, 6)], confirm=[("D2", Message.of("tables.merged", count=1))]
    ),
)
case(
    "a header of two rows, most of it merged over both",
    book(
        {
            "资源清单": [
                [],
                [None, None, "电话", "邮箱"],
                ["R1", "甲", "000-0001", "a@example.org"],
            ]
        },
        merge=[
            ("资源清单", "A1:A2", "资源编号"),
            ("资源清单", "B1:B2", "单位"),
            ("资源清单", "C1:D1", "联系方式"),
        ],
    ),
    Right(lambda p: p.resources[0].contact, "000-0001 a@example.org"),
)
case(
    "a row of sums at the foot",
    book(
        {
            "需求清单": [
                DEMANDS,
                ["D1", "C1", "巡逻", 3],
                ["D2", "C1", "登记", 4],
                ["合计", None, None, 7],
            ]
        }
    ),
    Right(
        heads,
        [(0, 3), (0, 4)],
        confirm=[
            (
                "row 4",
                Message.of(
                    "tables.finding.cell", read="合计", message=Message("tables.total")
                ),
            )
        ],
    ),
)
case(
    "Total with a colon, in English",
    book(
        {
            "demands": [
                ["id", "community", "wanted"],
                ["D1", "C1", 3],
                ["Total:", None, 3],
            ]
        }
    ),
    Right(
        heads,
        [(0, 3)],
        confirm=[
            (
                "row 3",
                Message.of(
                    "tables.finding.cell",
                    read="Total:",
                    message=Message("tables.total"),
                ),
            )
        ],
    ),
)
case(
    "who filled in the form, below the table",
    book(
        {
            "资源清单": [
                HEAD,
                ["R1", "甲", "护理"],
                ["填表人：虚构甲", None, "日期：2026-05-01"],
            ]
        }
    ),
    Right(ids, ["R1"], confirm=[("row 3", Message("tables.foot"))]),
)
case(
    "hidden and empty rows between records",
    book(
        {
            "资源清单": [
                HEAD,
                ["R1", "甲", "护理"],
                [],
                ["  ", "\u3000"],
                ["R2", "甲", "驾驶"],
            ]
        },
        hidden=[("资源清单", 2)],
    ),
    Right(ids, ["R1", "R2"]),
)
case(
    "the header printed again on every page",
    book({"资源清单": [HEAD, ["R1", "甲", "护理"], HEAD, ["R2", "甲", "驾驶"]]}),
    Right(ids, ["R1", "R2"], told=(("", Message("tables.header_again")),)),
)
case(
    "a form with running numbers, of which only some rows are filled in",
    book(
        {
            "资源清单": [
                ["序号", "单位", "姓名"],
                [1, "甲", "虚构甲"],
                [2, "甲", "虚构乙"],
                [3, None, None],
                [4, None, None],
            ]
        }
    ),
    Right(ids, ["1", "2"]),
)
case(
    "a running number beside an id is not the id",
    book({"资源清单": [["序号", "编号", "单位"], [1, "R7", "甲"], [2, "R8", "甲"]]}),
    Right(ids, ["R7", "R8"]),
)
case(
    "no id at all: rows are numbered",
    book({"资源清单": [["单位", "技能"], ["甲", "护理"], ["甲", "驾驶"]]}),
    Right(
        ids,
        ["R2", "R3"],
        told=(
            (
                "",
                Message.of(
                    "tables.finding.more",
                    message=Message.of("tables.numbered", id="R2"),
                    more=1,
                ),
            ),
        ),
    ),
)
case(
    "one id is missing among others",
    book({"资源清单": [HEAD, ["R1", "甲", "护理"], [None, "甲", "驾驶"]]}),
    Right(
        ids,
        ["R1", "R3"],
        confirm=[("row 3", Message.of("tables.numbered", id="R3"))],
    ),
)
case(
    "a list of each unit in a folder, each with its own running numbers",
    several(
        text(
            [["序号", "单位", "技能"], [1, "甲", "护理"], [2, "甲", "驾驶"]],
            "甲单位资源清单.csv",
        ),
        text([["序号", "单位", "技能"], [1, "乙", "护理"]], "乙单位资源清单.csv"),
    ),
    Right(
        lambda p: sorted(ids(p)),
        sorted(["甲单位资源清单-1", "甲单位资源清单-2", "乙单位资源清单-1"]),
        told=(
            ("", Message.of("tables.numbers_of_several", example="乙单位资源清单-1")),
        ),
    ),
)
case(
    "a sheet with a name that says nothing is known by its headers",
    book(
        {
            "五月": [
                ["需求编号", "所属社区", "需求内容", "所需人数", "紧急程度"],
                ["D1", "C1", "巡逻", 2, 3],
            ]
        }
    ),
    Right(heads, [(0, 2)], confirm=[("sheet 五月", Message("tables.by_headers"))]),
)
case(
    "sheets that are no tables of ours",
    book({"资源清单": [HEAD, ["R1", "甲", "护理"]], "Sheet2": [["随手记"], ["买水"]]}),
    Right(
        ids,
        ["R1"],
        confirm=[
            (
                "sheet Sheet2",
                Message.of(
                    "tables.left_out",
                    fact=Message("tables.sheet_unknown"),
                    advice=Message("tables.give_tables"),
                ),
            )
        ],
    ),
)
case(
    "skills in numbered columns",
    book(
        {
            "资源清单": [
                ["资源编号", "单位", "技能1", "技能2", "技能 3"],
                ["R1", "甲", "护理:2", "驾驶", None],
                ["R2", "甲", None, None, "驾驶"],
            ]
        }
    ),
    Right(skills, [[("护理", 2), ("驾驶", 1)], [("驾驶", 1)]]),
)
case(
    "a column that nobody knows, and one whose name is nearly right",
    book({"demands": [["id", "community", "wantd", "colour"], ["D1", "C1", 4, "red"]]}),
    Right(
        heads,
        [(0, 1)],
        confirm=[
            ("column wantd (C1)", Message.of("tables.column_near", near="wanted")),
            ("column colour (D1)", Message("tables.column_unknown")),
            ("row 2", Message("tables.empty.wanted")),
        ],
    ),
)
case(
    "remarks and states mean nothing to a matching",
    book(
        {
            "需求清单": [
                [*DEMANDS, "备注", "状态", "地点"],
                ["D1", "C1", "巡逻", 2, "请尽快", "待派单", "东门"],
            ]
        }
    ),
    Right(heads, [(0, 2)]),
)
case(
    "a column without a header",
    book({"资源清单": [[*HEAD, None], ["R1", "甲", "护理", "?"]]}),
    Right(ids, ["R1"], confirm=[("D2", Message("tables.no_header"))]),
)
case(
    "the same header twice, both filled in",
    book({"资源清单": [[*HEAD, "数量", "数量"], ["R1", "甲", "护理", 1, 2]]}),
    Wrong([("E1", Message.of("tables.twice", other="数量"))]),
)
case(
    "two headers for one column, of which one is empty",
    book(
        {
            "资源清单": [
                ["资源编号", "所属单位", "单位名称", "技能"],
                ["R1", "甲", None, "护理"],
            ]
        }
    ),
    Right(lambda p: [r.unit for r in p.resources], ["甲"]),
)
case(
    "no column of the unit",
    book({"资源清单": [["资源编号", "技能"], ["R1", "护理"]]}),
    Wrong([("sheet 资源清单, row 1", Message("tables.no_column"))]),
)
case(
    "a sheet of prose under the name of a list",
    book({"资源清单": [["各单位请于周五前报送。"], ["谢谢。"]]}),
    Wrong([("sheet 资源清单", Message("tables.header_missing"))]),
)
case(
    "headers in English and Chinese in one sheet, in letters of full width",
    book(
        {
            "资源清单": [
                ["ＩＤ", "单位 名称", "Skills / 技能", "ＣＡＰＡＣＩＴＹ"],
                ["R1", "甲", "护理", 2],
            ]
        }
    ),
    Right(
        lambda p: (ids(p), [r.capacity for r in p.resources]),
        (["R1"], [2]),
        confirm=[("C1", Message("tables.column_unknown"))],
    ),
)
case(
    "nothing but notes",
    book({"说明": [["请填写各表"]]}),
    Wrong([("the tables", Message("tables.no_tables"))]),
)
case(
    "the contact in two columns",
    book(
        {
            "资源清单": [
                ["资源编号", "单位", "联系人", "联系电话"],
                ["R1", "甲", "虚构乙", "000-0002"],
            ]
        }
    ),
    Right(lambda p: p.resources[0].contact, "虚构乙 000-0002"),
    **SPRING,
)
