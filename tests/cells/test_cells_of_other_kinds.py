"""What docs/untidy_cells.md does not show: cells that are no text, rarer words, own words, a start and an end
in two columns.
"""

from __future__ import annotations

import pickle
import warnings
from datetime import UTC, date, datetime, time
from typing import Any

import pinned
import pytest

from matchkit.messages.message import Message, templates
from matchkit.model.resource import Load, Preference, Resource
from matchkit.model.rules import SkillCount
from matchkit.model.skill import SkillLevel
from matchkit.model.unit import Place
from matchkit.tables.cells import (
    KINDS,
    CellFault,
    Context,
    HeadCount,
    read_cell,
    read_span,
)

CONTEXT = Context(zone="Asia/Shanghai", first=date(2026, 3, 1), last=date(2026, 6, 30))


def value(kind: str, cell: Any, context: Context = CONTEXT) -> Any:
    """The value of a cell that is certain."""
    found = read_cell(kind, cell, context)
    assert found.guess is None, found.guess.text()
    return found.value


def fault(kind: str, cell: Any, context: Context = CONTEXT) -> str:
    """The key of the fact for which a cell is refused."""
    with pytest.raises(CellFault) as caught:
        read_cell(kind, cell, context)
    return caught.value.fact.key


def guessed(kind: str, cell: Any, context: Context = CONTEXT) -> Any:
    """The value of a cell that is to be confirmed."""
    found = read_cell(kind, cell, context)
    assert found.guess is not None
    return found.value


def test_a_number_cell_is_an_id_up_to_fifteen_digits() -> None:
    assert value("id", 1001) == "1001"
    assert guessed("id", 1001.0) == "1001"
    assert value("id", 999_999_999_999_999) == "999999999999999"
    assert fault("id", 10**15) == "cell.text.digits_lost"
    assert fault("id", 1.10101199001003e17) == "cell.text.digits_lost"
    assert fault("id", 1.5) == "cell.text.fraction"


@pytest.mark.parametrize("cell", [date(2026, 5, 2), datetime(2026, 5, 2, 8), time(8)])  # noqa: DTZ001 - as spreadsheets give it
def test_dates_are_no_text_and_no_numbers(cell: Any) -> None:
    assert fault("name", cell) == "cell.text.date"
    assert fault("whole", cell) == "cell.whole.not"
    assert fault("tier", cell) == "cell.tier.not"


def test_a_date_where_a_head_count_belongs_tells_how_it_came_about() -> None:
    assert fault("head_count", date(2026, 3, 5)) == "cell.heads.date"


def test_whole_numbers_of_spreadsheets_are_floats() -> None:
    assert value("whole", 12.0) == 12
    assert type(value("whole", 12.0)) is int
    assert value("head_count", 3.0) == HeadCount(None, 3)
    assert fault("whole", 12.5) == "cell.whole.fraction"
    assert fault("whole", True) == "cell.whole.not"


@pytest.mark.parametrize("mark", [99, 999, 9_999, 99_999, "９９", "999人"])
def test_a_mark_for_no_limit_is_a_value_to_confirm(mark: Any) -> None:
    found = read_cell("head_count", mark, CONTEXT)
    assert found.guess is not None
    assert "cell.guess.no_limit" in {
        reason.key for reason in dict(found.guess.values)["why"]
    }


@pytest.mark.parametrize(
    "cell", ["5人", "五人", "5名", "５位", "5 people", "5 volunteers"]
)
def test_that_people_are_counted_is_certain(cell: str) -> None:
    assert value("head_count", cell) == HeadCount(None, 5)


def test_what_else_is_counted_is_to_be_confirmed() -> None:
    assert guessed("head_count", "5台") == HeadCount(None, 5)
    assert guessed("whole", "5人") == 5


@pytest.mark.parametrize(
    "cell",
    [
        "线上/现场",
        "现场／线上",
        "线上或现场",
        "线上和线下",
        "Online or on site",
        "均可",
    ],
)
def test_a_resource_may_serve_both_ways(cell: str) -> None:
    assert value("mode_offered", cell) == "both"
    assert fault("mode_asked", cell) == "cell.word.unknown"


