"""Skills between cells: lists joined by marks, columns of ticks, skills that nobody offers, and what the
check of the whole finds.
"""

from __future__ import annotations

import pinned
import pytest

import matchkit as mk
from matchkit.errors import InputError, UnconfirmedError
from matchkit.tables.formats.grid import Grid
from matchkit.tables.importer.reading import read_tables

JOINED = [
    ["id", "unit", "skills", "capacity"],
    ["V1", "helpers", "Singing-carpentry", 2],
    ["V2", "helpers", "Cooking-charity-first aid", 2],
    ["V3", "helpers", "medicine-teaching", 2],
    ["V4", "helpers", "Driving-cooking", 2],
]
JOINED_DEMANDS = [
    ["id", "community", "skills", "wanted"],
    ["S1", "town", "cooking", 1],
    ["S2", "town", "medicine", 1],
    ["S3", "town", "carpentry-driving", 1],
]
MATRIX = [
    ["Name", "Team", "First aid", "Driving", "Cooking"],
    ["Ann", "north", "Y", None, "Y"],
    ["Bob", "north", None, "Y", None],
    ["Cid", "south", "Y", "Y", None],
]
FLAGS = [
    ["id", "unit", "medic", "translator", "available"],
    ["P1", "u", 1, 0, 1],
    ["P2", "u", 0, 1, 1],
    ["P3", "u", 1, 1, 0],
]


def lists(resources, demands=None, **more):
    """Grids of a resource list, a demand list and other tables."""
    tables = {"resources": resources} | ({"demands": demands} if demands else {}) | more
    return [Grid(name, [list(row) for row in rows]) for name, rows in tables.items()]


def keys(findings):
    """The keys of what findings say, the reasons of a guess within it."""
    return [
        tuple(why.key for why in dict(one.message.values).get("why", ()))
        or one.message.key
        for one in findings
    ]


def refused(grids, **options):
    """The one fault that tables are refused with."""
    with pytest.raises(InputError) as caught:
        read_tables(grids, **options)
    assert len(caught.value.complaints) == 1, str(caught.value)
    return caught.value.complaints[0]


@pytest.mark.parametrize(
    "mark", ["-", "–", " — ", "_", "~", "·", "|", "\\", "#", "@", "..", "…", "。", "丨"]
)
def test_lists_joined_by_a_mark_are_asked_about_and_are_several_skills_where_most_of_each_stand_alone(
    mark,
):
    def marked(rows):
        return [
            [cell.replace("-", mark) if isinstance(cell, str) else cell for cell in row]
            for row in rows
        ]

    # In a list of demands the bar stands between alternatives, and is no mark that joins.
    demands = JOINED_DEMANDS[:3] if mark == "|" else marked(JOINED_DEMANDS)
    for alone in ([], ["charity", "teaching", "driving"]):
        given = [*demands, *(["S", "town", skill, 1] for skill in alone)]
        for at, row in enumerate(given[1:]):
            given[at + 1] = [f"S{at}", *row[1:]]
        found = read_tables(lists(marked(JOINED), given))
        skills = {
            one.id: [skill.skill for skill in one.skills]
            for one in found.problem.resources
        }
        if alone:
            assert skills["V2"] == ["Cooking", "charity", "first aid"]
            assert (skills["V3"], skills["V4"]) == (
                ["medicine", "teaching"],
                ["Driving", "cooking"],
            )
        else:
            assert all(len(held) == 1 for held in skills.values())
        assert {
            one.where.row
            for one in found.guesses
            if one.where.sheet == "resources" and one.where.column == "skills"
        } >= {2, 3, 4, 5}
    with pytest.raises(UnconfirmedError):
        mk.read_problem(
            {"resources": _frame(marked(JOINED)), "demands": _frame(demands)}
        )


def _frame(rows):
    polars = pytest.importorskip("polars")
    return polars.DataFrame(rows[1:], schema=rows[0], orient="row")


def test_names_with_such_marks_whose_parts_stand_nowhere_alone_are_certain():
    rows = [
        ["id", "unit", "skills"],
        ["V1", "u", "e-mail; X-ray"],
        ["V2", "u", "T-shirt printing, CPR"],
        ["V3", "u", "sign_language"],
    ]
    found = read_tables(lists(rows))
    assert found.guesses == ()
    assert found.problem.resources[0].skills == (
        mk.SkillLevel(skill="e-mail"),
        mk.SkillLevel(skill="X-ray"),
    )


