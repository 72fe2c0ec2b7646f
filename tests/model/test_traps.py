"""The rows of the project's list of reproduced traps (section A5, 75 to 97) that the records can meet."""

from __future__ import annotations

import copy
import json
import math
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pinned
import pytest

from matchkit.errors import BudgetError, InputError
from matchkit.model import (
    Community,
    Demand,
    Place,
    Problem,
    Requirement,
    Resource,
    Unit,
    Window,
)

pytestmark = pytest.mark.timeout(60)

Refusal = Callable[[Any], InputError]
Sound = dict[str, Any]


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", '"nan"']
)
def test_row_75_no_number_of_a_file_is_nan_or_infinite(
    refusal: Refusal, text: str
) -> None:
    error = refusal('{"communities":[{"id":"C1","place":{"lat":%s,"lon":0}}]}' % text)
    assert len(error.complaints) == 1


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_row_76_both_bounds_hold_for_infinities_given_in_code(value: float) -> None:
    with pytest.raises(InputError):
        Place(lat=value, lon=0.0)


@pytest.mark.parametrize(
    "value",
    [
        True,
        "1_000",
        " 7 ",
        3.0,
        b"5",
        None,
        Decimal(3),
        Fraction(3),
        np.array([3]),
        np.ones(2),
    ],
)
def test_row_77_a_whole_number_is_an_int_and_nothing_like_one(value: Any) -> None:
    with pytest.raises(InputError) as caught:
        Resource(id="R1", unit="U1", capacity=value)
    assert caught.value.complaints[0].where == "capacity (id R1)"


@pytest.mark.parametrize(
    "value", [np.int64(3), np.uint8(3), np.float64(3), np.float32(3)]
)
def test_whole_numbers_of_numpy_are_taken_as_frames_hand_them_out(value: Any) -> None:
    found = Resource(id="R1", unit="U1", capacity=value)
    assert (found.capacity, type(found.capacity)) == (3, int)
    nested = Demand(
        id="D1", community="C1", requirements=[{"id": "Q1", "wanted": value}]
    )  # type: ignore[list-item]
    assert type(nested.requirements[0].wanted) is int
    with pytest.raises(InputError):
        Resource(id="R1", unit="U1", capacity=value + np.float64(0.5))


@pytest.mark.parametrize(
    "text", ["true", '"1_000"', '" 7 "', "3.0", "3e0", '"5"', "null"]
)
def test_row_77_a_whole_number_of_a_file_is_written_as_one(
    refusal: Refusal, text: str
) -> None:
    error = refusal(
        '{"units":[{"id":"U1"}],"resources":[{"id":"R1","unit":"U1","capacity":%s}]}'
        % text
    )
    assert [complaint.where for complaint in error.complaints] == [
        "resources[0].capacity (id R1)"
    ]


def test_row_78_a_number_of_4000_digits_is_refused_by_its_length(
    refusal: Refusal,
) -> None:
    error = refusal(
        '{"rules":[{"rule":"unit_cap","unit":"U1","most":%s}]}' % ("9" * 4000)
    )
    assert pinned.text("json.digits", count=4000) in str(error)
    with pinned.raises(
        InputError, "record.above.digits", bound=1_000_000_000, digits=4001
    ):
        Resource(id="R1", unit="U1", capacity=int("9" * 4000))


@pytest.mark.parametrize("depth", ["top", "record"])
def test_row_79_a_key_given_twice_is_a_fault(refusal: Refusal, depth: str) -> None:
    record = '{"id":"R1","unit":"U1","capacity":1,"capacity":99}'
    text = (
        '{"units":[],"units":[]}'
        if depth == "top"
        else '{"units":[{"id":"U1"}],"resources":[%s]}' % record
    )
    assert "twice" in str(refusal(text))


def test_row_79_keys_equal_only_after_escapes_are_read_are_one_key(
    refusal: Refusal,
) -> None:
    assert pinned.text(
        "json.twice", name=pinned.message("json.twice.key", name="units"), place=""
    ) in str(refusal('{"units":[],"\\u0075nits":[]}'))


def test_row_80_an_unknown_field_is_a_fault_and_its_neighbour_is_named(
    refusal: Refusal, sound: Sound
) -> None:
    sound["demands"][0]["wieght"] = 9
    [complaint] = refusal(sound).complaints
    assert complaint.where == "demands[0] (id D1)"
    assert complaint.fact == pinned.text("record.field", field="wieght")
    assert complaint.advice == "Maybe 'weight' is meant"


