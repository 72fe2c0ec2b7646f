"""Lists that people who had not built the reader kept, each read as whoever kept it means it, or asked about;
never misread in silence.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pinned
import pytest

import matchkit as mk
from matchkit.errors import InputError
from matchkit.tables.formats import Grid
from matchkit.tables.importer.reading import read_tables
from matchkit.tables.importer.writing import problem_grids
from matchkit.tables.pair_table import read_table

CASES = Path(__file__).parent / "cases"
SPRING = {"tz": "Asia/Shanghai", "first": "2026-05-01", "last": "2026-06-30"}


def grid(*rows, name="resources", **where):
    return Grid(name, [list(row) for row in rows], **where)


def faults(source, **given):
    with pytest.raises(InputError) as caught:
        read_tables(source, **given)
    return caught.value


def test_with_ignore_rest_a_column_that_the_mapping_does_not_name_is_not_read_by_its_header():
    found = read_tables(CASES / "ignore_rest.csv", mapping=CASES / "ignore_rest.toml")
    (demand,) = found.problem.demands
    assert (
        demand.id,
        demand.community,
        demand.tier,
        demand.requirements[0].wanted,
    ) == (
        "1",
        "x",
        1,
        2,
    )
    assert found.guesses == ()


def test_a_guess_of_the_table_is_told_with_its_first_fault_and_how_to_name_another():
    error = faults(CASES / "shifts_without_names.csv", **SPRING)
    first, *others = error.complaints
    assert (
        first.where == "shifts_without_names.csv, row 1"
        and first.fact == "has no column unit"
    )
    taken = {"taken": pinned.message("tables.by_headers", table="resources")}
    assert pinned.has(first, "tables.if_another", **taken)
    assert not pinned.has(others, "tables.if_another")


def test_two_letter_cases_of_a_unit_are_one_unit_that_is_asked_about_by_row_and_column():
    found = read_tables(CASES / "two_cases.csv")
    assert [unit.id for unit in found.problem.units] == ["Oak Hill"]
    assert [resource.unit for resource in found.problem.resources] == [
        "Oak Hill",
        "Oak Hill",
    ]
    assert (
        found.guesses[1].line()
        == f"two_cases.csv, row 3, column unit: 'OAK HILL' {pinned.text('tables.by_case', id='Oak Hill')}."
    )
    assert (
        found.guesses[1].line("zh")
        == f"two_cases.csv 第 3 行 “unit”列：“OAK HILL”{pinned.text('tables.by_case', 'zh', id='Oak Hill')}。"
    )


def test_rows_of_a_text_file_are_its_records_however_many_lines_they_have():
    found = read_tables(CASES / "line_breaks.csv")
    assert [demand.id for demand in found.problem.demands] == ["D2", "D3"]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("demands", {"community": "接收单位", "name": "品名", "wanted": "数量"}),
        ("resources", {"unit": "接收单位", "kind": "品名", "capacity": "数量"}),
    ],
)
def test_who_made_a_list_and_when_stands_at_its_foot_and_is_no_record(table, columns):
    mapping = {
        "tables": [
            {"table": table, "file": "aid*", "ignore_rest": True, "columns": columns}
        ]
    }
    found = read_tables(CASES / "aid_list_with_footer.xlsx", mapping=mapping)
    named = [one.community for one in found.problem.demands] or [
        one.unit for one in found.problem.resources
    ]
    assert named == ["甲医院", "乙医院", "乙医院", "乙医院"]
    assert [(guess.kind, guess.where.row) for guess in found.guesses] == [
        ("ignored", 10),
        ("ignored", 9),
    ]


def test_an_aid_list_without_a_mapping_is_one_fault_that_says_what_to_do():
    (complaint,) = faults(CASES / "aid_list_with_footer.xlsx").complaints
    assert complaint.line() == (
        "aid_list_with_footer.xlsx, sheet Sheet: is no table that is known, by its name or its "
        "headers. Call the sheet or the file by one "
        "of these names (units; communities; resources; demands; requirements; skills; rules; "
        "previous; reference; scores; history; rankings; nominations; channels; aims; settings), "
        "or say in a mapping which it is."
    )
    assert complaint.line("zh").startswith(
        "aid_list_with_footer.xlsx 工作表“Sheet”：名称和表头都不属于任何已知的表。请用以下名称之一"
    )


def test_a_staff_list_of_a_personnel_system_is_read_with_its_departments_as_units():
    found = read_tables(CASES / "staff_list.xlsx")
    assert [
        (one.id, one.unit, one.name, one.contact, [held.skill for held in one.skills])
        for one in found.problem.resources
    ] == [
        ("EMP000001", "市场部", "甲一", "13800000001", []),
        ("EMP000002", "客服部", "乙二", "13800000002", ["急救"]),
    ]
    assert [guess.where.column for guess in found.guesses] == [
        "",
        "渠道名称*",
        "劳务关系",
        "入职日期(YYYY-MM-DD)",
    ]


def test_columns_that_are_days_are_one_fault_and_no_resource_is_always_available():
    (complaint,) = faults(CASES / "weekday_columns.csv", **SPRING).complaints
    assert complaint.fact == pinned.text("tables.day_columns", heads="Mon, Tue, Sat")
    assert complaint.advice.startswith(
        "Write the times of each row into one column, as in Mon 18:00-22:00; Sat 09:00-12:00"
    )


def test_a_mapping_does_not_lose_the_days_that_are_headers():
    columns = {"id": "id", "unit": "unit", "available": ["Mon", "Tue", "Sat"]}
    mapping = {
        "tables": [{"table": "resources", "file": "weekday*", "columns": columns}]
    }
    (complaint,) = faults(
        CASES / "weekday_columns.csv", mapping=mapping, **SPRING
    ).complaints
    assert complaint.fact == pinned.text("tables.day_columns", heads="Mon, Tue, Sat")
    one = {"tables": [{"table": "resources", "columns": {"available": "Sat"}}]}
    found = read_tables(
        [grid(["id", "unit", "Sat"], ["R1", "U1", "Sat 09:00-12:00"])],
        mapping=one,
        **SPRING,
    )
    assert [guess.line() for guess in found.guesses] == [
        f"sheet resources, row 1, column Sat: {pinned.text('tables.headed_by_day')}."
    ]


def test_the_advice_on_columns_that_are_days_leads_to_the_right_hours():
    rows = (
        ["id", "unit", "available"],
        ["P1", "u", "Mon 18:00-22:00; Sat 09:00-12:00"],
    )
    found = read_tables([grid(*rows)], **SPRING)
    (first, second) = found.problem.resources[0].available
    assert ([first.days, second.days], found.guesses) == ([(1,), (6,)], ())


@pytest.mark.parametrize(
    "head",
    [
        "周一",
        "5/4",
        "2026-05-04",
        "Saturday",
        "周末",
        "周六上午",
        "Mon 5/4",
        "5月4日 周一",
        "节假日",
        "08:00",
    ],
)
def test_a_column_of_any_day_is_asked_about_unless_a_mapping_ignores_it(head):
    rows = [grid(["id", "unit", head], ["R1", "U1", "√"])]
    assert [complaint.fact for complaint in faults(rows).complaints] == [
        pinned.text("tables.day_columns", heads=head)
    ]
    assert (
        read_tables(
            rows, mapping={"tables": [{"table": "resources", "ignore": [head]}]}
        ).guesses
        == ()
    )


@pytest.mark.parametrize("name", ["duty_roster.csv", "duty_list.csv"])
def test_a_roster_is_one_fault_that_says_what_to_do_for_read_and_for_audit(name):
    (complaint,) = faults(CASES / name).complaints
    assert (complaint.where, complaint.fact) == (name, pinned.text("tables.roster"))
    assert pinned.has(complaint, "tables.give_lists")
    with pytest.raises(InputError) as caught:
        read_table(CASES / name)
    (complaint,) = caught.value.complaints
    assert complaint.fact == pinned.text("sheet.pairs.roster")
    assert "某" not in f"{caught.value}{caught.value.text('zh')}"


@pytest.mark.parametrize(
    "head",
    [
        ["姓名", "一", "二", "三", "四", "五", "六", "日"],
        ["Who", *range(1, 32)],
        ["x", "Mon", "Tue"],
        ["x", date(2026, 5, 4), date(2026, 5, 5)],
    ],
)
def test_days_of_a_roster_may_be_letters_numbers_or_dates(head):
    (complaint,) = faults(
        [grid(head, ["Ann", *("x" for _ in head[1:])], name="plan of May")]
    ).complaints
    assert complaint.fact == pinned.text("tables.roster")


def test_a_roster_beside_other_lists_is_asked_about():
    roster = grid(["x", "Mon", "Tue"], ["Ann", "early", "late"], name="plan of May")
    found = read_tables([grid(["id", "unit"], ["R1", "U1"]), roster])
    (guess,) = found.guesses
    assert guess.line().startswith(
        "sheet plan of May: was left out: it has days in its header or its first column, as a roster has"
    )


def test_several_names_in_a_cell_of_a_table_of_pairs_are_a_fault_unless_they_are_one_id(
    tmp_path,
):
    (tmp_path / "t.csv").write_text(
        'resource,requirement\n甲某、乙某,Q1\n"R, 1",Q1\n', encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        read_table(tmp_path / "t.csv", {"R, 1", "Q1"})
    (complaint,) = caught.value.complaints
    assert complaint.line() == pinned.line(
        "t.csv, row 2, column A",
        "sheet.pairs.several",
        "sheet.pairs.several.do",
        names=2,
    )


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        (
            "A街道资源清单.xlsx",
            ["周一至周五晚上", "周末全天", "驾驶/维修", "全天", "无", "随时", "双休日"],
        ),
        (
            "A街道需求清单.xlsx",
            ["紧急", "特急", "每周二四晚", "5月1日至31日", "周末", "2-3人", "10人左右"],
        ),
    ],
)
def test_what_is_uncertain_in_the_lists_of_a_street_is_asked_about(name, asked):
    cells = [
        guess.read.text("zh")
        for guess in read_tables(CASES / name, **SPRING).guesses
        if guess.read is not None
    ]
    assert [cell for cell in asked if cell not in cells] == []


@pytest.mark.parametrize("text", ["Oak\nHill", "Oak \r\n Hill", "Oak\tHill"])
def test_a_line_break_in_a_cell_is_a_blank_in_a_name_and_asked_about_in_an_id(text):
    found = read_tables(
        [
            grid(
                ["id", "community", "name"],
                ["D1", text, "wash\nthe\r\ncars"],
                name="demands",
            )
        ]
    )
    (demand,) = found.problem.demands
    assert (demand.community, demand.name) == ("Oak Hill", "wash the cars")
    assert [guess.where.column for guess in found.guesses] == ["community", "wanted"]


@pytest.mark.parametrize(
    "cell",
    ["2026-05-02\n08:00-12:00", "2026-05-02 08:00-12:00", "2026-05-02\r\n 8:00-12:00"],
)
def test_hours_in_a_line_below_their_day_are_hours_of_that_day(cell):
    found = read_tables(
        [
            grid(
                ["id", "community", "wanted", "windows"],
                ["D1", "C1", 1, cell],
                name="demands",
            )
        ],
        **SPRING,
    )
    (window,) = found.problem.demands[0].windows  # eight hours ahead of UTC
    assert (f"{window.start:%d %H:%M}", f"{window.end:%d %H:%M}", found.guesses) == (
        "02 00:00",
        "02 04:00",
        (),
    )


def test_days_with_hours_in_lines_of_their_own_stay_apart():
    rows = (
        ["id", "unit", "available"],
        ["R1", "U1", "周一 18:00-20:00\n周六\n09:00-12:00; 周日 09:00-10:00"],
    )
    found = read_tables([grid(*rows)], **SPRING)
    hours = [
        (one.days, one.start, one.end) for one in found.problem.resources[0].available
    ]
    assert hours == [
        ((1,), "18:00", "20:00"),
        ((6,), "09:00", "12:00"),
        ((7,), "09:00", "10:00"),
    ]


def test_an_id_that_a_list_names_in_other_letters_is_asked_about_and_one_that_two_have_is_a_fault():
    units = grid(["id", "name"], ["U1", "North"], ["U2", "u1"], name="units")
    found = read_tables(
        [grid(["id"], ["U1"], name="units"), grid(["id", "unit"], ["R1", "u1"])]
    )
    assert found.problem.resources[0].unit == "U1"
    assert [guess.line() for guess in found.guesses] == [
        f"sheet resources, row 2, column unit: 'u1' {pinned.text('tables.by_case', id='U1')}."
    ]
    (complaint,) = faults([units, grid(["id", "unit"], ["R1", "u1"])]).complaints
    assert complaint.fact == f"'u1' {pinned.text('tables.ambiguous', ids='U1, U2')}"


def test_ids_of_pairs_and_of_several_communities_are_asked_about_in_other_letters():
    found = read_tables(
        [
            grid(["id", "unit", "familiar"], ["R1", "U1", "oak; OAK; elm"]),
            grid(["id", "community", "wanted"], ["D1", "Oak", 1], name="demands"),
            grid(["resource", "requirement"], ["r1", "d1"], name="previous"),
        ]
    )
    assert found.problem.resources[0].familiar == ("Oak", "elm")
    assert [(pair.resource, pair.requirement) for pair in found.problem.previous] == [
        ("R1", "D1")
    ]
    assert sorted(guess.read.text() for guess in found.guesses) == [
        "OAK",
        "d1",
        "oak",
        "r1",
    ]


def test_whole_numbers_of_a_frame_keep_their_digits_and_floats_that_lost_them_are_refused():
    pandas = pytest.importorskip("pandas")
    long = [1234567890123456, 1234567890123457]
    found = read_tables(
        {"resources": pandas.DataFrame({"id": long, "unit": ["U1", "U1"]})}
    )
    assert [resource.id for resource in found.problem.resources] == [
        "1234567890123456",
        "1234567890123457",
    ]
    assert found.guesses == ()
    kept = pandas.DataFrame(
        {"id": [float(long[0]), None], "unit": ["U1", "U1"], "name": ["a", "b"]}
    )  # below 2**53 nothing is lost
    assert (
        read_tables({"resources": kept}).problem.resources[0].id == "1234567890123456"
    )
    lost = pandas.DataFrame(
        {"id": [9007199254740993.0], "unit": ["U1"]}
    )  # 2**53 + 1 is no float
    (complaint,) = faults({"resources": lost}).complaints
    assert (
        pinned.text("cell.text.digits_lost", most=15) in complaint.fact
        and pinned.text("cell.accepts.all_digits") in complaint.advice
    )


def test_short_floats_of_a_frame_and_of_a_parquet_file_are_asked_about_where_they_may_have_lost_digits(
    tmp_path,
):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {"id": pandas.Series([16777217, 7], dtype="float32"), "unit": ["U1", "U1"]}
    )  # 2**24 + 1 is no such float
    frame.to_parquet(tmp_path / "resources.parquet")
    for source in ({"resources": frame}, tmp_path / "resources.parquet"):
        found = read_tables(source)
        assert [resource.id for resource in found.problem.resources] == [
            "16777216",
            "7",
        ]
        assert [
            (guess.where.row, pinned.text("cell.guess.number_as_text") in guess.line())
            for guess in found.guesses
        ] == [(2, True)]


def test_the_same_cell_as_a_number_and_as_text_is_asked_about_once():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {"id": ["D1", "D2", "D3"], "community": ["C1"] * 3, "wanted": [99, "99", 99.0]},
        dtype=object,
    )
    found = read_tables({"demands": frame})
    assert [guess.line() for guess in found.guesses] == [
        (
            "sheet demands, row 2, column wanted: '99' read as 0..99 (99 looks like a mark for no "
            "limit) (and 2 more rows alike)."
        )
    ]


def test_the_same_cell_with_blanks_a_point_or_full_width_digits_is_asked_about_once():
    rows = [
        [f"D{number}", "C1", cell]
        for number, cell in enumerate((99, 99.0, "99", "99 ", " 99", "99.0", "９９"))
    ]
    [asked] = read_tables(
        [grid(["id", "community", "wanted"], *rows, name="demands")]
    ).guesses
    assert (asked.where.row, asked.more) == (2, 6)


@pytest.mark.parametrize(
    ("cell", "value", "asked"),
    [
        ("3个人", (0, 3), ()),
        ("3名志愿者", (0, 3), ()),
        ("10人次", (0, 10), ("turns, in which the same people may serve again",)),
    ],
)
def test_head_counts_with_other_words_for_people(cell, value, asked):
    found = read_tables(
        [grid(["id", "community", "wanted"], ["D1", "C1", cell], name="demands")]
    )
    (role,) = found.problem.demands[0].requirements
    assert ((role.minimum, role.wanted), len(found.guesses)) == (value, len(asked))
    assert all(words in found.text() for words in asked)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        *(("wanted", cell) for cell in ("约3-5人", "若干", "每场3人")),
        *(("tier", cell) for cell in ("一般", "较急", "高", "中", "低")),
    ],
)
def test_counts_and_urgencies_that_say_no_number_are_one_fault_and_no_guess(
    column, cell
):
    rows = (
        ["id", "community", "wanted", "tier"],
        [
            "D1",
            "C1",
            cell if column == "wanted" else 1,
            cell if column == "tier" else 1,
        ],
    )
    (complaint,) = faults([grid(*rows, name="demands")]).complaints
    assert (
        complaint.where == f"sheet demands, row 2, column {column}" and complaint.advice
    )


@pytest.mark.parametrize(
    ("table", "foot"),
    [("demands", ["2026年1月31日"]), ("resources", ["虚构市红会", "2026-01-31"])],
)
def test_a_date_beside_a_name_at_the_foot_of_a_small_list_is_no_record(table, foot):
    head = {
        "demands": ["community", "name", "wanted"],
        "resources": ["unit", "capacity", "kind"],
    }[table]
    record = {"demands": ["C1", "boxes", 2], "resources": ["U1", 2, "supplies"]}[table]
    found = read_tables([grid(head, record, [*foot, None, None][:3], name=table)])
    assert len(found.problem.demands) + len(found.problem.resources) == 1
    assert [(guess.kind, guess.where.row) for guess in found.guesses] == [
        ("ignored", 3)
    ]


def test_a_header_is_not_named_for_another_whose_cells_it_could_not_hold():
    near = read_tables([grid(["id", "unit", "lang"], ["R1", "U1", "zh"])]).text()
    assert "maybe" not in near and "no column of that name is known" in near
    assert (
        "maybe 'end time' is meant"
        in read_tables(
            [grid(["id", "unit", "end tme"], ["R1", "U1", "2026-05-02 10:00"])]
        ).text()
    )


def test_a_name_within_a_name_is_less_than_headers():
    people = grid(
        ["id", "unit", "skills", "capacity"],
        ["V1", "U1", "cooking", 2],
        name="skills of our people",
    )
    found = read_tables([people])
    assert [resource.id for resource in found.problem.resources] == ["V1"]
    assert [guess.line() for guess in found.guesses] == [
        f"sheet skills of our people: {pinned.text('tables.by_headers', table='resources')}."
    ]


def test_every_finding_is_listed_where_all_are_asked_for():
    rows = [[f"D{number}", "C1", f"{number}-{number + 1}人"] for number in range(1, 9)]
    found = read_tables([grid(["id", "community", "wanted"], *rows, name="demands")])
    assert (
        "3 more cells read in the same way" in found.text()
        and "'8-9人'" not in found.text()
    )
    assert "more cells" not in found.text(
        every=True
    ) and "'8-9人' read as 8..9" in found.text(every=True)


def test_the_first_fault_of_weekly_hours_names_the_options_that_mend_it():
    rows = [grid(["id", "unit", "available"], ["R1", "U1", "Mon 18:00-20:00"])]
    error = faults(rows)
    for lang in ("en", "zh"):
        assert [
            option
            for option in ("--zone", "--first", "--last")
            if option not in error.text(lang)
        ] == []
    assert "--zone" not in faults(rows, tz="UTC").text()
    assert (
        read_tables(rows, tz="UTC", first="2026-05-01", last="2026-05-31").guesses == ()
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "volunteers",
            "tables.by_name_of_sheet",
        ),
        (
            "people of May",
            "tables.by_name_of_sheet",
        ),
        (
            "list of May",
            "tables.by_headers",
        ),
        ("Resources (2)", ""),
        ("资源清单", ""),
    ],
)
def test_a_table_whose_name_is_not_that_of_its_sheet_is_named_with_the_first_fault(
    name, told
):
    (complaint,) = faults(
        [grid(["id", "unit", "capacity"], ["X1", "A", "several"], name=name)]
    ).complaints
    assert pinned.has(complaint, "tables.if_another") == bool(told)
    if told:
        taken = pinned.message(told, table="resources")
        assert pinned.has(complaint, "tables.if_another", taken=taken)


def test_advice_on_a_name_that_is_too_long_leads_to_no_second_column_of_names():
    (complaint,) = faults(
        [grid(["id", "community", "name"], ["D1", "C1", "x" * 300], name="demands")]
    ).complaints
    assert complaint.advice == "Shorten it"


def test_a_list_of_goods_is_not_taken_for_goals_with_a_slip():
    assert (
        "maybe"
        not in faults([grid(["Ware", "Shelf"], ["soap", 3], name="goods")]).text()
    )


FEET = [
    "Printed 2026-05-02",
    "Printed: 2 May 2026 by the office",
    "Exported by the office",
    "Last updated: 2026-05-02",
    "Records: 2",
]
FEET += [
    "2 records",
    "Number of records: 2",
    "=====",
    "© 2026 City",
    "(c) 2026 City",
    "Summe",
    "Summe: 5",
    "Gesamt: 2",
    "Somme",
    "n=2",
]
FEET += [
    "合计：2人",
    "合计金额 5",
    "合计…",
    "人数：2",
    "制表人 张三",
    "制表人：张三",
    "制表人张三 审核人李四",
    "打印时间 2026-05-02",
]
FEET += ["导出日期：2026-05-02"]
FEET += [
    "End of list",
    "--- end ---",
    "——完——",
    "END",
    "内部资料 注意保密",
    "Confidential",
    "www.example.org",
    "备注 以上人员均可",
]


@pytest.mark.parametrize("foot", FEET)
def test_a_remark_at_the_foot_is_no_record_of_any_table_and_told(foot):
    tables = {
        "units": [["id", "name", "parent"], ["u1", "Elm", "u2"], ["u2", "Oak", None]],
        "skills": [["name", "aliases"], ["nursing", "care"], ["driving", "cars"]],
        "resources": [
            ["id", "unit", "skills", "capacity"],
            ["R1", "u1", "nursing", 1],
            ["R2", "u2", "driving", 1],
        ],
        "demands": [
            ["id", "community", "name", "wanted"],
            ["D1", "c", "walk", 1],
            ["D2", "c", "talk", 1],
        ],
    }
    for name, rows in tables.items():
        for place in (0, 1):
            below = [None] * len(rows[0])
            below[place] = foot
            grids = [
                Grid(other, [*held, *([below] if other == name else [])])
                for other, held in tables.items()
            ]
            found = read_tables(grids)
            assert [len(getattr(found.problem, other)) for other in tables] == [
                2,
                2,
                2,
                2,
            ]
            assert [
                (one.kind, one.where.sheet, one.where.row) for one in found.guesses
            ] == [("ignored", name, 4)], found.text()


@pytest.mark.parametrize(
    "last",
    [
        ["Records", 7, None, None],
        ["Office", None, "nursing", None],
        ["Office", "u1", None, None],
    ],
)
def test_a_last_row_that_is_unlike_all_others_is_asked_about(last):
    rows = [
        ["id", "unit", "skills", "capacity"],
        ["R1", "u1", "nursing", 1],
        ["R2", "u1", "driving", 1],
        last,
    ]
    if last[1] is None:
        rows = [
            ["name", "unit", "skills", "capacity"],
            *(["Ann", "u1", "nursing", 1] for _ in range(2)),
            [None, "Office", *last[2:]],
        ]
    found = read_tables([Grid("resources", rows)])
    assert [(one.message.key, one.where.row) for one in found.guesses] == [
        ("tables.foot" if last[1] == 7 else "tables.odd_last", 4)
    ]


def test_a_last_row_that_is_like_the_others_or_that_matchkit_wrote_is_not_asked_about():
    rows = [
        ["id", "name", "parent"],
        ["u1", "Elm", "u3"],
        ["u2", "Oak", "u3"],
        ["u3", None, None],
    ]
    assert read_tables([Grid("units", rows)]).guesses == ()
    problem = mk.Problem(
        units=[
            mk.Unit(id="u1", name="Elm", parent="HQ"),
            mk.Unit(id="u2", name="Oak", parent="HQ"),
            mk.Unit(id="HQ"),
        ]
    )
    found = read_tables(problem_grids(problem))
    assert (found.problem, found.guesses) == (problem, ())
