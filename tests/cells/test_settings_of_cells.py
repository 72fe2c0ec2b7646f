"""What cells are read by is checked before any cell is, and refused in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pinned
import pytest

from matchkit.errors import InputError
from matchkit.tables.cells import Context

LATE = {"first": date(2026, 5, 2), "last": date(2026, 5, 1)}


@pytest.mark.parametrize(
    ("settings", "english", "chinese"),
    [
        (
            {"zone": "Mars/Base"},
            pinned.line("zone", "record.zone.unknown", "cell.accepts.zone"),
            pinned.line("zone", "cell.zone", "cell.accepts.zone", lang="zh"),
        ),
        (
            {"day_first": "no"},
            pinned.line("day_first", "cell.setting.yes_no", "cell.accepts.yes_no"),
            "day_first：不是 true 或 false。请给出 True 或 False。",
        ),
        (
            {"parts": {"晚": ("18:00", "18:00")}},
            pinned.line("parts", "cell.setting.parts", "cell.accepts.parts"),
            pinned.line("parts", "cell.setting.parts", "cell.accepts.parts", lang="zh"),
        ),
        (
            LATE,
            pinned.line("last", "cell.setting.order", "cell.accepts.date"),
            pinned.line("last", "cell.setting.order", "cell.accepts.date", lang="zh"),
        ),
    ],
)
def test_a_setting_that_is_none_is_refused_with_place_fact_and_advice_in_both_languages(
    settings: dict[str, Any], english: str, chinese: str
) -> None:
    with pytest.raises(InputError) as caught:
        Context(**settings)
    assert [
        (complaint.line(), complaint.line("zh"))
        for complaint in caught.value.complaints
    ] == [(english, chinese)]


@pytest.mark.parametrize("order", ["no", "", 1, 0, [True], 2.0])
def test_the_order_of_day_and_month_is_a_truth_value_or_not_told(order: Any) -> None:
    with pinned.raises(InputError, "cell.setting.yes_no", about="day_first"):
        Context(day_first=order)
    assert [Context(day_first=order).day_first for order in (True, False, None)] == [
        True,
        False,
        None,
    ]