@pytest.mark.parametrize("depth", [150, 300, 900, 1_100, 100_000])
@pytest.mark.parametrize("shape", ["lists", "records", "in a field"])
def test_row_81_deep_nesting_is_refused_and_ends_quickly(
    refusal: Refusal, depth: int, shape: str
) -> None:
    lists = "[" * depth + "]" * depth
    text = {
        "lists": lists,
        "records": '{"a":' * depth + "1" + "}" * depth,
        "in a field": '{"units":%s}' % lists,
    }[shape]
    assert refusal(text).complaints


@pytest.mark.parametrize("shape", [dict, list])
def test_values_nested_deep_in_python_are_refused(shape: type) -> None:
    value: Any = 1
    for _ in range(100_000):
        value = {"id": value} if shape is dict else [value]
    with pytest.raises(InputError):
        Problem(units=[{"id": value}])  # type: ignore[list-item]


def _limited(code: str) -> str:
    """What a program prints that may use 1.5 GB and 60 seconds."""
    limits = (
        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (3 << 29, 3 << 29))\n"
    )
    program = limits + textwrap.dedent(code)
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def test_row_82_200000_wrong_records_give_a_short_message_in_bounded_memory() -> None:
    told = _limited("""
        import json
        from matchkit.errors import InputError
        from matchkit.model import Problem
        text = json.dumps({"units": [{"id": 5, "nme": "x"} for _ in range(200_000)]})
        try:
            Problem.from_json(text)
        except InputError as error:
            print(str(error).splitlines()[0], len(str(error)) < 1_000, len(error.complaints))
    """)
    assert told == "The input has 400,000 faults: True 1000"


def test_row_83_a_wrong_value_is_never_repeated(refusal: Refusal, sound: Sound) -> None:
    sound["resources"][0]["name"] = ["13800138000", "62010219900101123"]
    sound["resources"][1]["capacity"] = 13800138000
    error = refusal(sound)
    assert len(error.complaints) == 2
    for told in (str(error), repr(error), str(error.complaints)):
        assert "138001" not in told
        assert "620102" not in told


def test_row_84_a_list_of_more_than_a_million_records_is_refused_before_any_is_built() -> (
    None
):
    text = '{"units":[' + "{}," * 1_000_000 + "{}]}"
    with pinned.raises(
        BudgetError, "problem.entries", field="units", count=1_000_001, most=1_000_000
    ):
        Problem.from_json(text)


@pytest.mark.parametrize("value", [Decimal("1e1000000"), Fraction(10**30, 1)])
def test_row_85_exact_numbers_of_code_are_refused_before_they_cost_time(
    value: Any,
) -> None:
    with pytest.raises(InputError):
        Resource(id="R1", unit="U1", capacity=value)
    with pytest.raises(InputError):
        Place(lat=value, lon=0.0)


def test_row_85_an_exponent_of_a_million_in_a_file_costs_no_time(
    refusal: Refusal,
) -> None:
    refusal(
        '{"units":[{"id":"U1"}],"resources":[{"id":"R1","unit":"U1","capacity":1e1000000}]}'
    )


def test_row_86_no_text_makes_a_pattern_run_long(refusal: Refusal) -> None:
    window = {
        "start": "2026-05-02T08:00:00." + "0" * 1_000_000 + "!",
        "end": "2" * 1_000_000,
    }
    assert (
        len(
            refusal(
                {
                    "units": [{"id": "U1"}],
                    "resources": [{"id": "R1", "unit": "U1", "available": [window]}],
                }
            ).complaints
        )
        == 2
    )


def test_row_87_a_moment_without_a_zone_is_refused(
    refusal: Refusal, sound: Sound
) -> None:
    sound["demands"][0]["windows"][0]["start"] = "2026-05-02T08:00:00"
    assert refusal(sound).complaints[0].fact == pinned.text("record.offset")
    with pinned.raises(InputError, "record.offset"):
        Window(start=datetime(2026, 5, 2, 8), end=datetime(2026, 5, 2, 9, tzinfo=UTC))  # noqa: DTZ001 - the trap itself


