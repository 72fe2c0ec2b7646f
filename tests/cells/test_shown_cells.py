"""How a message quotes a cell: short, harmless, without telephone and identity numbers."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pinned
import pytest

from matchkit.messages.message import Message, Unshortened
from matchkit.tables.cells import quote, shown
from matchkit.tables.formats import Grid
from matchkit.tables.location import where


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("每周二四晚", "每周二四晚"),
        (None, ""),
        (True, "True"),
        (3.5, "3.5"),
        (date(2026, 5, 2), "2026-05-02"),
        (datetime(2026, 5, 2, 8), "2026-05-02 08:00:00"),  # noqa: DTZ001 - as spreadsheets give it
        (time(8), "08:00:00"),
        ("2026-05-02 08:00-2026-05-03 12:00", "2026-05-02 08:00-2026-05-03 12:00"),
        ("2026/05/02 08:00~12:00", "2026/05/02 08:00~12:00"),
        ("13800000000", pinned.text("cell.digits", count=11)),
        (13_800_000_000, pinned.text("cell.digits", count=11)),
        (13_800_000_000.0, pinned.text("cell.digits", count=11)),
        ("电话 138-0000-0000", f"电话 {pinned.text('cell.digits', count=11)}"),
        ("138 0000 0000 / 123456", f"{pinned.text('cell.digits', count=11)} / 123456"),
        ("62010219900101000X", f"{pinned.text('cell.digits', count=17)}X"),
        (
            "2026-05-02 13800000000",
            f"2026-05-02 {pinned.text('cell.digits', count=11)}",
        ),
        ("1990-01-01-0000", pinned.text("cell.digits", count=12)),
        (10**600, pinned.text("cell.digits", count=601)),
        (-(10**7), pinned.text("cell.digits", count=8)),
        (float("nan"), "nan"),
        ("a\x1b[31mb", "a\\u001b[31mb"),
        ("a\u202eb\u200bc\ufeff", "a\\u202eb\\u200bc\\ufeff"),
        ("a\nb\tc", "a\\u000ab\\u0009c"),
        ("a\u3000b\u00a0c", "a b c"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("<script>", "<script>"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 39 + "…"),
        (b"bytes", pinned.text("cell.of_type", name="bytes")),
    ],
)
def test_a_cell_is_quoted_so(cell: Any, told: str) -> None:
    assert shown(cell) == told


def test_nothing_is_quoted_of_a_personal_cell() -> None:
    assert shown("虚构甲", personal=True) == "(hidden)"
    assert shown("虚构甲", personal=True, lang="zh") == "（不显示）"


def test_a_number_is_told_by_its_length_in_chinese_too() -> None:
    assert shown("13800000000", lang="zh") == "11 位数字"


@pytest.mark.parametrize("place", range(160))
def test_a_telephone_number_at_the_edge_of_what_is_looked_at_stays_hidden(
    place: int,
) -> None:
    assert "138" not in shown("甲" * place + "13800000000" * 3)


def test_a_cell_is_one_text_where_all_languages_quote_it_alike() -> None:
    assert [quote(cell) for cell in ("每周二四晚", 3.5, None)] == [
        "每周二四晚",
        "3.5",
        "",
    ]


def test_what_is_hidden_of_a_name_is_in_the_language_of_the_message() -> None:
    place = where(Grid("13800000000", [], "list.xlsx"), 1, 0, 13_900_000_000)
    assert place.text("zh") == "list.xlsx 工作表“11 位数字” 第 2 行 “11 位数字”列（A2）"
    heads = Unshortened(map(quote, ("13800000000", "skills")))
    assert (
        Message.of("tables.day_columns", heads=heads)
        .text("zh")
        .count("11 位数字、skills")
        == 1
    )
