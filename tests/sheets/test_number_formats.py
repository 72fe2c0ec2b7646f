"""Formats of numbers: which show zeros before a number, which a date; written as spreadsheet programs write
them.
"""

from __future__ import annotations

import pytest

from matchkit.tables.formats.number_formats import DATE, SPAN, kind_of

CODES = {
    None: (
        "General",
        "0",
        "0.00",
        "#,##0",
        "#,##0.00",
        '0"R"',
        "0.00E+00",
        "@",
        "# ?/?",
        "0_);(0)",
        "0%",
    ),
    "0000": ("0000", "0000;-0000", "[Red]0000", '"№"0000', "0000.0", '"day "0000'),
    "0000000": ("000\\-0000",),
    DATE: (
        "yyyy-mm-dd",
        "hh:mm:ss.000",
        '[$-804]yyyy"年"m"月"d"日"',
        "mm:ss.0",
        "h:mm AM/PM",
        "mmm-yy",
        "x" * 300,
    ),
    SPAN: ("[h]:mm", "[mm]:ss", "[hh]:mm:ss;@"),
}


@pytest.mark.parametrize(
    ("code", "kind"), [(code, kind) for kind, codes in CODES.items() for code in codes]
)
def test_the_kind_of_cells_is_told_by_the_code_of_their_format(
    code: str, kind: str | None
) -> None:
    assert kind_of(164, code) == kind


def test_formats_that_every_program_has_need_no_code() -> None:
    assert [number for number in range(60) if kind_of(number, None) == DATE] == [
        *range(14, 23),
        *range(27, 37),
        45,
        47,
        *range(50, 59),
    ]
    assert kind_of(46, None) == SPAN
