"""Numerals: every Chinese one up to 9999 as it is written out, and none that says less than a number."""

from __future__ import annotations

import pytest

from matchkit.tables.cells.numbers import number, numeral

DIGITS = "零一二三四五六七八九"


def _written_out(value: int) -> str:
    """As taught at school: a zero for any gap between places, 十 alone at the front for ten to nineteen."""
    text, gap = "", False
    for worth, place in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // worth % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + place
        gap = not digit
    return text.removeprefix("一") if 10 <= value < 20 else text


def test_every_numeral_up_to_9999_is_read() -> None:
    assert {value: numeral(_written_out(value)) for value in range(1, 10_000)} == {
        value: value for value in range(1, 10_000)
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "三百五",
        "一千五",
        "十百",
        "百",
        "二二",
        "一二三",
        "零零",
        "五零",
        "一千零零五",
        "亿",
        "两三",
        "十几",
    ],
)
def test_what_is_no_numeral_or_not_one_number_is_none(text: str) -> None:
    assert numeral(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两", 2),
        ("两百", 200),
        ("〇", 0),
        ("零", 0),
        ("一十二", 12),
        ("007", 7),
        ("twelve", 12),
    ],
)
def test_other_ways_of_writing_a_number(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["٣", "1_000", "+5", "１", "five hundred", "9" * 19])
def test_python_would_read_more_than_is_read_here(text: str) -> None:
    assert number(text) is None
