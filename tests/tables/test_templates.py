"""Templates: every column with a note in the language, and example rows that read without a guess."""

from __future__ import annotations

import re

import pytest

from matchkit.errors import InputError
from matchkit.model import Problem
from matchkit.tables.columns.schemas import TABLES
from matchkit.tables.formats import write_grids
from matchkit.tables.importer.reading import read_tables
from matchkit.tables.importer.templates import template_grids
from matchkit.tables.problems import write_template

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_empty_template_reads_as_an_empty_problem(tmp_path, lang):
    write_grids(template_grids(lang), tmp_path / "t.xlsx")
    found = read_tables(tmp_path / "t.xlsx")
    assert (found.problem, found.findings) == (Problem(), ())


@pytest.mark.parametrize("form", ["xlsx", "csv", "parquet"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_template_filled_with_its_own_examples_reads_without_a_guess(
    tmp_path, lang, form
):
    path = tmp_path / ("t.xlsx" if form == "xlsx" else "t")
    write_grids(template_grids(lang, examples=True), path, form)
    found = read_tables(path)
    assert found.findings == ()
    problem = found.problem
    assert (
        len(problem.units),
        len(problem.communities),
        len(problem.resources),
        len(problem.demands),
    ) == (
        1,
        1,
        1,
        2,
    )
    assert [len(demand.requirements) for demand in problem.demands] == [1, 2]
    assert (
        problem.demands[1].requirements[1].minimum,
        problem.demands[1].requirements[1].wanted,
    ) == (2, 4)
    assert [
        len(part)
        for part in (
            problem.skills,
            problem.rules,
            problem.previous,
            problem.scores,
            problem.nominations,
            problem.channels,
            problem.objective.aims,
        )
    ] == [1] * 7
    assert [(one.by, one.of) for one in problem.rankings] == [
        ("resource", "demands"),
        ("community", "resources"),
    ]


def test_both_languages_give_examples_of_the_same_problem_but_for_names():
    found = [
        read_tables(template_grids(lang, examples=True)).problem
        for lang in ("en", "zh")
    ]
    for one, other in zip(found[0].resources, found[1].resources, strict=True):
        assert (one.id, one.unit, one.kind, one.mode, one.available, one.place) == (
            other.id,
            other.unit,
            other.kind,
            other.mode,
            other.available,
            other.place,
        )
    assert (
        [rule.rule for rule in found[0].rules]
        == [rule.rule for rule in found[1].rules]
        == ["hours_budget"]
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_notes_say_of_every_column_what_it_means_and_what_it_accepts(lang):
    notes = template_grids(lang)[0]
    told = [row for row in notes.rows[1:] if row[4] is not None]
    assert len(told) == sum(len(table.columns) for table in TABLES)
    assert all(row[0] and row[1] and row[3] and row[4] for row in told)
    assert all(bool(CHINESE.search(row[3])) == (lang == "zh") for row in notes.rows[1:])


def test_notes_give_an_example_of_every_column_but_those_that_say_the_same_in_another_way():
    notes = template_grids("en")[0]
    without = {
        (row[0], row[1])
        for row in notes.rows[1:]
        if row[4] is not None and row[5] is None
    }
    assert {
        (table, column) for table, column in without if table not in ("rules",)
    } == {
        ("units", "parent"),
        ("communities", "parent"),
        ("communities", "place"),
        ("resources", "place"),
        # A row names one of several kinds; some are left open.
        ("rankings", "unit"),
        ("rankings", "requirement"),
        ("rankings", "of"),
        ("nominations", "rank"),
        ("channels", "demand"),
        # Of coverage and loads alone.
        ("communities", "entitlement"),
        ("aims", "of"),
        ("aims", "kind"),
        ("aims", "by"),
        ("aims", "rule"),
        ("aims", "level"),
        ("aims", "steps"),
        # Of order_weight alone.
        ("aims", "order"),
        # Of those who get or give, one alone.
        ("history", "demand"),
        ("history", "requirement"),
        ("history", "unit"),
        # Of flexible demands.
        ("reference", "start"),
        ("resources", "available start"),
        ("resources", "available end"),
        ("demands", "place"),
        ("demands", "windows start"),
        ("demands", "windows end"),
    }


@pytest.mark.parametrize(
    ("form", "name"), [("xlsx", "template.xlsx"), ("csv", "resources.csv")]
)
def test_a_template_is_never_written_over_a_file_that_may_be_filled_in(
    tmp_path, form, name
):
    (tmp_path / name).write_text("a list of somebody", encoding="utf-8")
    with pytest.raises(
        InputError,
        match=f"{name}: is there already, and may be filled in. Give another folder, or take the file away.",
    ):
        write_template(tmp_path, lang="en", format=form)
    assert [
        (path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()
    ] == [(name, "a list of somebody")]
    assert write_template(tmp_path / "new", lang="en", format=form)
    assert (tmp_path / "new" / name).is_file()