@pytest.mark.parametrize(
    "moment",
    [
        20000000001,
        2e10,
        "20000000001",
        "2e10",
        "1600000000",
        "1600000000.5",
        "20260502",
        "2026-05-02",
        "",
    ],
)
def test_row_88_no_number_and_no_date_passes_for_a_moment(
    refusal: Refusal, sound: Sound, moment: Any
) -> None:
    sound["demands"][0]["windows"][0]["start"] = moment
    assert refusal(sound).complaints[0].fact == pinned.text("record.moment")


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:00-14:00",
        "1970-06-01T00:00:00Z",
        "2200-01-01T00:00:00Z",
    ],
)
def test_row_89_a_year_out_of_range_is_refused_before_it_is_converted(
    refusal: Refusal, sound: Sound, moment: str
) -> None:
    sound["demands"][0]["windows"][0]["start"] = moment
    assert pinned.has(refusal(sound), "record.year.do", first=1971, last=2199)


class _NewYork(tzinfo):
    """New York around the end of summer time on 1 November 2026, 02:00: the hour from 01:00 comes twice."""

    def utcoffset(self, moment: datetime | None) -> timedelta:
        assert moment is not None
        wall = moment.replace(tzinfo=None, fold=0)
        change = datetime(2026, 11, 1, 1)  # noqa: DTZ001 - wall time
        summer = wall < change or (
            wall < change + timedelta(hours=1) and not moment.fold
        )
        return timedelta(hours=-4 if summer else -5)

    def dst(self, moment: datetime | None) -> timedelta:
        return self.utcoffset(moment) + timedelta(hours=5)


NEW_YORK = _NewYork()


def test_row_90_the_hour_that_comes_twice_counts_twice() -> None:
    start, end = (
        datetime(2026, 11, 1, 0, 30, tzinfo=NEW_YORK),
        datetime(2026, 11, 1, 3, 30, tzinfo=NEW_YORK),
    )
    assert end - start == timedelta(hours=3), (
        "the trap: Python subtracts wall times within one zone"
    )
    window = Window(start=start, end=end)
    assert window.end - window.start == timedelta(hours=4)
    assert window.start == datetime(2026, 11, 1, 4, 30, tzinfo=UTC)


def test_row_90_the_two_halves_of_the_hour_that_comes_twice_are_apart() -> None:
    first = datetime(2026, 11, 1, 1, 15, tzinfo=NEW_YORK)
    assert Window(start=first, end=first.replace(fold=1)).start == datetime(
        2026, 11, 1, 5, 15, tzinfo=UTC
    )


def test_row_90_equal_moments_of_two_zones_are_equal_records() -> None:
    lanzhou = timezone(timedelta(hours=8))
    here = Window(
        start=datetime(2026, 5, 2, 8, tzinfo=lanzhou),
        end=datetime(2026, 5, 2, 9, tzinfo=lanzhou),
    )
    there = Window(
        start=datetime(2026, 5, 2, 0, tzinfo=UTC),
        end=datetime(2026, 5, 2, 1, tzinfo=UTC),
    )
    assert here == there
    assert here.model_dump_json() == there.model_dump_json()


def test_row_94_half_a_surrogate_pair_is_refused_on_entry(refusal: Refusal) -> None:
    assert pinned.has(refusal('{"note":"\\ud800"}'), "record.surrogate")
    assert pinned.has(refusal('{"units":[{"id":"a\\udfff"}]}'), "record.surrogate")
    assert pinned.has(refusal('{"\\ud800":1}'), "record.surrogate")
    assert "not UTF-8" in str(refusal(b'{"note":"\xed\xa0\x80"}'))
    assert pinned.text("record.unicode") in str(refusal('{"note":"\ud800"}'))
    for broken in ({"id": "a\ud800"}, {"id": "a", "name": "\udfff"}):
        with pinned.raises(InputError, "record.unicode"):
            Unit(**broken)
    with pinned.raises(InputError, "record.unicode"):
        Problem(note="\ud800")


def test_row_95_what_the_caller_changes_later_is_not_seen_inside(sound: Sound) -> None:
    window = Window(
        start=datetime(2026, 5, 2, tzinfo=UTC), end=datetime(2026, 5, 3, tzinfo=UTC)
    )
    data: dict[str, Any] = {
        "id": "R1",
        "unit": "U1",
        "available": [window],
        "skills": [{"skill": "nursing"}],
        "place": {"lat": 1.0, "lon": 2.0},
    }
    units = [Unit(id="U1")]
    problem = Problem(units=units, resources=[data])
    before = copy.deepcopy(problem)
    data["id"], data["place"]["lat"], data["skills"][0]["skill"] = (
        "other",
        50.0,
        "other",
    )
    data["available"].clear()
    units.append(Unit(id="U2"))
    assert problem == before


