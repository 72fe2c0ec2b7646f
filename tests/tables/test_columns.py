"""The table of tables and columns: every header means one thing, every column is explained in both languages,
the page is current.
"""

from __future__ import annotations

import re

import pytest
from column_tables import PAGE, placed

from matchkit.messages.message import LANGUAGES, templates, text_of
from matchkit.model import Community, Demand, Requirement, Resource, Skill, Unit
from matchkit.model.rules import Rule
from matchkit.tables.cells import KINDS
from matchkit.tables.columns.known import (
    headed,
    header_key,
    is_unused,
    near_header,
    numbered,
    table_named,
)
from matchkit.tables.columns.schemas import BY_NAME, NAMED, TABLES, setting_header

COLUMNS = [(table, column) for table in TABLES for column in table.columns]
NAMES = [f"{table.name}.{column.name}" for table, column in COLUMNS]


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_no_header_of_a_table_stands_for_two_columns(table):
    first = [
        header_key(header) for column in table.columns for header in column.headers
    ]
    assert len({(key, at // 2) for at, key in enumerate(first)}) == len(set(first))
    others = [
        (header_key(header), column.name)
        for column in table.columns
        for header in (*column.spellings, *column.spare)
    ]
    assert sorted(others) == sorted(set(others))
    keys = [key for key, _ in others]
    assert len(keys) == len(set(keys)), sorted(
        key for key in keys if keys.count(key) > 1
    )


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=NAMES)
def test_every_spelling_of_a_header_is_found_and_nothing_known_is_unused(table, column):
    for header in (
        *column.headers,
        column.name.upper(),
        f" {column.header('zh')} ",
        f"{column.name}*",
    ):
        assert headed(table, header).column == column
        assert not is_unused(table, header)
    own = {header_key(other) for one in table.columns for other in one.headers}
    assert [
        header
        for header in column.spellings
        if header_key(header) not in own and headed(table, header).column != column
    ] == []


def test_the_name_of_a_column_or_a_table_is_what_it_is_called_in_english() -> None:
    assert [column.header("en") for _, column in COLUMNS] == [
        column.name for _, column in COLUMNS
    ]
    assert [table.title("en") for table in TABLES] == [table.name for table in TABLES]
    assert [setting_header(name, "en") for name in NAMED] == list(NAMED)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=NAMES)
def test_no_spelling_repeats_the_headers_that_are_written(table, column):
    written = {header_key(column.header(lang)) for lang in LANGUAGES}
    assert [
        spelling for spelling in column.spellings if header_key(spelling) in written
    ] == []


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=NAMES)
def test_every_column_is_of_a_kind_that_is_read_and_explained_in_both_languages(
    table, column
):
    assert column.kind in KINDS or column.kind in ("moment", "setting", "raw")
    assert all(
        templates(lang)[f"column.{table.name}.{column.name}"] for lang in LANGUAGES
    )
    assert not column.refers or column.refers in BY_NAME


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_no_two_columns_of_a_table_mean_the_same(table, lang):
    meanings = [
        text_of(f"column.{table.name}.{column.name}", lang) for column in table.columns
    ]
    assert sorted(meaning for meaning in meanings if meanings.count(meaning) > 1) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "column",
    BY_NAME["rules"].columns,
    ids=[column.name for column in BY_NAME["rules"].columns],
)
def test_a_column_of_rules_names_every_rule_that_uses_it_and_no_other(column, lang):
    kinds = {
        rule.model_fields["rule"].default: rule.model_fields
        for rule in Rule.__args__[0].__args__
    }
    users = {name for name, fields in kinds.items() if column.name in fields}
    named = set(
        re.findall("[a-z_]+", text_of(f"column.rules.{column.name}", lang))
    ) & set(kinds)
    assert named == (users if users != set(kinds) else set())