@pytest.mark.parametrize("count", [1, 9, 98, 100, 998, 1_000])
def test_other_counts_are_certain(count: int) -> None:
    assert value("head_count", count) == HeadCount(None, count)


@pytest.mark.parametrize("cell", ["-", "—", "/", "N/A", "不适用", "nan", "NULL"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_mark_of_an_empty_cell_is_one_in_every_column(kind: str, cell: str) -> None:
    found = read_cell(kind, cell, CONTEXT)
    assert found == (None, Message("cell.guess.empty"))


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("whole", "cell.whole.not"),
        ("head_count", "cell.whole.not"),
        ("times", "cell.time.never"),
        ("date", "cell.date.not"),
    ],
)
def test_nothing_says_too_many_things_of_a_number_or_a_time(
    kind: str, reason: str
) -> None:
    assert fault(kind, "无") == reason


def test_nothing_is_no_in_a_column_of_yes_and_no() -> None:
    assert value("yes_no", "无") is False
    assert value("yes_no", "有") is True


@pytest.mark.parametrize("cell", ["x", "X", "Ｘ", " x "])
def test_a_letter_for_a_cross_is_neither_yes_nor_no(cell: str) -> None:
    assert fault("yes_no", cell) == "cell.word.cross"
    assert value("yes_no", "×") is False


def test_a_point_before_three_digits_may_part_thousands() -> None:
    assert guessed("whole", "12.000") == 12
    assert value("whole", "12.0") == value("whole", "12.00") == 12
    assert guessed("km", "1.200") == 1.2
    assert guessed("km", "1.200 km") == 1.2
    assert value("km", "1.25") == 1.25
    assert value("km", "0.500") == 0.5


@pytest.mark.parametrize(
    "cell", ["载重1,000公斤", "kg:1,000", "载重1,5公斤", "座位4，120公斤"]
)
def test_a_comma_between_digits_of_a_load_is_refused(cell: str) -> None:
    assert fault("loads", cell) == "cell.pair.comma"


def test_day_first_is_the_users_to_say() -> None:
    assert value("date", "03/04/2026", Context(day_first=True)) == date(2026, 4, 3)
    assert fault("date", "03/04/2026") == "cell.date.ambiguous"
    assert value("date", "04/04/2026") == date(2026, 4, 4)


def test_a_date_cell_with_a_time_is_no_day_and_a_number_is_none() -> None:
    assert value("date", datetime(2026, 5, 2)) == date(2026, 5, 2)  # noqa: DTZ001 - as spreadsheets give it
    assert fault("date", datetime(2026, 5, 2, 8)) == "cell.date.with_time"  # noqa: DTZ001 - as spreadsheets give it
    assert fault("date", 46_144) == "cell.date.number"


def test_own_words_stand_for_what_they_mean_but_not_in_names_and_ids() -> None:
    own = Context(
        words={"骨干": "护理:3; 驾驶", "若干": "4", "义工": "person", "甲": "乙"}
    )
    assert value("skills", "骨干", own) == (
        SkillLevel(skill="护理", level=3),
        SkillLevel(skill="驾驶"),
    )
    assert value("head_count", "若干", own) == HeadCount(None, 4)
    assert value("kind", "义工", own) == "person"
    assert [value(kind, "甲", own) for kind in ("id", "name", "personal", "note")] == [
        "甲"
    ] * 4
    assert value("names", "甲; 丙", own) == ("乙", "丙")


def test_a_fault_of_one_item_names_it_and_says_what_would_be_accepted() -> None:
    with pytest.raises(CellFault) as caught:
        read_cell("skills", "nursing:2; driving:200", CONTEXT)
    assert caught.value.fact.text() == pinned.text(
        "cell.item",
        item="driving:200",
        fact=pinned.message("cell.skill.level", level=200, most=100),
    )
    assert caught.value.fact.text("zh") == pinned.text(
        "cell.item",
        "zh",
        item="driving:200",
        fact=pinned.message("cell.skill.level", level=200, most=100),
    )
    assert caught.value.advice.text() == pinned.text("cell.accepts.skills")


