"""Mapping files: what they say is done and told, and what is wrong with them is said all at once."""

from __future__ import annotations

from datetime import date

import numpy as np
import pinned
import pytest

from matchkit.errors import BudgetError, InputError
from matchkit.messages.message import Message
from matchkit.tables.columns.mapping_file import read_mapping
from matchkit.tables.columns.schemas import TABLES
from matchkit.tables.formats import Grid
from matchkit.tables.importer.reading import read_tables

SPAN = pinned.text("mapping.give_span")
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
def test_a_sheet_that_is_called_like_notes_is_read_where_a_mapping_names_it(
    name, source
):
    sheets = [
        Grid(name, [["id", "unit"], ["R2", "u"]], source=source),
        Grid("resources", [["id", "unit"], ["R1", "u"]]),
    ]
    for where in ({"file": source} if source.endswith(".csv") else {"sheet": name}, {}):
        mapping = {"tables": [{"table": "resources", **where}]}
        found = [
            one.id for one in read_tables(sheets, mapping=mapping).problem.resources
        ]
        assert found == (["R2", "R1"] if where else ["R1"])
    workbook = [Grid(one.name, one.rows, source="all.xlsx") for one in sheets]
    mapping = {"tables": [{"table": "resources", "file": "all.xlsx"}]}
    assert [
        one.id for one in read_tables(workbook, mapping=mapping).problem.resources
    ] == ["R1"]


def grid(*rows, name="demands"):
    return Grid(name, [list(row) for row in rows])


def read(grids, *tables, **settings):
    return read_tables(grids, mapping={"settings": settings, "tables": list(tables)})


