"""Whatever stands in a cell, reading it gives a value or a fault, soon, and neither shows what is
personal.
"""

from __future__ import annotations

import enum
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import Any, NoReturn

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchkit.errors import InputError
from matchkit.messages.message import Message
from matchkit.tables.cells import (
    KINDS,
    CellFault,
    Context,
    Reading,
    read_cell,
    read_span,
    shown,
)

pytestmark = pytest.mark.timeout(60)

CONTEXT = Context(
    zone="Asia/Shanghai",
    first=date(2026, 3, 1),
    last=date(2026, 6, 30),
    words={"甲": "", "乙": "甲", "丙": "周二晚"},
)
ENGLISH_AND_CHINESE = ("en", "zh")


def outcome(kind: str, cell: object) -> Reading | CellFault:
    """What a cell comes to; all that is told of it can be told."""
    found: Reading | CellFault
    try:
        found = read_cell(kind, cell, CONTEXT)
    except CellFault as fault:
        found = fault
    assert all(note.text(lang) for note in notes(found) for lang in ENGLISH_AND_CHINESE)
    return found


def notes(found: Reading | CellFault) -> list[Message]:
    """All that is told of a cell."""
    return (
        [found.fact, found.advice]
        if isinstance(found, CellFault)
        else [found.guess]
        if found.guess
        else []
    )


class _Evil(str):
    __slots__ = ()

    def _refuse(self, *_: object) -> NoReturn:
        raise RuntimeError

    __str__ = __len__ = strip = __getitem__ = __iter__ = __contains__ = isascii = (
        casefold
    ) = _refuse  # type: ignore[assignment]


class _Liar:
    @property
    def __class__(self) -> Any:  # type: ignore[override]
        raise RuntimeError

    def __repr__(self) -> NoReturn:
        raise RuntimeError

    __str__ = __hash__ = __eq__ = __bool__ = __repr__  # type: ignore[assignment]


class _Meta(type):
    def __instancecheck__(cls, instance: object) -> bool:
        raise RuntimeError

    @property
    def __name__(cls) -> str:  # type: ignore[override]
        raise RuntimeError


class _Named(metaclass=_Meta):
    pass


class _Zone(tzinfo):
    def utcoffset(self, moment: datetime | None) -> NoReturn:  # noqa: ARG002 - as it is asked
        raise RuntimeError


class _Number(int):
    def __int__(self) -> NoReturn:
        raise RuntimeError

    __abs__ = __lt__ = __repr__ = __str__ = bit_length = __int__  # type: ignore[assignment]


class _Choice(enum.IntEnum):
    ONE = 1


ODD: list[Any] = [
    _Evil("abc"),
    _Liar(),
    _Named(),
    _Number(5),
    _Choice.ONE,
    datetime(2026, 5, 2, tzinfo=_Zone()),
    datetime.max.replace(tzinfo=UTC),
    datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
    datetime.min.replace(tzinfo=timezone(timedelta(hours=23))),
    date.min,
    date.max,
    time(23, 59, 59, 999_999),
    time(1, tzinfo=UTC),
    timedelta.max,
    timedelta.min,
    float("nan"),
    float("inf"),
    float("-inf"),
    1e308,
    -0.0,
    10**5_000,
    -(10**400),
    2**127,
    True,
    b"abc",
    bytearray(b"x"),
    [],
    {},
    (),
    set(),
    object(),
    type,
    print,
    Decimal("1e1000000"),
    Fraction(1, 3),
    1j,
    np.float64("nan"),
    np.float64(5),
    np.int64(5),
    np.str_("护理"),
    np.datetime64("2026-05-02"),
    pd.Timestamp("2026-05-02"),
    pd.Timestamp("2026-05-02 08:00", tz="Asia/Shanghai"),
    pd.NaT,
    pd.NA,
    pd.Timedelta("8h"),
    ...,
    NotImplemented,
    ValueError("x"),
    range(3),
]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_cell_of_any_type_is_read_or_refused(kind: str) -> None:
    for cell in ODD:
        outcome(kind, cell)
        shown(cell)


