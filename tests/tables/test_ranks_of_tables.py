"""Rankings, nominations and channels as tables: there and back, and where a fault is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

import matchkit as mk
from matchkit.errors import InputError
from matchkit.tables.formats.grid import Grid
from matchkit.tables.importer.reading import read_tables

sys.path.append(str(Path(__file__).parents[1] / "solving"))
from chosen_problems import drawn


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("seed", [0, 3, 8, 11])
def test_ranks_come_back_from_tables_as_they_were(seed: int, lang: Any) -> None:
    given = drawn(seed)
    nobody = mk.Ranking(by="unit", id="V", of="demands", ids=(), ranks=())
    others = tuple(one for one in given.rankings if (one.by, one.id) != ("unit", "V"))
    objective = mk.Objective(stable="strong", proposing="requirements", among="goals")
    update = {"rankings": (*others, nobody), "objective": objective}
    given = given.model_copy(update=update)
    again = mk.read_problem(given.to_frames(lang=lang))
    assert again == given


def grids(*rankings: list[Any]) -> list[Grid]:
    """A small problem with rows of ranks."""
    head = ["by", "resource", "unit", "demand", "community", "rank", "others"]
    return [
        Grid(name="units", rows=[["id"], ["U"]]),
        Grid(name="communities", rows=[["id"], ["A"]]),
        Grid(name="resources", rows=[["id", "unit"], ["P", "U"], ["Q", "U"]]),
        Grid(name="demands", rows=[["id", "community"], ["D", "A"], ["E", "A"]]),
        Grid(name="rankings", rows=[head, *rankings]),
    ]


def test_rows_of_one_who_ranks_are_one_record() -> None:
    found = read_tables(
        grids(
            ["resource", "P", None, "D", None, 2, None],
            ["resource", "P", None, "E", None, 1, "last"],
            ["community", None, "U", None, "A", 1, None],
        )
    )
    assert found.problem.rankings == (
        mk.Ranking(
            by="resource",
            id="P",
            of="demands",
            ids=("D", "E"),
            ranks=(2, 1),
            others="last",
        ),
        mk.Ranking(by="community", id="A", of="units", ids=("U",), ranks=(1,)),
    )


@pytest.mark.parametrize(
    ("rows", "where", "key"),
    [
        (
            [["resource", "P", None, "D", "A", 1, None]],
            "sheet rankings, row 2, column community",
            "tables.ranks_more",
        ),
        (
            [["community", "P", "U", None, "A", 1, None]],
            "sheet rankings, row 2, column unit",
            "tables.ranks_more",
        ),
        (
            [["resource", "P", "U", "D", None, 1, None]],
            "sheet rankings, row 2, column unit",
            "tables.ranks_more",
        ),
        (
            [
                ["resource", "P", None, "D", None, 1, None],
                ["resource", "P", None, "F", None, 2, None],
            ],
            "sheet rankings, row 3, column demand",
            "record.unlisted.demand",
        ),
        (
            [["resource", "R", None, "D", None, 1, None]],
            "sheet rankings, row 2, column resource",
            "record.unlisted.resource",
        ),
        (
            [["resource", "P", None, "D", None, None, None]],
            "sheet rankings, row 2",
            "record.rank_each",
        ),
    ],
)
def test_a_fault_of_ranks_is_told_where_it_is(
    rows: list[list[Any]], where: str, key: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_tables(grids(*rows))
    [one] = caught.value.complaints
    assert one.where == where
    fact = one.parts[1]
    assert getattr(fact, "key", None) == key
