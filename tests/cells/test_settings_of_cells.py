"""What cells are read by is checked before any cell is, and refused in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from matchkit.errors import InputError
from matchkit.tables.cells import Context

LATE = {"first": date(2026, 5, 2), "last": date(2026, 5, 1)}


@pytest.mark.parametrize(
    ("settings", "english", "chinese"),
    [
        (
            {"zone": "Mars/Base"},
            "zone: is no time zone that this system knows. Give an IANA name, as in Asia/Shanghai or UTC.",
            "zone：不是系统已知的时区。请填 IANA 时区名，如 Asia/Shanghai 或 UTC。",
        ),
        (
            {"day_first": "no"},
            "day_first: is neither true nor false. Give True or False.",
            "day_first：不是 true 或 false。请给出 True 或 False。",
        ),
        (
            {"parts": {"晚": ("18:00", "18:00")}},
            (
                "parts: are no parts of the day with a start and an end. Give each part of the day "
                "with its hours, as in 18:00 and 22:00."
            ),
            "parts：不是“时段 → 开始、结束”。请给出每个时段的起止钟点，如 18:00 和 22:00。",
        ),
        (
            LATE,
            "last: lies before the first date. Give a date as in 2026-05-02.",
            "last：早于起始日期。请填日期，如 2026-05-02。",
        ),
    ],
)
def test_a_setting_that_is_none_is_refused_with_place_fact_and_advice_in_both_languages(
    settings: dict[str, Any], english: str, chinese: str
) -> None:
    with pytest.raises(InputError) as caught:
        Context(**settings)
    assert [
        (complaint.line(), complaint.line("zh")) for complaint in caught.value.complaints
    ] == [(english, chinese)]


@pytest.mark.parametrize("order", ["no", "", 1, 0, [True], 2.0])
def test_the_order_of_day_and_month_is_a_truth_value_or_not_told(order: Any) -> None:
    with pytest.raises(InputError, match="day_first: is neither true nor false"):
        Context(day_first=order)
    assert [Context(day_first=order).day_first for order in (True, False, None)] == [
        True,
        False,
        None,
    ]