FAULTS = [
    (
        {"setings": {}},
        pinned.line(
            "mapping",
            "mapping.unknown",
            "mapping.near",
            name="setings",
            near="settings",
            known="settings, tables, ignore_sheets",
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
        pinned.line("mapping settings.zone", "mapping.type", "mapping.give_text"),
    ),
    (
        {"settings": {"first": "2026-03-01"}},
        pinned.line("mapping settings.first", "mapping.type", "mapping.give_date"),
    ),
    (
        {"settings": {"day_first": 1}},
        pinned.line(
            "mapping settings.day_first", "mapping.type", "mapping.give_yes_no"
        ),
    ),
    (
        {"settings": {"bounds": {"south": 3, "west": 1, "north": 2, "east": 4}}},
        pinned.line("mapping settings.bounds", "mapping.bounds", "mapping.give_bounds"),
    ),
    (
        {"settings": []},
        pinned.line("mapping settings", "mapping.type", "mapping.give_record"),
    ),
    (
        {"tables": {}},
        pinned.line("mapping tables", "mapping.type", "mapping.give_list"),
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
        pinned.line("mapping tables[1].header", "mapping.type", "mapping.give_row"),
    ),
    (
        {"tables": [{**DEMAND, "file": 1}]},
        pinned.line("mapping tables[1].file", "mapping.type", "mapping.give_text"),
    ),
    (
        {"tables": [{**DEMAND, "ignore": [1]}]},
        pinned.line("mapping tables[1].ignore", "mapping.type", "mapping.give_texts"),
    ),
    (
        {"tables": [{**DEMAND, "ignore_rest": 1}]},
        pinned.line(
            "mapping tables[1].ignore_rest", "mapping.type", "mapping.give_yes_no"
        ),
    ),
    (
        {"tables": [{**DEMAND, "columns": {"id": "Ref", "name": "ref"}}]},
        pinned.line(
            "mapping tables[1].columns.name",
            "mapping.header_twice",
            "mapping.once",
            name="ref",
        ),
    ),
    (
        {"tables": [{**DEMAND, "columns": {"wanted": "N"}, "ignore": ["Colour", "n"]}]},
        pinned.line(
            "mapping tables[1].ignore", "mapping.ignored_too", "mapping.once", name="n"
        ),
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
        pinned.line(
            "mapping tables[1].ignore", "mapping.ignored_too", "mapping.once", name="TO"
        ),
    ),
    (
        {"tables": [{**DEMAND, "columns": {"windows": {"start": "From"}}}]},
        pinned.line(
            "mapping tables[1].columns.windows", "mapping.span", "mapping.give_span"
        ),
    ),
    (
        {"tables": [{**DEMAND, "constants": {"category": [1]}}]},
        pinned.line(
            "mapping tables[1].constants.category", "mapping.type", "mapping.give_value"
        ),
    ),
    (
        {"tables": [{**DEMAND, "prefixes": {"id": 7}}]},
        pinned.line(
            "mapping tables[1].prefixes.id", "mapping.type", "mapping.give_text"
        ),
    ),
    (
        {"ignore_sheets": 3},
        pinned.line("mapping ignore_sheets", "mapping.type", "mapping.give_texts"),
    ),
]


@pytest.mark.parametrize(
    ("data", "line"), FAULTS, ids=[line[:60] for _, line in FAULTS]
)
def test_what_is_wrong_with_a_mapping_is_said_with_its_place(data, line):
    with pytest.raises(InputError) as caught:
        read_mapping(data)
    assert [complaint.line() for complaint in caught.value.complaints] == [line]
    assert caught.value.complaints[0].line("zh") != line


def test_an_unknown_column_of_a_mapping_lists_the_columns_of_its_table():
    with pinned.raises(
        InputError,
        "mapping.unknown",
        "mapping.near",
        about="mapping tables[1].columns",
        name="wantd",
        near="wanted",
    ) as caught:
        read_mapping({"tables": [{**DEMAND, "columns": {"wantd": "Helpers"}}]})
    [near] = [
        one for one in pinned.messages_of(caught.value) if one.key == "mapping.near"
    ]
    assert dict(near.values)["known"].startswith("id, community, name")


def test_all_faults_of_a_mapping_come_at_once():
    with pytest.raises(InputError) as caught:
        read_mapping(
            {"settings": {"zone": 1}, "tables": [{}, {**DEMAND, "header": "x"}]}
        )
    assert len(caught.value.complaints) == 3


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (
            b"x = \n",
            "m.toml: is no TOML (Invalid value (at line 1, column 5)). Correct the text there.",
        ),
        (b"\xff", pinned.line("m.toml", "mapping.no_utf8", "mapping.save_utf8")),
        (
            b"a = " + b"[" * 5_000 + b"]" * 5_000,
            pinned.line("m.toml", "mapping.deep", "mapping.flatter"),
        ),
        (
            b"a." * 30_000 + b"a = 1",
            pinned.line("m.toml", "mapping.deep", "mapping.flatter"),
        ),
        (
            b"[settings]\nday_first = " + b"1" * 5_000,
            pinned.line("m.toml", "mapping.digits", "mapping.fewer_digits"),
        ),
        (
            b"#" * 1_000_001,
            pinned.line("m.toml", "mapping.large", "mapping.split", most=1_000_000),
        ),
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
    with pinned.raises(InputError, "mapping.no_source", "mapping.give_file"):
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
    assert [held.skill for held in found.problem.resources[0].skills] == [
        "nursing",
        "driving",
    ]
    assert found.guesses == ()


def test_constants_fill_columns_that_are_not_there_and_are_told():
    found = read(
        [grid(["id", "wanted"], ["D1", 2])],
        {**DEMAND, "constants": {"community": "C9", "tier": 3, "contact": "000-0001"}},
    )
    assert (found.problem.demands[0].community, found.problem.demands[0].tier) == (
        "C9",
        3,
    )
    assert [finding.line() for finding in found.findings if finding.kind == "note"] == [
        f"sheet demands, column community: 'C9' {pinned.text('tables.constant')}.",
        f"sheet demands, column contact: '(hidden)' {pinned.text('tables.constant')}.",
        f"sheet demands, column tier: '3' {pinned.text('tables.constant')}.",
    ]


def test_a_constant_for_a_column_that_the_file_has_is_a_fault_unless_the_header_is_ignored():
    rows = [grid(["id", "community", "wanted", "等级"], ["D1", "C1", 2, 1])]
    with pytest.raises(InputError) as caught:
        read(rows, {**DEMAND, "constants": {"tier": 3}})
    (complaint,) = caught.value.complaints
    assert complaint.line() == pinned.line(
        "sheet demands, row 1, column 等级",
        "tables.constant_twice",
        "tables.one_constant",
        column="tier",
    )
    assert complaint.line("zh") == pinned.line(
        "工作表“demands” 第 1 行 “等级”列",
        "tables.constant_twice",
        "tables.one_constant",
        lang="zh",
        column="tier",
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
        f"sheet demands, row 2, column wanted: '99' {pinned.text('tables.replaced', value='10')} (and 2 more rows alike).",
        f"sheet demands, row 6, column wanted: {pinned.text('tables.filled', value='2')}.",
    ]
    assert found.guesses == ()


def test_a_value_may_be_taken_for_an_empty_cell():
    found = read(
        [
            grid(
                ["id", "community", "wanted", "category"],
                ["D1", "C1", 1, "none of these"],
            )
        ],
        {**DEMAND, "values": {"category": {"none of these": ""}}},
    )
    assert found.problem.demands[0].category is None
    assert [
        finding.line()
        for finding in found.findings
        if pinned.text("tables.replaced_by_nothing") in finding.line()
    ] == [
        f"sheet demands, row 2, column category: 'none of these' {pinned.text('tables.replaced_by_nothing')}."
    ]


def test_prefixes_go_before_ids_and_marks_end_cells():
    rows = (["id", "community", "wanted", "category"], [17, "C1", 1, "health, sport"])
    found = read(
        [grid(*rows)], {**DEMAND, "prefixes": {"id": "D"}, "until": {"category": ","}}
    )
    assert (found.problem.demands[0].id, found.problem.demands[0].category) == (
        "D17",
        "health",
    )
    assert [finding.line() for finding in found.findings if finding.kind == "note"] == [
        f"sheet demands, row 2, column id: {pinned.text('tables.prefixed', prefix='D')}.",
        f"sheet demands, row 2, column category: {pinned.text('tables.cut', mark=',')}.",
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
    assert [
        (f"{one.start:%m-%d %H}", f"{one.end:%m-%d %H}") for one in first.windows
    ] == [("05-02 00", "05-04 00")]
    assert second.windows == ()


def test_a_time_may_last_so_many_minutes_from_its_start():
    rows = (
        ["id", "community", "wanted", "reported"],
        ["D1", "C1", 1, "02/05/2026 08:30"],
    )
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
    with pinned.raises(InputError, "tables.no_mapped_header", header="From"):
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
    assert [(finding.kind, finding.where.row) for finding in found.findings] == [
        ("odd", 4)
    ]


def test_what_the_caller_says_goes_before_the_mapping_and_that_before_the_sheet_of_settings():
    rows = [
        grid(
            ["id", "community", "wanted", "windows"],
            ["D1", "C1", 1, "2026-05-02 08:00-12:00"],
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
        pinned.text("tables.no_mapped_header", header="Skills set"),
    )
    assert pinned.text(
        "tables.no_mapped_header", "zh", header="Skills set"
    ) in caught.value.text("zh")


def test_a_needed_column_whose_header_is_not_there_is_complained_of_once():
    with pytest.raises(InputError) as caught:
        read(
            [grid(["id", "Team"], ["R1", "U1"], name="resources")],
            {"table": "resources", "columns": {"unit": "Group"}},
        )
    assert [complaint.fact for complaint in caught.value.complaints] == [
        pinned.text("tables.no_mapped_header", header="Group")
    ]


def test_one_of_several_headers_of_a_list_that_is_missing_is_to_be_confirmed_and_of_other_columns_only_told():
    resources = {
        "table": "resources",
        "columns": {"skills": ["Skill A", "Skill B"], "unit": ["Group", "Team"]},
        "ignore": ["Mood"],
    }
    found = read(
        [grid(["id", "Team", "Skill A"], ["R1", "U1", "care"], name="resources")],
        resources,
    )
    assert [guess.line() for guess in found.guesses] == [
        f"sheet resources, row 1: {pinned.text('tables.no_mapped_header', header='Skill B')}."
    ]
    assert [
        header
        for header in ("Group", "Mood")
        if f"has no header '{header}'" in found.text()
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
        f"the tables: {pinned.text('tables.no_mapped_sheet', names='zzz*.csv', table='resources')}."
    ]
    assert [
        guess.line("zh") for guess in found.guesses if "zzz" in guess.line("zh")
    ] == [
        f"表格：{pinned.text('tables.no_mapped_sheet', 'zh', table=Message('table.resources.title'), names='zzz*.csv')}。"
    ]
    assert pinned.text("tables.no_ignored_sheet", name="old") in found.text()


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
        "demands",
        [["id", "community", "wanted"], ["D1", "C1", 1]],
        source="demands.csv",
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
        for one in read_tables(
            book, mapping={"ignore_sheets": ["people"]}
        ).problem.resources
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
        demand.id
        for demand in read_tables([jobs], mapping={"tables": [table]}).problem.demands
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
        {
            **DEMAND,
            "values": values,
            "until": {"category": "|"},
            "prefixes": {"kind": "x"},
        },
    )
    assert [demand.category for demand in found.problem.demands] == ["care", "games"]
    assert [
        finding.line() for finding in found.findings if "mapping" in finding.line()
    ] == [
        f"sheet demands, row 2, column category: 'FIRST  Aid' {pinned.text('tables.replaced', value='care')}.",
        f"sheet demands, row 3, column category: 'sport' {pinned.text('tables.replaced', value='games')}.",
        f"sheet demands, column tier: {pinned.text('tables.no_mapped_column', name='values')}.",
        f"sheet demands, column kind: {pinned.text('tables.no_mapped_column', name='prefixes')}.",
        f"sheet demands, column category: {pinned.text('tables.no_mapped_value', value='sprot')}.",
        f"sheet demands, column category: {pinned.text('tables.no_mapped_mark', value='|')}.",
    ]


def test_of_two_texts_that_differ_in_letter_case_only_each_is_replaced_as_it_is_written():
    rows = (
        ["id", "community", "wanted", "tier"],
        ["D1", "C1", 1, "a"],
        ["D2", "C1", 1, "A"],
    )
    found = read([grid(*rows)], {**DEMAND, "values": {"tier": {"a": 2, "A": 1}}})
    assert [demand.tier for demand in found.problem.demands] == [2, 1]


def test_a_text_that_occurs_in_one_of_several_sheets_is_not_told():
    head = ["id", "community", "wanted"]
    sheets = [
        grid(head, [f"D{count}", "C1", count], name=f"demands {count}")
        for count in (99, 3)
    ]
    assert (
        "holds '99'"
        not in read(sheets, {**DEMAND, "values": {"wanted": {"99": 10}}}).text()
    )


def test_times_for_rows_that_there_are_none_of_are_asked_about_and_letter_case_means_nothing_in_them():
    rows = (
        ["id", "community", "wanted", "from", "to", "sort"],
        ["D1", "C1", 1, "2026-05-02 08:00", "2026-05-02 10:00", "ONCE"],
    )

    def span(text):
        columns = {"windows": {"start": "from", "end": "to", "where": {"Sort": text}}}
        return read([grid(*rows)], {**DEMAND, "columns": columns}, zone="UTC")

    assert (len(span("once").problem.demands[0].windows), span("once").guesses) == (
        1,
        (),
    )
    assert [guess.line() for guess in span("onec").guesses] == [
        f"sheet demands, column Sort: {pinned.text('tables.no_mapped_text', value='onec')}."
    ]


def test_with_ignore_rest_the_advice_on_a_column_that_is_missing_leads_to_it():
    rows = [grid(["id", "unit", "name"], ["R1", "U1", "x"], name="resources")]
    with pytest.raises(InputError) as caught:
        read(rows, {"table": "resources", "columns": {"id": "id"}, "ignore_rest": True})
    (complaint,) = caught.value.complaints
    assert complaint.line() == pinned.line(
        "sheet resources, row 1",
        "tables.no_column",
        "tables.name_in_mapping",
        column="unit",
    )
    found = read(
        rows,
        {
            "table": "resources",
            "columns": {"id": "id", "unit": "unit"},
            "ignore_rest": True,
        },
    )
    assert (found.problem.resources[0].unit, found.problem.resources[0].name) == (
        "U1",
        None,
    )


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
    assert caught.value.complaints[0].line() == pinned.line(
        "sheet demands", "tables.header_elsewhere", "tables.fix_row", row="9"
    )