@pytest.mark.parametrize("cell", ["loads:x", "a:1000000001", "a:-1", ":3", "3"])
def test_loads_need_a_name_and_a_whole_number_within_bounds(cell: str) -> None:
    assert fault("loads", cell) in ("cell.pair.not", "cell.pair.bounds")


def test_what_is_read_is_what_records_take_as_it_is() -> None:
    """In Python mode pydantic passes frozen records through: nothing is validated twice."""
    skills, loads = value("skills", "护理:2"), value("loads", "kg:20")
    preferences, times = (
        value("preferences", "辅导:20"),
        value("times", "周二 18:00-20:00"),
    )
    resource = Resource(
        id="R1",
        unit="U1",
        skills=skills,
        loads=loads,
        preferences=preferences,
        available=times,
    )
    assert resource.skills[0] is skills[0]
    assert resource.available[0] is times[0]
    assert (loads, preferences) == (
        (Load(dimension="kg", amount=20),),
        (Preference(category="辅导", points=20),),
    )


def test_a_dict_in_a_cell_is_a_place_told_with_five_digits_after_the_point() -> None:
    """As one open-data portal writes it, with text for numbers and a field nobody asked for."""
    found = read_cell(
        "place",
        "{'longitude': '-73.97911210123', 'latitude': '40.72665123456', 'needs_recoding': False}",
        CONTEXT,
    )
    assert found.value == Place(lat=40.72665123456, lon=-73.97911210123)
    assert found.guess is not None
    assert found.guess.text() == pinned.text(
        "cell.guess", read="40.72665, -73.97911", why=(Message("cell.guess.dict"),)
    )


@pytest.mark.parametrize(
    "cell",
    [
        "{'latitude': '40.7'}",
        "{'latitude': 1, 'lat': 2, 'lon': 3}",
        "{1: 2}",
        "{'latitude': 91, 'longitude': 0}",
        "{**{}}",
        "{",
        "{x}",
    ],
)
def test_other_dicts_are_refused(cell: str) -> None:
    assert fault("place", cell) in ("cell.place.dict", "cell.degrees.bounds")


@pytest.mark.parametrize(
    "cell",
    [
        r"{'lat':'\d', 'lon': 2}",
        r"{'lat': '\400', 'lon': 2}",
        "{'lat': 1if 2 else 3, 'lon': 2}",
        "{'lat': 0x1for x in y}",
    ],
)
def test_a_dict_of_which_python_would_warn_is_refused_without_a_warning(
    cell: str,
) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert fault("place", cell, Context()) == "cell.place.dict"
    assert told == []


def test_texts_beside_the_place_may_hold_quotes_and_signs() -> None:
    cell = r"""{'address': '{"street": "1 Rue de l\'\u00c9glise"}', "latitude": '40.5', "longitude": -73.25, 'ok': None}"""
    assert guessed("place", cell) == Place(lat=40.5, lon=-73.25)


def test_a_column_of_latitudes_takes_no_east() -> None:
    assert guessed("latitude", "36°03′36″N") == 36.06
    assert guessed("longitude", "西经 73.5°") == -73.5
    assert fault("latitude", "103°49′48″E") == "cell.degrees.not"
    assert fault("latitude", 103.83) == "cell.degrees.bounds"


def test_senior_is_one_skill_and_counts_are_skills_with_a_count() -> None:
    assert value("senior", "护理:3") == SkillLevel(skill="护理", level=3)
    assert fault("senior", "护理:3; 驾驶") == "cell.skill.one"
    assert value("skill_counts", "护理:2*3; 驾驶") == (
        SkillCount(skill="护理", level=2, count=3),
        SkillCount(skill="驾驶"),
    )
    assert fault("skill_counts", "护理:2*0") == "cell.skill.count"


def test_rules_are_named_in_both_languages() -> None:
    words = {"hours_budget": "工时预算", "keep_apart": "分开", "lock": "锁定"}
    assert {name: value("rule", chinese) for name, chinese in words.items()} == {
        name: name for name in words
    }
    assert value("rule", "Hours budget") == "hours_budget"
    assert fault("rule", "锁") == "cell.word.unknown"