def test_a_joined_name_in_double_quotes_or_in_the_table_of_skills_is_one_name():
    rows = [["id", "unit", "skills"], ["V1", "u", '"child-care"'], ["V2", "u", "care"]]
    assert read_tables(lists(rows)).guesses == ()
    rows[1][2] = "child-care"
    assert keys(read_tables(lists(rows)).guesses) == [("cell.guess.one_name",)]
    quoted = [
        *rows,
        ["V3", "u", '"Child-care"; driving'],
    ]  # whoever quotes it once says that it is one name
    assert read_tables(lists(quoted)).guesses == ()
    assert (
        read_tables(
            lists(rows, skills=[["name", "aliases"], ["child-care", "nursery"]])
        ).guesses
        == ()
    )


def test_a_matrix_of_ticks_is_one_question_or_one_fault_that_names_its_columns_and_says_what_to_write():
    columns = ("First aid", "Driving", "Cooking")
    for grids in (lists(MATRIX), [Grid("skills_matrix", MATRIX)]):
        found = read_tables(grids)
        [asked] = [
            one for one in found.guesses if one.message.key != "tables.by_headers"
        ]
        assert (asked.message.key, dict(asked.message.values)) == (
            "tables.ticks.unknown",
            {"columns": columns, "example": pinned.text("tables.ticks.example")},
        )
        assert [one.skills for one in found.problem.resources] == [(), (), ()]
    fault = refused(
        lists([["Who", *columns], *(row[:1] + row[2:] for row in MATRIX[1:])])
    )
    assert (
        "First aid, Driving, Cooking" in fault.fact
        and pinned.text("tables.ticks.example") in fault.advice
        and '"' not in fault.advice
    )
    mapping = {
        "tables": [
            {
                "table": "resources",
                "columns": {
                    "id": "Name",
                    "unit": "Team",
                    "skills": ["First aid", "Driving", "Cooking"],
                },
            }
        ]
    }
    fault = refused(lists(MATRIX), mapping=mapping)
    assert (
        "First aid, Driving, Cooking" in fault.fact
        and "急救" not in fault.line()
        and "技能" in fault.line("zh")
    )


@pytest.mark.parametrize(
    "ticks",
    [
        ("Y", "N"),
        ("x", "x"),
        ("√", None),
        ("✓", "✗"),
        (1, 0),
        ("1", "0"),
        ("是", "否"),
        ("TRUE", "FALSE"),
        (True, False),
    ],
)
def test_ticks_in_a_column_of_skills_are_one_fault_in_both_lists(ticks):
    yes, no = ticks
    resources = [
        ["id", "unit", "skills"],
        ["P1", "u", yes],
        ["P2", "u", no],
        ["P3", "u", yes],
    ]
    assert "name no skill" in refused(lists(resources)).fact
    demands = [
        ["id", "community", "skills"],
        ["D1", "c", yes],
        ["D2", "c", no],
        ["D3", "c", yes],
    ]
    assert "name no skill" in refused([Grid("demands", demands)]).fact


@pytest.mark.parametrize("heads", [["skills"], ["技能"], ["skill 1", "skill 2"]])
def test_a_header_that_means_the_column_is_no_example_of_a_skill(heads):
    fault = refused(
        lists(
            [
                ["id", "unit", *heads],
                *([f"P{at}", "u", *("Y" for _ in heads)] for at in (1, 2)),
            ]
        )
    )
    assert "as in First aid; Driving, beside" in fault.advice


def test_flags_and_a_yes_or_no_where_times_stand_are_one_fault_each_time():
    fault = refused(lists(FLAGS), tz="UTC")
    assert (
        fault.where.endswith("column available")
        and "no times" in fault.fact
        and "Sat 08:00-12:00" in fault.advice
    )
    for row in FLAGS[1:]:
        assert row[4] in (0, 1)
    without = [row[:4] for row in FLAGS]
    found = read_tables(lists(without))
    assert keys(found.guesses) == ["tables.ticks.unknown"]
    assert dict(found.guesses[0].message.values)["columns"] == ("medic", "translator")