def test_names_of_tables_differ_and_are_found_with_numbers_behind_them():
    keys = [header_key(name) for table in TABLES for name in table.titles]
    assert len(keys) == len(set(keys))
    for table in TABLES:
        for name in (*table.titles, f"{table.name} (2)", f"{table.title('zh')}3"):
            assert table_named(name) == table


@pytest.mark.parametrize(
    ("name", "record", "elsewhere"),
    [
        ("units", Unit, set()),
        ("communities", Community, {"place"}),
        ("resources", Resource, {"place"}),
        ("demands", Demand, {"place", "requirements"}),
        ("requirements", Requirement, set()),
        ("skills", Skill, set()),
    ],
)
def test_every_field_of_a_record_has_a_column(name, record, elsewhere):
    assert set(record.model_fields) - elsewhere <= {
        column.name for column in BY_NAME[name].columns
    }


def test_every_field_of_every_rule_has_a_column():
    rules = Rule.__args__[0].__args__
    fields = {field for rule in rules for field in rule.model_fields} - {"soft"}
    assert fields | {"soft_price", "soft_tier", "soft_no_worse"} == {
        column.name for column in BY_NAME["rules"].columns
    }


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("数量 / 容量", "数量容量"),
        ("ＩＤ", "id"),
        ("Time-zone:", "timezone"),
        ("#", "#"),
        ("★", "★"),
        ("  ", ""),
    ],
)
def test_headers_are_compared_without_case_blanks_and_marks(header, key):
    assert header_key(header) == key


def test_headers_that_are_too_long_for_a_known_one_are_compared_without_case_and_blanks():
    asked = "Which days? " * 20
    assert (
        header_key(asked)
        == header_key(asked.upper().replace(" ", "\n "))
        != header_key(asked + "x")
    )


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("skills3", ("skills", 3)),
        ("技能12", ("技能", 12)),
        ("skills", ("skills", 1)),
        ("2026", ("2026", 1)),
    ],
)
def test_a_number_behind_a_header_is_that_of_a_part(key, parts):
    assert numbered(key) == parts


def test_only_lists_and_contacts_go_on_in_numbered_columns():
    assert headed(BY_NAME["resources"], "skills (3)").part == 3
    assert headed(BY_NAME["resources"], "capacity 2") is None


@pytest.mark.parametrize(
    ("header", "column", "known"),
    [
        ("wantd", "wanted", "wanted"),
        ("communty name", "community", "community name"),
        ("所需人数/数", "wanted", "所需人数/数量"),
    ],
)
def test_a_header_with_a_slip_in_it_is_named_as_it_is_known(header, column, known):
    found = near_header(BY_NAME["demands"], header)
    assert found is not None and (found[0].name, found[1]) == (column, known)


@pytest.mark.parametrize(
    "header",
    ["colour", "minimum age", "wanted by", "需求时长", "所需费用", "unit price", "No"],
)
def test_a_header_that_only_shares_letters_with_a_known_one_is_near_none(header):
    assert near_header(BY_NAME["demands"], header) is None


@pytest.mark.parametrize(
    ("table", "header", "column"),
    [
        ("demands", "所需专长", "skills"),
        ("demands", "需求项目", "name"),
        ("demands", "联系人及电话", "contact"),
        ("demands", "startTime", "windows start"),
        ("demands", "end_time", "windows end"),
        ("resources", "服务特长", "skills"),
        ("resources", "联系人及电话", "contact"),
        ("resources", "可服务时间段", "available"),
        ("resources", "部门名称*", "unit"),
        ("resources", "手机号*", "contact"),
        ("resources", "姓名*", "name"),
        ("resources", "endTime", "available end"),
    ],
)
def test_headers_of_lists_of_offices_and_programs_are_known(table, header, column):
    found = headed(BY_NAME[table], header)
    assert found is not None and found.column.name == column


def test_the_page_on_tables_is_current():
    page = PAGE.read_text(encoding="utf-8")
    assert placed(page) == page, "run tests/tables/column_tables.py"
