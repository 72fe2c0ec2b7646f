"""Mapping files: what they say is done and told, and what is wrong with them is said all at once."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from matchkit.errors import BudgetError, InputError
from matchkit.tables.columns.known import TABLES
from matchkit.tables.columns.mapping_file import read_mapping
from matchkit.tables.formats import Grid
from matchkit.tables.importer.reading import read_tables

SPAN = (
    'Give two headers (start = "...", end = "..."), or a header and a number (start = "...", minutes = 90), '
    "for windows of demands or available of resources"
)
DEMAND = {"table": "demands"}


@pytest.mark.parametrize("number", [int, float, np.int64, np.float64])
def test_whole_numbers_of_a_mapping_may_be_floats_and_numpys(number):
    spans = {"windows": {"start": "reported", "minutes": number(90)}}
    table = {**DEMAND, "sheet": "x", "header": number(2), "columns": spans}
    rows = [
        ["list of needs"],
        ["id", "community", "wanted", "reported"],
        ["D1", "C1", 1, "2026-05-02 09:00"],
    ]
    found = read_tables(
        [Grid("x", [[*row, *[None] * (4 - len(row))] for row in rows])],
        tz="UTC",
        mapping={"tables": [table]},
    )
    [window] = found.problem.demands[0].windows
    assert (window.end - window.start).total_seconds() == 90 * 60


@pytest.mark.parametrize("number", [True, 1.5, "90", 0, -1, float("nan"), float("inf")])
def test_other_numbers_of_a_mapping_are_faults(number):
    for table in (
        {**DEMAND, "columns": {"windows": {"start": "reported", "minutes": number}}},
        {**DEMAND, "header": number},
    ):
        with pytest.raises(InputError) as caught:
            read_tables(
                [Grid("demands", [["id", "community"], ["D1", "C1"]])],
                mapping={"tables": [table]},
            )
        assert caught.value.complaints[0].where.startswith("mapping tables[1]")


@pytest.mark.parametrize(
    ("name", "source"), [("Notes", ""), ("说明", "lists.xlsx"), ("notes", "notes.csv")]
)
def test_a_sheet_that_is_called_like_notes_is_read_where_a_mapping_names_it(name, source):
    sheets = [
        Grid(name, [["id", "unit"], ["R2", "u"]], source=source),
        Grid("resources", [["id", "unit"], ["R1", "u"]]),
    ]
    for where in ({"file": source} if source.endswith(".csv") else {"sheet": name}, {}):
        mapping = {"tables": [{"table": "resources", **where}]}
        found = [one.id for one in read_tables(sheets, mapping=mapping).problem.resources]
        assert found == (["R2", "R1"] if where else ["R1"])
    workbook = [Grid(one.name, one.rows, source="all.xlsx") for one in sheets]
    mapping = {"tables": [{"table": "resources", "file": "all.xlsx"}]}
    assert [one.id for one in read_tables(workbook, mapping=mapping).problem.resources] == [
        "R1"
    ]


def grid(*rows, name="demands"):
    return Grid(name, [list(row) for row in rows])


def read(grids, *tables, **settings):
    return read_tables(grids, mapping={"settings": settings, "tables": list(tables)})


FAULTS = [
    (
        {"setings": {}},
        (
            "mapping: has an unknown name 'setings'. Maybe 'settings' is meant; known are settings, "
            "tables, ignore_sheets."
        ),
    ),
    (
        {"settings": {"day": 1}},
        (
            "mapping settings: has an unknown name 'day'. Known are zone, first, last, day_first, "
            "words, parts, bounds."
        ),
    ),
    (
        {"settings": {"zone": 8}},
        "mapping settings.zone: is of another kind than is read here. Give a text in quotes.",
    ),
    (
        {"settings": {"first": "2026-03-01"}},
        (
            "mapping settings.first: is of another kind than is read here. Give a date without quotes, "
            "as in 2026-03-01."
        ),
    ),
    (
        {"settings": {"day_first": 1}},
        "mapping settings.day_first: is of another kind than is read here. Give true or false.",
    ),
    (
        {"settings": {"bounds": {"south": 3, "west": 1, "north": 2, "east": 4}}},
        (
            "mapping settings.bounds: are no bounds. Give south, west, north and east in degrees, "
            "south not above north."
        ),
    ),
    (
        {"settings": []},
        "mapping settings: is of another kind than is read here. Give a table of names and values.",
    ),
    (
        {"tables": {}},
        "mapping tables: is of another kind than is read here. Give [[tables]], one for each table.",
    ),
    (
        {"tables": [{}]},
        (
            "mapping tables[1]: does not say which table it is. Known are "
            f"{', '.join(table.name for table in TABLES)}."
        ),
    ),
    (
        {"tables": [{**DEMAND, "header": 0}]},
        (
            "mapping tables[1].header: is of another kind than is read here. Give the number of a row, "
            "counted from 1."
        ),
    ),
    (
        {"tables": [{**DEMAND, "file": 1}]},
        "mapping tables[1].file: is of another kind than is read here. Give a text in quotes.",
    ),
    (
        {"tables": [{**DEMAND, "ignore": [1]}]},
        "mapping tables[1].ignore: is of another kind than is read here. Give a text, or a list of texts.",
    ),
    (
        {"tables": [{**DEMAND, "ignore_rest": 1}]},
        "mapping tables[1].ignore_rest: is of another kind than is read here. Give true or false.",
    ),
    (
        {"tables": [{**DEMAND, "columns": {"id": "Ref", "name": "ref"}}]},
        "mapping tables[1].columns.name: uses the header 'ref' for two columns. Use a header once.",
    ),
    (
        {"tables": [{**DEMAND, "columns": {"wanted": "N"}, "ignore": ["Colour", "n"]}]},
        "mapping tables[1].ignore: ignores the header 'n', which columns reads. Use a header once.",
    ),
    (
        {
            "tables": [
                {
                    **DEMAND,
                    "columns": {"windows": {"start": "From", "end": "To"}},
                    "ignore": "TO",
                }
            ]
        },
        "mapping tables[1].ignore: ignores the header 'TO', which columns reads. Use a header once.",
    ),
    (
        {"tables": [{**DEMAND, "columns": {"windows": {"start": "From"}}}]},
        f"mapping tables[1].columns.windows: is no time of two columns. {SPAN}.",
    ),
    (
        {"tables": [{**DEMAND, "constants": {"category": [1]}}]},
        (
            "mapping tables[1].constants.category: is of another kind than is read here. Give a text, "
            "a number, a date, true or false."
        ),
    ),
    (
        {"tables": [{**DEMAND, "prefixes": {"id": 7}}]},
        "mapping tables[1].prefixes.id: is of another kind than is read here. Give a text in quotes.",
    ),
    (
        {"ignore_sheets": 3},
        "mapping ignore_sheets: is of another kind than is read here. Give a text, or a list of texts.",
    ),
]


@pytest.mark.parametrize(("data", "line"), FAULTS, ids=[line[:60] for _, line in FAULTS])
def test_what_is_wrong_with_a_mapping_is_said_with_its_place(data, line):
    with pytest.raises(InputError) as caught:
        read_mapping(data)
    assert [complaint.line() for complaint in caught.value.complaints] == [line]
    assert caught.value.complaints[0].line("zh") != line


def test_an_unknown_column_of_a_mapping_lists_the_columns_of_its_table():
    with pytest.raises(
        InputError,
        match=(
            r"tables\[1\].columns: has an unknown name 'wantd'. Maybe 'wanted' is meant; known are id, "
            r"community, name"
        ),
    ):
        read_mapping({"tables": [{**DEMAND, "columns": {"wantd": "Helpers"}}]})


def test_all_faults_of_a_mapping_come_at_once():
    with pytest.raises(InputError) as caught:
        read_mapping({"settings": {"zone": 1}, "tables": [{}, {**DEMAND, "header": "x"}]})
    assert len(caught.value.complaints) == 3


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (
            b"x = \n",
            "m.toml: is no TOML (Invalid value (at line 1, column 5)). Mend the text there.",
        ),
        (b"\xff", "m.toml: is not UTF-8. Save the file as UTF-8."),
        (
            b"a = " + b"[" * 5_000 + b"]" * 5_000,
            "m.toml: is nested too deeply. Give at most a few levels.",
        ),
        (b"a." * 30_000 + b"a = 1", "m.toml: is nested too deeply. Give at most a few levels."),
        (
            b"[settings]\nday_first = " + b"1" * 5_000,
            "m.toml: holds a number of thousands of digits. Give numbers as they are needed.",
        ),
        (b"#" * 1_000_001, "m.toml: holds more than 1,000,000 bytes. Keep the mapping short."),
    ],
)
def test_a_file_that_is_no_mapping_is_refused(tmp_path, content, line):
    (tmp_path / "m.toml").write_bytes(content)
    with pytest.raises((InputError, BudgetError)) as caught:
        read_mapping(tmp_path / "m.toml")
    assert caught.value.complaints[0].line() == line
    assert caught.value.complaints[0].line("zh") != line


def test_points_within_texts_are_no_levels_of_a_mapping(tmp_path):
    (tmp_path / "m.toml").write_text(
        f"ignore_sheets = [\"{'a.' * 90}\", '{'b.' * 90}']", encoding="utf-8"
    )
    assert read_mapping(tmp_path / "m.toml").ignored_sheets == ("a." * 90, "b." * 90)


def test_faults_of_a_mapping_beyond_a_thousand_are_counted():
    with pytest.raises(InputError) as caught:
        read_mapping({f"name {number}": 1 for number in range(1_500)})
    assert (len(caught.value.complaints), caught.value.more) == (1_000, 500)


def test_what_is_neither_a_file_nor_a_dictionary_is_refused():
    with pytest.raises(
        InputError, match="is neither a file nor a dictionary. Give the path of a .toml file"
    ):
        read_mapping(5)


def test_only_the_headers_that_a_mapping_names_stand_for_a_column():
    rows = (
        ["id", "community", "name", "Title", "wanted"],
        ["D1", "C1", "of the shop", "of the demand", 1],
    )
    found = read([grid(*rows)], {**DEMAND, "columns": {"name": "Title"}})
    assert found.problem.demands[0].name == "of the demand"
    assert [finding.where.column for finding in found.guesses] == ["name"]


def test_several_headers_of_a_list_are_read_in_their_order():
    rows = (["id", "unit", "first", "second"], ["R1", "U1", "nursing:2", "driving"])
    found = read(
        [grid(*rows, name="resources")],
        {"table": "resources", "columns": {"skills": ["first", "second"]}},
    )
    assert [held.skill for held in found.problem.resources[0].skills] == ["nursing", "driving"]
    assert found.guesses == ()


def test_constants_fill_columns_that_are_not_there_and_are_told():
    found = read(
        [grid(["id", "wanted"], ["D1", 2])],
        {**DEMAND, "constants": {"community": "C9", "tier": 3, "contact": "000-0001"}},
    )
    assert (found.problem.demands[0].community, found.problem.demands[0].tier) == ("C9", 3)
    assert [finding.line() for finding in found.findings if finding.kind == "note"] == [
        "sheet demands, column community: 'C9' was put into every row, as the mapping says.",
        "sheet demands, column contact: '(hidden)' was put into every row, as the mapping says.",
        "sheet demands, column tier: '3' was put into every row, as the mapping says.",
    ]


def test_a_constant_for_a_column_that_the_file_has_is_a_fault_unless_the_header_is_ignored():
    rows = [grid(["id", "community", "wanted", "等级"], ["D1", "C1", 2, 1])]
    with pytest.raises(InputError) as caught:
        read(rows, {**DEMAND, "constants": {"tier": 3}})
    (complaint,) = caught.value.complaints
    assert complaint.line() == (
        "sheet demands, row 1, column 等级: gives tier in the file, and the mapping gives it as a "
        "constant, too. "
        "Leave the constant out of the mapping, or name the header under ignore there."
    )
    assert complaint.line("zh") == (
        "工作表“demands” 第 1 行 “等级”列：文件中已有 tier，映射又把它写成常量。"
        "请从映射中去掉该常量，或在映射的 ignore 中写明此表头。"
    )
    assert (
        read(rows, {**DEMAND, "constants": {"tier": 3}, "ignore": ["等级"]})
        .problem.demands[0]
        .tier
        == 3
    )


@pytest.mark.parametrize("what", ["constants", "values", "prefixes", "until"])
def test_nothing_can_be_put_in_the_place_of_a_start_or_an_end(what):
    given = {"windows start": {"x": "y"} if what == "values" else "x"}
    with pytest.raises(
        InputError, match=f"tables\\[1\\].{what}: has an unknown name 'windows start'"
    ):
        read_mapping({"tables": [{**DEMAND, what: given}]})


def test_a_constant_that_is_no_value_of_its_column_is_a_fault():
    with pytest.raises(InputError, match="sheet demands"):
        read(
            [grid(["id", "community", "wanted"], ["D1", "C1", 2])],
            {**DEMAND, "constants": {"tier": "soon"}},
        )


def test_replaced_values_are_told_with_the_number_of_rows():
    rows = (
        ["id", "community", "wanted"],
        *(
            [f"D{number}", "C1", count]
            for number, count in enumerate((99, 3, "99", 99.0, None))
        ),
    )
    found = read([grid(*rows)], {**DEMAND, "values": {"wanted": {"99": 10, "": 2}}})
    assert [demand.requirements[0].wanted for demand in found.problem.demands] == [
        10,
        3,
        10,
        10,
        2,
    ]
    assert [finding.line() for finding in found.findings if finding.kind == "note"] == [
        (
            "sheet demands, row 2, column wanted: '99' was replaced by 10, as the mapping says (and 2 "
            "more rows alike)."
        ),
        "sheet demands, row 6, column wanted: is empty; 2 was put there, as the mapping says.",
    ]
    assert found.guesses == ()


def test_a_value_may_be_taken_for_an_empty_cell():
    found = read(
        [grid(["id", "community", "wanted", "category"], ["D1", "C1", 1, "none of these"])],
        {**DEMAND, "values": {"category": {"none of these": ""}}},
    )
    assert found.problem.demands[0].category is None
    assert [
        finding.line() for finding in found.findings if "taken for an empty" in finding.line()
    ] == [
        (
            "sheet demands, row 2, column category: 'none of these' was taken for an empty cell, as "
            "the mapping says."
        )
    ]


def test_prefixes_go_before_ids_and_marks_end_cells():
    rows = (["id", "community", "wanted", "category"], [17, "C1", 1, "health, sport"])
    found = read([grid(*rows)], {**DEMAND, "prefixes": {"id": "D"}, "until": {"category": ","}})
    assert (found.problem.demands[0].id, found.problem.demands[0].category) == ("D17", "health")
    assert [finding.line() for finding in found.findings if finding.kind == "note"] == [
        "sheet demands, row 2, column id: has D put before it, as the mapping says.",
        "sheet demands, row 2, column category: was read up to the first ',' only, as the mapping says.",
    ]


def test_a_time_of_two_columns_holds_in_the_rows_that_the_mapping_names():
    rows = (
        ["id", "community", "wanted", "from", "to", "sort"],
        ["D1", "C1", 1, "2026-05-02", "2026-05-03", "once"],
        ["D2", "C1", 1, "2026-05-02", "2026-05-09", "ongoing"],
    )
    span = {"start": "from", "end": "to", "where": {"sort": "once"}}
    found = read([grid(*rows)], {**DEMAND, "columns": {"windows": span}}, zone="UTC")
    first, second = found.problem.demands
    assert [(f"{one.start:%m-%d %H}", f"{one.end:%m-%d %H}") for one in first.windows] == [
        ("05-02 00", "05-04 00")
    ]
    assert second.windows == ()


def test_a_time_may_last_so_many_minutes_from_its_start():
    rows = (["id", "community", "wanted", "reported"], ["D1", "C1", 1, "02/05/2026 08:30"])
    found = read(
        [grid(*rows)],
        {**DEMAND, "columns": {"windows": {"start": "reported", "minutes": 90}}},
        zone="UTC",
        day_first=True,
    )
    assert [
        (f"{one.start:%m-%d %H:%M}", f"{one.end:%m-%d %H:%M}")
        for one in found.problem.demands[0].windows
    ] == [("05-02 08:30", "05-02 10:00")]


def test_a_header_that_a_time_needs_and_the_table_lacks_is_a_fault():
    with pytest.raises(InputError, match="has no header 'From', which the mapping names"):
        read(
            [grid(["id", "community", "wanted"], ["D1", "C1", 1])],
            {**DEMAND, "columns": {"windows": {"start": "From", "end": "To"}}},
            zone="UTC",
        )


def test_a_mapping_names_file_sheet_and_row_of_the_header():
    rows = (["id", "community", "wanted"], ["ref", "place", "wanted"], ["D1", "C1", 2])
    grids = [
        Grid("五月", [list(row) for row in rows], source="a.xlsx"),
        Grid("六月", [["x"]], source="a.xlsx"),
    ]
    table = {
        **DEMAND,
        "file": "*.xlsx",
        "sheet": "五月",
        "header": 2,
        "columns": {"id": "ref", "community": "place"},
    }
    found = read_tables(grids, mapping={"tables": [table], "ignore_sheets": ["六月"]})
    assert [demand.id for demand in found.problem.demands] == ["D1"]
    assert found.guesses == ()


def test_one_sheet_may_be_two_tables():
    rows = (["id", "community", "wanted", "street"], ["D1", "C1", 2, "S1"])
    tables = [
        {**DEMAND, "sheet": "both", "ignore": ["street"]},
        {
            "table": "communities",
            "sheet": "both",
            "columns": {"id": "community"},
            "ignore_rest": True,
        },
    ]
    found = read([grid(*rows, name="both")], *tables)
    assert (
        [community.id for community in found.problem.communities],
        len(found.problem.demands),
    ) == (
        ["C1"],
        1,
    )


def test_places_outside_the_bounds_are_told_also_across_the_date_line():
    rows = (
        ["id", "lat", "lon"],
        ["C1", -17.5, 179.5],
        ["C2", -17.5, -179.5],
        ["C3", -17.5, 0.0],
    )
    bounds = {"south": -20, "west": 177, "north": -15, "east": -178}
    found = read([grid(*rows, name="communities")], bounds=bounds)
    assert [(finding.kind, finding.where.row) for finding in found.findings] == [("odd", 4)]


def test_what_the_caller_says_goes_before_the_mapping_and_that_before_the_sheet_of_settings():
    rows = [
        grid(
            ["id", "community", "wanted", "windows"], ["D1", "C1", 1, "2026-05-02 08:00-12:00"]
        ),
        grid(["setting", "value"], ["zone", "Asia/Shanghai"], name="settings"),
    ]

    def start(**given):
        return f"{read_tables(rows, **given).problem.demands[0].windows[0].start:%H}"

    assert start() == "00"
    assert start(mapping={"settings": {"zone": "UTC"}}) == "08"
    assert start(mapping={"settings": {"zone": "UTC"}}, tz="Europe/Berlin") == "06"


def test_words_of_ones_own_mean_what_the_mapping_says():
    rows = (["id", "community", "wanted", "windows"], ["D1", "C1", 1, "战时"])
    words = {"战时": "2022-07-09 00:00/2022-07-16 00:00"}
    found = read(
        [grid(*rows)],
        DEMAND,
        zone="Asia/Shanghai",
        words=words,
        first=date(2022, 7, 1),
        last=date(2022, 7, 31),
    )
    (window,) = found.problem.demands[0].windows
    assert (window.end - window.start).days == 7


def test_a_header_that_a_column_needs_and_the_table_lacks_is_a_fault_however_much_is_ignored():
    resources = {
        "table": "resources",
        "columns": {"unit": "unit", "skills": "Skills set"},
        "ignore_rest": True,
    }
    with pytest.raises(InputError) as caught:
        read(
            [grid(["id", "unit", "Skill set"], ["R1", "U1", "care"], name="resources")],
            resources,
        )
    (complaint,) = caught.value.complaints
    assert (complaint.where, complaint.fact) == (
        "sheet resources, row 1",
        "has no header 'Skills set', which the mapping names",
    )
    assert "没有映射所指的表头“Skills set”" in caught.value.text("zh")


def test_a_needed_column_whose_header_is_not_there_is_complained_of_once():
    with pytest.raises(InputError) as caught:
        read(
            [grid(["id", "Team"], ["R1", "U1"], name="resources")],
            {"table": "resources", "columns": {"unit": "Group"}},
        )
    assert [complaint.fact for complaint in caught.value.complaints] == [
        "has no header 'Group', which the mapping names"
    ]


def test_one_of_several_headers_of_a_list_that_is_missing_is_to_be_confirmed_and_of_other_columns_only_told():
    resources = {
        "table": "resources",
        "columns": {"skills": ["Skill A", "Skill B"], "unit": ["Group", "Team"]},
        "ignore": ["Mood"],
    }
    found = read(
        [grid(["id", "Team", "Skill A"], ["R1", "U1", "care"], name="resources")], resources
    )
    assert [guess.line() for guess in found.guesses] == [
        "sheet resources, row 1: has no header 'Skill B', which the mapping names."
    ]
    assert [
        header for header in ("Group", "Mood") if f"has no header '{header}'" in found.text()
    ] == [
        "Group",
        "Mood",
    ]


def test_a_file_that_the_mapping_names_and_nobody_gave_is_to_be_confirmed():
    named = {"table": "resources", "file": "zzz*.csv"}
    found = read_tables(
        [grid(["id", "community"], ["D1", "C1"])],
        mapping={"tables": [named], "ignore_sheets": ["old"]},
    )
    assert [guess.line() for guess in found.guesses if "zzz" in guess.line()] == [
        "the tables: hold no file or sheet zzz*.csv, which the mapping names for the table resources."
    ]
    assert [guess.line("zh") for guess in found.guesses if "zzz" in guess.line("zh")] == [
        "表格：没有映射为“资源清单”所指的文件或工作表 zzz*.csv。"
    ]
    assert "hold no sheet or file 'old', which the mapping passes over" in found.text()


@pytest.mark.parametrize(
    "name",
    [
        "items.csv",
        "ITEMS.CSV",
        "items",
        "Items",
        "it*.csv",
        "old/items.csv",
        "工作表.xlsx",
        "工作表",
    ],
)
def test_a_sheet_or_a_file_to_pass_over_is_named_with_or_without_its_ending_and_in_any_letters(
    name,
):
    kept = Grid(
        "demands", [["id", "community", "wanted"], ["D1", "C1", 1]], source="demands.csv"
    )
    text = Grid("items", [["id", "unit"], ["R1", "U1"]], source="items.csv")
    book = Grid("resources", [["id", "unit"], ["R2", "U1"]], source="工作表.xlsx")
    found = read_tables([kept, text, book], mapping={"ignore_sheets": [name]})
    assert [resource.id for resource in found.problem.resources] == [
        "R2" if "it" in name.lower() else "R1"
    ]
    assert "passes over" not in found.text()


def test_a_name_to_pass_over_that_is_a_sheets_means_no_other_sheet_of_a_file_that_is_called_so():
    book = [
        Grid(name, [["id", "unit"], [f"R {name}", "U1"]], source="people.xlsx")
        for name in ("people", "volunteers")
    ]
    assert [
        one.id
        for one in read_tables(book, mapping={"ignore_sheets": ["people"]}).problem.resources
    ] == ["R volunteers"]
    assert (
        len(
            read_tables(
                [*book, grid(["id"], ["U1"], name="units")],
                mapping={"ignore_sheets": ["people.xlsx"]},
            ).problem.resources
        )
        == 0
    )


@pytest.mark.parametrize(
    "names",
    [
        {"file": "jobs 1.csv"},
        {"file": "JOBS 1"},
        {"file": "jobs *"},
        {"sheet": "jobs 1"},
        {"sheet": "jobs 1.csv"},
        {"file": "lists/jobs 1.csv"},
        {"file": "jobs [1].csv"},
    ],
)
def test_a_mapping_names_a_text_file_by_file_or_sheet_with_or_without_its_ending(names):
    stem = "jobs [1]" if "[" in str(names) else "Jobs 1"
    jobs = Grid(stem, [["Ref", "Where"], ["D1", "C1"]], source=f"{stem}.csv")
    table = {**DEMAND, **names, "columns": {"id": "Ref", "community": "WHERE"}}
    assert [
        demand.id for demand in read_tables([jobs], mapping={"tables": [table]}).problem.demands
    ] == ["D1"]


def test_texts_that_a_mapping_replaces_are_compared_without_letter_case_and_those_that_never_occur_are_told():
    rows = (
        ["id", "community", "wanted", "category"],
        ["D1", "C1", 1, "FIRST  Aid"],
        ["D2", "C1", 1, "sport"],
    )
    values = {
        "category": {"first aid": "care", "Sport": "games", "sprot": "games"},
        "tier": {"high": 1},
    }
    found = read(
        [grid(*rows)],
        {**DEMAND, "values": values, "until": {"category": "|"}, "prefixes": {"kind": "x"}},
    )
    assert [demand.category for demand in found.problem.demands] == ["care", "games"]
    assert [finding.line() for finding in found.findings if "mapping" in finding.line()] == [
        "sheet demands, row 2, column category: 'FIRST  Aid' was replaced by care, as the mapping says.",
        "sheet demands, row 3, column category: 'sport' was replaced by games, as the mapping says.",
        "sheet demands, column tier: has no such column, of which the mapping says something under values.",
        "sheet demands, column kind: has no such column, of which the mapping says something under prefixes.",
        "sheet demands, column category: holds 'sprot' in no row, which the mapping replaces.",
        "sheet demands, column category: holds '|' in no row, where the mapping ends a cell.",
    ]


def test_of_two_texts_that_differ_in_letter_case_only_each_is_replaced_as_it_is_written():
    rows = (["id", "community", "wanted", "tier"], ["D1", "C1", 1, "a"], ["D2", "C1", 1, "A"])
    found = read([grid(*rows)], {**DEMAND, "values": {"tier": {"a": 2, "A": 1}}})
    assert [demand.tier for demand in found.problem.demands] == [2, 1]


def test_a_text_that_occurs_in_one_of_several_sheets_is_not_told():
    head = ["id", "community", "wanted"]
    sheets = [
        grid(head, [f"D{count}", "C1", count], name=f"demands {count}") for count in (99, 3)
    ]
    assert "holds '99'" not in read(sheets, {**DEMAND, "values": {"wanted": {"99": 10}}}).text()


def test_times_for_rows_that_there_are_none_of_are_asked_about_and_letter_case_means_nothing_in_them():
    rows = (
        ["id", "community", "wanted", "from", "to", "sort"],
        ["D1", "C1", 1, "2026-05-02 08:00", "2026-05-02 10:00", "ONCE"],
    )

    def span(text):
        columns = {"windows": {"start": "from", "end": "to", "where": {"Sort": text}}}
        return read([grid(*rows)], {**DEMAND, "columns": columns}, zone="UTC")

    assert (len(span("once").problem.demands[0].windows), span("once").guesses) == (1, ())
    assert [guess.line() for guess in span("onec").guesses] == [
        "sheet demands, column Sort: holds 'onec' in no row, for which alone the mapping reads times."
    ]


def test_with_ignore_rest_the_advice_on_a_column_that_is_missing_leads_to_it():
    rows = [grid(["id", "unit", "name"], ["R1", "U1", "x"], name="resources")]
    with pytest.raises(InputError) as caught:
        read(rows, {"table": "resources", "columns": {"id": "id"}, "ignore_rest": True})
    (complaint,) = caught.value.complaints
    assert complaint.line() == (
        "sheet resources, row 1: has no column unit. Name its header under columns in the mapping "
        "(unit = ...), "
        "as ignore_rest leaves out all headers that are not named."
    )
    found = read(
        rows,
        {"table": "resources", "columns": {"id": "id", "unit": "unit"}, "ignore_rest": True},
    )
    assert (found.problem.resources[0].unit, found.problem.resources[0].name) == ("U1", None)


@pytest.mark.parametrize("said", [{"ignore": "Status"}, {"ignore_rest": True}])
def test_a_state_that_the_mapping_ignores_is_not_asked_about(said):
    rows = [grid(["id", "unit", "Status"], ["R1", "U1", "cancelled"], name="resources")]
    table = {"table": "resources", "columns": {"id": "id", "unit": "unit"}}
    assert len(read(rows, table).guesses) == 1
    assert read(rows, {**table, **said}).guesses == ()


def test_with_ignore_rest_a_column_of_which_the_mapping_replaces_values_is_read():
    rows = [grid(["id", "community", "wanted", "tier"], ["D1", "C1", 4, "high"])]
    table = {
        **DEMAND,
        "columns": {"id": "id", "community": "community"},
        "values": {"tier": {"high": 1}},
        "ignore_rest": True,
    }
    (demand,) = read(rows, table).problem.demands
    assert (demand.tier, demand.requirements[0].wanted) == (1, 1)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Wanted", "wanted"),
        ("人数", "wanted"),
        ("endTime", "windows end"),
        ("capacity", None),
        ("when", "windows"),
    ],
)
def test_a_column_that_a_mapping_calls_by_a_header_is_named_as_it_is_called_and_no_other_is(
    name, near
):
    with pytest.raises(InputError) as caught:
        read_mapping({"tables": [{**DEMAND, "columns": {name: "X"}}]})
    (complaint,) = caught.value.complaints
    assert complaint.advice.startswith(
        f"Maybe '{near}' is meant; known are" if near else "Known are"
    )


def test_a_row_of_the_header_that_is_none_is_to_be_mended_in_the_mapping():
    with pytest.raises(InputError) as caught:
        read(
            [grid(["id", "community"], ["D1", "C1"])],
            {**DEMAND, "sheet": "demands", "header": 9},
        )
    assert caught.value.complaints[0].line() == (
        "sheet demands: has no header in row 9, where the mapping says it is. "
        "Give the row of the header in the mapping as it stands in the table."
    )