def test_columns_of_words_for_nothing_are_no_columns_of_ticks():
    demands = [
        ["id", "community", "skills", "wanted"],
        ["D1", "c", "无", 1],
        ["D2", "c", "无", 1],
    ]
    found = read_tables([Grid("demands", demands)])
    assert [one.requirements[0].skills for one in found.problem.demands] == [(), ()]


def test_a_skill_that_nobody_offers_is_asked_about_at_its_cell_with_the_near_one():
    resources = [["编号", "单位", "技能"], ["R1", "甲", "医护"], ["R2", "甲", "驾驶"]]
    demands = [
        ["编号", "社区", "技能要求", "人数"],
        ["D1", "东街", "驾驶", 1],
        ["D2", "东街", "医护人员", 1],
        ["D3", "西街", "医护人员", 2],
    ]
    found = read_tables([Grid("资源清单", resources), Grid("需求清单", demands)])
    [asked] = found.guesses
    assert (asked.kind, asked.where.row, asked.where.column) == ("odd", 3, "技能要求")
    assert asked.message.key == "check.skill_near"
    assert dict(asked.message.values) == {
        "skill": "医护人员",
        "count": 2,
        "ids": ("D2", "D3"),
        "near": ("医护",),
    }
    assert (
        "near it somebody offers 医护" in asked.line()
        and "相近且有人提供的是 医护" in asked.line("zh")
    )
    assert (
        read_tables([Grid("需求清单", demands)]).guesses == ()
    )  # who offers what is not known


def test_tables_that_matchkit_wrote_are_not_asked_about_again(tmp_path):
    problem = mk.Problem(
        units=[mk.Unit(id="u")],
        communities=[mk.Community(id="c")],
        resources=[
            mk.Resource(id="R1", unit="u", skills=[mk.SkillLevel(skill="医护")])
        ],
        demands=[
            mk.Demand(
                id="D1",
                community="c",
                requirements=[
                    mk.Requirement(id="D1", skills=[mk.SkillLevel(skill="医护人员")])
                ],
            )
        ],
    )
    mk.write_problem(problem, tmp_path / "lists.xlsx")
    assert mk.read_problem(tmp_path / "lists.xlsx") == problem
    assert [one.message.key for one in mk.tables.check_input(problem).findings] == [
        "check.skill_near"
    ]


def test_units_and_communities_in_two_letter_cases_are_one_and_asked_about():
    resources = [
        ["id", "unit", "home"],
        ["R1", "Oak Hill", "East"],
        ["R2", "OAK HILL", "EAST"],
        ["R3", "ＯＡＫ Hill", "East"],
    ]
    found = read_tables(lists(resources))
    assert [one.id for one in found.problem.units] == ["Oak Hill"] and [
        one.id for one in found.problem.communities
    ] == ["East"]
    assert [
        (one.where.row, one.where.column, one.message.key) for one in found.guesses
    ] == [
        (3, "unit", "tables.by_case"),
        (4, "unit", "tables.by_case"),
        (3, "home", "tables.by_case"),
    ]
    listed = read_tables(
        lists(resources, units=[["id"], ["OAK HILL"]], communities=[["id"], ["East"]])
    )
    assert {one.unit for one in listed.problem.resources} == {"OAK HILL"}
    assert keys(listed.guesses) == ["tables.by_case"] * 3


def test_values_far_from_all_others_and_unfillable_roles_are_told_at_their_cells():
    resources = [
        ["id", "unit", "skills", "available"],
        *([f"R{n}", "u", "nursing", "2026-05-02 08:00-12:00"] for n in range(3)),
    ]
    demands = [["id", "community", "skills", "wanted", "windows"]]
    demands += [
        [f"D{n}", "c", "nursing", 1 + n % 3, "2026-05-02 08:00-12:00"] for n in range(9)
    ]
    demands[5][3], demands[7][4] = 300, "2026-05-02 13:00-14:00"
    found = read_tables(lists(resources, demands), tz="UTC")
    assert [
        (one.message.key, one.where.row, one.where.column) for one in found.guesses
    ] == [("check.far.wanted", 6, "wanted")]
    noted = [
        one for one in found.findings if one.message.key == "check.unfilled.windows"
    ]
    assert [(one.kind, one.where.row, one.where.column) for one in noted] == [
        ("note", 8, "windows")
    ]
