"""How files are saved: encodings, marks between cells, byte order marks, formulas, data frames."""

from case import SPRING, Right, Wrong, book, case, heads, ids, skills, text, windows

from matchkit.messages.message import Message

HEAD = ["资源编号", "单位", "技能"]

case(
    "a Chinese spreadsheet program's CSV in GB18030",
    text([HEAD, ["R1", "甲", "护理"]], "资源清单.csv", "gb18030"),
    Right(skills, [[("护理", 1)]], told=(("", Message("tables.gb18030")),)),
)
case(
    "CSV with a byte order mark",
    text([HEAD, ["R1", "甲", "护理"]], "资源清单.csv", "utf-8-sig"),
    Right(skills, [[("护理", 1)]]),
)
case(
    "CSV with semicolons",
    text([["id", "unit", "capacity"], ["R1", "A", 3]], "resources.csv", delimiter=";"),
    Right(lambda p: [r.capacity for r in p.resources], [3]),
)
case(
    "text with tabs under the name of CSV",
    text([["id", "unit", "capacity"], ["R1", "A", 3]], "resources.csv", delimiter="\t"),
    Right(lambda p: [r.capacity for r in p.resources], [3]),
)
case(
    "a formula that failed",
    text([["需求编号", "社区", "所需人数"], ["D1", "C1", "#N/A"]], "需求清单.csv"),
    Wrong(
        [
            (
                "row 2, column 所需人数",
                Message.of(
                    "tables.fault.cell",
                    read="#N/A",
                    fact=Message.of("cell.error_value", error="#N/A"),
                ),
            )
        ]
    ),
)
case(
    "a row with fewer cells than the header",
    text([HEAD, ["R1", "甲"]], "资源清单.csv"),
    Right(skills, [[]]),
)
case(
    "dates as real dates of a spreadsheet",
    lambda folder: book(
        {
            "需求清单": [
                ["编号", "社区", "人数", "开始时间", "结束时间"],
                [
                    "D1",
                    "C1",
                    2,
                    __import__("datetime").date(2026, 5, 2),
                    __import__("datetime").date(2026, 5, 3),
                ],
            ]
        }
    )(folder),
    Right(
        windows,
        [("2026-05-01T16:00", "2026-05-03T16:00")],
        confirm=[("D2", Message.of("cell.guess.one_span", days=2))],
    ),
    **SPRING,
)
case(
    "ids as numbers",
    book({"资源清单": [HEAD, [101, "甲", "护理"], [102, "甲", "驾驶"]]}),
    Right(ids, ["101", "102"]),
)
case(
    "phone numbers as numbers",
    book({"资源清单": [["资源编号", "单位", "联系电话"], ["R1", "甲", 10000000001]]}),
    Right(lambda p: p.resources[0].contact, "10000000001"),
)
case(
    "identity numbers of 18 digits as numbers: the last digits are lost",
    book({"资源清单": [HEAD, [110101000000000001, "甲", "护理"]]}),
    Wrong([("A2", Message.of("cell.text.digits_lost", most=15))]),
)
case(
    "the tables of both sides in one workbook, in English and Chinese",
    book(
        {
            "resources": [["id", "unit"], ["R1", "A"]],
            "需求清单": [["编号", "社区", "人数"], ["D1", "C1", 1]],
        }
    ),
    Right(lambda p: (ids(p), heads(p)), (["R1"], [(0, 1)])),
)