_FRAGMENTS = (
    "周二四晚,每,工作日,18:00,-,22:00,至,次日,6点,半,上午,2026,年,5月,2日,05-02,/,Mon,Fri,to,9,pm,"
    'and,;,；,、,(,),（,）,:,：,",|,@,*,护理,'
    "2级,二级,level 2,3-5人,约,不少于,十,百,千,零,若干,99,万,1.5,e,E+17,°,′,″,N,36,{'latitude': "
    ",'40.7',},[,]*9,\\u0041,\\,#N/A,无,off,"
    "also,Asia/Shanghai,..,T,Z,+08:00,ﷺ,²,①,Ⅳ,٣,\u202e,\u200b,\ufeff,\0,\n,\r,\t, ,　,甲,乙,丙,=,+,'"
)
FRAGMENTS = [*_FRAGMENTS.split(","), ","]


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=150)
@given(
    cell=st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join),
        st.lists(st.sampled_from(FRAGMENTS), max_size=10).map(" ".join),
        st.integers(), st.floats(), st.datetimes(), st.dates(), st.times(), st.timedeltas(), st.binary(max_size=5),
        st.text(st.characters(categories=["Cs", "Cf", "Cc", "Nd", "No", "Lo", "Zs"]), max_size=12),
    )
)  # fmt: skip
def test_text_of_any_kind_is_read_or_refused(kind: str, cell: Any) -> None:
    outcome(kind, cell)
    assert len(shown(cell)) <= 40


@settings(max_examples=150)
@given(
    cells=st.tuples(
        *[
            st.lists(st.sampled_from(FRAGMENTS), max_size=8).map("".join)
            | st.datetimes()
            | st.none()
        ]
        * 2
    )
)
def test_a_start_and_an_end_of_any_kind_are_read_or_refused(
    cells: tuple[Any, Any],
) -> None:
    found: Reading | CellFault
    try:
        found = read_span(*cells, CONTEXT)
    except CellFault as fault:
        found = fault
    assert all(note.text(lang) for note in notes(found) for lang in ENGLISH_AND_CHINESE)


