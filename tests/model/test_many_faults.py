"""Twenty-eight kinds of wrong records at once are one error that lists each by record and field, and nothing
personal.
"""

from __future__ import annotations

import json
import pickle
import traceback
from typing import Any

import pinned
import pytest

from matchkit.errors import InputError
from matchkit.model import Problem, Resource, Unit

SECRETS = (
    "王小明",
    "13800138000",
    "139 0013 9000",
    "62010219900101123",
    "0931-8888888",
)

WRONG: dict[str, Any] = {
    "units": [
        {"id": "U1"},
        {"id": "u1"},  # twice, but for letter case
        {"id": "U3", "parent": "U9"},  # names nothing
        {"id": "U4", "parent": "U5"},
        {"id": "U5", "parent": "U4"},  # its own ancestor
        {"name": "no id"},
        {"id": 7},
    ],
    "communities": [
        {"id": "C1", "place": {"lat": 91, "lon": 0}},
        {"id": "C2", "place": {"lat": "36.0", "lon": 0}},
        {"id": "C3", "phone": "0931-8888888"},
        "C4",
    ],
    "resources": [
        {"id": "R1", "unit": "U1", "name": 13800138000},
        {"id": "R2", "unit": "U1", "name": "王小明\u200b"},
        {"id": "R3", "unit": "U1", "name": "王小明", "capacity": -1},
        {"id": "R4", "unit": "U1", "name": "王小明", "capacity": 62010219900101123},
        {"id": "R5", "unit": "U1", "name": "王小明", "capacity": "139 0013 9000"},
        {"id": "R6", "unit": "U1", "name": "王小明", "mode": "王小明"},
        {"id": "R7", "unit": "U1", "skills": [{"skill": "nursing", "level": 2.5}]},
        {
            "id": "R8",
            "unit": "U1",
            "available": [
                {"start": "2026-05-02T08:00:00", "end": "2026-05-02T09:00:00Z"}
            ],
        },
        {
            "id": "R9",
            "unit": "U1",
            "available": [
                {"start": "2026-05-02T09:00:00Z", "end": "2026-05-02T08:00:00Z"}
            ],
        },
        {
            "id": "R10",
            "unit": "U1",
            "available": [{"start": "Thursday", "end": "2026-05-02T08:00:00Z"}],
        },
        {"id": "R11", "unit": "U1", "divisible": 1},
        {"id": "R12", "unit": "U1", "preferences": [{"points": 5}]},
        {"id": "R13", "unit": "U1", "prioritty": 9},
        {"id": "R14", "unit": "U8", "name": "王小明"},  # names nothing
    ],
    "demands": [
        {
            "id": "D1",
            "community": "C1",
            "requirements": [{"id": "Q1", "wanted": 1, "minimum": 2}],
        },
        {"id": "D2", "community": "C1", "requirements": []},
        {"id": "D3", "community": "C1", "tier": 0, "requirements": [{"id": "Q3"}]},
        {
            "id": "D4",
            "community": "C3",
            "requirements": [{"id": "Q4", "skills": [{"any_of": []}]}],
        },
        {
            "id": "D5",
            "community": "C1",
            "requirements": [{"id": "Q5", "skills": [{"level": 2}]}],
        },
    ],
    "rules": [
        {"rule": "forbit", "resource": "R1", "requirement": "Q1"},
        {"resource": "R1", "requirement": "Q1"},
        {"rule": "team", "demand": "D1", "least": 3, "most": 2},
        {"rule": "forbid", "resource": "R1", "requirement": "Q77"},  # names nothing
    ],
}

