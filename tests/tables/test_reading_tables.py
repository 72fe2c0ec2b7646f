"""Reading tables: what is asked before it is read, what is never shown, how much is told, and that nothing
depends on luck.
"""

from __future__ import annotations

import re
import subprocess
import sys

import pinned
import pytest

import matchkit as mk
from matchkit.errors import LISTED, BudgetError, InputError, UnconfirmedError
from matchkit.tables.cells import Context, read_cell
from matchkit.tables.formats import Grid
from matchkit.tables.importer.reading import read_tables
from matchkit.tables.importer.table_of_sheet import MOST_RECORDS
from matchkit.tables.importer.values import PLAINLY
from matchkit.tables.location import letters
from matchkit.tables.problems import write_problem

NUMBER = "13900000000"
CONFIRM = pinned.text("tables.confirm")


def grid(*rows, name="demands", **where):
    return Grid(name, [list(row) for row in rows], **where)


def write(folder, text, name="demands.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_read_refuses_what_is_to_be_confirmed_and_says_how_to_confirm(tmp_path):
    path = write(tmp_path, "id,community,wanted,colour\nD1,C1,3-5人,red\n")
    with pytest.raises(UnconfirmedError) as caught:
        mk.read_problem(path)
    assert [complaint.line() for complaint in caught.value.complaints] == [
        pinned.line(
            "demands.csv, row 1, column colour",
            "tables.column_unknown",
            "tables.confirm",
        ),
        (
            "demands.csv, row 2, column wanted: '3-5人' read as 3..5 (a range was taken for the least "
            f"and the number wanted). {CONFIRM}."
        ),
    ]
    assert pinned.text("tables.confirm", "zh") in caught.value.text("zh")
    (requirement,) = mk.read_problem(path, confirm=True).demands[0].requirements
    assert (requirement.minimum, requirement.wanted) == (3, 5)


def test_confirmation_lets_no_fault_pass(tmp_path):
    with pytest.raises(InputError, match="若干"):
        mk.read_problem(
            write(tmp_path, "id,community,wanted\nD1,C1,若干\n"), confirm=True
        )


def test_what_only_needs_to_be_known_needs_no_confirmation(tmp_path):
    assert (
        mk.read_problem(write(tmp_path, "id,community,wanted\nD1,C1,2\n"))
        .communities[0]
        .id
        == "C1"
    )


@pytest.mark.parametrize("column", ["name", "contact"])
@pytest.mark.parametrize("cell", ["\u200b虚构甲", "虚构甲" * 100, "#N/A", 1.5, True])
def test_a_personal_value_is_never_shown_not_even_where_it_is_at_fault(column, cell):
    with pytest.raises(InputError) as caught:
        read_tables(
            [grid(["id", "unit", column], ["R1", "U1", cell], name="resources")]
        )
    for lang, hidden in (("en", "(hidden)"), ("zh", "（不显示）")):
        said = caught.value.text(lang)
        assert hidden in said and "虚构甲" not in said and "1.5" not in said


@pytest.mark.parametrize(
    "table",
    [
        ("previous", ["resource", "requirement"], ["虚构甲", "D1"]),
        ("scores", ["resource", "requirement", "points"], ["R1", "虚构乙", 5]),
        ("requirements", ["id", "demand"], ["Q1", "虚构丙"]),
        ("rules", ["rule", "resources", "most"], ["choose_at_most", "R1; 虚构甲", 1]),
        ("rules", ["rule", "demands"], ["not_both", "D1; 虚构乙"]),
    ],
)
def test_a_person_who_is_named_in_the_place_of_an_id_is_not_shown(table):
    name, head, row = table
    resources = grid(["id", "unit", "name"], ["R1", "U1", "虚构甲"], name="resources")
    demands = grid(
        ["id", "community", "in_charge", "contact"],
        ["D1", "C1", "虚构乙", "虚构丙 000-0001"],
    )
    with pytest.raises(InputError) as caught:
        read_tables([resources, demands, grid(head, row, name=name)])
    assert "虚构" not in f"{caught.value}{caught.value.text('zh')}"
    (complaint,) = caught.value.complaints
    assert complaint.fact == f"'(hidden)' {pinned.text('tables.personal_id')}"
    assert f"“（不显示）”{pinned.text('tables.personal_id', 'zh')}" in complaint.line(
        "zh"
    )


def test_an_id_that_two_demands_have_is_complained_of_once():
    with pytest.raises(InputError) as caught:
        read_tables(
            [grid(["id", "community", "wanted"], ["D1", "C1", 1], ["D1", "C1", 2])]
        )
    assert [complaint.where for complaint in caught.value.complaints] == [
        "sheet demands, row 3, column id"
    ]


def test_a_telephone_number_in_a_column_that_is_not_personal_is_told_by_its_length():
    with pytest.raises(InputError) as caught:
        read_tables(
            [grid(["id", "community", "wanted"], ["D1", "C1", f"call {NUMBER}"])]
        )
    assert NUMBER not in str(caught.value) and "11 digits" in str(caught.value)


def test_many_faults_are_counted_and_the_first_thousand_worded():
    rows = [[f"D{number}", "C1", f"some {number}"] for number in range(1_500)]
    with pytest.raises(InputError) as caught:
        read_tables([grid(["id", "community", "wanted"], *rows)])
    assert (len(caught.value.complaints), caught.value.more) == (LISTED, 500)
    assert str(caught.value).startswith(pinned.text("fault.input", count=1500))


def test_many_guesses_are_counted_and_the_first_thousand_kept():
    rows = [
        [f"D{number}", "C1", f"{number}-{number + 1}人"]
        for number in range(1_000, 2_500)
    ]
    found = read_tables([grid(["id", "community", "wanted"], *rows)])
    assert (len(found.guesses), found.unconfirmed, found.to_know) == (LISTED, 1_500, 1)
    assert [
        line for line in found.text().splitlines() if "column wanted: '" not in line
    ] == [
        "1,500 to confirm:",
        pinned.text(
            "tables.more_alike", where="  sheet demands, column wanted", more=995
        ),
        "  ... and 500 more.",
        "1 to know:",
        f"  sheet demands: {pinned.text('tables.added.communities', count=1)}.",
    ]


def test_a_flood_of_notes_hides_no_guess(tmp_path):
    write(
        tmp_path,
        "id,community,wanted\nD1,C1,1\n" + "id,community,wanted\n" * 1_005,
        "demands.csv",
    )
    write(tmp_path, "id,community,wanted\nD2,C1,3-5人\n", "demands 2.csv")
    found = read_tables(tmp_path)
    assert (
        found.unconfirmed,
        len(found.guesses),
        found.to_know,
        len(found.findings),
    ) == (
        1,
        1,
        1_006,
        LISTED + 1,
    )
    with pytest.raises(UnconfirmedError) as caught:
        mk.read_problem(tmp_path)
    assert caught.value.more == 0
    assert str(caught.value) == (
        "1 thing in the tables must be confirmed:\n"
        "  demands 2.csv, row 2, column wanted: '3-5人' read as 3..5 (a range was taken for the "
        f"least and the number wanted). {CONFIRM}."
    )


def test_guesses_beyond_those_that_are_worded_are_counted_among_what_is_to_be_confirmed(
    tmp_path,
):
    rows = "".join(
        f"D{number},C1,{number + 1}-{number + 2}人\n" for number in range(1_500)
    )
    with pytest.raises(UnconfirmedError) as caught:
        mk.read_problem(write(tmp_path, f"id,community,wanted\n{rows}"))
    assert (len(caught.value.complaints), caught.value.more) == (LISTED, 500)
    assert str(caught.value).startswith(
        "\n".join([pinned.text("fault.unconfirmed", count=1500), ""])
    )
    assert caught.value.text("zh").startswith(
        "\n".join([pinned.text("fault.unconfirmed", "zh", count=1500), ""])
    )


def test_a_cell_in_many_rows_is_told_once_with_their_number():
    rows = [[f"D{number}", "C1", "若干"] for number in range(5_000)]
    with pytest.raises(InputError) as caught:
        read_tables([grid(["id", "community", "wanted"], *rows)])
    (complaint,) = caught.value.complaints
    assert (
        "(and 4,999 more rows alike)" in complaint.line()
        and "另有 4,999 行相同" in complaint.line("zh")
    )


def test_faults_stand_in_the_order_of_sheets_rows_and_columns():
    demands = grid(
        ["id", "community", "wanted", "tier"],
        ["D1", "C1", 1, 99],
        ["D2", None, "若干", 1],
        name="demands",
        source="a.xlsx",
    )
    resources = grid(
        ["id", "unit", "capacity"],
        ["R1", "U1", "many"],
        name="resources",
        source="a.xlsx",
    )
    with pytest.raises(InputError) as caught:
        read_tables([demands, resources])
    assert [
        complaint.where.partition("column ")[2] for complaint in caught.value.complaints
    ] == [
        "tier (D2)",
        "community (B3)",
        "wanted (C3)",
        "capacity (C2)",
    ]


def test_records_of_a_table_of_more_rows_than_a_problem_may_have_are_not_built():
    rows = [["id"]] * (MOST_RECORDS + 1_001)
    with pytest.raises(BudgetError) as caught:
        read_tables([Grid("units", rows)])
    counted = f"{MOST_RECORDS + 1_001:,}", f"{MOST_RECORDS:,}"
    assert str(caught.value) == pinned.text(
        "tables.over.rows", where="sheet units", rows="{}", most="{}"
    ).format(*counted)
    assert caught.value.text("zh") == pinned.text(
        "tables.over.rows", "zh", where="工作表“units”", rows="{}", most="{}"
    ).format(*counted)


NONE = f"{pinned.text('record.unlisted.none.do')}."
NONE_ZH = f"{pinned.text('record.unlisted.none.do', 'zh')}。"
SAID = {
    "too little": (
        "resources",
        ["id", "unit", "capacity"],
        ["R1", "U1", -1],
        "sheet resources, row 2, column capacity: -1 is below 0. Give at least 0.",
        pinned.line(
            "工作表“resources” 第 2 行 “capacity”列",
            "record.below",
            "record.below.do",
            lang="zh",
            value="-1",
            bound=0,
        ),
    ),
    "too much": (
        "demands",
        ["id", "community", "wanted"],
        ["D1", "C1", 2_000_000_000],
        (
            "sheet demands, row 2, column wanted: a number of 10 digits is above 1,000,000,000. Give "
            "at most 1,000,000,000."
        ),
        pinned.line(
            "工作表“demands” 第 2 行 “wanted”列",
            "record.above.digits",
            "record.above.do",
            lang="zh",
            digits="10",
            bound=1_000_000_000,
        ),
    ),
    "minutes without times": (
        "demands",
        ["id", "community", "wanted", "minutes"],
        ["D1", "C1", 1, 30],
        pinned.line("sheet demands, row 2", "record.minutes", "record.minutes.do"),
        pinned.line(
            "工作表“demands” 第 2 行", "record.minutes", "record.minutes.do", lang="zh"
        ),
    ),
    "a minimum above wanted": (
        "demands",
        ["id", "community", "wanted", "minimum"],
        ["D1", "C1", 1, 3],
        pinned.line("sheet demands, row 2", "record.minimum", "record.minimum.do"),
        pinned.line(
            "工作表“demands” 第 2 行", "record.minimum", "record.minimum.do", lang="zh"
        ),
    ),
    "a rule that needs more": (
        "rules",
        ["rule", "least", "most"],
        ["team", 1, 2],
        pinned.line(
            "sheet rules, row 2, column demand", "record.missing", "record.missing.do"
        ),
        "工作表“rules” 第 2 行 “demand”列：缺少。请填写。",
    ),
    "a column that a rule does not use": (
        "rules",
        ["rule", "km", "percent"],
        ["max_distance", 2, 5],
        pinned.line(
            "sheet rules, row 2", "record.field", "record.field.do", field="percent"
        ),
        pinned.line(
            "工作表“rules” 第 2 行",
            "record.field",
            "record.field.do",
            lang="zh",
            field="percent",
        ),
    ),
    "days of no period": (
        "rules",
        ["rule", "kind", "minutes", "per"],
        ["hours_budget", "person", 60, "days"],
        pinned.line("sheet rules, row 2", "record.days", "record.days.do"),
        pinned.line(
            "工作表“rules” 第 2 行", "record.days", "record.days.do", lang="zh"
        ),
    ),
    "soft in two ways": (
        "rules",
        ["rule", "km", "soft_price", "soft_tier"],
        ["max_distance", 3, 1, 1],
        pinned.line(
            "sheet rules, row 2, column soft_price", "record.soft", "record.soft.do"
        ),
        pinned.line(
            "工作表“rules” 第 2 行 “soft_price”列",
            "record.soft",
            "record.soft.do",
            lang="zh",
        ),
    ),
    "a list too short": (
        "rules",
        ["rule", "resources"],
        ["keep_apart", "R1"],
        pinned.line(
            "sheet rules, row 2, column resources",
            "record.short",
            "record.short.do",
            least=2,
        ),
        pinned.line(
            "工作表“rules” 第 2 行 “resources”列",
            "record.short",
            "record.short.do",
            lang="zh",
            least=2,
        ),
    ),
    "nobody of that id": (
        "rules",
        ["rule", "unit", "most"],
        ["unit_cap", "U7", 1],
        pinned.line(
            "sheet rules, row 2, column unit",
            "record.unlisted.unit",
            "record.unlisted.none.do",
            id="U7",
        ),
        pinned.line(
            "工作表“rules” 第 2 行 “unit”列",
            "record.unlisted.unit",
            "record.unlisted.none.do",
            lang="zh",
            id="U7",
        ),
    ),
    "above itself": (
        "units",
        ["id", "parent"],
        ["U1", "U1"],
        pinned.line(
            "sheet units, row 2, column parent",
            "record.circle",
            "record.circle.do",
            circle="U1 -> U1",
        ),
        pinned.line(
            "工作表“units” 第 2 行 “parent”列",
            "record.circle",
            "record.circle.do",
            lang="zh",
            circle="U1 -> U1",
        ),
    ),
    "a skill above itself": (
        "skills",
        ["name", "parents"],
        ["a", "a"],
        pinned.line(
            "sheet skills, row 2, column parents",
            "record.circle",
            "record.circle.do",
            circle="a -> a",
        ),
        pinned.line(
            "工作表“skills” 第 2 行 “parents”列",
            "record.circle",
            "record.circle.do",
            lang="zh",
            circle="a -> a",
        ),
    ),
    "points for nothing": (
        "scores",
        ["resource", "requirement", "points"],
        ["R7", "Q7", None],
        f"sheet scores, row 2: has 1 requirement and 0 points. {pinned.text('record.one_each.do')}.",
        pinned.line(
            "工作表“scores” 第 2 行",
            "record.one_each",
            "record.one_each.do",
            lang="zh",
            requirements="1",
            points="0",
        ),
    ),
    "a factor of nothing": (
        "aims",
        ["name", "measure", "factor"],
        ["a", "filled", 0],
        "sheet aims, row 2, column factor: 0 is below 1. Give at least 1.",
        pinned.line(
            "工作表“aims” 第 2 行 “factor”列",
            "record.below",
            "record.below.do",
            lang="zh",
            value="0",
            bound=1,
        ),
    ),
    "a tier of what has none": (
        "aims",
        ["name", "measure", "tier"],
        ["a", "weight", 1],
        pinned.line(
            "sheet aims, row 2", "record.no_tier", "record.no_tier.do", measure="weight"
        ),
        pinned.line(
            "工作表“aims” 第 2 行",
            "record.no_tier",
            "record.no_tier.do",
            lang="zh",
            measure="weight",
        ),
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_what_the_records_find_is_told_by_row_and_column_in_both_languages(case):
    name, head, row, english, chinese = SAID[case]
    with pytest.raises(InputError) as caught:
        read_tables([grid(head, row, name=name)])
    (complaint,) = caught.value.complaints
    assert (complaint.line(), complaint.line("zh")) == (english, chinese)


def test_a_pair_of_scores_that_names_nobody_is_told_in_the_row_of_the_pair():
    with pytest.raises(InputError) as caught:
        read_tables(
            [
                grid(
                    ["resource", "requirement", "points"],
                    ["R7", "Q7", 1],
                    ["R7", "Q8", 2],
                    name="scores",
                )
            ]
        )
    assert [complaint.line() for complaint in caught.value.complaints] == [
        pinned.line(
            "sheet scores, row 2, column resource",
            "record.unlisted.resource",
            "record.unlisted.none.do",
            id="R7",
        ),
        pinned.line(
            "sheet scores, row 2, column requirement",
            "record.unlisted.requirement",
            "record.unlisted.none.do",
            id="Q7",
        ),
        pinned.line(
            "sheet scores, row 3, column requirement",
            "record.unlisted.requirement",
            "record.unlisted.none.do",
            id="Q8",
        ),
    ]


def test_an_id_given_twice_is_told_with_the_place_of_the_first():
    twice = grid(["id"], ["U1"], ["u1"], name="units", source="list.xlsx")
    with pytest.raises(InputError) as caught:
        read_tables([twice])
    (complaint,) = caught.value.complaints
    assert complaint.line() == pinned.line(
        "list.xlsx, sheet units, row 3, column id (A3)",
        "record.same_id",
        "record.same_id.do",
        other="list.xlsx, sheet units, row 2",
    )
    assert complaint.line("zh") == pinned.line(
        "list.xlsx 工作表“units” 第 3 行 “id”列（A3）",
        "record.same_id",
        "record.same_id.do",
        lang="zh",
        other="list.xlsx 工作表“units” 第 2 行",
    )


def test_a_fault_of_a_cell_is_not_told_a_second_time_by_the_record():
    with pytest.raises(InputError) as caught:
        read_tables(
            [
                grid(
                    ["id", "community", "wanted", "minimum"],
                    ["D1", None, "若干", 3],
                    ["D2", "C1", 2, 1],
                )
            ]
        )
    assert len(caught.value.complaints) == 2


@pytest.mark.parametrize("kind", sorted(PLAINLY))
def test_cells_that_are_taken_as_they_stand_are_those_that_reading_them_gives_back(
    kind,
):
    texts = [
        "R1",
        "虚构人员 12",
        "U-7",
        "1e5",
        "无1",
        "x" * 61 + "1",
        "00000-1",
        "000-00012",
        "010 1",
        "N1",
        "no 1",
        "2026-05",
        "A b c1",
        "é1",
        "Ａ1",
        "12",
    ]
    cells = [*texts, 36.06, -103.8, 91.0, float("nan"), 5, True, None]
    taken = [cell for cell in cells if PLAINLY[kind](cell)]
    assert taken
    assert [read_cell(kind, cell, Context()).value for cell in taken] == taken
    assert [read_cell(kind, cell, Context()).guess for cell in taken] == [None] * len(
        taken
    )


def test_frames_come_in_by_the_names_of_their_tables():
    pandas = pytest.importorskip("pandas")
    frames = {
        "resources": pandas.DataFrame(
            {
                "id": ["R1", "R2"],
                "unit": ["U1", "U1"],
                "capacity": [3, None],
                "lat": [36.0, float("nan")],
                "lon": [103.0, float("nan")],
            }
        ),
        "需求清单": pandas.DataFrame({"编号": ["D1"], "社区": ["C1"], "人数": [2]}),
    }
    problem = mk.read_problem(frames)
    assert [(one.capacity, one.place) for one in problem.resources] == [
        (3, mk.Place(lat=36.0, lon=103.0)),
        (1, None),
    ]
    again = problem.to_frames(frames["resources"])
    assert mk.read_problem(again) == problem


def test_a_row_of_people_is_never_taken_for_a_header_and_quoted():
    rows = (["虚构甲", "人员", NUMBER], ["虚构乙", "kind", NUMBER])
    with pinned.raises(
        InputError, "tables.header_missing", table="resources"
    ) as caught:
        read_tables([grid(*rows, name="resources")])
    assert "虚构" not in str(caught.value)


def test_the_names_of_a_folder_never_stand_in_a_message(tmp_path):
    (tmp_path / "secret-folder").mkdir()
    path = write(tmp_path / "secret-folder", "id,community,wanted\nD1,C1,若干\n")
    with pytest.raises(InputError) as caught:
        mk.read_problem(path)
    assert "secret-folder" not in str(caught.value)


def test_a_file_that_nobody_reads_is_refused_with_what_is_read(tmp_path):
    with pytest.raises(InputError):
        mk.read_problem(write(tmp_path, "x", "list.docx"))


def test_nothing_that_reads_tables_is_loaded_until_it_is_asked_for():
    code = (
        "import sys, matchkit; print([name for name in ('pyarrow', 'python_calamine', 'xlsxwriter', "
        "'narwhals') if name in sys.modules])"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "[]"
    )


@pytest.mark.parametrize(
    "setting",
    [
        ("zone", "Mars/Base"),
        ("first", "someday"),
        ("importance", "much"),
        ("schema_version", 2),
    ],
)
def test_a_setting_that_is_none_is_a_fault_at_its_cell(setting):
    with pytest.raises(InputError, match="sheet settings, row 2, column value"):
        read_tables([grid(["setting", "value"], setting, name="settings")])


@pytest.mark.parametrize(
    ("bounds", "told"),
    [
        (
            "35; 103; 37; 104",
            [
                f"row 6, column lat: {pinned.text('tables.outside', lat='-33.9', lon='151.2')}."
            ],
        ),
        ("-34，103，37，152", []),
        (
            None,
            [
                f"row 6, column lat: {pinned.text('tables.far', lat='-33.9', lon='151.2')}."
            ],
        ),
    ],
)
def test_bounds_may_stand_in_the_sheet_of_settings(bounds, told):
    rows = [
        ["id", "lat", "lon"],
        *([f"C{number}", 36.0, 103.5] for number in range(4)),
        ["C5", -33.9, 151.2],
    ]
    found = read_tables(
        [
            grid(*rows, name="communities"),
            grid(["设置", "值"], ["范围", bounds], name="设置"),
        ]
    )
    assert [finding.line() for finding in found.findings] == [
        f"sheet communities, {line}" for line in told
    ]


@pytest.mark.parametrize(
    "bounds",
    ["35; 103; 37", "37; 103; 35; 104", "0; 0; 91; 0", "a; b; c; d", "; ; ;", 35],
)
def test_bounds_that_are_none_are_a_fault_of_their_cell(bounds):
    with pytest.raises(InputError, match="sheet settings, row 2, column value: "):
        read_tables([grid(["setting", "value"], ["bounds", bounds], name="settings")])


def test_a_setting_that_nobody_knows_is_told():
    found = read_tables([grid(["setting", "value"], ["zon", "UTC"], name="settings")])
    assert [finding.line() for finding in found.findings] == [
        f"sheet settings, row 2, column setting: 'zon' {pinned.text('tables.setting_near', near='zone')}."
    ]


def test_an_end_without_a_start_begins_with_the_first_date_of_all(tmp_path):
    path = write(
        tmp_path, "编号,社区,人数,完成时限\nD1,C1,1,2026-05-03\n", "需求清单.csv"
    )
    with pinned.raises(InputError, "tables.span.no_start"):
        read_tables(path, tz="UTC")
    found = read_tables(path, tz="UTC", first="2026-05-01", last="2026-05-31")
    (window,) = found.problem.demands[0].windows
    assert (f"{window.start:%d %H}", f"{window.end:%d %H}") == ("01 00", "04 00")
    assert [finding.line() for finding in found.guesses] == [
        (
            "需求清单.csv, row 2, column 完成时限: '2026-05-03' was taken to last from 2026-05-01 on, "
            "the first date of all."
        )
    ]


def test_times_in_a_cell_and_a_start_beside_them_are_not_put_together():
    rows = (
        ["id", "community", "wanted", "windows", "start", "end"],
        ["D1", "C1", 1, "Tue 18:00-20:00", "2026-05-01", "2026-05-31"],
    )
    with pinned.raises(InputError, "tables.span.one_way"):
        read_tables([grid(*rows)], tz="UTC", first="2026-05-01", last="2026-05-31")


def test_the_same_files_give_the_same_problem_and_findings_in_the_same_order(tmp_path):
    path = tmp_path / "city.xlsx"
    write_problem(mk.datasets.city("street"), path)
    assert read_tables(path) == read_tables(path)


@pytest.mark.parametrize(
    ("place", "name"),
    [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")],
)
def test_columns_have_the_letters_of_a_spreadsheet(place, name):
    assert letters(place) == name


@pytest.mark.parametrize(
    "given",
    [
        "ann smith",
        "ANN SMITH",
        "Smith, Ann",
        "R1 (Ann Smith)",
        "13812345678",
        "R1 138-0000-0000",
        "ann@example.org",
    ],
)
def test_what_may_be_somebodys_name_number_or_address_is_not_repeated_where_an_id_should_stand(
    given,
):
    resources = [["id", "unit", "name"], ["R1", "u", "Ann Smith"]]
    demands = [["id", "community", "wanted"], ["D1", "c", 1]]
    previous = [["resource", "requirement"], [given, "D1"], ["R7", "D1"]]
    tables = {
        "resources": resources,
        "demands": demands,
        "previous": previous,
        "communities": [["id"], ["c"]],
    }
    with pytest.raises(InputError) as caught:
        read_tables([Grid(name, rows) for name, rows in tables.items()])
    hidden, told = caught.value.complaints
    assert (
        hidden.where == "sheet previous, row 2, column resource" and "R7" in told.fact
    )
    for text in (str(caught.value), caught.value.text("zh")):
        assert given not in text and not re.search(
            "ann|smith|138", text.lower().replace("(known: r1)", "")
        )
    data = {
        "units": [{"id": "u"}],
        "resources": [{"id": "R1", "unit": given, "contact": "Ann Smith"}],
    }
    with pytest.raises(InputError) as caught:
        mk.Problem(**data)
    assert (
        given not in str(caught.value)
        and caught.value.complaints[0].where == "resources[0].unit (id R1)"
    )


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("Ann Smith", "annsmith"),
        ("AnnSmith", "ann smith"),
        ("王芳", "王 芳"),
        ("王　芳", "王芳"),
        ("王 芳", "王芳家"),
    ],
)
def test_a_name_is_not_repeated_whether_it_is_written_with_blanks_or_without(
    name, given
):
    with pytest.raises(InputError) as caught:
        mk.Problem(
            units=[{"id": "u"}], resources=[{"id": "R1", "unit": given, "name": name}]
        )
    assert given not in str(caught.value) and given not in caught.value.text("zh")


def test_long_numbers_that_look_like_the_ids_that_are_listed_are_told():
    with pinned.raises(InputError, "record.unlisted.unit", id="20240818"):
        mk.Problem(
            units=[{"id": "20240817"}], resources=[{"id": "R1", "unit": "20240818"}]
        )


def test_a_unit_that_only_others_name_is_told_at_the_row_that_names_it_first():
    resources = [["id", "unit"], ["R0", "Elm"], ["R1", "Oak Hill"], ["R2", "Oak-Hill"]]
    demands = [
        ["id", "community", "wanted"],
        ["D1", "East St", 1],
        ["D2", "East-St", 2],
    ]
    found = read_tables([Grid("resources", resources), Grid("demands", demands)])
    assert [
        (one.message.key, one.where.sheet, one.where.row, one.where.column)
        for one in found.guesses
    ] == [
        ("check.two_forms", "resources", 3, "unit"),
        ("check.two_forms", "demands", 2, "community"),
    ]


@pytest.mark.parametrize(
    ("zone", "named", "parted"),
    [
        ("Asia/Shanghai", None, "Asia/Shanghai"),
        ("Asia/Shanghai", "UTC", "UTC"),
        (None, None, "UTC"),
        (None, "Asia/Tokyo", "Asia/Tokyo"),
    ],
)
def test_rules_without_a_zone_part_days_in_the_zone_of_the_tables(zone, named, parted):
    """A budget of hours a day counts the place's days, from its own midnight."""
    rows = (
        ["id", "rule", "kind", "minutes", "most", "per", "days", "zone"],
        ["H", "hours_budget", "person", 240, None, "day", None, named],
        ["C", "次数预算", "person", None, 1, "week", None, named],
        ["L", "longest_run", "person", None, None, None, 3, named],
    )
    found = read_tables([grid(*rows, name="rules")], tz=zone)
    assert [rule.zone for rule in found.problem.rules] == [parted] * 3


def test_rules_on_rosters_are_read_by_their_names_in_both_languages():
    english = [
        ["rule", "kind", "days", "most", "category", "after", "per"],
        ["shortest_run", "person", 3, None, None, None, None],
        ["shortest_break", None, 2, None, None, None, None],
        ["weekend_budget", None, None, 1, None, None, None],
        ["not_after", None, None, None, "early", "night", None],
        ["count_budget", None, None, 4, "night", None, "week"],
    ]
    chinese = [
        ["规则", "资源类别", "天数", "最多", "需求类别", "前日类别", "周期"],
        ["最少连续工作", "person", 3, None, None, None, None],
        ["最少连续休息", None, 2, None, None, None, None],
        ["周末预算", None, None, 1, None, None, None],
        ["次日禁排", None, None, None, "early", "night", None],
        ["次数预算", None, None, 4, "night", None, "每周"],
    ]
    zone = "Asia/Shanghai"
    for rows in (english, chinese):
        assert read_tables([grid(*rows, name="rules")], tz=zone).problem.rules == (
            mk.rules.ShortestRun(kind="person", days=3, zone=zone),
            mk.rules.ShortestBreak(days=2, zone=zone),
            mk.rules.WeekendBudget(most=1, zone=zone),
            mk.rules.NotAfter(category="early", after="night", zone=zone),
            mk.rules.CountBudget(most=4, per="week", category="night", zone=zone),
        )