LONG = {
    "the same letter": "a" * 39_999,
    "blanks between": "a" + " " * 39_990 + "b",
    "line ends": "\n" * 39_999 + "a",
    "marks between items": ";" * 39_999 + "a",
    "many items": "a;" * 19_999,
    "many times": "周二晚;" * 9_000,
    "distinct times": ";".join(
        f"周二 {hour:02}:{minute:02}-23:59"
        for hour in range(23)
        for minute in range(60)
    ),
    "quotes": '"' * 39_999,
    "open quotes": ';"' * 19_999,
    "escaped quotes": '"' + '\\"' * 19_990,
    "digits": "9" * 39_999,
    "Chinese digits": "九" * 39_999,
    "colons": ":" * 39_999 + "x",
    "brackets": "{" * 39_999,
    "an open dict": "{'latitude':" * 3_000,
    "sums": "{'latitude': " + "-" * 1_900 + "1, 'longitude': 1}",
    "nested brackets": "{'latitude': " + "(" * 900 + "1" + ")" * 900 + "}",
    "a power": "{'latitude': 9**9**9**9, 'longitude': 1}",
    "dashes": "-" * 39_999 + "a",
    "weekdays": "周一" * 19_999,
    "a list of weekdays": "周" + "一、" * 19_999,
    "canonical days": ",".join(["Mon"] * 9_000)
    + " 08:00-09:00 2026-01-01..2026-02-01 UTC",
    "days off": "Mon 08:00-09:00 2026-01-01..2026-02-01 UTC off "
    + ",".join(["2026-01-05"] * 3_000),
    "levels": "护理" + "2级" * 15_000,
    "blanks and a level": "a" + " 1" * 19_990,
    "alternatives": "a|" * 19_999,
    "stars": "a*" * 19_999,
    "what grows in normal form": "ﷺ" * 39_999,
    "what grows a little": "ﷺ" * 2_200,
    "dates": "2026-05-02、" * 3_500,
    "or": "a or " * 7_999,
    "parentheses": "(" * 20_000 + ")" * 19_000,
    "minutes": "1°" + "1" * 39_000 + "′",
    "thousands": "1" + ",111" * 9_000,
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_cell_takes_a_bounded_time(name: str) -> None:
    cell = LONG[name]
    assert len(cell) <= 40_000
    for kind in sorted(KINDS):
        outcome(kind, cell)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_text_beyond_any_cell_is_refused_at_once(kind: str) -> None:
    fault = outcome(kind, "9" * 10_000_000)
    assert isinstance(fault, CellFault)
    assert fault.fact.text() == "holds 10,000,000 characters; at most 40,000 are read"


def test_what_was_read_is_remembered_within_bounds_and_out_of_sight() -> None:
    context = Context()
    for number in range(130_000):
        read_cell("name", f"n{number}", context)
    assert 0 < len(context._kept) <= 100_000
    said = [
        "zone",
        "first",
        "last",
        "day_first",
        "words",
        "parts",
        "joined",
        "doubted",
        "declared",
    ]
    assert [name for name in vars(context) if not name.startswith("_")] == said


def test_a_hundred_thousand_equal_cells_cost_a_look_each() -> None:
    for _ in range(100_000):
        read_cell("times", "每周二四晚", CONTEXT)


def test_equal_numbers_of_different_types_are_not_confused() -> None:
    assert read_cell("id", 1, CONTEXT) == ("1", None)
    assert read_cell("id", 1.0, CONTEXT).guess is not None
    with pytest.raises(CellFault):
        read_cell("id", True, CONTEXT)


def test_a_fault_that_is_raised_again_holds_on_to_nothing() -> None:
    faults = []
    for _ in range(2):
        with pytest.raises(CellFault) as caught:
            read_cell("whole", "x", CONTEXT)
        faults.append(caught.value)
    assert faults[0] is not faults[1]
    assert all(
        fault.__context__ is None and fault.__cause__ is None for fault in faults
    )


@pytest.mark.parametrize(
    "number",
    [
        "13800000000",
        "138-0000-0000",
        "620102199001010000",
        13_800_000_000,
        "+86 138 0000 0000",
    ],
)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_message_shows_a_telephone_or_identity_number(
    kind: str, number: object
) -> None:
    for cell in (
        number,
        f"电话 {number}",
        f"a; {number}; b",
        f"{number}:2",
        f"周二 {number}",
        f"电话 {number} 2",
        f"电话{number}级",
        f"{number}kg",
    ):
        told = " ".join(
            note.text(lang)
            for note in notes(outcome(kind, cell))
            for lang in ENGLISH_AND_CHINESE
        )
        assert "138" not in told
        assert "1990" not in told


@pytest.mark.parametrize("cell", [138.0, "虚构甲/电话 138", "无"])
def test_nothing_is_told_of_a_personal_cell(cell: object) -> None:
    found = outcome("personal", cell)
    assert isinstance(found, Reading)
    assert found.guess is None or not {"138", "虚构甲"} & set(
        found.guess.text("zh").split()
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Nowhere/City"}, {"zone": "localtime"}, {"first": datetime(2026, 1, 1, tzinfo=UTC)},
        {"first": date(2026, 2, 1), "last": date(2026, 1, 1)}, {"words": {"a": 1}}, {"words": {"a" * 300: "b"}},
        {"words": {"a": "b" * 3_000}}, {"parts": {"晚": ("18:00", "25:00")}}, {"parts": {"晚": "18:00-22:00"}},
    ],
)  # fmt: skip
def test_a_wrong_setting_is_refused_when_it_is_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        Context(**wrong)
    assert next(iter(wrong)) in str(caught.value) or "last" in str(caught.value)
    assert caught.value.text("zh") != str(caught.value)