def test_row_96_nothing_in_a_record_can_be_changed(sound: Sound) -> None:
    problem = Problem.from_json(json.dumps(sound))
    for record, field in (
        (problem, "units"),
        (problem.units[0], "id"),
        (problem.resources[0].available[0], "end"),
        (problem.objective, "distance"),
    ):
        with pytest.raises(ValueError, match="frozen"):
            setattr(record, field, getattr(record, field))

    def lists_in(value: object) -> int:
        if isinstance(value, list | dict | set):
            return 1
        fields = (
            type(value).model_fields if hasattr(type(value), "model_fields") else ()
        )
        inner = (
            value
            if isinstance(value, tuple)
            else [getattr(value, field) for field in fields]
        )
        return sum(lists_in(part) for part in inner)

    assert lists_in(problem) == 0
    assert isinstance(hash(problem), int)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A", "A"),
        ("A", "a"),
        ("A", "Ａ"),
        ("ﬁre", "fire"),
        ("a  b", " a b "),
        ("STRASSE", "straße"),
        ("①", "1"),
    ],
)
@pytest.mark.parametrize(
    "kind", ["units", "communities", "resources", "demands", "requirements"]
)
def test_row_97_ids_equal_after_normalisation_are_twice_the_same(
    first: str, second: str, kind: str
) -> None:
    lists: dict[str, Any] = {
        "units": [Unit(id="U")],
        "communities": [Community(id="C")],
    }
    if kind == "units":
        lists["units"] += [Unit(id=first), Unit(id=second)]
    elif kind == "communities":
        lists["communities"] += [Community(id=first), Community(id=second)]
    elif kind == "resources":
        lists["resources"] = [
            Resource(id=first, unit="U"),
            Resource(id=second, unit="U"),
        ]
    elif kind == "demands":
        lists["demands"] = [
            Demand(id=name, community="C", requirements=[Requirement(id=f"Q{n}")])
            for n, name in enumerate((first, second))
        ]
    else:
        lists["demands"] = [
            Demand(id=f"D{n}", community="C", requirements=[Requirement(id=name)])
            for n, name in enumerate((first, second))
        ]
    with pytest.raises(InputError) as caught:
        Problem(**lists)
    assert [
        pinned.has(complaint, "record.same_id") for complaint in caught.value.complaints
    ] == [True]


def test_row_78_a_minus_and_nineteen_digits_are_still_a_number(
    refusal: Refusal,
) -> None:
    assert "is below" in str(
        refusal(
            '{"units":[{"id":"U1"}],"resources":[{"id":"R1","unit":"U1","capacity":-1234567890123456789}]}'
        )
    )


@pytest.mark.parametrize(
    ("number", "shown"),
    [(999_999, "999999"), (1_000_000, pinned.text("cell.digits", count="7"))],
)
def test_row_78_a_small_number_is_shown_and_a_large_one_counted(
    refusal: Refusal, number: int, shown: str
) -> None:
    text = (
        '{"units":[{"id":"U1"}],"resources":[{"id":"R1","unit":"U1","capacity":-%s}]}'
        % number
    )
    [complaint] = refusal(text).complaints
    assert shown in complaint.fact


def test_the_record_that_a_list_of_alternatives_takes_is_named(
    refusal: Refusal, sound: Sound
) -> None:
    sound["demands"][0]["requirements"] = [{"id": "Q1", "skills": [{"any_of": [5]}]}]
    [complaint] = refusal(sound).complaints
    assert complaint.where == "demands[0].requirements[0].skills[0].any_of[0] (id Q1)"
    assert complaint.advice == 'Give SkillLevel(skill=...), in JSON {"skill": ...}'


def test_a_record_that_needs_nothing_is_shown_with_its_first_field(
    refusal: Refusal, sound: Sound
) -> None:
    sound["rules"] = [{"rule": "rest", "minutes": 60, "soft": 5}]
    [complaint] = refusal(sound).complaints
    assert complaint.advice == 'Give Soft(price=...), in JSON {"price": ...}'


@pytest.mark.parametrize(("size", "letters"), [(40, 80), (41, 81)])
def test_a_key_and_an_id_are_repeated_up_to_a_length(
    refusal: Refusal, size: int, letters: int
) -> None:
    key, name = "k" * size, "A" * letters
    [complaint] = refusal(
        f'{{"units":[{{"id":"{name}","{key}":1,"{key}":2}}]}}'
    ).complaints
    assert (key in complaint.fact) is (size <= 40)
    assert (name in complaint.fact) is (letters <= 80)
