"""What is written reads back as an equal value, without a guess, in any context; and lists are cut only
between items.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchkit.model.resource import Load, Preference
from matchkit.model.rules import SkillCount
from matchkit.model.skill import AnyOf, SkillLevel
from matchkit.model.text import normal
from matchkit.model.time import Window
from matchkit.model.unit import Place
from matchkit.model.weekly import Weekly
from matchkit.tables.cells import (
    KINDS,
    MARKS,
    Context,
    HeadCount,
    read_cell,
    split,
    written,
)
from matchkit.tables.cells.chosen import (
    MODE_ASKED,
    MODE_OFFERED,
    RULES,
    SHARERS,
)
from matchkit.tables.cells.kinds import CHOICES
from matchkit.tables.vocabulary.words import by_word

CONTEXTS = (
    Context(),
    Context(
        zone="Asia/Shanghai",
        first=date(2026, 3, 1),
        last=date(2026, 6, 30),
        day_first=True,
        parts={"晚": ("19:00", "21:00")},
    ),
    Context(zone="Europe/Berlin", words={"战时": "2026-05-02 00:00/2026-05-09 00:00"}),
)
WORDS = [
    "无",
    "-",
    "N/A",
    "#N/A",
    "人员",
    "护理2级",
    "护理 2",
    "护理（二级）",
    "nursing level 2",
    "Nursing (2)",
    "a;b",
    "a；b",
    "a,b",
    "a、b",
    "a:2",
    "a|b",
    "a@b",
    "@a",
    "a*3",
    '"a"',
    '"',
    'a"b',
    '5" pipe',
    "12",
    "1.5",
    "1E+5",
    "001.0",
    "驾驶 骑行",
    "驾驶或骑行",
    "this or that",
    "a/b",
    "甲/乙",
    "Ⅰ级",
    "ＡＢＣ",
    "=1+1",
    "＝1",
    "x y",
    "TRUE",
    "yes",
    "person",
    "Person",
    "off",
    "also",
    "true",
    "\\n",
    "\\",
    "2026-05-02",
    "'x",
    "a: b",
    "5kg",
    "座位4",
    "|",
    ";",
    ":",
    "kg 20",
    "约10",
    "Ω",
    "שלום",
    "مرحبا",
    "é",
    "𠮷",
    "👩‍⚕",
    "١٢",
]


def _normal(text: str) -> str | None:
    try:
        return normal(text)
    except ValueError:
        return None


ANY_TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
MARKED = st.text(
    st.sampled_from(list("ab甲护理级二12 ;:|@*\"',，；、：|-/()（）.%=+\\")),
    min_size=1,
    max_size=12,
)
NAME = (
    st.one_of(st.sampled_from(WORDS), MARKED, ANY_TEXT)
    .map(_normal)
    .filter(lambda name: name is not None)
)
LEVEL = st.integers(1, 100)
SKILL = st.builds(
    lambda skill, level: SkillLevel(skill=skill, level=level), NAME, LEVEL
)
DAYS = st.dates(date(1972, 1, 1), date(2198, 12, 31))
MOMENTS = st.integers(31_622_400, 7_258_000_000).map(
    lambda seconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
CLOCK = st.builds(
    lambda minutes: f"{minutes // 60:02}:{minutes % 60:02}", st.integers(0, 1439)
)
ZONES = st.sampled_from(
    [
        "Asia/Shanghai",
        "Europe/Berlin",
        "America/New_York",
        "UTC",
        "Australia/Lord_Howe",
        "Etc/GMT+12",
        "EST5EDT",
    ]
)


@st.composite
def weekly(draw: st.DrawFn) -> Weekly:
    """Days in any order, hours over midnight, days off and make-up days in any order."""
    first = draw(DAYS.filter(lambda day: day.year < 2196))
    length = draw(st.integers(7, 799))
    last = first + timedelta(days=length)
    within = [
        first + timedelta(days=number)
        for number in draw(st.lists(st.integers(0, length), unique=True, max_size=6))
    ]
    cut = draw(st.integers(0, len(within)))
    # Seven days at least: even with six off, one is left.
    return Weekly(
        zone=draw(ZONES),
        days=tuple(draw(st.permutations(range(1, 8)))[: draw(st.integers(1, 7))])
        if length > 70
        else (3, 1, 2, 4, 5, 6, 7),
        start=draw(CLOCK),
        end=draw(st.one_of(st.just("24:00"), CLOCK)),
        first=first,
        last=last,
        off=tuple(within[:cut]),
        also=tuple(within[cut:]),
    )


WINDOW = st.builds(
    lambda start, seconds: Window(start=start, end=start + timedelta(seconds=seconds)),
    MOMENTS,
    st.integers(1, 86_000),
)
COUNT = st.integers(1, 1_000_000)
AMOUNT = st.integers(0, 1_000_000_000)
PREFERENCE = st.builds(
    lambda names, points: Preference(category=names[0], community=names[1], points=points),
    st.tuples(st.none() | NAME, st.none() | NAME).filter(any), st.integers(-100, 100),
)  # fmt: skip
DEGREES = st.floats(-90, 90, allow_nan=False)


def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(strategy, min_size=1, max_size=6).map(tuple)


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "id": NAME,
    "name": NAME,
    "personal": NAME,
    "kind": NAME,
    "note": st.one_of(
        ANY_TEXT,
        NAME,
        st.text(
            st.sampled_from('\0\r\n\t\x1b a"\\;\ufeff\u202e無'), min_size=1, max_size=20
        ),
    ),
    "zone": ZONES,
    "ids": several(NAME),
    "names": several(NAME),
    "whole": st.integers(-(10**15), 10**15),
    "points": st.integers(-100, 100),
    "minutes": st.integers(-(10**9), 10**9),
    "km": st.floats(0, 25_000),
    "degrees": st.floats(-180, 180),
    "latitude": DEGREES,
    "longitude": st.floats(-180, 180),
    "place": st.builds(
        lambda lat, lon: Place(lat=lat, lon=lon), DEGREES, st.floats(-180, 180)
    ),
    "head_count": st.one_of(
        st.integers(1, 10**6)
        .filter(lambda wanted: wanted not in MARKS)
        .map(lambda wanted: HeadCount(None, wanted)),
        st.tuples(
            st.integers(0, 99),
            st.one_of(st.integers(99, 10**6), st.sampled_from(sorted(MARKS))),
        ).map(lambda pair: HeadCount(*pair)),
    ),
    "tier": st.integers(1, 20),
    "yes_no": st.booleans(),
    "mode_offered": st.sampled_from(sorted(set(MODE_OFFERED.values()))),
    "mode_asked": st.sampled_from(sorted(set(MODE_ASKED.values()))),
    "fair": st.sampled_from(
        sorted({*by_word("choices", "fair").values(), "depth 0", "depth 12"})
    ),
    "sharing": st.sampled_from(sorted({*SHARERS.values(), "depth 3"})),
    "ratio": st.fractions(0, 1_000, max_denominator=999_999).map(str),
    "rule": st.sampled_from(sorted(set(RULES.values()))),
    "ranked": st.sampled_from(sorted(set(SHARERS.values()))),
    **{
        name: st.sampled_from(sorted(set(by_word("choices", name).values())))
        for name in CHOICES
    },
    "skills": several(SKILL),
    "needs": several(
        st.one_of(
            SKILL,
            st.lists(SKILL, min_size=1, max_size=4).map(
                lambda skills: AnyOf(any_of=tuple(skills))
            ),
        )
    ),
    "skill_counts": several(
        st.builds(
            lambda *parts: SkillCount(skill=parts[0], level=parts[1], count=parts[2]),
            NAME,
            LEVEL,
            COUNT,
        )
    ),
    "senior": SKILL,
    "loads": several(
        st.builds(
            lambda name, amount: Load(dimension=name, amount=amount), NAME, AMOUNT
        )
    ),
    "preferences": several(PREFERENCE),
    "times": several(st.one_of(WINDOW, weekly())),
    "date": DAYS,
}


def test_every_kind_is_tried() -> None:
    assert set(VALUES) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(VALUES))
@settings(max_examples=150)
@given(data=st.data())
def test_what_is_written_reads_back_in_any_context_without_a_guess(
    kind: str, data: st.DataObject
) -> None:
    value = data.draw(VALUES[kind])
    cell = written(kind, value)
    for context in CONTEXTS:
        assert read_cell(kind, cell, context) == (value, None), cell


@pytest.mark.parametrize("kind", sorted(VALUES))
@settings(max_examples=50)
@given(data=st.data())
def test_numbers_read_back_from_text_files_too(kind: str, data: st.DataObject) -> None:
    """A .csv holds text only."""
    value = data.draw(VALUES[kind])
    assert read_cell(kind, str(written(kind, value)), CONTEXTS[0]) == (value, None)


@pytest.mark.parametrize(
    "kind",
    [
        "ids",
        "names",
        "skills",
        "needs",
        "skill_counts",
        "loads",
        "preferences",
        "times",
    ],
)
@settings(max_examples=60)
@given(data=st.data())
def test_pieces_of_a_list_are_lists_that_make_up_the_whole(
    kind: str, data: st.DataObject
) -> None:
    value = data.draw(VALUES[kind])
    cell = written(kind, value)
    assert isinstance(cell, str)
    longest = max(len(str(written(kind, (item,)))) for item in value)
    pieces = split(cell, longest + data.draw(st.integers(0, 40)))
    assert (
        sum((read_cell(kind, piece, CONTEXTS[0]).value for piece in pieces), ())
        == value
    )
    assert read_cell(kind, "; ".join(pieces), CONTEXTS[0]).value == value


def test_a_piece_is_never_longer_than_the_limit() -> None:
    cell = "; ".join(f"C{number:05}" for number in range(20_000))
    pieces = split(cell)
    assert max(map(len, pieces)) <= 32_000
    assert len(pieces) == 5
    assert "; ".join(pieces) == cell


def test_an_item_longer_than_the_limit_cannot_be_cut() -> None:
    with pytest.raises(ValueError, match="an item of 20 characters is longer than 10"):
        split("a" * 20 + "; b", 10)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_nothing_is_written_as_an_empty_cell(kind: str) -> None:
    assert written(kind, None) is None
    assert read_cell(kind, None, CONTEXTS[0]) == (None, None)
    assert read_cell(kind, "  \u3000 ", CONTEXTS[0]) == (None, None)


@pytest.mark.parametrize("mark", sorted(MARKS))
def test_a_count_that_looks_like_a_mark_is_written_with_its_least_and_not_doubted(
    mark: int,
) -> None:
    assert written("head_count", HeadCount(None, mark)) == f"0..{mark}"
    assert read_cell("head_count", f"0..{mark}", CONTEXTS[0]) == (
        HeadCount(0, mark),
        None,
    )
    assert read_cell("head_count", f"3..{mark}", CONTEXTS[0]) == (
        HeadCount(3, mark),
        None,
    )


DRIVING = SkillLevel(skill="driving")
MORNING = Window(
    start=datetime(2026, 5, 2, 8, tzinfo=UTC), end=datetime(2026, 5, 2, 12, tzinfo=UTC)
)
LATE = Weekly(
    zone="Asia/Shanghai",
    days=(2, 1),
    start="18:00",
    end="24:00",
    first=date(2026, 3, 1),
    last=date(2026, 6, 30),
    off=(date(2026, 5, 4),),
    also=(date(2026, 5, 9),),
)


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        ("skills", (SkillLevel(skill="nursing", level=2), DRIVING), "nursing:2; driving"),
        ("skills", (SkillLevel(skill="护理2级"),), '"护理2级"'),
        ("needs", (AnyOf(any_of=(DRIVING, SkillLevel(skill="riding", level=2))), DRIVING), "driving|riding:2; driving"),
        ("needs", (AnyOf(any_of=(SkillLevel(skill="nursing", level=2),)),), "|nursing:2"),
        ("skill_counts", (SkillCount(skill="nursing", level=2, count=3), SkillCount(skill="driving")), "nursing:2*3; driving"),
        ("loads", (Load(dimension="kg", amount=20), Load(dimension="seats", amount=4)), "kg:20; seats:4"),
        ("preferences", (Preference(category="tutoring", points=20), Preference(community="C3", points=5)), "tutoring:20; @C3:5"),
        ("preferences", (Preference(category="tutoring", community="C3", points=-10),), "tutoring@C3:-10"),
        ("names", ("a;b", "无", "c"), '"a;b"; "无"; c'),
        ("ids", ("C-1", "2"), "C-1; 2"),
        ("name", "无", '"无"'),
        ("note", "two\nlines", '"two\\nlines"'),
        ("head_count", HeadCount(3, 5), "3..5"),
        ("place", Place(lat=36.06, lon=103.83), "36.06, 103.83"),
        ("yes_no", True, "yes"),
        ("times", (MORNING, MORNING), "2026-05-02T08:00:00Z/2026-05-02T12:00:00Z; 2026-05-02T08:00:00Z/2026-05-02T12:00:00Z"),
        (
            "times",
            (LATE,),
            "Tue,Mon 18:00-24:00 2026-03-01..2026-06-30 Asia/Shanghai off 2026-05-04 also 2026-05-09",
        ),
    ],
)  # fmt: skip
def test_the_canonical_form_is_this(kind: str, value: Any, cell: str) -> None:
    assert written(kind, value) == cell


def test_a_fraction_of_more_than_15_digits_is_written_as_text_as_a_spreadsheet_program_may_keep_no_more() -> (
    None
):
    assert written("latitude", 0.1 + 0.2) == "0.30000000000000004"
    assert written("longitude", 103.8312345678901) == "103.8312345678901"  # 16 digits
    assert written("longitude", 103.831234567891) == 103.831234567891  # 15