EXPECTED = {
    "units[5].id": "is missing",
    "units[6].id": pinned.text("record.text"),
    "communities[0].place.lat (id C1)": "91 is above 90.0",
    "communities[1].place.lat (id C2)": pinned.text("record.number"),
    "communities[2] (id C3)": pinned.text("record.field", field="phone"),
    "communities[3]": pinned.text("record.record"),
    "resources[0].name (id R1)": pinned.text("record.text"),
    "resources[1].name (id R2)": pinned.text("record.invisible", code="U+200B"),
    "resources[2].capacity (id R3)": "-1 is below 0",
    "resources[3].capacity (id R4)": pinned.text(
        "record.above.digits", bound=1_000_000_000, digits=17
    ),
    "resources[4].capacity (id R5)": pinned.text("record.whole"),
    "resources[5].mode (id R6)": pinned.text("record.word"),
    "resources[6].skills[0].level (id R7)": pinned.text("record.whole"),
    "resources[7].available[0].start (id R8)": pinned.text("record.offset"),
    "resources[8].available[0] (id R9)": pinned.text("record.forward"),
    "resources[9].available[0].start (id R10)": pinned.text("record.moment"),
    "resources[10].divisible (id R11)": pinned.text("record.truth"),
    "resources[11].preferences[0] (id R12)": pinned.text("record.preference"),
    "resources[12] (id R13)": pinned.text("record.field", field="prioritty"),
    "demands[0].requirements[0] (id Q1)": pinned.text("record.minimum"),
    "demands[1].requirements (id D2)": pinned.text("record.short"),
    "demands[2].tier (id D3)": "0 is below 1",
    "demands[3].requirements[0].skills[0].any_of (id Q4)": pinned.text("record.short"),
    "demands[4].requirements[0].skills[0].skill (id Q5)": "is missing",
    "rules[0]": pinned.text("record.word"),
    "rules[1]": pinned.text("record.no_tag", tag="rule"),
    "rules[2]": pinned.text("record.least"),
    "units[1] (id u1)": pinned.text("record.same_id", other="units[0]"),
    "units[2].parent (id U3)": pinned.text("record.unlisted.unit", id="U9"),
    "unit U4": pinned.text("record.circle", circle="U4 -> U5 -> U4"),
    "resources[13].unit (id R14)": pinned.text("record.unlisted.unit", id="U8"),
    "rules[3].requirement": pinned.text("record.unlisted.requirement", id="Q77"),
}


@pytest.fixture(scope="module", params=["the JSON door", "the Python door"])
def error(request: pytest.FixtureRequest) -> InputError:
    with pytest.raises(InputError) as caught:
        if request.param == "the JSON door":
            Problem.from_json(json.dumps(WRONG))
        else:
            Problem(**WRONG)
    return caught.value


# In Python a moment is a datetime; the same texts are refused there for being texts.
ONLY_JSON = {
    "resources[7].available[0].start (id R8)",
    "resources[8].available[0] (id R9)",
}


@pytest.mark.parametrize("where", EXPECTED)
def test_each_fault_is_listed_by_record_and_field(
    error: InputError, where: str, request: pytest.FixtureRequest
) -> None:
    if where in ONLY_JSON and "Python" in request.node.callspec.id:
        assert any(
            c.where.startswith(where.split(" ")[0])
            and c.fact == pinned.text("record.moment")
            for c in error.complaints
        )
    else:
        assert EXPECTED[where] in [
            complaint.fact for complaint in error.complaints if complaint.where == where
        ]


def test_nothing_else_is_listed_in_the_json_door() -> None:
    with pytest.raises(InputError) as caught:
        Problem.from_json(json.dumps(WRONG))
    assert [complaint.where for complaint in caught.value.complaints] == list(EXPECTED)
    assert str(caught.value).startswith(pinned.text("fault.input", count=32))
    assert str(caught.value).endswith("... and 22 more.")


def test_no_name_and_no_number_of_a_person_is_in_the_error(error: InputError) -> None:
    told = " ".join(
        [
            str(error),
            repr(error),
            str(error.complaints),
            "".join(traceback.format_exception(error)),
            ascii(pickle.dumps(error)),
        ]
    )
    for secret in SECRETS:
        assert secret not in told
        assert ascii(secret).strip("'") not in told


def test_every_complaint_says_what_to_do(error: InputError) -> None:
    assert [complaint for complaint in error.complaints if not complaint.advice] == []


@pytest.mark.parametrize("field", ["units", "communities", "resources", "demands"])
def test_of_a_list_that_is_none_only_its_own_fault_is_told(field: str) -> None:
    """What names its records cannot be judged."""
    sound: dict[str, Any] = {
        "units": [{"id": "U"}],
        "communities": [{"id": "C"}],
        "resources": [{"id": "R", "unit": "nowhere"}],
        "demands": [],
    }
    with pytest.raises(InputError) as caught:
        Problem(**{**sound, field: 7})
    assert [complaint.where for complaint in caught.value.complaints] == [field]


@pytest.mark.parametrize(
    ("units", "known"), [(5, "U0, U1, U2, U3, U4"), (6, "U0, U1, U2, U3, U4, ...")]
)
def test_five_known_ids_are_named_and_of_more_the_first_five(
    units: int, known: str
) -> None:
    with pytest.raises(InputError) as caught:
        Problem(
            units=[Unit(id=f"U{number}") for number in range(units)],
            resources=[Resource(id="R", unit="another")],
        )
    [complaint] = caught.value.complaints
    assert known in complaint.advice
    assert ("..." in complaint.advice) == (units > 5)


@pytest.mark.parametrize("length", [80, 81])
def test_an_id_is_told_with_a_fault_up_to_eighty_characters(length: int) -> None:
    with pytest.raises(InputError) as caught:
        Problem(units=[{"id": "u" * length, "parent": 5}])
    assert (f"(id {'u' * length})" in str(caught.value)) == (length == 80)
    assert "units[0].parent" in str(caught.value)