@pytest.mark.parametrize(
    ("start", "end", "window"),
    [
        (date(2026, 5, 2), date(2026, 5, 3), ("2026-05-01T16:00", "2026-05-03T16:00")),
        ("2026-05-02 08:00", "2026-05-02 12:00", ("2026-05-02T00:00", "2026-05-02T04:00")),
        ("2026-05-02 08:00", "12:00", ("2026-05-02T00:00", "2026-05-02T04:00")),
        (datetime(2026, 5, 2, 8), datetime(2026, 5, 2, 12, tzinfo=UTC), ("2026-05-02T00:00", "2026-05-02T12:00")),  # noqa: DTZ001 - as given
        ("2026年5月2日上午8点", "5月2日12:00", ("2026-05-02T00:00", "2026-05-02T04:00")),
        ("2026-05-02T08:00:00+09:00", "2026-05-02T08:00:00Z", ("2026-05-01T23:00", "2026-05-02T08:00")),
    ],
)  # fmt: skip
def test_a_start_and_an_end_in_two_columns_are_a_window(
    start: Any, end: Any, window: tuple[str, str]
) -> None:
    [found] = read_span(start, end, CONTEXT).value
    assert (f"{found.start:%Y-%m-%dT%H:%M}", f"{found.end:%Y-%m-%dT%H:%M}") == window


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        (None, "2026-05-02", "no_start"), ("2026-05-02", None, "no_end"), ("08:00", "12:00", "moment_not"),
        ("2026-05-03", "2026-05-02", "order"), ("2026-05-02", "周六", "moment_not"), ("2026-05-02 6点", "2026-05-02 12:00", "half_day"),
    ],
)  # fmt: skip
def test_a_start_and_an_end_that_make_no_window_are_refused(
    start: Any, end: Any, reason: str
) -> None:
    with pytest.raises(CellFault) as caught:
        read_span(start, end, CONTEXT)
    assert caught.value.fact.key == f"cell.time.{reason}"


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("2026-05-02 8:00", "2026-05-04 18:00", "through"),
        (datetime(2026, 5, 2, 8), datetime(2026, 5, 4, 18), "through"),  # noqa: DTZ001 - as spreadsheets give it
        ("2026-05-02 2:00", "2026-05-02 5:00", "clock24"),
        ("2026-05-02 2:00", "5:00", "clock24"),
    ],
)
def test_a_window_of_several_nights_or_at_night_is_to_be_confirmed(
    start: Any, end: Any, reason: str
) -> None:
    found = read_span(start, end, CONTEXT)
    assert found.guess is not None
    assert [note.key for note in dict(found.guess.values)["why"]] == [
        f"cell.guess.{reason}"
    ]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-05-02 6:00", "2026-05-02 18:00"), ("2026-05-02 02:00", "2026-05-02 05:00"), ("2026-05-02 22:00", "2026-05-03 6:00"),
        (datetime(2026, 5, 2, 2), datetime(2026, 5, 2, 5)),  # noqa: DTZ001 - as spreadsheets give it
        ("2026-05-02T02:00:00+08:00", "2026-05-04T05:00:00+08:00"), ("2026-05-02 00:00", "2026-05-09 00:00"),
    ],
)  # fmt: skip
def test_a_window_by_a_clock_of_24_hours_or_over_one_night_is_certain(
    start: Any, end: Any
) -> None:
    assert read_span(start, end, CONTEXT).guess is None


def test_two_empty_cells_are_no_time_and_no_guess() -> None:
    assert read_span(None, " ", CONTEXT) == (None, None)


def test_an_unknown_kind_is_a_defect_of_the_caller() -> None:
    with pytest.raises(KeyError):
        read_cell("colour", "red", CONTEXT)


def test_a_fault_crosses_a_process_border_whole() -> None:
    with pytest.raises(CellFault) as caught:
        read_cell("whole", "x", CONTEXT)
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - its own
    assert (copy.fact, copy.advice) == (caught.value.fact, caught.value.advice)


def test_every_kind_says_what_it_accepts() -> None:
    assert all(
        kind.accepts.key in templates("en") and kind.accepts.text("zh")
        for kind in KINDS.values()
    )
